"""The settlement files of the month, as six providers write them, and the bank's statement.

Each is written from what the provider captured and what went back. The sums are worked out here,
and not by the program that is to find them.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.month.trade import WENT_BACK, Moved, Way, moved

ORE, NOTHING = Decimal("0.01"), Decimal("0.00")
BANK_FILE = "bank.csv"
CHARGEBACK_FEE = Decimal("110.00")
"""What Stripe takes for a chargeback."""
HELD_BACK = Decimal("150.00")
"""What Klarna keeps of its payout for a while."""
KINDS = ("sale", "refund", "chargeback")

Rows: TypeAlias = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True)
class PaidOut:
    """What a provider paid out: the movements of some days, on a day."""

    id: str
    day: date
    moved: tuple[Moved, ...]
    percent: Decimal
    chargeback_fee: Decimal = NOTHING

    def fee(self, each: Moved) -> Decimal:
        """Return what the provider takes for a movement."""
        if each.kind == "sale":
            return (each.amount * self.percent / 100).quantize(ORE, ROUND_HALF_UP)
        return self.chargeback_fee if each.kind == "chargeback" else NOTHING

    def total(self, *kinds: str) -> Decimal:
        """Return what the movements of some kinds come to."""
        return sum((each.amount for each in self.moved if each.kind in kinds), NOTHING)

    @property
    def fees(self) -> Decimal:
        """What is taken for all of them."""
        return sum(map(self.fee, self.moved), NOTHING)

    @property
    def net(self) -> Decimal:
        """What is left for the bank."""
        return self.total(*KINDS) - self.fees


@dataclass(frozen=True, slots=True)
class Month:
    """The month's first day, and the shop's orders by their ids."""

    first: date
    orders: Mapping[int, Json]

    @property
    def last(self) -> date:
        """The month's last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def day(self, number: int) -> date:
        """Return the day on which money of an order went back."""
        (back,) = (each for each in WENT_BACK if each.number == number)
        return self.first.replace(day=back.day)

    def paid_out(  # noqa: PLR0913 - what a payout is, by name
        self,
        way: Way,
        id_: str,
        *,
        days: range,
        on: int,
        percent: str,
        chargeback: Decimal = NOTHING,
    ) -> PaidOut:
        """Return the payout of what a provider captured, and what went back, on some days."""
        found = (each for each in moved(self.orders, way, self.first) if each.day.day in days)
        day = self.first.replace(day=on)
        return PaidOut(id_, day, tuple(found), Decimal(percent), chargeback)


def settlement_files(month: Month) -> dict[str, str]:
    """Return the text of each provider's file by its name."""
    return {name: _csv(write(month), mark) for name, (write, mark) in WRITERS.items()}


def bank_statement(month: Month) -> str:
    """Return the bank's statement: what Stripe paid out, which its table doesn't say."""
    return _csv(_bank(month), ";")


