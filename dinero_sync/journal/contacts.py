"""Dinero's contacts, reduced to what finds them again: no names, no addresses.

An e-mail address stands here as a hash, which finds its contact and tells nobody the address. So
there is nothing here to remove when the orders of a buyer grow old.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dinero_sync.journal.database import journal_id, meta, set_meta
from dinero_sync.journal.rows import moment_of
from dinero_sync.journal.schema import transaction

READ_UNTIL = "contacts_read_until"
HASHED = "contacts_hashed"
"""Stands in the journal once no address is left in it that an earlier version kept as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContact:
    """A live contact in Dinero; the texts are normalised, and empty where there is none."""

    guid: UUID
    email: str
    vat_number: str
    ean: str


def read_until(db: sqlite3.Connection) -> datetime | None:
    """Return up to when Dinero's contacts were read; None when they never were."""
    return moment_of(meta(db, READ_UNTIL))


def refresh(
    db: sqlite3.Connection,
    live: Iterable[KnownContact],
    deleted: Iterable[UUID],
    until: datetime,
) -> None:
    """Take in the contacts that changed, together with the time of the reading."""
    with transaction(db):
        hash_emails(db)
        for contact in live:
            remember(db, contact)
        for guid in deleted:
            forget(db, guid)
        set_meta(db, READ_UNTIL, until.isoformat())


def remember(db: sqlite3.Connection, contact: KnownContact) -> None:
    """Take in one contact."""
    db.execute(
        "INSERT OR REPLACE INTO contacts (guid, email, vat_number, ean) VALUES (?, ?, ?, ?)",
        (str(contact.guid), _hashed(db, contact.email), contact.vat_number, contact.ean),
    )


def forget(db: sqlite3.Connection, guid: UUID) -> None:
    """Let go of a contact that Dinero no longer has."""
    db.execute("DELETE FROM contacts WHERE guid = ?", (str(guid),))


def hash_emails(db: sqlite3.Connection) -> None:
    """Replace the addresses that an earlier version kept as they are; looks for them but once."""
    if meta(db, HASHED) is not None:
        return
    rows = db.execute("SELECT guid, email FROM contacts WHERE email LIKE '%@%'").fetchall()
    for row in rows:
        hashed = _hashed(db, row["email"])
        db.execute("UPDATE contacts SET email = ? WHERE guid = ?", (hashed, row["guid"]))
    set_meta(db, HASHED, "true")


def _hashed(db: sqlite3.Connection, email: str) -> str:
    """Return what stands for an address in this journal; the same address differs in another."""
    return hashlib.sha256(f"{journal_id(db)}:{email}".encode()).hexdigest() if email else ""


def is_known(db: sqlite3.Connection, guid: UUID) -> bool:
    """Tell whether Dinero is known to have the contact."""
    row = db.execute("SELECT 1 FROM contacts WHERE guid = ?", (str(guid),)).fetchone()
    return row is not None


def documents_of(db: sqlite3.Connection, guid: UUID) -> int:
    """Count the booked documents that are made out to a contact."""
    query = "SELECT COUNT(*) FROM documents WHERE contact_guid = ? AND rung = 'booked'"
    (count,) = db.execute(query, (str(guid),)).fetchone()
    return int(count)


def found_by(db: sqlite3.Connection, *, ean: str, vat_number: str, email: str) -> list[UUID]:
    """Find contacts by the first of EAN, VAT number and e-mail that isn't empty."""
    keys = (("ean", ean), ("vat_number", vat_number), ("email", _hashed(db, email)))
    for column, value in keys:
        if value:
            rows = db.execute(
                f"SELECT guid FROM contacts WHERE {column} = ? ORDER BY guid",  # noqa: S608 - our own names
                (value,),
            )
            return [UUID(row["guid"]) for row in rows]
    return []


def last_sent(db: sqlite3.Connection, guid: UUID) -> str:
    """Return the hash of what a contact was last given by us; empty when it never was."""
    row = db.execute("SELECT hash FROM contacts_sent WHERE guid = ?", (str(guid),)).fetchone()
    return "" if row is None else str(row["hash"])


def note_sent(db: sqlite3.Connection, guid: UUID, content_hash: str) -> None:
    """Remember the hash of what a contact was given."""
    db.execute("INSERT OR REPLACE INTO contacts_sent VALUES (?, ?)", (str(guid), content_hash))
