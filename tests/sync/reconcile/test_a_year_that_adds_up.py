"""A year in which nothing was touched is proved to 0.00."""

from decimal import Decimal

from proved_year import Year

from dinero_sync.posting.reconcile.documents import OrderClass


def test_it_is_proved(year: Year) -> None:
    found = year.proved()

    assert found.differences == ()
    assert found.gaps == ()
    assert found.difference == 0
    assert found.is_proved


def test_every_order_is_in_one_class(year: Year) -> None:
    found = year.proved()

    told = {name: (each.orders, each.total) for name, each in found.sums.classes.items()}
    assert told == {
        OrderClass.BOOKED: (13, Decimal("4528.26")),
        OrderClass.CREDITED: (1, Decimal(300)),
        OrderClass.SKIPPED: (1, Decimal(125)),
        OrderClass.WAITING: (1, Decimal(125)),
        OrderClass.HELD: (1, Decimal(125)),
        OrderClass.IN_DOUBT: (0, Decimal(0)),
        OrderClass.ELSEWHERE: (1, Decimal(125)),
    }
    assert found.orders == 18
