"""A table in a text: which sign parts its fields, where its titles stand, and its rows."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dinero_sync.settlements.refusal import RefusedFileError, words

DELIMITERS = ",;\t|"
LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""Of all the signs that end lines somewhere, exports use only this one, with or without a CR."""
DECIMALS = re.compile(r"[.,]([0-9]+)$")
DAY = re.compile(r"[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4}")
TOO_MANY_TO_KEEP = 2
NEVER_CLOSED = "unexpected end of data"
"""What csv says of quotes that are open at the end of a file."""
Titles = tuple[str, ...]


def plain_title(title: str) -> str:
    """Write a title as it is compared: exports differ in blanks and in capitals."""
    return " ".join(title.replace("_", " ").split()).casefold()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    line: int
    """Where it ends in the file, counted from 1."""
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with titles."""

    text: str
    delimiter: str
    titles: Titles
    """Plain, in the order of the file."""
    written: Titles
    """As they stand in the file."""
    row: int
    """Which of the file's rows the titles are, from 0."""
    until: Callable[[Titles], bool] | None = None
    """Tells the row that begins another table below."""

    def has(self, title: str) -> bool:
        """Tell whether there is such a column."""
        return plain_title(title) in self.titles

    def column(self, title: str) -> int:
        """Return where a column stands; raises RefusedFileError without it, or with two of it."""
        plain = plain_title(title)
        found = [at for at, each in enumerate(self.titles) if each == plain]
        if not found:
            raise RefusedFileError("column_missing", columns=words([title]))
        if len(found) > 1:
            raise RefusedFileError("column_twice", column=words([title])[0])
        return found[0]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the titles that hold anything.

        Raises RefusedFileError for a row with more or fewer fields than titles (empty ones at its
        end aside), and where the file ends within a row.
        """
        end = _End(self.text)
        for line, fields in islice(records(self.text, self.delimiter), self.row + 1, None):
            if not any(map(str.strip, fields)):
                continue
            if self.until is not None and self.until(tuple(map(plain_title, fields))):
                return
            row = Row(line, self._fitted(fields, line))
            end.saw(row.fields)
            yield row
        end.refuse_half_a_row()

    def _fitted(self, fields: list[str], line: int) -> list[str]:
        wanted = len(self.titles)
        if len(fields) > wanted and not any(fields[wanted:]):
            return fields[:wanted]
        if len(fields) < wanted and not any(self.titles[len(fields) :]):
            return [*fields, *[""] * (wanted - len(fields))]
        if len(fields) < wanted and line > self.text.count("\n"):
            raise RefusedFileError("cut_off")
        if len(fields) != wanted:
            raise RefusedFileError("row_of_other_width", line=line, fields=len(fields), of=wanted)
        return fields


def titled(
    text: str,
    fits: Callable[[Titles], bool],
    *,
    within: int = 1,
    until: Callable[[Titles], bool] | None = None,
    delimiters: str = DELIMITERS,
) -> Table | None:
    """Return the table whose titles fit, if they are among the first ``within`` rows of the file.

    The sign between the fields is the one by which the titles fit.
    """
    for delimiter in delimiters:
        for at, written in enumerate(_first(text, delimiter, within)):
            titles = tuple(map(plain_title, written))
            if len(titles) > 1 and fits(titles):
                return Table(text, delimiter, titles, tuple(written), at, until)
    return None


def having(*titles: str) -> Callable[[Titles], bool]:
    """Return what tells whether all of ``titles`` are among a table's."""
    wanted = frozenset(map(plain_title, titles))
    return lambda found: wanted <= frozenset(found)


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of the text with the line where it ends, blank ones as well."""
    lines = (each.group() for each in LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for fields in reader:
            yield reader.line_num, fields
    except csv.Error as error:
        if str(error) == NEVER_CLOSED:
            raise RefusedFileError("cut_off") from None
        raise RefusedFileError("row_unreadable", line=reader.line_num) from None


def _first(text: str, delimiter: str, rows: int) -> Iterator[list[str]]:
    try:
        yield from (fields for _, fields in islice(records(text, delimiter), rows))
    except RefusedFileError:
        return


class _End:
    """Tells whether the last row of a file is whole, where no end of a line says so."""

    def __init__(self, text: str) -> None:
        self._is_said = text.endswith(("\n", "\r", '"'))
        self._last = ""
        self._before: set[str] = set()
        self._shapes: set[str] = set()

    def saw(self, fields: Sequence[str]) -> None:
        if self._is_said:
            return
        if self._shapes:
            self._before.add(self._last) if len(self._before) < TOO_MANY_TO_KEEP else None
        self._last = fields[-1]
        self._shapes.add(_shape(self._last))

    def refuse_half_a_row(self) -> None:
        """Take a last field without an end for whole if it could be no part of a longer one."""
        is_constant = self._before == {self._last}
        has_the_shape_of_all = len(self._shapes) == 1 and "" not in self._shapes
        if not (self._is_said or is_constant or has_the_shape_of_all):
            raise RefusedFileError("cut_off")


def _shape(field: str) -> str:
    """Describe an amount by its decimals, and a day; empty for what has no length of its own."""
    if DAY.fullmatch(field):
        return "day"
    decimals = DECIMALS.search(field)
    return f"{len(decimals[1])} decimals" if decimals and len(decimals[1]) > 1 else ""
