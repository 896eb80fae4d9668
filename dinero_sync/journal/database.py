"""The journal's database: SQLite, one writer, every commit durable.

Rollback journal and ``synchronous=FULL``: what was committed survives a power cut. The tables:

========== ==================================================================================
meta       one value per name: this journal's id, the organisation it belongs to
orders     one row per order: where it stands, the plan, what the shop last said
effects    append-only, chained by hash: each intent and each outcome of a change at Dinero, and
           the order that it was decided from
bodies     what was sent and answered, by effect; apart, so that personal data can be removed
contacts   Dinero's contacts, reduced to what finds them again, e-mail addresses to hashes
contacts_sent  a hash of what each contact was last given
calls      when each service was called, for the minute limit and the daily quota
cache      master data with the time it was read
runs       one row per run
========== ==================================================================================
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from dinero_sync.errors import NewerStateError, StateError
from dinero_sync.journal.files import FILE_MODE, beside, sync_folder

FILE_NAME = "journal.sqlite3"
HOT_NAME = f"{FILE_NAME}-journal"
"""What SQLite leaves beside the database when a change was cut short."""
VERSION = 1
BUSY_SECONDS = 10.0
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""The kinds of error by which SQLite says that a file's content isn't what was written."""
PRIMARY_CODE = 0xFF
"""The part of SQLite's error codes that tells the kind; the rest tells it more exactly."""
PRAGMAS = ("foreign_keys", "secure_delete", "recursive_triggers")
"""What is switched on; without the last, REPLACE passes by the triggers on effects."""

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    standing TEXT NOT NULL
        CHECK (standing IN ('open', 'working', 'held', 'in_doubt', 'skipped', 'done')),
    rung TEXT NOT NULL
        CHECK (rung IN ('seen', 'planned', 'contact', 'drafted', 'verified', 'booked', 'paid')),
    reason TEXT,
    message TEXT,
    next_step TEXT,
    changed TEXT,
    raw TEXT NOT NULL,
    total TEXT,
    currency TEXT,
    total_dkk TEXT,
    content TEXT,
    held_content TEXT,
    seen_undue INTEGER NOT NULL,
    invoice_day TEXT,
    plan TEXT,
    contact_guid TEXT,
    invoice_number INTEGER,
    payment_day TEXT,
    not_elsewhere INTEGER NOT NULL,
    settings TEXT NOT NULL,
    looks INTEGER NOT NULL,
    next_look TEXT
);
CREATE INDEX orders_standing ON orders (standing);
CREATE INDEX orders_number ON orders (number);
CREATE TABLE effects (
    effect_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    run_id TEXT NOT NULL,
    order_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('intent', 'done', 'rejected', 'adopted')),
    body_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX effects_order ON effects (order_id, kind);
CREATE TABLE bodies (
    effect_id INTEGER PRIMARY KEY REFERENCES effects (effect_id),
    body TEXT NOT NULL
);
CREATE TRIGGER effects_stay BEFORE UPDATE ON effects
    BEGIN SELECT RAISE(ABORT, 'effects are append-only'); END;
CREATE TRIGGER effects_remain BEFORE DELETE ON effects
    BEGIN SELECT RAISE(ABORT, 'effects are append-only'); END;
