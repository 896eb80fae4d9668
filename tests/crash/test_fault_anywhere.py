"""Every kind of trouble at a service, at a few requests of a run; the whole is ``make crash``."""

import pytest
from crash_cases import prove, spread
from crash_desk import Desk
from fault_points import BY_A_GATEWAY, FAULTS, fault_points


@pytest.fixture(scope="module")
def points(desk: Desk) -> list[str]:
    return fault_points(desk, "paid_orders")


@pytest.mark.parametrize("fault", FAULTS)
def test_trouble_at_a_service_doubles_and_loses_nothing(
    desk: Desk, points: list[str], fault: str
) -> None:
    with_fault = [point for point in points if point.endswith(f"/{fault}")]

    proofs = [prove(desk, case) for case in spread(with_fault, 3)]

    assert {proof.case: proof.violations for proof in proofs if proof.violations} == {}
    assert sum(proof.faults for proof in proofs) >= len(proofs)


@pytest.mark.parametrize("fault", BY_A_GATEWAY)
def test_what_a_gateway_answers_in_a_services_place_is_never_taken_for_its_word(
    desk: Desk, points: list[str], fault: str
) -> None:
    with_fault = [point for point in points if point.endswith(f"/{fault}")]

    proofs = [prove(desk, case) for case in spread(with_fault, 6)]

    assert {proof.case: proof.violations for proof in proofs if proof.violations} == {}


@pytest.mark.parametrize("number", ["6", "7"])
@pytest.mark.parametrize("fault", ["reset_after", "503_after", "html_after", "hang_after", "late"])
def test_a_payment_without_an_answer_is_looked_for_before_it_is_sent_again(
    desk: Desk, number: str, fault: str
) -> None:
    assert prove(desk, f"fault/late_payment/{number}/{fault}").violations == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["reset_after", "503_after", "late"])
def test_a_credit_note_or_refund_without_an_answer_is_looked_for_before_it_is_sent_again(
    desk: Desk, fault: str
) -> None:
    points = [each for each in fault_points(desk, "credit") if each.endswith(f"/{fault}")]

    proofs = [prove(desk, case) for case in points[-6:]]

    assert {proof.case: proof.violations for proof in proofs if proof.violations} == {}


@pytest.mark.slow
def test_a_close_that_meets_trouble_leaves_the_old_folder_or_the_new_one_whole(desk: Desk) -> None:
    proofs = [prove(desk, case) for case in spread(fault_points(desk, "close"), 25)]

    assert {proof.case: proof.violations for proof in proofs if proof.violations} == {}


def test_a_repeated_booking_command_settles_what_is_in_doubt(desk: Desk) -> None:
    assert prove(desk, "fault/book/2/503_from_here").violations == []


def test_a_draft_that_changes_while_it_is_skipped_is_looked_at_again(desk: Desk) -> None:
    assert prove(desk, "fault/skip/2/stale").violations == []
