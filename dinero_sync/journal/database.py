"""The journal's database: SQLite, one writer, every commit durable.

Rollback journal and ``synchronous=FULL``: what was committed survives a power cut. The tables:

========== ==================================================================================
meta       one value per name: this journal's id, the organisation it belongs to
subjects   one row per order, payout and bill: what the outside last said of it
documents  what is made of each at Dinero: where it stands, its plan
effects    append-only, chained by hash: each intent and each outcome of a change at Dinero, and
           the order that it was decided from
bodies     what was sent and answered, by effect; apart, so that personal data can be removed
contacts   Dinero's contacts, reduced to what finds them again, e-mail addresses to hashes
contacts_sent  a hash of what each contact was last given
calls      when each service was called or answered, for the minute limit and the daily quota
cache      master data with the time it was read
runs       one row per run
========== ==================================================================================
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError, NewerStateError, StateError, TemporaryError
from dinero_sync.journal.folder.files import EARLIER, FILE_MODE, beside, sync_folder
from dinero_sync.journal.folder.owners import NOTHING_BOOKED
from dinero_sync.journal.folder.trouble import (
    BACK,
    ROOM,
    damaged_journal,
    file_trouble,
    journal_trouble,
    lacks_room,
)
from dinero_sync.journal.overlay import lay_over
from dinero_sync.journal.schema import VERSION, make, tables, version
from dinero_sync.journal.upkeep.migration import is_of_version_1, migrate

FILE_NAME = "journal.sqlite3"
HOT_NAME = f"{FILE_NAME}-journal"
"""What SQLite leaves beside the database when a change was cut short."""
COPY_OF = f"{FILE_NAME}{EARLIER}"
"""How the copy of a journal is called that is kept before it is brought up to a newer version."""
TIMES_ITS_SIZE, BYTES_IN_A_MEGABYTE = 4, 1_000_000
"""A journal that is brought up is there twice, with its old and new tables at once, and what undoes
the change."""
BUSY_SECONDS = 10.0
"""How long a reader waits for another program that has the journal open, before that is told."""
COMMIT_SECONDS = 30.0
"""How long a change waits for those who read: longer than our own commands take in a large one."""
HOT = "SQLITE_READONLY_ROLLBACK"
"""What SQLite says to a reader of a journal in which a change was cut short."""
ASIDE = ".aside-"
"""How the names of folders begin in which such a change is undone for a reader."""
TRIES = 3
"""A run may begin, and undo a change that was cut short, while a reader does so on a copy."""
UNCHANGED = spoken("Nothing was changed.")
NAMELESS = ""
"""What SQLite takes for a temporary database: a file without a name, and none while it is small."""
LIMITS = ("meta", "calls")
"""The tables by which the services' limits are kept, for commands that need no more."""
PRAGMAS = ("foreign_keys", "secure_delete", "recursive_triggers")
"""What is switched on; without the last, REPLACE passes by the triggers on effects."""


def open_journal(folder: Path) -> sqlite3.Connection:
    """Open the journal in ``folder`` for writing; a new one is made where there is none.

    Raises StateError when it is damaged, was written by a newer version or can't be used, and
    TemporaryError when another program has it open; nothing is overwritten.
    """
    path = folder / FILE_NAME
    with told_of(path, NOTHING_BOOKED), _files_told_of(path), ExitStack() as stack:
        _remove_left_aside(folder)
        if not path.exists():
            _create(path)
        _refuse_no_file(path)
        db = _connect(str(path))
        stack.callback(db.close)
        _refuse_others(db, path)
        db.execute("PRAGMA journal_mode = DELETE")
        if version(db) < VERSION:
            _bring_up(db, path)
        stack.pop_all()
    return db


def _bring_up(db: sqlite3.Connection, path: Path) -> None:
    """Bring the journal of an earlier version up to this one, once a copy is kept beside it."""
    copy = path.with_name(f"{COPY_OF}{version(db)}")
    try:
        _keep_copy(db, path, copy)
        migrate(db)
    except (sqlite3.Error, OSError) as error:
        if not lacks_room(error):
            raise
        _remove_half(path)
        megabytes = TIMES_ITS_SIZE * path.stat().st_size // BYTES_IN_A_MEGABYTE + 1
        raise StateError(
            spoken(
                "The journal {path} is of an earlier version, and there is no room to bring "
                "it up to this one ({error}). {nothing_booked} The journal is as it was. "
                "About {megabytes} MB are needed there: a copy of it is kept as {name}. "
                "{room}",
                path=path,
                error=error,
                nothing_booked=NOTHING_BOOKED,
                megabytes=megabytes,
                name=copy.name,
                room=ROOM,
            )
        ) from error


