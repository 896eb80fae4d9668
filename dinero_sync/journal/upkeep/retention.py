"""Removing personal data that is older than it may be, without breaking the chain."""

import sqlite3
from datetime import datetime

from dinero_sync.journal import contacts, effects
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.rows import utc_text
from dinero_sync.journal.schema import transaction

NOTHING_LEFT = "{}"


def remove_personal_data(
    db: sqlite3.Connection, before: datetime, *, now: datetime, run_id: str
) -> int:
    """Remove what was sent, answered and said by the shop about orders settled before a time.

    The lines of the journal stay, with the hashes of what they carried; so do ids, numbers, totals
    and dates. That it was done is a line of its own, so that nobody else's removing passes for it.
    Returns how many orders lost their contents. Orders that aren't settled keep theirs.
    An order counts as settled from the last thing done about it, or from the shop's last change of
    it where that came later, or where nothing had to be done. What
    VIES and the invoices of others said before that time goes too, and what tells how contacts
    looked that no order with contents is made out to.
    """
    with transaction(db):
        rows = db.execute(
            "SELECT subject, datetime(changed) AS told, (SELECT MAX(datetime(at)) FROM effects"
            "  WHERE effects.subject = subjects.subject) AS acted FROM subjects"
            # an index finds those with contents that the outside hasn't changed since
            " WHERE raw != '{}' AND COALESCE(changed, '') < ? AND NOT EXISTS"
            "  (SELECT 1 FROM documents WHERE documents.subject = subjects.subject"
            "   AND standing IN ('open', 'working', 'held', 'in_doubt'))"
            " AND MAX(COALESCE(told, acted), COALESCE(acted, told)) < datetime(?)",
            (utc_text(before), utc_text(before)),
        ).fetchall()
        for row in rows:
            subject = row["subject"]
            db.execute(
                "DELETE FROM bodies WHERE effect_id IN"
                " (SELECT effect_id FROM effects WHERE subject = ?)",
                (subject,),
            )
            effects.append(
                db,
                at=now,
                run_id=run_id,
                subject=subject,
                kind=EffectKind.RETENTION,
                phase=Phase.DONE,
                body=NOTHING_LEFT,
            )
            db.execute("UPDATE subjects SET raw = ? WHERE subject = ?", (NOTHING_LEFT, subject))
            db.execute(
                "UPDATE documents SET plan = NULL, text = NULL, facts = NULL, steps = NULL"
                " WHERE subject = ?",
                (subject,),
            )
        _remove_beside_orders(db, before)
    return len(rows)


def _remove_beside_orders(db: sqlite3.Connection, before: datetime) -> None:
    contacts.hash_emails(db)
    db.execute(
        "DELETE FROM cache WHERE (name GLOB 'vies_*' OR name GLOB 'elsewhere_*')"
        " AND datetime(read_at) < datetime(?)",
        (before.isoformat(),),
    )
    db.execute(
        "DELETE FROM contacts_sent WHERE guid NOT IN"
        " (SELECT contact_guid FROM documents JOIN subjects USING (subject)"
        "  WHERE contact_guid IS NOT NULL AND raw != ?)",
        (NOTHING_LEFT,),
    )
