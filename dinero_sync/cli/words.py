"""How amounts, times and reasons are shown to a person."""

from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal

from dinero_sync.domain.calendar import COPENHAGEN

REASONS = {
    "before_start": "from before sync.start_date",
    "cancelled": "cancelled in the shop",
    "zero_total": "nothing to pay",
    "by_operator": "skipped by hand",
    "unpaid": "waits until it is paid",
    "unshipped": "waits until it is shipped",
    "awaiting_payment": "booked; the payment is registered once the shop is paid",
    "awaiting_booking": "draft; book it with: dinero-sync book",
}
"""Reasons that aren't holds, in words; holds carry a sentence of their own."""


def amount(value: Decimal | None, currency: str | None) -> str:
    """Write an amount as Danes do: ``1.234,50 DKK``."""
    if value is None:
        return ""
    text = format_decimal(value, format="#,##0.00", locale="da_DK")
    return f"{text} {currency}" if currency else text


def moment(value: datetime | None) -> str:
    """Write a time as it is in Copenhagen."""
    if value is None:
        return "never"
    return f"{value.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}"


def reason_text(reason: str | None) -> str:
    """Write a reason code in words where it has some; else the code."""
    return REASONS.get(reason or "", reason or "")
