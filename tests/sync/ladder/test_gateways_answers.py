"""What a gateway answers in a service's place says nothing about an order, a key or the books."""

import pytest
from business import Business
from shop import raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Standing

WRITES = {
    "contact": "*/contacts",
    "draft": "*/invoices",
    "booking": "*/book",
    "payment": "*/payments",
}
STATUSES = (302, 307, 400, 401, 403, 404, 405, 408, 409, 413, 421, 425)


def assert_exactly_one_of_everything(business: Business) -> None:
    assert len(business.sandbox.contacts) == 1
    assert [each.is_booked for each in business.invoices()] == [True]
    assert [len(each.payments) for each in business.invoices()] == [1]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("when", ["status_before", "status_after"])
def test_a_gateways_answer_to_a_change_is_read_up_on_and_ends_well(
    business: Business, write: str, status: int, when: str
) -> None:
    business.sell(raw_order())
    business.fault(when, WRITES[write], "POST", status=status)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().standing is Standing.DONE
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize(
    ("write", "when"),
    [*((write, "status_before") for write in WRITES), ("contact", "status_after")],
)
@pytest.mark.parametrize("status", [302, 403, 408])
def test_a_gateway_that_stays_in_the_way_of_changes_holds_no_order_and_ends_the_run_with_75(
    business: Business, write: str, status: int, when: str
) -> None:
    business.sell(raw_order())
    business.fault(when, WRITES[write], "POST", status=status, times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert business.order().standing is not Standing.HELD
    assert "Nothing was changed" not in str(finished.result.stopped)
    assert f"not its own word (status {status}" in str(finished.result.stopped)

    business.sandbox.clear_faults()

    assert business.run_once().exit_code == ExitCode.OK
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize("write", WRITES)
def test_a_page_that_calls_itself_a_success_is_no_answer_to_a_change(
    business: Business, write: str
) -> None:
    business.sell(raw_order())
    business.fault("html", WRITES[write], "POST", times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert business.order().standing is not Standing.HELD

    business.sandbox.clear_faults()

    assert business.run_once().exit_code == ExitCode.OK
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize(("write", "kind"), [("booking", "book"), ("payment", "payment")])
def test_what_was_carried_out_and_answered_by_a_gateway_is_in_doubt_in_the_journal(
    business: Business, write: str, kind: str
) -> None:
    business.sell(raw_order())
    business.fault("status_after", WRITES[write], "POST", status=408)
    business.fault("status_before", "*/invoices/*", "GET", status=408, times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert (business.order().standing, business.begun()) == (Standing.IN_DOUBT, {kind})

    business.sandbox.clear_faults()

    assert business.run_once().exit_code == ExitCode.OK
    assert business.begun() == set()
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize("status", [302, 401, 403, 404, 408])
@pytest.mark.parametrize("service", ["dinero", "shoporama", "authz"])
def test_a_gateway_in_the_way_of_everything_is_no_fault_of_a_key_or_an_address(
    business: Business, service: str, status: int
) -> None:
    business.sell(raw_order())
    business.fault("status_before", service=service, status=status, times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "own word" in str(finished.result.stopped)

    business.sandbox.clear_faults()

    assert business.run_once().exit_code == ExitCode.OK
    assert_exactly_one_of_everything(business)
