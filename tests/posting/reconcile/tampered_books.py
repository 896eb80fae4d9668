"""What may be done to one order in the books, or to the books, and what is to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from made_up_books import (
    BANK,
    CARDS,
    DEBTORS,
    EU,
    EURO,
    FREIGHT,
    GOODS,
    HAND,
    INVOICE,
    INVOICED,
    ITEM,
    KEPT,
    MARGIN,
    NOTE,
    OWED,
    PAID,
    REFUNDED,
    SHIFT,
    USED,
    VAT,
    MadeUp,
    guid,
    kroner,
)

from dinero_sync.posting.reconcile.documents import Document
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Kind

Act = Callable[[MadeUp, int], object]
Said = tuple[int | None, Kind, Cause, Decimal]
DAY = timedelta(days=1)
NOTHING = Decimal(0)
ELSEWHERE = date(2025, 12, 31)
NEW = 200
"""The number of a document that somebody else makes; no other is near."""


@dataclass(frozen=True, slots=True)
class OfOrder:
    """Something that is done to one order."""

    act: Act
    kind: Kind
    cause: Cause
    amount: str = "0"
    gaps: int = 0
    """How many rows of numbers are missing after it."""


def said(difference: Difference) -> Said:
    """Return what a difference says, with its sum."""
    return difference.order_id, difference.kind, difference.cause, difference.amount


def changed(books: MadeUp, order: int, key: str = "invoice", **changes: object) -> None:
    """Let the journal tell something else of a document."""
    books.documents = [
        replace(each, **changes) if (each.order_id, each.key) == (order, key) else each  # type: ignore[arg-type]
        for each in books.documents
    ]


def document(books: MadeUp, order: int, key: str = "invoice") -> Document:
    """Return a document of ours."""
    return next(each for each in books.documents if (each.order_id, each.key) == (order, key))


def _gone(what: int) -> Act:
    def act(books: MadeUp, order: int) -> None:
        books.unlist(guid(order, what))
        books.drop(guid(order, what))

    return act


def _relisted(what: int, **changes: object) -> Act:
    return lambda books, order: books.relist(guid(order, what), **changes)


def _total(what: int, more: str) -> Act:
    def act(books: MadeUp, order: int) -> None:
        of = guid(order, what)
        total = books.in_list(of).total + kroner(more)
        books.relist(of, total=total, kroner=total)

    return act


def _dated(what: int, days: int, *, is_listed: bool = True) -> Act:
    def act(books: MadeUp, order: int) -> None:
        of = guid(order, what)
        day = books.voucher(of)[0].day + days * DAY
        books.change(of, day=day)
        if is_listed:
            books.relist(of, day=day)

    return act


def _of_another_year(books: MadeUp, order: int) -> None:
    _gone(INVOICE)(books, order)
    books.elsewhere[guid(order, INVOICE)] = ELSEWHERE


def _another(books: MadeUp, order: int, **changes: object) -> None:
    """List one more document, which somebody else made."""
    usual = books.in_list(guid(order, INVOICE))
    number = max(each.number or 0 for each in books.listed) + 1
    of = guid(order, HAND + number)
    told = replace(usual, guid=of, number=number, reference="", heading="Salg")
    books.listed.append(replace(told, **changes))  # type: ignore[arg-type]
    books.post(of, usual.day, number, ((DEBTORS, "10", None), (GOODS, "-10", "U25")), "Salg")


def _doubled(**changes: object) -> Act:
    return lambda books, order: _another(books, order, **changes)


def _with_reference(form: str, **changes: object) -> Act:
    def act(books: MadeUp, order: int) -> None:
        told = form.format(id=order, number=SHIFT + order)
        _another(books, order, reference=told, **changes)

    return act


def _said_in_heading(books: MadeUp, order: int) -> None:
    _another(books, order, heading=f"Ordre {SHIFT + order}", total=kroner("350.90"))


def _credited_by_hand(books: MadeUp, order: int) -> None:
    _another(books, order, is_credit=True, total=kroner(20), kroner=kroner(20))
    books.credits[books.listed[-1].guid] = str(order)
    books.relist(guid(order, INVOICE), is_overpaid=True)


def _reversed(what: int) -> Act:
    def act(books: MadeUp, order: int) -> None:
        taken = [replace(each, amount=-each.amount) for each in books.voucher(guid(order, what))]
        books.entries += taken

    return act


def _moved(what: int, account: int, to: int) -> Act:
    return lambda books, order: books.change(guid(order, what), account, account=to)


def _both(*acts: Act) -> Act:
    def act(books: MadeUp, order: int) -> None:
        for each in acts:
            each(books, order)

    return act


def _unlisted(what: int) -> Act:
    return lambda books, order: books.unlist(guid(order, what))


def _more(what: int, account: int, amount: str, to: int) -> Act:
    return lambda books, order: books.more(guid(order, what), account, amount, to)


def _deleted(books: MadeUp, order: int) -> None:
    books.deleted.add(UUID(int=order + 1000))
    changed(books, order, contact=UUID(int=order + 1000))
    books.relist(guid(order, INVOICE), contact=UUID(int=order + 1000))


def _payment_deleted(books: MadeUp, order: int) -> None:
    _reversed(PAID)(books, order)
    books.relist(guid(order, INVOICE), is_paid=False)


def _payment_gone(books: MadeUp, order: int) -> None:
    """Delete a payment whose day isn't in the period, so that the list alone tells it."""
    books.drop(guid(order, PAID))
    books.money = [each for each in books.money if each[1].voucher != guid(order, PAID)]
    books.relist(guid(order, INVOICE), is_paid=False)


