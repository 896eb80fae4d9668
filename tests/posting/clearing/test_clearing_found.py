"""Which entry is taken for one of ours, why one is missed, which orders wait for their payout."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.clearing.ours import Cause, Column, Ours
from dinero_sync.posting.clearing.statement import (
    Books,
    ClearingAccount,
    Open,
    Settled,
    Statement,
    statements,
)

CARDS, DEBTORS = 55010, 53000
FIRST, DAY = date(2026, 11, 1), date(2026, 11, 3)


def paid(order: int, amount: str, **fields: Any) -> Ours:  # noqa: ANN401 - Ours refuses what it lacks
    usual = {
        "name": str(order),
        "order_id": order,
        "account": CARDS,
        "day": DAY,
        "parts": {Column.SALES: Decimal(amount)},
        "description": f"Kort, ordre {order}",
        "voucher": UUID(int=order),
    }
    return Ours(**{**usual, **fields})


def entry(amount: str, **fields: Any) -> Entry:  # noqa: ANN401 - as above
    return Entry(**{"account": CARDS, "day": DAY, "amount": Decimal(amount), **fields})


def posted(of: Ours, amount: str | None = None) -> Entry:
    money = str(of.amount) if amount is None else amount
    return entry(money, day=of.day, voucher=of.voucher, description=of.description)


def cleared(
    ours: Iterable[Ours],
    entries: Iterable[Entry],
    opening: str | None = "0",
    settled: Iterable[Settled] = (),
) -> Statement:
    balances = {} if opening is None else {CARDS: Decimal(opening)}
    books = Books(first=FIRST, opening=balances, entries=entries)
    (found,) = statements([ClearingAccount(number=CARDS)], list(ours), settled, books)
    return found


def causes(found: Statement) -> list[tuple[str, Cause, Decimal]]:
    """Return what is missing or altered: its name, why, and what Dinero has more."""
    return [(each.ours.name, each.cause, each.amount) for each in found.differences]


def of_number(*numbers: int | None, **fields: Any) -> list[Ours]:  # noqa: ANN401 - as above
    """Return payments of 100.00 whose vouchers the journal doesn't name."""
    return [
        paid(at, "100", voucher=None, description="", invoice_number=number, **fields)
        for at, number in enumerate(numbers, start=1)
    ]


A, B = paid(10501, "100"), paid(10502, "50")


def test_the_statement_is_that_of_the_account_and_begins_with_nothing() -> None:
    found = cleared([A], [posted(A)], opening=None)

    assert found.account == ClearingAccount(number=CARDS)
    assert (found.opening, found.closing) == (Decimal(0), Decimal(100))


def test_the_first_day_of_the_period_is_in_it() -> None:
    first, before = paid(1, "100", day=FIRST), paid(2, "50", day=date(2026, 10, 31))

    assert cleared([first, before], [posted(first)]).columns[Column.SALES] == Decimal(100)


def test_what_bears_our_text_is_ours_as_a_whole_by_whichever_vouchers() -> None:
    ours = paid(1, "100", voucher=None)
    parts = [entry(amount, description="Kort, ordre 1") for amount in ("60", "40")]
    strange = entry("7", description="")

    found = cleared([ours], [*parts, strange])

    assert (causes(found), found.unexplained) == ([], (strange,))


def test_an_entry_without_a_text_is_not_found_by_it() -> None:
    ours = paid(1, "100", voucher=None, description="", day=date(2026, 11, 5))
    strange = entry("100", description="")

    found = cleared([ours], [strange])

    assert causes(found) == [("1", Cause.MISSING, Decimal(-100))]
    assert found.unexplained == (strange,)


def test_two_of_ours_are_found_by_one_entry_each() -> None:
    by_number, by_day = of_number(1001, 1001), of_number(None, None)
    numbered = [entry("100", voucher_number=1001, day=FIRST) for _ in range(3)]
    dated = [entry("100") for _ in range(3)]

    for ours, entries in ((by_number, numbered), (by_day, dated)):
        found = cleared(ours, entries)
        assert causes(found) == []
        assert found.unexplained == tuple(entries[2:])


def test_the_invoice_s_number_tells_more_than_the_day() -> None:
    unnamed: dict[str, Any] = {"voucher": None, "description": ""}
    first = paid(1, "100", invoice_number=101, **unnamed)
    second = paid(2, "100", invoice_number=102, day=date(2026, 11, 5), **unnamed)

    found = cleared([first, second], [entry("100", voucher_number=102, day=DAY)])

    assert causes(found) == [("1", Cause.MISSING, Decimal(-100))]


def test_without_a_number_none_is_found_by_it() -> None:
    (ours,) = of_number(None)
    strange = entry("100", day=FIRST)

    assert cleared([ours], [strange]).unexplained == (strange,)
    (numbered,) = of_number(1001)
    assert causes(cleared([numbered], [strange])) == [("1", Cause.MISSING, Decimal(-100))]


