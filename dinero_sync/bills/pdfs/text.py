"""The text of a PDF, read as a template says."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple, TypeVar

from dinero_sync.bills.numbers import percent
from dinero_sync.bills.pdfs.forms import SIGNS, AmountForm, day_in, plain_line
from dinero_sync.bills.pdfs.template import Pick, Place, RatePlaces, Template
from dinero_sync.bills.statement import Statement
from dinero_sync.domain.papers.bill import BillKind, RateAmount

Value = TypeVar("Value")
LONGEST_LINE = 1000
"""Signs; a line of a page is about 200 wide."""
INVOICES = ("Faktura", "Invoice", "Tax invoice", "Rechnung", "Facture", "Factuur")
NUMBERED = r"(?: (?:nr|no|number|nummer|#)\.?)?:? ?(?:#? ?[A-Z/-]*[0-9][0-9A-Z/-]*)?"
"""What may follow a heading, so that it still is one."""
NO_BILLS = ("Proforma", "Pro forma", "Proforma invoice", "Proformafaktura", "Rykker")
"""What stands over documents that look like a bill and are none."""
SPACE_IN_NUMBER = re.compile(r"(?<=[0-9]) (?=[0-9])")
CELL = re.compile(r"\S+(?: \S+)*")
"""What stands together: its words are one space apart, its neighbours more."""


class Cell(NamedTuple):
    """Words that stand together on a line, and where."""

    start: int
    end: int
    text: str


Line = tuple[str, tuple[Cell, ...]]


class UnclearError(Exception):
    """A template finds different values where there must be one."""

    def __init__(self, field: str, values: Sequence[object]) -> None:
        """Name the field, and what was found for it."""
        super().__init__(field)
        self.field = field
        self.values = tuple(map(str, values))


def lines_in(pages: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a PDF that aren't empty, each with its cells."""
    plain = (plain_line(line[:LONGEST_LINE]) for page in pages for line in page.splitlines())
    return tuple((line, _cells(line)) for line in plain if line.strip())


def fits(template: Template, text: str) -> bool:
    """Tell whether all words by which a template knows its bills stand in ``text``.

    A number does so too where it is written in groups: 35 05 50 96.
    """
    together = SPACE_IN_NUMBER.sub("", text)
    return all(squeezed(word) in text or squeezed(word) in together for word in template.match)


def squeezed(text: str) -> str:
    """Write a text in lower case and with single spaces, to look for words in it."""
    return " ".join(plain_line(text).lower().split())


def is_no_bill(lines: Sequence[Line]) -> bool:
    """Tell whether a document says itself that it isn't a bill."""
    return _is_headed(lines, NO_BILLS)


def _is_headed(lines: Sequence[Line], words: Sequence[str]) -> bool:
    """Tell whether one of ``words`` stands by itself, or with a number alone behind it."""
    headings = [re.compile(_label(word).pattern + NUMBERED, re.IGNORECASE) for word in words]
    return any(
        heading.fullmatch(cell.text) for _, cells in lines for cell in cells for heading in headings
    )


def _kind(lines: Sequence[Line], template: Template) -> BillKind:
    """Return which kind of bill it is. Raises UnclearError where it bears the headings of both."""
    if not _is_headed(lines, template.credit_note):
        return BillKind.INVOICE
    if template.says_what_is_a_credit_note or not _is_headed(lines, INVOICES):
        return BillKind.CREDIT_NOTE
    raise UnclearError("kind", tuple(BillKind))


def stated_in_text(lines: Sequence[Line], template: Template) -> Statement:
    """Read what the template names; None for what isn't there. Raises UnclearError."""
    day = partial(_day, template.dates)
    currency = _currency(lines, template)
    said = Statement(
        kind=_kind(lines, template),
        supplier=template.supplier,
        vat_number=template.vat_number,
        number=_value("number", lines, template.number, _number),
        date=_value("date", lines, template.date, day),
        due=_value("due", lines, template.due, day),
        currency=currency,
    )
    return said if currency is None else _with_amounts(said, currency, lines, template)


def _with_amounts(
    said: Statement, currency: str, lines: Sequence[Line], template: Template
) -> Statement:
    form = AmountForm(template.decimal, template.thousands, currency, whole=template.whole_amounts)
    total = _amount("total", lines, template.total, form)
    found = [
        (each, _amount("net", lines, each.net, form), _amount("vat", lines, each.vat, form))
        for each in template.amounts
    ]
    return replace(said, amounts=tuple(_rates(found, total)), total=total)


