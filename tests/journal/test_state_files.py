"""Files in the state folder are private, and replaced as a whole or not at all."""

import errno
import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW

from dinero_sync.errors import ExitCode, StateError
from dinero_sync.journal import watermark
from dinero_sync.journal.database import open_journal, set_meta
from dinero_sync.journal.folder.files import beside, open_state_folder, write_whole
from dinero_sync.journal.folder.lock import LOCK_NAME, LockHeldError, run_lock

JOURNAL = "b3b1b7f2"
START, NEXT_DAY = date(2026, 12, 1), date(2026, 12, 2)

HOLDER = """
import sys
from pathlib import Path
from dinero_sync.journal.folder.lock import run_lock

with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open a journal of a known id."""
    with closing(open_journal(tmp_path)) as connection:
        set_meta(connection, "journal", JOURNAL)
        yield connection


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def full_disk(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), descriptor)


def test_a_new_state_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = open_state_folder(tmp_path / "var" / "dinero-sync")

    assert mode(folder) == 0o700


def test_a_state_folder_that_lets_others_in_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    assert mode(open_state_folder(tmp_path)) == 0o700


def test_a_state_folder_that_cant_be_one_is_refused_with_the_setting_to_change(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StateError, match=r"Nothing was booked.*sync\.state_dir") as refused:
        open_state_folder(tmp_path / "file")

    assert refused.value.exit_code is ExitCode.STATE


def test_a_file_is_replaced_as_a_whole_and_stays_private(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", "a long old text\n")
    write_whole(tmp_path / "file", "Ærø\n")

    assert (tmp_path / "file").read_text(encoding="utf-8") == "Ærø\n"
    assert mode(tmp_path / "file") == 0o600
    assert names_in(tmp_path) == ["file"]


def test_a_link_put_where_a_file_is_written_first_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("untouched")
    beside(tmp_path / "file").symlink_to(precious)

    write_whole(tmp_path / "file", "new")

    assert precious.read_text() == "untouched"
    assert (tmp_path / "file").read_text() == "new"
    assert not (tmp_path / "file").is_symlink()


def test_what_somebody_else_put_there_is_never_written_into(tmp_path: Path) -> None:
    beside(tmp_path / "file").write_text("of another process")
    beside(tmp_path / "file").chmod(0o666)

    write_whole(tmp_path / "file", "new")

    assert mode(tmp_path / "file") == 0o600


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "file", "old")
    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(StateError, match="No space left on device"):
        write_whole(tmp_path / "file", "new")

    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"


def test_what_an_interruption_leaves_beside_the_old_file_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    write_whole(tmp_path / "file", "old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_whole(tmp_path / "file", "a new text that is never finished")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"

    write_whole(tmp_path / "file", "new")

    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"
    assert names_in(tmp_path) == ["file"]


def test_an_error_after_the_file_was_replaced_doesnt_say_that_it_wasnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_folder(descriptor: int) -> None:
        if is_folder(descriptor):
            full_disk(descriptor)

    write_whole(tmp_path / "file", "old")
    monkeypatch.setattr(os, "fsync", full_folder)

    with pytest.raises(StateError) as refused:
        write_whole(tmp_path / "file", "new")

    untouched = (tmp_path / "file").read_text(encoding="utf-8") == "old"
    assert ("content is untouched" in str(refused.value)) == untouched


def test_the_new_name_is_made_durable_along_with_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(is_folder(descriptor)))

    write_whole(tmp_path / "file", "text")

    assert synced == [False, True]


