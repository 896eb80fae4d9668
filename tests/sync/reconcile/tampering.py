"""What may be done to the books of the year behind our back, and what is to be said of each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from proved_year import (
    CARDS,
    CLEARING,
    DEBTORS,
    EURO,
    GERMAN,
    KEPT,
    LAMP,
    LAST,
    LATER,
    MOBILE,
    ODD,
    OWED,
    PART,
    PLAIN,
    SALES,
    VAT,
    WHOLE,
    Year,
    named,
    number,
)

from dinero_sync.posting.reconcile.outcome import Cause, Difference, Kind
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.dinero.vat_return import Entry

Said = tuple[int | None, Kind, Cause]
"""Of which order a difference is, if of any, what it is about, and why."""
ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tampering:
    """Something that was done to the books."""

    act: Callable[[Year], object]
    said: tuple[Said, ...]
    gaps: int = 0
    """How many rows of numbers are missing after it."""


def said(difference: Difference) -> Said:
    """Return what a difference says, without its sums."""
    return difference.order_id, difference.kind, difference.cause


def _of(order: int, kind: Kind, *causes: Cause) -> tuple[Said, ...]:
    return tuple((named(order), kind, cause) for cause in causes)


def _replace(year: Year, entry: Entry, **changes: object) -> None:
    entries = year.books.entries
    entries[entries.index(entry)] = replace(entry, **changes)  # type: ignore[arg-type]


def _each(year: Year, voucher: str, **changes: object) -> None:
    for entry in year.entries(voucher):
        _replace(year, entry, **changes)


def _drop(year: Year, voucher: str) -> None:
    for entry in year.entries(voucher):
        year.books.entries.remove(entry)


def _more(year: Year, voucher: str, account: int, to: int, amount: Decimal) -> None:
    """Move an amount within a voucher."""
    one, *_ = year.entries(voucher, account)
    other, *_ = year.entries(voucher, to)
    _replace(year, one, amount=one.amount + amount)
    _replace(year, other, amount=other.amount - amount)


def _total(invoice: Invoice, more: Decimal) -> None:
    totals = invoice.totals
    invoice.totals = replace(totals, gross=totals.gross + more, net=totals.net + more)


def _removed(year: Year, invoice: Invoice) -> None:
    """Take a document and all its entries away."""
    _drop(year, invoice.guid)
    _unlisted(year, invoice)


def _unlisted(year: Year, invoice: Invoice) -> None:
    kept = year.books.credit_notes if invoice.is_credit else year.books.invoices
    del kept[invoice.guid]


def _dated(year: Year, invoice: Invoice, day: date) -> None:
    invoice.date = day
    _each(year, invoice.guid, date=day)


def _copy(year: Year, order: int, **fields: object) -> None:
    """Make one more invoice of an order by hand."""
    year.invoice_by_hand("Salg", year.invoice(order).totals.gross, **fields)


def _unpaid(year: Year, order: int) -> None:
    """Delete a payment on its invoice, as one does in Dinero."""
    invoice = year.invoice(order)
    path = f"invoices/{invoice.guid}/payments/{year.payment(order).guid}"
    year.bookkeeper.send("DELETE", path, {"Timestamp": invoice.timestamp})


def _other_customer(year: Year) -> None:
    contact = year.bookkeeper.create_contact(Name="Bo Prøve", Email="bo@example.com")
    year.invoice(PLAIN).fields["ContactGuid"] = contact


def _credited_by_hand(year: Year, **fields: object) -> None:
    year.bookkeeper.credit(year.invoice(ODD))
    note = year.note(ODD)
    note.fields.update(fields)


def _recoded(year: Year) -> None:
    year.books.accounts[SALES].vat_code = "UVV"


def _hidden(year: Year) -> None:
    year.books.accounts[SALES].hidden = True


def _posted(year: Year, amounts: dict[int, str], code: str | None = None) -> None:
    told = {account: Decimal(amount) for account, amount in amounts.items()}
    voucher = by_hand.post(year.books, date(2026, 5, 5), "Kontantsalg", told)
    for entry in year.entries(voucher):
        if code and entry.account in {SALES, VAT}:
            _replace(year, entry, vat_code=code)


def _gap(year: Year) -> None:
    (course,) = (each for each in year.books.invoices.values() if each.totals.gross == 4000)
    _removed(year, course)
    year.invoice_by_hand("Et kursus mere", Decimal(4000))


def _payout(year: Year) -> str:
    (found,) = (each.guid for each in year.books.ledger_items.values() if each.date.month == 12)
    return found


def _rated(year: Year) -> None:
    """Let the invoice in euro be worth a little more in kroner in the books."""
    voucher = year.invoice(EURO).guid
    _more(year, voucher, DEBTORS, SALES, Decimal("3.00"))


INVOICE, NOTE, MARGIN = Kind.INVOICE, Kind.CREDIT_NOTE, Kind.MARGIN
PAYMENT, REFUND, PAYOUT = Kind.PAYMENT, Kind.REFUND, Kind.PAYOUT
DAY = timedelta(days=1)

TAMPERINGS: dict[str, Tampering] = {
    # The documents.
    "an invoice and its entries are gone": Tampering(
        lambda year: _removed(year, year.invoice(PLAIN)), _of(PLAIN, INVOICE, Cause.MISSING)
    ),
    "an invoice is gone from the list": Tampering(
        lambda year: _unlisted(year, year.invoice(ODD)), _of(ODD, INVOICE, Cause.MISSING), gaps=1
    ),
    "an invoice comes to another total": Tampering(
        lambda year: _total(year.invoice(ODD), Decimal(10)), _of(ODD, INVOICE, Cause.EDITED)
    ),
    "an invoice comes to an øre more": Tampering(
        lambda year: _total(year.invoice(LATER), ORE), _of(LATER, INVOICE, Cause.EDITED)
    ),
    "an invoice is of another day of its month": Tampering(
        lambda year: _dated(year, year.invoice(ODD), date(2026, 2, 4)),
        _of(ODD, INVOICE, Cause.OTHER_DAY),
    ),
    "an invoice is of another month": Tampering(
        lambda year: _dated(year, year.invoice(ODD), date(2026, 6, 4)),
        _of(ODD, INVOICE, Cause.OTHER_DAY),
    ),
    "an invoice is of another year": Tampering(
        lambda year: _dated(year, year.invoice(PLAIN), date(2025, 12, 31)),
        _of(PLAIN, INVOICE, Cause.OTHER_DAY),
    ),
    "an invoice is made out to somebody else": Tampering(
        _other_customer, _of(PLAIN, INVOICE, Cause.EDITED)
    ),
    "a contact is deleted": Tampering(
        lambda year: year.bookkeeper.delete_contact(year.invoice(ODD).fields["ContactGuid"]),
        _of(ODD, INVOICE, Cause.DELETED_CONTACT),
    ),
    "an invoice has our reference a second time": Tampering(
        lambda year: _copy(year, PLAIN, ExternalReference=f"shoporama:{named(PLAIN)}"),
        _of(PLAIN, INVOICE, Cause.DOUBLED),
    ),
    "an invoice has the order's number as its reference": Tampering(
        lambda year: _copy(year, PLAIN, ExternalReference=number(PLAIN)),
        _of(PLAIN, INVOICE, Cause.DOUBLED),
    ),
    "an invoice of the same total names the order": Tampering(
        lambda year: year.invoice_by_hand(f"Ordre {number(ODD)}", Decimal("179.98")),
        _of(ODD, INVOICE, Cause.DOUBLED),
    ),
    "an invoice of another total names an order": Tampering(
        lambda year: year.invoice_by_hand(f"Tilbehør til {number(ODD)}", Decimal(20)), ()
    ),
    # Credit notes.
    "an order is credited by hand": Tampering(
        _credited_by_hand, _of(ODD, NOTE, Cause.CREDITED_ELSEWHERE)
    ),
    "an order is credited by hand with our reference": Tampering(
        lambda year: _credited_by_hand(year, ExternalReference=f"shoporama:{named(ODD)}:credit:9"),
        _of(ODD, NOTE, Cause.CREDITED_ELSEWHERE),
    ),
    "a credit note and its entries are gone": Tampering(
        lambda year: _removed(year, year.note(PART)), _of(PART, NOTE, Cause.MISSING), gaps=1
    ),
    "a credit note comes to another total": Tampering(
        lambda year: _total(year.note(PART), Decimal(-5)), _of(PART, NOTE, Cause.EDITED)
    ),
    "a credit note is of another day": Tampering(
        lambda year: _dated(year, year.note(WHOLE), date(2026, 11, 1)),
        _of(WHOLE, NOTE, Cause.OTHER_DAY),
    ),
    "a credit note's entries are taken back": Tampering(
        lambda year: by_hand.delete(year.books, year.note(KEPT).guid),
        _of(KEPT, NOTE, Cause.REVERSED),
    ),
    # Payments.
    "a payment is deleted": Tampering(
        lambda year: _unpaid(year, ODD), _of(ODD, PAYMENT, Cause.REVERSED)
    ),
    "a payment's entries are gone": Tampering(
        lambda year: _drop(year, year.payment(ODD).voucher), _of(ODD, PAYMENT, Cause.MISSING)
    ),
    "a paid invoice is paid once more": Tampering(
        lambda year: year.bookkeeper.pay(year.invoice(LAST), Decimal(250)),
        _of(LAST, PAYMENT, Cause.PAID_ELSEWHERE),
    ),
    "an invoice is paid by hand before its payment": Tampering(
        lambda year: year.bookkeeper.pay(year.invoice(OWED), Decimal(125)),
        _of(OWED, PAYMENT, Cause.PAID_ELSEWHERE),
    ),
    "an invoice whose payment isn't ours is paid": Tampering(
        lambda year: year.bookkeeper.pay(year.invoice(LATER), Decimal(125)), ()
    ),
    "a payment is moved to another account": Tampering(
        lambda year: by_hand.move(year.books, year.payment(ODD).voucher, MOBILE, CARDS),
        _of(ODD, PAYMENT, Cause.OTHER_ACCOUNT),
    ),
    "a payment has another amount": Tampering(
        lambda year: _more(year, year.payment(ODD).voucher, MOBILE, DEBTORS, Decimal(-9)),
        _of(ODD, PAYMENT, Cause.EDITED),
    ),
    "a payment is an øre less": Tampering(
        lambda year: _more(year, year.payment(PLAIN).voucher, CARDS, DEBTORS, -ORE),
        _of(PLAIN, PAYMENT, Cause.ROUNDING),
    ),
    "a payment is of another day": Tampering(
        lambda year: _each(year, year.payment(ODD).voucher, date=date(2026, 2, 7)),
        _of(ODD, PAYMENT, Cause.OTHER_DAY),
    ),
    "a payment is of another month": Tampering(
        lambda year: _each(year, year.payment(ODD).voucher, date=date(2026, 3, 7)),
        _of(ODD, PAYMENT, Cause.OTHER_DAY),
    ),
    "a refund's entries are taken back": Tampering(
        lambda year: by_hand.delete(year.books, year.payment(PART, 1).voucher),
        _of(PART, REFUND, Cause.REVERSED),
    ),
    "a refund is moved to another account": Tampering(
        lambda year: by_hand.move(year.books, year.payment(WHOLE, 1).voucher, CARDS, 55000),
        _of(WHOLE, REFUND, Cause.OTHER_ACCOUNT),
    ),
    # What the documents posted.
    "a sale is moved to another account": Tampering(
        lambda year: by_hand.move(year.books, year.invoice(ODD).guid, SALES, 1050),
        _of(ODD, INVOICE, Cause.OTHER_ACCOUNT),
    ),
    "a debt is moved to another account": Tampering(
        lambda year: by_hand.move(year.books, year.invoice(LATER).guid, DEBTORS, 54040),
        _of(LATER, INVOICE, Cause.OTHER_ACCOUNT),
    ),
    "a sale has another amount": Tampering(
        lambda year: _more(year, year.invoice(ODD).guid, SALES, DEBTORS, Decimal(10)),
        _of(ODD, INVOICE, Cause.EDITED),
    ),
    "an øre is moved between a sale and its VAT": Tampering(
        lambda year: _more(year, year.invoice(PLAIN).guid, SALES, VAT, ORE),
        _of(PLAIN, INVOICE, Cause.ROUNDING),
    ),
    "VAT is moved into the sale": Tampering(
        lambda year: _more(year, year.invoice(PLAIN).guid, SALES, VAT, Decimal(-5)),
        _of(PLAIN, INVOICE, Cause.EDITED),
    ),
    "an invoice's entries are taken back": Tampering(
        lambda year: by_hand.delete(year.books, year.invoice(ODD).guid),
        _of(ODD, INVOICE, Cause.REVERSED),
    ),
    "an invoice's entries are there twice": Tampering(
        lambda year: year.books.entries.extend(year.entries(year.invoice(ODD).guid)),
        _of(ODD, INVOICE, Cause.EDITED),
    ),
    "an invoice's entries are of another day": Tampering(
        lambda year: _each(year, year.invoice(ODD).guid, date=date(2026, 2, 27)),
        _of(ODD, INVOICE, Cause.OTHER_DAY),
    ),
    "a sale in euro is worth something else": Tampering(_rated, _of(EURO, INVOICE, Cause.EDITED)),
    "an entry has another VAT code": Tampering(
        lambda year: _replace(
            year, year.entries(year.invoice(GERMAN).guid, 1100)[0], vat_code="UVV"
        ),
        ((None, Kind.ACCOUNT, Cause.ACCOUNT_RECODED),),
    ),
    # Margins and payouts.
    "a margin is taken back": Tampering(
        lambda year: by_hand.delete(year.books, year.margin()), _of(LAMP, MARGIN, Cause.REVERSED)
    ),
    "a margin is moved to another account": Tampering(
        lambda year: by_hand.move(year.books, year.margin(), 1052, SALES),
        _of(LAMP, MARGIN, Cause.OTHER_ACCOUNT),
    ),
    "a margin has another amount": Tampering(
        lambda year: _more(year, year.margin(), 1051, 1052, Decimal(50)),
        _of(LAMP, MARGIN, Cause.EDITED),
    ),
    "a margin is of another day": Tampering(
        lambda year: _each(year, year.margin(), date=date(2026, 3, 31)),
        _of(LAMP, MARGIN, Cause.OTHER_DAY),
    ),
    "a payout is taken back": Tampering(
        lambda year: by_hand.delete(year.books, _payout(year)),
        ((None, PAYOUT, Cause.REVERSED),),
    ),
    "a payout has another amount": Tampering(
        lambda year: _more(year, _payout(year), CLEARING, 54040, Decimal(3)),
        ((None, PAYOUT, Cause.EDITED),),
    ),
    # What others post.
    "a sale is posted by hand": Tampering(
        lambda year: _posted(year, {SALES: "-80.00", VAT: "-20.00", 55000: "100.00"}, "U25"),
        ((None, Kind.VOUCHER, Cause.POSTED_BY_HAND),),
    ),
    "something is posted by hand on an account of sales": Tampering(
        lambda year: _posted(year, {SALES: "-100.00", 55000: "100.00"}),
        ((None, Kind.VOUCHER, Cause.POSTED_BY_HAND),),
    ),
    "VAT on sales is posted by hand": Tampering(
        lambda year: _posted(year, {VAT: "-20.00", 7220: "20.00"}, "U25"),
        ((None, Kind.VOUCHER, Cause.POSTED_BY_HAND),),
    ),
    "an expense is posted by hand": Tampering(
        lambda year: _posted(year, {7220: "80.00", 55000: "-80.00"}), ()
    ),
    "money is moved by hand": Tampering(
        lambda year: _posted(year, {CARDS: "-80.00", 55000: "80.00"}), ()
    ),
    # The chart, and numbers.
    "an account has another VAT code now": Tampering(
        _recoded, ((None, Kind.ACCOUNT, Cause.ACCOUNT_RECODED),)
    ),
    "an account is closed": Tampering(_hidden, ((None, Kind.ACCOUNT, Cause.ACCOUNT_CLOSED),)),
    "an invoice of others is gone": Tampering(_gap, (), gaps=1),
}
"""Each tried alone; in pairs they are said together."""
