"""Whatever differs is named with its order, its cause and its amount, and nothing that doesn't."""

from contextlib import suppress
from decimal import Decimal

import pytest
from made_up_books import DEBTORS, FIRST, GOODS, INVOICE, OWED, SECOND, a_year, guid, kroner
from tampered_books import OF_BOOKS, OF_ORDERS, OfOrder, Said, said

from dinero_sync.posting.reconcile.outcome import Cause, Kind, Reconciled


def told(found: Reconciled) -> list[Said]:
    return sorted(map(said, found.differences), key=str)


def of(order: int, tampering: OfOrder) -> Said:
    return order, tampering.kind, tampering.cause, Decimal(tampering.amount)


@pytest.mark.parametrize("order", [FIRST, SECOND])
@pytest.mark.parametrize("name", OF_ORDERS)
def test_what_was_done_to_an_order(name: str, order: int) -> None:
    tampering, books = OF_ORDERS[name], a_year()
    tampering.act(books, order)

    found = books.proved()

    assert told(found) == [of(order, tampering)]
    assert not found.is_proved


def test_an_ore_that_lists_and_entries_have_more_is_said_once() -> None:
    books, of_it = a_year(), guid(OWED, INVOICE)
    total = books.in_list(of_it).total + kroner("0.01")
    books.relist(of_it, total=total, kroner=total)
    books.more(of_it, DEBTORS, "0.01", GOODS)

    assert told(books.proved()) == [(OWED, Kind.INVOICE, Cause.EDITED, kroner("0.01"))]


@pytest.mark.parametrize("name", OF_BOOKS)
def test_what_was_done_to_the_books(name: str) -> None:
    tampering, books = OF_BOOKS[name], a_year()
    tampering.act(books)

    found = books.proved()

    assert told(found) == sorted(tampering.said, key=str)
    assert found.is_proved is not bool(tampering.said)


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_ORDERS)
def test_what_was_done_to_two_orders_at_once(name: str) -> None:
    for other, beside in OF_ORDERS.items():
        books = a_year()
        OF_ORDERS[name].act(books, FIRST)
        beside.act(books, SECOND)

        wanted = sorted([of(FIRST, OF_ORDERS[name]), of(SECOND, beside)], key=str)
        assert told(books.proved()) == wanted, other


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_ORDERS)
def test_what_was_done_to_one_order_twice_is_told_of_it_alone(name: str) -> None:
    # The graver may be all that is left to be seen: an invoice that is gone has no total that is
    # another one; and both on one voucher may look like something edited. Which order it is of is
    # always told.
    first = OF_ORDERS[name]
    for other, second in OF_ORDERS.items():
        books = a_year()
        first.act(books, FIRST)
        with suppress(LookupError, ValueError, StopIteration):  # there is nothing left to do it to
            second.act(books, FIRST)

        found = {each[:3] for each in told(books.proved())}
        assert found, other
        wanted = {of(FIRST, first)[:3], of(FIRST, second)[:3]}
        assert found <= wanted | {(FIRST, second.kind, Cause.EDITED)}, other