def _twice(books: MadeUp, order: int) -> None:
    books.entries += books.voucher(guid(order, INVOICE))


def _without_goods(books: MadeUp, order: int) -> None:
    of = guid(order, INVOICE)
    books.entries = [e for e in books.entries if (e.voucher, e.account) != (of, GOODS)]


def _edited_in_shop(books: MadeUp, order: int) -> None:
    changed(books, order, in_shop=kroner(400))


OF_ORDERS: dict[str, OfOrder] = {
    # The documents in their lists.
    "gone": OfOrder(_gone(INVOICE), Kind.INVOICE, Cause.MISSING, "-350", gaps=1),
    "taken back, and listed no more": OfOrder(
        _both(_reversed(INVOICE), _unlisted(INVOICE)),
        Kind.INVOICE,
        Cause.MISSING,
        "-350",
        gaps=1,
    ),
    "not listed": OfOrder(
        _unlisted(INVOICE),
        Kind.INVOICE,
        Cause.MISSING,
        "-350",
        gaps=1,
    ),
    "another total": OfOrder(_total(INVOICE, "10"), Kind.INVOICE, Cause.EDITED, "10"),
    "an øre more": OfOrder(_total(INVOICE, "0.01"), Kind.INVOICE, Cause.EDITED, "0.01"),
    "another currency": OfOrder(
        _relisted(INVOICE, currency="EUR", kroner=kroner(2611)), Kind.INVOICE, Cause.RATE, "2261"
    ),
    "another customer": OfOrder(
        _relisted(INVOICE, contact=UUID(int=4)), Kind.INVOICE, Cause.EDITED
    ),
    "the next day": OfOrder(_dated(INVOICE, 1), Kind.INVOICE, Cause.OTHER_DAY),
    "an earlier month": OfOrder(_dated(INVOICE, -33), Kind.INVOICE, Cause.OTHER_DAY),
    "a later month": OfOrder(_dated(INVOICE, 60), Kind.INVOICE, Cause.OTHER_DAY),
    "another year": OfOrder(_of_another_year, Kind.INVOICE, Cause.OTHER_DAY, "-350", gaps=1),
    "its contact deleted": OfOrder(_deleted, Kind.INVOICE, Cause.DELETED_CONTACT),
    "doubled by our reference": OfOrder(
        _with_reference("shoporama:{id}"), Kind.INVOICE, Cause.DOUBLED, "350"
    ),
    "doubled by its number": OfOrder(
        _with_reference("{number}"), Kind.INVOICE, Cause.DOUBLED, "350"
    ),
    "doubled by its id": OfOrder(_with_reference("{id}"), Kind.INVOICE, Cause.DOUBLED, "350"),
    "doubled by its heading": OfOrder(_said_in_heading, Kind.INVOICE, Cause.DOUBLED, "350"),
    # Credit notes.
    "credited by hand": OfOrder(
        _credited_by_hand, Kind.CREDIT_NOTE, Cause.CREDITED_ELSEWHERE, "-20"
    ),
    "credited by our reference": OfOrder(
        _with_reference("shoporama:{id}:credit:9", is_credit=True),
        Kind.CREDIT_NOTE,
        Cause.CREDITED_ELSEWHERE,
        "-350",
    ),
    "credit note gone": OfOrder(_gone(NOTE), Kind.CREDIT_NOTE, Cause.MISSING, "50", gaps=1),
    "credit note of another total": OfOrder(
        _total(NOTE, "5"), Kind.CREDIT_NOTE, Cause.EDITED, "-5"
    ),
    "credit note of another day": OfOrder(_dated(NOTE, 2), Kind.CREDIT_NOTE, Cause.OTHER_DAY),
    "credit note taken back": OfOrder(_reversed(NOTE), Kind.CREDIT_NOTE, Cause.REVERSED, "50"),
    # Payments.
    "payment deleted": OfOrder(_payment_deleted, Kind.PAYMENT, Cause.REVERSED, "-350"),
    "payment deleted of another time": OfOrder(_payment_gone, Kind.PAYMENT, Cause.MISSING, "-300"),
    "payment's entries gone": OfOrder(
        lambda books, order: books.drop(guid(order, PAID)), Kind.PAYMENT, Cause.MISSING, "-350"
    ),
    "paid once more": OfOrder(
        _relisted(INVOICE, is_overpaid=True), Kind.PAYMENT, Cause.PAID_ELSEWHERE
    ),
    "payment moved": OfOrder(_moved(PAID, CARDS, 55020), Kind.PAYMENT, Cause.OTHER_ACCOUNT, "-350"),
    "payment of another amount": OfOrder(
        _more(PAID, CARDS, "-9", DEBTORS), Kind.PAYMENT, Cause.EDITED, "-9"
    ),
    "payment an øre less": OfOrder(
        _more(PAID, CARDS, "-0.01", DEBTORS), Kind.PAYMENT, Cause.ROUNDING, "-0.01"
    ),
    "payment of another day": OfOrder(
        _dated(PAID, 3, is_listed=False), Kind.PAYMENT, Cause.OTHER_DAY
    ),
    "payment of another month": OfOrder(
        _dated(PAID, 33, is_listed=False), Kind.PAYMENT, Cause.OTHER_DAY
    ),
    "refund taken back": OfOrder(_reversed(REFUNDED), Kind.REFUND, Cause.REVERSED, "50"),
    "refund moved": OfOrder(_moved(REFUNDED, CARDS, BANK), Kind.REFUND, Cause.OTHER_ACCOUNT, "50"),
    # Entries.
    "goods moved": OfOrder(_moved(INVOICE, GOODS, 1001), Kind.INVOICE, Cause.OTHER_ACCOUNT, "-80"),
    "freight moved among goods": OfOrder(
        _moved(INVOICE, FREIGHT, GOODS), Kind.INVOICE, Cause.EDITED, "40"
    ),
    "debt moved": OfOrder(
        _moved(INVOICE, DEBTORS, 54040), Kind.INVOICE, Cause.OTHER_ACCOUNT, "-350"
    ),
    "goods gone": OfOrder(_without_goods, Kind.INVOICE, Cause.EDITED, "-80"),
    "goods of another amount": OfOrder(
        _more(INVOICE, GOODS, "-10", DEBTORS), Kind.INVOICE, Cause.EDITED, "10"
    ),
    "an øre of VAT moved": OfOrder(
        _more(INVOICE, VAT, "0.01", GOODS), Kind.INVOICE, Cause.ROUNDING, "0.01"
    ),
    "VAT moved into goods": OfOrder(
        _more(INVOICE, VAT, "5", GOODS), Kind.INVOICE, Cause.EDITED, "5"
    ),
    "entries taken back": OfOrder(_reversed(INVOICE), Kind.INVOICE, Cause.REVERSED, "-350"),
    "entries there twice": OfOrder(_twice, Kind.INVOICE, Cause.EDITED, "350"),
    "entries of another day": OfOrder(
        _dated(INVOICE, 4, is_listed=False), Kind.INVOICE, Cause.OTHER_DAY
    ),
    "entries of another month": OfOrder(
        _dated(INVOICE, 44, is_listed=False), Kind.INVOICE, Cause.OTHER_DAY
    ),
    "entries gone": OfOrder(
        lambda books, order: books.drop(guid(order, INVOICE)), Kind.INVOICE, Cause.MISSING, "-350"
    ),
    "margin taken back": OfOrder(_reversed(ITEM), Kind.MARGIN, Cause.REVERSED, "100"),
    "margin moved": OfOrder(_moved(ITEM, MARGIN, 1050), Kind.MARGIN, Cause.OTHER_ACCOUNT, "-80"),
    "margin of another amount": OfOrder(
        _more(ITEM, USED, "20", MARGIN), Kind.MARGIN, Cause.EDITED, "-20"
    ),
    "margin of another day": OfOrder(
        _dated(ITEM, 5, is_listed=False), Kind.MARGIN, Cause.OTHER_DAY
    ),
    # In the shop.
    "edited in the shop": OfOrder(_edited_in_shop, Kind.ORDER, Cause.CHANGED_IN_SHOP, "-100"),
}
"""Each can be done to either order that has everything."""


