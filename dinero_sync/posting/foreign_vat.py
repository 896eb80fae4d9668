"""Another country's VAT inside what the customer paid: the OSS scheme, and Norway's VOEC.

Dinero knows no such VAT. The lines carry the net on an account without Danish VAT, and the VAT is
a line of its own on an account of debt, which the return to the other country empties.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.money import round_to_ore, spread, vat_inside
from dinero_sync.posting.sale import PostedCharge


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignVat:
    """The VAT of one rate that is owed to another country."""

    account: int
    rate: Decimal
    """In percent."""
    net: Decimal
    vat: Decimal
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSplit:
    """What customers paid, taken apart."""

    nets: dict[int, Decimal]
    """What is left of each charge without the VAT, by the charge's position."""
    vat: tuple[ForeignVat, ...]


def split_foreign_vat(posted: Iterable[PostedCharge], stated: Decimal | None) -> ForeignSplit:
    """Take the foreign VAT out of the charges that carry it, to the øre.

    ``stated`` is the order's VAT as the shop says it, perhaps unrounded. It is what the shop
    reports to the other country, so it is taken where all of it is foreign; else the VAT is
    reckoned by rate.
    """
    taxed = [each for each in posted if each.charge.rate and each.charge.amount]
    groups: dict[tuple[int, Decimal], list[PostedCharge]] = {}
    for each in taxed:
        if each.posting.foreign_vat_account is not None:
            key = (each.posting.foreign_vat_account, each.charge.rate)
            groups.setdefault(key, []).append(each)
    all_foreign = bool(groups) and sum(map(len, groups.values())) == len(taxed)
    vats = _vats(list(groups.values()), stated if all_foreign else None)
    nets: dict[int, Decimal] = {}
    found = []
    for ((account, rate), group), vat in zip(groups.items(), vats, strict=True):
        amounts = [each.charge.amount for each in group]
        net = sum(amounts, Decimal(0)) - vat
        shares = spread(net, amounts)
        nets |= {each.charge.position: share for each, share in zip(group, shares, strict=True)}
        rule = group[0].posting.rule
        found.append(ForeignVat(account=account, rate=rate, net=net, vat=vat, rule=rule))
    return ForeignSplit(nets=nets, vat=tuple(found))


def _vats(groups: list[list[PostedCharge]], stated: Decimal | None) -> list[Decimal]:
    exact = [
        sum((vat_inside(each.charge.amount, each.charge.rate) for each in group), Decimal(0))
        for group in groups
    ]
    return (
        [round_to_ore(vat) for vat in exact]
        if stated is None
        else spread(round_to_ore(stated), exact)
    )
