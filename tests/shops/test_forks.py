"""However the process of a shop ends, it is known, and no other is harmed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """Return what the scenarios saw."""
    script = Path(__file__).with_name("fork_scenarios.py")
    ended = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        stdin=subprocess.PIPE,
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    ("way", "status", "exit_code", "broke_off"),
    [
        ("well", 0, 0, False),
        ("held", 3, 3, False),
        ("odd status", 1, 70, True),
        ("faulty", 70, 70, False),
        ("killed", -9, 75, True),
        ("crashed", -8, 70, True),
    ],
)
def test_each_counts_as_it_ended(
    seen: dict[str, Any], way: str, status: int, exit_code: int, *, broke_off: bool
) -> None:
    ended = seen["ways"][way]

    assert (ended["status"], ended["exit_code"]) == (status, exit_code)
    assert ended["broke_off"] == broke_off


def test_what_each_writes_arrives_whole_and_apart(seen: dict[str, Any]) -> None:
    ways = seen["ways"]

    assert (ways["well"]["output"], ways["well"]["told"]) == ("well", "of well\n")
    assert (ways["held"]["output"], ways["held"]["told"]) == ("held", "of held\n")
    assert ways["long"]["output"] == "x" * 300_000
    assert "nobody sees this" not in str(ways)


def test_one_that_leaves_a_process_behind_is_not_waited_for(seen: dict[str, Any]) -> None:
    assert seen["ways"]["leaving a child"]["output"] == "parent"


def test_no_two_have_chance_log_or_input_in_common(seen: dict[str, Any]) -> None:
    both = [seen["ways"][f"itself {number}"] for number in (1, 2)]
    (chance, run, given), (other_chance, other_run, _) = (
        json.loads(each["output"]) for each in both
    )
    logged = [json.loads(each["told"]) for each in both]

    assert chance != other_chance
    assert run != other_run
    assert given == ""
    assert [each["shop"] for each in logged] == ["itself 1", "itself 2"]
    assert [each["run_id"] for each in logged] == [run, other_run]


def test_one_that_hangs_is_ended_and_one_that_is_deaf_is_killed(seen: dict[str, Any]) -> None:
    hung = seen["hung"]

    assert {name: (each["status"], each["hung"]) for name, each in hung.items()} == {
        "asleep": (-15, True),
        "deaf": (-9, True),
        "well": (0, False),
    }
    assert hung["deaf"]["exit_code"] == 75


def test_asked_to_stop_those_at_work_end_and_no_other_begins(seen: dict[str, Any]) -> None:
    stopped = seen["stopped"]

    assert {name: each["status"] for name, each in stopped.items()} == {
        "asks": 75,
        "waits": None,
        "waits_too": None,
    }
    assert {each["exit_code"] for each in stopped.values()} == {75}


def test_no_more_are_at_work_at_once_than_were_asked_for(seen: dict[str, Any]) -> None:
    assert seen["at_once"] == 2


def test_what_is_imported_starts_no_threads_as_a_fork_would_lose_them(
    seen: dict[str, Any],
) -> None:
    assert seen["threads"] == 1


def test_a_configuration_that_never_ends_is_given_up(seen: dict[str, Any]) -> None:
    assert "couldn't be read within a minute" in seen["endless"]["endless"]