def _rates(
    found: Sequence[tuple[RatePlaces, Decimal | None, Decimal | None]], total: Decimal | None
) -> Iterator[RateAmount]:
    """Yield what the rates come to that are on the bill; the only one's net may follow."""
    for places, net, vat in found:
        tax = Decimal(0) if places.vat is None else vat
        if net is None and places.net is None and tax is not None and total is not None:
            net = total - tax  # noqa: PLW2901 - what the bill leaves to be reckoned
        if net is not None and tax is not None:
            yield RateAmount(rate=percent(places.rate), net=net, vat=tax)


def _currency(lines: Sequence[Line], template: Template) -> str | None:
    """Return the template's currency that alone is named on the bill.

    A template's only one needn't be named, unless another is.
    """
    named = {
        code
        for code, signs in SIGNS.items()
        if any(_label(sign).search(line) for line, _ in lines for sign in (code, *signs))
    }
    ours = [each for each in template.currency if each in named or each not in SIGNS]
    if len(template.currency) == 1 and (ours or not named):
        return template.currency[0]
    return ours[0] if len(ours) == 1 else None


def _value(
    field: str,
    lines: Sequence[Line],
    place: Place | None,
    read: Callable[[Sequence[str]], Sequence[Value]],
) -> Value | None:
    """Return the value at a place; None where there is none. Raises UnclearError for several."""
    if place is None:
        return None
    values = [value for cells in _cells_at(lines, place) for value in read(cells)]
    different = list(dict.fromkeys(values))
    if len(different) > 1 and place.pick is None:
        raise UnclearError(field, tuple(different))
    if not values:
        return None
    return values[-1] if place.pick is Pick.LAST else values[0]


def _amount(
    field: str, lines: Sequence[Line], place: Place | None, form: AmountForm
) -> Decimal | None:
    if place is None:
        return None
    return _value(field, lines, place, partial(_amounts, form, place.column))


def _cells_at(lines: Sequence[Line], place: Place) -> Iterator[Sequence[str]]:
    """Yield what stands at a place: the cells behind each label, or the one below it."""
    for at, (line, cells) in enumerate(lines):
        for label in map(_label, place.after):
            for found in label.finditer(line):
                yield _behind(line[found.end() :])
        below = lines[at + 1][1] if at + 1 < len(lines) else ()
        for over in _headings(cells, place.below):
            yield [
                cell.text
                for cell in below
                if cell.start <= over.end + 1 and cell.end >= over.start - 1
            ]


def _headings(cells: Sequence[Cell], labels: Sequence[str]) -> Iterator[Cell]:
    """Yield the cells that are a label and nothing else."""
    for label in map(_label, labels):
        for cell in cells:
            if label.fullmatch(cell.text) or label.fullmatch(cell.text.rstrip(" :.")):
                yield cell


def _behind(rest: str) -> list[str]:
    """Return the cells behind a label; what is left of its own comes first."""
    return CELL.findall(rest.removeprefix(" ").lstrip(":.#"))


def _amounts(form: AmountForm, column: int | None, cells: Sequence[str]) -> list[Decimal]:
    """Return the amount behind a label: the only one, or the one of a column."""
    amounts: list[Decimal] = []
    for cell in cells:
        amount = form.amount(cell)
        if amount is not None:
            amounts.append(amount)
        elif not form.is_beside(cell):
            break
    if column is not None:
        return amounts[column - 1 : column]
    return amounts


def _day(form: str, cells: Sequence[str]) -> list[date]:
    day = day_in(cells[0], form) if cells else None
    return [] if day is None else [day]


def _number(cells: Sequence[str]) -> list[str]:
    word = cells[0].split()[0].rstrip(",;.") if cells else ""
    return [word] if any(sign.isdigit() for sign in word) else []


@cache
def _label(words: str) -> re.Pattern[str]:
    parts = [
        r"\S+(?: \S+){0,7}?" if word == "*" else re.escape(word)
        for word in plain_line(words).split()
    ]
    before = r"(?<!\w)" if words[0].isalnum() else ""
    behind = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(f"{before}{' +'.join(parts)}{behind}", re.IGNORECASE)


def _cells(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(each.start(), each.end(), each.group()) for each in CELL.finditer(line))
