"""What settlement files told of money that went back to buyers, among the lines of their orders."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dinero_sync.domain.documents import canonical_json, fields_of
from dinero_sync.journal import effects
from dinero_sync.journal.effects import EffectKind, Phase

REFUND, CHARGEBACK = "refund", "chargeback"
"""The kinds of such rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack:
    """A refund or a chargeback of one order, as a row of a settlement file tells it."""

    payout: str
    """The whole name of the payout that it is in."""
    kind: str
    """``REFUND`` or ``CHARGEBACK``."""
    place: int
    """Which of that kind it is among those of the order in the payout, from 1."""
    day: date
    """The provider's."""
    amount: Decimal
    """Positive for what went back, negative for what came to the shop again."""
    currency: str
    """The buyer's, as far as the file tells it."""


def note(
    db: sqlite3.Connection, order_id: int, rows: Iterable[WentBack], at: datetime, run_id: str
) -> None:
    """Write down what a file told of an order, each row once."""
    known = set(of_order(db, order_id))
    for row in rows:
        if row not in known:
            effects.append(
                db,
                at=at,
                run_id=run_id,
                subject=order_id,
                kind=EffectKind.PROVIDER,
                phase=Phase.DONE,
                body=canonical_json(fields_of(row)),
            )


def of_order(db: sqlite3.Connection, order_id: int) -> list[WentBack]:
    """Return what files told of an order, by their days; a row that was corrected as it is now."""
    rows = db.execute(
        "SELECT body FROM effects JOIN bodies USING (effect_id)"
        " WHERE subject = ? AND kind = ? ORDER BY effect_id",
        (order_id, str(EffectKind.PROVIDER)),
    )
    told = (_read(json.loads(row["body"])) for row in rows)
    latest = {(each.payout, each.kind, each.place): each for each in told}
    return sorted(latest.values(), key=lambda each: (each.day, each.payout, each.place))


def _read(told: dict[str, str]) -> WentBack:
    return WentBack(
        payout=told["payout"],
        kind=told["kind"],
        place=int(told["place"]),
        day=date.fromisoformat(told["day"]),
        amount=Decimal(told["amount"]),
        currency=told["currency"],
    )
