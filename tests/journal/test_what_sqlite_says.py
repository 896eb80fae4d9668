"""What SQLite or the disk says is told as what it is; damage alone leads to a backup."""

import errno
import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import NOW
from other_user import UID, as_user, give, let_through, only_root

from dinero_sync.errors import (
    DamagedStateError,
    DineroSyncError,
    ExitCode,
    StateError,
    TemporaryError,
)
from dinero_sync.journal import database, runs, watermark
from dinero_sync.journal.database import FILE_NAME, open_copy, open_journal, reading, set_meta
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.journal.folder.trouble import file_trouble, journal_trouble

REBUILD = "doctor --rebuild"
OTHERS = {
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PERM",
    "SQLITE_FULL",
    "SQLITE_IOERR_READ",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_FSYNC",
    "SQLITE_IOERR_LOCK",
    "SQLITE_ERROR",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = open_state_folder(tmp_path / "state")
    open_journal(folder).close()
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody, so that no test does."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(database, "COMMIT_SECONDS", 0.0)


def an_error(name: str) -> sqlite3.Error:
    """Return an error as the module raises it."""
    error = sqlite3.OperationalError("so it said")
    error.sqlite_errorcode = getattr(sqlite3, name)
    error.sqlite_errorname = name
    return error


def told(error: sqlite3.Error, folder: Path) -> DineroSyncError:
    return journal_trouble(error, folder / FILE_NAME)


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CORRUPT_INDEX"])
def test_content_that_is_not_what_was_written_leads_to_a_backup_or_a_new_journal(
    folder: Path, name: str
) -> None:
    trouble = told(an_error(name), folder)

    assert isinstance(trouble, DamagedStateError)
    assert REBUILD in str(trouble)


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_nothing_else_does_and_all_of_it_names_the_file(folder: Path, name: str) -> None:
    trouble = told(an_error(name), folder)

    assert REBUILD not in str(trouble)
    assert "backup back" not in str(trouble)
    assert str(folder) in str(trouble)
    assert not isinstance(trouble, DamagedStateError)


@pytest.mark.parametrize("name", ["SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT"])
def test_a_journal_that_somebody_holds_is_a_matter_of_time(folder: Path, name: str) -> None:
    trouble = told(an_error(name), folder)

    assert trouble.exit_code is ExitCode.TEMPORARY
    assert "Another program has the journal" in str(trouble)


@pytest.mark.parametrize("name", ["SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_DBMOVED"])
def test_a_journal_that_changed_meanwhile_is_no_matter_of_permissions(
    folder: Path, name: str
) -> None:
    trouble = told(an_error(name), folder)

    assert trouble.exit_code is ExitCode.TEMPORARY
    assert "Give the command again" in str(trouble)


@pytest.mark.parametrize(
    ("name", "what_to_do"),
    [
        ("SQLITE_FULL", "Make room"),
        ("SQLITE_IOERR_WRITE", "ulimit -f"),
        ("SQLITE_IOERR_READ", "Look at the machine's log and at the disk"),
        ("SQLITE_IOERR_LOCK", "local disk"),
        ("SQLITE_ERROR", "report this line"),
    ],
)
def test_what_the_disk_refuses_says_what_to_do_about_the_disk(
    folder: Path, name: str, what_to_do: str
) -> None:
    trouble = told(an_error(name), folder)

    assert trouble.exit_code is ExitCode.STATE
    assert what_to_do in str(trouble)


@pytest.mark.parametrize("name", ["SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM"])
@only_root
def test_a_journal_that_may_not_be_opened_says_whose_it_is(folder: Path, name: str) -> None:
    give(folder)

    assert f"belongs to #{UID}, and this command runs as root" in str(told(an_error(name), folder))


Holding = Callable[[], sqlite3.Connection]


@pytest.fixture
def holding(folder: Path) -> Iterator[Holding]:
    """Let another program change the journal, and not come to an end with it."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:

        def hold() -> sqlite3.Connection:
            other.execute("BEGIN EXCLUSIVE")
            return other

        yield hold


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("open_it", [open_journal, open_copy], ids=["to write", "to copy"])
def test_a_journal_that_another_program_changes_is_waited_for_and_then_told_of(
    folder: Path, holding: Holding, open_it: Callable[[Path], sqlite3.Connection]
) -> None:
    holding()

    with pytest.raises(TemporaryError, match=r"Another program has the journal .*journal\.sqlite3"):
        open_it(folder)


@pytest.mark.usefixtures("impatient")
def test_reading_it_waits_no_longer(folder: Path, holding: Holding) -> None:
    holding()

    with pytest.raises(TemporaryError, match="Nothing was changed"), reading(folder):
        pytest.fail("it is held")


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who holds a file")
def test_the_program_that_holds_it_is_named_where_the_machine_tells(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / FILE_NAME
    locks = folder.parent / "locks"
    node = path.stat().st_ino
    locks.write_text(
        f"1: POSIX  ADVISORY  WRITE 1 fd:01:{node} 1073741824 1073742335\n"
        f"2: POSIX  ADVISORY  WRITE {os.getpid()} fd:01:{node} 1073741824 1073742335\n"
        f"3: POSIX  ADVISORY  WRITE 2 fd:01:{node + 1} 0 EOF\n"
    )
    monkeypatch.setattr("dinero_sync.journal.folder.trouble.LOCKS", locks)

    trouble = str(told(an_error("SQLITE_BUSY"), folder))

    assert "(process 1, " in trouble
    assert f"process {os.getpid()}" not in trouble
    assert "process 2" not in trouble


@only_root
def test_a_limit_on_file_sizes_is_told_as_that(folder: Path) -> None:
    def fill() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        with closing(open_journal(folder)) as db:
            try:
                set_meta(db, "much", "x" * 1_000_000)
            except sqlite3.Error as error:
                return str(told(error, folder))
        return "nothing"

    assert "the limit on file sizes" in as_user(fill, uid=os.getuid(), gid=os.getgid())


def test_a_journal_that_lacks_a_table_is_damaged_and_says_which(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute("DROP TABLE contacts_sent")

    for open_it in (open_journal, open_copy):
        with pytest.raises(DamagedStateError, match="lacks the table contacts_sent"):
            open_it(folder)


def test_a_database_of_another_program_is_no_journal_and_gets_no_tables(folder: Path) -> None:
    path = folder / FILE_NAME
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")
    before = path.read_bytes()

    with pytest.raises(DamagedStateError, match="is no journal of dinero-sync"):
        open_journal(folder)

    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_journal_is_told_as_one(tmp_path: Path) -> None:
    (open_state_folder(tmp_path / "new") / FILE_NAME).mkdir()

    for open_it in (open_journal, open_copy):
        with pytest.raises(StateError, match="it is a folder, and no file") as refused:
            open_it(tmp_path / "new")
        assert REBUILD not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "what_to_do"),
    [
        (errno.ENOSPC, "Make room"),
        (errno.EDQUOT, "quota"),
        (errno.EFBIG, "limit on file sizes"),
        (errno.EROFS, "is read-only"),
        (errno.EIO, "Look at the machine's log"),
        (errno.ENOLCK, "local disk"),
        (errno.EISDIR, "Move it away"),
        (errno.EACCES, "belongs to"),
        (errno.ENOTDIR, "sync.state_dir"),
    ],
    ids=lambda value: errno.errorcode.get(value, "") if isinstance(value, int) else "",
)
def test_what_the_disk_says_of_any_file_is_told_as_what_it_is(
    folder: Path, number: int, what_to_do: str
) -> None:
    path = folder / "tokens.json"

    trouble = file_trouble(OSError(number, os.strerror(number)), f"{path} can't be read", path)

    assert trouble.exit_code is ExitCode.STATE
    assert not isinstance(trouble, DamagedStateError)
    assert what_to_do in str(trouble)
    assert str(folder) in str(trouble)


@only_root
def test_files_that_may_not_be_read_are_not_told_as_damaged(tmp_path: Path) -> None:
    folder = open_state_folder(tmp_path / "state")
    for name in (watermark.FILE_NAME, "tokens.json"):
        (folder / name).write_text("{}")
        (folder / name).chmod(0)
    give(folder)
    let_through(tmp_path)

    for read in (lambda: watermark.load(folder, "journal"), TokenFile(folder).read):
        with pytest.raises(StateError, match=r"permissions 0000. Mend them:\n  chmod") as refused:
            as_user(read)
        assert not isinstance(refused.value, DamagedStateError)


def test_a_run_that_can_not_write_says_how_the_journal_got_full(folder: Path) -> None:
    with closing(open_journal(folder)) as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        runs.begin(db, "small enough", NOW)
        with pytest.raises(sqlite3.Error) as refused:
            set_meta(db, "a long value", "x" * 100_000)

    assert "has no room to grow" in str(told(refused.value, folder))
