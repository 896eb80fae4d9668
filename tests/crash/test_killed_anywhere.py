"""The installed command is killed, and the next one goes on: a few points of each scenario.

All points are proved by ``make crash``.
"""

import pytest
from crash_cases import prove, spread
from crash_desk import Desk
from crash_inside import give_inside
from crash_scenarios import CONNECT, SCENARIOS
from crash_violations import violations
from kill_points import can_trace, kill_points

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_trace(), reason="strace isn't here, or may not trace"),
]


def wrong_after(desk: Desk, cases: list[str]) -> dict[str, list[str]]:
    """Prove the cases; returns those that went wrong."""
    proofs = [prove(desk, case) for case in cases]
    return {proof.case: proof.violations for proof in proofs if proof.violations}


def some_points(desk: Desk, name: str, count: int) -> list[str]:
    """Choose points among the requests and among the changes of files, half of each."""
    points = kill_points(desk, name)
    requests = [point for point in points if "/request/" in point]
    files = [point for point in points if "/request/" not in point]
    return [*spread(requests, count - count // 2), *spread(files, count // 2)]


def test_the_next_run_finishes_what_a_killed_run_began(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "paid_orders", 6)) == {}


def test_a_run_killed_while_it_replaces_a_file_leaves_the_old_or_the_new(desk: Desk) -> None:
    flushes = [point for point in kill_points(desk, "paid_orders") if "/fsync/" in point]

    assert len(flushes) >= 4, "two for the tokens and two for the watermark"
    assert wrong_after(desk, flushes[-2:]) == {}


def test_drafts_of_a_killed_run_are_found_again(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "drafts", 3)) == {}


def test_a_killed_book_command_is_given_again(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "book", 4)) == {}


def test_a_payment_that_came_late_is_registered_once(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "late_payment", 3)) == {}


def test_a_killed_credit_command_makes_one_credit_note_and_one_refund(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "credit", 6)) == {}


def test_a_return_of_a_killed_run_is_credited_once(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "returned", 4)) == {}


@pytest.mark.parametrize("name", ["refund_told", "chargeback_credited", "chargeback_reopened"])
def test_money_that_went_back_is_registered_once(desk: Desk, name: str) -> None:
    assert wrong_after(desk, some_points(desk, name, 4)) == {}


def test_a_label_in_the_shop_is_written_once(desk: Desk) -> None:
    points = [each for each in kill_points(desk, "labelled") if "/request/" in each]

    assert wrong_after(desk, points[-8:]) == {}, "read and written, each before and after, twice"


def test_a_gift_card_that_paid_is_registered_once_and_settled_once(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "gift_cards", 6)) == {}


@pytest.mark.parametrize("name", ["credit_gift_card", "credit_to_gift_card"])
def test_what_goes_back_to_a_gift_card_is_given_once(desk: Desk, name: str) -> None:
    assert wrong_after(desk, some_points(desk, name, 4)) == {}


def test_bills_of_a_killed_run_are_one_voucher_each(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "bills", 8)) == {}


def test_payouts_of_a_killed_run_are_one_ledger_item_each(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "payout", 8)) == {}


@pytest.mark.parametrize("name", ["bills", "payout"])
def test_a_run_killed_while_it_moves_files_of_an_inbox_moves_them_afterwards(
    desk: Desk, name: str
) -> None:
    points = kill_points(desk, name)
    moves = [point for point in points if "/rename/" in point or "/fsync/" in point]

    assert wrong_after(desk, moves[-4:]) == {}, "before the first file is moved, and after each"


def test_a_renewed_connection_survives_a_killed_run(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "token_refresh", 4)) == {}


def test_an_upgrade_that_is_killed_is_begun_anew(desk: Desk) -> None:
    points = [each for each in kill_points(desk, "upgrade") if "/request/" not in each]

    assert wrong_after(desk, [*points[:8], *spread(points, 4)]) == {}


def test_a_killed_connect_is_given_again(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "connect", 2)) == {}


def test_a_killed_close_leaves_the_old_folder_or_the_new_one_whole(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "close", 8)) == {}


def test_a_killed_skip_is_given_again(desk: Desk) -> None:
    assert wrong_after(desk, some_points(desk, "skip", 2)) == {}


def test_a_renewal_lost_for_good_is_77_until_connect(desk: Desk) -> None:
    scenario = SCENARIOS["token_refresh"]
    scenario.begin(desk)
    desk.sandbox.change_settings(refresh_grace_seconds=0)
    desk.sandbox.add_fault({"match": {"service": "visma"}, "kind": "reset_after"})

    lost = [give_inside(desk, "run") for _ in range(2)]
    connected = [give_inside(desk, *CONNECT), give_inside(desk, "run")]

    assert (lost, connected) == ([77, 77], [0, 0])
    found = violations(desk.sandbox, desk.state, scenario.expected(desk))
    assert [each for each in found if "refresh token" not in each] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_points_are_found_at_requests_and_at_files(desk: Desk, name: str) -> None:
    points = kill_points(desk, name)

    assert any("/request/" in point for point in points)
    assert any("/fdatasync/" in point or "/fsync/" in point for point in points)
    assert len(points) == len(set(points))
