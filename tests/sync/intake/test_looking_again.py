"""Orders that wait for an event in the shop are looked at again, seldom and with few calls.

Whether the shop's time of change moves when an order is paid or shipped is documented nowhere.
"""

import pytest
from business import Business
from shop import ORDER_ID, raw_order, unpaid_order

from dinero_sync.errors import ExitCode

LATE = "2026-12-10 11:00:00"
NEWEST = ORDER_ID + 99


@pytest.fixture
def business(business: Business) -> Business:
    """Leave returns out, which are read once an hour and have tests of their own."""
    business.config["credits"] = {"returns": "off"}
    return business


@pytest.fixture
def waiting(business: Business) -> Business:
    """Let an unpaid order wait, outside the window that every run reads."""
    business.sell(unpaid_order(), raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    return business


def pay_in_silence(business: Business, order_id: int = ORDER_ID) -> None:
    """Let the order be paid without moving its time of change."""
    business.sandbox.orders[order_id] |= {"paid": 1, "paid_time": "2026-12-10 11:30:00"}


def test_before_six_hours_have_passed_nothing_is_looked_at(waiting: Business) -> None:
    waiting.wait(hours=5, minutes=59)

    assert waiting.run_once().calls("shoporama") == ["GET order"]


def test_after_six_hours_the_order_is_read_by_itself(waiting: Business) -> None:
    waiting.wait(hours=6, minutes=1)

    assert waiting.run_once().calls("shoporama") == ["GET order", f"GET order/{ORDER_ID}"]


def test_an_order_that_was_paid_in_silence_is_found_and_booked(waiting: Business) -> None:
    pay_in_silence(waiting)
    waiting.wait(hours=6, minutes=1)

    finished = waiting.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert waiting.invoice().is_booked


def test_the_pauses_grow_up_to_four_days(waiting: Business) -> None:
    pauses = []
    for _ in range(6):
        record = waiting.order()
        assert record.next_look is not None
        pause = record.next_look - waiting.sandbox.now()
        pauses.append(round(pause.total_seconds() / 3600))
        waiting.wait(hours=pauses[-1], minutes=1)
        waiting.run_once()

    assert pauses == [6, 12, 24, 48, 96, 96]


def test_a_change_in_the_shop_starts_the_pauses_anew(waiting: Business) -> None:
    waiting.wait(hours=7)
    waiting.run_once()
    waiting.change(tracking_number="00000000000000000000")

    waiting.run_once()

    assert waiting.order().looks == 0


def test_several_orders_are_found_in_one_list_where_that_takes_fewer_calls(
    business: Business,
) -> None:
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(5)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    pay_in_silence(business, ORDER_ID + 3)

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order", "GET order"]
    assert finished.result.outcomes() == {"booked": 1}


def test_a_list_of_several_pages_is_read_while_it_takes_fewer_calls(business: Business) -> None:
    business.sandbox.change_settings(shop_page_limit=3)
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(5)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order", "GET order", "GET order"]


def test_an_order_that_no_list_has_is_asked_for_by_itself(business: Business) -> None:
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(4)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    del business.sandbox.orders[ORDER_ID + 2]

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order", "GET order", f"GET order/{ORDER_ID + 2}"]


def test_orders_far_apart_in_a_long_list_are_read_by_themselves(business: Business) -> None:
    business.sandbox.change_settings(shop_page_limit=3)
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(2)))
    business.sell(
        *(raw_order(NEWEST + number, last_modified=LATE, total_price=0) for number in range(12))
    )
    business.run_once()
    business.wait(hours=6, minutes=1)

    finished = business.run_once()

    assert f"GET order/{ORDER_ID}" in finished.calls("shoporama")
    assert f"GET order/{ORDER_ID + 1}" in finished.calls("shoporama")


def test_an_order_that_left_the_shop_is_no_trouble(waiting: Business) -> None:
    del waiting.sandbox.orders[ORDER_ID]
    waiting.wait(hours=6, minutes=1)

    finished = waiting.run_once()

    assert finished.exit_code == ExitCode.OK
    assert waiting.order().standing == "open"


def test_an_order_that_left_the_shop_is_not_asked_for_by_every_run(waiting: Business) -> None:
    del waiting.sandbox.orders[ORDER_ID]
    waiting.wait(hours=6, minutes=1)
    waiting.run_once()

    assert waiting.run_once().calls("shoporama") == ["GET order"]


def test_calls_are_kept_for_the_next_polls_when_the_day_runs_out_of_them(
    waiting: Business,
) -> None:
    waiting.config["shoporama"]["daily_calls"] = 6
    waiting.wait(hours=6, minutes=1)

    finished = waiting.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert finished.calls("shoporama") == ["GET order"]
    assert "shoporama.daily_calls" in str(finished.result.stopped)


def test_looking_stops_when_the_reserve_is_reached(business: Business) -> None:
    business.sandbox.change_settings(shop_page_limit=1)
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(2)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    calls_made = len([each for each in business.sandbox.requests if each.service == "shoporama"])
    business.config["shoporama"]["daily_calls"] = (calls_made + 3) * 4 // 3

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert len(finished.calls("shoporama")) < 5


def calls_made(business: Business) -> int:
    return len([each for each in business.sandbox.requests if each.service == "shoporama"])


