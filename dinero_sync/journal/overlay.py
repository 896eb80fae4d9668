"""A dry run's journal: the real one, which is only read, and above it what the run would change.

What is changed lies in SQLite's own temporary database, a file without a name that nobody else can
open. The tables are views for as long: of a row that was changed, the new one shows; all others are
read where they are. So a dry run takes no longer to begin, and no more memory, in a journal of
years. What another run does meanwhile shows through.
"""

import re
import sqlite3

from dinero_sync.journal.schema import SCHEMA, statements, tables

KEPT = "kept"
"""The name by which the real journal is attached."""
OWN = ("calls", "runs")
"""Tables of which a dry run has its own: how often it may call, and that it runs."""
NAMED = re.compile(r"\b(TABLE|INDEX|ON|REFERENCES) (\w+)")


def lay_over(db: sqlite3.Connection, address: str) -> None:
    """Let ``db``, a new temporary database, show the journal at a URI which may only be read.

    Views take neither ON CONFLICT DO UPDATE nor tell the id of a new row: none of the journal's
    statements about them needs either.
    """
    db.execute(f"ATTACH ? AS {KEPT}", (address,))
    for statement in map(str.strip, statements(SCHEMA)):
        if statement.split()[1] in {"TABLE", "INDEX"}:
            db.execute(_of_its_own(statement))
    db.execute(f"INSERT INTO calls SELECT * FROM {KEPT}.calls")  # noqa: S608 - our own name
    for table in tables():
        if table not in OWN:
            _show(db, table)


def _of_its_own(statement: str) -> str:
    """Return the statement that makes a table, or an index on it, for what is changed."""

    def named(found: re.Match[str]) -> str:
        word, name = found.groups()
        is_own = name.partition("_")[0] in OWN
        return found.group() if is_own else f"{word} new_{name}"

    return NAMED.sub(named, statement)


def _show(db: sqlite3.Connection, table: str) -> None:
    """Show both, the changed rows and all others of a table, under its own name."""
    columns = db.execute(f"PRAGMA {KEPT}.table_info({table})").fetchall()
    key = [row["name"] for row in columns if row["pk"]]
    names = [row["name"] for row in columns]

    def of(source: str, chosen: list[str]) -> str:
        return ", ".join(f"{source}.{name}" for name in chosen)

    def same(source: str, other: str) -> str:
        return " AND ".join(f"{source}.{name} = {other}.{name}" for name in key)

    passed = f"INSERT OR IGNORE INTO passed_{table} VALUES"
    gone = f"DELETE FROM new_{table} WHERE {same(f'new_{table}', 'OLD')}"  # noqa: S608 - our own names
    put = f"INSERT OR REPLACE INTO new_{table} VALUES ({of('NEW', names)})"  # noqa: S608 - the same
    old, new = of("OLD", key), of("NEW", key)
    db.execute(f"CREATE TABLE passed_{table} ({', '.join(key)}, PRIMARY KEY ({', '.join(key)}))")
    db.execute(
        f"CREATE TEMP VIEW {table} AS SELECT * FROM main.new_{table} UNION ALL"  # noqa: S608 - the same
        f" SELECT * FROM {KEPT}.{table} AS old WHERE NOT EXISTS"
        f" (SELECT 1 FROM main.passed_{table} AS passed WHERE {same('passed', 'old')})"
    )
    for event, done in (
        ("INSERT", f"{passed} ({new}); {put};"),
        ("UPDATE", f"{passed} ({old}), ({new}); {gone}; {put};"),
        ("DELETE", f"{passed} ({old}); {gone};"),
    ):
        db.execute(
            f"CREATE TEMP TRIGGER {event}_{table} INSTEAD OF {event} ON {table} BEGIN {done} END"
        )
