"""Rates as shops state them: some reckon them back from rounded amounts, some write fractions."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from dinero_sync.domain.money import ORE, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.posting.sums.rates import COMMON_RATES

NEAR = Decimal("0.05")
"""How far, in percent points, a rate may be from a half or a whole one that nobody named."""


def with_plain_rates(order: Order, named: Collection[Decimal]) -> Order:
    """Put the rate that a shop means in the place of one that it reckoned back from amounts.

    ``named`` are the rates in percent that the rules name. A rate is one of these, or 25 or 0 %,
    where it is the nearest and gives the VAT of a piece to half an øre; else the half or whole
    percent right beside it.
    """
    known = {*COMMON_RATES, *named}
    return replace(order, lines=tuple(_plain(line, known) for line in order.lines))


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


def _plain(line: OrderLine, known: Collection[Decimal]) -> OrderLine:
    rate = line.vat_rate
    if rate is None or rate in known or not line.amount or _is_fraction(rate):
        return line
    nearest = min(known, key=lambda each: (abs(each - rate), each))
    vats = (vat_inside(abs(line.unit_price), each) for each in (nearest, rate))
    if is_odd(rate) and _differ_little(*vats):
        return replace(line, vat_rate=nearest)
    half = round(rate * 2) / Decimal(2)
    return replace(line, vat_rate=half) if is_odd(rate) and abs(half - rate) <= NEAR else line


def _differ_little(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= ORE / 2
