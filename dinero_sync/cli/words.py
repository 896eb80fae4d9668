"""How amounts, times and reasons are shown to a person."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.journal.orders import OrderRecord

UNKNOWN = "amount not read"
REASONS = {
    "before_start": "from before sync.start_date",
    "cancelled": "cancelled in the shop",
    "zero_total": "nothing to pay",
    "by_operator": "skipped by hand",
    "unpaid": "waits until it is paid",
    "unshipped": "waits until it is shipped",
    "awaiting_payment": "booked; the payment is registered once the shop is paid",
    "awaiting_booking": "draft; waits for your word: dinero-sync book ORDER",
}
"""Reasons that aren't holds, in words; holds carry a sentence of their own."""


def amount(value: Decimal | None, currency: str | None) -> str:
    """Write an amount as Danes do: ``1.234,50 DKK``."""
    if value is None:
        return ""
    text = format_decimal(value, format="#,##0.00", locale="da_DK")
    return f"{text} {currency}" if currency else text


def count_and_sum(records: Sequence[OrderRecord]) -> str:
    """Write how many orders there are and their sum in each currency: ``2 orders, 90,00 DKK``.

    An order whose amount couldn't be read is counted apart.
    """
    noun = "order" if len(records) == 1 else "orders"
    sums: dict[str | None, Decimal] = {}
    for record in records:
        if record.total is not None:
            sums[record.currency] = sums.get(record.currency, Decimal(0)) + record.total
    unread = sum(1 for record in records if record.total is None)
    parts = [amount(total, currency) for currency, total in sums.items()]
    if unread:
        parts.append(f"{unread} with {UNKNOWN}")
    return f"{len(records)} {noun}, {' + '.join(parts)}"


def moment(value: datetime | None) -> str:
    """Write a time as it is in Copenhagen."""
    if value is None:
        return "never"
    return f"{value.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}"


def reason_text(reason: str | None) -> str:
    """Write a reason code in words where it has some; else the code."""
    return REASONS.get(reason or "", reason or "")
