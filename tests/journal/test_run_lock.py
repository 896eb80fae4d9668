"""Who holds a state folder, and when that can't be a run at work any more."""

import fcntl
import json
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dinero_sync.errors import ExitCode
from dinero_sync.journal.folder.lock import (
    GRACE,
    LOCK_NAME,
    LockHeldError,
    StuckHolderError,
    holder,
    is_held,
    run_lock,
)

DEADLINE = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def tell(folder: Path, since: datetime) -> None:
    """Have the holder have begun at ``since``, with a deadline of half an hour."""
    told = {
        "pid": 4321,
        "host": "shop",
        "since": since.isoformat(),
        "until": (since + DEADLINE + GRACE).isoformat(),
    }
    (folder / LOCK_NAME).write_text(json.dumps(told), encoding="utf-8")


def test_the_lock_tells_which_process_holds_it_and_until_when_at_most(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    with run_lock(tmp_path, DEADLINE):
        found = holder(tmp_path)

    assert found is not None
    assert (found.pid, found.host) == (os.getpid(), socket.gethostname())
    assert before <= found.since <= datetime.now(UTC)
    assert found.until == found.since + DEADLINE + GRACE


def test_a_lock_that_was_given_back_names_nobody(tmp_path: Path) -> None:
    with run_lock(tmp_path, DEADLINE):
        assert is_held(tmp_path)

    assert holder(tmp_path) is None
    assert not is_held(tmp_path)
    assert (tmp_path / LOCK_NAME).read_text(encoding="utf-8") == ""


def test_looking_at_the_lock_creates_nothing(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("age", [timedelta(0), DEADLINE + GRACE - MINUTE, -GRACE + MINUTE])
def test_a_holder_that_can_be_at_work_is_left_alone(tmp_path: Path, age: timedelta) -> None:
    with run_lock(tmp_path):
        tell(tmp_path, datetime.now(UTC) - age)
        with pytest.raises(LockHeldError) as left, run_lock(tmp_path):
            pytest.fail("two runs at once")

    assert left.value.exit_code is ExitCode.OK


@pytest.mark.parametrize(
    "age",
    [DEADLINE + GRACE + MINUTE, timedelta(days=2), -GRACE - MINUTE],
    ids=["past its deadline and an hour", "two days", "begun ahead of the clock"],
)
def test_a_holder_that_can_not_be_at_work_is_named_with_what_to_do(
    tmp_path: Path, age: timedelta
) -> None:
    since = datetime.now(UTC) - age
    with run_lock(tmp_path):
        tell(tmp_path, since)
        with pytest.raises(StuckHolderError) as stuck, run_lock(tmp_path):
            pytest.fail("two runs at once")

    assert stuck.value.exit_code is ExitCode.TEMPORARY
    told = str(stuck.value)
    assert f"process 4321 on shop, since {since:%Y-%m-%d %H:%M} UTC" in told
    assert "sudo kill -CONT 4321" in told
    assert "no order is booked" in told


@pytest.mark.parametrize("text", ["", "{", '{"pid": 1}', '{"pid": "x", "host": "h"}'])
def test_a_holder_that_tells_nothing_has_just_begun(tmp_path: Path, text: str) -> None:
    with run_lock(tmp_path):
        (tmp_path / LOCK_NAME).write_text(text, encoding="utf-8")
        with pytest.raises(LockHeldError), run_lock(tmp_path):
            pytest.fail("two runs at once")

        assert is_held(tmp_path)
        assert holder(tmp_path) is None


def test_a_disk_without_locks_shows_no_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / LOCK_NAME).touch()

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)

    assert not is_held(tmp_path)


def test_a_lock_that_can_not_be_written_to_is_held_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)

    with run_lock(tmp_path):
        assert is_held(tmp_path)
        assert holder(tmp_path) is None
