"""Rules whose VAT can't be right by law: freight, trade in the EU, export, second-hand goods."""

from collections.abc import Iterator

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.zone import EU_COUNTRIES, Zone
from dinero_sync.posting.finding import Finding, Severity
from dinero_sync.posting.matching import any_of
from dinero_sync.posting.settings import (
    LineKind,
    MarginMethod,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.posting.vat_codes import DANISH_VAT, NO_VAT

REVERSE_CHARGE_CODES = ("UEUV", "UEUY")
"""Box B with the EU sales list, for goods and for services."""
EXPORT_CODES = ("UVV", "UVC", "UVY")
"""Box C."""
FREIGHT_LAW = "momsloven § 27, stk. 2, nr. 2; SKM2016.157.SR"
REVERSE_CHARGE_LAW = "momsloven § 34, stk. 1, nr. 1, and stk. 2; momssystemdirektivet art. 138"
DISTANCE_SALES_LAW = "momsloven §§ 14, 14 b and 21 e; momssystemdirektivet art. 33 and 59c"
EXPORT_LAW = "momsloven § 34, stk. 1, nr. 5; rubrik C"
MARGIN_LAW = "momsloven §§ 69, 70 and 71 a; momsbekendtgørelsen § 122"
SECOND_HAND = "brugt"
"""What the name of an account for second-hand goods holds, in any case."""
AS_HIGH_AS_DANISH = ("HR", "SE")
"""Other EU countries whose common rate of VAT is 25 %."""


def vat_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find rules that the law doesn't allow, or that lead to a wrong VAT return."""
    for at, rule in enumerate(settings.rules):
        key = f"posting.rules[{at}]"
        account = chart.entry.get(rule.account)
        if account is None:
            continue
        yield from _second_hand(key, rule, account, settings)
        if chart.vat_rate(rule.account) == NO_VAT and _is_ordinary(rule):
            yield from _freight(key, rule, settings, chart)
            yield from _reverse_charge(key, rule, account, chart)
            yield from _consumers_without_vat(key, rule)
            yield from _export(key, rule, account, chart)
    yield from _unchecked_numbers(settings, chart)
    yield from _distance_sales(settings, chart)
    yield from _whose_vat(settings, chart)
    yield from _unused_margin(settings)


def _is_ordinary(rule: Rule) -> bool:
    return rule.margin_scheme is None and rule.foreign_vat_account is None


def _freight(key: str, rule: Rule, settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find Danish freight without VAT where no Danish goods are without it."""
    when = rule.when
    takes_freight = LineKind.SHIPPING in when.line and any_of(when.zone, Zone.DK)
    if not takes_freight or not any_of(when.country, "DK") or _sells_untaxed(settings, chart):
        return
    yield Finding(
        severity=Severity.WARNING,
        key=key,
        message=f'Rule "{rule.name}" books Danish freight without VAT, and no rule books Danish '
        "goods without VAT. Freight has the VAT of the goods it is for, also when the carrier's "
        "own invoice has none.",
        source=FREIGHT_LAW,
        mending="Remove the rule, so that freight goes to the common account:\n\n"
        f"posting:\n  shipping_account: {settings.shipping_account}\n",
    )


def _sells_untaxed(settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether Danish goods may be booked without VAT."""
    common = chart.vat_rate(settings.sales_account) if settings.sales_account in chart.entry else 0
    return common == NO_VAT or any(
        _is_ordinary(rule)
        and any_of(rule.when.line, LineKind.PRODUCT)
        and any_of(rule.when.zone, Zone.DK)
        and any_of(rule.when.country, "DK")
        and rule.account in chart.entry
        and chart.vat_rate(rule.account) == NO_VAT
        for rule in settings.rules
    )


def _reverse_charge(key: str, rule: Rule, account: Account, chart: Chart) -> Iterator[Finding]:
    to_businesses = Zone.EU in rule.when.zone and BuyerKind.BUSINESS in rule.when.buyer
    if not to_businesses or account.vat_code in REVERSE_CHARGE_CODES:
        return
    yield Finding(
        severity=Severity.ERROR,
        key=f"{key}.account",
        message=f'Rule "{rule.name}" sells to EU businesses without VAT on account '
        f"{account.number} with the VAT code {account.vat_code or 'none'}. Only "
        f"{' and '.join(REVERSE_CHARGE_CODES)} bring the sale into box B and onto the EU sales "
        "list, without which the exemption can be lost.",
        source=REVERSE_CHARGE_LAW,
        mending=_other_account(chart, REVERSE_CHARGE_CODES, "1100"),
    )


def _consumers_without_vat(key: str, rule: Rule) -> Iterator[Finding]:
    when = rule.when
    in_eu = Zone.EU in when.zone or (not when.zone and EU_COUNTRIES - {"DK"} & {*when.country})
    if not in_eu or not any_of(when.buyer, BuyerKind.CONSUMER):
        return
    yield Finding(
        severity=Severity.ERROR,
        key=f"{key}.when",
        message=f'Rule "{rule.name}" books sales to consumers in the EU without any VAT. They '
        "bear Danish VAT, or above the threshold that of their country.",
        source=DISTANCE_SALES_LAW,
        mending="Let the rule take businesses alone:\n\n"
        "when: {zone: eu, buyer: business}\n\n"
        "or, for another country's VAT, name the account of debt that takes it: "
        "foreign_vat_account: 64200",
    )


def _export(key: str, rule: Rule, account: Account, chart: Chart) -> Iterator[Finding]:
    if Zone.WORLD not in rule.when.zone or account.vat_code in EXPORT_CODES:
        return
    yield Finding(
        severity=Severity.ERROR,
        key=f"{key}.account",
        message=f'Rule "{rule.name}" books exports on account {account.number} with the VAT code '
        f"{account.vat_code or 'none'}. They belong in box C of the VAT return, where only "
        f"{', '.join(EXPORT_CODES)} bring them.",
        source=EXPORT_LAW,
        mending=_other_account(chart, EXPORT_CODES, "1255"),
    )


def _other_account(chart: Chart, codes: tuple[str, ...], usual: str) -> str:
    for number, account in sorted(chart.entry.items()):
        if account.vat_code in codes and not account.hidden:
            return f"Name an account with such a code:\n\naccount: {number}  # {account.name}\n"
    return (
        f"Show account {usual} of the standard chart in Dinero, or create one with the VAT code "
        f"{codes[0]}, and name it in the rule."
    )


def _second_hand(
    key: str, rule: Rule, account: Account, settings: PostingSettings
) -> Iterator[Finding]:
    """Find second-hand goods whose scheme isn't said, or whose method isn't."""
    if rule.margin_scheme is not None and settings.margin is None:
        yield Finding(
            severity=Severity.ERROR,
            key=f"{key}.margin_scheme",
            message=f'Rule "{rule.name}" is for a margin scheme (brugtmoms), and nothing says by '
            "which method the margin's VAT is found: it would never be paid.",
            source=MARGIN_LAW,
            mending="Ask your bookkeeper for the method, and add:\n\n"
            "posting:\n  margin_scheme: {method: individual, account: 1052}\n",
        )
    if rule.margin_scheme is None and not account.vat_code and SECOND_HAND in account.name.lower():
        yield Finding(
            severity=Severity.ERROR,
            key=f"{key}.margin_scheme",
            message=f'Rule "{rule.name}" books on account {account.number} {account.name}, which '
            "has no VAT, without naming a margin scheme: the invoice lacks the text that the law "
            "asks for, and no VAT of the margin is posted.",
            source=MARGIN_LAW,
            mending="Say which kind of goods the rule takes (used_goods, art or collectors):\n\n"
            "margin_scheme: used_goods\n",
        )


def _unused_margin(settings: PostingSettings) -> Iterator[Finding]:
    if settings.margin is None or any(rule.margin_scheme for rule in settings.rules):
        return
    individual = settings.margin.method is MarginMethod.INDIVIDUAL
    cost = " Yet each product's purchase price is asked for." if individual else ""
    yield Finding(
        severity=Severity.HINT,
        key="posting.margin_scheme",
        message=f"No rule names a margin_scheme, so no goods are sold as second-hand.{cost}",
        source=MARGIN_LAW,
        mending="Remove posting.margin_scheme, or say which goods are second-hand:\n\n"
        "posting:\n"
        "  rules:\n"
        "    - name: second-hand goods\n"
        '      when: {line: product, category: ["Brugt*"]}\n'
        "      account: 1051\n"
        "      margin_scheme: used_goods\n",
    )


def _unchecked_numbers(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find sales without VAT to EU businesses whose VAT numbers nobody asks about."""
    reverse_charge = [
        rule
        for rule in settings.rules
        if rule.account in chart.entry
        and chart.entry[rule.account].vat_code in REVERSE_CHARGE_CODES
    ]
    if settings.check_vat_numbers or not reverse_charge:
        return
    yield Finding(
        severity=Severity.WARNING,
        key="posting.eu_vat_numbers.check",
        message=f'Rule "{reverse_charge[0].name}" sells without VAT to EU businesses, whose VAT '
        "numbers are checked by their form alone. The seller must be able to prove that the buyer "
        "was registered; otherwise the VAT is the seller's to pay.",
        source=REVERSE_CHARGE_LAW,
        mending="Let the EU's register be asked, and its answer kept:\n\n"
        "posting:\n  eu_vat_numbers: {check: vies}\n",
    )


def _distance_sales(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find sales with Danish VAT to EU consumers that aren't told apart by country."""
    rules = [(at, rule) for at, rule in enumerate(settings.rules) if _takes_distance_sales(rule)]
    if not any(not rule.when.country for _, rule in rules):
        mentioned = any(Zone.EU in rule.when.zone for rule in settings.rules)
        yield _not_by_country(
            Severity.WARNING if mentioned else Severity.HINT,
            "posting.sales_account",
            f"No rule takes goods with Danish VAT that go to consumers in "
            f"{'further' if rules else 'other'} EU countries: they go to the common account "
            f"{settings.sales_account}.",
            chart,
        )
    for at, rule in rules:
        if len(rule.when.country) != 1 and rule.foreign_vat_account is None:
            yield _not_by_country(
                Severity.WARNING,
                f"posting.rules[{at}].account",
                f'Rule "{rule.name}" puts distance sales to several EU countries on one account.',
                chart,
            )


def _whose_vat(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find countries with 25 % that a rule for Danish VAT and one for their own could take."""
    rules = [(at, rule) for at, rule in enumerate(settings.rules) if _takes_distance_sales(rule)]
    foreign = [rule for _, rule in rules if rule.foreign_vat_account is not None]
    for at, rule in rules:
        danish = rule.foreign_vat_account is None and chart.vat_rate(rule.account) == DANISH_VAT
        if not danish or not (rule.when.zone or rule.when.country):
            continue
        for other in foreign:
            if both := sorted(_as_high_as_danish(rule) & _as_high_as_danish(other)):
                yield _same_rate(f"posting.rules[{at}].when", rule, other, " and ".join(both))


def _as_high_as_danish(rule: Rule) -> set[str]:
    """Return the countries with 25 % that a rule could take."""
    return {country for country in AS_HIGH_AS_DANISH if any_of(rule.when.country, country)}


def _same_rate(key: str, rule: Rule, other: Rule, countries: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
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
    distance = (
        each
        for _, each in sorted(chart.entry.items())
        if "fjernsalg" in each.name.lower() and chart.vat_rate(each.number) == DANISH_VAT
    )
    account = next(distance, None)
    shown = f"{account.number}  # {account.name}" if account else "1001  # create it, with U25"
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
