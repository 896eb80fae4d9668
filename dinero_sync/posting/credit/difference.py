"""What an order that was edited after its invoice was booked owes, or is owed: line by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from dinero_sync.domain.documents import Invoice, InvoiceLine, Share
from dinero_sync.domain.money import is_whole_ore, total
from dinero_sync.posting.credit.left import Left, named
from dinero_sync.posting.credit.selection import NET_AT_THE_END
from dinero_sync.posting.texts import Texts, texts_in

Kind = TypeVar("Kind", Left, InvoiceLine)
Identity = tuple[str, int, Decimal, str]
"""What makes lines of two invoices the same: what they name, account, VAT rate, unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What went of a booked invoice, and what came to it."""

    shares: tuple[Share, ...]
    """To be credited."""
    extra: tuple[InvoiceLine, ...]
    """To be invoiced."""


def difference(
    left: Sequence[Left],
    now: Invoice,
    *,
    added: Sequence[InvoiceLine] = (),
    otherwise: Sequence[Share] = (),
) -> Difference | None:
    """Compare what is left of a booked invoice with the one that the order would get now.

    ``added`` are the lines of later invoices of the order. ``otherwise`` was credited for another
    reason than a change of the order, as for a return: the shop may have taken such goods off the
    order too, or not. Both are no difference.

    Returns None where that can't be said by one credit note of the invoice and one more invoice.
    """
    texts = texts_in(now.language)
    before = _grouped((_identity(each.line, texts), each) for each in left)
    after = _grouped((_identity(each, texts), each) for each in now.lines)
    later = _grouped((_identity(each, texts), each) for each in added)
    shares: list[Share] = []
    extra: list[InvoiceLine] = []
    for identity in dict.fromkeys((*before, *after, *later)):
        old, new = before.get(identity, []), after.get(identity, [])
        known = [each.amount for each in old] + [each.amount for each in later.get(identity, [])]
        more = total(line.amount for line in new) - total(known)
        places = {each.place for each in old}
        back = total(share.amount for share in otherwise if share.line in places)
        if back and more not in {0, back}:
            return None
        if back or not more:
            continue
        if more > 0:
            extra.append(_line(identity, new or [each.line for each in old], more))
            continue
        gone = _gone(old, -more)
        if gone is None:
            return None
        shares += gone
    return Difference(shares=tuple(shares), extra=tuple(extra))


def _grouped(pairs: Iterable[tuple[Identity, Kind]]) -> Mapping[Identity, list[Kind]]:
    found: dict[Identity, list[Kind]] = {}
    for identity, each in pairs:
        found.setdefault(identity, []).append(each)
    return found


def _identity(line: InvoiceLine, texts: Texts) -> Identity:
    name = NET_AT_THE_END.sub(r"\1", named(line, texts))
    return (name, line.account, line.vat_rate, line.unit)


def _gone(old: Sequence[Left], amount: Decimal) -> list[Share] | None:
    """Take an amount off lines of one kind, the last first; None where they have too little."""
    shares = []
    for each in reversed(old):
        part = min(amount, each.amount)
        if part <= 0:
            continue
        pieces = each.pieces * part / each.amount
        is_whole = pieces == pieces.to_integral_value()
        shares.append(
            Share(line=each.place, amount=part, pieces=pieces if is_whole else Decimal(0))
        )
        amount -= part
    return None if amount else shares[::-1]


def _line(identity: Identity, lines: Sequence[InvoiceLine], amount: Decimal) -> InvoiceLine:
    """Write what came to the lines of one kind as one line, in pieces where they tell."""
    line = lines[-1]
    pieces = amount / line.unit_price if line.unit_price else Decimal(0)
    is_told = pieces > 0 and pieces == pieces.to_integral_value()
    if not is_told or not is_whole_ore(line.unit_price):
        return replace(line, description=identity[0], quantity=Decimal(1), unit_price=amount)
    return replace(line, quantity=pieces)
