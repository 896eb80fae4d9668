"""What an order charges for: each line and the freight, its price after discounts, its VAT rate.

A voucher is a discount, which takes its share off the goods, or a gift card that is used, which
pays and takes off nothing. A line with a negative price is a discount too. What an order says of
its VAT decides; it is never a guess.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.eu_vat import eu_rates
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import spread
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.step import ORDER, Facts, Steps, command, sentence
from dinero_sync.posting.conditions import Products, any_glob, kind_of
from dinero_sync.posting.settings import GiftCards, LineKind, PostingSettings
from dinero_sync.posting.sums.discounts import (
    Discounted,
    Reduced,
    WaysToReduce,
    before_voucher,
    discount_lines,
    reduce_by_voucher,
    ways_to_reduce,
)
from dinero_sync.posting.sums.rates import (
    Priced,
    Rates,
    TakenOut,
    Treatment,
    UnknownRatesError,
    Ways,
    price,
)
from dinero_sync.posting.sums.stated_rates import (
    are_fractions,
    in_percent,
    is_odd,
    with_plain_rates,
)

BY_HAND: Steps = (sentence("invoice_by_hand"), command("adopt", ORDER))
OR_BY_HAND: Steps = (sentence("or_invoice_by_hand"), command("adopt", ORDER))


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the rules say of a line, or with None of the freight, before it is posted."""

    is_taken_out: TakenOut
    treatment: Treatment
    """Which VAT a line has with a rate in percent, and whether on its price or its margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One thing that the customer pays for. Amounts are what the customer pays."""

    kind: LineKind
    line: OrderLine | None
    """None for the freight."""
    position: int
    """The place of the order line, from 1; after the last one for the freight."""
    normal: Decimal
    """Before discounts."""
    amount: Decimal
    rate: Decimal
    """The VAT rate in percent that the shop charged."""


def charges_of(
    order: Order, settings: PostingSettings, products: Products, rulings: Rulings
) -> list[Charge]:
    """List what the order charges for; lines without pieces and free freight are left out.

    Freight that follows goods of several rates is a charge for each. Raises HeldError for VAT that
    can't be told, and for a discount or a gift card that can't be accounted for.
    """
    order = _with_plain_rates(order, settings)
    kinds = [
        kind_of(line, settings, products) if line.amount else LineKind.PRODUCT
        for line in order.lines
    ]
    order, priced = _as_stated(order, settings, kinds, rulings)
    charges = [
        Charge(
            kind=kind, line=line, position=position, normal=line.amount, amount=amount, rate=rate
        )
        for position, (line, kind, amount, rate) in enumerate(
            zip(order.lines, kinds, priced.costs.lines, priced.lines, strict=True), start=1
        )
        if line.quantity and line.amount >= 0
    ]
    return [*charges, *_freight(order, priced)]


def _with_plain_rates(order: Order, settings: PostingSettings) -> Order:
    return with_plain_rates(order, _named_rates(settings), _rates_there(order, settings))


def _rates_there(order: Order, settings: PostingSettings) -> set[Decimal]:
    """Return the VAT rates in percent of the EU country where the goods go; Denmark's are known."""
    country, day = order.delivery.country, accounting_date(order.created)
    own = {rate for place, rate in settings.eu_vat_rates if place == country}
    return own | eu_rates(country, day, day)


def _named_rates(settings: PostingSettings) -> set[Decimal]:
    return {rate for rule in settings.rules for rate in rule.when.vat_rate}


def _as_stated(
    order: Order, settings: PostingSettings, kinds: Sequence[LineKind], rulings: Rulings
) -> tuple[Order, Priced]:
    """Price the order; its rates may be fractions, like 0.25, where its own VAT proves that."""
    if are_fractions(order) and order.vat:
        order = _with_plain_rates(in_percent(order), settings)
    _refuse_odd_rates(order, _named_rates(settings) | _rates_there(order, settings))
    return order, _priced(order, settings, kinds, rulings)


