"""A clearing account (mellemregningskonto) holds what was paid and not yet paid out, to the øre.

The examples are those of one account of cards, 55010, in November: each can be reckoned by hand.
"""

import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.posting.clearing.ours import Cause, Column, Difference, Ours
from dinero_sync.posting.clearing.statement import (
    Books,
    ClearingAccount,
    Kept,
    Settled,
    Statement,
    statements,
)

CARDS, BANK, FEES, DEBTORS, MOBILEPAY = 55010, 55000, 7420, 53000, 55020
FIRST = date(2026, 11, 1)
NOTHING = Decimal(0)
FORGOTTEN = {"U46": Column.PAYOUTS, "gebyr": Column.FEES}
"""What entries of ours say that the journal doesn't know any more."""
DAY = date(2026, 11, 3)
VOUCHERS = {"10501": UUID(int=1), "10502": UUID(int=2), "10503": UUID(int=3), "payout": UUID(int=9)}


def paid(number: str, amount: str, **fields: Any) -> Ours:  # noqa: ANN401 - Ours refuses what it lacks
    """Return an order's payment of ours."""
    usual = {
        "name": number,
        "order_id": int(number),
        "account": CARDS,
        "day": DAY,
        "parts": {Column.SALES: Decimal(amount)},
        "description": f"Kort, ordre {number}",
        "voucher": VOUCHERS[number],
        "invoice_number": int(number) - 9500,
    }
    return Ours(**{**usual, **fields})


def payout(net: str, fees: str, **fields: Any) -> Ours:  # noqa: ANN401 - as above
    """Return what a payout of ours takes from the account."""
    parts = {Column.PAYOUTS: -Decimal(net), Column.FEES: -Decimal(fees)}
    usual = {
        "name": "payout:cards:P1",
        "order_id": None,
        "account": CARDS,
        "day": date(2026, 11, 9),
        "parts": parts,
        "voucher": VOUCHERS["payout"],
    }
    return Ours(**{**usual, **fields})


def posted(of: Ours, amount: str | None = None, account: int | None = None) -> Entry:
    """Return an entry of ours as Dinero lists it."""
    return Entry(
        account=of.account if account is None else account,
        day=of.day,
        amount=of.amount if amount is None else Decimal(amount),
        voucher=of.voucher,
        voucher_number=of.invoice_number,
        description=of.description,
    )


def by_hand(amount: str, text: str = "", account: int = CARDS, day: date = DAY) -> Entry:
    """Return an entry that the bookkeeper posted."""
    return Entry(
        account=account,
        day=day,
        amount=Decimal(amount),
        voucher=UUID(int=77),
        voucher_number=12,
        description=text,
    )


def cleared(
    ours: Iterable[Ours],
    entries: Iterable[Entry],
    opening: str = "0",
    settled: Iterable[Settled] = (),
    kept: Iterable[Kept] = (),
) -> Statement:
    accounts = [ClearingAccount(number=CARDS, payment_types=("Kort",))]
    books = Books(
        first=FIRST,
        opening={CARDS: Decimal(opening)},
        entries=entries,
        column_of=lambda entry: FORGOTTEN.get(entry.description),
    )
    (found,) = statements(accounts, list(ours), settled, books, kept)
    return found


def only(found: Statement) -> Difference:
    (difference,) = found.differences
    return difference


A, B, C = paid("10501", "786.50"), paid("10502", "238.00"), paid("10503", "99.95")
PAID_OUT = payout("1003.20", "21.30")


def settling(*orders: Ours) -> list[Settled]:
    return [
        Settled(order_id=each.order_id or 0, account=CARDS, amount=each.amount) for each in orders
    ]


def test_a_month_comes_to_what_is_not_paid_out_yet() -> None:
    all_of_it = (A, B, C, PAID_OUT)

    found = cleared(all_of_it, map(posted, all_of_it), settled=settling(A, B))

    assert found.columns == {
        Column.SALES: Decimal("1124.45"),
        Column.REFUNDS: NOTHING,
        Column.PAYOUTS: Decimal("-1003.20"),
        Column.FEES: Decimal("-21.30"),
    }
    assert (found.closing, found.in_dinero, found.difference) == (
        Decimal("99.95"),
        Decimal("99.95"),
        NOTHING,
    )
    assert [(each.number, each.amount) for each in found.open] == [("10503", Decimal("99.95"))]


def test_a_payout_and_its_fees_are_one_voucher_of_two_lines() -> None:
    net = posted(PAID_OUT, "-1003.20")
    fees = posted(PAID_OUT, "-21.30")

    found = cleared((A, B, PAID_OUT), [posted(A), posted(B), net, fees])

    assert (found.difference, found.unexplained) == (NOTHING, ())


