"""What an order charges for: each line and the freight, its price after the voucher, its VAT rate.

A voucher is a discount, which takes its share off every line, or a gift card that is used, which
pays and takes off nothing. The VAT rate of each line comes from the order itself; it is never a
guess.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT, NO_VAT
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE, is_whole_ore, spread, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.domain.unread import UnreadError
from dinero_sync.posting.conditions import Products, any_glob, kind_of
from dinero_sync.posting.settings import GiftCardKind, LineKind, PostingSettings


@dataclass(frozen=True, slots=True)
class Reduced:
    """What the lines and the freight cost, gross; as a rule after the voucher."""

    lines: tuple[Decimal, ...]
    shipping: Decimal


def reduce_by_voucher(order: Order) -> Reduced:
    """Spread the voucher over the product lines by largest remainder, each by its gross amount.

    Because every line keeps its own VAT rate, the VAT of the discount is right as well. Raises
    HeldError for a line that doesn't come to whole øre.
    """
    amounts = _whole_amounts(order)
    on_lines = min(order.voucher_amount, sum(amounts, Decimal(0)))
    shares = spread(on_lines, amounts)
    return Reduced(
        lines=tuple(amount - share for amount, share in zip(amounts, shares, strict=True)),
        shipping=order.shipping_price - (order.voucher_amount - on_lines),
    )


def _whole_amounts(order: Order) -> list[Decimal]:
    amounts = [line.amount for line in order.lines]
    for position, amount in enumerate(amounts, start=1):
        if not is_whole_ore(amount):
            raise HeldError(
                HoldReason.LINES_DO_NOT_ADD_UP,
                "broken_ore",
                (sentence("correct_price"),),
                position=position,
                amount=amount,
            )
    return amounts


COMMON_RATES = (DANISH_VAT, NO_VAT)
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


def vat_rates(order: Order, costs: Reduced, is_taken_out: TakenOut) -> Rates:
    """Return the rates of an order whose lines and freight cost ``costs``.

    The rates the lines carry are taken. Freight follows the goods; where that doesn't give the
    order's own VAT amount to one øre a line, the freight may have a rate of its own, as beside
    second-hand goods. Where the lines carry none, or there is freight alone, one rate for all is
    taken if it gives that amount. Where none does, what the rules take out (second-hand goods, gift
    cards, what is exempt) counts without VAT, and the rest must give that amount. Raises HeldError
    where that leaves no answer, or two.
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
    if order.vat is None and len(_different(candidates, costs.shipping)) == 1:
        return candidates[0]
    fitting = _fitting(order.vat, candidates, costs)
    if not fitting and known and len(whole) == len(stated):
        of_its_own = [Rates(whole, freight) for freight in COMMON_RATES]
        fitting = _fitting(order.vat, of_its_own, costs)
    if not fitting and order.vat is not None:
        others = _with_some_taken_out(order, stated, is_taken_out)
        fitting = _fitting(order.vat, others, costs)
    if len(_different(fitting, costs.shipping)) != 1:
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
        rate if rate is not None else NO_VAT if taken else DANISH_VAT
        for taken, rate in zip(out, stated, strict=True)
    )
    return [Rates(rates, freight) for freight in ((NO_VAT,) if freight_is_out else COMMON_RATES)]


def _different(candidates: Iterable[Rates], shipping: Decimal) -> set[object]:
    """Count candidates once that differ only in the rate of freight that costs nothing."""
    return {rates if shipping else rates.lines for rates in candidates}


def _fitting(vat: Decimal | None, candidates: Iterable[Rates], costs: Reduced) -> list[Rates]:
    """Return those that give the order's VAT to the øre; without any, to an øre a line."""
    if vat is None:
        return []
    priced = sum(1 for amount in (*costs.lines, costs.shipping) if amount)
    off = [(abs(_vat_of(rates, costs) - vat), rates) for rates in candidates]
    exact = [rates for error, rates in off if error <= ORE]
    return exact or [rates for error, rates in off if error <= ORE * priced]


def _vat_of(rates: Rates, costs: Reduced) -> Decimal:
    parts = [*zip(costs.lines, rates.lines, strict=True), (costs.shipping, rates.shipping)]
    return sum((vat_inside(amount, rate) for amount, rate in parts), Decimal(0))


def _unknown(order: Order, known: list[Decimal]) -> HeldError:
    if order.vat is None:
        text = "rates_told" if known else "nothing_told"
    else:
        text = "both_told" if known else "amount_told"
    return HeldError(
        HoldReason.UNKNOWN_VAT,
        text,
        (sentence("correct_vat"),),
        total=order.total,
        **({} if order.vat is None else {"vat": order.vat}),
        **({"rates": tuple(sorted(set(known), key=str))} if known else {}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One thing that the customer pays for. Amounts are what the customer pays."""

    kind: LineKind
    line: OrderLine | None
    """None for the freight."""
    position: int
    """The place of the order line, from 1; after the last one for the freight."""
    normal: Decimal
    """Before the voucher."""
    amount: Decimal
    rate: Decimal
    """The VAT rate in percent that the shop charged."""


def charges_of(
    order: Order, settings: PostingSettings, products: Products, is_taken_out: TakenOut
) -> list[Charge]:
    """List what the order charges for; lines without pieces and free freight are left out.

    ``is_taken_out`` is asked where the order's VAT isn't that of all its lines. Raises HeldError
    for a VAT rate that can't be told, for a line of broken øre, and for a gift card that can't be
    accounted for.
    """
    reduced, rates = _prices(order, settings, is_taken_out)
    charges = [
        Charge(
            kind=kind_of(line, settings, products) if line.amount else LineKind.PRODUCT,
            line=line,
            position=position,
            normal=line.amount,
            amount=amount,
            rate=rate,
        )
        for position, (line, amount, rate) in enumerate(
            zip(order.lines, reduced.lines, rates.lines, strict=True), start=1
        )
        if line.quantity
    ]
    if reduced.shipping:
        charges.append(
            Charge(
                kind=LineKind.SHIPPING,
                line=None,
                position=len(order.lines) + 1,
                normal=order.shipping_price,
                amount=reduced.shipping,
                rate=rates.shipping,
            )
        )
    return charges


def pays_with_gift_card(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the order's voucher is a gift card that is used, by its code."""
    cards = settings.gift_cards
    return (
        cards is not None
        and bool(cards.voucher_codes)
        and order.voucher_amount > 0
        and any_glob(cards.voucher_codes, order.voucher_code)
    )


def _prices(
    order: Order, settings: PostingSettings, is_taken_out: TakenOut
) -> tuple[Reduced, Rates]:
    discounted = reduce_by_voucher(order)
    if not pays_with_gift_card(order, settings):
        return discounted, vat_rates(order, discounted, is_taken_out)
    if settings.gift_cards and settings.gift_cards.kind is GiftCardKind.MULTI_PURPOSE:
        raise _multi_purpose_card_used(order)
    whole = Reduced(tuple(_whole_amounts(order)), order.shipping_price)
    try:
        return whole, vat_rates(order, whole, is_taken_out)
    except UnreadError:
        raise
    except HeldError:  # the shop itself may reckon the card as a discount
        return whole, vat_rates(order, discounted, is_taken_out)


def _multi_purpose_card_used(order: Order) -> HeldError:
    return HeldError(
        HoldReason.GIFT_CARD_USED,
        "multi_purpose",
        (sentence("settle_part_by_hand"), command("adopt", ORDER)),
        paid=order.voucher_amount,
    )
