"""Pages of made-up periods, and what a program reads in one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

from made_up_books import CARDS, FIRST, SHIFT, a_year

from dinero_sync.domain.step import Language
from dinero_sync.pages.reconciliation import as_html
from dinero_sync.posting.reconcile.outcome import Cause, Difference, Gap, Kind, Reconciled

MADE = date(2026, 12, 31)
WITHOUT_END = {"meta", "br", "link", "input", "img", "hr"}


def a_period() -> Reconciled:
    """Return a year that adds up, with its card account told day by day, and a fee of 2.00."""
    found = a_year().proved(clearing={CARDS})
    found.details.fees[date(2026, 10, 20), CARDS] += Decimal("2.00")
    return found


def a_quarter_that_differs() -> Reconciled:
    """Return a quarter in which something of every cause is told."""
    found = a_year().proved(date(2026, 1, 1), date(2026, 3, 31), clearing={CARDS})
    differences = tuple(
        Difference(
            order_id=None if cause.startswith("account") else FIRST,
            document="1000" if cause.startswith("account") else str(FIRST + SHIFT),
            kind=Kind.ACCOUNT if cause.startswith("account") else Kind.INVOICE,
            amount=Decimal(f"{at - 7}.50"),
            cause=cause,
            day=date(2026, 2, 3),
            account=1000,
            other_account=1050,
            document_number=103,
        )
        for at, cause in enumerate(Cause)
    )
    gaps = (Gap(first=103, last=104), Gap(first=110, last=110, day=MADE, order="9507"))
    return replace(found, differences=differences, gaps=gaps)


def page_of(report: Reconciled, language: Language = Language.DANISH) -> str:
    """Return the page of a period."""
    return as_html(report, language, MADE)


@dataclass
class Read(HTMLParser):
    """Reads a page strictly: what is opened is closed, in turn."""

    page: str
    ids: list[str] = field(default_factory=list)
    aims: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read it to its end."""
        super().__init__()
        self.feed(self.page)
        self.close()
        assert self.opened == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag opens, is called and leads to."""
        if tag not in WITHOUT_END:
            self.opened.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.aims.add(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag of SVG that ends itself."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is to be read."""
        if self.opened and self.opened[-1] not in {"style", "script"} and data.strip():
            self.words.append(data.strip())


def figures(data: object) -> Iterator[Decimal | int]:
    """Yield every number in what programs are told, but for the names of things."""
    if isinstance(data, dict):
        for each in data.values():
            yield from figures(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from figures(each)
    elif isinstance(data, Decimal | int):
        yield data
