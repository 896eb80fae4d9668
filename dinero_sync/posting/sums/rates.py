"""Which VAT rates an order has: those its lines state, as far as its own VAT bears them out."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from dinero_sync.domain.chart import DANISH_VAT, NO_VAT
from dinero_sync.domain.money import ORE, is_whole_ore, spread, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.posting.sums.discounts import Reduced, WaysToReduce

COMMON_RATES = (DANISH_VAT, NO_VAT)
"""Rates in percent that a whole order may have in Denmark without its lines saying so."""
GIFT = Decimal(0)
"""What is given for nothing has no VAT, whatever rate the shop shows."""
HALF_ORE = ORE / 2
QUARTER_ORE = ORE / 4
"""What freight that is divided to whole øre may leave in an unrounded VAT."""

Treatment = Callable[[OrderLine | None, Decimal], Hashable]
"""Which VAT a line, or with None the freight, has at a rate in percent, and on what."""
TakenOut = Callable[[OrderLine | None], bool]
"""Whether the rules post a line, or with None the freight, where the shop's VAT isn't."""


@dataclass(frozen=True, slots=True)
class Rates:
    """VAT rates in percent, of the order lines in their order and of the freight."""

    lines: tuple[Decimal, ...]
    shipping: Decimal


@dataclass(frozen=True, slots=True)
class Priced:
    """What an order charges for, and at which rates in percent."""

    costs: Reduced
    lines: tuple[Decimal, ...]
    """The rate of each line."""
    freight: tuple[tuple[Decimal, Decimal], ...]
    """Rate and amount; empty where it costs nothing, several where it follows the goods."""

    @property
    def vat(self) -> Decimal:
        """The VAT in all of it, unrounded."""
        of_lines = map(vat_inside, self.costs.lines, self.lines)
        of_freight = (vat_inside(amount, rate) for rate, amount in self.freight)
        return sum((*of_lines, *of_freight), Decimal(0))


MOST_GROUPS = 2
"""Of ways to lay a discount: on the goods, and with the freight."""
Ways = Callable[[Rates], WaysToReduce]
"""How a discount may be laid where the lines have these rates."""


class UnknownRatesError(Exception):
    """The order doesn't tell its rates, or what its discount is for."""

    def __init__(self, known: Iterable[Decimal], only: Priced | None, *, in_ways: bool) -> None:
        """Keep the rates that lines state, and the only meaning that these can have.

        ``in_ways`` says that the discount can be laid in several ways.
        """
        super().__init__()
        self.known = tuple(sorted(set(known)))
        self.only = only
        self.in_ways = in_ways


