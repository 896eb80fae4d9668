"""What somebody wants credited of an invoice, and which of its lines that is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import Invoice, Share
from dinero_sync.domain.money import round_to_ore, total
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.spoken import Spoken, spoken
from dinero_sync.posting.credit.left import (
    Left,
    all_left,
    left_of,
    spread_over,
    total_left,
    with_the_last,
)
from dinero_sync.posting.lines import SHIPPING_UNIT, describe
from dinero_sync.posting.texts import Texts, texts_in

NET_AT_THE_END = re.compile(r"(\d+(?:[.,]\d+)?) % \w+ ([\d.,]+)$")
"""Rate and net as the line with another country's VAT ends."""


class SelectionError(ValueError):
    """Raised where that can't be credited; the text says why, and what is left."""

    def __init__(self, why: Spoken) -> None:
        """Keep the text as it was made: a person may be told it in another language."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants credited: all that is left, an amount, or goods and freight."""

    everything: bool = False
    amount: Decimal | None = None
    """With VAT."""
    goods: tuple[tuple[str, Decimal | None], ...] = ()
    """Numbers of products (SKU, or the shop's id), each with how many; None for all left of it."""
    freight: bool = False

    def name(self) -> str:
        """Write it in one way, so that the same is known again."""
        if self.everything:
            return "all"
        if self.amount is not None:
            return f"amount:{self.amount:.2f}"
        lines = sorted(
            f"line:{sku.casefold()}:{'all' if count is None else f'{count.normalize():f}'}"
            for sku, count in self.goods
        )
        return ",".join([*lines, *(["freight"] if self.freight else [])])


@dataclass(frozen=True, slots=True)
class Booked:
    """A booked invoice with the order lines that its own lines are of."""

    invoice: Invoice
    goods: tuple[OrderLine | None, ...]
    """For each line of the invoice; None for freight, VAT and whatever else is no goods."""
    positions: tuple[int | None, ...] = ()
    """The places of those lines in the order, from 1."""

    def pieces(self) -> list[Decimal]:
        """Return how many pieces each line has, as the order had them."""
        return [
            line.quantity if goods is None else goods.quantity
            for line, goods in zip(self.invoice.lines, self.goods, strict=True)
        ]


def booked_as(invoice: Invoice, order: Order | None) -> Booked:
    """Tell which line of an invoice is of which order line, by their sequence and their words.

    An invoice whose lines say something else, as one that a person reworded, is told of none.
    """
    texts = texts_in(invoice.language)
    sold = [
        (place, line)
        for place, line in enumerate(order.lines if order else (), start=1)
        if line.quantity > 0 and line.amount > 0
    ]
    is_told = len(sold) <= len(invoice.lines) and all(
        line.unit != SHIPPING_UNIT and line.description.endswith(describe(each, texts))
        for line, (_, each) in zip(invoice.lines, sold, strict=False)
    )
    known = sold if is_told else []
    missing = len(invoice.lines) - len(known)
    return Booked(
        invoice,
        (*(line for _, line in known), *([None] * missing)),
        (*(place for place, _ in known), *([None] * missing)),
    )


def left_to_credit(booked: Booked, taken: Iterable[Share]) -> tuple[Left, ...]:
    """Return what earlier credit notes left of an invoice."""
    return left_of(booked.invoice, booked.pieces(), taken)


def chosen(booked: Booked, wanted: Wanted, left: Sequence[Left]) -> tuple[Share, ...]:
    """Return what is credited of each line; raises SelectionError where that can't be."""
    whole = total_left(left)
    if whole <= 0:
        if any(each.amount for each in left):
            raise SelectionError(
                spoken(
                    "nothing is left of it to credit but what a gift card paid whose VAT was paid "
                    "when it was sold; give the buyer a new card, and post it in Dinero by hand"
                )
            )
        raise SelectionError(spoken("nothing is left of it to credit"))
    if wanted.everything:
        return all_left(left)
    if wanted.amount is not None:
        if not 0 < wanted.amount <= whole:
            raise SelectionError(
                spoken(
                    "{left} {currency} are left of it",
                    left=round_to_ore(whole),
                    currency=booked.invoice.currency,
                )
            )
        return spread_over(left, wanted.amount)
    shares = [*_of_goods(booked, wanted, left), *(_freight(left) if wanted.freight else ())]
    shares += _their_foreign_vat(booked, left, shares)
    found = with_the_last(left, shares)
    if total(each.amount for each in found) <= 0:
        raise SelectionError(spoken("what was chosen comes to nothing"))
    return found


