"""A year of a small shop with every kind of document, in the books as it should be.

It is sold once; what is tried on it is tried on a copy of Dinero's books, which is put back.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from bookkeeper import Bookkeeper
from business import Business, SandboxClock
from payout_files import PayoutFiles, paid_out
from second_hand import RULES, SOLD_LAMP
from shop import (
    BANK,
    GERMAN_BUSINESS,
    INVOICE,
    MOBILEPAY,
    NUMBER,
    ORDER_ID,
    a_line,
    raw_order,
    unpaid_order,
)

from dinero_sync.domain.hold import SkipReason
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.posting.reconcile.outcome import Reconciled
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.dinero.books import Invoice, Organisation, Payment
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.shop.catalogue import NORWAY
from dinero_sync.sync.insight.reconcile import reconcile
from dinero_sync.sync.run.by_hand import skip_order
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.credit.proposals import make_proposed

YEAR = date(2026, 1, 1), date(2026, 12, 31)
CARDS, MOBILE, CLEARING, DEBTORS, VAT, SALES = 55010, 55020, 55060, 53000, 64000, 1000
PLAIN, ODD, LAMP, GERMAN, NORWEGIAN, PART, WHOLE, KEPT, LATER, EDITED, EURO, LAST = range(12)
CANCELLED, UNPAID, HELD, ELSEWHERE, OWED, VIABILL = range(12, 18)
"""The orders, each by how much its id and its number are above the first one's."""
NORWEGIAN_BUYER: dict[str, Any] = {
    "order_country_id": NORWAY,
    "del_country_id": NORWAY,
    "order_zipcode": "0150",
    "order_city": "Oslo",
}


def named(order: int) -> int:
    """Return the id of an order."""
    return ORDER_ID + order


def number(order: int) -> str:
    """Return the number of an order, as the customer sees it."""
    return str(NUMBER + order)


