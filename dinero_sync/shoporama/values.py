"""Single values as Shoporama may write them, read without guessing.

Shoporama's own answers mix forms: numbers as JSON numbers or as text, flags as ``0``/``1``, and
``""``, ``null``, ``[]`` or ``false`` for "nothing". Every reader here takes all of these, gives
None for "nothing", and raises :class:`UnclearError` for anything with more than one meaning.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from dinero_sync.domain.money import is_whole_ore, round_to_ore

Value = TypeVar("Value")
LARGEST_POWER_OF_TEN = 9
"""Numbers have at most ten digits before the point, so sums of them stay exact."""
MOST_DECIMALS = 10
"""What PHP writes behind them is what a binary fraction can't say: 0.30000000000000004 is 0.3."""
LARGEST_IDENTIFIER = 2**63 - 1
EARLIEST_UNIX_SECONDS = 946_684_800
"""The year 2000. A smaller number is a flag or an id, but no time of an order."""
LATEST_UNIX_SECONDS = 4_102_444_800
"""The year 2100."""

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE]-[0-9]{1,3})?")
"""As PHP writes them: a rest of a subtraction may be ``5.6843418860808E-14``."""
WHOLE_NUMBER = re.compile(r"[0-9]{1,19}")
TIME = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
NO_TIME = re.compile(r"0000-00-00([ T]00:00:00)?|0")
"""What databases behind PHP shops write for a time that hasn't come."""


class UnclearError(ValueError):
    """A value that can't be what it should be.

    The text says what was expected and never repeats the value, which may be personal data.
    """


def is_empty(value: object) -> bool:
    """Tell whether ``value`` is one of the ways to write "nothing"; a zero is not."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is False or (isinstance(value, (list, dict)) and not value)


def first(raw: Mapping[str, object], names: Sequence[str]) -> object:
    """Return what stands under the first of ``names`` that isn't empty; None without any."""
    for name in names:
        if not is_empty(raw.get(name)):
            return raw[name]
    return None


def legible(
    read: Callable[[object], Value | None], raw: Mapping[str, object], names: Sequence[str]
) -> Value | None:
    """Read what stands under the first of ``names``; None for a value that can't be it, too."""
    try:
        return read(first(raw, names))
    except UnclearError:
        return None


def text(value: object) -> str | None:
    """Read a text, trimmed; a number becomes its digits, as in a postal code without quotes."""
    if is_empty(value):
        return None
    if isinstance(value, str):
        return _encodable(value.strip())
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{_bounded(Decimal(value)):f}" if _is_small(value) else _whole_digits(value)
    raise UnclearError("should be a text")


def number(value: object) -> Decimal | None:
    """Read a number, with a point as the decimal sign.

    ``1.234,50`` and ``149,95`` are refused: a comma means thousands to some and decimals to
    others. Binary floats are refused because they no longer are the number that was sent.
    """
    if is_empty(value):
        return None
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return _bounded(Decimal(value.strip()))
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return _bounded(Decimal(value))
    raise UnclearError("should be a number with a point before the decimals, like 149.95")


def amount(value: object) -> Decimal | None:
    """Read an amount in kroner (the shop's currency), rounded to the øre: nobody pays less."""
    found = number(value)
    return None if found is None else round_to_ore(found) + 0  # + 0: no -0.00


def price(value: object) -> Decimal | None:
    """Read what a piece costs in kroner (the shop's currency), which may be finer than an øre."""
    found = number(value)
    return round_to_ore(found) if found is not None and is_whole_ore(found) else found


def quantity(value: object) -> Decimal | None:
    """Read a number of pieces, metres or kilos: at most six digits before the point."""
    found = number(value)
    if found is not None and found.adjusted() > 5:  # noqa: PLR2004 - the docstring says it
        raise UnclearError("should be a number of pieces, below a million")
    return found


def vat_rate(value: object) -> Decimal | None:
    """Read a VAT rate in percent, from 0 up to and without 100."""
    found = number(value)
    if found is not None and not 0 <= found < 100:  # noqa: PLR2004 - a hundred percent
        raise UnclearError("should be a VAT rate in percent, from 0 to 100")
    return found


def identifier(value: object) -> int | None:
    """Read an id; 0 is how a database writes "none"."""
    if is_empty(value):
        return None
    if isinstance(value, str) and WHOLE_NUMBER.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, Decimal) and _is_small(value) and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnclearError("should be a whole number")
    if not 0 <= value <= LARGEST_IDENTIFIER:
        raise UnclearError("should be a positive whole number")
    return value or None


def flag(value: object) -> bool:
    """Read yes or no: ``1``/``0`` as number or text, ``true``/``false``; nothing means no."""
    if is_empty(value):
        return False
    if isinstance(value, (bool, int, Decimal)) and value in (0, 1):
        return bool(value)
    if isinstance(value, str) and value.strip().lower() in {"0", "1", "true", "false"}:
        return value.strip().lower() in {"1", "true"}
    raise UnclearError("should be 1 or 0")


def moment(value: object, zone: ZoneInfo) -> datetime | None:
    """Read a time and return it in UTC.

    Accepted are ``YYYY-MM-DD HH:MM:SS`` (or with ``T``) in the shop's ``zone``, the same with an
    offset or ``Z``, and Unix seconds. In the hour that autumn repeats, the earlier reading is
    taken: reading on from too early a time costs calls, from too late a time orders.
    """
    if is_empty(value):
        return None
    if isinstance(value, str):
        return _moment_of_text(value.strip(), zone)
    return _moment_of_seconds(value)


def flag_or_moment(value: object, zone: ZoneInfo) -> tuple[bool, datetime | None]:
    """Read yes or no, or a time that stands for yes."""
    try:
        return flag(value), None
    except UnclearError:
        pass
    try:
        found = moment(value, zone)
    except UnclearError:
        raise UnclearError("should be 1 or 0, or a time like 2026-12-01 09:30:00") from None
    return found is not None, found


def _moment_of_text(value: str, zone: ZoneInfo) -> datetime | None:
    if NO_TIME.fullmatch(value):
        return None
    if WHOLE_NUMBER.fullmatch(value):
        return _moment_of_seconds(int(value))
    if not TIME.fullmatch(value):
        raise UnclearError("should be a time like 2026-12-01 09:30:00")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise UnclearError("should be a time that exists, like 2026-12-01 09:30:00") from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _moment_of_seconds(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise UnclearError("should be a time like 2026-12-01 09:30:00")
    if value == 0:
        return None
    if not EARLIEST_UNIX_SECONDS <= value < LATEST_UNIX_SECONDS:
        raise UnclearError("should be a time like 2026-12-01 09:30:00, or Unix seconds")
    return datetime.fromtimestamp(int(value), UTC)


def _is_small(value: int | Decimal) -> bool:
    return Decimal(value).adjusted() <= LARGEST_POWER_OF_TEN


def _bounded(value: Decimal) -> Decimal:
    if not _is_small(value):
        raise UnclearError("should be below ten thousand million")
    rounded = round(value, MOST_DECIMALS) + 0  # + 0: no -0.00 is left of -1.4E-14
    return value if value == rounded else rounded


def _whole_digits(value: int | Decimal) -> str:
    """Write a long number that stands for a text, such as a location number of 13 digits."""
    if isinstance(value, Decimal) or not 0 < value <= LARGEST_IDENTIFIER:
        raise UnclearError("should be a text")
    return str(value)


def _encodable(value: str) -> str:
    """Refuse half a surrogate pair: JSON can carry it, but no file and no request can."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnclearError("holds a character that doesn't exist") from None
    return value
