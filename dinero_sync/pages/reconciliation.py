"""A proved period as a page: the verdict, charts, tables, and the way down to the orders.

It is one file with nothing from elsewhere in it, and is as useful without script, which only sorts.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dinero_sync.domain.plain_text import printable
from dinero_sync.domain.step import Language
from dinero_sync.pages import said
from dinero_sync.pages.file import BEGINS
from dinero_sync.pages.pictures import charts
from dinero_sync.pages.tables import (
    Cell,
    Head,
    Link,
    Row,
    Table,
    Words,
    amount,
    both_cells,
    both_heads,
    day_cell,
    number,
    off,
    text,
    together,
)
from dinero_sync.pages.way import (
    account_id,
    account_name,
    class_id,
    document_id,
    documents_of,
    payment_type_ids,
    unbooked_of,
    ways,
)
from dinero_sync.posting.reconcile.books import BOXES, PURCHASE_BOXES
from dinero_sync.posting.reconcile.details import LISTED
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Both, Difference, Kind, Reconciled

UNTOLD = frozenset({OrderClass.BOOKED, OrderClass.CREDITED})
"""Classes whose orders have documents."""


@dataclass(frozen=True, slots=True)
class Short:
    """A figure at the head of the page."""

    what: str
    amount: str
    of: str


def as_html(report: Reconciled, language: Language, made: date) -> str:
    """Return the page of a period; ``made`` is the day that stands on it."""
    words = Words(language=language)
    details = report.details
    script = _packed("sort.js")
    return (
        _environment()
        .get_template("reconciliation.html")
        .render(
            begins=Markup(BEGINS),  # noqa: S704 - our own
            lang=language,
            title=words.say("page.title"),
            period=words.say("page.period", first=report.first, last=report.last),
            is_proved=report.is_proved,
            verdict=said.verdict(report, language),
            short=_short(report, words),
            urgent=[*_urgent(report, words)],
            charts=[*charts(report, words)],
            figures=words.say("page.figures"),
            tables=[*_tables(report, words)],
            too_much="" if details.is_whole else words.say("page.too_much", count=LISTED),
            words={
                each: words.say(f"page.{each}")
                for each in ("way_told", "way", "documents", "explain", "back")
            },
            way=[*ways(report, words)],
            documents=documents_of(report, words) if details.documents else None,
            unbooked=unbooked_of(report, words) if details.unbooked else None,
            made=words.say("page.made", day=made),
            style=Markup(_packed("page.css")),  # noqa: S704 - our own
            script=Markup(script),  # noqa: S704 - our own
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dinero_sync.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Keep signs that nobody sees, and that may turn a line around, out of the page."""
    return printable(value) if type(value) is str else value


def _packed(name: str) -> str:
    file = resources.files("dinero_sync.pages").joinpath("templates", name)
    return file.read_text(encoding="utf-8")


def _short(report: Reconciled, words: Words) -> list[Short]:
    sums = report.sums
    orders = f"{words.say('page.count')}: {report.orders}"
    of_dinero = words.say("page.invoices", count=sums.invoices, notes=sums.credit_notes)
    off_by = words.say("page.change", amount=report.difference)
    return [
        Short(words.say("page.in_shop"), words.money(report.shop_total), orders),
        Short(words.say("page.in_dinero"), words.money(sums.documents.found), of_dinero),
        Short(
            words.say("difference"),
            off_by if report.difference else words.money(report.difference),
            f"{words.say('page.should_be')}: {words.money(sums.documents.ours)}",
        ),
    ]


def _urgent(report: Reconciled, words: Words) -> Iterator[Table]:
    """Yield what differs, and the numbers that are missing."""
    if report.differences:
        what, value, day, why, step = (
            words.say(f"page.{each}") for each in ("what", "amount", "day", "why", "to_do")
        )
        rows = [
            Row(
                name=told[0],
                to=_order_of(report, each),
                cells=[
                    off(words, value, each.amount),
                    day_cell(words, day, each.day),
                    text(why, told[1], is_long=True),
                    text(step, told[2], is_long=True),
                ],
            )
            for each in report.differences
            for told in [said.difference(each, words.language, in_table=True)]
        ]
        heads = [Head(what), Head(value, is_number=True), Head(day), Head(why), Head(step)]
        title = f"{words.say('page.differs')} ({len(rows)})"
        yield Table(title=title, heads=heads, rows=rows)
    if report.gaps:
        head = Head(words.say("page.number"))
        rows = [Row(name=said.gap(each, words.language), cells=[]) for each in report.gaps]
        yield Table(title=words.say("page.gaps"), heads=[head], rows=rows)


def _order_of(report: Reconciled, difference: Difference) -> str:
    """Return where the page has the documents of the order that differs."""
    if not report.details.is_whole:
        return ""
    if difference.kind is Kind.ACCOUNT and difference.account in _listed_accounts(report):
        return account_id(difference.account or 0)
    documents = (each.document for each in report.details.documents)
    return next(
        (document_id(each) for each in documents if each.order_id == difference.order_id), ""
    )


def _listed_accounts(report: Reconciled) -> set[int]:
    """Return the accounts whose movements stand in the page."""
    return {each.account for each in report.details.moved} if report.details.is_whole else set()


