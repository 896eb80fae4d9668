"""A payout proves its own sums, and says what it is made of."""

from datetime import date
from decimal import Decimal

import pytest

from dinero_sync.domain.papers.payout import Movement, MovementKind, Payout, payout_of, sums

DAY = date(2026, 12, 3)


def moved(kind: MovementKind, amount: str, fee: str = "0", vat: str | None = None) -> Movement:
    return Movement(
        kind=kind,
        amount=Decimal(amount),
        fee=Decimal(fee),
        vat=None if vat is None else Decimal(vat),
        currency="DKK",
        day=DAY,
    )


ALL = (
    moved(MovementKind.SALE, "1000", "-25", "-5"),
    moved(MovementKind.SALE, "200", "-5"),
    moved(MovementKind.REFUND, "-100"),
    moved(MovementKind.CHARGEBACK, "-50", "-10"),
    moved(MovementKind.FEE, "0", "-7", "-2"),
    moved(MovementKind.RESERVE, "-30"),
    moved(MovementKind.CARRIED, "3"),
    moved(MovementKind.OTHER, "1"),
)


def test_movements_are_added_up_by_their_kinds() -> None:
    expected = tuple(map(Decimal, (1200, -100, -50, -47, -26)))

    assert sums(ALL) == expected

    payout = payout_of(ALL, id="po_1", day=DAY, currency="DKK")
    parts = (payout.gross, payout.refunds, payout.chargebacks, payout.fees, payout.other)
    assert parts == expected
    assert payout.net == Decimal(977)
    assert payout.vat == Decimal(-7)
    assert not payout.net_is_told


def test_what_the_file_says_of_the_net_has_to_be_so() -> None:
    told = payout_of(ALL, id="po_1", day=DAY, currency="DKK", net=Decimal(977))

    assert told.net_is_told
    with pytest.raises(ValueError, match="is the sum"):
        payout_of(ALL, id="po_1", day=DAY, currency="DKK", net=Decimal(976))


def test_a_payout_has_one_currency() -> None:
    with pytest.raises(ValueError, match="one currency"):
        payout_of(ALL, id="po_1", day=DAY, currency="EUR")


def test_a_payout_of_sums_alone_has_no_movements() -> None:
    payout = Payout(id="s-1", day=DAY, currency="DKK", gross=Decimal(5), net=Decimal(5))

    assert payout.movements == ()
    assert payout.vat is None


def test_sums_that_are_not_those_of_the_movements_are_refused() -> None:
    with pytest.raises(ValueError, match="those of its movements"):
        Payout(
            id="po_1",
            day=DAY,
            currency="DKK",
            gross=Decimal(5),
            net=Decimal(5),
            movements=(moved(MovementKind.SALE, "4"), moved(MovementKind.REFUND, "1")),
        )


def test_without_any_vat_in_the_file_none_is_told() -> None:
    payout = payout_of(ALL[1:4], id="po_1", day=DAY, currency="DKK")

    assert payout.vat is None
