"""What a proved period is made of is gathered day by day, document by document."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from made_up_books import (
    BANK,
    CARDS,
    DAYS,
    EXPORT,
    FIRST,
    GOODS,
    INVOICE,
    SECOND,
    VAT,
    YEAR,
    MadeUp,
    a_year,
    guid,
)

from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.reconcile import details as module
from dinero_sync.posting.reconcile.details import Details, steps
from dinero_sync.posting.reconcile.documents import OrderClass, Unbooked
from dinero_sync.posting.reconcile.outcome import Kind, Reconciled

DAY = date(2026, 2, 3)


@pytest.fixture
def books() -> MadeUp:
    return a_year()


@pytest.fixture(scope="module")
def proved() -> Reconciled:
    return a_year().proved()


def an_entry(account: int, amount: str, day: date = DAY) -> Entry:
    return Entry(
        account=account,
        day=day,
        amount=Decimal(amount),
        kind=EntryKind.POSTED,
        voucher_number=1,
        voucher=None,
        description="",
        vat_code=None,
    )


def ours(account: int, **parts: str) -> Ours:
    columns = {Column(name): Decimal(amount) for name, amount in parts.items()}
    return Ours(name="po_1", order_id=None, account=account, day=DAY, parts=columns)


def test_what_moved_on_an_account_is_what_its_sums_are_made_of(proved: Reconciled) -> None:
    for account, both in proved.sums.by_account.items():
        moved = [each for each in proved.details.moved if each.account == account]
        assert sum(each.ours for each in moved) == both.ours
        assert sum(each.found for each in moved) == both.found


def test_documents_and_sales_come_to_what_dinero_has(proved: Reconciled) -> None:
    sums, details = proved.sums, proved.details

    assert sum(each.ours for each in details.documents) == sums.documents.ours
    assert sum(each.found or 0 for each in details.documents) == sums.documents.found
    for name, both in sums.by_payment_type.items():
        sold = [value for (_, of), value in details.sales.items() if of == name]
        assert sum(sold) == both.found
    assert {day for day, _ in details.sales} >= set(DAYS.values())


def test_a_movement_says_whose_it_is(proved: Reconciled) -> None:
    (invoice, margin_free) = (
        each
        for each in proved.details.moved
        if each.account == GOODS
        and each.order_id == FIRST
        and each.kind in {"invoice", "credit_note"}
    )

    assert (invoice.kind, invoice.name, invoice.day) == (Kind.INVOICE, "9501", DAYS[FIRST])
    assert margin_free.kind == Kind.CREDIT_NOTE
    assert invoice.ours == invoice.found < 0 < margin_free.ours


def test_a_document_that_is_gone_is_told_without_an_amount_in_dinero(books: MadeUp) -> None:
    books.unlist(guid(SECOND, INVOICE))

    found = books.proved().details.documents

    gone = [each for each in found if each.found is None]
    assert [each.document.order_id for each in gone] == [SECOND]
    assert gone[0].ours == gone[0].document.kroner()


def test_the_chart_tells_names_and_codes(proved: Reconciled) -> None:
    assert proved.details.names[GOODS].startswith("Salg af varer")
    assert proved.details.names[CARDS]
    assert (proved.details.codes[GOODS], proved.details.codes[EXPORT]) == ("U25", "UVV")
    assert CARDS not in proved.details.codes
    assert proved.details.boxes[VAT] == "salgsmoms"
    assert proved.details.boxes[64060] == "koebsmoms"


def test_orders_without_an_invoice_are_kept(books: MadeUp) -> None:
    found = books.proved().details

    assert found.unbooked == books.unbooked
    assert found.is_whole


def an_unbooked(order: int) -> Unbooked:
    return Unbooked(order_id=order, order_class=OrderClass.HELD, total=None, currency=None)


def test_lists_end_where_there_is_too_much_and_say_so(
    proved: Reconciled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LISTED", 2)
    monkeypatch.setattr(module, "MOVED_BY_EACH", 2)
    details = Details()
    first, second, third = proved.details.documents[:3]
    moved = proved.details.moved[:5]

    added: list[tuple[Any, list[Any]]] = []
    for told in (first, second, third):
        details.add_document(told.document, told.ours, told.found)
        added.append((details.is_whole, list(details.documents)))
    assert added == [(True, [first]), (True, [first, second]), (False, [first, second])]
    details.is_whole = True
    for each in moved:
        details.add_moved(each)
    assert (details.is_whole, details.moved) == (False, moved[:4])
    details.is_whole = True
    for order in (1, 2):
        details.add_unbooked(an_unbooked(order))
    assert details.is_whole
    details.add_unbooked(an_unbooked(3))
    assert (details.is_whole, details.unbooked) == (False, [an_unbooked(1), an_unbooked(2)])


def test_balances_go_on_from_what_was_there(books: MadeUp) -> None:
    details = Details(clearing=frozenset({CARDS, BANK, 55020}), opening={CARDS: Decimal("10.00")})
    next_day = DAY + timedelta(days=1)
    details.add_entries(
        [
            an_entry(CARDS, "100.00"),
            an_entry(CARDS, "20.00"),
            an_entry(CARDS, "-30.00", next_day),
            an_entry(BANK, "5.00", next_day),
            an_entry(GOODS, "99.00"),
        ]
    )

    days = [DAY - timedelta(days=1), DAY, next_day]
    assert list(details.balances(days)) == [
        (BANK, [Decimal(0), Decimal(0), Decimal(5)]),
        (CARDS, [Decimal(10), Decimal(130), Decimal(100)]),
    ]
    assert books.proved().details.changes == {}


def test_an_account_that_only_held_something_is_told(proved: Reconciled) -> None:
    details = replace(proved.details, clearing={CARDS, BANK}, opening={BANK: Decimal(7)})

    assert list(details.balances([DAY])) == [(BANK, [Decimal(7)])]


def test_fees_are_what_left_the_clearing_account() -> None:
    details = Details(clearing=frozenset({CARDS}))

    details.add_fees([ours(CARDS, fees="-2.25", payouts="-100.00"), ours(7420, fees="2.25")])
    details.add_fees([ours(CARDS, fees="-1.00"), ours(CARDS, payouts="-3.00")])

    assert details.fees == {(DAY, CARDS): Decimal("3.25")}


def test_entries_and_fees_of_a_part_reach_the_details(books: MadeUp) -> None:
    books.money.append((Kind.PAYOUT, ours(CARDS, fees="-2.00", payouts="-98.00")))

    found = books.proved(*YEAR, clearing={CARDS}).details

    on_cards = [each for each in books.entries if each.account == CARDS]
    assert sum(found.changes.values()) == sum(each.amount for each in on_cards)
    assert {account for _, account in found.changes} == {CARDS}
    assert sum(found.fees.values()) == Decimal("2.00")


def test_a_period_is_cut_into_days_or_months() -> None:
    february = date(2026, 2, 1), date(2026, 2, 28)

    days = steps(*february, at_most=28)
    assert (days[0], days[-1], len(days)) == ((february[0],) * 2, (february[1],) * 2, 28)
    assert steps(*february, at_most=27) == [february]
    assert steps(DAY, date(2026, 4, 2), at_most=3) == [
        (DAY, date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 2)),
    ]
    assert steps(date(2026, 2, 28), date(2026, 3, 1), at_most=1) == [
        (date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 1)),
    ]
