"""The charts of a proved period, each with its legend and its figures as a table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from dinero_sync.pages.charts import COLOURS, bars, lines, stacked
from dinero_sync.pages.tables import Head, Row, Table, Words, amount
from dinero_sync.pages.way import account_name
from dinero_sync.posting.reconcile.details import steps
from dinero_sync.posting.reconcile.outcome import Reconciled

DAYS = 93
"""Up to so many days, a quarter, are shown one by one; of a longer period, its months."""
NOTHING = Decimal("0.00")
Span = tuple[date, date]
Sums = dict[str, list[Decimal]]
"""Amounts by what they are of, one for each span."""


@dataclass(frozen=True, slots=True)
class Key:
    """A row of a legend."""

    colour: str
    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, as it stands in the page."""

    title: str
    svg: Markup
    legend: Sequence[Key]
    figures: Table | None


@dataclass(frozen=True, slots=True)
class _Along:
    """The days, or the months, along which a period is shown."""

    spans: Sequence[Span]
    words: Words

    @property
    def is_daily(self) -> bool:
        """Tell whether each is one day."""
        return len(self.spans) == 1 or self.spans[0][0] == self.spans[0][1]

    @property
    def labels(self) -> list[str]:
        """Return what stands below a chart."""
        if self.is_daily:
            return [f"{first.day}.{first.month}." for first, _ in self.spans]
        return [f"{first:%m.%y}" for first, _ in self.spans]

    @property
    def names(self) -> list[str]:
        """Return the same for a table."""
        if self.is_daily:
            return [self.words.day(first) for first, _ in self.spans]
        return [f"{first.month}.{first.year}" for first, _ in self.spans]

    def code(self, what: str) -> str:
        """Return the code of a title that says by what a chart goes."""
        return f"page.{what}_by_day" if self.is_daily else f"page.{what}_by_month"

    def place(self, day: date) -> int | None:
        """Return in which of them a day is; None outside the period."""
        found = (at for at, (first, last) in enumerate(self.spans) if first <= day <= last)
        return next(found, None)

    def sums(self, amounts: Iterator[tuple[date, str, Decimal]]) -> Sums:
        """Add up amounts by what they are of."""
        found: Sums = defaultdict(lambda: [NOTHING] * len(self.spans))
        for day, name, value in amounts:
            at = self.place(day)
            if at is not None:
                found[name][at] += value
        return dict(sorted(found.items()))


def charts(report: Reconciled, words: Words) -> Iterator[Chart]:
    """Yield the charts for which there is anything to show."""
    along = _Along(steps(report.first, report.last, at_most=DAYS), words)
    details = report.details
    unnamed = words.say("no_payment_type")
    sales = along.sums(
        (day, name or unnamed, value) for (day, name), value in details.sales.items()
    )
    fees = along.sums(
        (day, account_name(details, account), value)
        for (day, account), value in details.fees.items()
    )
    for name, sums in (("sales", _few(sales, words)), ("fees", fees)):
        if sums:
            title = words.say(along.code(name))
            svg = stacked(name, title, along.labels, sums, words.plain)
            yield Chart(title, svg, _legend(sums, words), _table(title, along, sums, words))
    ends = [last for _, last in along.spans]
    balances = {account_name(details, each): held for each, held in details.balances(ends)}
    if balances:
        title = words.say("page.balances")
        svg = lines("balances", title, along.labels, balances, words.plain)
        legend = _closing(balances, words)
        yield Chart(title, svg, legend, _table(title, along, balances, words))
    boxes = _boxes(report, words)
    if boxes:
        title = words.say("page.boxes")
        svg = bars("boxes", title, boxes, words.plain)
        yield Chart(
            title, svg, _legend({name: [each] for name, each in boxes.items()}, words), None
        )


def _boxes(report: Reconciled, words: Words) -> Mapping[str, Decimal]:
    return {
        words.say(name): both.found
        for name, both in sorted(report.sums.boxes.items())
        if both.ours or both.found
    }


def _few(sums: Sums, words: Words) -> Sums:
    """Put the smallest together where there are more rows than colours."""
    if len(sums) <= len(COLOURS):
        return sums
    by_size = sorted(sums, key=lambda name: -sum(map(abs, sums[name])))
    kept, rest = by_size[: len(COLOURS) - 1], by_size[len(COLOURS) - 1 :]
    others = [sum(each, NOTHING) for each in zip(*(sums[name] for name in rest), strict=True)]
    return {**{name: sums[name] for name in sorted(kept)}, words.say("page.other_types"): others}


def _legend(sums: Sums, words: Words) -> list[Key]:
    totals = {name: sum(values, NOTHING) for name, values in sums.items()}
    return [
        Key(COLOURS[at % len(COLOURS)], name, words.money(total))
        for at, (name, total) in enumerate(totals.items())
    ]


def _closing(balances: Sums, words: Words) -> list[Key]:
    return [
        Key(COLOURS[at % len(COLOURS)], name, words.money(held[-1]))
        for at, (name, held) in enumerate(balances.items())
    ]


def _table(title: str, along: _Along, sums: Sums, words: Words) -> Table:
    """Return the figures of a chart; spans in which nothing is are left out."""
    rows = [
        Row(
            name=name,
            value=str(first.toordinal()),
            cells=[amount(words, of, values[at]) for of, values in sums.items()],
        )
        for at, ((first, _), name) in enumerate(zip(along.spans, along.names, strict=True))
        if any(values[at] for values in sums.values())
    ]
    head = Head(words.say("page.day" if along.is_daily else "page.month"))
    return Table(title=title, heads=[head, *(Head(of, is_number=True) for of in sums)], rows=rows)