def test_what_lay_there_before_is_the_opening_balance() -> None:
    early = paid("10501", "786.50", day=date(2026, 10, 30))

    found = cleared((early, B), [posted(B)], opening="786.50")

    assert (found.opening, found.columns[Column.SALES]) == (Decimal("786.50"), Decimal("238.00"))
    assert found.closing == Decimal("1024.50")
    assert [each.number for each in found.open] == ["10501", "10502"]


def test_a_payout_that_the_journal_forgot_counts_as_ours() -> None:
    net, fee, other = by_hand("-1003.20", "U46"), by_hand("-10.65", "gebyr"), by_hand("5", "U47")

    found = cleared([A, B], [posted(A), posted(B), net, fee, fee, other])

    assert (found.columns[Column.PAYOUTS], found.columns[Column.FEES]) == (
        Decimal("-1003.20"),
        Decimal("-21.30"),
    )
    assert (found.other, found.unexplained) == (Decimal(5), (other,))
    assert (found.closing, found.in_dinero) == (Decimal("5.00"), Decimal("5.00"))


def test_a_refund_is_taken_off_what_is_open_of_its_order() -> None:
    refund = paid("10501", "0", parts={Column.REFUNDS: Decimal("-86.50")}, voucher=UUID(int=5))

    found = cleared((A, refund), map(posted, (A, refund)))

    assert found.columns[Column.REFUNDS] == Decimal("-86.50")
    assert [each.amount for each in found.open] == [Decimal("700.00")]


def test_what_the_bookkeeper_posted_is_hers_and_no_difference() -> None:
    hers = by_hand("-50.00", "Rettelse")

    found = cleared((A,), [posted(A), hers])

    assert (found.other, found.unexplained) == (Decimal("-50.00"), (hers,))
    assert (found.closing, found.difference) == (Decimal("736.50"), NOTHING)
    assert [each.amount for each in found.open] == [Decimal("786.50")]


def test_payouts_that_name_no_orders_take_the_oldest_first_and_whole() -> None:
    found = cleared((A, B, C), [*map(posted, (A, B, C)), by_hand("-1000.00", "Udbetaling")])

    # 1124.45 were paid; 1000.00 left, which A (786.50) is a part of, and A and B (1024.50) aren't.
    assert [each.number for each in found.open] == ["10502", "10503"]


def test_a_payment_that_is_gone_makes_the_difference() -> None:
    found = cleared((A, B), [posted(A)])

    assert found.difference == Decimal("-238.00")
    assert (only(found).ours, only(found).cause) == (B, Cause.MISSING)


def test_a_voucher_that_was_deleted_leaves_its_opposite_beside_it() -> None:
    found = cleared((A, B), [posted(A), posted(B), posted(B, "-238.00")])

    assert found.difference == Decimal("-238.00")
    assert (only(found).cause, only(found).found) == (Cause.REVERSED, NOTHING)


def test_an_amount_that_was_changed_is_named_with_both() -> None:
    found = cleared((A, B), [posted(A), posted(B, "200.00")])

    assert found.difference == Decimal("-38.00")
    assert (only(found).cause, only(found).found) == (Cause.AMOUNT, Decimal("200.00"))


def test_a_payment_that_was_moved_is_named_with_the_account_that_it_is_on() -> None:
    debtors = posted(B, "-238.00", DEBTORS)

    found = cleared((A, B), [posted(A), posted(B, account=MOBILEPAY), debtors])

    assert found.difference == Decimal("-238.00")
    assert (only(found).cause, only(found).other_account) == (Cause.OTHER_ACCOUNT, MOBILEPAY)


@pytest.mark.parametrize(("is_foreign", "cause"), [(False, Cause.ROUNDING), (True, Cause.RATE)])
def test_an_oere_is_named_with_what_makes_oerer(is_foreign: bool, cause: Cause) -> None:  # noqa: FBT001
    euro = paid("10502", "238.00", is_foreign=is_foreign)

    found = cleared((A, euro), [posted(A), posted(euro, "238.01")])

    assert (found.difference, only(found).cause) == (Decimal("0.01"), cause)


@pytest.mark.parametrize(
    ("in_dinero", "mended"),
    [
        ((), by_hand("238.00", "Kort, ordre 10502")),
        (("238.00", "-238.00"), by_hand("238.00", "igen: 10502")),
        (("237.99",), by_hand("0.01", "øre 10502")),
        (("300.00",), by_hand("-62.00", "ordre #10502 rettet", day=date(2026, 11, 28))),
    ],
)
def test_a_person_mends_it_by_an_entry_of_just_that_amount_that_names_the_order(
    in_dinero: tuple[str, ...], mended: Entry
) -> None:
    entries = [posted(A), *(posted(B, each) for each in in_dinero), mended]

    found = cleared((A, B), entries)

    assert (found.difference, found.differences, found.unexplained) == (NOTHING, (), ())


def test_a_payment_posted_twice_is_ours_once() -> None:
    copy = by_hand("238.00", "Kort, ordre 10502")

    found = cleared((A, B), [posted(A), posted(B), copy])

    assert (found.difference, found.unexplained) == (NOTHING, (copy,))