def _keep_copy(db: sqlite3.Connection, path: Path, copy: Path) -> None:
    """Keep the journal of an earlier version beside it, whole and durably."""
    new = _empty_beside(path)
    with closing(_connect(str(new))) as kept:
        db.backup(kept)
    new.replace(copy)
    sync_folder(path.parent)


def _empty_beside(path: Path) -> Path:
    """Make an empty file for a database that is to take its own name once it is whole."""
    _remove_half(path)
    new = beside(path)
    new.touch(mode=FILE_MODE, exist_ok=False)
    return new


def _remove_half(path: Path) -> None:
    """Remove half of such a database, which a process left that was killed."""
    new = beside(path)
    for left in (new, new.with_name(f"{new.name}-journal")):
        left.unlink(missing_ok=True)


@contextmanager
def told_of(path: Path, books: str) -> Iterator[None]:
    """Within this, what SQLite says is told as what it means for the journal at ``path``.

    ``books`` says what it means for the books.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise journal_trouble(error, path, books) from error


@contextmanager
def _files_told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise file_trouble(
            error, spoken("The journal {path} can't be opened", path=path), path
        ) from error


def _create(path: Path) -> None:
    """Make a new journal, which takes its name once it is whole: half of one never bears it."""
    new = _empty_beside(path)
    with closing(_connect(str(new))) as db:
        make(db)
    new.replace(path)
    sync_folder(path.parent)


def _refuse_no_file(path: Path) -> None:
    """Refuse a file without content: SQLite takes it for a new database, and all would be lost."""
    if path.is_dir():
        raise StateError(
            spoken(
                "The journal {path} can't be read: it is a folder, and no file. Nothing was "
                "booked. Move it away, and put the file back: the next run goes on.",
                path=path,
            )
        )
    if path.stat().st_size == 0:
        raise damaged_journal(path, spoken("it is empty"))


def _refuse_others(db: sqlite3.Connection, path: Path) -> None:
    """Refuse what a newer version wrote, and what is no journal; reads, and takes a reader's lock.

    Raises StateError and sqlite3.Error.
    """
    number = version(db)
    if number > VERSION:
        raise NewerStateError(
            spoken(
                "{path} was written by a newer version of dinero-sync. Nothing was booked. "
                "Install that version again, or a later one.",
                path=path,
            )
        )
    if number == 0:
        raise damaged_journal(path, spoken("it is no journal of dinero-sync"))
    if number < VERSION and not is_of_version_1(db):
        raise DamagedStateError(
            spoken(
                "{path} was written by a build of dinero-sync from before version 0.1, which "
                "no later version reads. {nothing_booked} It was left as it is. Let a new "
                "one be made from what Dinero holds; nothing is booked twice by that. The "
                "old file is kept beside it, and what people decided (skip, adopt) is "
                "listed, to be decided again: dinero-sync doctor --rebuild",
                path=path,
                nothing_booked=NOTHING_BOOKED,
            )
        )
    rows = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    lacking = set(tables()) - {row["name"] for row in rows} if number == VERSION else set()
    if lacking:
        raise damaged_journal(
            path, spoken("it lacks the table {listed}", listed=tuple(sorted(lacking)))
        )


@contextmanager
def reading(folder: Path, *, at_once: bool = True) -> Iterator[sqlite3.Connection]:
    """Open the journal in ``folder`` to read it as it is now; an empty one where none is.

    Neither the file nor the folder is changed. A run that begins meanwhile waits with its first
    commit until this is left; what takes long reads not ``at_once``, but sees what came in between.
    Raises StateError and TemporaryError as :func:`open_journal` does.
    """
    path = folder / FILE_NAME
    with told_of(path, UNCHANGED), ExitStack() as stack:
        with _files_told_of(path):
            db = _snapshot(path) if path.exists() else _empty()
        stack.enter_context(closing(db))
        if version(db) < VERSION:
            db = stack.enter_context(closing(_copied(db)))
            migrate(db)
        if not at_once and db.in_transaction:
            db.execute("COMMIT")
        yield db


def _copied(source: sqlite3.Connection) -> sqlite3.Connection:
    """Return a whole copy of a journal, in a temporary file of SQLite's own, without a name."""
    with ExitStack() as stack:
        copy = _connect(NAMELESS)
        stack.callback(copy.close)
        source.backup(copy)
        stack.pop_all()
    return copy


def open_copy(folder: Path, tables: Iterable[str] = ()) -> sqlite3.Connection:
    """Open what is as good as a copy of the journal, for runs that must not write.

    Nothing is really copied but small ``tables``, if only those are wanted. An empty one is opened
    where none is. Raises as :func:`reading` does.
    """
    path = folder / FILE_NAME
    with reading(folder) as source, ExitStack() as stack:
        if not tables and not _is_open(source, path):
            return _copied(source)
        copy = _connect(NAMELESS)
        stack.callback(copy.close)
        if tables:
            _copy_tables(source, copy, tables)
        else:
            lay_over(copy, _to_read(path))
        stack.pop_all()
    return copy


