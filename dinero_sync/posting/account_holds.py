"""Why a line can't go on the account that was chosen for it, and the rule that mends it."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT, NO_VAT, REPORTED_FOR, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, Pasted, Sentence, Steps, Yaml, command, sentence
from dinero_sync.domain.zone import FAROE_ISLANDS, Territory, Zone
from dinero_sync.posting.abroad import oss
from dinero_sync.posting.charges import BY_HAND
from dinero_sync.posting.conditions import LineFacts, yaml_glob
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule
from dinero_sync.posting.suggestion import (
    EXPORTS,
    OSS_SALES,
    Purpose,
    best_account,
    for_lines,
    foreign_vat_debt,
    yaml_account,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The account that was chosen for a line, and by what."""

    facts: LineFacts
    account: int
    rule: Rule | None
    """None where a common setting chose."""
    name: str
    """Of the rule, or of the setting."""
    settings: PostingSettings
    chart: Chart


def not_danish_vat(chosen: Chosen) -> HeldError:
    """Hold what leaves the EU with 25 %, where nobody said whose VAT that is."""
    facts = chosen.facts
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "leaves_eu",
        (sentence("charged_by_mistake", country=facts.country), *_rule_to_paste(chosen))
        if facts.territory is None
        else _taxed_territory(facts.territory),
        line=facts.line,
        country=facts.country,
        rate=facts.vat_rate,
        account=chosen.account,
    )


def mismatch(chosen: Chosen, required: Decimal | None) -> HeldError:
    """Hold a line whose account has another VAT rate than it needs.

    ``required`` is the rate in percent that the account must have whatever the shop charged.
    """
    facts = chosen.facts
    has = chosen.chart.vat_rate(chosen.account)
    text = "charged" if required is None else "required"
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        text if has is not None else f"{text}_unknown_code",
        _next_step(chosen) if required is None else _account_to_mend(chosen.name),
        line=facts.line,
        rate=facts.vat_rate if required is None else required,
        account=chosen.account,
        rule=chosen.name,
        **({} if has is None else {"has": has}),
    )


def danish_under_oss(chosen: Chosen) -> HeldError:
    """Hold Danish VAT on a sale to an EU consumer, by a shop that pays other countries' by OSS."""
    facts = chosen.facts
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "danish_under_oss",
        _whose_vat(chosen),
        line=facts.line,
        country=facts.country,
        rate=facts.vat_rate,
        account=chosen.account,
        rule=chosen.name,
        oss=oss.oss_rules(chosen.settings)[0].name,
    )


def no_such_rate(chosen: Chosen) -> HeldError:
    """Hold a line whose VAT is to be paid to a country that has no such rate."""
    facts = chosen.facts
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "no_such_rate",
        _other_rate(chosen),
        line=facts.line,
        country=facts.country,
        rate=facts.vat_rate,
        rates=oss.known_rates(facts, chosen.settings),
        account=chosen.account,
        rule=chosen.name,
    )


def _whose_vat(chosen: Chosen) -> Steps:
    """Offer the rule for either country's VAT; where the rate can't be the other's, say so."""
    facts = chosen.facts
    rates = oss.known_rates(facts, chosen.settings)
    danish = (sentence("danish_vat_after_all", country=facts.country), *_rule_to_paste(chosen))
    if facts.vat_rate in rates:
        place, yaml = _rule_to_paste(chosen, foreign=True)
        return (sentence("their_vat_by_oss", country=facts.country), place, yaml, *danish)
    by_hand = sentence("charge_their_vat", country=facts.country, rates=rates)
    return (*told_by_post_code(facts.territory), by_hand, command("adopt", ORDER), *danish)


def _other_rate(chosen: Chosen) -> Steps:
    """Say what mends a rate that a country doesn't have, or that it has newly."""
    facts = chosen.facts
    new = Yaml(
        f"posting:\n  eu_vat_rates:\n    {facts.country}: [{facts.vat_rate.normalize():f}]\n"
    )
    return (
        *told_by_post_code(facts.territory),
        sentence("charged_other_rate", country=facts.country),
        command("adopt", ORDER),
        sentence("new_rate", country=facts.country, rate=facts.vat_rate),
        new,
    )


