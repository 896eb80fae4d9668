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
from dinero_sync.domain.finding import Finding, error, warning
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import any_of, condition_text
from dinero_sync.posting.lint.accounts import (
    EXPORT_LAW,
    FREIGHT_LAW,
    NO_CODE,
    REVERSE_CHARGE_LAW,
    Codes,
    account_to_paste,
    box_of,
    freight_account,
    other_account,
    yaml_of,
)
from dinero_sync.posting.lint.distance_sales import DISTANCE_SALES_LAW
from dinero_sync.posting.lint.gift_cards import is_for_gift_cards
from dinero_sync.posting.lint.reach import can_take, countries_in, is_ordinary, says_where
from dinero_sync.posting.lint.second_hand import lacks_scheme
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule, RuleCondition
from dinero_sync.posting.suggestion import foreign_vat_debt, yaml_account

DANISH_LAW = "momsloven §§ 13, 33 and 34"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where goods go, and in which boxes of the VAT return their sale belongs."""

    rule: str
    law: str
    zone: Zone
    buyers: tuple[BuyerKind, ...]
    codes: Codes
    """The VAT codes that bring it there."""

    def is_right(self, code: str | None) -> bool:
        """Tell whether an account with a VAT code is right for such sales."""
        return code in self.codes or (self.codes == NO_CODE and code not in ABROAD_CODES)


PLACES = (
    Place(
        rule="sales to EU businesses belong in box B and on the EU sales list",
        law=REVERSE_CHARGE_LAW,
        zone=Zone.EU,
        buyers=(BuyerKind.BUSINESS,),
        codes=REVERSE_CHARGE_CODES,
    ),
    Place(
        rule="exports belong in box C",
        law=EXPORT_LAW,
        zone=Zone.WORLD,
        buyers=(),
        codes=EXPORT_CODES,
    ),
    Place(
        rule="Danish sales belong in neither box B nor box C",
        law=DANISH_LAW,
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
    def code(self) -> str:
        """The account with its VAT code, as a finding says it."""
        return f"{self.account.number} with the VAT code {self.account.vat_code or 'none'}"


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
        if not lacks_scheme(rule, account) and not is_for_gift_cards(rule, account):
            yield Untaxed(key=f"posting.rules[{at}]", rule=rule, account=account, settings=settings)


def _freight(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    """Find Danish freight without VAT where no Danish goods are without it."""
    when, settings = each.rule.when, each.settings
    takes_freight = LineKind.SHIPPING in when.line and _takes_danish(when)
    if not takes_freight or _sells_untaxed(settings, chart):
        return
    taxed = freight_account(chart, settings.shipping_account)
    none = "shipping_account: # create one first\n"
    shown = yaml_of("shipping_account", taxed) if taxed else none
    yield warning(
        key=each.key,
        message=f'Rule "{each.rule.name}" books Danish freight without VAT, and no rule books '
        "Danish goods without VAT. Freight has the VAT of the goods it is for, also when the "
        "carrier's own invoice has none.",
        source=FREIGHT_LAW,
        mending="Remove the rule, so that freight goes to the common account:\n\n"
        f"posting:\n  {shown}",
    )


def _sells_untaxed(settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether Danish goods may be booked without VAT."""
    common = chart.vat_rate(settings.sales_account) if settings.sales_account in chart.entry else 0
    return common == NO_VAT or any(
        is_ordinary(rule)
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
    yield error(
        key=f"{each.key}.account",
        message=f'Rule "{each.rule.name}" books Danish sales without VAT on account {each.code}, '
        f"which reports them as sold abroad: {box_of(code)}.",
        source=DANISH_LAW,
        mending="Name an account without a VAT code for Danish sales that are free of VAT "
        f"(momsloven § 13):\n\naccount: {account_to_paste(chart, NO_CODE)}\n",
    )


def _reverse_charge(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    buyers = _with_numbers(each)
    if not buyers or each.account.vat_code in REVERSE_CHARGE_CODES:
        return
    yield error(
        key=f"{each.key}.account",
        message=f'Rule "{each.rule.name}" sells to {_named(buyers)} without VAT on account '
        f"{each.code}. Only {' and '.join(REVERSE_CHARGE_CODES)} bring the sale into box B and "
        "onto the EU sales list, without which the exemption can be lost.",
        source=REVERSE_CHARGE_LAW,
        mending=other_account(chart, REVERSE_CHARGE_CODES),
    )


def _named(buyers: list[BuyerKind]) -> str:
    return "EU businesses" if BuyerKind.BUSINESS in buyers else "public bodies in the EU"


def _consumers_without_vat(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    if BuyerKind.CONSUMER not in each.buyers(Zone.EU):
        return
    countries = countries_in(each.rule.when, Zone.EU)
    debt = foreign_vat_debt(chart, "OSS")
    shown = yaml_account(debt) if debt else "# create one in Dinero first, like Skyldig OSS-moms"
    when = replace(each.rule.when, zone=(Zone.EU,), country=countries, buyer=(BuyerKind.BUSINESS,))
    yield error(
        key=f"{each.key}.when",
        message=f'Rule "{each.rule.name}" books sales to consumers in the EU without any VAT. They '
        "bear Danish VAT, or above the threshold that of their country.",
        source=DISTANCE_SALES_LAW,
        mending="Let the rule take businesses alone:\n\n"
        f"when: {condition_text(when)}\n\n"
        "or, for another country's VAT, name the account of debt that takes it: "
        f"foreign_vat_account: {shown}",
    )


def _export(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    if each.account.vat_code in EXPORT_CODES or not each.buyers(Zone.WORLD):
        return
    yield error(
        key=f"{each.key}.account",
        message=f'Rule "{each.rule.name}" books exports on account {each.code}. They belong in box '
        f"C of the VAT return, where only {', '.join(EXPORT_CODES)} bring them.",
        source=EXPORT_LAW,
        mending=other_account(chart, EXPORT_CODES),
    )


def _anywhere(each: Untaxed, chart: Chart) -> Iterator[Finding]:
    """Find sales without VAT that go anywhere, on an account that isn't right for all of them."""
    taken = [place for place in PLACES if _goes_to(each, place)]
    wrong = [place for place in taken if not place.is_right(each.account.vat_code)]
    if not wrong:
        return
    yield warning(
        key=f"{each.key}.when",
        message=f'Rule "{each.rule.name}" takes sales without VAT wherever the goods go, on '
        f"account {each.code}. But {', and '.join(place.rule for place in wrong)}.",
        source="; ".join(place.law for place in wrong),
        mending="Put a rule for each place in its stead; in a shop that sells in Denmark alone, "
        "the one for dk will do:\n\n"
        "posting:\n"
        "  rules:\n" + "".join(_rule_for(place, each, chart) for place in taken),
    )


def _goes_to(each: Untaxed, place: Place) -> bool:
    return bool({*each.buyers(place.zone)} & {*(place.buyers or BuyerKind)})


def _rule_for(place: Place, each: Untaxed, chart: Chart) -> str:
    """Write the rule as it is to be for one place."""
    when = replace(each.rule.when, zone=(place.zone,), buyer=place.buyers or each.rule.when.buyer)
    if place.is_right(each.account.vat_code):
        account = yaml_account(each.account)
    else:
        account = account_to_paste(chart, place.codes)
    return (
        f"    - name: {json.dumps(f'{each.rule.name}, {place.zone}', ensure_ascii=False)}\n"
        f"      when: {condition_text(when)}\n"
        f"      account: {account}\n"
    )


def _unchecked_numbers(untaxed: list[Untaxed]) -> Iterator[Finding]:
    """Find sales without VAT to EU businesses whose VAT numbers nobody asks about."""
    first = next((each for each in untaxed if _registered(each)), None)
    if first is None or first.settings.check_vat_numbers:
        return
    yield warning(
        key="posting.eu_vat_numbers.check",
        message=f'Rule "{first.rule.name}" sells without VAT to {_named(_registered(first))}, '
        "whose VAT numbers are checked by their form alone. The seller must be able to prove that "
        "the buyer was registered; otherwise the VAT is the seller's to pay.",
        source=REVERSE_CHARGE_LAW,
        mending="Let the EU's register be asked, and its answer kept:\n\n"
        "posting:\n  eu_vat_numbers: {check: vies}\n",
    )


def _registered(each: Untaxed) -> list[BuyerKind]:
    """Return the buyers in the EU with a VAT number whom a rule is meant for."""
    meant = says_where(each.rule.when) or each.account.vat_code in REVERSE_CHARGE_CODES
    return _with_numbers(each) if meant else []


def _with_numbers(each: Untaxed) -> list[BuyerKind]:
    return [buyer for buyer in each.buyers(Zone.EU) if buyer is not BuyerKind.CONSUMER]