def price(
    order: Order,
    ways: Ways,
    is_taken_out: TakenOut,
    treatment: Treatment,
    is_goods: Sequence[bool],
) -> Priced:
    """Find the rates, and the way to lay the discount, that the order itself proves.

    The rates the lines carry are taken. Freight follows the goods, of which ``is_goods`` leaves out
    the gift cards; where that doesn't give the
    order's own VAT, it may have a rate of its own, as beside second-hand goods, or be divided as
    the goods are, by their net or gross. Where the lines carry none, or there is freight alone,
    one rate for all is taken if it gives that amount. Where none does, what the rules take out
    (second-hand goods, gift cards, what is exempt) counts without VAT, and the rest must give that
    amount. Of several answers that mean the same the nearest is taken. Raises UnknownRatesError
    where that leaves no answer, or two.
    """
    told = _told(order, is_goods)
    plain = _priced(told.likely, ways, 0)
    in_ways = any(len(ways(rates)[0]) > 1 for rates in told.likely)
    only = plain[0] if len(plain) == 1 else None
    vat = order.vat
    if vat is None:
        if only is not None:
            return only
        raise UnknownRatesError(told.known, None, in_ways=in_ways)
    groups = (_readings(told, ways, nth, in_ways=in_ways) for nth in range(MOST_GROUPS))
    fitting = next(filter(None, (_fitting(vat, readings) for readings in groups)), [])
    if not fitting:
        taken_out = _with_some_taken_out(order, told.each, is_taken_out)
        fitting = _fitting(vat, [_priced(taken_out, ways, 0)])
    if not fitting and only and _is_rounded_by_the_piece(order, only, vat):
        return only
    if fitting and _mean_the_same(order, fitting, treatment):
        return min(fitting, key=lambda each: abs(each.vat - vat))
    raise UnknownRatesError(told.known, only, in_ways=in_ways)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines say of their rates."""

    each: tuple[Decimal | None, ...]
    """0 for what costs nothing, where anything costs something."""
    known: tuple[Decimal, ...]
    """Of what costs something."""
    of_goods: tuple[Decimal, ...]
    """Of these, without gift cards: what the freight follows where any of them bears VAT."""

    @property
    def rates(self) -> tuple[Decimal, ...] | None:
        """The rates of all lines, where all that cost something tell theirs."""
        whole = tuple(rate for rate in self.each if rate is not None)
        return whole if self.known and len(whole) == len(self.each) else None

    @property
    def likely(self) -> list[Rates]:
        """The rates where the freight follows the goods; one common rate where none is told."""
        if self.rates is not None:
            followed = self.of_goods if any(self.of_goods) else self.known
            return [Rates(self.rates, freight) for freight in dict.fromkeys(followed)]
        if self.known:
            return []
        return [Rates((rate,) * len(self.each), rate) for rate in COMMON_RATES]


def _told(order: Order, is_goods: Sequence[bool]) -> _Told:
    priced = [line for line in order.lines if line.amount > 0] or order.lines
    each = tuple(line.vat_rate if line in priced else GIFT for line in order.lines)
    known = [
        (line.vat_rate, of_goods)
        for line, of_goods in zip(order.lines, is_goods, strict=True)
        if line in priced and line.vat_rate is not None
    ]
    of_goods = tuple(rate for rate, of_goods in known if of_goods)
    return _Told(each, tuple(rate for rate, _ in known), of_goods)


def _readings(told: _Told, ways: Ways, nth: int, *, in_ways: bool) -> list[list[Priced]]:
    """List what the order may mean by the ``nth`` group of ways, the likelier first.

    Where a discount can be laid in several ways, no reading of the stated rates comes first.
    """
    readings = [_priced(told.likely, ways, nth)]
    if told.rates is not None:
        of_its_own = [Rates(told.rates, freight) for freight in COMMON_RATES]
        readings += [_priced(of_its_own, ways, nth), _divided(told.likely, ways, nth)]
    return [list(dict.fromkeys(chain(*readings)))] if in_ways else readings


def _priced(candidates: Iterable[Rates], ways: Ways, nth: int) -> list[Priced]:
    """Price each of the rates in each way; those count once that differ in nothing charged."""
    found = (
        Priced(costs, rates.lines, ((rates.shipping, costs.shipping),) if costs.shipping else ())
        for rates in candidates
        for costs in chain(*ways(rates)[nth : nth + 1])
    )
    return list(dict.fromkeys(found))


def _divided(candidates: Iterable[Rates], ways: Ways, nth: int) -> list[Priced]:
    """Divide the freight by the rates of the goods, as their gross and as their net.

    What belongs to the goods is taxed as they are (Directive 2006/112/EC art. 78 (b)); shops in
    Germany and Sweden divide it so.
    """
    return list(
        dict.fromkeys(
            Priced(each.costs, each.lines, parts)
            for each in _priced(candidates, ways, nth)
            for parts in _parts_of_freight(each)
        )
    )


def _parts_of_freight(priced: Priced) -> Iterator[tuple[tuple[Decimal, Decimal], ...]]:
    gross: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for amount, rate in zip(priced.costs.lines, priced.lines, strict=True):
        gross[rate] += amount
    by_rate = {rate: amount for rate, amount in gross.items() if amount}
    if len(by_rate) < 2 or not priced.costs.shipping:  # noqa: PLR2004 - nothing to divide
        return
    net = [amount - vat_inside(amount, rate) for rate, amount in by_rate.items()]
    for weights in (list(by_rate.values()), net):
        shares = spread(priced.costs.shipping, weights)
        yield tuple((rate, share) for rate, share in zip(by_rate, shares, strict=True) if share)


def _with_some_taken_out(
    order: Order, told: Sequence[Decimal | None], is_taken_out: TakenOut
) -> list[Rates]:
    """Suggest rates by which what the rules take out has no VAT; none where they take out nothing.

    The other lines have the rates that they carry, or the common one. The freight follows the
    rules; where they leave it open, the order's VAT tells.
    """
    out = [
        rate is None and is_taken_out(line) for line, rate in zip(order.lines, told, strict=True)
    ]
    freight_is_out = bool(order.shipping_price) and is_taken_out(None)
    if not any(out) and not freight_is_out:
        return []
    rates = tuple(
        rate if rate is not None else NO_VAT if taken else DANISH_VAT
        for taken, rate in zip(out, told, strict=True)
    )
    return [Rates(rates, freight) for freight in ((NO_VAT,) if freight_is_out else COMMON_RATES)]


def _mean_the_same(order: Order, fitting: Sequence[Priced], treatment: Treatment) -> bool:
    """Tell whether it is all one for the VAT which of several readings is meant.

    So it is where they only divide the freight otherwise (by gross, or by net), and where as much
    has each treatment: a voucher of the freight's price makes the freight free, or lowers the goods
    by as much as freight that is divided as they are adds to them.
    """
    paid = [_paid_by_treatment(order, each, treatment) for each in fitting]
    most = ORE * len(order.lines)

    def alike(one: int, other: int) -> bool:
        treatments = {*paid[one], *paid[other]}
        as_much = all(abs(paid[one][each] - paid[other][each]) <= most for each in treatments)
        return as_much or _divide_alone(fitting[one], fitting[other])

    reached = {0}
    for _ in fitting:
        reached = {at for at in range(len(fitting)) if any(alike(one, at) for one in reached)}
    return len(reached) == len(fitting)


def _divide_alone(one: Priced, other: Priced) -> bool:
    """Tell whether two readings differ in nothing but how they divide the freight."""
    divided = len(one.freight) > 1 and len(other.freight) > 1
    return divided and one.costs == other.costs


def _paid_by_treatment(
    order: Order, priced: Priced, treatment: Treatment
) -> defaultdict[Hashable, Decimal]:
    """Sum what is paid, lines and freight, by the VAT it has."""
    paid: defaultdict[Hashable, Decimal] = defaultdict(Decimal)
    for line, rate, amount in zip(order.lines, priced.lines, priced.costs.lines, strict=True):
        if amount:
            paid[treatment(line, rate)] += amount
    for rate, amount in priced.freight:
        paid[treatment(None, rate)] += amount
    return paid


def _fitting(vat: Decimal, readings: Sequence[Sequence[Priced]]) -> list[Priced]:
    """Return those that give the order's VAT to the øre; without any, to an øre a line.

    A VAT that the shop doesn't round tells more: those come first that give just it.
    """
    unrounded = () if is_whole_ore(vat) else (_quarter_ore,)
    for most in (*unrounded, _an_ore, _an_ore_a_line):
        for reading in readings:
            fitting = [each for each in reading if abs(each.vat - vat) <= most(each)]
            if fitting:
                return fitting
    return []


def _quarter_ore(_: Priced) -> Decimal:
    return QUARTER_ORE


def _an_ore(_: Priced) -> Decimal:
    return ORE


def _an_ore_a_line(priced: Priced) -> Decimal:
    amounts = (*priced.costs.lines, *(amount for _, amount in priced.freight))
    return ORE * sum(1 for amount in amounts if amount)


def _is_rounded_by_the_piece(order: Order, only: Priced, vat: Decimal) -> bool:
    """Tell whether the order's VAT is that of its pieces, each rounded: half an øre a piece."""
    pieces = sum((abs(line.quantity) for line in order.lines), Decimal(len(only.freight)))
    return abs(only.vat - vat) <= HALF_ORE * pieces