def _of_goods(booked: Booked, wanted: Wanted, left: Sequence[Left]) -> list[Share]:
    if wanted.goods and not any(booked.goods):
        raise SelectionError(
            spoken("its lines can't be told apart by the order's; choose --all or --amount")
        )
    shares = []
    for sku, count in wanted.goods:
        shares += _of_product(booked, sku, count, left)
    if len({share.line for share in shares}) < len(shares):
        raise SelectionError(spoken("the same line was named twice"))
    return shares


def _of_product(
    booked: Booked, sku: str, count: Decimal | None, left: Sequence[Left]
) -> list[Share]:
    """Take some of a product, from as many lines as have it, the first ones first."""
    of_it = [
        each
        for each, goods in zip(left, booked.goods, strict=True)
        if goods is not None and _is_called(goods, sku)
    ]
    if not of_it:
        raise SelectionError(
            spoken("it has no line {sku}; it has {names}", sku=sku, names=_names(booked))
        )
    there = total(each.pieces for each in of_it)
    wanted = there if count is None else count
    if not 0 < wanted <= there:
        raise SelectionError(
            spoken(
                "{pieces} of {sku} are left of it", pieces=format(there.normalize(), "f"), sku=sku
            )
        )
    shares = []
    for each in of_it:
        part = min(wanted, each.pieces)
        if part:
            shares.append(each.part(part))
        wanted -= part
    return [share for share in shares if share.amount]


def _is_called(goods: OrderLine, sku: str) -> bool:
    named = sku.casefold()
    return bool(named) and named in {goods.sku.casefold(), str(goods.product_id)}


def _names(booked: Booked) -> str:
    names = (line.sku or str(line.product_id) for line in booked.goods if line is not None)
    return ", ".join(dict.fromkeys(names))


def _freight(left: Sequence[Left]) -> list[Share]:
    found = [each.whole() for each in left if each.line.unit == SHIPPING_UNIT and each.amount]
    if not found:
        raise SelectionError(spoken("no freight is left of it"))
    return found


def _their_foreign_vat(
    booked: Booked, left: Sequence[Left], shares: Sequence[Share]
) -> list[Share]:
    """Return what of the lines with another country's VAT belongs to the shares of its goods.

    Each such line says the net that it is of, by which the lines are found that it belongs to.
    """
    texts = texts_in(booked.invoice.language)
    taken = {share.line: share.amount for share in shares}
    found = []
    for each, net_lines in _foreign_vat(booked, left, texts):
        net = total(left[place].amount for place in net_lines)
        part = total(taken.get(place, Decimal(0)) for place in net_lines)
        if part:
            amount = round_to_ore(each.amount * part / net)
            found.append(Share(line=each.place, amount=amount))
    return [share for share in found if share.amount]


def _foreign_vat(
    booked: Booked, left: Sequence[Left], texts: Texts
) -> list[tuple[Left, tuple[int, ...]]]:
    """Return each line with another country's VAT, and the places of the lines it is of."""
    told = [
        (each, match)
        for each in left
        if each.line.description.startswith(f"{texts.foreign_vat} ")
        and (match := NET_AT_THE_END.search(each.line.description))
    ]
    places = {each.place for each, _ in told}
    others = [each for each in left if each.place not in places and not each.line.vat_rate]
    found = []
    for each, match in told:
        rate, net = (Decimal(text.replace(",", ".")) for text in match.groups())
        found.append((each, _with_net(booked, others, rate, net, is_alone=len(told) == 1)))
    return found


def _with_net(
    booked: Booked, others: Sequence[Left], rate: Decimal, net: Decimal, *, is_alone: bool
) -> tuple[int, ...]:
    """Return the lines without VAT that bear a rate abroad; raises SelectionError if unclear."""

    def bears(each: Left) -> bool:
        goods = booked.goods[each.place]
        return is_alone or goods is None or goods.vat_rate == rate

    goods = [each for each in others if booked.goods[each.place] is not None and bears(each)]
    freight = [each for each in others if each.line.unit == SHIPPING_UNIT]
    parts = [[*goods, each] for each in freight]  # freight that is taxed as the goods are
    for group in (goods, [*goods, *freight], freight, *parts, *([each] for each in freight)):
        if total(each.line.amount for each in group) == net:
            return tuple(each.place for each in group)
    raise SelectionError(
        spoken(
            "which of its lines bear the other country's VAT can't be told; choose --all or "
            "--amount"
        )
    )
