"""What of a sale reaches the accounts and the returns to the tax authorities.

By it an order that changed in the shop is compared with what was booked of it: texts, names,
streets, article numbers, and how an amount is split into lines, reach neither.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import BuyerKind, MarginScheme, Plan
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.sale import Sale

Key = tuple[int, Decimal, str]
"""An account, the VAT in percent, and the margin scheme of what goes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The amounts of a sale, summed by what Dinero reckons and reports by."""

    currency: str
    lines: tuple[tuple[Key, Decimal], ...]
    """Of the invoice, gross; what sums to nothing is left out."""
    margins: tuple[tuple[int, int, Decimal], ...]
    """Taxed margins in kroner, by the accounts that are debited and credited; so, too, what a
    multi-purpose gift card paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A sale as the books and the returns know it, but for its day, which a change doesn't move."""

    postings: Postings
    zone: Zone
    """Where the goods go, as VAT sees it."""
    country: str | None
    """Whose VAT is owed, where that is another country's; else None."""
    buyer: BuyerKind
    vat_number: str | None
    """The buyer's, with its prefix: the EU sales list names it."""
    ean: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An account that would take another amount than it took."""

    account: int
    then: Decimal
    """Gross, in the invoice's currency."""
    now: Decimal


def reported_of(sale: Sale, plan: Plan) -> Reported:
    """Return what of a planned sale reaches accounts and returns."""
    owed = {rule.foreign_vat_account for rule in sale.settings.rules}
    owes_abroad = any(line.account in owed for line in plan.invoice.lines)
    return Reported(
        postings=postings_of(plan),
        zone=sale.zone,
        country=sale.country if owes_abroad else None,
        buyer=sale.buyer,
        vat_number=plan.contact.vat_number,
        ean=plan.contact.ean,
    )


def postings_of(plan: Plan) -> Postings:
    """Sum the amounts of a plan."""
    lines: defaultdict[Key, Decimal] = defaultdict(Decimal)
    for line in plan.invoice.lines:
        lines[line.account, line.vat_rate, _scheme(line.margin_scheme)] += line.amount
    margins: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    use = plan.gift_card
    for item in (*plan.ledger_items, *((use.item,) if use else ())):
        margins[item.account, item.balancing_account] += item.amount
    return Postings(
        currency=plan.invoice.currency,
        lines=tuple(sorted((key, amount) for key, amount in lines.items() if amount)),
        margins=tuple(sorted((*accounts, amount) for accounts, amount in margins.items())),
    )


def moves_between(then: Postings, now: Postings) -> tuple[Move, ...]:
    """Return the accounts whose lines would sum to something else, in their order."""
    before, after = dict(_by_account(then)), dict(_by_account(now))
    accounts = sorted({*before, *after})
    moves = (
        Move(account=each, then=before.get(each, Decimal(0)), now=after.get(each, Decimal(0)))
        for each in accounts
    )
    return tuple(each for each in moves if each.then != each.now)


def _by_account(postings: Postings) -> Iterator[tuple[int, Decimal]]:
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for (account, _, _), amount in postings.lines:
        sums[account] += amount
    yield from sums.items()


def _scheme(scheme: MarginScheme | None) -> str:
    return "" if scheme is None else str(scheme)
