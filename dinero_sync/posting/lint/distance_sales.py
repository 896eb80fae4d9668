"""Sales to consumers in other EU countries: told apart by country, and by whose VAT they bear."""

from collections.abc import Iterator
from dataclasses import replace

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity, warning
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.abroad.oss import oss_rules
from dinero_sync.posting.conditions import any_of
from dinero_sync.posting.lint.reach import says_where, zones_of
from dinero_sync.posting.settings import LineKind, PostingSettings, ProductCondition, Rule
from dinero_sync.posting.suggestion import DISTANCE_SALES, account_to_paste

DISTANCE_SALES_LAW = "momsloven §§ 14, 14 b and 21 e; momssystemdirektivet art. 33 and 59c"
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
            f"No rule takes goods with Danish VAT that go to consumers in "
            f"{'further' if rules else 'other'} EU countries: they go to the common account "
            f"{settings.sales_account}.",
            chart,
        )
    for at, rule in rules:
        if len(rule.when.country) != 1 and _bears_danish_vat(rule, chart):
            told_apart = any(len(each.when.country) == 1 for before, each in rules if before < at)
            yield _not_by_country(
                Severity.HINT if told_apart else Severity.WARNING,
                f"posting.rules[{at}].account",
                f'Rule "{rule.name}" puts distance sales to several EU countries on one account.',
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
                yield _same_rate(f"posting.rules[{at}].when", rule, other, " and ".join(both))


def _bears_danish_vat(rule: Rule, chart: Chart) -> bool:
    known = rule.foreign_vat_account is None and rule.account in chart.entry
    return known and chart.vat_rate(rule.account) == DANISH_VAT


def _as_high_as_danish(rule: Rule) -> set[str]:
    """Return the countries with 25 % that a rule could take."""
    return {country for country in AS_HIGH_AS_DANISH if any_of(rule.when.country, country)}


def _same_rate(key: str, rule: Rule, other: Rule, countries: str) -> Finding:
    return warning(
        key=key,
        message=f'Rule "{rule.name}" takes 25 % as Danish VAT, rule "{other.name}" as that of the '
        f"country, and both could take {countries}, whose own VAT is 25 % too. The rate doesn't "
        "tell whose VAT was charged: the first of the two decides.",
        source=DISTANCE_SALES_LAW,
        mending="Charge one or the other in each country, and name the countries in the two "
        "rules, each in one of them alone.",
    )


def _takes_distance_sales(rule: Rule) -> bool:
    when = rule.when
    return (
        rule.margin_scheme is None
        and when.product == ProductCondition()
        and any_of(when.line, LineKind.PRODUCT)
        and any_of(when.vat_rate, DANISH_VAT)
        and any_of(when.zone, Zone.EU)
        and any_of(when.buyer, BuyerKind.CONSUMER)
        and (not when.country or bool(EU_COUNTRIES - {"DK"} & {*when.country}))
        and not when.payment_type
    )


def _not_by_country(severity: Severity, key: str, message: str, chart: Chart) -> Finding:
    like = "Fjernsalg EU privat m/dansk moms - DE, with the VAT code U25"
    shown = account_to_paste(chart, replace(DISTANCE_SALES, country="DE"), like)
    return Finding(
        severity=severity,
        key=key,
        message=f"{message} Sales to EU consumers are recorded by country also below the "
        "threshold, and have to be told apart when it is passed.",
        source=f"{DISTANCE_SALES_LAW}; momsbekendtgørelsen § 111",
        mending="Create an account with the VAT code U25 for each country, and a rule for each:"
        "\n\nposting:\n"
        "  rules:\n"
        "    - name: consumers in DE\n"
        "      when: {zone: eu, country: DE, buyer: consumer, vat_rate: 25}\n"
        f"      account: {shown}\n",
    )
