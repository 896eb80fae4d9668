"""What a person says about single orders: retry, skip, adopt, book."""

from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import message_of
from shop import ORDER_ID, raw_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal.folder.lock import LockHeldError
from dinero_sync.sync.run.by_hand import held_orders, open_state, skip_order


@pytest.fixture
def held(business: Business) -> Business:
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()
    return business


def test_the_orders_that_wait_for_a_person_are_listed(held: Business) -> None:
    held.sell(raw_order(ORDER_ID + 1))
    held.run_once()

    with open_state(held.loaded()) as (db, _):
        assert [record.order_id for record in held_orders(db)] == [ORDER_ID]


def test_a_retried_order_is_read_again_by_the_next_run(held: Business) -> None:
    held.sell(raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"))
    held.run_once()
    held.sandbox.orders[ORDER_ID]["payment_gateway_id"] = 77

    held.retry()
    finished = held.run_once()

    assert f"GET order/{ORDER_ID}" in finished.calls("shoporama")
    assert finished.result.outcomes() == {"booked": 1}


def test_a_retried_order_whose_cause_is_still_there_is_held_again(held: Business) -> None:
    held.retry()

    finished = held.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert held.order().reason == "unknown_payment_type"


def test_only_held_orders_are_retried(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    with pytest.raises(UsageError, match="isn't held; it stands as: done"):
        business.retry()


@pytest.mark.parametrize(
    ("code", "how"),
    [
        (SkipReason.BY_OPERATOR, r"without an invoice \(skip\)"),
        (SkipReason.BOOKED_ELSEWHERE, r"as booked by other means \(adopt\)"),
    ],
)
def test_an_order_that_a_person_ended_is_released_only_by_a_word_more(
    held: Business, code: SkipReason, how: str
) -> None:
    with held.at_work() as place:
        skip_order(place, held.order(), "faktura 77", code)

    with pytest.raises(UsageError, match=rf"{how}, with the note: faktura 77") as refused:
        held.retry()
    assert f"dinero-sync retry {ORDER_ID} --again" in str(refused.value)
    held.sandbox.orders[ORDER_ID]["payment_gateway_id"] = 77
    assert held.run_once().result.outcomes() == {}

    held.retry(again=True)
    assert held.run_once().result.outcomes() == {"booked": 1}


def test_retrying_calls_nobody(held: Business) -> None:
    before = held.sandbox.request_count

    held.retry()

    assert held.sandbox.request_count == before


def test_retrying_waits_for_no_run_that_is_at_work(held: Business) -> None:
    with held.at_work(), pytest.raises(LockHeldError):
        held.retry()


def test_a_held_order_is_skipped_for_a_reason_that_is_kept(held: Business) -> None:
    held.skip(reason="test order")

    finished = held.run_once()

    assert finished.exit_code == ExitCode.OK
    assert held.order().reason == "by_operator"
    assert message_of(held.order()) == "test order"


def test_skipping_an_order_reads_at_dinero_whether_it_has_a_document(held: Business) -> None:
    before = held.sandbox.request_count

    held.skip()

    assert [each.method for each in list(held.sandbox.requests)[before:]] == ["GET"]


def test_an_order_that_is_booked_elsewhere_is_never_booked_again(held: Business) -> None:
    with held.at_work() as place:
        skip_order(place, held.order(), "invoice 2041", SkipReason.BOOKED_ELSEWHERE)

    held.change(payment_gateway_id=77)
    held.run_once()

    assert held.order().reason == "booked_elsewhere"
    assert held.invoices() == []


def test_a_booked_order_can_not_be_skipped(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    with pytest.raises(UsageError, match="booked as invoice 1001, which can't be undone"):
        business.skip()

    assert business.invoice().is_booked


def test_an_order_whose_draft_was_booked_by_hand_can_not_be_skipped(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    bookkeeper.book(business.invoice())

    with pytest.raises(UsageError, match="booked as invoice 1001"):
        business.skip()


def test_skipping_an_order_whose_draft_is_gone_is_no_trouble(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    bookkeeper.delete_draft(business.invoice())

    business.skip()

    assert business.order().reason == "by_operator"


def test_what_a_person_decided_is_written_down(held: Business) -> None:
    held.skip(reason="booked by hand as invoice 2041")

    with open_state(held.loaded()) as (db, _):
        bodies = [row["body"] for row in db.execute("SELECT body FROM bodies")]

    assert any("booked by hand as invoice 2041" in body for body in bodies)


def test_a_change_after_booking_is_settled_by_retry_even_when_nothing_was_to_be_paid(
    business: Business,
) -> None:
    business.config["payment_types"] = []
    business.sell(raw_order())
    business.run_once()
    business.change(total_price=Decimal("250.00"), vat=Decimal("50.00"), products=_two_mugs())
    business.run_once()

    business.retry()
    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().standing == "done"


def test_a_change_long_after_booking_is_settled_by_retry_although_the_plan_was_removed(
    business: Business,
) -> None:
    business.config["payment_types"] = []
    business.sell(raw_order())
    business.run_once()
    business.wait(days=business.loaded().sync.retention_days + 1)
    business.run_once()
    business.change(total_price=Decimal("250.00"), vat=Decimal("50.00"), products=_two_mugs())
    held = business.run_once()

    business.retry()
    finished = business.run_once()

    assert held.exit_code == ExitCode.HELD
    assert finished.exit_code == ExitCode.OK


def _two_mugs() -> list[dict[str, object]]:
    (line,) = raw_order()["products"]
    return [{**line, "amount": 2}]