def test_the_same_amount_of_somebody_else_does_not_stand_for_ours() -> None:
    hers = by_hand("238.00", "Salg i butikken")

    found = cleared((A, B), [posted(A), hers])

    assert (found.unexplained, only(found).cause) == ((hers,), Cause.MISSING)


def test_without_names_of_vouchers_ours_are_found_by_text_then_number_then_day() -> None:
    by_text, by_number, by_day = (
        paid(each, amount, voucher=None)
        for each, amount in (("10501", "786.50"), ("10502", "238.00"), ("10503", "99.95"))
    )
    entries = [
        Entry(account=CARDS, day=DAY, amount=Decimal("780.00"), description="Kort, ordre 10501"),
        Entry(account=CARDS, day=FIRST, amount=Decimal("238.00"), voucher_number=1002),
        Entry(account=CARDS, day=DAY, amount=Decimal("99.95")),
    ]

    found = cleared((by_text, by_number, by_day), entries)

    assert (only(found).ours, only(found).cause) == (by_text, Cause.AMOUNT)
    assert found.unexplained == ()


def test_what_was_only_found_there_is_ours_where_it_is_and_nobodys_where_it_is_not() -> None:
    found_there = paid("10502", "238.00", voucher=None, is_certain=False)

    with_it = cleared((A, found_there), [posted(A), posted(found_there)])
    without = cleared((A, found_there), [posted(A)])

    assert (with_it.columns[Column.SALES], with_it.difference) == (Decimal("1024.50"), NOTHING)
    assert (without.columns[Column.SALES], without.difference) == (Decimal("786.50"), NOTHING)
    assert [each.number for each in without.open] == ["10501"]


def test_what_ends_a_year_and_other_accounts_count_for_nothing() -> None:
    ultimo = Entry(
        account=CARDS, day=date(2026, 12, 31), amount=Decimal("-786.50"), kind=EntryKind.CLOSING
    )

    found = cleared((A,), [posted(A), by_hand("12.00", account=FEES), ultimo])

    assert (found.in_dinero, found.difference) == (Decimal("786.50"), NOTHING)


def test_a_payout_in_another_currency_closes_the_orders_that_it_names() -> None:
    of_euro = Settled(order_id=10501, account=CARDS, amount=None)

    found = cleared((A, B), map(posted, (A, B)), settled=[of_euro])

    assert [each.number for each in found.open] == ["10502"]


def kept(amount: str, day: int = 9, account: int = CARDS) -> Kept:
    name, since = f"payout:kort:{day}", date(2026, 11, day)
    return Kept(name=name, account=account, amount=Decimal(amount), since=since)


def test_what_stays_at_the_provider_stays_on_the_account_and_is_named() -> None:
    less = payout("965.20", "21.30")  # of 1024.50 the provider kept 38.00 for a while
    back, elsewhere = kept("38.00"), kept("5.00", account=55020)

    found = cleared(
        (A, B, less), map(posted, (A, B, less)), settled=settling(A, B), kept=[back, elsewhere]
    )

    assert (found.closing, found.difference, found.open) == (Decimal("38.00"), NOTHING, ())
    assert found.kept == (back,)


def test_what_was_let_go_again_is_no_longer_named() -> None:
    later = (kept("20.00", 16), kept("-5.00", 23))

    found = cleared((), (), kept=[kept("-38.00", 12), *later, kept("38.00", 9)])

    assert found.kept == later


def test_what_is_kept_back_of_one_day_stands_by_name() -> None:
    first, second = (
        Kept(name=f"payout:kort:{at}", account=CARDS, amount=Decimal(5), since=DAY) for at in (1, 2)
    )

    assert cleared((), (), kept=[second, first]).kept == (first, second)


def test_what_is_kept_back_is_no_order_whose_payout_has_not_come() -> None:
    less = payout("965.20", "21.30")  # it names no orders

    found = cleared((A, B, less), map(posted, (A, B, less)), kept=[kept("38.00")])

    assert found.open == ()


def test_a_year_of_ten_thousand_orders_is_gone_through_entry_by_entry() -> None:
    ours = [
        Ours(
            name=str(number),
            order_id=number,
            account=CARDS,
            day=DAY,
            parts={Column.SALES: Decimal(100)},
            description=f"Kort, ordre {number}",
            voucher=UUID(int=number),
        )
        for number in range(10_000)
    ]

    def entries() -> Iterator[Entry]:
        for each in ours:
            yield posted(each)
            yield posted(each, "-100", DEBTORS)
            yield from (by_hand(amount, account=FEES) for amount in ("80", "20", "-100"))

    tracemalloc.start()
    found = cleared(ours, entries())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (found.closing, found.difference, len(found.open)) == (
        Decimal(1_000_000),
        NOTHING,
        10_000,
    )
    assert peak < 40_000_000
