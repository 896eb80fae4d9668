"""What rules and payment types can take: where goods may go, which sales, and what none reaches."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from itertools import takewhile

from dinero_sync.domain.chart import NO_VAT
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Source, warning
from dinero_sync.domain.step import Sentence, sentence
from dinero_sync.domain.zone import Zone, possible_zones, zone_of
from dinero_sync.posting.conditions import Condition, any_glob, any_of, condition_text
from dinero_sync.posting.settings import (
    LineKind,
    PaymentType,
    PostingSettings,
    ProductCondition,
    Rule,
    RuleCondition,
)


def zones_of(when: RuleCondition) -> frozenset[Zone]:
    """Return the zones that a condition allows; empty where zone and country exclude each other.

    Countries alone mean their usual zone: the Canary Islands don't make Spain an export.
    """
    return frozenset(
        zone for zone in when.zone or Zone if not when.country or countries_in(when, zone)
    )


def countries_in(when: RuleCondition, zone: Zone) -> tuple[str, ...]:
    """Return those of a condition's countries that may lie in a zone."""
    may_lie = possible_zones if when.zone else _usual_zone
    return tuple(country for country in when.country if zone in may_lie(country))


def says_where(when: RuleCondition) -> bool:
    """Tell whether a condition says anything about where the goods go."""
    return bool(when.zone or when.country)


def _usual_zone(country: str) -> frozenset[Zone]:
    return frozenset({zone_of(country, "")})


GLOBS = frozenset({"freight", "sku", "category", "profile", "label", "gateway", "gateway_name"})
"""Keys whose texts are shell globs."""
GLOB_SIGNS = frozenset("*?[")
REVERSED_LINES = frozenset({LineKind.PRODUCT, LineKind.SHIPPING, LineKind.FEE})
"""What a buyer may pay the VAT of: all but gift cards, which are no goods yet."""


def reach_findings(settings: PostingSettings) -> Iterator[Finding]:
    """Find entries of which an earlier one takes everything, and rules that ask the impossible."""
    for at, rule in enumerate(settings.rules):
        key = f"posting.rules[{at}]"
        if earlier := _taken_before(rule, settings.rules):
            step = sentence("move_before_rule", other=earlier.name)
            yield _never_reached(key, "rule_never_reached", rule.name, earlier, step)
        elif reason := _impossible(rule, settings):
            yield warning(
                key=f"{key}.when",
                text="rule_takes_nothing",
                facts={"rule": rule.name, "reason": reason},
                steps=(sentence("remove_or_mend_rule"),),
            )
    for at, entry in enumerate(settings.payment_types):
        if before := _taken_before(entry, settings.payment_types):
            step = sentence("move_before_payment_type", other=before.name)
            text = "payment_type_never_reached"
            yield _never_reached(f"payment_types[{at}]", text, entry.name, before, step)


def _taken_before(
    entry: Rule | PaymentType, entries: Sequence[Rule | PaymentType]
) -> Rule | PaymentType | None:
    before = takewhile(lambda each: each is not entry, entries)
    return next((each for each in before if takes_all(_reach(each), _reach(entry))), None)


def _reach(entry: Rule | PaymentType) -> Condition:
    return reach(entry) if isinstance(entry, Rule) else entry.when


def reach(rule: Rule) -> RuleCondition:
    """Return what a rule really takes: with a margin scheme, products alone.

    With reverse charge, what is sold without VAT and stays in Denmark.
    """
    if rule.margin_scheme is not None:
        return replace(rule.when, line=(LineKind.PRODUCT,))
    if rule.reverse_charge:
        return replace(
            rule.when,
            line=tuple(each for each in rule.when.line or LineKind if each in REVERSED_LINES),
            zone=(Zone.DK,),
            vat_rate=(NO_VAT,),
        )
    return rule.when


def takes_all(wide: Condition, narrow: Condition) -> bool:
    """Tell whether whatever meets ``narrow`` surely meets ``wide``; False where it isn't sure."""
    for each in fields(wide):
        listed, wanted = getattr(wide, each.name), getattr(narrow, each.name)
        if isinstance(listed, ProductCondition):
            if not takes_all(listed, wanted):
                return False
        elif listed and not (wanted and _within(each.name, wanted, listed)):
            return False
    return True


def _within(key: str, wanted: Collection[object], listed: Sequence[str]) -> bool:
    if key not in GLOBS:
        return all(value in listed for value in wanted)
    return all(_glob_within(str(value), listed) for value in wanted)


def _glob_within(pattern: str, listed: Sequence[str]) -> bool:
    """Tell whether whatever meets ``pattern`` plainly meets one of ``listed``."""
    same = pattern.casefold() in {each.casefold() for each in listed}
    is_text = not GLOB_SIGNS & {*pattern}
    return same or "*" in listed or (is_text and any_glob(listed, pattern))


def _impossible(rule: Rule, settings: PostingSettings) -> Sentence | None:
    """Say why a rule can't take any line; None when it can."""
    kinds = set(rule.when.line)
    cards = settings.gift_cards.sold_as if settings.gift_cards else None
    no_cards = settings.gift_cards is not None and cards is None
    other_than_products = bool(kinds) and LineKind.PRODUCT not in kinds
    asks_product = rule.when.product != ProductCondition()
    reasons = (
        (kinds == {LineKind.GIFT_CARD} and no_cards, sentence("cards_unsaid")),
        (kinds == {LineKind.FEE} and settings.fees is None, sentence("fees_unsaid")),
        (
            rule.margin_scheme is not None and other_than_products,
            sentence("scheme_takes_products"),
        ),
        (kinds == {LineKind.SHIPPING} and asks_product, sentence("freight_is_no_product")),
        (not zones_of(rule.when), sentence("no_country_in_zone")),
        (
            rule.reverse_charge and not _can_be_reversed(rule.when),
            sentence("reverse_charge_takes_danish"),
        ),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def _can_be_reversed(when: RuleCondition) -> bool:
    buyers = set(when.buyer) != {BuyerKind.CONSUMER}
    lines = not when.line or bool(REVERSED_LINES & {*when.line})
    return buyers and lines and Zone.DK in zones_of(when) and any_of(when.vat_rate, NO_VAT)


def _never_reached(
    key: str, text: str, name: str, earlier: Rule | PaymentType, step: Sentence
) -> Finding:
    return warning(
        key=key,
        text=text,
        facts={"name": name, "other": earlier.name, "when": condition_text(earlier.when)},
        source=(Source.FIRST_DECIDES,),
        steps=(step,),
    )


def is_ordinary(rule: Rule) -> bool:
    """Tell whether a rule is for lines whose VAT is as the account's: of no scheme, nor OSS."""
    of_scheme = rule.margin_scheme is not None or rule.reverse_charge
    return not of_scheme and rule.foreign_vat_account is None


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