@dataclass(frozen=True, slots=True)
class OfBooks:
    """Something that is done once."""

    act: Callable[[MadeUp], object]
    said: tuple[Said, ...]
    gaps: int = 0


def _by_hand(*posted: tuple[int, str, str | None]) -> Callable[[MadeUp], object]:
    return lambda books: books.post(UUID(int=77), date(2026, 4, 4), 9, posted, "Kontantsalg")


def _recoded(number: int, code: str) -> Callable[[MadeUp], object]:
    def act(books: MadeUp) -> None:
        entry = dict(books.chart.entry)
        entry[number] = replace(entry[number], vat_code=code)
        books.chart = replace(books.chart, entry=entry)

    return act


def _hidden(books: MadeUp) -> None:
    entry = dict(books.chart.entry)
    entry[EU] = replace(entry[EU], hidden=True)
    books.chart = replace(books.chart, entry=entry)


def _of_voucher(amount: str) -> tuple[Said, ...]:
    return ((None, Kind.VOUCHER, Cause.POSTED_BY_HAND, Decimal(amount)),)


def _recoding(amount: str) -> tuple[Said, ...]:
    return ((None, Kind.ACCOUNT, Cause.ACCOUNT_RECODED, Decimal(amount)),)


OF_BOOKS: dict[str, OfBooks] = {
    "a sale posted by hand": OfBooks(
        _by_hand((GOODS, "-80", "U25"), (VAT, "-20", "U25"), (BANK, "100", None)),
        _of_voucher("100"),
    ),
    "a cost on an account of sales": OfBooks(
        _by_hand((GOODS, "30", None), (BANK, "-30", None)), _of_voucher("-30")
    ),
    "VAT on sales posted by hand": OfBooks(
        _by_hand((VAT, "-20", "U25"), (7300, "20", None)), _of_voucher("20")
    ),
    "a settlement of VAT": OfBooks(_by_hand((VAT, "20", None), (64100, "-20", None)), ()),
    "a cost posted by hand": OfBooks(_by_hand((7300, "20", "I25"), (BANK, "-20", None)), ()),
    "money moved by hand": OfBooks(_by_hand((CARDS, "-20", None), (BANK, "20", None)), ()),
    "an account's code changed": OfBooks(_recoded(EU, "UVV"), _recoding("125")),
    "an entry's code changed": OfBooks(
        lambda books: books.change(UUID(int=508 * 100 + INVOICE), EU, vat_code="UVV"),
        _recoding("125"),
    ),
    "an account closed": OfBooks(_hidden, ((None, Kind.ACCOUNT, Cause.ACCOUNT_CLOSED, NOTHING),)),
    "a payout taken back": OfBooks(
        lambda books: books.drop(UUID(int=9)),
        ((None, Kind.PAYOUT, Cause.MISSING, Decimal(100)),),
    ),
    "an invoice paid before its payment": OfBooks(
        lambda books: books.relist(guid(OWED, INVOICE), is_paid=True),
        ((OWED, Kind.PAYMENT, Cause.PAID_ELSEWHERE, kroner(125)),),
    ),
    "an invoice paid that isn't ours to pay": OfBooks(
        lambda books: books.relist(guid(INVOICED, INVOICE), is_paid=True), ()
    ),
    "an invoice of others with other sums": OfBooks(
        lambda books: _another(
            books, KEPT, heading=f"Tilbehør til {SHIFT + KEPT}", total=kroner(9)
        ),
        (),
    ),
    "a rate changed in the list": OfBooks(
        lambda books: books.relist(guid(EURO, INVOICE), kroner=kroner("838.29")),
        ((EURO, Kind.INVOICE, Cause.RATE, kroner("0.01")),),
    ),
    "a rate's øre laid elsewhere": OfBooks(
        lambda books: books.more(guid(EURO, INVOICE), GOODS, "0.01", VAT), ()
    ),
    "a rate changed in the books": OfBooks(
        lambda books: books.more(guid(EURO, INVOICE), GOODS, "-3", DEBTORS),
        ((EURO, Kind.INVOICE, Cause.EDITED, kroner(3)),),
    ),
    "a payment of another currency an øre less": OfBooks(
        lambda books: books.more(guid(EURO, PAID), CARDS, "-0.01", DEBTORS),
        ((EURO, Kind.PAYMENT, Cause.RATE, kroner("-0.01")),),
    ),
    "an order cancelled after it was credited whole": OfBooks(
        lambda books: changed(books, 506, in_shop=NOTHING), ()
    ),
    "an order cancelled after booking": OfBooks(
        lambda books: changed(books, INVOICED, in_shop=NOTHING),
        ((INVOICED, Kind.ORDER, Cause.CHANGED_IN_SHOP, Decimal(125)),),
    ),
}
"""What is done to the books as a whole, or to an order of its own kind."""
