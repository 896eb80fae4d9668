"""Rules for sales without VAT that can't be right by law: freight, trade in the EU, export."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dinero_sync.domain.chart import (
    ABROAD_CODES,
    EXPORT_CODES,
    NO_VAT,
    REVERSE_CHARGE_CODES,
    Account,
    Chart,
)
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Source, error, warning
from dinero_sync.domain.step import Facts, Pasted, Sentence, Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.lint.accounts import (
    NO_CODE,
    Codes,
    account_facts,
    account_to_paste,
    box_of,
    freight_account,
    other_account,
)
from dinero_sync.posting.lint.gift_cards import is_for_gift_cards
from dinero_sync.posting.lint.reach import can_take, countries_in, is_ordinary, says_where
from dinero_sync.posting.lint.reverse_charge import lacks_reverse_charge
from dinero_sync.posting.lint.second_hand import lacks_scheme
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule, RuleCondition
from dinero_sync.posting.suggestion import foreign_vat_debt, yaml_account


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where goods go, and in which boxes of the VAT return their sale belongs."""

    belongs: Sentence
    """In which boxes, in words."""
    law: Source
    zone: Zone
    buyers: tuple[BuyerKind, ...]
    codes: Codes
    """The VAT codes that bring it there."""

    def is_right(self, code: str | None) -> bool:
        """Tell whether an account with a VAT code is right for such sales."""
        return code in self.codes or (self.codes == NO_CODE and code not in ABROAD_CODES)


