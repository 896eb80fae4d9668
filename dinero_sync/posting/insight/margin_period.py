"""A period's sales of second-hand goods, and its VAT by the collective method (samlemetoden).

The margin of a period is its sales less its purchases, whatever is still in stock; a negative one
is carried to the next period and never refunded (momsloven § 70).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.documents import MarginScheme, Plan
from dinero_sync.domain.money import round_to_ore, vat_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginSale:
    """A line of an invoice with goods of a margin scheme; amounts in kroner."""

    day: date
    order_number: str
    invoice_number: int | None
    scheme: MarginScheme
    description: str
    amount: Decimal
    """What the customer paid."""
    posted_margin: Decimal | None
    """What the invoice's ledger items posted, on its first such line; None on the others, and by
    the collective method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodVat:
    """The margin of a period and its VAT."""

    margin: Decimal
    vat: Decimal
    carried: Decimal
    """What is carried to the next period, positive."""


def margin_sales(plan: Plan, order_number: str, invoice_number: int | None) -> list[MarginSale]:
    """List an invoice's lines with goods of a margin scheme."""
    lines = [line for line in plan.invoice.lines if line.margin_scheme is not None]
    posted = sum((item.amount for item in plan.ledger_items), Decimal(0))
    return [
        MarginSale(
            day=plan.invoice.date,
            order_number=order_number,
            invoice_number=invoice_number,
            scheme=line.margin_scheme,
            description=line.description,
            amount=line.amount,
            posted_margin=posted if plan.ledger_items and at == 0 else None,
        )
        for at, line in enumerate(lines)
        if line.margin_scheme is not None
    ]


def collective_vat(sales: Iterable[MarginSale], purchases: Decimal, carried: Decimal) -> PeriodVat:
    """Reckon a period's VAT: sales less purchases less what was carried from the period before."""
    sold = sum((sale.amount for sale in sales), Decimal(0))
    margin = sold - purchases - carried
    if margin < 0:
        return PeriodVat(margin=margin, vat=Decimal("0.00"), carried=-margin)
    vat = round_to_ore(vat_inside(margin, DANISH_VAT))
    return PeriodVat(margin=margin, vat=vat, carried=Decimal("0.00"))