def is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def test_a_watermark_is_read_back_to_the_microsecond(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    moment = NOW + timedelta(microseconds=1)

    watermark.save(tmp_path, db, moment, START)

    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched(moment, is_whole=True)
    assert watermark.load(tmp_path, JOURNAL) == moment
    assert mode(tmp_path / watermark.FILE_NAME) == 0o600


def test_a_watermark_is_a_small_json_object_that_a_person_may_edit(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    watermark.save(tmp_path, db, NOW, START)
    content = json.loads((tmp_path / "watermark.json").read_text(encoding="utf-8"))
    assert content == {
        "watermark": "2026-12-04T08:00:00+00:00",
        "journal": JOURNAL,
        "start_date": "2026-12-01",
    }

    content |= {"watermark": "2026-12-01T09:30:00+01:00", "note": "set back by hand"}
    (tmp_path / "watermark.json").write_text(json.dumps(content), encoding="utf-8")

    by_hand = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert watermark.load(tmp_path, JOURNAL) == by_hand
    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched(by_hand, is_whole=True)


@pytest.mark.parametrize(
    ("made_with", "counts"), [(date(2026, 11, 30), True), (START, True), (NEXT_DAY, False)]
)
def test_a_watermark_made_with_a_later_start_date_is_none(
    tmp_path: Path, db: sqlite3.Connection, made_with: date, *, counts: bool
) -> None:
    watermark.save(tmp_path, db, NOW, made_with)

    assert (watermark.vouched(tmp_path, db, START).until is not None) == counts


def test_a_journal_made_with_a_later_start_date_vouches_for_nothing_before_it(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    watermark.save(tmp_path, db, NOW, NEXT_DAY)
    path = tmp_path / "watermark.json"
    path.write_text(path.read_text().replace(str(NEXT_DAY), str(START)))

    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched()


def test_an_older_journal_beside_a_newer_file_vouches_for_what_it_knew(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    watermark.save(tmp_path, db, NOW, START)
    path = tmp_path / "watermark.json"
    path.write_text(path.read_text().replace("2026-12-04", "2026-12-06"))

    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched(NOW, is_whole=False)


def test_a_journal_from_before_its_first_watermark_vouches_for_nothing(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    watermark.save(tmp_path, db, NOW, START)
    db.execute("DELETE FROM meta WHERE name = 'watermark'")

    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched()


def test_a_watermark_of_a_version_that_kept_no_start_date_counts(
    tmp_path: Path, db: sqlite3.Connection
) -> None:
    content = {"watermark": NOW.isoformat(), "journal": JOURNAL}
    (tmp_path / "watermark.json").write_text(json.dumps(content), encoding="utf-8")

    assert watermark.vouched(tmp_path, db, START) == watermark.Vouched(NOW, is_whole=False)


@pytest.mark.parametrize(
    "content", [{"journal": "another", "watermark": "x"}, {"watermark": NOW.isoformat()}, {}]
)
def test_a_watermark_of_another_journal_or_of_none_is_no_watermark(
    tmp_path: Path, content: dict[str, str]
) -> None:
    (tmp_path / "watermark.json").write_text(json.dumps(content), encoding="utf-8")

    assert watermark.load(tmp_path, JOURNAL) is None


def test_without_a_file_there_is_no_watermark(tmp_path: Path) -> None:
    assert watermark.load(tmp_path, JOURNAL) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        '{"watermark": "2026-12-',
        "[]",
        '{"journal": "b3b1b7f2"}',
        '{"journal": "b3b1b7f2", "watermark": 7}',
        '{"journal": "b3b1b7f2", "watermark": "yesterday"}',
        '{"journal": "b3b1b7f2", "watermark": "2026-12-01T09:30:00"}',
        '{"journal": "b3b1b7f2", "watermark": "2026-12-01T09:30:00Z", "start_date": "soon"}',
        "\udcff",
    ],
    ids=[
        "empty",
        "cut off",
        "a list",
        "no time",
        "a number",
        "no time at all",
        "no zone",
        "no day",
        "bytes",
    ],
)
def test_a_broken_watermark_is_refused_with_the_way_to_mend_it(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "watermark.json"
    path.write_bytes(content.encode(errors="surrogateescape"))
    before = path.read_bytes()

    with pytest.raises(StateError, match=r"can't be read\. Nothing was booked") as refused:
        watermark.load(tmp_path, JOURNAL)

    assert "delete it: the next run then reads from sync.start_date" in str(refused.value)
    assert path.read_bytes() == before


def test_a_second_process_finds_the_run_lock_held_and_has_nothing_to_do(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        with pytest.raises(LockHeldError, match="Another run") as refused, run_lock(tmp_path):
            pytest.fail("two runs at once")

        assert refused.value.exit_code is ExitCode.OK
        holder.kill()

    with run_lock(tmp_path):
        assert mode(tmp_path / LOCK_NAME) == 0o600


def test_the_run_lock_is_given_back_when_a_run_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), run_lock(tmp_path):
        raise KeyboardInterrupt

    with run_lock(tmp_path):
        assert names_in(tmp_path) == [LOCK_NAME]