def reported_as_another_sale(chosen: Chosen) -> HeldError:
    """Hold a line whose account's VAT code reports another kind of sale."""
    facts, known = chosen.facts, chosen.chart.entry[chosen.account]
    code = known.vat_code or ""
    to_business = REPORTED_FOR[code] is facts.zone
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "reported_as_business" if to_business else "reported_elsewhere",
        _next_step(chosen),
        line=facts.line,
        account=chosen.account,
        rule=chosen.name,
        code=code,
        **({} if to_business else {"country": facts.country}),
    )


def untaxed_consumer(chosen: Chosen) -> HeldError:
    """Hold a line that a consumer in the EU pays no VAT on."""
    facts = chosen.facts
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "untaxed_consumer",
        _let_the_shop_charge(facts),
        line=facts.line,
        country=facts.country,
        account=chosen.account,
        rule=chosen.name,
    )


def no_reverse_charge(rule: str, buyer: BuyerKind) -> HeldError:
    """Hold what a rule for reverse charge sells, to somebody who isn't a business in Denmark.

    Taxable persons alone pay the VAT in the seller's place (momsloven § 46, stk. 1, nr. 8-10).
    """
    of_public = sentence("ask_for_cvr_of_public", rule=rule)
    ask = of_public if buyer is BuyerKind.PUBLIC else sentence("ask_for_cvr")
    return HeldError(
        HoldReason.INVALID_VAT_NUMBER,
        "not_danish",
        (ask, sentence("taxed_by_hand"), command("adopt", ORDER)),
        rule=rule,
        buyer=buyer,
    )


def reversed_freight_alone(rule: str) -> HeldError:
    """Hold freight or a fee by a rule for reverse charge on an order without such goods."""
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "reversed_freight_alone",
        (sentence("name_reversed_goods"), sentence("taxed_by_hand"), command("adopt", ORDER)),
        rule=rule,
    )


def suggested_account(purpose: Purpose | None, chart: Chart) -> Pasted:
    """Name, for YAML, the account that fits a purpose; a blank to fill in where none does."""
    best = best_account(chart, purpose) if purpose else None
    return yaml_account(best) if best else sentence("create_fitting")


def _next_step(chosen: Chosen) -> Steps:
    """Say what mends a line that no account fits: sometimes nothing but VAT."""
    facts = chosen.facts
    if facts.is_untaxed_consumer_in_eu:
        return _let_the_shop_charge(facts)
    if facts.territory and facts.zone is Zone.WORLD and facts.vat_rate:
        return _taxed_territory(facts.territory)
    business = facts.zone is Zone.EU and facts.buyer is not BuyerKind.CONSUMER
    if business and facts.vat_rate not in {NO_VAT, DANISH_VAT}:
        charge = sentence("let_shop_charge_business", country=facts.country, buyer=facts.buyer)
        return (charge, *BY_HAND)
    consumer = facts.buyer is BuyerKind.CONSUMER
    foreign = consumer and facts.vat_rate not in {NO_VAT, DANISH_VAT}
    if foreign and oss.is_no_rate_there(facts, chosen.settings):
        return _other_rate(chosen)
    if facts.zone is Zone.DK and facts.vat_rate == NO_VAT and not consumer:
        return (sentence("if_buyer_pays_vat"), *_rule_to_paste(chosen))
    return (*told_by_post_code(facts.territory), *_rule_to_paste(chosen))


def told_by_post_code(territory: Territory | None) -> Steps:
    """Say which place a postal code means, where that isn't the country that the order names."""
    if territory is None:
        return ()
    if territory is FAROE_ISLANDS:
        return (sentence("place_outside_by_digits"),)
    codes, place, country = territory.codes, territory.name, territory.country
    if territory.zone is Zone.EU:
        return (sentence("place_inside", codes=codes, place=place, country=country),)
    return (sentence("place_outside", codes=codes, place=place, country=country),)


