"""What the journal tells of a period to be closed: what is open, and what people decided."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.effects import IMPORTED, UNKNOWN_TIME, EffectKind
from dinero_sync.journal.rows import amount_of, day_of

DRAFTS = (Rung.DRAFTED, Rung.VERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A document that isn't done."""

    subject: str
    """An order's number, as the customer sees it; the whole name of a bill or payout."""
    is_order: bool
    document: str
    """Its key, like ``invoice`` or ``credit:1``."""
    standing: str
    rung: str
    reason: str | None
    day: date | None
    """Its accounting date; None where none was decided yet."""
    total: Decimal | None
    currency: str | None

    @property
    def is_draft(self) -> bool:
        """Tell whether it is a draft in Dinero that waits for a person's word."""
        return self.standing == Standing.OPEN and self.rung in DRAFTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about an order, a bill or a payout."""

    at: datetime
    subject: str
    told: str
    """What was decided with its note, as JSON."""


def still_open(db: sqlite3.Connection, last: date) -> Iterator[Open]:
    """Yield what isn't done and is dated ``last`` or earlier, or has no date yet.

    What waits behind a document that is told isn't told by itself.
    """
    rows = db.execute(
        "SELECT subject, kind, number, total, currency, document, standing, rung, reason, day"
        " FROM documents JOIN subjects USING (subject)"
        " WHERE standing IN ('held', 'in_doubt', 'open', 'working') AND (day IS NULL OR day <= ?)"
        " ORDER BY kind, number, document",
        (str(last),),
    )
    for row in rows:
        yield Open(
            subject=_name(row),
            is_order=row["kind"] == "order",
            document=row["document"],
            standing=row["standing"],
            rung=row["rung"],
            reason=row["reason"],
            day=day_of(row["day"]),
            total=amount_of(row["total"]),
            currency=row["currency"],
        )


def decisions(db: sqlite3.Connection, first: date, last: date) -> list[Decision]:
    """List what people decided in a period, and later about what is dated in it, oldest first."""
    begins = datetime.combine(first, time(), COPENHAGEN)
    ends = datetime.combine(last + timedelta(days=1), time(), COPENHAGEN)
    found = []
    rows = db.execute(
        "SELECT at, subject, subjects.kind, number, body, EXISTS (SELECT 1 FROM documents"
        "   WHERE documents.subject = effects.subject AND day BETWEEN ? AND ?) AS is_of_period"
        " FROM effects LEFT JOIN bodies USING (effect_id) JOIN subjects USING (subject)"
        " WHERE effects.kind = ? ORDER BY effect_id",
        (str(first), str(last), str(EffectKind.OPERATOR)),
    )
    for row in rows:
        at = _decided(row)
        if begins <= at < ends or (at >= ends and row["is_of_period"]):
            found.append(Decision(at=at, subject=_name(row), told=row["body"] or "{}"))
    return sorted(found, key=attrgetter("at"))


def _decided(row: sqlite3.Row) -> datetime:
    """Return when a person decided it: what was taken over from another journal says so itself."""
    made = json.loads(row["body"] or "{}").get(IMPORTED, UNKNOWN_TIME)
    return datetime.fromisoformat(row["at"] if made == UNKNOWN_TIME else made)


def _name(row: sqlite3.Row) -> str:
    return row["number"] if row["kind"] == "order" else str(row["subject"])
