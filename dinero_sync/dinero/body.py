"""What a request to Dinero carries: JSON with exact amounts.

Dinero drops a misspelt field in silence, so every body is built in the module of its resource and
the tests check each against Dinero's OpenAPI document
(https://api.dinero.dk/openapi/index.html).
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.money import is_whole_ore

LARGEST_AMOUNT = Decimal(10) ** 12
"""Up to here a binary float prints any amount in øre digit by digit as it was."""

Body = dict[str, object]
Bodies = Sequence[Body]


def to_json(body: Body | Bodies) -> str:
    """Write a request body; raises ValueError for an amount with a fraction of an øre."""
    return json.dumps(body, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, (UUID, date)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a request to Dinero")


def _number(amount: Decimal) -> int | float:
    if not is_whole_ore(amount) or abs(amount) > LARGEST_AMOUNT:
        raise ValueError("Dinero takes amounts in whole øre, up to 10^12 kroner")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def utc_text(moment: datetime) -> str:
    """Write a time as ``changesSince`` wants it: in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def timestamp_body(timestamp: str) -> Body:
    """Encode the version that was looked at, which is all that booking and deleting send.

    Requests spell it ``Timestamp``, Dinero's answers ``TimeStamp``.
    """
    return {"Timestamp": timestamp}
