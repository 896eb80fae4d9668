"""The disk is full, or can't be written; the whole is ``make crash``."""

import json

import pytest
from crash_cases import prove
from crash_desk import Desk
from disk_faults import disk_faults
from kill_points import can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace isn't here, or may not trace")


def last_event(desk: Desk) -> dict[str, object]:
    """Return the last line that the installed command logged."""
    event: dict[str, object] = json.loads(desk.log.read_text(encoding="utf-8").splitlines()[-1])
    return event


def test_a_disk_that_is_full_from_the_start_is_70_and_nothing_is_lost(desk: Desk) -> None:
    proof = prove(desk, "disk/paid_orders/ENOSPC/pwrite64/1")

    assert proof.violations == []
    assert last_event(desk)["exit_code"] == 70
    assert "full" in str(last_event(desk)["message"])


def test_a_disk_that_fills_up_on_the_way_doubles_and_loses_nothing(desk: Desk) -> None:
    points = [each for each in disk_faults(desk, "paid_orders") if "/ENOSPC/" in each]

    proofs = [prove(desk, case) for case in points[len(points) // 2 : len(points) // 2 + 2]]

    assert [proof.violations for proof in proofs] == [[], []]


def test_a_state_folder_that_cannot_be_written_is_70(desk: Desk) -> None:
    proof = prove(desk, "disk/paid_orders/EROFS/mkdir/1")

    assert proof.violations == []
    assert last_event(desk)["exit_code"] == 70
    assert "Nothing was booked" in str(last_event(desk)["message"])


def test_a_renewed_connection_needs_room_before_it_is_asked_for(desk: Desk) -> None:
    proof = prove(desk, "disk/token_refresh/ENOSPC/fsync/1")

    asked = [each for each in desk.sandbox.requests if each.path == "/visma/connect/token"]
    assert proof.violations == []
    assert len(asked) == 2, "once to connect, and once when there was room again"


def test_without_room_for_an_upgrade_the_journal_stays_as_it_was(desk: Desk) -> None:
    proof = prove(desk, "disk/upgrade/ENOSPC/pwrite64/1")

    told = [json.loads(line) for line in desk.log.read_text(encoding="utf-8").splitlines()]
    assert proof.violations == []
    assert any("no room to bring it up" in str(each.get("message")) for each in told)
