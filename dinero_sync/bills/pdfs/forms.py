"""Days and amounts in the form that a template states."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache

MONTHS = (
    ("januar", "january", "jan", "januari"),
    ("februar", "february", "feb", "februari"),
    ("marts", "march", "mar", "mars", "märz", "maart"),
    ("april", "apr"),
    ("maj", "may", "mai", "mei"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug", "augusti", "augustus"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec", "desember", "dezember"),
)
"""In Danish and English, whole and short, and as neighbours have them; no name is two months'."""
MONTH_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
DAY_CODES = {"d": "day", "m": "month", "B": "month", "b": "month", "Y": "year", "y": "year"}
"""The codes of a form of days, which are those of strftime, and which part each is."""
OF_CODES = {
    "d": r"(?P<day>[0-9]{1,2})",
    "m": r"(?P<month>[0-9]{1,2})",
    "B": r"(?P<month>[^\W\d_]{3,9})\.?",
    "b": r"(?P<month>[^\W\d_]{3,9})\.?",
    "Y": r"(?P<year>[0-9]{4})",
    "y": r"(?P<year>[0-9]{2})",
}
CENTURY = 2000
SIGNS = {
    "DKK": ("kr.", "kr"),
    "NOK": ("kr.", "kr"),
    "SEK": ("kr.", "kr", "SEK"),
    "EUR": ("€", "Euro"),
    "USD": ("US$", "$"),
    "GBP": ("£",),
}
"""What stands for a currency beside its code."""
MINUS = "-−–"  # noqa: RUF001 - the signs that bills have for it

RATE = re.compile(r"\(?[0-9]{1,2}(?:[.,][0-9]+)? ?%\)?")
"""A VAT rate, as it stands between a label and an amount."""


def plain_line(text: str) -> str:
    """Write a line with one kind of space and without signs that nobody sees."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        " " if sign.isspace() else sign for sign in normal if unicodedata.category(sign) != "Cf"
    )


def day_in(text: str, form: str) -> date | None:
    """Return the day with which ``text`` begins, if it is written in ``form``; else None."""
    written = _day_pattern(form).match(text)
    if written is None:
        return None
    year, month = int(written["year"]), written["month"]
    number = int(month) if month.isdigit() else MONTH_OF.get(month.lower(), 0)
    try:
        return date(year if year > 99 else CENTURY + year, number, int(written["day"]))  # noqa: PLR2004 - a year of two digits
    except ValueError:
        return None


@cache
def _day_pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"(%.|\s+)", form)
    pattern = "".join(_of_form(part) for part in parts if part)
    return re.compile(rf"{pattern}(?![0-9A-Za-z])")


def _of_form(part: str) -> str:
    if part.isspace():
        return r" *"
    return OF_CODES[part[1]] if part.startswith("%") else re.escape(part)


class AmountForm:
    """How a template's supplier writes amounts of one currency."""

    def __init__(
        self, decimal: str, thousands: Iterable[str], currency: str, *, whole: bool
    ) -> None:
        """State the signs; ``whole``: whether an amount may stand without øre."""
        self._decimal = decimal
        self._thousands = tuple(thousands)
        named = "|".join(
            re.escape(sign)
            for sign in sorted({currency, *SIGNS.get(currency, ())}, key=len, reverse=True)
        )
        self.currency = re.compile(rf"(?:{named})", re.IGNORECASE)
        between = "|".join(re.escape(sign) for sign in self._thousands)
        groups = rf"[0-9]{{1,3}}(?:(?:{between})[0-9]{{3}})+|" if between else ""
        point = re.escape(decimal)
        fraction = rf"(?:{point}(?:[0-9]{{2}}|-))?" if whole else rf"{point}[0-9]{{2}}"
        self._pattern = re.compile(
            rf"(?:(?:{named}) ?)?(?P<open>\(?)(?P<minus>[{MINUS}]? ?)(?:(?:{named}) ?)?"
            rf"(?P<digits>(?:{groups}[0-9]{{1,12}}){fraction})(?P<behind> ?[{MINUS}]?)"
            rf"(?P<close>\)?)(?: ?(?:{named}))?",
            re.IGNORECASE,
        )

    def amount(self, text: str) -> Decimal | None:
        """Read a text that is one amount and nothing else; None for anything else."""
        written = self._pattern.fullmatch(text)
        if written is None or bool(written["open"]) != bool(written["close"]):
            return None
        digits = written["digits"].removesuffix("-")
        for sign in self._thousands:
            digits = digits.replace(sign, "")
        amount = Decimal(digits.replace(self._decimal, ".").rstrip("."))
        signs = [written["minus"].strip(), written["behind"].strip(), written["open"]]
        return -amount if any(signs) else amount

    def is_beside(self, text: str) -> bool:
        """Tell whether a text is what stands beside amounts: the currency, or a rate."""
        return bool(self.currency.fullmatch(text)) or bool(RATE.fullmatch(text))