def _refuse_odd_rates(order: Order, named: Collection[Decimal]) -> None:
    rates = {line.vat_rate for line in order.lines if line.amount and line.vat_rate is not None}
    odd = sorted(rate for rate in rates - set(named) if is_odd(rate))
    if odd:
        raise HeldError(
            HoldReason.UNKNOWN_VAT,
            "no_such_rate",
            (sentence("correct_vat"), *OR_BY_HAND),
            rates=tuple(odd),
        )


def _freight(order: Order, priced: Priced) -> Iterator[Charge]:
    amounts = [amount for _, amount in priced.freight]
    several = len(amounts) > 1
    normal = spread(order.shipping_price, amounts) if several else [order.shipping_price]
    after_lines = len(order.lines) + 1
    for at, (rate, amount) in enumerate(priced.freight):
        yield Charge(
            kind=LineKind.SHIPPING,
            line=None,
            position=after_lines + at,
            normal=normal[at],
            amount=amount,
            rate=rate,
        )


def card_used(order: Order, settings: PostingSettings) -> GiftCards | None:
    """Return how the gift card is treated that the order's voucher is; None where it is none.

    Its code alone tells, its kind too. Of two kinds the single-purpose one is looked at first, so
    that its codes may be some of those that the other's globs take in.
    """
    cards = settings.gift_cards
    if cards is None or order.voucher_amount <= 0:
        return None
    kinds = [each for each in (cards.single_purpose, cards) if each and each.voucher_codes]
    return next((each for each in kinds if any_glob(each.voucher_codes, order.voucher_code)), None)


