"""A movement is of the order that its reference names; of none where that may be two."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.papers.payout import Movement, MovementKind
from dinero_sync.posting.payouts.matching import match, number_reader

PATTERNS = ("*order #{number}", "DIN-{number}", "{number}")
ORDERS = {"10427": [4815162], "10428": [4815163]}


def moved(
    reference: str = "", kind: MovementKind = MovementKind.SALE, payment: str = ""
) -> Movement:
    return Movement(
        kind=kind,
        reference=reference,
        payment=payment,
        amount=Decimal(100),
        currency="DKK",
        day=date(2026, 12, 1),
    )


@pytest.mark.parametrize(
    ("reference", "number"),
    [
        ("10427", "10427"),
        (" 10427 ", "10427"),
        ("Shop order #10427", "10427"),
        ("SHOP ORDER #10427", "10427"),
        ("DIN-10427", "10427"),
        ("din-10427", "10427"),
        ("0427", "427"),
        ("DIN-000427", "427"),
        ("0", "0"),
        ("", None),
        ("order 10427", None),
        ("DIN-10427-2", None),
        ("order #10427 and order #10428", None),
        ("DIN-", None),
        ("١٠٤٢٧", None),
    ],
)
def test_a_number_is_found_by_the_patterns(reference: str, number: str | None) -> None:
    assert number_reader(PATTERNS)(reference) == number


@pytest.mark.parametrize(
    ("patterns", "reference"),
    [
        (("*#{number}*",), "order #10427 and #10428"),
        (("*{number}*",), "10427, 2 pieces"),
        (("A{number}-*", "*-B{number}"), "A1-B2"),
    ],
)
def test_two_numbers_are_none(patterns: Sequence[str], reference: str) -> None:
    assert number_reader(patterns)(reference) is None


def test_a_number_is_never_a_part_of_a_longer_one() -> None:
    assert number_reader(("*{number}*",))("ref10427x") == "10427"
    assert number_reader(("*7{number}",))("order 10427") is None


@pytest.mark.parametrize(
    ("orders", "reference", "order"),
    [
        (ORDERS, "10427", 4815162),
        (ORDERS, "99999", None),
        ({"10427": [1, 2]}, "10427", None),
        ({"10427": [1, 1]}, "10427", 1),
    ],
)
def test_an_order_is_the_one_that_has_the_number(
    orders: Mapping[str, Sequence[int]], reference: str, order: int | None
) -> None:
    sale = moved(reference)

    found = match([sale], orders, number_reader(PATTERNS))

    assert found.matched == (() if order is None else ((sale, order),))
    assert found.unmatched == ((sale,) if order is None else ())


def test_a_refund_without_a_reference_is_of_the_sale_of_its_payment() -> None:
    sale = moved("10427", payment="pi_1")
    refund = moved("REFUND FOR CHARGE", MovementKind.REFUND, "pi_1")
    stranger = moved("", MovementKind.CHARGEBACK, "pi_2")

    found = match([refund, sale, stranger], ORDERS, number_reader(PATTERNS))

    assert found.matched == ((refund, 4815162), (sale, 4815162))
    assert found.unmatched == (stranger,)


def test_a_payment_of_two_orders_tells_nothing() -> None:
    sales = [moved("10427", payment="p"), moved("10428", payment="p")]
    refund = moved("", MovementKind.REFUND, "p")

    assert match([*sales, refund], ORDERS, number_reader(PATTERNS)).unmatched == (refund,)


def test_a_reference_of_its_own_goes_before_the_payment() -> None:
    refund = moved("99999", MovementKind.REFUND, "p")

    found = match([moved("10427", payment="p"), refund], ORDERS, number_reader(PATTERNS))

    assert found.unmatched == (refund,)


@pytest.mark.parametrize(
    "kind",
    [MovementKind.FEE, MovementKind.RESERVE, MovementKind.CARRIED, MovementKind.OTHER],
)
def test_what_is_of_no_order_is_neither(kind: MovementKind) -> None:
    found = match([moved("10427", kind)], ORDERS, number_reader(PATTERNS))

    assert (found.matched, found.unmatched) == ((), ())


@pytest.mark.hypothesis
@given(number=st.integers(1, 999_999), before=st.text(max_size=8), zeros=st.integers(0, 4))
def test_whatever_stands_before_it_a_number_is_read_whole_or_not_at_all(
    number: int, before: str, zeros: int
) -> None:
    text = f"{before}order #{'0' * zeros}{number}"

    assert number_reader(PATTERNS)(text) == str(number)