PLACES = (
    Place(
        belongs=sentence("eu_businesses_in_box_b"),
        law=Source.REVERSE_CHARGE,
        zone=Zone.EU,
        buyers=(BuyerKind.BUSINESS,),
        codes=REVERSE_CHARGE_CODES,
    ),
    Place(
        belongs=sentence("exports_in_box_c"),
        law=Source.EXPORT,
        zone=Zone.WORLD,
        buyers=(),
        codes=EXPORT_CODES,
    ),
    Place(
        belongs=sentence("danish_sales_in_no_box"),
        law=Source.DANISH_SALES_AND_EXEMPT,
        zone=Zone.DK,
        buyers=(),
        codes=NO_CODE,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaxed:
    """A rule for ordinary lines whose account has no VAT."""

    key: str
    rule: Rule
    account: Account
    settings: PostingSettings

    def buyers(self, zone: Zone) -> list[BuyerKind]:
        """Return who may buy there without VAT by this rule."""
        return [
            buyer
            for buyer in BuyerKind
            if can_take(self.rule, self.settings, zone=zone, buyer=buyer, rate=NO_VAT)
        ]

    @property
    def facts(self) -> Facts:
        """The rule, and its account with its VAT code, to be told."""
        return {"rule": self.rule.name, **account_facts(self.account)}


def vat_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find rules that the law doesn't allow, or that lead to a wrong VAT return."""
    untaxed = list(_untaxed(settings, chart))
    for each in untaxed:
        freight = list(_freight(each, chart))
        yield from freight
        if says_where(each.rule.when):
            yield from _danish(each, chart)
            yield from _reverse_charge(each, chart)
            yield from _consumers_without_vat(each, chart)
            yield from _export(each, chart)
        elif not freight:
            yield from _anywhere(each, chart)
    yield from _unchecked_numbers(untaxed)


def _untaxed(settings: PostingSettings, chart: Chart) -> Iterator[Untaxed]:
    """Return the rules for sales without VAT, except those of which more is found elsewhere."""
    for at, rule in enumerate(settings.rules):
        account = chart.entry.get(rule.account)
        if account is None or chart.vat_rate(rule.account) != NO_VAT or not is_ordinary(rule):
            continue
        of_scheme = lacks_scheme(rule, account) or lacks_reverse_charge(rule, account, chart)
        if not of_scheme and not is_for_gift_cards(rule, account):
            yield Untaxed(key=f"posting.rules[{at}]", rule=rule, account=account, settings=settings)


def _freight(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    """Find Danish freight without VAT where no Danish goods are without it."""
    when, settings = each.rule.when, each.settings
    takes_freight = LineKind.SHIPPING in when.line and _takes_danish(when)
    if not takes_freight or _sells_untaxed(settings, chart):
        return
    taxed = freight_account(chart, settings.shipping_account)
    shown: Pasted = yaml_account(taxed) if taxed else sentence("create_first")
    yield warning(
        key=each.key,
        text="danish_freight_untaxed",
        facts={"rule": each.rule.name},
        source=(Source.FREIGHT,),
        steps=(
            sentence("remove_rule_for_freight"),
            Yaml("posting:\n  shipping_account: ", shown, "\n"),
        ),
    )


def _sells_untaxed(settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether Danish goods may be booked without VAT."""
    common = chart.vat_rate(settings.sales_account) if settings.sales_account in chart.entry else 0
    return common == NO_VAT or any(
        (is_ordinary(rule) or rule.reverse_charge)
        and any_of(rule.when.line, LineKind.PRODUCT)
        and _takes_danish(rule.when)
        and rule.account in chart.entry
        and chart.vat_rate(rule.account) == NO_VAT
        for rule in settings.rules
    )


def _takes_danish(when: RuleCondition) -> bool:
    return any_of(when.zone, Zone.DK) and any_of(when.country, "DK")


def _danish(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    """Find Danish sales on an account of trade abroad."""
    code = each.account.vat_code
    if code not in ABROAD_CODES or not each.buyers(Zone.DK):
        return
    box_c = code in EXPORT_CODES and BuyerKind.BUSINESS in each.buyers(Zone.DK)
    reverse_charge = (sentence("or_say_reverse_charge"), Yaml("reverse_charge: true\n"))
    yield error(
        key=f"{each.key}.account",
        text="danish_sales_as_sold_abroad",
        facts={**each.facts, "box": box_of(code)},
        source=(Source.DANISH_SALES_AND_EXEMPT,),
        steps=(
            sentence("name_account_for_exempt"),
            Yaml("account: ", account_to_paste(chart, NO_CODE), "\n"),
            *(reverse_charge if box_c else ()),
        ),
    )


def _reverse_charge(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    buyers = _with_numbers(each)
    if not buyers or each.account.vat_code in REVERSE_CHARGE_CODES:
        return
    yield error(
        key=f"{each.key}.account",
        text="eu_businesses_elsewhere",
        facts={**each.facts, "buyers": _named(buyers), "codes": REVERSE_CHARGE_CODES},
        source=(Source.REVERSE_CHARGE,),
        steps=other_account(chart, REVERSE_CHARGE_CODES),
    )


def _named(buyers: list[BuyerKind]) -> str:
    return "EU businesses" if BuyerKind.BUSINESS in buyers else "public bodies in the EU"


def _consumers_without_vat(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    if BuyerKind.CONSUMER not in each.buyers(Zone.EU):
        return
    countries = countries_in(each.rule.when, Zone.EU)
    debt = foreign_vat_debt(chart, "OSS")
    shown = yaml_account(debt) if debt else sentence("create_like", like="Skyldig OSS-moms")
    when = replace(each.rule.when, zone=(Zone.EU,), country=countries, buyer=(BuyerKind.BUSINESS,))
    yield error(
        key=f"{each.key}.when",
        text="eu_consumers_without_vat",
        facts={"rule": each.rule.name},
        source=(Source.DISTANCE_SALES,),
        steps=(
            sentence("take_businesses_alone"),
            Yaml(f"when: {condition_text(when)}\n\n"),
            sentence("or_name_debt", account=shown),
        ),
    )


def _export(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    if each.account.vat_code in EXPORT_CODES or not each.buyers(Zone.WORLD):
        return
    yield error(
        key=f"{each.key}.account",
        text="exports_elsewhere",
        facts={**each.facts, "codes": EXPORT_CODES},
        source=(Source.EXPORT,),
        steps=other_account(chart, EXPORT_CODES),
    )


def _anywhere(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    """Find sales without VAT that go anywhere, on an account that isn't right for all of them."""
    taken = [place for place in PLACES if _goes_to(each, place)]
    wrong = [place for place in taken if not place.is_right(each.account.vat_code)]
    if not wrong:
        return
    yield warning(
        key=f"{each.key}.when",
        text="anywhere_on_one_account",
        facts={**each.facts, "places": tuple(place.belongs for place in wrong)},
        source=tuple(place.law for place in wrong),
        steps=(
            sentence("rule_for_each_place"),
            Yaml(
                "posting:\n  rules:\n",
                *(part for place in taken for part in _rule_for(place, each, chart)),
            ),
        ),
    )


def _goes_to(each: Untaxed, place: Place) -> bool:
    return bool({*each.buyers(place.zone)} & {*(place.buyers or BuyerKind)})


def _rule_for(place: Place, each: Untaxed, chart: Chart) -> tuple[Pasted, ...]:
    """Write the rule as it is to be for one place."""
    when = replace(each.rule.when, zone=(place.zone,), buyer=place.buyers or each.rule.when.buyer)
    right = place.is_right(each.account.vat_code)
    account = yaml_account(each.account) if right else account_to_paste(chart, place.codes)
    name = json.dumps(f"{each.rule.name}, {place.zone}", ensure_ascii=False)
    rule = f"    - name: {name}\n      when: {condition_text(when)}\n      account: "
    return (rule, account, "\n")


def _unchecked_numbers(untaxed: list[Untaxed]) -> Iterator[Finding]:
    """Find sales without VAT to EU businesses whose VAT numbers nobody asks about."""
    first = next((each for each in untaxed if _registered(each)), None)
    if first is None or first.settings.check_vat_numbers:
        return
    yield warning(
        key="posting.eu_vat_numbers.check",
        text="vat_numbers_unchecked",
        facts={"rule": first.rule.name, "buyers": _named(_registered(first))},
        source=(Source.REVERSE_CHARGE,),
        steps=(
            sentence("let_register_be_asked"),
            Yaml("posting:\n  eu_vat_numbers: {check: vies}\n"),
        ),
    )


def _registered(each: Untaxed) -> list[BuyerKind]:
    """Return the buyers in the EU with a VAT number whom a rule is meant for."""
    meant = says_where(each.rule.when) or each.account.vat_code in REVERSE_CHARGE_CODES
    return _with_numbers(each) if meant else []


def _with_numbers(each: Untaxed) -> list[BuyerKind]:
    return [buyer for buyer in each.buyers(Zone.EU) if buyer is not BuyerKind.CONSUMER]
