"""The watermark: it saves reading, and never passes an order that could be forgotten."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from business import NOON, Business
from shop import ORDER_ID, raw_order, unpaid_order

from dinero_sync.errors import ExitCode
from dinero_sync.shoporama.replies import Page
from dinero_sync.sync.run.polling import poll_of

OUR_INVOICE = "452c54aa-74d7-5bb0-b7a0-994c2ed29b59"


def asked_since(business: Business) -> str:
    """Return from when on the next run asks the shop for changes, in the shop's time."""
    finished = business.run_once()
    asked = finished.requests[0].as_json()["query"]["last_modified"]
    return str(asked)


def test_the_first_run_reads_from_the_start_date(business: Business) -> None:
    assert asked_since(business) == "2026-12-01T00:00:00"


def test_it_is_the_true_time_of_the_newest_change_read(business: Business) -> None:
    business.sell(
        raw_order(last_modified="2026-12-09 08:30:15"),
        raw_order(ORDER_ID + 1, last_modified="2026-12-09 08:00:00"),
    )

    finished = business.run_once()

    assert str(business.watermark()) == "2026-12-09 08:30:15+01:00"
    assert finished.events("run.finished")[0]["watermark"] == "2026-12-09T07:30:15+00:00"


def test_the_next_run_reads_from_the_overlap_before_it(business: Business) -> None:
    business.config["sync"]["overlap_minutes"] = 45
    business.sell(raw_order(last_modified="2026-12-09 08:30:15"))
    business.run_once()

    assert asked_since(business) == "2026-12-09T07:45:15"


def test_the_overlap_never_reaches_before_the_start_date(business: Business) -> None:
    business.sell(raw_order(time="2026-12-01 00:10:00", last_modified="2026-12-01 00:20:00"))
    business.run_once()

    assert asked_since(business) == "2026-12-01T00:00:00"


def test_the_question_is_asked_in_the_time_zone_of_the_shop(business: Business) -> None:
    business.config["shoporama"]["time_zone"] = "UTC"
    business.sell(raw_order(last_modified="2026-12-09 08:30:15"))
    business.run_once()

    assert asked_since(business) == "2026-12-09T05:30:15"
    moment = business.watermark()
    assert moment is not None
    assert moment.astimezone(ZoneInfo("UTC")).hour == 8


def test_it_never_passes_the_start_of_the_run(business: Business) -> None:
    business.sell(raw_order(last_modified="2026-12-10 14:00:00"))

    business.run_once()

    watermark = business.watermark()
    assert watermark is not None
    assert timedelta(0) <= watermark - NOON < timedelta(minutes=1)


def test_it_never_passes_an_order_that_is_not_settled(business: Business) -> None:
    business.sell(
        raw_order(paid_time="2026-12-05 10:00:00"),
        raw_order(ORDER_ID + 1, paid_time="2026-12-09 10:00:00"),
    )
    business.fault("status_before", f"*/{OUR_INVOICE}/book", "POST", times=None)
    business.fault("status_before", f"*/invoices/{OUR_INVOICE}", "GET", times=None)

    business.run_once()

    assert str(business.watermark()) in {"None", "2026-12-05 10:00:00+01:00"}
    assert business.order().standing == "in_doubt"


@pytest.mark.parametrize("order", [raw_order(payment_gateway_id=90), unpaid_order()])
def test_it_passes_orders_that_are_held_or_wait(
    business: Business, order: dict[str, object]
) -> None:
    business.sell(order, raw_order(ORDER_ID + 1, last_modified="2026-12-09 08:00:00"))

    business.run_once()

    assert str(business.watermark()) == "2026-12-09 08:00:00+01:00"


def test_it_stays_when_a_run_stops_early_and_the_next_run_goes_on(business: Business) -> None:
    business.sell(raw_order())

    business.run_once(stop_after_steps=2)
    stopped_at = business.watermark()
    business.run_once()

    assert stopped_at is None
    assert str(business.watermark()) == "2026-12-08 10:17:00+01:00"


def test_it_stays_when_nothing_was_read(business: Business) -> None:
    business.run_once()

    assert business.watermark() is None


def test_it_never_goes_back(business: Business) -> None:
    business.sell(raw_order(last_modified="2026-12-09 08:30:15"))
    business.run_once()
    business.sandbox.orders[ORDER_ID]["last_modified"] = "2026-12-09 08:00:00"

    business.run_once()

    assert str(business.watermark()) == "2026-12-09 08:30:15+01:00"


def test_one_of_another_journal_counts_as_none(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    path = business.state_folder / "watermark.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "journal": "another"}))

    assert asked_since(business) == "2026-12-01T00:00:00"
    assert len(business.invoices()) == 1


def test_a_shop_that_suddenly_lists_nothing_is_an_alarm(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    kept = business.watermark()
    business.sandbox.orders.clear()

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "lists no orders at all" in str(finished.result.stopped)
    assert business.watermark() == kept


def test_the_alarm_keeps_nobody_from_what_was_known_before(business: Business) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/book", "POST")
    business.fault("status_before", "*/invoices/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    business.sandbox.orders.clear()

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "lists no orders at all" in str(finished.result.stopped)
    assert business.order().standing == "done"
    assert len(business.payments()) == 1


def test_a_shop_that_lists_nothing_is_not_believed_about_single_orders(
    business: Business,
) -> None:
    business.sell(unpaid_order())
    business.run_once()
    business.sandbox.orders[ORDER_ID]["last_modified"] = "2026-11-01 10:00:00"
    business.wait(hours=7)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert finished.calls("shoporama") == ["GET order"]


def test_a_list_of_broken_entries_alone_is_not_empty(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    with business.at_work() as place:
        poll = poll_of(place)
        place.shop.order_pages = lambda *_: iter(  # type: ignore[method-assign]
            [Page(items=(), offset=0, total=1, unreadable=1)]
        )
        reading = poll.read()

    assert (reading.without_id, reading.troubles) == (1, ())


def test_a_window_without_news_after_a_quiet_time_is_no_alarm(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.config["sync"]["start_date"] = date(2026, 12, 10)

    assert business.run_once().exit_code == ExitCode.OK
    assert str(business.watermark()) == "2026-12-08 10:17:00+01:00"


def test_one_that_was_set_ahead_by_hand_passes_over_nothing(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    path = business.state_folder / "watermark.json"
    path.write_text(path.read_text().replace("2026-12-08T09:17:00", "2026-12-09T20:00:00"))
    business.sell(raw_order(ORDER_ID + 1, last_modified="2026-12-09 08:00:00"))

    business.run_once()

    assert business.invoice(ORDER_ID + 1).is_booked
    assert str(business.watermark()) == "2026-12-09 08:00:00+01:00"


def test_orders_without_an_id_are_told_and_the_watermark_stays(business: Business) -> None:
    business.sell(raw_order())
    business.sell(raw_order(0, last_modified="2026-12-09 08:00:00"))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert finished.events("orders.without_id")[0]["count"] == 1
    assert business.watermark() is None
    assert business.invoice().is_booked