CREATE TABLE contacts (
    guid TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    vat_number TEXT NOT NULL,
    ean TEXT NOT NULL
);
CREATE INDEX contacts_email ON contacts (email);
CREATE INDEX contacts_vat_number ON contacts (vat_number);
CREATE INDEX contacts_ean ON contacts (ean);
CREATE TABLE contacts_sent (guid TEXT PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE calls (service TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX calls_at ON calls (service, at);
CREATE TABLE cache (name TEXT PRIMARY KEY, read_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    exit_code INTEGER,
    summary TEXT
);
"""


def open_journal(folder: Path) -> sqlite3.Connection:
    """Open the journal in ``folder`` for writing; a new one is made where there is none.

    Raises StateError when it is damaged or was written by a newer version; nothing is overwritten.
    """
    path = folder / FILE_NAME
    with _damage_explained(path), ExitStack() as stack:
        if not path.exists():
            _create(path)
        _refuse_emptied(path)
        db = _connect(str(path))
        stack.callback(db.close)
        _prepare(db, path)
        stack.pop_all()
    return db


def _create(path: Path) -> None:
    """Make a new journal, which takes its name once it is whole: half of one never bears it."""
    new = beside(path)
    for left in (new, new.with_name(f"{new.name}-journal")):  # by a killed process
        left.unlink(missing_ok=True)
    new.touch(mode=FILE_MODE, exist_ok=False)
    with closing(_connect(str(new))) as db:
        _prepare(db, path)
    new.replace(path)
    sync_folder(path.parent)


def _refuse_emptied(path: Path) -> None:
    """Refuse a file without content: SQLite takes it for a new database, and all would be lost."""
    if path.stat().st_size == 0:
        raise _unreadable(path, "it is empty")


def open_copy(folder: Path) -> sqlite3.Connection:
    """Open a copy of the journal in memory, for runs that must not write; empty where none is.

    Raises StateError when the journal is damaged or newer.
    """
    path = folder / FILE_NAME
    copy = _connect(":memory:")
    try:
        with _damage_explained(path), TemporaryDirectory(prefix="dinero-sync-") as aside:
            if path.exists():
                _refuse_emptied(path)
                _backup(path, Path(aside), copy)
            _prepare(copy, path)
    except StateError:
        copy.close()
        raise
    return copy


def _backup(path: Path, aside: Path, copy: sqlite3.Connection) -> None:
    """Read the journal at ``path`` into ``copy`` without touching its folder.

    What a killed process left half written has to be undone, which needs a file that may be
    written: that is done on copies in the private folder ``aside``.
    """
    try:
        _read_into(copy, path, "ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        for name in (FILE_NAME, HOT_NAME):
            shutil.copyfile(path.with_name(name), aside / name)
        _read_into(copy, aside / FILE_NAME, "rw")


def _read_into(copy: sqlite3.Connection, path: Path, mode: str) -> None:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as source:
        source.backup(copy)


def _connect(target: str) -> sqlite3.Connection:
    with ExitStack() as stack:
        db = sqlite3.connect(target, isolation_level=None, timeout=BUSY_SECONDS)
        stack.callback(db.close)
        db.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma} = ON")
        db.execute("PRAGMA synchronous = FULL")
        stack.pop_all()
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerStateError(
            f"{path} was written by a newer version of dinero-sync. Nothing was booked. "
            "Install that version again, or a later one."
        )
    db.execute("PRAGMA journal_mode = DELETE")
    if version == 0:
        with transaction(db):
            for statement in _statements(SCHEMA):
                db.execute(statement)
            db.execute("INSERT INTO meta VALUES ('journal', ?)", (str(uuid4()),))
            db.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """Split a script as SQLite does: triggers contain semicolons of their own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _damage_explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateError(
            f"The journal {path} can't be opened ({error.strerror}). Nothing was booked. Give the "
            "state folder to the user that runs dinero-sync, or name another as sync.state_dir."
        ) from error
    except sqlite3.Error as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, why: str) -> StateError:
    return StateError(
        f"The journal {path} can't be read ({why}). Nothing was booked and nothing in it was "
        "changed. Put the folder's last backup back; or let it be made anew from what Dinero "
        "holds: dinero-sync doctor --rebuild"
    )


def primary_code(error: BaseException | None) -> int | None:
    """Return the kind of an error of SQLite's; None for one of the module's own, or another's."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & PRIMARY_CODE


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do several changes together or not at all; durable once left."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # a full disk makes SQLite undo it by itself
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


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
        raise StateError(
            "The journal lacks its own id. Put the state folder's last backup back; or let it be "
            "made anew from what Dinero holds: dinero-sync doctor --rebuild"
        )
    return identity