def pays_with_gift_card(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the order's voucher is a gift card that is used, by its code."""
    return card_used(order, settings) is not None


def _priced(
    order: Order, settings: PostingSettings, kinds: Sequence[LineKind], rulings: Rulings
) -> Priced:
    is_reduced = [kind is not LineKind.GIFT_CARD for kind in kinds]
    costs = _before_voucher(order, is_reduced, rulings)
    if not pays_with_gift_card(order, settings):
        if costs.exceeds_goods:
            raise _card_reduced(order)
        return _proven(order, costs, rulings)
    return _paid_with_card(order, costs, rulings, is_reduced)


def _paid_with_card(
    order: Order, costs: Discounted, rulings: Rulings, is_reduced: Sequence[bool]
) -> Priced:
    """Price an order in full that a gift card paid a part of, or all.

    The VAT that the shop states is that of the full price, or of what is left, where the shop
    itself reckons the card as a discount. What both could mean with other rates is held.
    """
    whole = reduce_by_voucher(replace(costs, voucher=Decimal(0)))
    if order.total == 0 and not order.vat:  # the VAT of nothing tells no rates
        order = replace(order, vat=None)
    every = (True,) * len(order.lines)
    as_discount = reduce_by_voucher(replace(costs, is_reduced=every))
    found = _fitting(order, whole, rulings, is_reduced)
    left = _fitting(order, as_discount, rulings, is_reduced) if order.total else None
    if isinstance(found, Priced):
        if isinstance(left, Priced) and _rates_of(found) != _rates_of(left):
            raise _unknown(order, UnknownRatesError(_rates_told(order, every), None, in_ways=False))
        return found
    several = order.shipping_price and len(_rates_told(order, is_reduced)) > 1
    if several or not isinstance(left, Priced):  # some rate of the freight would fit by chance
        raise _unknown(order, found)
    in_full = spread(order.shipping_price, [amount for _, amount in left.freight])
    rates = (rate for rate, _ in left.freight)
    return Priced(whole, left.lines, tuple(zip(rates, in_full, strict=True)))


def _fitting(
    order: Order, costs: Reduced, rulings: Rulings, is_goods: Sequence[bool]
) -> Priced | UnknownRatesError:
    """Return what the order's VAT proves of such costs, or what isn't known."""
    try:
        return _price(order, lambda _: [[costs]], rulings, is_goods)
    except UnknownRatesError as error:
        return error


def _rates_of(priced: Priced) -> tuple[tuple[Decimal, ...], frozenset[Decimal]]:
    return priced.lines, frozenset(rate for rate, _ in priced.freight)


def _rates_told(order: Order, counted: Sequence[bool]) -> set[Decimal]:
    """Return the rates that lines carry which cost something."""
    lines = (line for line, is_so in zip(order.lines, counted, strict=True) if is_so)
    return {each.vat_rate for each in lines if each.amount and each.vat_rate is not None}


def _before_voucher(order: Order, is_reduced: Sequence[bool], rulings: Rulings) -> Discounted:
    """Take discount lines off the lines of their rate, where all of these are taxed alike."""
    for line in discount_lines(order):
        alike = {
            rulings.treatment(each, each.vat_rate or Decimal(0))
            for each, reduced in zip(order.lines, is_reduced, strict=True)
            if (reduced or each is line) and each.amount and each.vat_rate == line.vat_rate
        }
        if len(alike) > 1 or not is_reduced[order.lines.index(line)]:
            raise _discount_line_unclear(order, line)
    costs = before_voucher(order, is_reduced)
    if costs is None:
        raise _discount_line_unclear(order, discount_lines(order)[0])
    return costs


def _ways(order: Order, costs: Discounted, rulings: Rulings) -> Ways:
    def ways(rates: Rates) -> WaysToReduce:
        if not costs.voucher:
            return [[reduce_by_voucher(costs)]]
        told = zip(order.lines, costs.goods, rates.lines, strict=True)
        of_goods = [rulings.treatment(line, rate) if cost else None for line, cost, rate in told]
        return ways_to_reduce(costs, of_goods, rulings.treatment(None, rates.shipping))

    return ways


def _proven(order: Order, costs: Discounted, rulings: Rulings) -> Priced:
    try:
        return _price(order, _ways(order, costs, rulings), rulings, costs.is_reduced)
    except UnknownRatesError as error:
        if costs.voucher and not all(costs.is_reduced):
            raise _card_reduced(order) from error
        raise _unknown(order, error) from error


def _price(order: Order, ways: Ways, rulings: Rulings, is_goods: Sequence[bool]) -> Priced:
    return price(order, ways, rulings.is_taken_out, rulings.treatment, is_goods)


def _unknown(order: Order, error: UnknownRatesError) -> HeldError:
    text, facts = _what_is_unknown(order, error)
    steps = BY_HAND if error.in_ways else (sentence("correct_vat"), *OR_BY_HAND)
    return HeldError(HoldReason.UNKNOWN_VAT, text, steps, **facts)


def _what_is_unknown(order: Order, error: UnknownRatesError) -> tuple[str, Facts]:
    """Return which sentence says what isn't known, with its values."""
    vat: Facts = {} if order.vat is None else {"vat": order.vat}
    if error.in_ways:
        return "discount_with_vat" if vat else "discount", {"voucher": order.voucher_amount, **vat}
    told: Facts = {"total": order.total, **vat}
    if error.only is not None:
        return "differs", {**told, "rates": error.known, "reckoned": error.only.vat}
    if error.known:
        return "both_told" if vat else "rates_told", {**told, "rates": error.known}
    return "amount_told" if vat else "nothing_told", told


def _card_reduced(order: Order) -> HeldError:
    return HeldError(
        HoldReason.UNKNOWN_VAT,
        "discount_on_card",
        BY_HAND,
        voucher=order.voucher_amount,
    )


def _discount_line_unclear(order: Order, line: OrderLine) -> HeldError:
    return HeldError(
        HoldReason.NEGATIVE_AMOUNT,
        "discount_line",
        BY_HAND,
        position=order.lines.index(line) + 1,
        amount=line.amount,
    )
