"""What earlier credit notes left of an invoice, and what a part of it comes to, to the øre."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import Invoice, InvoiceLine, Share
from dinero_sync.domain.money import round_to_ore, spread, total
from dinero_sync.posting.texts import Texts

LAST_RULES = frozenset({"rounding"})
"""The rules whose lines belong to no goods: they go back with the last of the goods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left to credit of one line of an invoice."""

    place: int
    """The place of the line on the invoice, from 0."""
    line: InvoiceLine
    amount: Decimal
    """Gross; negative of a negative line."""
    pieces: Decimal
    """Of the line's pieces, as the order had them."""

    @property
    def goes_last(self) -> bool:
        """Tell whether it goes back with the last of the goods: a gift card that paid, an øre."""
        return self.line.amount < 0 or self.line.rule in LAST_RULES

    def whole(self) -> Share:
        """Return all that is left."""
        return Share(line=self.place, amount=self.amount, pieces=self.pieces)

    def part(self, pieces: Decimal) -> Share:
        """Return the share of some of the pieces left; of all of them, whatever is left."""
        if pieces == self.pieces:
            return self.whole()
        amount = round_to_ore(self.amount * pieces / self.pieces)
        return Share(line=self.place, amount=amount, pieces=pieces)


def left_of(
    invoice: Invoice, pieces: Sequence[Decimal], taken: Iterable[Share]
) -> tuple[Left, ...]:
    """Return what earlier credit notes, which took ``taken``, left of each line of an invoice.

    ``pieces`` are those of each line as the order had them: the line itself may say one, where
    three have no price in whole øre.
    """
    amounts = [line.amount for line in invoice.lines]
    counts = list(pieces)
    for share in taken:
        amounts[share.line] -= share.amount
        counts[share.line] -= share.pieces
    return tuple(
        Left(place=place, line=line, amount=amount, pieces=max(count, Decimal(0)))
        for place, (line, amount, count) in enumerate(
            zip(invoice.lines, amounts, counts, strict=True)
        )
    )


def total_left(left: Iterable[Left]) -> Decimal:
    """Return what is left of the whole invoice."""
    return total(each.amount for each in left)


def named(line: InvoiceLine, texts: Texts) -> str:
    """Return what a line names, without how many where it says so in words (``3 stk. Krus``).

    A line of several pieces says it in its quantity: what stands in words is the product's name.
    """
    return texts.counted(line.description)[1] if line.quantity == 1 else line.description


def all_left(left: Iterable[Left]) -> tuple[Share, ...]:
    """Return everything that is left."""
    return tuple(each.whole() for each in left if each.amount)


def spread_over(left: Sequence[Left], amount: Decimal) -> tuple[Share, ...]:
    """Spread an amount, with VAT, over what is left, by largest remainder.

    Never more than is left of a line. Raises ValueError for more than is left of all, and for
    nothing.
    """
    whole = total_left(left)
    if not 0 < amount <= whole:
        raise ValueError("more than nothing, and no more than is left, can be spread")
    if amount == whole:
        return all_left(left)
    below = -total(min(each.amount, Decimal(0)) for each in left)
    off = round_to_ore(amount * below / whole)
    above = spread(amount + off, [max(each.amount, Decimal(0)) for each in left])
    beneath = spread(off, [max(-each.amount, Decimal(0)) for each in left])
    shares = (
        Share(line=each.place, amount=more - less)
        for each, more, less in zip(left, above, beneath, strict=True)
    )
    return tuple(share for share in shares if share.amount)


def with_the_last(left: Sequence[Left], chosen: Sequence[Share]) -> tuple[Share, ...]:
    """Add what goes back with the last of the goods, so that all together equal the invoice.

    A gift card that paid a part goes back last: money first, as far as money was paid. Where what
    was chosen comes to more than that, the gift card takes the rest of it.
    """
    taken = {share.line: share.amount for share in chosen}
    last = [each for each in left if each.goes_last and each.amount]
    goods = [each for each in left if not each.goes_last]
    if all(each.amount == taken.get(each.place, Decimal(0)) for each in goods):
        return (*chosen, *(each.whole() for each in last if each.place not in taken))
    too_much = total(taken.values()) - total_left(left)
    negative = [each for each in last if each.amount < 0]
    if too_much <= 0 or not negative:
        return tuple(chosen)
    offs = spread(too_much, [-each.amount for each in negative])
    return (
        *chosen,
        *(
            Share(line=each.place, amount=-off)
            for each, off in zip(negative, offs, strict=True)
            if off
        ),
    )
