"""Proof that nothing in the journal's effects was changed or removed."""

import hashlib
import sqlite3
from dataclasses import dataclass

from dinero_sync.journal.effects import NO_HASH, chain_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a look at the whole chain found."""

    lines: int
    bodies_removed: int
    """Bodies that retention removed; their hashes stand."""
    head: str
    faults: tuple[str, ...]
    """Sentences; empty when everything is as it was written."""


def verify(db: sqlite3.Connection, known_heads: tuple[str, ...] = ()) -> Verification:
    """Recompute the chain, and look for every head that is known from elsewhere.

    ``known_heads`` come from the logs: the ``journal_head`` of a ``run.finished``. One that isn't
    in the chain means that its tail was cut off or that it was written anew. The heads that the
    journal noted at the end of each run are looked for as well.
    """
    faults: list[str] = []
    previous, hashes, lines, removed = NO_HASH, {NO_HASH}, 0, 0
    for row in db.execute(
        "SELECT * FROM effects LEFT JOIN bodies USING (effect_id) ORDER BY effect_id"
    ):
        lines += 1
        fields = [row[name] for name in ("at", "run_id", "order_id", "kind", "phase", "body_hash")]
        previous = chain_hash(previous, *fields)
        if previous != row["hash"]:
            faults.append(f"Line {row['effect_id']} or one before it was changed or removed.")
            previous = row["hash"]
        if row["body"] is None:
            removed += 1
        elif hashlib.sha256(row["body"].encode()).hexdigest() != row["body_hash"]:
            faults.append(f"What line {row['effect_id']} sent or got was changed.")
        hashes.add(row["hash"])
    faults += [
        f"The head {head[:12]}… isn't in the chain: its tail was cut off, or it was written anew."
        for head in dict.fromkeys((*_noted_heads(db), *known_heads))
        if head not in hashes
    ]
    return Verification(lines=lines, bodies_removed=removed, head=previous, faults=tuple(faults))


def _noted_heads(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT json_extract(summary, '$.journal_head') AS head FROM runs"
        " WHERE summary IS NOT NULL ORDER BY started"
    )
    return [row["head"] for row in rows if row["head"]]
