"""Amounts and days as files write them: the form is found out from a whole file, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dinero_sync.domain.step import Steps, Yaml, sentence
from dinero_sync.settlements.refusal import RefusedFileError

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WITHOUT_SMALL_UNIT = frozenset(
    "BIF CLP DJF GNF JPY KMF KRW PYG RWF VND VUV XAF XOF XPF".split()  # noqa: SIM905 - one reads it
)
WITH_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905 - the same
UNCLEAR = frozenset("CLF HUF ISK MGA MRU TWD UGX UYW".split())  # noqa: SIM905 - the same
"""Their smallest unit isn't the same at all providers, or isn't a tenth of anything."""
CODE = re.compile(r"[A-Z]{3}")
SIGNS = str.maketrans({"−": "-", "‒": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "’": "'"})  # noqa: RUF001 - as files have them
AMOUNT = {
    ".": re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:[ ,'][0-9]{3})+)(\.[0-9]{1,3})?"),
    ",": re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:[ .'][0-9]{3})+)(,[0-9]{1,3})?"),
}
SIMPLE = {mark: re.compile(rf"-?[0-9]+[{mark}][0-9]{{2}}") for mark in ".,"}
"""As nearly all amounts are written: these go a shorter way."""
GROUPS = re.compile(r"[ .,']")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
LAST_MONTH = 12


def decimals_of(currency: str) -> int:
    """Return how many decimals amounts in a currency have (ISO 4217)."""
    if currency in WITHOUT_SMALL_UNIT:
        return 0
    return 3 if currency in WITH_THOUSANDTHS else 2


def from_minor(amount: object, currency: str) -> Decimal:
    """Return an amount that is given in the smallest unit of its currency, like øre.

    Raises RefusedFileError for one that is no whole number, and for currencies whose smallest unit
    providers count differently.
    """
    if currency in UNCLEAR or not CODE.fullmatch(currency):
        raise RefusedFileError("currency_unclear", currency=currency[:3])
    if isinstance(amount, str) and re.fullmatch(r"-?[0-9]{1,15}", amount):
        amount = int(amount)
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise RefusedFileError("amount_not_in_minor_units")
    return Decimal(amount).scaleb(-decimals_of(currency))


def currency_of(text: str, line: int | None = None) -> str:
    """Read the code of a currency; raises RefusedFileError for what is none."""
    code = text.strip().upper()
    if CODE.fullmatch(code):
        return code
    if line is None:
        raise RefusedFileError("no_currency_in_entry")
    raise RefusedFileError("no_currency", line=line)


@dataclass(slots=True)
class Amounts:
    """Reads the amounts of one file, all written in one way."""

    mark: str
    """What stands before the decimals: a point or a comma."""

    def read(self, text: str, currency: str, line: int, column: str) -> Decimal:
        """Return an amount; raises RefusedFileError for what is none in this file's way."""
        if SIMPLE[self.mark].fullmatch(text) and decimals_of(currency) == 2:  # noqa: PLR2004 - as most have
            return Decimal(text.replace(",", "."))
        plain = plain_amount(text)
        found = AMOUNT[self.mark].fullmatch(plain)
        if found is None:
            raise RefusedFileError("amount_unclear", line=line, column=column)
        decimals = found[1] or ""
        if len(decimals) - 1 > decimals_of(currency) and decimals.strip("0.,"):
            raise RefusedFileError("too_many_decimals", line=line, column=column)
        whole = plain.removesuffix(decimals) if decimals else plain
        return Decimal(GROUPS.sub("", whole) + decimals.replace(",", "."))


def mark_of(cells: Iterable[tuple[int, str]]) -> str:
    """Find the decimal mark by which all amounts of a file can be read.

    ``cells`` are amounts with the lines where they stand. Raises RefusedFileError where there is no
    such mark, and where every amount has three digits behind its only sign: 1.234 may be both.
    """
    possible = {".", ","}
    has_marks = False
    for line, text in cells:
        plain = plain_amount(text)
        if not plain or plain.isdigit():
            continue
        possible = {mark for mark in possible if AMOUNT[mark].fullmatch(plain)}
        if not possible:
            raise RefusedFileError("amounts_in_two_ways", line=line)
        has_marks = has_marks or not plain.lstrip("-+").isdigit()
    if has_marks and len(possible) > 1:
        raise RefusedFileError("decimal_mark_unclear", state_mark())
    return "." if "." in possible else ","


def state_mark() -> Steps:
    """Return what to do where a file doesn't show which sign stands before its decimals."""
    return (sentence("settlement_state_decimal"), Yaml('      columns: {decimal: ","}\n'))


def plain_amount(text: str) -> str:
    """Write an amount with plain signs, its minus in front."""
    plain = text.translate(SIGNS).strip()
    return f"-{plain[:-1].strip()}" if plain.endswith("-") else plain


@dataclass(slots=True)
class Days:
    """Reads the days of one file, all written in one order; times behind them are left."""

    day_first: bool
    """Whether 01/02 is the first of February; without a meaning where the year stands first."""
    stated: str = ""
    """The order as the configuration has it, for strptime."""
    _known: dict[str, date] = field(default_factory=dict)

    def read(self, text: str, line: int, column: str) -> date:
        """Return a day; raises RefusedFileError for what is none in this file's way."""
        written = text.strip() if "%H" in self.stated else day_part(text)
        known = self._known.get(written)
        if known is None:
            found = _stated_day(written, self.stated) if self.stated else self._found(written)
            if found is None:
                raise RefusedFileError("day_unclear", line=line, column=column)
            known = self._known[written] = found
        return known

    def _found(self, written: str) -> date | None:
        if year_first := YEAR_FIRST.fullmatch(written):
            return _day(year_first[1], year_first[3], year_first[4])
        if year_last := YEAR_LAST.fullmatch(written):
            first, second = year_last[1], year_last[3]
            month, day = (second, first) if self.day_first else (first, second)
            return _day(year_last[4], month, day)
        return None


def days_of(cells: Iterable[str]) -> Days:
    """Find the order in which all days of a file are written.

    With points it is day, month, year everywhere; else a day above 12 has to show it. Raises
    RefusedFileError where none does.
    """
    has_day_first = has_month_first = is_open = False
    for written in {day_part(each) for each in cells}:
        found = YEAR_LAST.fullmatch(written)
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        has_day_first = has_day_first or found[2] == "." or first > LAST_MONTH
        has_month_first = has_month_first or second > LAST_MONTH
        is_open = is_open or first != second
    if is_open and not (has_day_first or has_month_first):
        raise RefusedFileError("day_order_unclear", _longer_period())
    return Days(day_first=has_day_first or not has_month_first)


def day_part(text: str) -> str:
    """Return what stands before the time of day."""
    return text.strip().partition("T")[0].partition(" ")[0]


def day_in_copenhagen(time: object) -> date:
    """Return the day of an ISO time with its offset, or of seconds since 1970.

    Raises RefusedFileError for anything else.
    """
    try:
        if isinstance(time, int):
            return datetime.fromtimestamp(time, UTC).astimezone(COPENHAGEN).date()
        moment = datetime.fromisoformat(str(time))
    except (ValueError, OverflowError, OSError):
        raise RefusedFileError("day_unclear_in_entry") from None
    if moment.tzinfo is None:
        raise RefusedFileError("day_unclear_in_entry")
    return moment.astimezone(COPENHAGEN).date()


def _longer_period() -> Steps:
    return (sentence("settlement_longer_period"), Yaml('      columns: {dates: "%d/%m/%Y"}\n'))


def _stated_day(written: str, stated: str) -> date | None:
    try:
        return datetime.strptime(written, stated).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
