"""Shops under OSS: countries without a rule, Danish VAT that nobody meant, gift cards."""

from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Source, error
from dinero_sync.domain.step import Pasted, Yaml, sentence
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
    shown: Pasted = (
        yaml_account(debt) if debt else sentence("create_debt", like="64200 Skyldig OSS-moms")
    )
    return error(
        key="posting.rules",
        text="oss_countries_without_rule",
        facts={"rule": rule.name, "countries": tuple(countries)},
        source=(Source.OSS,),
        steps=(
            sentence("one_rule_for_all_of_oss"),
            Yaml(
                "posting:\n"
                "  rules:\n"
                "    - name: OSS\n"
                "      when: {zone: eu, buyer: consumer}\n"
                "      account: ",
                account_to_paste(chart, OSS_SALES, "1151 Fjernsalg OSS"),
                "\n      foreign_vat_account: ",
                shown,
                "\n",
            ),
        ),
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
        text="danish_vat_under_oss",
        facts={"rule": rule.name, "oss": oss.name},
        source=(Source.OSS,),
        steps=(
            sentence("remove_or_name_country_and_rate"),
            Yaml(f"when: {condition_text(named)}\n"),
        ),
    )


def _single_purpose(oss: Rule, chart: Chart) -> Finding:
    return error(
        key="posting.gift_cards.kind",
        text="single_purpose_under_oss",
        facts={"rule": oss.name},
        source=(Source.GIFT_CARDS,),
        steps=(
            sentence("ask_whether_cards_go_abroad"),
            Yaml(
                "posting:\n  gift_cards:\n    kind: multi_purpose\n    account: ",
                account_to_paste(chart, MULTI_PURPOSE_CARDS, "63080 Gavekort"),
                "\n",
            ),
        ),
    )
