"""What is told of accounts, numbers and movements, field by field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_up_books import DAYS, GOODS, INVOICE, OWED, VAT, MadeUp, a_year, guid

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.reconcile.details import steps
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Gap, Kind
from dinero_sync.posting.reconcile.postings import BELIEVED, USUAL, Learning

DAY = date(2026, 5, 5)


@pytest.fixture
def books() -> MadeUp:
    return a_year()


def by_hand(amount: str, number: int | None, text: str = "") -> Entry:
    return Entry(
        account=GOODS,
        day=DAY,
        amount=Decimal(amount),
        voucher_number=number,
        description=text,
        vat_code="U25",
    )


def told(books: MadeUp) -> list[tuple[str, int | None, Decimal]]:
    found = (each for each in books.proved().differences if each.cause is Cause.POSTED_BY_HAND)
    return [(each.document, each.document_number, each.amount) for each in found]


def test_entries_without_a_name_are_one_voucher_by_their_number(books: MadeUp) -> None:
    books.entries += [by_hand("-7.00", 88), by_hand("-5.00", 88)]

    assert told(books) == [("88", 88, Decimal(12))]


def test_entries_without_a_name_and_a_number_stand_alone(books: MadeUp) -> None:
    books.entries += [by_hand("-7.00", None), by_hand("-5.00", None, "Salg")]

    assert told(books) == [("", None, Decimal(7)), ("Salg", None, Decimal(5))]


def test_an_account_that_is_closed_by_now_is_named(books: MadeUp) -> None:
    entry = {**books.chart.entry, GOODS: replace(books.chart.entry[GOODS], hidden=True)}
    books.chart = replace(books.chart, entry=entry)

    assert books.proved().differences == (
        Difference(
            order_id=None,
            document="1000",
            kind=Kind.ACCOUNT,
            amount=Decimal(0),
            cause=Cause.ACCOUNT_CLOSED,
            account=GOODS,
        ),
    )


def test_the_last_number_of_a_gap_may_have_a_day_of_its_own(books: MadeUp) -> None:
    """105 and what is before it are another year's: the gap ends with it."""
    books.unlist(guid(OWED, INVOICE))
    books.drop(guid(OWED, INVOICE))
    books.elsewhere[guid(OWED, INVOICE)] = date(2027, 1, 1)

    assert books.proved().gaps == (Gap(first=104, last=104, day=date(2027, 1, 1), order="9503"),)


def test_a_movement_bears_its_document_s_day(books: MadeUp) -> None:
    found = books.proved().details.moved

    assert {each.day for each in found if each.order_id == OWED} == {DAYS[OWED]}


def test_a_day_alone_is_a_month_of_one_day_where_days_are_too_many() -> None:
    assert steps(DAY, DAY, at_most=0) == [(DAY, DAY)]
    assert steps(date(2026, 1, 31), date(2026, 3, 1), at_most=2) == [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ]


@pytest.mark.parametrize(("times", "accounts"), [(BELIEVED, None), (BELIEVED + 1, (53999, 64999))])
def test_more_invoices_than_a_few_show_where_dinero_posts(
    books: MadeUp, times: int, accounts: tuple[int, int] | None
) -> None:
    (document,) = (each for each in books.documents if each.order_id == OWED)
    shown = [
        replace(by_hand(amount, 104), account=account, voucher=guid(OWED, INVOICE))
        for account, amount in ((53999, "125.00"), (64999, "-25.00"))
    ]
    learning = Learning()

    for _ in range(times):
        learning.take([document], shown)

    found = learning.accounts
    assert (found.debtors, found.vat) == (accounts or (USUAL.debtors, USUAL.vat))
    assert USUAL.vat == VAT
