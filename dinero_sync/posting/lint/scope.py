"""Which sales a rule can take, as far as no rule before it does."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.places import countries_in, zones_of
from dinero_sync.posting.lint.reach import reach, takes_all
from dinero_sync.posting.matching import any_of
from dinero_sync.posting.settings import LineKind, PostingSettings, ProductCondition, Rule


def is_ordinary(rule: Rule) -> bool:
    """Tell whether a rule is for lines whose VAT is as the account's: neither margin nor OSS."""
    return rule.margin_scheme is None and rule.foreign_vat_account is None


def can_take(
    rule: Rule, settings: PostingSettings, *, zone: Zone, buyer: BuyerKind, rate: Decimal
) -> bool:
    """Tell whether lines of such a sale can come to a rule; gift cards that are sold are none."""
    when = rule.when
    allowed = any_of(when.buyer, buyer) and any_of(when.vat_rate, rate)
    if not allowed or zone not in zones_of(when):
        return False
    countries = countries_in(when, zone)
    part = replace(when, zone=(zone,), country=countries, buyer=(buyer,), vat_rate=(rate,))
    before = [reach(each) for each in takewhile(lambda each: each is not rule, settings.rules)]
    return any(
        not any(takes_all(wide, replace(part, line=(kind,))) for wide in before)
        for kind in _kinds(rule, settings)
    )


def _kinds(rule: Rule, settings: PostingSettings) -> Iterator[LineKind]:
    """Return the kinds of line that a rule can take, gift cards left out: their sale is none."""
    allowed = reach(rule).line
    if any_of(allowed, LineKind.PRODUCT):
        yield LineKind.PRODUCT
    if any_of(allowed, LineKind.SHIPPING) and rule.when.product == ProductCondition():
        yield LineKind.SHIPPING
    if any_of(allowed, LineKind.FEE) and settings.fees is not None:
        yield LineKind.FEE
