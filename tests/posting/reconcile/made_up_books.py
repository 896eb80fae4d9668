"""A shop's year as both sides tell it: our documents, and Dinero's lists and entries.

Every amount that Dinero posts is written out here, and reckoned by nothing that is tried. Two
orders, ``FIRST`` and ``SECOND``, have everything: goods, freight, second-hand goods with a margin,
a payment, a credit note of a part and its refund.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from builders import a_chart, a_plan

from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.domain.documents import CreditPlan, InvoiceLine, LedgerItem, Plan
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.details import Details
from dinero_sync.posting.reconcile.documents import (
    Answers,
    Document,
    Listed,
    Named,
    OrderClass,
    Unbooked,
)
from dinero_sync.posting.reconcile.outcome import Kind, Reconciled

YEAR = date(2026, 1, 1), date(2026, 12, 31)
DEBTORS, VAT, CARDS, BANK = 53000, 64000, 55010, 55000
GOODS, FREIGHT, USED, MARGIN, EU, EXPORT = 1000, 1350, 1051, 1052, 1100, 1255
FIRST, SECOND, OWED, INVOICED, KEPT, WHOLE, EURO, GERMAN, NORWEGIAN = range(501, 510)
SHIFT = 9000
"""What an order's number is above its id."""
DAYS = {
    FIRST: date(2026, 2, 3),
    SECOND: date(2026, 6, 9),
    OWED: date(2026, 7, 1),
    INVOICED: date(2026, 7, 2),
    KEPT: date(2026, 8, 8),
    WHOLE: date(2026, 9, 9),
    EURO: date(2026, 10, 10),
    GERMAN: date(2026, 10, 11),
    NORWEGIAN: date(2026, 10, 12),
}
CREDITED = date(2026, 11, 3)
"""The day of every credit note."""
TYPES = {CARDS: "Kort", BANK: "Regning", 0: "Faktura"}
Posted = tuple[int, str, str | None]
"""An account, an amount of the ledger, and a VAT code."""


def kroner(text: str | int) -> Decimal:
    """Read an amount, with its øre."""
    return Decimal(text).quantize(Decimal("0.01"))


def guid(order: int, what: int) -> UUID:
    """Return the name of an order's voucher: 1 its invoice, 2 its credit note, and so on."""
    return UUID(int=order * 100 + what)


INVOICE, NOTE, ITEM, PAID, REFUNDED, PAYOUT, HAND = range(1, 8)