def _csv(rows: Rows, delimiter: str) -> str:
    into = io.StringIO()
    csv.writer(into, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return into.getvalue()


def _kroner(amount: Decimal) -> str:
    """Write an amount as Danes do, like ``1.250,00``."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _clearhaus(month: Month) -> Iterator[Sequence[object]]:
    yield (
        *("merchant_id", "merchant_name", "id", "settled", "currency", "period_start_date"),
        *("period_end_date", "payout_amount", "payout_date", "summary_sales", "summary_credits"),
        *("summary_refunds", "summary_chargebacks", "summary_fees", "summary_other_postings"),
        *("summary_net", "reserve_amount", "reserve_date", "payout_descriptor"),
    )
    for week in range(3):
        begin = 1 + 7 * week
        days, on = range(begin, begin + 7), begin + 9
        each = month.paid_out("card", f"s-{week + 1}", days=days, on=on, percent="1.45")
        if each.moved:
            yield (
                *("1234567", "Ler og Lærred", each.id, "true", "DKK"),
                *(month.first.replace(day=days[0]), month.first.replace(day=days[-1])),
                *(each.net, each.day, each.total("sale"), NOTHING, each.total("refund"), NOTHING),
                *(-each.fees, NOTHING, each.net, NOTHING, "", f"CH1234567 {each.day}"),
            )


def _mobilepay(month: Month) -> Iterator[Sequence[object]]:
    yield (
        *("Sales unit", "MSN/Vipps number", "Country", "Payment solution", "Time", "Booking date"),
        *("Type", "Amount", "Balance", "Fee", "Net amount", "Currency", "Customer name"),
        *("Customer phone number", "Message", "Category", "PSP reference", "Order ID/Reference"),
    )
    weeks = (("2000400", range(1, 8), 8), ("2000401", range(8, 15), 15))
    for number, days, on in weeks:
        paid = month.paid_out("mobilepay", number, days=days, on=on, percent="1.25")
        balance = NOTHING
        rows = [
            ("Capture" if each.kind == "sale" else "Refund", each.day, each.amount, each.number)
            for each in paid.moved
        ]
        rows.append(("Fees retained", paid.day, -paid.fees, 0))
        rows.append(("Payout scheduled", paid.day, -paid.net, 0))
        for place, (kind, day, amount, order) in enumerate(rows):
            balance += amount
            psp = f"p-{order}" if order else f"900-{number}-{place}"
            said = order or (f"Utb. {number} Vippsnr 610090" if "Payout" in kind else "")
            yield (
                *("Ler og Lærred", "610090", "DK", "MobilePay", f"{day} 1{place}:00:00", day, kind),
                *(amount, balance, NOTHING, amount, "DKK", "", "", "", "", psp, said),
            )


def _paypal(month: Month) -> Iterator[Sequence[object]]:
    yield (
        *("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net"),
        *("From Email Address", "Transaction ID", "Reference Txn ID", "Invoice Number", "Balance"),
    )
    paid = month.paid_out("paypal", "", days=range(1, 16), on=16, percent="3.40")
    balance = NOTHING
    for each in paid.moved:
        fee, own = -paid.fee(each), f"{each.number}PAYMENT00000"
        balance += each.amount + fee
        is_sale = each.kind == "sale"
        yield (
            *(f"{each.day:%d/%m/%Y}", "10:00:00", "CET", "A buyer"),
            *("Express Checkout Payment" if is_sale else "Payment Refund", "Completed", "DKK"),
            *(each.amount, fee, each.amount + fee, "buyer@example.com"),
            *(own if is_sale else f"{each.number}REFUND000000", "" if is_sale else own),
            *(each.number, balance),
        )
    yield (
        *(f"{paid.day:%d/%m/%Y}", "09:00:00", "CET", "", "General Withdrawal - Bank Account"),
        *(
            "Completed",
            "DKK",
            -paid.net,
            NOTHING,
            -paid.net,
            "",
            "WITHDRAWAL0000016",
            "",
            "",
            NOTHING,
        ),
    )


def _klarna(month: Month) -> Iterator[Sequence[object]]:
    paid = month.paid_out("klarna", "XISA93DJ", days=range(1, 15), on=16, percent="2.79")
    yield (
        *("payment_reference", "payout_date", "currency", "total_sale_amount"),
        *("total_return_amount", "total_fee_amount", "total_holdback_amount"),
        "total_settlement_amount",
    )
    yield (
        *(paid.id, paid.day, "DKK", paid.total("sale"), NOTHING, paid.fees, HELD_BACK),
        paid.net - HELD_BACK,
    )
    yield ()
    yield (
        *("type", "capture_date", "sale_date", "order_id", "capture_id", "merchant_reference1"),
        *("amount", "posting_currency"),
    )
    for each in paid.moved:
        ours = (each.day, each.day, f"k-{each.number}", f"c-{each.number}", each.number)
        yield ("SALE", *ours, each.amount, "DKK")
        yield ("FEE", *ours, paid.fee(each), "DKK")
    yield ("HOLDBACK", paid.day, paid.day, "", "", "", HELD_BACK, "DKK")


def _stripe_payouts(month: Month) -> Iterator[PaidOut]:
    for id_, days, on in (("po_1Lerre1", range(1, 7), 8), ("po_1Lerre2", range(7, 15), 16)):
        yield month.paid_out(
            "stripe", id_, days=days, on=on, percent="1.50", chargeback=CHARGEBACK_FEE
        )


def _stripe(month: Month) -> Iterator[Sequence[object]]:
    yield (
        *("automatic_payout_id", "automatic_payout_effective_at", "balance_transaction_id"),
        *("created", "currency", "gross", "fee", "net", "reporting_category", "description"),
    )
    categories = {"sale": "charge", "refund": "refund", "chargeback": "dispute"}
    for paid in _stripe_payouts(month):
        for each in paid.moved:
            fee, category = paid.fee(each), categories[each.kind]
            yield (
                *(paid.id, f"{paid.day} 01:00:00", f"txn_{category}_{each.number}"),
                *(f"{each.day} 10:00:00", "dkk", each.amount, fee, each.amount - fee, category),
                f"Shop order #{each.number}",
            )


def _viabill(month: Month) -> Iterator[Sequence[object]]:
    yield ("Udbetaling", "Dato", "Type", "Ordrenr", "Beløb", "Gebyr")
    names = {"sale": "Køb", "refund": "Retur", "chargeback": "Indsigelse"}
    for id_, days, on in (("U-1", range(1, 15), 16), ("U-2", range(15, 22), 23)):
        paid = month.paid_out("viabill", id_, days=days, on=on, percent="2.95")
        for each in paid.moved:
            yield (
                *(paid.id, f"{each.day:%d-%m-%Y}", names[each.kind], each.number),
                *(_kroner(each.amount), _kroner(-paid.fee(each))),
            )
        yield (
            paid.id,
            f"{paid.day:%d-%m-%Y}",
            "Udbetalt",
            "",
            _kroner(-paid.net),
            _kroner(NOTHING),
        )


def _bank(month: Month) -> Iterator[Sequence[object]]:
    yield ("Dato", "Tekst", "Beløb", "Saldo")
    balance = Decimal("10000.00")
    for each in _stripe_payouts(month):
        balance += each.net
        yield (f"{each.day:%d-%m-%Y}", f"STRIPE {each.id}", _kroner(each.net), _kroner(balance))


WRITERS: Mapping[str, tuple[Callable[[Month], Rows], str]] = {
    "clearhaus-settlements.csv": (_clearhaus, ","),
    "mobilepay-transactions.csv": (_mobilepay, ","),
    "paypal-activity.csv": (_paypal, ","),
    "klarna-settlement.csv": (_klarna, ","),
    "stripe-payouts.csv": (_stripe, ","),
    "viabill.csv": (_viabill, ";"),
}
"""Who writes each file, and what stands between its columns."""
