"""The VAT rate of each line, from the order itself; never a guess."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE, vat_inside
from dinero_sync.domain.order import Order, OrderLine

DANISH, NONE = Decimal(25), Decimal(0)
COMMON_RATES = (DANISH, NONE)
"""Rates in percent that a whole order may have in Denmark without its lines saying so."""


GIFT = Decimal(0)
"""What is given for nothing has no VAT, whatever rate the shop shows."""


@dataclass(frozen=True, slots=True)
class Rates:
    """VAT rates in percent, of the product lines in their order and of the freight."""

    lines: tuple[Decimal, ...]
    shipping: Decimal


TakenOut = Callable[[OrderLine | None], bool]
"""Whether the rules post a line, or with None the freight, where the shop's VAT isn't."""


def nothing_taken_out(_: OrderLine | None) -> bool:
    """Leave every line to the rate that the order tells."""
    return False


def vat_rates(
    order: Order,
    amounts: tuple[Decimal, ...],
    shipping: Decimal,
    is_taken_out: TakenOut = nothing_taken_out,
) -> Rates:
    """Return the rates of an order whose lines and freight cost ``amounts`` and ``shipping``.

    Amounts are gross and after the voucher. The rates the lines carry are taken. Freight follows
    the goods; where that doesn't give the order's own VAT amount to one øre a line, the freight may
    have a rate of its own, as beside second-hand goods. Where the lines carry none, or there is
    freight alone, one rate for all is taken if it gives that amount. Where none does, what the
    rules take out (second-hand goods, gift cards, what is exempt) counts without VAT, and the rest
    must give that amount. Raises HeldError where that leaves no answer, or two.
    """
    priced = [line for line in order.lines if line.amount] or order.lines
    stated = [line.vat_rate if line in priced else GIFT for line in order.lines]
    known = [line.vat_rate for line in priced if line.vat_rate is not None]
    whole = tuple(rate for rate in stated if rate is not None)
    if known and len(whole) == len(stated):
        candidates = [Rates(whole, freight) for freight in dict.fromkeys(known)]
    elif not known:
        candidates = [Rates((rate,) * len(stated), rate) for rate in COMMON_RATES]
    else:
        candidates = []
    if order.vat is None and len(_different(candidates, shipping)) == 1:
        return candidates[0]
    fitting = _fitting(order.vat, candidates, amounts, shipping)
    if not fitting and known and len(whole) == len(stated):
        of_its_own = [Rates(whole, freight) for freight in COMMON_RATES]
        fitting = _fitting(order.vat, of_its_own, amounts, shipping)
    if not fitting and order.vat is not None:
        others = _with_some_taken_out(order, stated, is_taken_out)
        fitting = _fitting(order.vat, others, amounts, shipping)
    if len(_different(fitting, shipping)) != 1:
        raise _unknown(order, known)
    return fitting[0]


def _with_some_taken_out(
    order: Order, stated: Sequence[Decimal | None], is_taken_out: TakenOut
) -> list[Rates]:
    """Suggest rates by which what the rules take out has no VAT; none where they take out nothing.

    The other lines have the rates that they carry, or the common one. The freight follows the
    rules; where they leave it open, the order's VAT tells.
    """
    out = [
        rate is None and is_taken_out(line) for line, rate in zip(order.lines, stated, strict=True)
    ]
    freight_is_out = bool(order.shipping_price) and is_taken_out(None)
    if not any(out) and not freight_is_out:
        return []
    rates = tuple(
        rate if rate is not None else NONE if taken else DANISH
        for taken, rate in zip(out, stated, strict=True)
    )
    return [Rates(rates, freight) for freight in ((NONE,) if freight_is_out else COMMON_RATES)]


def _different(candidates: Iterable[Rates], shipping: Decimal) -> set[object]:
    """Count candidates once that differ only in the rate of freight that costs nothing."""
    return {rates if shipping else rates.lines for rates in candidates}


def _fitting(
    vat: Decimal | None,
    candidates: Iterable[Rates],
    amounts: tuple[Decimal, ...],
    shipping: Decimal,
) -> list[Rates]:
    """Return those that give the order's VAT to the øre; without any, to an øre a line."""
    if vat is None:
        return []
    priced = sum(1 for amount in (*amounts, shipping) if amount)
    off = [(abs(_vat_of(rates, amounts, shipping) - vat), rates) for rates in candidates]
    exact = [rates for error, rates in off if error <= ORE]
    return exact or [rates for error, rates in off if error <= ORE * priced]


def _vat_of(rates: Rates, amounts: tuple[Decimal, ...], shipping: Decimal) -> Decimal:
    parts = [*zip(amounts, rates.lines, strict=True), (shipping, rates.shipping)]
    return sum((vat_inside(amount, rate) for amount, rate in parts), Decimal(0))


def _unknown(order: Order, known: list[Decimal]) -> HeldError:
    says = "no VAT amount" if order.vat is None else f"{order.vat} of VAT"
    rates = ", ".join(sorted({f"{rate.normalize():f} %" for rate in known}))
    lines = f"its lines say {rates}" if known else "its lines name no rate"
    return HeldError(
        HoldReason.UNKNOWN_VAT,
        f"The VAT of the order can't be told: the shop states {says} on a total of {order.total}, "
        f"and {lines}. Nothing is booked on a guess.",
        "Correct the VAT of the order or its products in the shop; it is read again by itself. "
        "If the shop names its VAT fields otherwise, say so under shoporama.fields: "
        "{line_vat_rate: NAME, vat: NAME}.",
    )