@dataclass(slots=True)
class MadeUp:
    """Both sides of the year."""

    documents: list[Document] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    money: list[tuple[Kind, Ours]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    unbooked: list[Unbooked] = field(default_factory=list)
    chart: Chart = field(default_factory=a_chart)
    deleted: set[UUID] = field(default_factory=set)
    elsewhere: dict[UUID, date] = field(default_factory=dict)
    """The days of documents that Dinero has outside the year."""
    credits: dict[UUID, str] = field(default_factory=dict)
    """Of credit notes of others, whose order's invoice each is for."""

    def voucher(self, of: UUID) -> list[Entry]:
        """Return the entries of a voucher."""
        return [each for each in self.entries if each.voucher == of]

    def change(self, of: UUID, on: int | None = None, **changes: Any) -> None:  # noqa: ANN401 - of an entry
        """Change a voucher's entries, or those on one account."""
        self.entries = [
            replace(each, **changes) if each.voucher == of and on in {None, each.account} else each
            for each in self.entries
        ]

    def more(self, of: UUID, account: int, amount: str, to: int) -> None:
        """Move an amount within a voucher."""
        for number, sign in ((account, 1), (to, -1)):
            (entry,) = (each for each in self.voucher(of) if each.account == number)
            self.change(of, number, amount=entry.amount + sign * kroner(amount))

    def drop(self, of: UUID) -> None:
        """Take a voucher's entries away."""
        self.entries = [each for each in self.entries if each.voucher != of]

    def in_list(self, of: UUID) -> Listed:
        """Return a document as Dinero lists it."""
        return next(each for each in self.listed if each.guid == of)

    def relist(self, of: UUID, **changes: Any) -> None:  # noqa: ANN401 - of a listed document
        """List a document otherwise."""
        self.listed = [
            replace(each, **changes) if each.guid == of else each for each in self.listed
        ]

    def unlist(self, of: UUID) -> None:
        """List a document no more."""
        self.listed = [each for each in self.listed if each.guid != of]

    def post(self, of: UUID, day: date, number: int, posted: Sequence[Posted], text: str) -> None:
        """Post a voucher."""
        self.entries += (
            Entry(
                account=account,
                day=day,
                amount=kroner(amount),
                voucher_number=number,
                voucher=of,
                description=text,
                vat_code=code,
            )
            for account, amount, code in posted
        )

    def proved(
        self, first: date = YEAR[0], last: date = YEAR[1], clearing: Collection[int] = ()
    ) -> Reconciled:
        """Prove the year month by month, or a part of it; some accounts are told day by day."""
        details = Details(clearing=frozenset(clearing))
        comparison = Comparison(self.chart, self.deleted, details)
        comparison.take_unbooked(self.unbooked)
        for month in range(first.month, last.month + 1):
            comparison.take(self._part(month))
        named = {each.order_id: each for each in self.documents if each.is_sale}
        guids = {
            each: frozenset(d.invoice.guid for d in self.documents if d.order_id == each)
            for each in named
        }
        orders = {
            name: Named(
                order_id=order,
                number=sale.number,
                total=sale.invoice.total,
                payment_type=sale.payment_type,
                documents=guids[order],
                day=sale.day,
                kroner=sale.kroner(),
                credited=sale.credited,
            )
            for order, sale in named.items()
            for name in (str(order), sale.number)
            if name in comparison.names | set(self.credits.values())
        }
        days = {
            each.invoice.guid: self.elsewhere[each.invoice.guid]
            for each in comparison.missing
            if each.invoice.guid in self.elsewhere
        }
        answers = Answers(days=days, credits=self.credits, orders=orders, numbers=self._numbers())
        return comparison.conclude(first, last, answers)

    def _part(self, month: int) -> Part:
        return Part(
            documents=[each for each in self.documents if each.day.month == month],
            listed=[each for each in self.listed if each.day.month == month],
            money=[each for each in self.money if each[1].day.month == month],
            entries=[each for each in self.entries if each.day.month == month],
        )

    def _numbers(self) -> Mapping[int, tuple[date, str]]:
        outside = (each for each in self.documents if each.invoice.guid in self.elsewhere)
        return {
            each.document_number or 0: (self.elsewhere[each.invoice.guid], each.number)
            for each in outside
        }


def a_year() -> MadeUp:
    """Return the year as it should be."""
    books = MadeUp()
    for order in (FIRST, SECOND):
        _with_everything(books, order)
    _sold(books, OWED, 104, ((GOODS, 25, "125"),), "100.00", "25.00", deposit=BANK, is_paid=False)
    _sold(books, INVOICED, 105, ((GOODS, 25, "125"),), "100.00", "25.00", deposit=0, is_paid=False)
    _sold(books, KEPT, 106, ((GOODS, 25, "500"),), "400.00", "100.00", credited="100")
    books.relist(guid(KEPT, INVOICE), is_overpaid=True)
    _credited(books, KEPT, 107, "100", "80.00", "20.00")
    _sold(books, WHOLE, 108, ((GOODS, 25, "300"),), "240.00", "60.00", credited="300", back="300")
    _credited(books, WHOLE, 109, "300", "240.00", "60.00", refund="-300")
    _in_euro(books)
    _sold(books, GERMAN, 111, ((EU, 0, "125"),), "125.00", "0.00", account=EU, code="UEUV")
    _sold(books, NORWEGIAN, 112, ((EXPORT, 0, "90"),), "90.00", "0.00", account=EXPORT, code="UVV")
    day = date(2026, 10, 20)
    payout = UUID(int=9)
    for account, amount in ((BANK, "98.00"), (7420, "2.00"), (CARDS, "-100.00")):
        ours = _moved(payout, account, amount, day, "payout:kort:1", None)
        books.money.append((Kind.PAYOUT, ours))
        books.post(payout, day, 1, ((account, amount, None),), "Udbetaling")
    for at, name in enumerate(OrderClass):
        if name not in {OrderClass.BOOKED, OrderClass.CREDITED}:
            books.unbooked.append(
                Unbooked(order_id=900 + at, order_class=name, total=kroner(10), currency="DKK")
            )
    books.post(UUID(int=8), day, 2, ((VAT, "70.00", None), (64100, "-70.00", None)), "Moms")
    books.post(UUID(int=7), day, 3, ((7300, "80.00", "I25"), (BANK, "-80.00", None)), "Webhotel")
    return books


def _with_everything(books: MadeUp, order: int) -> None:
    number = 100 if order == FIRST else 102
    lines = ((GOODS, 25, "100"), (FREIGHT, 25, "50"), (USED, 0, "200"))
    item = LedgerItem(
        guid=guid(order, ITEM),
        date=DAYS[order],
        description="Brugtmoms",
        amount=kroner(100),
        account=USED,
        vat_code=None,
        balancing_account=MARGIN,
        balancing_vat_code="U25",
    )
    document = _document(order, number, lines, CARDS, credited="50", back="50")
    plan = replace(document.plan, ledger_items=(item,))
    books.documents.append(replace(document, plan=plan, has_margins=True))
    books.listed.append(_listed(document, "30.00"))
    posted: tuple[Posted, ...] = (
        (DEBTORS, "350.00", None),
        (GOODS, "-80.00", "U25"),
        (FREIGHT, "-40.00", "U25"),
        (USED, "-200.00", None),
        (VAT, "-30.00", "U25"),
    )
    books.post(guid(order, INVOICE), DAYS[order], number, posted, "Faktura")
    margin: tuple[Posted, ...] = (
        (USED, "100.00", None),
        (MARGIN, "-80.00", "U25"),
        (VAT, "-20.00", "U25"),
    )
    books.post(guid(order, ITEM), DAYS[order], 4, margin, "Brugtmoms")
    _paid(books, order, number, "350.00", CARDS)
    _credited(books, order, number + 1, "50", "40.00", "10.00", refund="-50")


def _sold(  # noqa: PLR0913, PLR0917 - what is sold, and what Dinero makes of it
    books: MadeUp,
    order: int,
    number: int,
    lines: Sequence[tuple[int, int, str]],
    net: str,
    vat: str,
    *,
    deposit: int = CARDS,
    account: int = GOODS,
    code: str = "U25",
    is_paid: bool = True,
    credited: str = "0",
    back: str = "0",
) -> None:
    document = _document(order, number, lines, deposit, credited, back, is_paid=is_paid)
    books.documents.append(document)
    books.listed.append(_listed(document, vat, is_paid=is_paid))
    gross = str(document.invoice.total)
    posted: list[Posted] = [(DEBTORS, gross, None), (account, f"-{net}", code)]
    if kroner(vat):
        posted.append((VAT, f"-{vat}", code))
    books.post(guid(order, INVOICE), DAYS[order], number, posted, "Faktura")
    if is_paid:
        _paid(books, order, number, gross, deposit)


def _document(  # noqa: PLR0913, PLR0917 - as above
    order: int,
    number: int,
    lines: Sequence[tuple[int, int, str]],
    deposit: int,
    credited: str = "0",
    back: str = "0",
    *,
    is_paid: bool = True,
) -> Document:
    plan = a_plan()
    invoice = replace(
        plan.invoice,
        guid=guid(order, INVOICE),
        reference=f"shoporama:{order}",
        date=DAYS[order],
        lines=tuple(_line(plan, *each) for each in lines),
    )
    return Document(
        order_id=order,
        number=str(SHIFT + order),
        key="invoice",
        day=DAYS[order],
        document_number=number,
        contact=UUID(int=order),
        total_dkk=None,
        plan=replace(plan, invoice=invoice),
        payment_type=TYPES[deposit],
        is_sale=True,
        credited=kroner(credited),
        credited_ever=kroner(credited),
        paid_ever=invoice.total - kroner(back) if is_paid else Decimal(0),
        awaits_payment=deposit == BANK,
    )


def _line(plan: Plan, account: int, rate: int, gross: str) -> InvoiceLine:
    (line,) = plan.invoice.lines
    return replace(line, account=account, vat_rate=Decimal(rate), unit_price=kroner(gross))


def _listed(document: Document, vat: str, *, is_paid: bool = True) -> Listed:
    invoice = document.invoice
    return Listed(
        guid=invoice.guid,
        number=document.document_number,
        day=document.day,
        reference=invoice.reference,
        heading=invoice.heading,
        contact=document.contact,
        currency=invoice.currency,
        total=invoice.total,
        vat=kroner(vat),
        kroner=document.kroner(),
        is_paid=is_paid,
        is_overpaid=False,
        is_credit=document.is_credit,
    )


def _moved(  # noqa: PLR0913, PLR0917 - a movement has that many parts
    of: UUID, account: int, amount: str, day: date, name: str, order: int | None
) -> Ours:
    return Ours(
        name=name,
        order_id=order,
        account=account,
        day=day,
        parts={Column.SALES: kroner(amount)},
        voucher=of,
    )


def _paid(books: MadeUp, order: int, number: int, amount: str, deposit: int) -> None:
    of, day = guid(order, PAID), DAYS[order]
    ours = _moved(of, deposit, amount, day, str(SHIFT + order), order)
    books.money.append((Kind.PAYMENT, ours))
    books.post(of, day, number, ((deposit, amount, None), (DEBTORS, f"-{amount}", None)), "Kort")


def _credited(  # noqa: PLR0913, PLR0917 - as above
    books: MadeUp, order: int, number: int, gross: str, net: str, vat: str, refund: str = ""
) -> None:
    sale = next(each for each in books.documents if each.order_id == order)
    assert isinstance(sale.plan, Plan)
    note = replace(
        sale.invoice,
        guid=guid(order, NOTE),
        reference=f"shoporama:{order}:credit:1",
        date=CREDITED,
        lines=(_line(a_plan(), GOODS, 25, gross),),
    )
    plan = CreditPlan(
        note=note,
        invoice_guid=sale.invoice.guid,
        invoice_number=sale.document_number or 0,
        shares=(),
        selection="",
    )
    document = replace(
        sale,
        key="credit:1",
        day=CREDITED,
        document_number=number,
        plan=plan,
        is_sale=False,
        has_margins=False,
    )
    books.documents.append(document)
    books.listed.append(_listed(document, vat))
    posted: tuple[Posted, ...] = (
        (DEBTORS, f"-{gross}", None),
        (GOODS, net, "U25"),
        (VAT, vat, "U25"),
    )
    books.post(guid(order, NOTE), CREDITED, number, posted, "Kreditnota")
    if refund:
        of = guid(order, REFUNDED)
        ours = _moved(of, CARDS, refund, CREDITED, str(SHIFT + order), order)
        books.money.append((Kind.REFUND, ours))
        back = ((CARDS, refund, None), (DEBTORS, refund.removeprefix("-"), None))
        books.post(of, CREDITED, number, back, "Retur")


def _in_euro(books: MadeUp) -> None:
    """Sell for 112.37 EUR at 7.46: 838.28 kr., of which the VAT is 167.63 kr."""
    document = _document(EURO, 110, ((GOODS, 25, "112.37"),), CARDS)
    assert isinstance(document.plan, Plan)
    invoice = replace(document.invoice, currency="EUR")
    plan = replace(document.plan, invoice=invoice)
    document = replace(document, plan=plan, total_dkk=kroner("838.28"), paid_ever=kroner("838.28"))
    books.documents.append(document)
    books.listed.append(_listed(document, "22.47"))
    posted: tuple[Posted, ...] = (
        (DEBTORS, "838.28", None),
        (GOODS, "-670.65", "U25"),
        (VAT, "-167.63", "U25"),
    )
    books.post(guid(EURO, INVOICE), DAYS[EURO], 110, posted, "Faktura")
    of, amount = guid(EURO, PAID), "838.28"
    ours = _moved(of, CARDS, amount, DAYS[EURO], str(SHIFT + EURO), EURO)
    books.money.append((Kind.PAYMENT, replace(ours, is_foreign=True)))
    books.post(of, DAYS[EURO], 110, ((CARDS, amount, None), (DEBTORS, "-838.28", None)), "Kort")
