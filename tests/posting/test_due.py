"""The fence: which orders are transferred, and the day their invoice has.

The shop hands over to us on 1 December 2026. "-" in the tables: the shop doesn't tell.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from builders import START, an_order, at, personal_data_in

from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.posting.due import Due, Judgement, Never, NotYet, judge
from dinero_sync.posting.settings import Trigger
from dinero_sync.texts.telling import message, next_step

TODAY = date(2026, 12, 10)
BEFORE = Never(SkipReason.BEFORE_START)
STRADDLES = HoldReason.STRADDLES_START
UNKNOWN = HoldReason.TRIGGER_DAY_UNKNOWN
PAID, SHIPPED = Trigger.PAID, Trigger.SHIPPED


def due(day: int) -> Due:
    return Due(date(2026, 12, day))


def day(text: str) -> str:
    """Read ``28.11`` as a day of 2026."""
    number, month = text.split(".")
    return f"2026-{month}-{number}"


@dataclass(frozen=True)
class Row:
    """When an order was created, paid, shipped and last changed; ``yes``: at a time not told."""

    created: str
    paid: str
    shipped: str
    changed: str
    verdict: Judgement | HoldReason

    def __str__(self) -> str:
        """Name the row in the list of tests."""
        return f"created {self.created} paid {self.paid} shipped {self.shipped} ch. {self.changed}"

    def order(self) -> Order:
        told = {"-", "yes"}
        return an_order(
            created=at(day(self.created)),
            changed=at(day(self.changed)),
            paid=self.paid != "-",
            paid_at=None if self.paid in told else at(day(self.paid)),
            status=OrderStatus.NEW if self.shipped == "-" else OrderStatus.SHIPPED,
            shipped_at=None if self.shipped in told else at(day(self.shipped)),
        )


def verdict_on(
    order: Order, trigger: Trigger, *, seen_undue: bool = False
) -> Judgement | HoldReason:
    try:
        return judge(order, trigger, START, seen_undue=seen_undue, today=TODAY)
    except HeldError as error:
        return error.hold.reason


WHEN_PAID = [
    Row("03.12", "03.12", "-", "03.12", due(3)),
    Row("03.12", "05.12", "-", "05.12", due(5)),
    Row("01.12", "01.12", "-", "01.12", due(1)),
    Row("03.12", "04.12", "06.12", "06.12", due(4)),
    Row("03.12", "-", "-", "03.12", NotYet(OpenReason.UNPAID)),
    Row("03.12", "-", "06.12", "06.12", NotYet(OpenReason.UNPAID)),
    Row("28.11", "-", "-", "02.12", NotYet(OpenReason.UNPAID)),
    Row("03.12", "yes", "-", "05.12", due(3)),
    Row("28.11", "28.11", "-", "28.11", BEFORE),
    Row("28.11", "28.11", "29.11", "29.11", BEFORE),
    Row("28.11", "28.11", "29.11", "05.12", BEFORE),
    Row("28.11", "-", "-", "28.11", BEFORE),
    Row("28.11", "yes", "-", "28.11", BEFORE),
    Row("28.11", "yes", "-", "02.12", UNKNOWN),
    Row("28.11", "02.12", "-", "02.12", STRADDLES),
    Row("28.11", "28.11", "02.12", "02.12", STRADDLES),
    Row("28.11", "yes", "02.12", "02.12", STRADDLES),
    Row("28.11", "-", "02.12", "02.12", STRADDLES),
    Row("03.12", "11.12", "-", "11.12", UNKNOWN),
    Row("03.12", "10.12", "-", "10.12", due(10)),
    Row("01.12", "yes", "-", "01.12", due(1)),
    Row("28.11", "01.12", "-", "01.12", STRADDLES),
    Row("28.11", "-", "-", "01.12", NotYet(OpenReason.UNPAID)),
    Row("03.12", "04.12", "-", "28.11", due(4)),
    Row("03.12", "04.12", "29.11", "04.12", due(4)),
]

WHEN_SHIPPED = [
    Row("03.12", "03.12", "05.12", "05.12", due(5)),
    Row("03.12", "-", "05.12", "05.12", due(5)),
    Row("03.12", "03.12", "yes", "06.12", due(6)),
    Row("03.12", "03.12", "-", "03.12", NotYet(OpenReason.UNSHIPPED)),
    Row("28.11", "28.11", "-", "05.12", NotYet(OpenReason.UNSHIPPED)),
    Row("28.11", "28.11", "29.11", "29.11", BEFORE),
    Row("28.11", "28.11", "29.11", "05.12", BEFORE),
    Row("28.11", "yes", "yes", "28.11", BEFORE),
    Row("28.11", "yes", "yes", "05.12", UNKNOWN),
    Row("28.11", "28.11", "yes", "05.12", UNKNOWN),
    Row("28.11", "28.11", "02.12", "02.12", STRADDLES),
    Row("28.11", "02.12", "02.12", "02.12", STRADDLES),
    Row("28.11", "02.12", "-", "02.12", STRADDLES),
    Row("03.12", "03.12", "11.12", "11.12", UNKNOWN),
    Row("03.12", "-", "05.12", "28.11", due(5)),
]


@pytest.mark.parametrize("row", WHEN_PAID, ids=str)
def test_the_fence_where_an_order_is_invoiced_when_it_is_paid(row: Row) -> None:
    assert verdict_on(row.order(), PAID) == row.verdict


@pytest.mark.parametrize("row", WHEN_SHIPPED, ids=str)
def test_the_fence_where_an_order_is_invoiced_when_it_is_shipped(row: Row) -> None:
    assert verdict_on(row.order(), SHIPPED) == row.verdict


@pytest.mark.parametrize(
    "row",
    [
        Row("28.11", "02.12", "-", "28.11", STRADDLES),
        Row("28.11", "28.11", "02.12", "28.11", STRADDLES),
    ],
    ids=str,
)
@pytest.mark.parametrize("trigger", Trigger)
def test_an_order_that_straddles_is_held_even_if_the_shop_says_it_is_unchanged(
    row: Row, trigger: Trigger
) -> None:
    assert verdict_on(row.order(), trigger) is row.verdict


@pytest.mark.parametrize("trigger", Trigger)
def test_a_cancelled_order_never_becomes_an_invoice(trigger: Trigger) -> None:
    order = an_order(status=OrderStatus.CANCELLED)

    assert verdict_on(order, trigger) == Never(SkipReason.CANCELLED)


@pytest.mark.parametrize("trigger", Trigger)
def test_an_order_seen_before_its_trigger_is_dated_the_day_it_changed(trigger: Trigger) -> None:
    row = Row("03.12", "yes", "yes", "06.12", due(6))

    assert verdict_on(row.order(), trigger, seen_undue=True) == row.verdict


def test_a_day_that_the_shop_tells_wins_over_the_day_of_the_change() -> None:
    row = Row("03.12", "04.12", "-", "06.12", due(4))

    assert verdict_on(row.order(), PAID, seen_undue=True) == row.verdict


def test_an_invoice_is_never_dated_before_its_order() -> None:
    order = an_order(created=at("2026-12-03"), paid_at=at("2026-12-02"))

    assert verdict_on(order, PAID) == due(3)


def test_midnight_in_copenhagen_is_where_the_start_date_begins() -> None:
    late, early = at("2026-11-30", "23:59"), at("2026-12-01", "00:00")

    assert verdict_on(an_order(created=late, changed=late, paid_at=late), PAID) == BEFORE
    assert verdict_on(an_order(created=early, changed=early, paid_at=early), PAID) == due(1)


@pytest.mark.parametrize("reason", [STRADDLES, UNKNOWN])
def test_a_hold_at_the_fence_says_to_look_in_dinero_and_how_to_end_it(reason: HoldReason) -> None:
    paid_at = at("2026-12-02") if reason is STRADDLES else None
    order = an_order(created=at("2026-11-28"), changed=at("2026-12-02"), paid_at=paid_at)

    with pytest.raises(HeldError) as held:
        judge(order, PAID, START, seen_undue=False, today=TODAY)

    assert held.value.hold.reason is reason
    assert not personal_data_in(held.value.hold)
    assert "2026-12-01" in message(held.value.hold)
    assert "Look for it in Dinero" in next_step(held.value.hold.steps)
    assert "dinero-sync adopt ORDER" in next_step(held.value.hold.steps)


def test_a_day_to_come_is_named_with_the_setting_that_may_be_wrong() -> None:
    with pytest.raises(HeldError) as held:
        judge(an_order(paid_at=at("2026-12-11")), PAID, START, seen_undue=False, today=TODAY)

    assert "2026-12-11" in message(held.value.hold)
    assert "shoporama.time_zone" in next_step(held.value.hold.steps)
    assert "dinero-sync retry ORDER" in next_step(held.value.hold.steps)