def _tables(report: Reconciled, words: Words) -> Iterator[Table]:
    sums = report.sums
    yield _classes(report, words)
    yield _payment_types(report, words)
    if len(sums.by_currency) > 1:
        yield _named("by_currency", "page.currency", sums.by_currency, words)
    if any(each.orders for each in sums.bills.values()):
        yield _bills(report, words)
    coded = _Coded(report, words)
    boxes = {name: both for name, both in sorted(sums.boxes.items()) if _is_used(both)}
    of_codes = (*BOXES.items(), *PURCHASE_BOXES.items())
    rows = [
        coded.row(name, words.say(name), {code for code, box in of_codes if box == name}, both)
        for name, both in boxes.items()
    ]
    yield _with_others("vat_return", "page.box", rows, words, coded.head)
    codes = {code: both for code, both in sorted(sums.by_vat_code.items()) if _is_used(both)}
    rows = [coded.row(code, code, {code}, both) for code, both in codes.items()]
    yield _with_others("by_vat_code", "page.vat_code", rows, words, coded.head)
    codes = {code: both for code, both in sorted(sums.by_purchase_code.items()) if _is_used(both)}
    if codes:
        rows = [coded.row(code, code, {code}, both) for code, both in codes.items()]
        yield _with_others("by_purchase_code", "page.vat_code", rows, words, coded.head)
    used = {number: both for number, both in sorted(sums.by_account.items()) if _is_used(both)}
    listed = _listed_accounts(report)
    rows = [
        Row(
            name=account_name(report.details, number),
            to=account_id(number) if number in listed else "",
            value=str(number),
            cells=both_cells(words, both, with_others=True),
        )
        for number, both in used.items()
    ]
    yield _with_others("by_account", "page.account", rows, words)


def _is_used(both: Both) -> bool:
    """Tell whether documents of ours are in it; Dinero's books have much besides."""
    return bool(both.ours or both.found)


def _classes(report: Reconciled, words: Words) -> Table:
    standing, count, total = (words.say(f"page.{each}") for each in ("class", "count", "total"))
    present = {each.order_class for each in report.details.unbooked}
    rows = []
    for name, each in report.sums.classes.items():
        to = "documents" if name in UNTOLD and report.details.documents else ""
        if name in present:
            to = class_id(name)
        if each.orders:
            rows.append(
                Row(
                    name=words.say(f"page.{name}"),
                    to=to if report.details.is_whole else "",
                    cells=[number(count, each.orders), amount(words, total, each.total)],
                )
            )
    return Table(
        title=words.say("page.by_class"),
        heads=[Head(standing), Head(count, is_number=True), Head(total, is_number=True)],
        rows=rows,
        total=Row(
            name=words.say("together"),
            cells=[number(count, report.orders), amount(words, total, report.shop_total)],
        ),
    )


def _bills(report: Reconciled, words: Words) -> Table:
    sums = report.sums
    standing, count, total = (
        words.say(f"page.{each}") for each in ("class", "bill_count", "total")
    )
    rows = [
        Row(
            name=words.say(f"page.{name}"),
            cells=[number(count, each.orders), amount(words, total, each.total)],
        )
        for name, each in sums.bills.items()
        if each.orders
    ]
    return Table(
        title=words.say("page.bills"),
        heads=[Head(standing), Head(count, is_number=True), Head(total, is_number=True)],
        rows=rows,
    )


def _payment_types(report: Reconciled, words: Words) -> Table:
    ids = payment_type_ids(report)
    sums = report.sums.by_payment_type
    listed = {each.document.payment_type for each in report.details.documents}
    rows = [
        Row(
            name=name or words.say("no_payment_type"),
            to=ids[name] if name in listed and report.details.is_whole else "",
            cells=both_cells(words, both),
        )
        for name, both in sorted(sums.items())
    ]
    return Table(
        title=words.say("by_payment_type"),
        heads=[Head(words.say("page.payment_type")), *both_heads(words)],
        rows=rows,
        total=together(words, sums.values()),
    )


def _named(title: str, head: str, sums: Mapping[str, Both], words: Words) -> Table:
    rows = [Row(name=name, cells=both_cells(words, each)) for name, each in sorted(sums.items())]
    return Table(
        title=words.say(title), heads=[Head(words.say(head)), *both_heads(words)], rows=rows
    )


def _with_others(
    title: str, head: str, rows: Sequence[Row], words: Words, after: Head | None = None
) -> Table:
    heads = [Head(words.say(head)), *both_heads(words, with_others=True)]
    return Table(
        title=words.say(title), heads=[*heads, *([after] if after else [])], rows=rows, is_wide=True
    )


@dataclass(frozen=True, slots=True)
class _Coded:
    """Makes rows of what is told by VAT codes, with the accounts that each comes from."""

    report: Reconciled
    words: Words

    @property
    def head(self) -> Head:
        """Return the heading of the accounts."""
        return Head(self.words.say("page.accounts"))

    def row(self, name: str, told: str, codes: set[str], both: Both) -> Row:
        """Return the row of a code, or of a box."""
        details = self.report.details
        accounts = [
            each
            for each in sorted(_listed_accounts(self.report))
            if details.codes.get(each) in codes or details.boxes.get(each) == name
        ]
        links = [Link(account_id(each), str(each)) for each in accounts]
        cells = both_cells(self.words, both, with_others=True)
        return Row(name=told, cells=[*cells, Cell(label=self.head.text, links=links)])