def test_where_vouchers_have_names_one_without_any_is_looked_for_otherwise() -> None:
    (forgotten,) = of_number(None)

    found = cleared([A, forgotten], [posted(A), entry("100")])

    assert (causes(found), found.unexplained) == ([], ())


def test_where_no_voucher_has_a_name_ours_are_looked_for_by_their_texts() -> None:
    nameless = entry("100", description=A.description)

    assert causes(cleared([A], [nameless])) == []


def test_what_is_altered_is_not_told_as_being_on_another_account() -> None:
    debtors = entry("100", account=DEBTORS, voucher=A.voucher)

    assert causes(cleared([A], [posted(A, "80"), debtors])) == [
        ("10501", Cause.AMOUNT, Decimal(-20))
    ]


@pytest.mark.parametrize(
    "mending",
    [
        entry("50", description="Retter ordre 10502", voucher=UUID(int=77)),
        entry("50", description="rettelse", voucher=UUID(int=77), voucher_number=1002),
    ],
    ids=["by the order", "by the invoice's number"],
)
def test_an_entry_mends_what_is_missing_where_it_names_it(mending: Entry) -> None:
    missing = paid(10502, "50", invoice_number=1002)

    assert causes(cleared([A, missing], [posted(A), mending])) == []


def test_an_entry_of_another_invoice_mends_nothing() -> None:
    missing = paid(10502, "50", invoice_number=1002)
    strange = entry("50", description="rettelse", voucher=UUID(int=77), voucher_number=1003)
    unnumbered = entry("50", description="rettelse", voucher=UUID(int=78))

    found = cleared([A, missing], [posted(A), strange, unnumbered])

    assert causes(found) == [("10502", Cause.MISSING, Decimal(-50))]


def test_a_payout_is_mended_by_its_own_id() -> None:
    payout = paid(
        9, "0", name="payout:cards:P1", order_id=None, parts={Column.PAYOUTS: Decimal(-100)}
    )
    mending = entry("-100", description="Udbetaling P1", voucher=UUID(int=77))

    assert causes(cleared([A, payout], [posted(A), mending])) == []


def test_two_that_may_be_somebody_else_s_count_where_they_are_alone() -> None:
    there, gone = (paid(at, "50", voucher=None, is_certain=False) for at in (1, 2))

    found = cleared([A, there, gone], [posted(A), posted(there)])

    assert [each.number for each in found.open] == ["1", "10501"]
    assert causes(found) == []


def test_others_entries_stand_in_the_order_of_their_days() -> None:
    late, early = entry("1", day=date(2026, 11, 9)), entry("2", day=FIRST)

    assert cleared([], [late, early]).unexplained == (early, late)


def test_an_order_is_open_since_its_first_payment() -> None:
    first = paid(1, "60", day=date(2026, 11, 4))
    second = paid(1, "40", day=date(2026, 11, 2), voucher=UUID(int=2))

    for ours in ([first, second], [second, first]):
        assert cleared(ours, map(posted, ours)).open == (
            Open(order_id=1, number="1", amount=Decimal(100), since=date(2026, 11, 2)),
        )


def test_open_orders_stand_by_day_and_then_by_number() -> None:
    ours = [paid(3, "1"), paid(2, "1"), paid(4, "1", day=FIRST)]

    found = cleared(ours, map(posted, ours))

    assert [each.order_id for each in found.open] == [4, 2, 3]


def test_what_a_payout_paid_of_an_order_in_part_is_taken_off() -> None:
    of_it = Settled(order_id=10501, account=CARDS, amount=Decimal(70))
    other_account = Settled(order_id=10502, account=55020, amount=Decimal(50))

    found = cleared([A, B], map(posted, (A, B)), settled=[of_it, other_account])

    assert [(each.number, each.amount) for each in found.open] == [
        ("10501", Decimal(30)),
        ("10502", Decimal(50)),
    ]


@pytest.mark.parametrize(
    ("amounts", "taken", "waiting"),
    [
        # 1, 2, 3 … are orders by their age; so much was paid out without naming them
        (("100", "50"), "-100", ["2"]),
        (("0.50", "50"), "-0.50", ["2"]),
        (("100", "50"), "-99", ["1", "2"]),
        (("100", "50", "30"), "-50", ["1", "2", "3"]),
        (("100", "50", "30"), "-150", ["3"]),
        (("100", "50", "30"), "-130", ["2", "3"]),
        # one that owes money is never what was paid out, and those behind it may be
        (("-20", "100"), "-100", ["1"]),
        (("0.50", "100"), "-0.40", ["1", "2"]),
        (("0.50", "0.30"), "-0.40", ["1", "2"]),
    ],
)
def test_what_was_paid_out_without_names_was_the_oldest(
    amounts: tuple[str, ...], taken: str, waiting: list[str]
) -> None:
    ours = [paid(at, amount) for at, amount in enumerate(amounts, start=1)]

    found = cleared(ours, [*map(posted, ours), entry(taken, description="Udbetaling")])

    assert [each.number for each in found.open] == waiting
