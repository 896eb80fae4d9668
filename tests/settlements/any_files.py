"""Files with any movements, written in any of the ways in which providers write."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st
from settlement_files import (
    ADYEN_TITLES,
    KLARNA_ROWS,
    MYSHOP,
    NORWEGIAN_TITLES,
    STRIPE,
    VIPPS,
    Table,
    adyen_row,
)

from dinero_sync.domain.papers.payout import Columns

SALE, REFUND, FEE = "sale", "refund", "fee"


@dataclass(frozen=True)
class Moved:
    """A movement as the shop sees it."""

    kind: str
    amount: Decimal
    fee: Decimal


def ore(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _moved(kind: str, amount: int, fee: int) -> Moved:
    if kind == FEE:
        return Moved(FEE, Decimal(0), -ore(fee + 1))
    sign = 1 if kind == SALE else -1
    return Moved(
        kind, sign * ore(amount), -ore(min(fee, amount - 1)) if kind == SALE else Decimal(0)
    )


any_movements = st.lists(
    st.builds(
        _moved,
        st.sampled_from([SALE, SALE, REFUND, FEE]),
        st.integers(1, 9_999_999),
        st.integers(0, 99_999),
    ),
    min_size=1,
    max_size=8,
)
movements = any_movements.filter(lambda moved: net_of(moved) > 0)
"""What one payout is made of; most providers pay out only what is there."""
drawn = any_movements.filter(lambda moved: net_of(moved) < 0)
"""What is made up for from the bank."""


def net_of(moved: list[Moved]) -> Decimal:
    return sum((each.amount + each.fee for each in moved), Decimal(0))


@dataclass(frozen=True)
class Style:
    """How a file writes numbers, and what it is in."""

    mark: str
    group: str
    minus: str
    delimiter: str
    end: str
    bom: str
    encoding: str
    quoting: int

    def amount(self, amount: Decimal) -> str:
        text = f"{abs(amount):,.2f}".replace(",", "_").replace(".", self.mark)
        sign = self.minus if amount < 0 else ""
        return sign + text.replace("_", self.group)

    def file(self, rows: Sequence[Sequence[str]]) -> bytes:
        from settlement_files import written  # noqa: PLC0415 - only for its name

        text = written(rows, delimiter=self.delimiter, quoting=self.quoting, end=self.end)
        return (self.bom + text).encode(self.encoding)


def _style(  # noqa: PLR0913, PLR0917 - as they are drawn
    mark: str, group: str, minus: str, delimiter: str, end: str, coded: str, quote: int
) -> Style:
    group = group if group != mark else ""
    bom, _, encoding = coded.partition(" ")
    return Style(mark, group, minus, delimiter, end, "\ufeff" if bom else "", encoding, quote)


styles = st.builds(
    _style,
    st.sampled_from(",."),
    st.sampled_from(["", ".", ",", "\u00a0", " "]),
    st.sampled_from("-−"),  # noqa: RUF001 - as files have it
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([" utf-8", "bom utf-8", "bom utf-16-le", "bom utf-16-be"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)


def stripe(moved: list[Moved], style: Style, order: int) -> Table:
    """Return an itemised reconciliation with its columns in any order."""
    categories = {SALE: "charge", REFUND: "refund", FEE: "fee"}
    rows = [STRIPE[0]]
    for at, each in enumerate(moved):
        gross = each.fee if each.kind == FEE else each.amount
        fee = Decimal(0) if each.kind == FEE else -each.fee
        amounts = map(style.amount, (gross, fee, gross - fee))
        head = ["po_1", "2026-12-03 01:00:00", f"txn_{at}", "2026-12-01 10:00:00", "2026-12-03"]
        rows.append([*head, "dkk", *amounts, categories[each.kind], f"order #{at}"])
    columns = list(range(len(rows[0])))
    random.Random(order).shuffle(columns)  # noqa: S311 - any order will do
    return [[row[at] for at in columns] for row in rows]


def paypal(moved: list[Moved], style: Style, order: int) -> Table:
    """Return an activity in Norwegian, forwards or backwards."""
    balance = Decimal(0)
    rows = []
    for at, each in enumerate(moved):
        gross = each.amount if each.kind != FEE else each.fee
        fee = each.fee if each.kind != FEE else Decimal(0)
        balance += gross + fee
        kind = {SALE: "Betaling", REFUND: "Payment refund", FEE: "Chargeback fee"}[each.kind]
        amounts = list(map(style.amount, (gross, fee, gross + fee)))
        head = ["13.12.2026", f"10:00:{at:02}", "CET", "Ida Prøve", kind, "Fullført", "DKK"]
        rows.append([*head, *amounts, "", f"{at:017}", "", style.amount(balance), "", ""])
    head = ["14.12.2026", "09:00:00", "CET", "", "Generelle uttak", "Fullført", "DKK"]
    paid = style.amount(-balance)
    zero = style.amount(Decimal(0))
    rows.append([*head, paid, zero, paid, "", "P" * 17, "", zero, "", ""])
    return [NORWEGIAN_TITLES, *(rows if order % 2 else rows[::-1])]


def vipps(moved: list[Moved], style: Style, order: int) -> Table:
    """Return transactions of one day and a payout, forwards or backwards."""
    balance = Decimal(0)
    rows = []
    kinds = {SALE: "Capture", REFUND: "Refund", FEE: "Fees retained"}
    effects = [(kinds[each.kind], each.amount) for each in moved if each.kind != FEE]
    effects.append(("Fees retained", sum((each.fee for each in moved), Decimal(0))))
    total = sum((amount for _, amount in effects), Decimal(0))
    for at, (kind, amount) in enumerate([*effects, ("Payout scheduled", -total)]):
        balance += amount
        row = dict.fromkeys(VIPPS[0], "")
        row |= {
            "MSN/Vipps number": "1",
            "Time": f"2026-12-01 10:00:{at:02}",
            "Booking date": "2026-12-01",
            "Type": kind,
            "Amount": style.amount(amount),
            "Balance": style.amount(balance),
            "Currency": "DKK",
            "PSP reference": f"p-{at}",
            "Order ID/Reference": str(at),
        }
        rows.append(list(row.values()))
    return [VIPPS[0], *(rows if order % 2 else rows[::-1])]


def myshop(moved: list[Moved], style: Style, order: int) -> Table:
    """Return a transfer overview, in any order."""
    rows = []
    total = sum((each.amount + each.fee for each in moved), Decimal(0))
    events = [("Transfer", total)]
    for each in moved:
        kind = {SALE: "Payment", REFUND: "Refund"}.get(each.kind)
        events += [(kind, each.amount)] if kind else []
        events += [("Retainable", each.fee)] if each.fee else []
    for at, (event, amount) in enumerate(events):
        row = dict.fromkeys(MYSHOP[0], "")
        row |= {
            "Event": event,
            "Currency": "DKK",
            "Amount": style.amount(amount),
            "Date and time": "2026-12-02T14:07:45.1234567+01:00",
            "Comment": str(at),
            "TransferID": "t-1",
        }
        rows.append(list(row.values()))
    random.Random(order).shuffle(rows)  # noqa: S311 - any order will do
    return [MYSHOP[0], *rows]


def adyen(moved: list[Moved], style: Style, order: int) -> Table:
    """Return a batch, in any order."""
    rows = []
    total = Decimal(0)
    for at, each in enumerate(moved):
        net = each.amount + each.fee
        total += net
        side = "Credit" if net >= 0 else "Debit"
        fields = {f"Net {side} (NC)": style.amount(abs(net)), "Merchant Reference": str(at)}
        if each.kind != FEE:
            gross = "Credit" if each.amount >= 0 else "Debit"
            fields |= {f"Gross {gross} (GC)": style.amount(abs(each.amount))}
            fields |= {"Commission (NC)": style.amount(-each.fee)}
        kind = {SALE: "Settled", REFUND: "Refunded", FEE: "Fee"}[each.kind]
        rows.append(adyen_row(kind, **fields))
    rows.append(adyen_row("MerchantPayout", **{"Net Debit (NC)": style.amount(total)}))
    random.Random(order).shuffle(rows)  # noqa: S311 - any order will do
    return [ADYEN_TITLES, *rows]


def klarna(moved: list[Moved], style: Style, order: int) -> Table:
    """Return totals and rows, with signs or without."""
    rows = []
    has_signs = order % 2
    for at, each in enumerate(moved):
        parts = [("FEE", each.fee)] if each.fee else []
        parts += (
            [] if each.kind == FEE else [("RETURN" if each.kind == REFUND else "SALE", each.amount)]
        )
        for kind, amount in parts:
            shown = style.amount(amount if has_signs else abs(amount))
            rows.append([kind, "2026-12-01", "", f"k{at}", "", "", str(at), "", shown, "DKK"])
    net = style.amount(sum((each.amount + each.fee for each in moved), Decimal(0)))
    titles = ["payment_reference", "payout_date", "currency", "total_settlement_amount"]
    return [titles, ["X1", "2026-12-08", "DKK", net], [], KLARNA_ROWS[0], *rows]


COLUMNS = Columns(
    payout="Udbetaling",
    date="Dato",
    type="Type",
    reference="Ordre",
    amount="Beløb",
    fee="Gebyr",
    types=(("sale", ("Køb",)), ("refund", ("Retur",)), ("fee", ("Gebyr",)), ("payout", ("Ud",))),
)


def columns(moved: list[Moved], style: Style, order: int) -> Table:
    """Return a table of a provider that nobody knows, with signs or without."""
    has_signs, cost = order % 2, -1 if order % 3 else 1
    rows = [["Udbetaling", "Dato", "Type", "Ordre", "Beløb", "Gebyr"]]
    total = Decimal(0)
    for at, each in enumerate(moved):
        amount = each.fee if each.kind == FEE else each.amount
        fee = Decimal(0) if each.kind == FEE else each.fee
        total += amount + fee
        kind = {SALE: "Køb", REFUND: "Retur", FEE: "Gebyr"}[each.kind]
        shown = style.amount(amount if has_signs else abs(amount))
        rows.append(["U-1", "13-12-2026", kind, str(at), shown, style.amount(fee * cost)])
    rows.append(["U-1", "14-12-2026", "Ud", "", style.amount(total), style.amount(Decimal(0))])
    return rows


WRITERS = {
    "stripe": stripe,
    "paypal": paypal,
    "vipps_mobilepay": vipps,
    "mobilepay": myshop,
    "adyen": adyen,
    "klarna": klarna,
    "columns": columns,
}
TELL_THE_NET = frozenset(WRITERS) - {"stripe"}
