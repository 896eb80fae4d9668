"""Whose VAT a sale to a consumer in another EU country bears, in a shop that is under OSS.

A shop that is registered for the scheme pays all other EU countries' VAT by it: the registration
isn't for one country, and from then on no such sale bears Danish VAT (Council Directive 2006/112/EC
art. 33 and 369b). Goods under the margin scheme are excepted (momsloven § 14 b, stk. 4), and gift
cards are no goods yet.
"""

from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.eu_vat import eu_rates
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.conditions import LineFacts, any_of
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule

OTHER_COUNTRIES = EU_COUNTRIES - {"DK"}


def oss_rules(settings: PostingSettings) -> tuple[Rule, ...]:
    """Return the rules that send an EU country's VAT abroad; with any, the shop is under OSS."""
    return tuple(rule for rule in settings.rules if _is_for_oss(rule))


def _is_for_oss(rule: Rule) -> bool:
    when = rule.when
    to_country = not when.country or Zone.EU in when.zone or OTHER_COUNTRIES & {*when.country}
    return (
        rule.foreign_vat_account is not None
        and any_of(when.zone, Zone.EU)
        and any_of(when.buyer, BuyerKind.CONSUMER)
        and bool(to_country)
    )


def is_danish_under_oss(facts: LineFacts, rule: Rule | None, settings: PostingSettings) -> bool:
    """Tell whether a line would be posted as Danish VAT by default, though the shop is under OSS.

    A rule that names the country and Danish VAT has thought of it.
    """
    if facts.zone is not Zone.EU or facts.buyer is not BuyerKind.CONSUMER:
        return False
    if facts.line is LineKind.GIFT_CARD or facts.vat_rate != DANISH_VAT:
        return False
    if rule is not None and (rule.margin_scheme or rule.foreign_vat_account is not None):
        return False
    return not names_danish_vat(rule, facts.country) and bool(oss_rules(settings))


def names_danish_vat(rule: Rule | None, country: str) -> bool:
    """Tell whether a rule says in words that sales to a country bear Danish VAT."""
    return rule is not None and country in rule.when.country and DANISH_VAT in rule.when.vat_rate


def known_rates(facts: LineFacts, settings: PostingSettings) -> tuple[Decimal, ...]:
    """Return the VAT rates in percent of where the goods go, the configured ones among them."""
    more = {rate for country, rate in settings.eu_vat_rates if country == facts.country}
    return tuple(sorted({*eu_rates(facts.country, *facts.days), *more}, reverse=True))


def is_no_rate_there(facts: LineFacts, settings: PostingSettings) -> bool:
    """Tell whether a line bears VAT that can't be that of the EU country where the goods go."""
    abroad = facts.zone is Zone.EU and facts.line is not LineKind.GIFT_CARD
    return abroad and bool(facts.vat_rate) and facts.vat_rate not in known_rates(facts, settings)
