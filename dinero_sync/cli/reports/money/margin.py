"""The period report of second-hand goods, for people and for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from dinero_sync.cli.reports.tables import amount
from dinero_sync.journal import orders
from dinero_sync.journal.database import reading
from dinero_sync.posting.insight.margin_period import (
    MarginSale,
    PeriodVat,
    collective_vat,
    margin_sales,
)


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


def as_text(report: MarginReport) -> str:
    """Write the report for a bookkeeper."""
    return "\n".join(_lines(report))


def _lines(report: MarginReport) -> Iterator[str]:
    yield f"Second-hand goods (brugtmoms) booked {report.first} to {report.last}"
    yield ""
    for sale in report.sales:
        price = amount(sale.amount, "DKK")
        yield f"{sale.day}  invoice {sale.invoice_number}  order {sale.order_number}  {price:>16}"
        yield f"            {sale.description} ({sale.scheme})"
    if not report.sales:
        yield "None."
    yield ""
    yield f"Sold                       {amount(report.sold, 'DKK'):>16}"
    if report.posted_margin:
        yield f"Margins posted, with VAT   {amount(report.posted_margin, 'DKK'):>16}"
    if report.vat is not None and report.purchases is not None:
        yield from _collective(report.vat, report.purchases, report.carried)
    if report.unreadable:
        yield ""
        yield f"Booked orders of the period that couldn't be read: {report.unreadable}."
        yield "Their lines were removed for their age, or were booked by other means. What second-"
        yield "hand goods they sold is missing above: look for it in Dinero before you post VAT."


def _collective(vat: PeriodVat, purchases: Decimal, carried: Decimal) -> Iterator[str]:
    yield f"Bought                     {amount(purchases, 'DKK'):>16}"
    yield f"Carried from before        {amount(carried, 'DKK'):>16}"
    yield f"Margin                     {amount(vat.margin, 'DKK'):>16}"
    yield f"VAT, 20 % of the margin    {amount(vat.vat, 'DKK'):>16}"
    yield f"Carried to the next period {amount(vat.carried, 'DKK'):>16}"
