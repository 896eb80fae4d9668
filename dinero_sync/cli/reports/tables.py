"""How amounts, rates, times and rows are shown to a person, and facts to a program."""

import textwrap
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.journal.documents import OrderRecord

UNKNOWN = "amount not read"


def amount(value: Decimal | None, currency: str | None) -> str:
    """Write an amount as Danes do: ``1.234,50 DKK``."""
    if value is None:
        return ""
    text = format_decimal(value, format="#,##0.00", locale="da_DK")
    return f"{text} {currency}" if currency else text


class Sums:
    """How many orders there are, and their sum in each currency: ``2 orders, 90,00 DKK``.

    An order whose amount couldn't be read is counted apart.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._unread = 0
        self._sums: dict[str | None, Decimal] = {}

    def add(self, record: OrderRecord) -> None:
        """Count an order."""
        self._count += 1
        if record.own_total is None:
            self._unread += 1
        else:
            before = self._sums.get(record.currency, Decimal(0))
            self._sums[record.currency] = before + record.own_total

    def __str__(self) -> str:
        """Write them."""
        parts = [amount(total, currency) for currency, total in self._sums.items()]
        if self._unread:
            parts.append(f"{self._unread} with {UNKNOWN}")
        noun = "order" if self._count == 1 else "orders"
        return f"{self._count} {noun}, {' + '.join(parts)}"


def count_and_sum(records: Iterable[OrderRecord]) -> str:
    """Write how many orders there are and their sum, see :class:`Sums`."""
    sums = Sums()
    for record in records:
        sums.add(record)
    return str(sums)


def moment(value: datetime | None) -> str:
    """Write a time as it is in Copenhagen."""
    if value is None:
        return "never"
    return f"{value.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}"


def picked(source: object, *names: str) -> dict[str, object]:
    """Return the attributes of ``source`` that a program is told, by their names."""
    return {name: getattr(source, name) for name in names}


def trimmed(value: Decimal) -> str:
    """Write a rate or a quantity without needless zeros: ``25``."""
    return f"{value.normalize():f}"


def row(label: str, value: Decimal | None, currency: str | None) -> str:
    """Write a row of a document, with its amount to the right; more may follow behind it."""
    return f"  {label:<46}{amount(value, currency):>18}"


def line_row(line: InvoiceLine, currency: str) -> str:
    """Write an invoice's line as a row."""
    pieces = f"{trimmed(line.quantity)} x " if line.quantity != 1 else ""
    text = textwrap.shorten(pieces + line.description, 44, placeholder="…")
    return row(text, line.amount, currency)
