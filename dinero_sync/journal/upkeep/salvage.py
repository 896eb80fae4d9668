"""What a damaged journal still tells: above all what people decided, which nothing else remembers.

Nothing is written, and what SQLite left half done beside it is let be.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.domain.hold import ENDED_BY_PERSON
from dinero_sync.journal.database import FILE_NAME
from dinero_sync.journal.documents import Subject
from dinero_sync.journal.effects import EffectKind

ACCEPTED = "accept"
"""The decision about a booked invoice that a person accepted as it is."""
OPERATORS = """
    SELECT effect_id, {subject}, body FROM effects JOIN bodies USING (effect_id)
    WHERE kind = ? ORDER BY effect_id
"""
NUMBERS = "SELECT {subject}, number, reason, {note} FROM {orders} ORDER BY {subject} {end}"
NAMES = {1: {"subject": "order_id", "orders": "orders", "note": "message"}}
"""What stood in the tables of earlier versions."""
PRESENT = {
    "subject": "subject",
    "orders": "subjects JOIN documents USING (subject)",
    "note": "json_extract(facts, '$.text')",
}
ENDS = ("", "DESC")
"""Read from both ends: a damaged page stops a reading, and what lies behind it may be whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about an order or a bill."""

    subject: Subject
    number: str
    """The number that the customer sees; what names it in the journal where that can't be read."""
    code: str
    """A reason of ENDED_BY_PERSON, or ACCEPTED."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What could be read of a damaged journal."""

    decisions: tuple[Decision, ...]
    """Orders by their ids, then bills by their names."""
    is_whole: bool
    """Whether all decisions could be read."""


def salvage(folder: Path) -> Salvaged:
    """Read what people decided from the journal in ``folder``, as far as it can be read."""
    failures: list[sqlite3.Error | ValueError] = []
    with closing(_opened(folder)) as db:
        decided = _decided(db, failures)
        numbers = _numbers(db, decided, failures)
    decisions = (
        Decision(subject=subject, number=numbers.get(subject, str(subject)), code=code, note=note)
        for subject, (code, note) in sorted(decided.items(), key=_place)
    )
    return Salvaged(decisions=tuple(decisions), is_whole=not failures)


def _place(decided: tuple[Subject, object]) -> tuple[bool, int, str]:
    subject, _ = decided
    return (True, 0, subject) if isinstance(subject, str) else (False, subject, "")


def _subject(value: object) -> Subject:
    """Read what names an order, or a bill; raises ValueError for what is neither."""
    text = str(value)
    return text if ":" in text else int(text)


def salvaged_meta(folder: Path, name: str) -> str | None:
    """Return a value that the damaged journal in ``folder`` keeps; None where it can't be read."""
    with closing(_opened(folder)) as db:
        for row in _readable(db, "SELECT value FROM meta WHERE name = ?", (name,), []):
            return str(row[0])
    return None


def _opened(folder: Path) -> sqlite3.Connection:
    """Open the file as it lies there: immutable, so that SQLite undoes and locks nothing."""
    address = f"{(folder / FILE_NAME).resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True)


def _names(db: sqlite3.Connection) -> dict[str, str]:
    """Return how tables and columns are called in a file of its version."""
    for (version,) in _readable(db, "PRAGMA user_version", (), []):
        return NAMES.get(int(str(version)), PRESENT)
    return PRESENT


def _readable(
    db: sqlite3.Connection,
    query: str,
    values: tuple[object, ...],
    failures: list[sqlite3.Error | ValueError],
) -> Iterator[tuple[object, ...]]:
    """Yield the rows up to the first that can't be read."""
    try:
        yield from db.execute(query, values)
    except (sqlite3.Error, ValueError) as error:  # the latter for text that is no UTF-8
        failures.append(error)


def _decided(
    db: sqlite3.Connection, failures: list[sqlite3.Error | ValueError]
) -> dict[Subject, tuple[str, str]]:
    """Return the last decision about each order and bill, with its note."""
    found: dict[Subject, tuple[str, str]] = {}
    query = OPERATORS.format(**_names(db))
    for _, order_id, body in _readable(db, query, (EffectKind.OPERATOR,), failures):
        try:
            decision = json.loads(str(body))
        except ValueError as error:
            failures.append(error)
            continue
        found.pop(_subject(order_id), None)
        for code in (ACCEPTED, *ENDED_BY_PERSON):
            if code in decision:
                found[_subject(order_id)] = (str(code), str(decision[code]))
    return found


def _numbers(
    db: sqlite3.Connection,
    decided: dict[Subject, tuple[str, str]],
    failures: list[sqlite3.Error | ValueError],
) -> dict[Subject, str]:
    """Return the orders' numbers; adds to ``decided`` how orders stand as ended by a person."""
    numbers: dict[Subject, str] = {}
    for end in ENDS:
        query = NUMBERS.format(**_names(db), end=end)
        missed: list[sqlite3.Error | ValueError] = []
        for order_id, number, reason, note in _readable(db, query, (), missed):
            known = _subject(order_id)
            numbers[known] = str(number)
            if reason in ENDED_BY_PERSON:
                decided[known] = (str(reason), str(note or ""))
        if not missed:
            break
        failures += missed
    return numbers
