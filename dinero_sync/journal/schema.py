"""The journal's tables, and the number by which a file says which version of them it has."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

VERSION = 2
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE subjects (
    subject PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    changed TEXT,
    raw TEXT NOT NULL,
    total TEXT,
    currency TEXT,
    content TEXT,
    held_content TEXT,
    seen_undue INTEGER NOT NULL,
    payment_day TEXT,
    not_elsewhere INTEGER NOT NULL
);
CREATE INDEX subjects_number ON subjects (kind, number);
CREATE INDEX subjects_changed ON subjects (changed);
CREATE INDEX subjects_with_contents ON subjects (COALESCE(changed, '')) WHERE raw != '{}';
CREATE TABLE documents (
    subject NOT NULL,
    document TEXT NOT NULL,
    chain TEXT NOT NULL,
    place INTEGER NOT NULL,
    document_kind TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN
        ('open', 'working', 'behind', 'held', 'in_doubt', 'skipped', 'done')),
    rung TEXT NOT NULL,
    reason TEXT,
    text TEXT,
    facts TEXT,
    steps TEXT,
    looks INTEGER NOT NULL,
    next_look TEXT,
    settings TEXT NOT NULL,
    day TEXT,
    plan TEXT,
    plan_version INTEGER NOT NULL,
    contact_guid TEXT,
    document_number INTEGER,
    total_dkk TEXT,
    PRIMARY KEY (subject, document)
);
CREATE INDEX documents_standing ON documents (standing, settings);
CREATE INDEX documents_next_look ON documents (next_look) WHERE next_look IS NOT NULL;
CREATE INDEX documents_day ON documents (day) WHERE day IS NOT NULL;
CREATE INDEX documents_contact ON documents (contact_guid) WHERE contact_guid IS NOT NULL;
CREATE TABLE effects (
    effect_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    run_id TEXT NOT NULL,
    subject NOT NULL,
    document TEXT NOT NULL,
    kind TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('intent', 'done', 'rejected', 'adopted')),
    body_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX effects_subject ON effects (subject, kind);
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
"""A ``subject`` has no type, so that an order's id stays a number, and a payout's name a text."""


def make(db: sqlite3.Connection) -> None:
    """Make the tables of a new journal."""
    db.execute("PRAGMA journal_mode = DELETE")
    with transaction(db):
        for statement in statements(SCHEMA):
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('journal', ?)", (str(uuid4()),))
        db.execute(f"PRAGMA user_version = {VERSION}")


def version(db: sqlite3.Connection) -> int:
    """Return the version of a file's tables; 0 for what is no journal."""
    (number,) = db.execute("PRAGMA user_version").fetchone()
    return int(number)


def tables() -> dict[str, str]:
    """Return the statement that makes each table, by its name."""
    made = [statement.strip() for statement in statements(SCHEMA)]
    return {each.split()[2]: each for each in made if each.startswith("CREATE TABLE")}


def statements(script: str) -> Iterator[str]:
    """Split a script as SQLite does: triggers contain semicolons of their own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do several changes together or not at all; durable once left.

    Where a change is open already they are part of it, and it goes with them if they fail.
    """
    is_part = db.in_transaction
    open_change(db)
    try:
        yield
    except BaseException:
        if db.in_transaction:  # a full disk makes SQLite undo it by itself
            db.execute("ROLLBACK")
        raise
    if not is_part:
        make_durable(db)


def open_change(db: sqlite3.Connection) -> None:
    """Let what is written from now on wait for :func:`make_durable`."""
    if not db.in_transaction:
        db.execute("BEGIN IMMEDIATE")


def make_durable(db: sqlite3.Connection) -> None:
    """Make what was written durable, where a change is open."""
    if db.in_transaction:
        db.execute("COMMIT")
