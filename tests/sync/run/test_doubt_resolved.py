"""A person looks at one order: both sides of it, and the choices that are safe."""

from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal.upkeep.retention import remove_personal_data
from dinero_sync.sync.run.resolve import Choice, Evidence, accept, gather
from dinero_sync.sync.run.run import go_on_with


@pytest.fixture
def doubtful(business: Business) -> Business:
    """Lose the answer to a booking while Dinero can't be read."""
    business.sell(raw_order())
    business.fault("reset_after", "*/book", "POST")
    business.fault("status_before", "*/invoices/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    return business


def evidence_of(business: Business) -> Evidence:
    with business.at_work() as place:
        return gather(place, business.order())


def test_an_order_in_doubt_can_only_go_on_by_reading(doubtful: Business) -> None:
    evidence = evidence_of(doubtful)

    assert evidence.choices() == (Choice.GO_ON,)
    assert evidence.invoice is not None
    assert evidence.invoice.booked
    assert evidence.open_amount() == Decimal(125)
    assert {str(kind) for kind in evidence.unanswered} == {"book"}


def test_going_on_settles_the_doubt_and_finishes_the_order(doubtful: Business) -> None:
    finished = doubtful.do(lambda place: go_on_with(place, doubtful.order()))

    assert finished.exit_code == ExitCode.OK
    assert doubtful.payments() == [Decimal("125.00")]
    assert len(doubtful.invoices()) == 1


def test_doubt_about_an_order_that_left_the_shop_is_settled_by_reading(
    doubtful: Business,
) -> None:
    doubtful.sandbox.orders.clear()

    finished = doubtful.do(lambda place: go_on_with(place, doubtful.order()))

    assert finished.exit_code == ExitCode.OK
    assert len(finished.events("order.not_shown")) == 1
    assert doubtful.order().standing == "done"
    assert doubtful.payments() == [Decimal("125.00")]


@pytest.mark.parametrize("kind", ["status_before", "reset_before"])
def test_doubt_is_settled_though_the_shop_is_down_and_the_run_says_that_it_is(
    doubtful: Business, kind: str
) -> None:
    doubtful.fault(kind, service="shoporama", times=None)

    finished = doubtful.do(lambda place: go_on_with(place, doubtful.order()))

    assert finished.exit_code == ExitCode.TEMPORARY
    assert doubtful.order().standing == "done"
    assert doubtful.payments() == [Decimal("125.00")]


def test_doubt_about_a_draft_is_settled_though_the_shop_was_down_for_days(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/invoices", "POST", times=None)
    business.run_once()
    assert business.begun() == {"draft"}
    business.sandbox.clear_faults()
    business.wait(days=3)
    business.fault("status_before", service="shoporama", times=None)

    business.do(lambda place: go_on_with(place, business.order()))

    assert business.begun() == set()
    assert [each.is_booked for each in business.invoices()] == [True]


def test_an_order_that_is_done_has_nothing_to_choose(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    assert evidence_of(business).choices() == ()


def test_a_held_order_without_an_invoice_offers_retry_skip_and_adopt(business: Business) -> None:
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()

    evidence = evidence_of(business)

    assert evidence.choices() == (Choice.RETRY, Choice.SKIP, Choice.ADOPT)
    assert (evidence.invoice, evidence.open_amount()) == (None, None)


def test_what_dinero_holds_is_accepted_for_a_held_order_that_is_booked(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.meanwhile(
        "POST",
        "*/payments",
        lambda: bookkeeper.pay_in_between(business.invoice(), Decimal("125.00")),
    )
    business.run_once()

    with business.at_work() as place:
        evidence = gather(place, business.order())
        accept(place, evidence, "paid by bank transfer")
    finished = business.run_once()

    assert evidence.choices() == (Choice.ACCEPT, Choice.RETRY)
    assert finished.exit_code == ExitCode.OK
    assert business.order().standing == "done"


def test_an_accepted_change_is_not_held_again(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(
        products=[a_line(amount=2)], total_price=Decimal("250.00"), vat=Decimal("50.00")
    )
    business.run_once()

    with business.at_work() as place:
        accept(place, gather(place, business.order()), "credited by hand")

    assert business.run_once().exit_code == ExitCode.OK


def test_an_accepted_invoice_of_a_cancelled_order_is_not_held_again_by_a_touch_in_the_shop(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    business.change(status="cancelled")
    business.run_once()
    assert business.order().reason == "no_longer_due"
    bookkeeper.book(business.invoice())

    with business.at_work() as place:
        accept(place, gather(place, business.order()), "credited by hand")
    business.change(tracking_number="1")
    assert business.run_once().exit_code == ExitCode.OK

    business.change(status="new")
    assert business.run_once().exit_code == ExitCode.HELD


def test_what_dinero_holds_is_accepted_though_the_order_can_not_be_read_any_more(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(total_price="a lot")
    business.run_once()
    assert business.order().reason == "unreadable_order"

    with business.at_work() as place:
        settled = accept(place, gather(place, business.order()), "as it was sold")

    assert settled.standing == "done"
    assert business.run_once().exit_code == ExitCode.OK


def test_what_dinero_holds_is_accepted_though_the_decision_was_removed_for_its_age(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.wait(days=1)
    with business.at_work() as place:
        now = place.clock.now()
        remove_personal_data(place.db, now, now=now, run_id=place.run_id)
    dearer = a_line(name="T-shirt", product_id=7, unit_price=Decimal(200))
    business.change(products=[dearer], total_price=200, vat=40)
    business.run_once()
    assert business.order().reason == "changed_after_booking"
    assert business.order().plan is None

    with business.at_work() as place:
        accept(place, gather(place, business.order()), "the customer got a T-shirt")

    assert business.order().standing == "done"
    assert business.run_once().result.outcomes() == {}


def test_nothing_is_accepted_where_there_is_no_invoice(business: Business) -> None:
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()

    with business.at_work() as place, pytest.raises(UsageError, match="nothing in Dinero"):
        accept(place, gather(place, business.order(ORDER_ID)), "whatever")
