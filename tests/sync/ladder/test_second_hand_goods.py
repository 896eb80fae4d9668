"""Second-hand goods from order to books: the invoice, and the margin in a ledger item."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import next_step_of
from second_hand import CHAIR, LAMP, RULES, SOLD_CHAIR, SOLD_LAMP
from shop import ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode
from dinero_sync.sandbox.dinero.books import LedgerItem
from dinero_sync.sync.insight.explaining import explain_order
from dinero_sync.sync.insight.replay import replay_since
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.run.resolve import accept, gather
from dinero_sync.sync.run.run import RunOptions


@pytest.fixture
def second_hand(business: Business) -> Business:
    """Sell a lamp that cost 600.00 for 1450.00."""
    business.config["posting"] = RULES
    business.sell(raw_order(products=[SOLD_LAMP]))
    return business


def leave_unanswered(business: Business, product_id: int) -> None:
    """Let the shop fail whenever it is asked for a product."""
    failing: dict[str, Any] = {"service": "shoporama", "status": 500, "times": None}
    business.fault("status_before", f"*/product/{product_id}", **failing)


def balances(business: Business) -> dict[int, Decimal]:
    """Return the accounts that took something, debit positive, once all is booked."""
    business.wait(minutes=1)
    found = business.sandbox.organisation.balances()
    return {account: amount for account, amount in found.items() if amount}


def test_the_margin_is_booked_beside_the_invoice(second_hand: Business) -> None:
    finished = second_hand.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert balances(second_hand) == {
        1051: Decimal("-600.00"),
        1052: Decimal("-680.00"),
        55010: Decimal("1450.00"),
        64000: Decimal("-170.00"),
    }
    assert second_hand.order().standing == "done"


def test_lines_without_rates_are_booked_by_the_vat_of_the_order_and_told_so_afterwards(
    business: Business,
) -> None:
    business.config["posting"] = RULES | {"shipping_account": 1350}
    lamp = {name: value for name, value in SOLD_LAMP.items() if name != "vat"}
    mug = a_line(unit_price=Decimal("149.95"))
    del mug["vat"]
    business.sell(raw_order(products=[lamp, mug], shipping_price=Decimal(49), vat=Decimal("39.79")))

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    with business.at_work(dry_run=True) as place:
        memory = recollect(place.config, "config.yaml", place.db)
        explained = explain_order(memory, business.order())
        (replayed,) = replay_since(memory, date(2026, 12, 1)).orders
    assert [line.charged_rate for line in explained.lines] == [0, 25, 25]
    assert not explained.rules_changed
    assert (replayed.changes, replayed.hold, replayed.left_out) == ((), None, None)


def test_a_second_run_asks_nothing_more_and_writes_nothing(second_hand: Business) -> None:
    second_hand.run_once()

    assert second_hand.run_once().calls("dinero") == []


def test_the_catalogue_is_asked_once_for_a_product(second_hand: Business) -> None:
    first = second_hand.run_once()
    second_hand.sell(raw_order(ORDER_ID + 1, products=[SOLD_LAMP]))
    second = second_hand.run_once()

    assert first.calls("shoporama").count(f"GET product/{LAMP}") == 1
    assert second.calls("shoporama") == ["GET order"]


def test_an_item_counts_as_booked_only_when_dinero_says_so(second_hand: Business) -> None:
    second_hand.sandbox.change_settings(ledger_booking_questions=1000, ledger_booking_seconds=3600)

    slow = second_hand.run_once()

    assert second_hand.order().standing == "working"
    assert second_hand.payments() == []
    assert slow.exit_code is ExitCode.OK

    second_hand.wait(hours=2)
    later = second_hand.run_once()
    assert second_hand.order().standing == "done"
    assert [call for call in later.writes() if call.endswith("ledgeritems")] == []
    assert balances(second_hand)[64000] == Decimal("-170.00")


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
@pytest.mark.parametrize("path", ["*/ledgeritems", "*/ledgeritems/book"])
def test_a_lost_answer_makes_no_second_item(second_hand: Business, path: str, kind: str) -> None:
    second_hand.fault(kind, path, "POST")

    second_hand.run_once()
    second_hand.run_once()

    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")
    assert second_hand.begun() == set()


def test_a_lost_state_folder_makes_no_second_item(second_hand: Business) -> None:
    second_hand.run_once()
    second_hand.wait(minutes=1)
    for path in second_hand.state_folder.iterdir():
        path.unlink()

    finished = second_hand.run_once()

    assert finished.exit_code is ExitCode.OK
    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_without_a_purchase_price_the_order_is_held_until_it_is_written_in(
    second_hand: Business,
) -> None:
    second_hand.sell(raw_order(ORDER_ID + 1, products=[SOLD_CHAIR]))
    held = second_hand.run_once()
    assert held.exit_code is ExitCode.HELD
    assert second_hand.order(ORDER_ID + 1).reason == "purchase_price_missing"

    second_hand.sandbox.catalogue.products[CHAIR]["purchase_price"] = "850.00"
    second_hand.retry(ORDER_ID + 1)
    second_hand.run_once()

    assert second_hand.order(ORDER_ID + 1).standing == "done"


def test_a_product_that_the_shop_cannot_show_stops_no_other_order(second_hand: Business) -> None:
    second_hand.sell(raw_order(ORDER_ID + 1, products=[SOLD_CHAIR]), raw_order(ORDER_ID + 2))
    second_hand.sandbox.catalogue.products[CHAIR]["purchase_price"] = "850.00"
    leave_unanswered(second_hand, CHAIR)

    troubled = second_hand.run_once()

    assert troubled.exit_code is ExitCode.TEMPORARY
    assert "wait for the next run: 1," in str(troubled.result.stopped)
    assert [each["order_id"] for each in troubled.events("order.undecided")] == [ORDER_ID + 1]
    assert troubled.result.outcomes() == {"booked": 2}

    second_hand.sandbox.clear_faults()
    assert second_hand.run_once().exit_code is ExitCode.OK
    assert second_hand.order(ORDER_ID + 1).standing == "done"


def test_the_watermark_does_not_pass_an_order_whose_product_cannot_be_read(
    second_hand: Business,
) -> None:
    later = "2026-12-10 11:30:00"
    second_hand.sell(raw_order(ORDER_ID + 1, time=later, paid_time=later, last_modified=later))
    leave_unanswered(second_hand, LAMP)

    second_hand.run_once()

    assert second_hand.order(ORDER_ID + 1).standing == "done"
    assert second_hand.watermark() == second_hand.order().changed


def test_a_draft_is_not_booked_while_its_changed_order_cannot_be_decided_about(
    second_hand: Business,
) -> None:
    second_hand.fault("status_before", "*/book", "POST", status=503, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    second_hand.change(products=[SOLD_CHAIR], total_price=850)
    leave_unanswered(second_hand, CHAIR)

    troubled = second_hand.run_once()

    assert troubled.exit_code is ExitCode.TEMPORARY
    assert troubled.writes() == []
    assert not second_hand.invoice().is_booked


def test_with_a_lost_state_folder_an_order_that_cannot_be_decided_about_is_recalled_later(
    second_hand: Business,
) -> None:
    second_hand.run_once()
    second_hand.wait(minutes=1)
    for path in second_hand.state_folder.iterdir():
        path.unlink()
    leave_unanswered(second_hand, LAMP)
    assert second_hand.run_once().exit_code is ExitCode.TEMPORARY
    second_hand.sandbox.clear_faults()

    finished = second_hand.run_once()

    assert finished.exit_code is ExitCode.OK
    assert [call for call in finished.writes() if "invoices" in call] == []
    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_short_calls_leave_only_orders_with_unread_products_behind(second_hand: Business) -> None:
    calls = len(second_hand.run_once().calls("shoporama"))
    second_hand.config["shoporama"]["daily_calls"] = calls + 2
    second_hand.sell(
        raw_order(ORDER_ID + 1, products=[SOLD_CHAIR]),
        raw_order(ORDER_ID + 2, products=[SOLD_LAMP]),
    )

    short = second_hand.run_once()

    assert short.exit_code is ExitCode.TEMPORARY
    assert "kept for reading orders" in str(short.result.stopped)
    assert second_hand.order(ORDER_ID + 1).standing == "working"
    assert second_hand.order(ORDER_ID + 2).standing == "done"


def test_the_margin_doesnt_wait_for_the_customers_payment(second_hand: Business) -> None:
    second_hand.config["sync"]["trigger"] = "shipped"
    sent = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}
    second_hand.sell(unpaid_order(ORDER_ID + 1, products=[SOLD_LAMP], **sent))

    second_hand.run_once(None)

    assert second_hand.order(ORDER_ID + 1).reason == "awaiting_payment"
    assert balances(second_hand)[1052] == Decimal("-680.00")


def test_a_draft_has_no_margin_in_the_books_until_it_is_booked(second_hand: Business) -> None:
    second_hand.config["sync"]["booking"] = "draft"
    second_hand.run_once()
    assert balances(second_hand) == {}

    second_hand.book()

    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_items_whose_state_cannot_be_asked_are_finished_by_a_later_run(
    second_hand: Business,
) -> None:
    second_hand.fault("status_before", "*/ledgeritems/status", "POST", status=503, times=None)
    assert second_hand.run_once().exit_code is ExitCode.TEMPORARY
    second_hand.sandbox.clear_faults()

    second_hand.run_once()

    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_an_unbooked_item_that_somebody_changed_is_held(second_hand: Business) -> None:
    second_hand.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    (item,) = second_hand.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(1)
    for path in second_hand.state_folder.iterdir():
        path.unlink()

    second_hand.run_once()

    assert second_hand.order().reason == "margin_differs"
    assert "dinero-sync retry ORDER" in (next_step_of(second_hand.order()) or "")


def test_an_item_that_was_changed_before_it_was_booked_is_never_booked(
    second_hand: Business,
) -> None:
    second_hand.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    (item,) = second_hand.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(1)

    for _ in range(2):
        second_hand.run_once()
        assert second_hand.order().reason == "margin_differs"
        second_hand.retry()

    assert item.status == "Draft"


def test_an_order_without_payment_isnt_done_before_its_margin_is_posted(
    second_hand: Business,
) -> None:
    second_hand.config["payment_types"] = []
    second_hand.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    (item,) = second_hand.sandbox.organisation.ledger_items.values()
    right = item.fields["Lines"][0]["Amount"]
    item.fields["Lines"][0]["Amount"] = Decimal(1)
    second_hand.run_once()
    assert second_hand.order().reason == "margin_differs"

    item.fields["Lines"][0]["Amount"] = right
    second_hand.retry()
    second_hand.run_once()

    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_after_a_lost_state_folder_a_margin_that_isnt_in_dinero_waits_for_a_person(
    second_hand: Business,
) -> None:
    collective = RULES | {"margin_scheme": {"method": "collective"}}
    second_hand.config["posting"] = collective
    second_hand.run_once()
    second_hand.config["posting"] = RULES
    for path in second_hand.state_folder.iterdir():
        path.unlink()

    second_hand.run_once()

    assert second_hand.order().reason == "margin_missing"
    assert second_hand.sandbox.organisation.ledger_items == {}
    second_hand.change(tracking_number="1")
    second_hand.run_once()
    assert second_hand.order().reason == "margin_missing"

    second_hand.retry()
    second_hand.run_once()
    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_an_item_that_dinero_doesnt_book_for_hours_is_held(second_hand: Business) -> None:
    second_hand.sandbox.change_settings(
        ledger_booking_questions=10_000, ledger_booking_seconds=10_000_000
    )
    second_hand.run_once()
    assert second_hand.order().standing == "working"

    second_hand.wait(hours=7)
    assert second_hand.run_once().exit_code is ExitCode.HELD
    assert second_hand.order().reason == "margin_not_booked"


def the_item(business: Business) -> LedgerItem:
    (item,) = business.sandbox.organisation.ledger_items.values()
    return item


@pytest.fixture
def never_booking(second_hand: Business) -> Business:
    """Let Dinero take the booking of a margin and never do it."""
    second_hand.sandbox.change_settings(
        ledger_booking_questions=10_000, ledger_booking_seconds=10_000_000
    )
    return second_hand


def test_an_item_that_falls_back_to_a_draft_again_and_again_is_held(
    never_booking: Business,
) -> None:
    for _ in range(2):
        never_booking.run_once()
        assert never_booking.order().standing == "working"
        the_item(never_booking).status = "Draft"
        never_booking.wait(hours=4)

    assert never_booking.run_once().exit_code is ExitCode.HELD
    assert never_booking.order().reason == "margin_not_booked"


def test_an_item_whose_booking_got_no_answer_is_held_after_as_long(
    never_booking: Business,
) -> None:
    never_booking.fault("reset_after", "*/ledgeritems/book", "POST")
    assert never_booking.run_once().exit_code is ExitCode.IN_DOUBT
    never_booking.wait(hours=7)

    assert never_booking.run_once().exit_code is ExitCode.HELD
    assert never_booking.order().reason == "margin_not_booked"


def test_after_a_lost_state_folder_an_item_that_isnt_booked_is_held_after_as_long(
    never_booking: Business,
) -> None:
    never_booking.run_once()
    for path in never_booking.state_folder.iterdir():
        path.unlink()
    never_booking.run_once()
    assert never_booking.order().standing == "working"
    never_booking.wait(hours=7)

    never_booking.run_once()

    assert never_booking.order().reason == "margin_not_booked"


def test_a_booking_that_was_refused_before_begins_the_time_anew(never_booking: Business) -> None:
    never_booking.fault("status_before", "*/ledgeritems/book", "POST", status=400, body="refusal")
    never_booking.run_once()
    assert never_booking.order().reason == "rejected_by_dinero"
    never_booking.wait(hours=7)

    never_booking.run_once()

    assert never_booking.order().standing == "working"


def test_a_retry_gives_dinero_as_long_once_more(never_booking: Business) -> None:
    never_booking.run_once()
    never_booking.wait(hours=7)
    never_booking.run_once()
    never_booking.retry()

    never_booking.run_once()
    assert never_booking.order().standing == "working"

    never_booking.wait(hours=7)
    never_booking.run_once()
    assert never_booking.order().reason == "margin_not_booked"


@pytest.mark.parametrize(("questions", "standing"), [(0, "done"), (9, "working")])
def test_margins_are_asked_about_one_by_one_where_the_question_about_all_fails(
    second_hand: Business, questions: int, standing: str
) -> None:
    second_hand.sandbox.change_settings(
        ledger_booking_questions=questions, ledger_booking_seconds=10_000
    )
    second_hand.sell(raw_order(ORDER_ID + 1, products=[SOLD_LAMP]))
    second_hand.fault("status_before", "*/ledgeritems/status", "POST", times=4)

    second_hand.run_once()

    assert second_hand.order().standing == standing
    assert second_hand.order(ORDER_ID + 1).standing == standing


def test_margins_that_cannot_be_asked_about_keep_no_other_order_from_its_payment(
    second_hand: Business,
) -> None:
    second_hand.sell(raw_order(ORDER_ID + 1))
    second_hand.fault("status_before", "*/ledgeritems/status", "POST", times=None)

    finished = second_hand.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert second_hand.order().standing == "working"
    assert second_hand.payments(ORDER_ID + 1) == [Decimal("125.00")]


def test_a_deadline_while_a_margin_is_waited_for_ends_the_run(never_booking: Business) -> None:
    finished = never_booking.run_once(deadline_seconds=20)

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "deadline" in finished.events("run.stopped")[0]["message"]


@pytest.mark.parametrize("paid", [True, False])
def test_an_accepted_margin_goes_on_to_the_payment_that_is_left(
    second_hand: Business, *, paid: bool
) -> None:
    second_hand.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    the_item(second_hand).fields["Lines"][0]["Amount"] = Decimal(1)
    second_hand.run_once()
    assert second_hand.order().reason == "margin_differs"
    if paid:
        with Bookkeeper(second_hand.sandbox).session:
            Bookkeeper(second_hand.sandbox).pay(second_hand.invoice(), Decimal(1450))

    with second_hand.at_work() as place:
        settled = accept(place, gather(place, second_hand.order()), "posted by hand")
    second_hand.run_once()

    assert settled.standing == ("done" if paid else "working")
    assert second_hand.order().standing == "done"
    assert second_hand.payments() == [Decimal("1450.00")]
    assert the_item(second_hand).status == "Draft"


def test_of_two_items_the_one_that_is_missing_is_added(second_hand: Business) -> None:
    second_hand.sell(raw_order(ORDER_ID + 1, products=[SOLD_LAMP, SOLD_LAMP]))
    second_hand.fault("status_before", "*/ledgeritems", "POST", status=503, skip=2, times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()

    second_hand.run_once()

    assert second_hand.order(ORDER_ID + 1).standing == "done"
    assert balances(second_hand)[64000] == Decimal("-510.00")


def test_a_draft_gets_the_text_of_the_law_when_the_rule_is_made_later(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    plain = {"name": "lamps", "when": {"line": "product"}, "account": 1051}
    lamp = {**SOLD_LAMP, "vat": 0}
    business.config["posting"] = {"rules": [plain]}
    business.sell(raw_order(products=[lamp]))
    business.run_once()

    business.config["posting"] = {
        "margin_scheme": {"method": "collective"},
        "rules": [plain | {"margin_scheme": "used_goods"}],
    }
    business.change(tracking_number="1")
    business.run_once()
    business.book()

    (line,) = business.invoice().lines
    assert "Fortjenstmargenordning" in str(line.fields["Comments"])


def test_a_deadline_while_the_catalogue_is_asked_ends_the_run(second_hand: Business) -> None:
    second_hand.fault("status_before", "*/product/*", service="shoporama", status=503, times=None)

    finished = second_hand.run_once(deadline_seconds=1)

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "deadline" in finished.events("run.stopped")[0]["message"]
    second_hand.sandbox.clear_faults()
    second_hand.run_once()
    assert second_hand.order().standing == "done"


def test_a_booking_whose_answer_was_lost_goes_on_to_its_margin(second_hand: Business) -> None:
    second_hand.fault("status_after", "*/book", "POST", status=503)
    second_hand.fault("status_before", "*/invoices/*", "GET", status=503, times=None)
    second_hand.run_once()
    assert second_hand.invoice().is_booked
    second_hand.sandbox.clear_faults()

    second_hand.run_once()

    assert second_hand.order().standing == "done"
    assert balances(second_hand)[64000] == Decimal("-170.00")


def test_a_sale_whose_booking_got_no_answer_goes_on_to_its_margin_when_it_is_recalled(
    second_hand: Business,
) -> None:
    second_hand.fault("reset_after", "*/book", "POST", times=None)
    second_hand.fault("status_before", "*/invoices/*", "GET", times=None)
    second_hand.run_once()
    second_hand.sandbox.clear_faults()
    assert second_hand.begun() == {"book"}

    second_hand.run_once(RunOptions(since=date(2026, 12, 1)))

    assert second_hand.order().standing == "done"
    assert the_item(second_hand).status == "Booked"
