"""Rates as shops state them: some reckon them back from rounded amounts, some write fractions."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from dinero_sync.domain.money import ORE, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.posting.sums.rates import COMMON_RATES

NEAR = Decimal("0.05")
"""How far, in percent points, a rate may be from a half or a whole one that nobody named."""


def with_plain_rates(
    order: Order, named: Collection[Decimal], of_country: Collection[Decimal]
) -> Order:
    """Put the rate that a shop means in the place of one that it reckoned back from amounts.

    ``named`` are the rates in percent that the rules name, ``of_country`` those of where the goods
    go. A rate is one of the former, or 25 or 0 %, where it is the nearest and gives the VAT of a
    piece, or of less than one, to half an øre; else the half or whole percent right beside it; else
    one of the latter by the same test.
    """
    known = {*COMMON_RATES, *named}
    return replace(order, lines=tuple(_plain(line, known, of_country) for line in order.lines))


def are_fractions(order: Order) -> bool:
    """Tell whether the lines seem to say 0.25 for 25 %."""
    rates = [line.vat_rate for line in order.lines if line.amount and line.vat_rate]
    return bool(rates) and all(rate < 1 for rate in rates)


def in_percent(order: Order) -> Order:
    """Read the rates of an order as fractions: 0.25 is 25 %."""
    lines = (
        line if line.vat_rate is None else replace(line, vat_rate=line.vat_rate * 100)
        for line in order.lines
    )
    return replace(order, lines=tuple(lines))


def is_odd(rate: Decimal) -> bool:
    """Tell whether no country has such a rate: below one percent, or finer than a tenth."""
    return 0 < rate < 1 or rate * 10 != (rate * 10).to_integral_value()


def _is_fraction(rate: Decimal) -> bool:
    """Tell whether a rate may be 0.25 for 25 %, which on a small amount looks like none."""
    return 0 < rate < 1 and not is_odd(rate * 100)


def _plain(
    line: OrderLine, known: Collection[Decimal], of_country: Collection[Decimal]
) -> OrderLine:
    rate = line.vat_rate
    if rate is None or rate in {*known, *of_country} or not line.amount:
        return line
    if not is_odd(rate) or _is_fraction(rate):
        return line
    half = round(rate * 2) / Decimal(2)
    meant = _nearest(line, rate, known)
    if meant is None and abs(half - rate) <= NEAR:
        meant = half
    if meant is None:
        meant = _nearest(line, rate, of_country)
    return line if meant is None else replace(line, vat_rate=meant)


def _nearest(line: OrderLine, rate: Decimal, known: Collection[Decimal]) -> Decimal | None:
    """Return the nearest rate that is known, where it gives the same VAT to half an øre."""
    nearest = min(known, key=lambda each: (abs(each - rate), each), default=rate)
    reckoned_of = min(abs(line.unit_price), abs(line.amount))  # of a piece, or of less
    one, other = (vat_inside(reckoned_of, each) for each in (nearest, rate))
    return nearest if nearest != rate and abs(one - other) <= ORE / 2 else None
