"""The period report of second-hand goods, for people and for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from dinero_sync.cli.reports.tables import row
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal import orders
from dinero_sync.journal.database import reading
from dinero_sync.posting.insight.margin_period import (
    MarginSale,
    PeriodVat,
    collective_vat,
    margin_sales,
)
from dinero_sync.texts.screens.saying import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginReport:
    """The sales of a period, and its VAT where purchases were given."""

    first: date
    last: date
    sales: list[MarginSale]
    purchases: Decimal | None
    carried: Decimal
    vat: PeriodVat | None
    unreadable: int
    """Booked orders whose lines aren't in the journal, so that nobody knows what they sold."""

    @property
    def sold(self) -> Decimal:
        """What customers paid, in kroner."""
        return sum((sale.amount for sale in self.sales), Decimal(0))

    @property
    def posted_margin(self) -> Decimal:
        """What ledger items posted, in kroner with VAT."""
        return sum((sale.posted_margin or Decimal(0) for sale in self.sales), Decimal(0))


def read_report(
    folder: Path, first: date, last: date, purchases: Decimal | None, carried: Decimal
) -> MarginReport:
    """Read the sales from the journal; raises StateError when it is damaged."""
    with reading(folder) as db:
        booked = orders.booked_between(db, first, last)
    sales = [
        sale
        for record in booked
        if record.plan is not None
        for sale in margin_sales(record.plan, record.number, record.invoice_number)
    ]
    return MarginReport(
        first=first,
        last=last,
        sales=sales,
        purchases=purchases,
        carried=carried,
        vat=None if purchases is None else collective_vat(sales, purchases, carried),
        unreadable=sum(record.plan is None for record in booked),
    )


def as_data(report: MarginReport) -> dict[str, object]:
    """Return the report for programs."""
    return {**asdict(report), "sold": report.sold, "posted_margin": report.posted_margin}


def as_lines(report: MarginReport, language: Language) -> Iterator[str | Line]:
    """Write the report for a bookkeeper."""
    title = tell("money.margin.title", language, first=report.first, last=report.last)
    yield Line(title, Tone.HEADING)
    yield ""
    for sale in report.sales:
        yield row(_sale(sale, language), sale.amount, KRONER, language)
        yield from wrapped(f"{sale.description} ({sale.scheme})", 6)
    if not report.sales:
        yield tell("money.margin.none", language)
    yield ""
    for name, value in _sums(report):
        yield row(tell(f"money.margin.{name}", language), value, KRONER, language)
    if report.unreadable:
        yield ""
        yield from wrapped(tell("money.margin.unreadable", language, count=report.unreadable))


def _sale(sale: MarginSale, language: Language) -> str:
    return tell(
        "money.margin.sale",
        language,
        day=sale.day,
        invoice=sale.invoice_number,
        order=sale.order_number,
    )


def _sums(report: MarginReport) -> Iterator[tuple[str, Decimal]]:
    yield "sold", report.sold
    if report.posted_margin:
        yield "posted", report.posted_margin
    if report.vat is not None and report.purchases is not None:
        yield "bought", report.purchases
        yield "carried_before", report.carried
        yield "margin", report.vat.margin
        yield "vat", report.vat.vat
        yield "carried", report.vat.carried
