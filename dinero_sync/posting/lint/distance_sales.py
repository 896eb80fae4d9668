"""Sales to consumers in other EU countries: told apart by country, and by whose VAT they bear."""

from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity, Source, warning
from dinero_sync.domain.step import Facts, Yaml, sentence
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.abroad.oss import oss_rules
from dinero_sync.posting.conditions import any_of
from dinero_sync.posting.lint.reach import says_where, zones_of
from dinero_sync.posting.settings import LineKind, PostingSettings, ProductCondition, Rule
from dinero_sync.posting.suggestion import DISTANCE_SALES, account_to_paste

AS_HIGH_AS_DANISH = ("HR", "SE")
"""Other EU countries whose common rate of VAT is 25 %."""


def distance_sales_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find sales to EU consumers whose country, or whose VAT, the books wouldn't tell."""
    if not oss_rules(settings):  # under OSS no account for Danish VAT is wanted
        yield from _distance_sales(settings, chart)
    yield from _whose_vat(settings, chart)


def _distance_sales(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find sales with Danish VAT to EU consumers that aren't told apart by country."""
    rules = [(at, rule) for at, rule in enumerate(settings.rules) if _takes_distance_sales(rule)]
    if not any(not rule.when.country for _, rule in rules):
        mentioned = any(
            says_where(rule.when) and Zone.EU in zones_of(rule.when) for rule in settings.rules
        )
        yield _not_by_country(
            Severity.WARNING if mentioned else Severity.HINT,
            "posting.sales_account",
            "further_countries_together" if rules else "other_countries_together",
            {"account": settings.sales_account},
            chart,
        )
    for at, rule in rules:
        if len(rule.when.country) != 1 and _bears_danish_vat(rule, chart):
            told_apart = any(len(each.when.country) == 1 for before, each in rules if before < at)
            yield _not_by_country(
                Severity.HINT if told_apart else Severity.WARNING,
                f"posting.rules[{at}].account",
                "countries_on_one_account",
                {"rule": rule.name},
                chart,
            )


def _whose_vat(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find countries with 25 % that a rule for Danish VAT and one for their own could take."""
    rules = [(at, rule) for at, rule in enumerate(settings.rules) if _takes_distance_sales(rule)]
    foreign = [rule for _, rule in rules if rule.foreign_vat_account is not None]
    for at, rule in rules:
        if not _bears_danish_vat(rule, chart) or not says_where(rule.when):
            continue
        for other in foreign:
            if both := sorted(_as_high_as_danish(rule) & _as_high_as_danish(other)):
                yield _same_rate(f"posting.rules[{at}].when", rule, other, tuple(both))


def _bears_danish_vat(rule: Rule, chart: Chart) -> bool:
    known = rule.foreign_vat_account is None and rule.account in chart.entry
    return known and chart.vat_rate(rule.account) == DANISH_VAT


def _as_high_as_danish(rule: Rule) -> set[str]:
    """Return the countries with 25 % that a rule could take."""
    return {country for country in AS_HIGH_AS_DANISH if any_of(rule.when.country, country)}


def _same_rate(key: str, rule: Rule, other: Rule, countries: tuple[str, ...]) -> Finding:
    return warning(
        key=key,
        text="whose_vat_untold",
        facts={"rule": rule.name, "other": other.name, "countries": countries},
        source=(Source.DISTANCE_SALES,),
        steps=(sentence("charge_one_or_the_other"),),
    )


def _takes_distance_sales(rule: Rule) -> bool:
    when = rule.when
    return (
        rule.margin_scheme is None
        and not rule.reverse_charge
        and when.product == ProductCondition()
        and any_of(when.line, LineKind.PRODUCT)
        and any_of(when.vat_rate, DANISH_VAT)
        and any_of(when.zone, Zone.EU)
        and any_of(when.buyer, BuyerKind.CONSUMER)
        and (not when.country or bool(EU_COUNTRIES - {"DK"} & {*when.country}))
        and not when.payment_type
    )


def _not_by_country(severity: Severity, key: str, text: str, facts: Facts, chart: Chart) -> Finding:
    like = "Fjernsalg EU privat m/dansk moms - DE"
    shown = account_to_paste(chart, replace(DISTANCE_SALES, country="DE"), like)
    return Finding(
        severity=severity,
        key=key,
        text=text,
        facts=facts,
        source=(Source.DISTANCE_SALES, Source.SALES_BY_COUNTRY),
        steps=(
            sentence("account_and_rule_by_country"),
            Yaml(
                "posting:\n  rules:\n    - name: ",
                sentence("name_consumers_in", country="DE"),
                "\n"
                "      when: {zone: eu, country: DE, buyer: consumer, vat_rate: 25}\n"
                "      account: ",
                shown,
                "\n",
            ),
        ),
    )
