"""``run --since``, ``--until`` and ``--order``: less is done, and no rule is overridden."""

from datetime import date

import pytest
from business import START, Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.sync.run.run import RunOptions


@pytest.fixture
def three_days(business: Business) -> Business:
    """Sell an order on each of the 5th, the 6th and the 7th of December."""
    for index, day in enumerate((5, 6, 7)):
        moment = f"2026-12-0{day} 10:00:00"
        business.sell(raw_order(ORDER_ID + index, time=moment, paid_time=moment))
    return business


def booked_days(business: Business) -> list[int]:
    return sorted(invoice.date.day for invoice in business.invoices())


def test_days_before_the_start_date_are_refused_and_named(three_days: Business) -> None:
    with pytest.raises(UsageError, match="start_date") as caught:
        three_days.run_once(RunOptions(since=date(2026, 11, 30)))

    assert caught.value.exit_code == ExitCode.USAGE
    assert three_days.sandbox.request_count == 0


def test_since_takes_the_orders_of_that_day_and_later(three_days: Business) -> None:
    three_days.run_once(RunOptions(since=date(2026, 12, 6)))

    assert booked_days(three_days) == [6, 7]


def test_until_takes_the_orders_of_that_day_and_earlier(three_days: Business) -> None:
    three_days.run_once(RunOptions(until=date(2026, 12, 6)))

    assert booked_days(three_days) == [5, 6]


def test_since_and_until_take_the_days_between(three_days: Business) -> None:
    three_days.run_once(RunOptions(since=date(2026, 12, 6), until=date(2026, 12, 6)))

    assert booked_days(three_days) == [6]


def test_what_was_left_out_is_done_by_the_next_run(three_days: Business) -> None:
    three_days.run_once(RunOptions(until=date(2026, 12, 5)))

    three_days.run_once()

    assert booked_days(three_days) == [5, 6, 7]


@pytest.mark.parametrize(
    "options",
    [
        RunOptions(until=date(2026, 12, 31)),
        RunOptions(order_ids=(ORDER_ID,)),
        RunOptions(since=date(2026, 12, 6)),
    ],
)
def test_a_run_that_does_not_read_everything_leaves_the_watermark(
    three_days: Business, options: RunOptions
) -> None:
    three_days.run_once(options)

    assert three_days.watermark() is None


def test_since_the_start_date_reads_everything_and_moves_the_watermark(
    three_days: Business,
) -> None:
    three_days.run_once(RunOptions(since=START))

    assert str(three_days.watermark()) == "2026-12-07 10:00:00+01:00"


def test_since_reads_again_from_before_the_watermark(three_days: Business) -> None:
    three_days.run_once()
    three_days.sell(raw_order(ORDER_ID + 9, time="2026-12-05 11:00:00", paid_time=""))
    three_days.sandbox.orders[ORDER_ID + 9] |= {
        "paid_time": "2026-12-05 11:00:00",
        "last_modified": "2026-12-05 11:00:00",
    }
    usual = three_days.run_once()

    finished = three_days.run_once(RunOptions(since=date(2026, 12, 5)))

    assert usual.result.outcomes() == {}
    assert finished.result.outcomes() == {"booked": 1}


def test_only_the_orders_asked_for_are_read_and_delivered(three_days: Business) -> None:
    finished = three_days.run_once(RunOptions(order_ids=(ORDER_ID + 1,)))

    assert f"GET order/{ORDER_ID + 1}" in finished.calls("shoporama")
    assert "GET order" not in finished.calls("shoporama")
    assert booked_days(three_days) == [6]


def test_an_order_asked_for_that_the_shop_does_not_have_is_a_usage_error(
    three_days: Business,
) -> None:
    finished = three_days.run_once(RunOptions(order_ids=(1,)))

    assert finished.exit_code == ExitCode.USAGE
    assert "no order with the id 1" in str(finished.result.stopped)


def test_asking_for_an_order_overrides_no_rule(business: Business) -> None:
    moment = "2026-11-28 10:00:00"
    business.sell(raw_order(time=moment, paid_time=moment))

    finished = business.run_once(RunOptions(order_ids=(ORDER_ID,)))

    assert business.order().reason == "before_start"
    assert finished.writes() == []


def test_an_order_that_waits_for_its_next_step_is_left_alone_when_another_is_asked_for(
    three_days: Business,
) -> None:
    three_days.run_once(stop_after_steps=2)

    three_days.run_once(RunOptions(order_ids=(ORDER_ID + 2,)))

    assert booked_days(three_days) == [7]


@pytest.mark.parametrize(
    "options", [RunOptions(order_ids=(ORDER_ID + 2,)), RunOptions(until=date(2026, 12, 4))]
)
def test_a_run_that_leaves_an_order_in_doubt_out_still_says_that_it_is(
    business: Business, options: RunOptions
) -> None:
    business.sell(raw_order(time="2026-12-05 10:00:00", paid_time="2026-12-05 10:00:00"))
    business.fault("reset_after", "*/invoices", "POST", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    business.sell(raw_order(ORDER_ID + 2, payment_gateway_id=78))

    finished = business.run_once(options)

    assert business.begun() == {"draft"}
    assert finished.exit_code == ExitCode.IN_DOUBT


def test_orders_that_are_not_asked_for_are_not_decided_about(business: Business) -> None:
    business.sell(raw_order(payment_gateway_id=90), raw_order(ORDER_ID + 1))
    business.run_once(RunOptions(order_ids=(ORDER_ID,)))
    business.config["payment_types"] = []

    business.run_once(RunOptions(order_ids=(ORDER_ID + 1,)))

    assert business.order().reason == "unknown_payment_type"


def test_an_order_whose_day_is_not_known_yet_is_within_any_days() -> None:
    assert RunOptions(since=date(2026, 12, 5), until=date(2026, 12, 6)).covers(1, None)
