"""How amounts, rates, times and rows are shown to a person, and facts to a program."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from dinero_sync.cli.terminal import width, wrapped
from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.texts.catalogue import written
from dinero_sync.texts.screens.saying import tell

LABEL = 44
"""Columns of a row's label; its amount stands to the right of it."""
AMOUNT = 18
ELLIPSIS = "…"
DANISH_MARKS = str.maketrans(",.", ".,")


def amount(value: Decimal | None, currency: str | None, language: Language) -> str:
    """Write an amount as readers of the language do: ``1.234,50 kr.``, ``1,234.50 DKK``."""
    if value is None:
        return ""
    text = f"{value:,.2f}"
    if language is Language.DANISH:
        text = text.translate(DANISH_MARKS)
        currency = "kr." if currency == KRONER else currency
    return f"{text} {currency}" if currency else text


class Sums:
    """How many orders there are, and their sum in each currency: ``2 orders, 90.00 DKK``.

    An order whose amount couldn't be read is counted apart.
    """

    def __init__(self, records: Iterable[OrderRecord] = ()) -> None:
        """Begin with ``records``."""
        self._count = 0
        self._unread = 0
        self._sums: dict[str | None, Decimal] = {}
        for record in records:
            self.add(record)

    def add(self, record: OrderRecord) -> None:
        """Count an order."""
        self._count += 1
        if record.own_total is None:
            self._unread += 1
        else:
            before = self._sums.get(record.currency, Decimal(0))
            self._sums[record.currency] = before + record.own_total

    def told(self, language: Language) -> str:
        """Write how many, and their sum."""
        return f"{tell('amounts.orders', language, count=self._count)}, {self.sum(language)}"

    def sum(self, language: Language) -> str:
        """Write their sum."""
        parts = [amount(total, currency, language) for currency, total in self._sums.items()]
        if self._unread:
            parts.append(tell("amounts.unread", language, count=self._unread))
        return " + ".join(parts)


def moment(value: datetime | None, language: Language) -> str:
    """Write a time as it is in Copenhagen."""
    return tell("amounts.never", language) if value is None else written(value, language)


def times(language: Language) -> Iterator[tuple[str, str]]:
    """Say whose times are told, where a person who looks at this machine's clock sees another."""
    now = datetime.now(UTC)
    here = now.astimezone()
    if here.utcoffset() != now.astimezone(COPENHAGEN).utcoffset():
        told = tell("amounts.danish_time", language, zone=here.tzname() or "?")
        yield tell("amounts.times", language), told


def day_of(value: date | None, language: Language) -> str:
    """Write a day; nothing where there is none."""
    return "" if value is None else written(value, language)


def picked(source: object, *names: str) -> dict[str, object]:
    """Return the attributes of ``source`` that a program is told, by their names."""
    return {name: getattr(source, name) for name in names}


def trimmed(value: Decimal, language: Language = Language.ENGLISH) -> str:
    """Write a rate or a quantity without needless zeros: ``25``, ``12.5``."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language is Language.DANISH else text


def cut(text: str, columns: int) -> str:
    """Shorten a text to so many columns, with a mark where it was cut."""
    return text if len(text) <= columns else text[: columns - 1].rstrip() + ELLIPSIS


def facts(pairs: Iterable[tuple[str, str]], margin: int = 0) -> Iterator[str]:
    """Write names with what they are, one below the other and the values in one column."""
    told = list(pairs)
    behind = margin + 2 + max((len(name) for name, _ in told), default=0)
    for name, value in told:
        yield from wrapped(value or " ", behind, f"{' ' * margin}{name}".ljust(behind))


def row(label: str, value: Decimal | None, currency: str | None, language: Language) -> str:
    """Write a row of a document, with its amount to the right."""
    return f"  {label:<{LABEL}}{amount(value, currency, language):>{AMOUNT}}"


def with_more(row: str, more: str) -> Iterator[str]:
    """Write a row and what there is to say of it: behind it, or below where that is too wide."""
    if len(row) + len(more) + 2 <= width():
        yield f"{row}  {more}"
    else:
        yield row
        yield from wrapped(more, 6)


def line_row(line: InvoiceLine, currency: str, language: Language) -> str:
    """Write an invoice's line as a row."""
    pieces = f"{trimmed(line.quantity, language)} × " if line.quantity != 1 else ""
    text = textwrap.shorten(pieces + line.description, LABEL, placeholder=ELLIPSIS)
    return row(text, line.amount, currency, language)
