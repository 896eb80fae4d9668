"""The journal is a real SQLite file: whole or untouched, private, and never overwritten."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from builders import NOW, ORDER_ID

from dinero_sync.errors import ExitCode, StateError
from dinero_sync.journal import calls, contacts, effects, orders, runs
from dinero_sync.journal.database import (
    FILE_NAME,
    journal_id,
    meta,
    open_copy,
    open_journal,
    set_meta,
)
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.journal.schema import VERSION, transaction

Opened = Callable[[sqlite3.Connection], sqlite3.Connection]
Opener = Callable[[Path], sqlite3.Connection]
CONTACT = UUID(int=7)
BOOK, INTENT = effects.EffectKind.BOOK, effects.Phase.INTENT
DAMAGED = [b"", b"half a file", b"\0" * 4096, b"SQLite format 3\0" + b"x" * 99]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return open_state_folder(tmp_path / "state")


@pytest.fixture
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(folder)
    yield connection
    connection.close()


def note(db: sqlite3.Connection, body: str = "{}", at: datetime = NOW) -> None:
    effects.append(db, at=at, run_id="run", subject=ORDER_ID, kind=BOOK, phase=INTENT, body=body)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("db")
def test_the_journal_is_for_its_owner_alone(folder: Path) -> None:
    assert mode(folder) == 0o700
    assert mode(folder / FILE_NAME) == 0o600


def test_a_journal_keeps_its_identity_when_it_is_opened_again(opened: Opened, folder: Path) -> None:
    first = journal_id(opened(open_journal(folder)))

    assert journal_id(opened(open_journal(folder))) == first


def test_two_journals_are_told_apart(opened: Opened, tmp_path: Path) -> None:
    one, other = (open_state_folder(tmp_path / name) for name in ("one", "other"))

    assert journal_id(opened(open_journal(one))) != journal_id(opened(open_journal(other)))


def test_a_value_of_the_journal_is_kept_until_it_is_set_again(db: sqlite3.Connection) -> None:
    assert meta(db, "organization") is None
    set_meta(db, "organization", "123456")
    set_meta(db, "organization", "654321")

    assert meta(db, "organization") == "654321"


def test_a_journal_without_its_identity_is_damaged(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM meta WHERE name = 'journal'")

    with pytest.raises(StateError, match="lacks its own id"):
        journal_id(db)


def test_every_commit_is_durable_before_the_next_step(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_a_journal_whose_making_was_cut_short_is_made_again(opened: Opened, folder: Path) -> None:
    for name in (f".{FILE_NAME}.new", f".{FILE_NAME}.new-journal"):
        (folder / name).write_bytes(b"half of it")

    assert orders.counts(opened(open_journal(folder))) == {}
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_a_new_journal_takes_its_name_once_it_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)

    with pytest.raises(KeyboardInterrupt):
        open_journal(folder)

    assert not (folder / FILE_NAME).exists()


def begin_and_be_interrupted(db: sqlite3.Connection) -> None:
    with transaction(db):
        runs.begin(db, "run", NOW)
        set_meta(db, "organization", "123456")
        raise KeyboardInterrupt


def test_what_an_interrupted_step_wrote_is_gone_as_a_whole(db: sqlite3.Connection) -> None:
    with pytest.raises(KeyboardInterrupt):
        begin_and_be_interrupted(db)

    assert runs.last(db) is None
    assert meta(db, "organization") is None


def test_an_effect_and_its_body_are_written_together_or_not_at_all(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE bodies")

    with pytest.raises(sqlite3.OperationalError):
        note(db)

    assert effects.head(db) == effects.NO_HASH


def test_a_reading_of_contacts_is_taken_in_as_a_whole(db: sqlite3.Connection) -> None:
    def broken() -> Iterator[contacts.KnownContact]:
        yield contacts.KnownContact(guid=CONTACT, email="", vat_number="", ean="")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        contacts.refresh(db, broken(), [], NOW)

    assert not contacts.is_known(db, CONTACT)
    assert contacts.read_until(db) is None


def killed_while_writing(folder: Path, new: Path) -> Path:
    """Return a folder as a process leaves it that is killed in the middle of a commit."""
    db = open_journal(folder)
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN IMMEDIATE")
    for number in range(100):
        set_meta(db, f"half done {number}", "x" * 500)
    for file in folder.iterdir():
        (open_state_folder(new) / file.name).write_bytes(file.read_bytes())
    db.execute("ROLLBACK")
    db.close()
    return new


def test_what_a_killed_process_left_half_written_is_undone(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    db = opened(open_journal(killed_while_writing(folder, tmp_path / "killed")))

    assert db.execute("SELECT COUNT(*) FROM meta").fetchone()[0] == 1


def test_a_copy_of_what_a_killed_process_left_is_without_the_half_written(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    copy = opened(open_copy(killed_while_writing(folder, tmp_path / "killed")))

    assert copy.execute("SELECT COUNT(*) FROM meta").fetchone()[0] == 1


def test_a_full_disk_in_the_middle_of_a_step_is_told_as_such(db: sqlite3.Connection) -> None:
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(sqlite3.OperationalError, match="disk is full"), transaction(db):
        set_meta(db, "a long value", "x" * 100_000)


def make_newer(path: Path, journal_mode: str) -> bytes:
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA journal_mode = {journal_mode}")
    db.execute("CREATE TABLE orders (everything TEXT)")
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    return path.read_bytes()


each_way_to_open = pytest.mark.parametrize("open_it", [open_journal, open_copy])


@each_way_to_open
def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(
    folder: Path, open_it: Opener
) -> None:
    before = make_newer(folder / FILE_NAME, "DELETE")

    with pytest.raises(StateError, match="written by a newer version") as refused:
        open_it(folder)

    assert refused.value.exit_code is ExitCode.STATE
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_newer_version_may_keep_its_log_in_another_way(folder: Path) -> None:
    before = make_newer(folder / FILE_NAME, "WAL")

    with pytest.raises(StateError, match="written by a newer version"):
        open_journal(folder)

    assert (folder / FILE_NAME).read_bytes() == before


@each_way_to_open
@pytest.mark.parametrize(
    "content", DAMAGED, ids=["nothing", "no database", "zeros", "half a database"]
)
def test_a_damaged_journal_is_refused_and_left_as_it_is(
    folder: Path, open_it: Opener, content: bytes
) -> None:
    (folder / FILE_NAME).write_bytes(content)

    with pytest.raises(StateError, match="can't be read") as refused:
        open_it(folder)

    assert "Put the folder's last backup back" in str(refused.value)
    assert (folder / FILE_NAME).read_bytes() == content


@each_way_to_open
def test_a_journal_that_is_no_file_is_refused(folder: Path, open_it: Opener) -> None:
    (folder / FILE_NAME).mkdir()

    with pytest.raises(StateError, match="can't be read"):
        open_it(folder)


def test_writing_in_a_copy_leaves_the_file_as_it_is(opened: Opened, folder: Path) -> None:
    db = opened(open_journal(folder))
    runs.begin(db, "first", NOW)
    before = (folder / FILE_NAME).read_bytes()

    copy = opened(open_copy(folder))
    runs.begin(copy, "second", NOW)
    calls.record_call(copy, "dinero", NOW)
    note(copy)

    assert journal_id(copy) == journal_id(db)
    assert (folder / FILE_NAME).read_bytes() == before
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_a_copy_of_no_journal_is_empty_and_makes_no_file(opened: Opened, tmp_path: Path) -> None:
    copy = opened(open_copy(tmp_path / "nowhere"))

    assert orders.counts(copy) == {}
    assert not (tmp_path / "nowhere").exists()
