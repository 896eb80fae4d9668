"""Commands that only read see the journal as it is, and neither change nor copy anything."""

import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builders import NOW
from other_user import as_user, give, let_through, only_root
from told_status import status_of

from dinero_sync.errors import StateError
from dinero_sync.journal import database, orders, runs
from dinero_sync.journal.database import (
    ASIDE,
    FILE_NAME,
    HOT_NAME,
    LIMITS,
    journal_id,
    meta,
    open_copy,
    open_journal,
    reading,
    set_meta,
)
from dinero_sync.journal.folder.files import open_state_folder

MEGABYTE = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = open_state_folder(tmp_path / "state")
    with closing(open_journal(folder)) as db:
        set_meta(db, "organization", "123456")
    return folder


def refuse(*_: object, **__: object) -> None:
    raise FileNotFoundError(2, "No usable temporary directory found")


@pytest.fixture
def no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", refuse)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cut_short(folder: Path) -> Path:
    """Leave a state folder as a process does that is killed in the middle of a change."""
    killed = open_state_folder(folder.with_name("killed"))
    with closing(open_journal(folder)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        for number in range(100):
            set_meta(db, f"half done {number}", "x" * 500)
        for name in (FILE_NAME, HOT_NAME):
            shutil.copyfile(folder / name, killed / name)
        db.execute("ROLLBACK")
    return killed


def test_a_reader_can_not_write(folder: Path) -> None:
    with (
        pytest.raises(StateError, match="attempt to write a readonly database"),
        reading(folder) as db,
    ):
        runs.begin(db, "run", NOW)


def test_a_reader_sees_one_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "COMMIT_SECONDS", 0.0)
    with reading(folder) as db, closing(sqlite3.connect(folder / FILE_NAME, timeout=0)) as other:
        before = meta(db, "organization")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute(
                "UPDATE meta SET value = '7' WHERE name = 'organization'"
            ).connection.commit()
        assert meta(db, "organization") == before


def test_a_reader_that_takes_long_keeps_no_run_from_its_work(folder: Path) -> None:
    with reading(folder, at_once=False) as db, closing(open_journal(folder)) as other:
        assert meta(db, "organization") == "123456"
        set_meta(other, "organization", "7")
        assert meta(db, "organization") == "7"


@pytest.mark.usefixtures("no_temporary_folder")
def test_reading_needs_no_temporary_folder_and_leaves_all_files_as_they_are(folder: Path) -> None:
    before = contents(folder)

    with reading(folder) as db:
        found = meta(db, "organization")
    with closing(open_copy(folder)) as copy:
        assert meta(copy, "organization") == found == "123456"

    assert contents(folder) == before


@only_root
@pytest.mark.usefixtures("no_temporary_folder")
def test_where_nothing_may_be_written_reading_works(folder: Path) -> None:
    give(folder)
    (folder / FILE_NAME).chmod(0o400)
    folder.chmod(0o500)
    let_through(folder.parent)

    assert as_user(lambda: status_of(folder).organization_id) == 123456


@pytest.mark.usefixtures("no_temporary_folder")
def test_a_change_that_was_cut_short_is_undone_for_a_reader_on_a_copy_in_the_state_folder(
    folder: Path,
) -> None:
    killed = cut_short(folder)
    before = contents(killed)

    with reading(killed) as db:
        names = [row["name"] for row in db.execute("SELECT name FROM meta ORDER BY name")]
        assert contents(killed) == before, "the copy has no name any more"

    assert names == ["journal", "organization"]
    assert contents(killed) == before


@only_root
def test_in_a_folder_that_is_not_to_be_written_it_is_undone_in_the_temporary_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = cut_short(folder)
    elsewhere = folder.with_name("temporary")
    elsewhere.mkdir(mode=0o777)
    for each in (killed, elsewhere):
        give(each)
    killed.chmod(0o500)
    let_through(folder.parent)
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    before = contents(killed)

    assert as_user(lambda: status_of(killed).organization_id) == 123456
    assert contents(killed) == before
    assert list(elsewhere.iterdir()) == []


@only_root
@pytest.mark.usefixtures("no_temporary_folder")
def test_where_no_folder_takes_the_copy_a_run_has_to_come_first(folder: Path) -> None:
    killed = cut_short(folder)
    give(killed)
    killed.chmod(0o500)
    let_through(folder.parent)

    with pytest.raises(StateError, match=r"killed in the middle of a change(.|\n)*dinero-sync run"):
        as_user(lambda: status_of(killed))


def test_a_run_that_undoes_it_meanwhile_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = cut_short(folder)
    copy = shutil.copyfile

    def after_a_run(source: Path, target: Path) -> Path:
        monkeypatch.setattr(shutil, "copyfile", copy)
        open_journal(killed).execute("SELECT 1").connection.close()
        return copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", after_a_run)

    with reading(killed) as db:
        assert db.execute("SELECT COUNT(*) FROM meta").fetchone()[0] == 2


def test_what_a_killed_reader_left_is_removed_by_the_next_run(folder: Path) -> None:
    left = folder / f"{ASIDE}abc"
    left.mkdir()
    (left / FILE_NAME).write_bytes(b"names and addresses")

    open_journal(folder).close()

    assert not left.exists()


def test_a_reader_finds_an_empty_journal_where_there_is_none(tmp_path: Path) -> None:
    with reading(tmp_path / "nowhere") as db:
        assert orders.counts(db) == {}

    assert not (tmp_path / "nowhere").exists()


def test_a_copy_for_the_limits_holds_them_and_no_orders(folder: Path) -> None:
    with closing(open_journal(folder)) as db:
        identity = journal_id(db)
        db.execute("INSERT INTO calls VALUES ('dinero', 1.0)")
        db.execute("INSERT INTO cache VALUES ('chart', '2026-12-01', '{}')")

    with closing(open_copy(folder, LIMITS)) as copy:
        assert journal_id(copy) == identity
        assert copy.execute("SELECT COUNT(*) FROM calls").fetchone()[0] == 1
        assert copy.execute("SELECT COUNT(*) FROM cache").fetchone()[0] == 0


def peak(act: Callable[[], object]) -> int:
    """Return by how many bytes the most memory that a process had grows by ``act``."""

    def grown() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        act()
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024

    return as_user(grown, uid=0, gid=0)


@only_root
def test_status_costs_no_more_memory_for_a_journal_of_years(folder: Path) -> None:
    with closing(open_journal(folder)) as db:
        for number in range(1, 65):
            db.execute(
                "INSERT INTO effects VALUES (?, '', '', 1, 'invoice', 'book', 'intent', '', '')",
                (number,),
            )
            db.execute("INSERT INTO bodies VALUES (?, ?)", (number, "x" * MEGABYTE))

    assert (folder / FILE_NAME).stat().st_size > 64 * MEGABYTE
    # the process may have some of it free already, from tests before this one
    assert peak((folder / FILE_NAME).read_bytes) > 48 * MEGABYTE, "this would be noticed"
    assert peak(lambda: status_of(folder)) < 16 * MEGABYTE
    assert peak(lambda: open_copy(folder)) < 16 * MEGABYTE
