"""How Dinero computes an invoice: VAT by account, rounded to øre line by line.

With ``ShowLinesInclVat`` the net of a line is its gross divided by 1 plus the rate, rounded to øre,
and the VAT is the rest: 12.35 is 9.88 and 2.47. The gross total is exactly the sum of the lines.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Account, Line, Totals
from dinero_sync.sandbox.dinero.company import vat_rate

ORE = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
WITH_FULL_VAT = Decimal("1.25")
"""Gross by net; where less than all VAT may be deducted, the price still has all of it."""


def rounded(amount: Decimal) -> Decimal:
    """Round to øre, halves away from zero."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def priced_line(fields: Json, account: Account, *, including_vat: bool) -> Line:
    """Compute a line; its prices are with VAT when ``including_vat``."""
    rate = vat_rate(account)
    unit = Decimal(fields["BaseAmountValue"])
    entered = rounded(unit * Decimal(fields["Quantity"]) * _part_left(fields))
    net = rounded(entered / (1 + rate)) if including_vat else entered
    gross = entered if including_vat else entered + rounded(entered * rate)
    return Line(
        fields=fields,
        account=account,
        rate=rate,
        unit_net=rounded(unit / (1 + rate)) if including_vat else rounded(unit),
        unit_gross=rounded(unit) if including_vat else rounded(unit * (1 + rate)),
        net=net,
        gross=gross,
    )


def _part_left(fields: Json) -> Decimal:
    return 1 - Decimal(fields["Discount"]) / HUNDRED


def vat_inside(gross: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT that a gross amount of the ledger contains, at a rate of its net."""
    return rounded(gross * rate / WITH_FULL_VAT)


def totals(lines: Sequence[Line], rounding: Literal["line", "total"]) -> Totals:
    """Add up the lines; with ``total`` the VAT is rounded once a rate instead of line by line."""
    gross = sum((line.gross for line in lines), ZERO)
    vat = sum((line.gross - line.net for line in lines), ZERO)
    if rounding == "total":
        rates = {line.rate for line in lines}
        vat = sum((_vat_of_rate(lines, rate) for rate in rates), ZERO)
    without_vat = sum((line.net for line in lines if line.rate == 0), ZERO)
    net = gross - vat
    return Totals(net=net, vat=vat, gross=gross, vatable=net - without_vat)


def _vat_of_rate(lines: Sequence[Line], rate: Decimal) -> Decimal:
    gross = sum((line.gross for line in lines if line.rate == rate), ZERO)
    return gross - rounded(gross / (1 + rate))
