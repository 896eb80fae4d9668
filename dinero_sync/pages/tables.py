"""Tables of a page as values: what stands in each cell, how it is sorted, where it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.money import round_to_ore
from dinero_sync.domain.step import Language, Value
from dinero_sync.posting.reconcile.outcome import Both
from dinero_sync.texts.screens.saying import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a page says, in its language."""

    language: Language

    def say(self, code: str, **facts: Value) -> str:
        """Say a part of what came of proving a period."""
        return tell(f"money.reconcile.{code}", self.language, **facts)

    def money(self, amount: Decimal) -> str:
        """Write an amount with its øre."""
        return self.say("page.money", amount=round_to_ore(amount))

    def plain(self, amount: Decimal) -> str:
        """Write an amount as it stands beside a chart: without needless zeros."""
        return self.say("page.plain", amount=amount)

    def day(self, day: date) -> str:
        """Write a day."""
        return self.say("page.on_day", day=day)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a figure leads to, in the page."""

    to: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a row below one heading: a text, links, or a text on each of some lines."""

    label: str
    """Its heading; stands before it where the page is narrow."""
    text: str = ""
    links: Sequence[Link] = ()
    rows: Sequence[str] = ()
    value: str | None = None
    """By which it is sorted as a number; None where it is sorted by its text."""
    classes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row, named by what stands first in it."""

    name: str
    cells: Sequence[Cell]
    to: str = ""
    """Where its name leads to, in the page; empty for nowhere."""
    id: str = ""
    value: str | None = None
    """By which its name is sorted as a number; None where it is sorted as a text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading."""

    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its heading."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    total: Row | None = None
    id: str = ""
    of: str = ""
    """How much is in it, in short."""
    is_wide: bool = False


def text(label: str, words: str, *, is_long: bool = False) -> Cell:
    """Return a cell with a text; a long one stands below its heading where the page is narrow."""
    return Cell(label=label, text=words, classes="long" if is_long else "")


def number(label: str, count: int | None) -> Cell:
    """Return a cell with a whole number, or with nothing."""
    if count is None:
        return Cell(label=label, classes="n")
    return Cell(label=label, text=str(count), value=str(count), classes="n")


def amount(words: Words, label: str, value: Decimal | None) -> Cell:
    """Return a cell with an amount, or with nothing."""
    if value is None:
        return Cell(label=label, classes="n")
    return Cell(label=label, text=words.money(value), value=f"{round_to_ore(value)}", classes="n")


def off(words: Words, label: str, value: Decimal) -> Cell:
    """Return a cell with a difference, which stands out where there is one."""
    told = words.say("page.change", amount=round_to_ore(value)) if value else words.money(value)
    classes = "n off" if value else "n"
    return Cell(label=label, text=told, value=f"{round_to_ore(value)}", classes=classes)


def day_cell(words: Words, label: str, day: date | None) -> Cell:
    """Return a cell with a day, or with nothing."""
    if day is None:
        return Cell(label=label)
    return Cell(label=label, text=words.day(day), value=str(day.toordinal()))


def both_heads(words: Words, *, with_others: bool = False) -> list[Head]:
    """Return the headings of what stands on both sides."""
    codes = ["page.should_be", "page.has", "difference", *(["others"] if with_others else [])]
    return [Head(words.say(code), is_number=True) for code in codes]


def both_cells(words: Words, both: Both, *, with_others: bool = False) -> list[Cell]:
    """Return what stands on both sides, and what others posted beside it."""
    cells = [
        amount(words, words.say("page.should_be"), both.ours),
        amount(words, words.say("page.has"), both.found),
        off(words, words.say("difference"), both.difference),
    ]
    if with_others:
        cells.append(amount(words, words.say("others"), both.others))
    return cells


def together(words: Words, every: Iterable[Both]) -> Row:
    """Return the row that adds up both sides."""
    found = list(every)
    ours = sum((each.ours for each in found), Decimal(0))
    dinero = sum((each.found for each in found), Decimal(0))
    return Row(name=words.say("together"), cells=both_cells(words, Both(ours=ours, found=dinero)))
