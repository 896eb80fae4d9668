"""The arithmetic of the benchmark, and its one table as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = ("measure", "then ({commit})", "now", "to reach")
NOT_MEASURED = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: the same thing of both builds, written out."""

    measure: str
    then: str | None
    """None where the earlier build isn't at hand."""
    now: str
    goal: str


def table(rows: Sequence[Row], commit: str) -> str:
    """Return the rows as a table of Markdown."""
    head = [cell.format(commit=commit) for cell in HEAD]
    cells = [[row.measure, row.then or NOT_MEASURED, row.now, row.goal] for row in rows]
    lines = [head, ["---"] * len(head), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ratio(subject: Sequence[float], yardstick: Sequence[float]) -> float:
    """Return how many times the yardstick the subject took: the median over rounds.

    Each round measured both side by side, so what else the machine did meanwhile falls out.
    """
    return median(one / other for one, other in zip(subject, yardstick, strict=True))


def each(small: float, large: float, few: int, many: int) -> float:
    """Return what one more order costs, from what few and many of them cost."""
    return (large - small) / (many - few)


def times(value: float) -> str:
    """Write a ratio."""
    return f"{value:.2f}×"


def milliseconds(seconds: float) -> str:
    """Write a time in milliseconds."""
    return f"{seconds * 1000:.1f} ms"


def megabytes(value: float) -> str:
    """Write an amount of memory that is given in bytes."""
    return f"{value / 1e6:.0f} MB"


def kilobytes(value: float) -> str:
    """Write a small amount of memory that is given in bytes."""
    return f"{value / 1e3:.1f} KB"