def _sold(order: int, day: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the shop may send
    buyer = f"kunde{order}@example.com"
    moment = f"2026-{day} 10:00:00"
    times = {"time": moment, "paid_time": moment, "last_modified": moment}
    return raw_order(named(order), **{"email": buyer, **times, **fields})


def _owed(order: int, day: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    moment = f"2026-{day} 10:00:00"
    shipped = {"status": "shipped", "sent_time": moment, "time": moment, "last_modified": moment}
    return unpaid_order(named(order), **{"email": f"kunde{order}@example.com", **shipped, **fields})


TWO = [
    a_line(amount=2, unit_price=Decimal("100.00")),
    a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("80.00")),
]
CUP = a_line(product_id=900103, own_id="KOP-03", name="Kop", unit_price=Decimal("60.00"))


def sell_a_year(business: Business) -> None:
    """Sell the year, book it, and credit some of it."""
    config = business.config
    config["sync"]["start_date"] = YEAR[0]
    posting = config["posting"]
    posting["rules"] = [*RULES["rules"], *posting["rules"]]
    posting["margin_scheme"] = RULES["margin_scheme"]
    later = {"name": "Regning", "when": {"gateway_name": "Bankoverførsel*"}, "paid": True}
    types = [each for each in config["payment_types"] if each["name"] != "Bankoverførsel"]
    viabill = {"name": "ViaBill", "when": {"gateway": "viabill"}, "paid": True}
    config["payment_types"] = [
        {**later, "deposit_account": 55040, "trigger": "shipped"},
        {**viabill, "deposit_account": CLEARING},
        *types,
    ]
    payouts = PayoutFiles(business)
    odd = [
        a_line(amount=3, unit_price=Decimal("33.33")),
        a_line(product_id=900102, own_id="FAD-02", name="Fad", unit_price=Decimal("79.99")),
    ]
    business.sell(
        _sold(PLAIN, "01-15"),
        _sold(ODD, "02-03", products=odd, payment_gateway_id=MOBILEPAY),
        _sold(LAMP, "03-20", products=[SOLD_LAMP]),
        _sold(GERMAN, "04-30", products=[a_line(vat=0)], **GERMAN_BUSINESS),
        _sold(NORWEGIAN, "05-05", products=[a_line(vat=0)], **NORWEGIAN_BUYER),
        _sold(PART, "06-10", products=TWO),
        _sold(WHOLE, "07-01", products=[a_line(unit_price=Decimal(300))]),
        _sold(KEPT, "08-09", products=[a_line(unit_price=Decimal(500))]),
        _owed(LATER, "09-09", payment_gateway_id=INVOICE),
        _sold(EDITED, "10-04", products=TWO),
        _sold(LAST, "11-30", products=[a_line(unit_price=Decimal(250))]),
        _sold(CANCELLED, "12-01", status="cancelled"),
        unpaid_order(named(UNPAID)),
        _sold(HELD, "12-02", payment_gateway="bytte", payment_gateway_id=""),
        _sold(ELSEWHERE, "12-03", payment_gateway="bytte", payment_gateway_id=""),
        _owed(OWED, "12-04", payment_gateway_id=BANK),
        _sold(VIABILL, "12-05", payment_gateway="viabill", payment_gateway_id=""),
    )
    sale = ("238", "2026-12-08", "Køb", number(VIABILL), "125.00", "-2.25")
    payouts.put(rows=(sale, paid_out("122.75")))
    business.run_once()
    config["shoporama"]["currency"] = "EUR"
    in_euro = [a_line(unit_price=Decimal("112.37"))]
    business.sell(_sold(EURO, "11-11", products=in_euro, last_modified="2026-12-10 11:59:00"))
    business.run_once()
    config["shoporama"]["currency"] = "DKK"
    business.run_once()
    _credit(business, PART, amount=Decimal(25))
    _credit(business, WHOLE, everything=True)
    _credit(business, KEPT, refunds=False, amount=Decimal(100))
    edited = raw_order(products=[a_line(amount=1, unit_price=Decimal("100.00")), TWO[1], CUP])
    business.wait(hours=1)
    told = {name: edited[name] for name in ("products", "total_price", "vat")}
    business.change(named(EDITED), **told)
    business.run_once()
    business.do(lambda place: make_proposed(place, business.order(named(EDITED))))
    with business.at_work() as place:
        record = business.order(named(ELSEWHERE))
        skip_order(place, record, "hånden", SkipReason.BOOKED_ELSEWHERE)


def keep_books(year: "Year") -> None:
    """Let the bookkeeper do what is her own, and no order's."""
    year.invoice_by_hand(f"Ordre {number(ELSEWHERE)}", Decimal(125))
    year.invoice_by_hand("Kursus for Café Prøve", Decimal(4000))
    books, day = year.books, date(2026, 10, 1)
    by_hand.post(books, day, "Momsafregning", {VAT: Decimal(100), 64100: Decimal(-100)})
    by_hand.post(books, day, "Porto", {7220: Decimal(80), 55000: Decimal(-80)})


def _credit(business: Business, order: int, *, refunds: bool = True, **ways: Any) -> None:  # noqa: ANN401 - what is credited
    chosen = CreditOptions(wanted=Wanted(**ways), reason="Retur", refunds=refunds)
    with business.at_work() as place:
        record = business.order(named(order))
        make_credit(place, decide_credit(place, record, chosen), chosen.reason)


@dataclass(slots=True)
class Year:
    """The year in the books, and what people may do to it there."""

    business: Business
    bookkeeper: Bookkeeper

    @property
    def books(self) -> Organisation:
        """Return what Dinero keeps."""
        return self.business.sandbox.organisation

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Put Dinero's books back afterwards."""
        sandbox = self.business.sandbox
        kept = copy.deepcopy(sandbox.organisations)
        try:
            yield
        finally:
            sandbox.organisations.clear()
            sandbox.organisations.update(kept)

    def proved(
        self, first: date = YEAR[0], last: date = YEAR[1], *, with_balances: bool = False
    ) -> Reconciled:
        """Prove the year, or a part of it."""
        clock = SandboxClock(self.business.sandbox)
        with self.business.in_a_process():
            config = self.business.loaded()
            return reconcile(config, "config.yaml", clock, first, last, with_balances=with_balances)

    def invoice(self, order: int) -> Invoice:
        """Return the invoice of an order."""
        return self.business.invoice(named(order))

    def note(self, order: int) -> Invoice:
        """Return the credit note of an order."""
        guid = self.invoice(order).guid
        return next(each for each in self.books.credit_notes.values() if each.credits == guid)

    def payment(self, order: int, place: int = 0) -> Payment:
        """Return a payment of an order that is money."""
        return [each for each in self.invoice(order).payments if not each.set_off][place]

    def margin(self) -> str:
        """Return the voucher of the lamp's margin."""
        (found,) = (each.guid for each in self.books.ledger_items.values() if each.date.month == 3)
        return found

    def entries(self, voucher: str, account: int | None = None) -> list[Entry]:
        """Return the entries of a voucher."""
        return [
            each
            for each in self.books.entries
            if each.voucher_guid == voucher and account in {None, each.account}
        ]

    def invoice_by_hand(self, heading: str, amount: Decimal, **fields: object) -> Invoice:
        """Make and book an invoice as the bookkeeper does."""
        contact = self.bookkeeper.create_contact(Name="Bo Prøve", Email="bo@example.com")
        line = {
            "Description": heading,
            "BaseAmountValue": float(amount),
            "Quantity": 1,
            "Discount": 0,
            "AccountNumber": SALES,
            "LineType": "Product",
            "Unit": "parts",
        }
        guid = self.bookkeeper.create_invoice(
            ContactGuid=contact,
            Date="2026-12-09",
            Description=heading,
            ShowLinesInclVat=True,
            ProductLines=[line],
            **fields,
        )
        invoice = self.books.invoices[str(UUID(guid))]
        self.bookkeeper.book(invoice)
        return invoice