def _taxed_territory(territory: Territory) -> Steps:
    """Say what becomes of VAT where none is due: no rule makes that right."""
    by_hand = (sentence("taxed_outside"), command("adopt", ORDER))
    return (*told_by_post_code(territory), *by_hand)


def _let_the_shop_charge(facts: LineFacts) -> Steps:
    charge = sentence("let_shop_charge", country=facts.country)
    return (*told_by_post_code(facts.territory), charge, *BY_HAND)


def _account_to_mend(rule: str) -> Steps:
    return (sentence("another_account", rule=rule), command("retry", ORDER))


def _rule_to_paste(chosen: Chosen, *, foreign: bool = False) -> Steps:
    """Write the rule that takes such lines, with the country where VAT differs by it.

    ``foreign`` says that the VAT is the other country's where the rate doesn't tell.
    """
    facts = chosen.facts
    rate = f"{facts.vat_rate.normalize():f}"
    abroad = facts.zone is Zone.EU or (facts.zone is Zone.WORLD and facts.vat_rate)
    country = f', country: "{facts.country}"' if abroad else ""  # NO would be a boolean
    rule = (
        "posting:\n"
        "  rules:\n"
        f"    - name: {facts.line} {rate} % {facts.country} {facts.buyer}\n"
        f"      when: {{line: {facts.line}, vat_rate: {rate}, zone: {facts.zone}{country}, "
        f"buyer: {facts.buyer}{_product(chosen)}}}\n"
    )
    accounts = _accounts_to_paste(facts, chosen.chart, foreign=foreign)
    return (_place(chosen), Yaml(rule, *accounts))


def _place(chosen: Chosen) -> Sentence:
    """Say where the rule goes: no further up than needed, so that others go on as they are."""
    if chosen.rule is None:
        return sentence("add_rule_after")
    return sentence("add_rule_before", rule=chosen.name)


def _product(chosen: Chosen) -> str:
    """Name the product where the rule would otherwise take goods out of a margin scheme.

    And where few goods are sold to Danish businesses without VAT: others bear it.
    """
    facts, rules = chosen.facts, chosen.settings.rules
    goods = facts.goods
    of_margin = chosen.rule is not None and any(rule.margin_scheme for rule in rules)
    untaxed = facts.zone is Zone.DK and facts.vat_rate == NO_VAT
    of_few = untaxed and any(rule.reverse_charge for rule in rules)
    if not (of_margin or of_few) or goods is None:
        return ""
    if goods.product_id is not None:
        return f", product_id: {goods.product_id}"
    return f", sku: {yaml_glob(goods.sku)}" if goods.sku else ""


def _accounts_to_paste(facts: LineFacts, chart: Chart, *, foreign: bool) -> tuple[Pasted, ...]:
    """Write a rule's accounts: one whose VAT fits, or a net one and a debt for foreign VAT."""
    foreign = foreign or (facts.country == "NO" and facts.vat_rate == DANISH_VAT)
    if facts.zone is Zone.DK or (facts.vat_rate in {NO_VAT, DANISH_VAT} and not foreign):
        purpose = for_lines(
            rate=facts.vat_rate,
            zone=facts.zone,
            country=facts.country,
            business=facts.buyer is not BuyerKind.CONSUMER,
            freight=facts.line is LineKind.SHIPPING,
        )
        return ("      account: ", suggested_account(purpose, chart), "\n")
    net = OSS_SALES if facts.zone is Zone.EU else EXPORTS
    return (
        "      account: ",
        suggested_account(net, chart),
        "\n      foreign_vat_account: ",
        _foreign_vat_debt(facts, chart),
        "\n",
    )


def _foreign_vat_debt(facts: LineFacts, chart: Chart) -> Pasted:
    """Name a visible account without VAT that is called after the scheme the VAT is paid by."""
    if facts.zone is not Zone.EU and facts.country != "NO":
        return sentence("create_debt", like=f"64220 Skyldig moms {facts.country}")
    scheme = "OSS" if facts.zone is Zone.EU else "VOEC"
    if debt := foreign_vat_debt(chart, scheme):
        return yaml_account(debt)
    return sentence("create_debt", like=f"64200 Skyldig {scheme}-moms")