def leave_spare_calls(business: Business, number: int) -> None:
    """Let so many calls be left besides those that are kept for polls, and the next poll's own."""
    used = calls_made(business) + 1 + number
    limit = next(each for each in range(4, 1000) if each - each // 4 >= used)
    business.config["shoporama"]["daily_calls"] = limit


def test_a_list_of_many_pages_is_left_where_the_reserve_begins(business: Business) -> None:
    business.sandbox.change_settings(shop_page_limit=3)
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(12)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    leave_spare_calls(business, 2)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert len(finished.calls("shoporama")) == 1 + 2


def test_not_a_single_order_is_read_from_the_reserve(business: Business) -> None:
    business.sandbox.change_settings(shop_page_limit=1)
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(3)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    leave_spare_calls(business, 2)

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order", "GET order", f"GET order/{ORDER_ID}"]
    assert finished.exit_code == ExitCode.TEMPORARY


def test_the_last_spare_call_leaves_nothing_to_complain_about(waiting: Business) -> None:
    leave_spare_calls(waiting, 1)

    finished = waiting.run_once()
    waiting.wait(hours=6, minutes=1)

    assert finished.exit_code == ExitCode.OK


def test_a_quota_that_the_shop_calls_spent_ends_the_looking_at_once(business: Business) -> None:
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(3)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    business.fault("rate_limit", "*/order", service="shoporama", skip=1, times=None)

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order", "GET order"]
    assert "quota" in str(finished.result.stopped)


def test_an_order_without_an_id_does_not_keep_others_from_being_looked_at(
    business: Business,
) -> None:
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(3)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.sell(raw_order(0))
    pay_in_silence(business)
    business.wait(hours=6, minutes=1)

    business.run_once()

    assert business.invoice().is_booked


def test_without_calls_left_a_released_order_is_judged_by_what_the_shop_said_last(
    business: Business,
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    business.change(status="cancelled")
    business.run_once()
    business.wait(hours=5)
    business.sell(unpaid_order(NEWEST, last_modified="2026-12-10 17:00:00"))
    business.run_once()
    business.retry()
    business.config["sync"]["booking"] = "automatic"
    business.config["shoporama"]["daily_calls"] = 9

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order"]
    assert finished.exit_code == ExitCode.TEMPORARY
    assert business.order().reason == "no_longer_due"
    assert not business.invoice().is_booked


def test_an_order_met_by_a_clock_that_was_a_year_ahead_is_looked_at_once_it_is_right(
    business: Business,
) -> None:
    business.sell(unpaid_order(), raw_order(NEWEST, last_modified=LATE))
    business.wait(days=365)
    business.run_once()
    business.wait(days=-365)
    pay_in_silence(business)
    business.wait(hours=6)

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert business.run_once().calls("shoporama") == ["GET order"]


def test_an_order_that_still_waits_after_the_clock_was_wrong_is_not_looked_at_by_every_run(
    business: Business,
) -> None:
    business.sell(unpaid_order(), raw_order(NEWEST, last_modified=LATE))
    business.wait(days=365)
    business.run_once()
    business.wait(days=-365)

    looked = business.run_once()
    again = business.run_once()

    assert f"GET order/{ORDER_ID}" in looked.calls("shoporama")
    assert again.calls("shoporama") == ["GET order"]


def test_an_order_whose_contact_was_deleted_is_mended_in_the_same_run(business: Business) -> None:
    business.sell(raw_order())
    business.meanwhile("POST", "*/invoices", lambda: delete_contact(business))

    business.run_once()

    assert business.order().standing == "done"
    assert business.invoice().is_booked


def test_one_whose_contact_was_deleted_again_is_mended_by_a_later_look(business: Business) -> None:
    def delete_twice() -> None:
        delete_contact(business)
        business.meanwhile("POST", "*/invoices", lambda: delete_contact(business))

    business.sell(raw_order())
    business.meanwhile("POST", "*/invoices", delete_twice)
    business.run_once()
    assert business.order().reason == "rejected_by_dinero"

    business.wait(hours=7)
    business.run_once()

    assert business.order().standing == "done"
    assert business.invoice().is_booked


def delete_contact(business: Business) -> None:
    """Let somebody delete the only contact in Dinero."""
    (contact,) = business.sandbox.contacts.values()
    contact.deleted_at = contact.updated_at = business.sandbox.now()


def wait_for_shipping(business: Business) -> None:
    """Let an order that is paid, but not shipped, wait with the longest pauses."""
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order(status="new"), raw_order(NEWEST, last_modified=LATE, status="new"))
    business.run_once()
    for hours in (6, 12, 24, 48):
        business.wait(hours=hours, minutes=1)
        business.run_once()


def test_another_trigger_reaches_open_orders_at_the_next_run_and_costs_no_call(
    business: Business,
) -> None:
    wait_for_shipping(business)
    business.config["sync"]["trigger"] = "paid"

    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order"]
    assert business.order().standing == "done"
    assert str(business.invoice().date) == "2026-12-08"


def test_an_open_order_that_other_rules_leave_open_waits_as_long_as_it_was_to(
    business: Business,
) -> None:
    wait_for_shipping(business)
    before = business.order()
    business.config["posting"]["shipping_account"] = business.config["posting"]["sales_account"]

    business.run_once()

    after = business.order()
    assert after.settings != before.settings
    assert (after.standing, after.reason) == ("open", "unshipped")
    assert (after.looks, after.next_look) == (before.looks, before.next_look)


def test_an_order_that_waited_to_be_shipped_was_not_seen_before_it_was_paid(
    business: Business,
) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order(status="new", paid_time=None, last_modified="2026-12-10 09:00:00"))
    business.run_once()
    business.config["sync"]["trigger"] = "paid"

    business.run_once()

    assert str(business.order().invoice_day) == "2026-12-08"  # when it was placed, not changed