def _is_open(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether ``db`` is the journal at ``path`` itself, and no copy that was mended aside."""
    (main,) = db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    return bool(main) and Path(main) == path.resolve()


def _to_read(path: Path) -> str:
    """Return the URI of a database that may only be read."""
    return f"{path.resolve().as_uri()}?mode=ro"


def _copy_tables(
    source: sqlite3.Connection, copy: sqlite3.Connection, tables: Iterable[str]
) -> None:
    make(copy)
    for table in tables:
        rows = source.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
        copy.execute(f"DELETE FROM {table}")  # noqa: S608 - the same
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", map(tuple, rows))  # noqa: S608 - the same


def _empty() -> sqlite3.Connection:
    db = _connect(":memory:")
    make(db)
    return db


def _snapshot(path: Path) -> sqlite3.Connection:
    """Open what is at ``path`` within one transaction that reads, without touching its folder.

    What a killed process left half written has to be undone, which needs files that may be
    written: that is done on copies.
    """
    _refuse_no_file(path)
    for _ in range(TRIES):
        try:
            return _opened(path, _to_read(path))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != HOT:
                raise
        undone = _undone_aside(path)
        if undone is not None:
            return undone
    raise TemporaryError(
        spoken(
            "The journal {path} changes faster than it can be read. {unchanged} Give the "
            "command again.",
            path=path,
            unchanged=UNCHANGED,
        )
    )


def _opened(path: Path, address: str) -> sqlite3.Connection:
    """Open a database by its URI in a transaction that reads, and refuse what is no journal."""
    with ExitStack() as stack:
        db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        stack.callback(db.close)
        db.row_factory = sqlite3.Row
        db.execute("BEGIN")
        _refuse_others(db, path)
        stack.pop_all()
    return db


def _undone_aside(path: Path) -> sqlite3.Connection | None:
    """Open a copy of the journal in which the change that was cut short is undone.

    Returns None where a run undid it meanwhile; raises StateError where no folder takes a copy.
    """
    refused: OSError | None = None
    for place in _places_aside(path.parent):
        try:
            with TemporaryDirectory(prefix=ASIDE, dir=place) as name:
                copied = Path(name, FILE_NAME)
                if not _copied_whole(path, copied):
                    return None
                # The open file outlives its name, and nothing is left of it by who is killed.
                return _opened(path, f"{copied.resolve().as_uri()}?mode=rw")
        except OSError as error:
            refused = error
    raise StateError(
        spoken(
            "A run was killed in the middle of a change of the journal {path}. To show "
            "what was before it, a copy is needed, and no folder takes one ({refused}). "
            "Nothing was changed. Let a run come first, which undoes the change: "
            "dinero-sync run; or name a folder that may be written as TMPDIR.",
            path=path,
            refused=refused,
        )
    ) from refused


def _copied_whole(path: Path, copied: Path) -> bool:
    """Copy a journal and its cut change; tells whether both stayed as they were meanwhile."""
    files = [path, path.with_name(HOT_NAME)]
    try:
        before = [_stamp(file) for file in files]
        for file in files:
            shutil.copyfile(file, copied.with_name(file.name))
        return before == [_stamp(file) for file in files]
    except FileNotFoundError:
        return False


def _stamp(file: Path) -> tuple[int, int, int]:
    kept = file.stat()
    return kept.st_ino, kept.st_size, kept.st_mtime_ns


def _places_aside(folder: Path) -> Iterator[Path | None]:
    """Yield where copies may be put: the state folder if it is ours, then the temporary folder."""
    if os.access(folder, os.W_OK) and folder.stat().st_uid == os.geteuid():
        yield folder
    yield None


def _remove_left_aside(folder: Path) -> None:
    """Remove the copies that a killed reader left.

    One at work has its files open, or tries again.
    """
    for left in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _connect(target: str) -> sqlite3.Connection:
    with ExitStack() as stack:
        db = sqlite3.connect(target, isolation_level=None, timeout=COMMIT_SECONDS, uri=not target)
        stack.callback(db.close)
        db.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma} = ON")
        db.execute("PRAGMA synchronous = FULL")
        stack.pop_all()
    return db


def meta(db: sqlite3.Connection, name: str) -> str | None:
    """Return a value of the journal itself."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["value"])


def set_meta(db: sqlite3.Connection, name: str, value: str) -> None:
    """Set a value of the journal itself."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def journal_id(db: sqlite3.Connection) -> str:
    """Return the id that the watermark file names to belong to this journal."""
    identity = meta(db, "journal")
    if identity is None:
        raise DamagedStateError(
            spoken(
                "The journal lacks its own id. {nothing_booked} {back}",
                nothing_booked=NOTHING_BOOKED,
                back=BACK,
            )
        )
    return identity
