"""Shops under OSS: countries without a rule, Danish VAT that nobody meant, gift cards."""

from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, error
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.abroad.oss import OTHER_COUNTRIES, names_danish_vat, oss_rules
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.lint.reach import can_take, is_ordinary, says_where
from dinero_sync.posting.settings import (
    GiftCardKind,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.posting.suggestion import (
    MULTI_PURPOSE_CARDS,
    OSS_SALES,
    account_to_paste,
    foreign_vat_debt,
    yaml_account,
)

OSS_LAW = "momsloven §§ 14 b and 66; momssystemdirektivet art. 33, 59c and 369a-369k"
CARD_LAW = "momsloven § 73 b; momssystemdirektivet art. 30a and 30b"


def oss_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find what in a shop under OSS leads to Danish VAT, or to a hold, for EU consumers."""
    rules = oss_rules(settings)
    if not rules:
        return
    if left := sorted(_left_out(settings)):
        yield _no_rule_for(left, rules[0], chart)
    for at, rule in enumerate(settings.rules):
        if _means_danish_vat_by_default(rule, settings, chart):
            yield _danish_by_default(f"posting.rules[{at}].when", rule, rules[0])
    if settings.gift_cards and settings.gift_cards.kind is GiftCardKind.SINGLE_PURPOSE:
        yield _single_purpose(rules[0], chart)


def _left_out(settings: PostingSettings) -> set[str]:
    """Return the countries whose consumers' goods no rule takes, for OSS or for Danish VAT."""
    return {
        country
        for country in OTHER_COUNTRIES
        if not any(_takes_goods_to(country, rule) for rule in settings.rules)
    }


def _takes_goods_to(country: str, rule: Rule) -> bool:
    when = rule.when
    return (
        (rule.foreign_vat_account is not None or names_danish_vat(rule, country))
        and any_of(when.line, LineKind.PRODUCT)
        and any_of(when.zone, Zone.EU)
        and any_of(when.country, country)
        and any_of(when.buyer, BuyerKind.CONSUMER)
        and when.product == ProductCondition()
    )


def _no_rule_for(countries: list[str], rule: Rule, chart: Chart) -> Finding:
    debt = foreign_vat_debt(chart, "OSS")
    shown = yaml_account(debt) if debt else "# create one in Dinero first, like Skyldig OSS-moms"
    net = account_to_paste(chart, OSS_SALES, "1151 Fjernsalg OSS, with the VAT code UEUV2")
    return error(
        key="posting.rules",
        message=f'Rule "{rule.name}" pays another EU country\'s VAT by OSS, and no rule takes the '
        f"goods of consumers in {', '.join(countries)}. The scheme is for all other EU countries "
        "at once, so such a sale bears no Danish VAT: each is held.",
        source=OSS_LAW,
        mending="Add one rule for all of them, after the others:\n\n"
        "posting:\n"
        "  rules:\n"
        "    - name: OSS\n"
        "      when: {zone: eu, buyer: consumer}\n"
        f"      account: {net}\n"
        f"      foreign_vat_account: {shown}\n",
    )


def _means_danish_vat_by_default(rule: Rule, settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether a rule takes EU consumers' 25 % as Danish without naming country and rate."""
    if not is_ordinary(rule) or rule.account not in chart.entry:
        return False
    named = bool(rule.when.country) and all(
        names_danish_vat(rule, country) for country in rule.when.country
    )
    danish = chart.vat_rate(rule.account) == DANISH_VAT and says_where(rule.when) and not named
    consumer = BuyerKind.CONSUMER
    return danish and can_take(rule, settings, zone=Zone.EU, buyer=consumer, rate=DANISH_VAT)


def _danish_by_default(key: str, rule: Rule, oss: Rule) -> Finding:
    named = replace(rule.when, vat_rate=(DANISH_VAT,), country=rule.when.country or ("SE",))
    return error(
        key=key,
        message=f'Rule "{rule.name}" takes 25 % of consumers in other EU countries as Danish VAT, '
        f'and rule "{oss.name}" pays such countries\' VAT by OSS. Under OSS their own VAT is due: '
        "the orders that the rule takes are held.",
        source=OSS_LAW,
        mending="Remove the rule; or where Danish VAT is right all the same, name each country and "
        f"the rate:\n\nwhen: {condition_text(named)}\n",
    )


def _single_purpose(oss: Rule, chart: Chart) -> Finding:
    account = account_to_paste(chart, MULTI_PURPOSE_CARDS, "63080 Gavekort, without a VAT code")
    return error(
        key="posting.gift_cards.kind",
        message="Gift cards are posted as single-purpose, with Danish VAT when they are sold. But "
        f"rule \"{oss.name}\" sells with another country's VAT: whose VAT a card pays for isn't "
        "known before it is used, so such cards are multi-purpose, and no VAT is due on their "
        "sale.",
        source=CARD_LAW,
        mending="Ask your bookkeeper; where cards are good for goods that leave Denmark:\n\n"
        "posting:\n"
        "  gift_cards:\n"
        "    kind: multi_purpose\n"
        f"    account: {account}\n",
    )
