"""The account of each line. In Dinero the account decides the VAT, so the two must agree."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dinero_sync.domain.chart import (
    DANISH_VAT,
    EXPORT_CODES,
    NO_VAT,
    REPORTED_FOR,
    REVERSE_CHARGE_CODES,
    Chart,
)
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.zone import Zone
from dinero_sync.posting import account_holds as holds
from dinero_sync.posting.abroad import oss
from dinero_sync.posting.abroad.handed_over import is_freight
from dinero_sync.posting.conditions import LineFacts, any_name, any_of, is_product
from dinero_sync.posting.settings import (
    GiftCardKind,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChoice:
    """The account of a line, and what chose it."""

    account: int
    rule: str
    vat_rate: Decimal
    """The Danish VAT of the line in percent: that of the account."""
    margin_scheme: MarginScheme | None = None
    foreign_vat_account: int | None = None
    reverse_charge: bool = False
    """Whether the buyer, a Danish business, pays the VAT."""


def post_line(facts: LineFacts, settings: PostingSettings, chart: Chart) -> AccountChoice:
    """Choose the account of a line: the first rule that takes it, else the common account.

    Raises HeldError when the account's VAT isn't the line's, or reports it as another kind of
    sale. Every account named in ``settings`` must be in ``chart``; that is checked before a run
    begins.
    """
    rule = _first_rule(facts, settings)
    account, name = _common_account(facts, settings) if rule is None else (rule.account, rule.name)
    chosen = holds.Chosen(facts, account, rule, name, settings, chart)
    if _leaves_eu_with_vat(facts, rule):
        raise holds.not_danish_vat(chosen)
    if oss.is_danish_under_oss(facts, rule, settings):
        raise holds.danish_under_oss(chosen)
    abroad = rule is not None and rule.foreign_vat_account is not None
    if abroad and oss.is_no_rate_there(facts, settings):
        raise holds.no_such_rate(chosen)
    if meant := _reversed_for_businesses(facts, rule, settings):
        raise holds.no_reverse_charge(meant.name, facts.buyer)
    required = _required_rate(rule, account, facts, settings)
    rate = chart.vat_rate(account)
    if rate is None or rate != (facts.vat_rate if required is None else required):
        raise holds.mismatch(chosen, required)
    if _is_reported_as_another_sale(facts, rule, chart.entry[account].vat_code):
        raise holds.reported_as_another_sale(chosen)
    if _should_bear_vat(facts, rule, settings, chart):
        raise holds.untaxed_consumer(chosen)
    return AccountChoice(
        account=account,
        rule=name,
        vat_rate=rate,
        margin_scheme=rule.margin_scheme if rule else None,
        foreign_vat_account=_foreign_vat_account(facts, rule),
        reverse_charge=rule is not None and rule.reverse_charge,
    )


Treatment = tuple[Decimal, MarginScheme | None, int | None, bool]
"""A VAT rate in percent, whether it is that of the margin, the account of a foreign VAT, and
whether the buyer pays the VAT."""


def treatment_of(facts: LineFacts, settings: PostingSettings) -> Treatment:
    """Tell which VAT a line has, whatever its account.

    Raises HeldError as :func:`post_line` does for a product that nobody knows.
    """
    rule = _first_rule(facts, settings)
    scheme = rule.margin_scheme if rule else None
    reverse_charge = rule is not None and rule.reverse_charge
    return facts.vat_rate, scheme, _foreign_vat_account(facts, rule), reverse_charge


def is_posted_without_its_vat(facts: LineFacts, settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether a line goes where the shop's VAT isn't, though nobody said which rate it has.

    So do gift cards, whose kind decides; what goes to an account without VAT even with Danish VAT
    on it; and products that a rule names for such an account where they have none. Another
    country's VAT is a rate that somebody has to say. Raises HeldError as :func:`post_line` does
    for a product that nobody knows.
    """
    if facts.line is LineKind.GIFT_CARD and settings.gift_cards is not None:
        return True
    taxed, untaxed = (
        _first_rule(replace(facts, vat_rate=rate), settings) for rate in (DANISH_VAT, NO_VAT)
    )
    names_product = untaxed is not None and untaxed.when.product != ProductCondition()
    possible = (taxed, untaxed) if names_product else (taxed,)
    return any(_bears_no_vat(rule, facts, settings, chart) for rule in possible)


def _bears_no_vat(
    rule: Rule | None, facts: LineFacts, settings: PostingSettings, chart: Chart
) -> bool:
    if rule is not None and rule.foreign_vat_account is not None:
        return False
    account = _common_account(facts, settings)[0] if rule is None else rule.account
    return chart.vat_rate(account) == NO_VAT


def _first_rule(facts: LineFacts, settings: PostingSettings) -> Rule | None:
    return next((rule for rule in settings.rules if _takes(rule, facts, settings)), None)


def _common_account(facts: LineFacts, settings: PostingSettings) -> tuple[int, str]:
    if facts.line is LineKind.SHIPPING:
        return settings.shipping_account, "shipping_account"
    if facts.line is LineKind.GIFT_CARD and settings.gift_cards is not None:
        return settings.gift_cards.account, "gift_cards"
    return settings.sales_account, "sales_account"


def _foreign_vat_account(facts: LineFacts, rule: Rule | None) -> int | None:
    """Return where another country's VAT goes; gift cards, which are no goods yet, bear none."""
    if rule is None or not facts.vat_rate or facts.line is LineKind.GIFT_CARD:
        return None
    return rule.foreign_vat_account


def _required_rate(
    rule: Rule | None, account: int, facts: LineFacts, settings: PostingSettings
) -> Decimal | None:
    """Return the rate, in percent, that the line's account must have whatever the shop says.

    Goods of a margin scheme, sales with another country's VAT and debts to holders of gift cards
    bear no Danish VAT. None for all others: their accounts must have what the shop charged.
    """
    if facts.line is LineKind.GIFT_CARD and settings.gift_cards is not None:
        kind = settings.gift_cards.kind_sold_on(account)
        return NO_VAT if kind is GiftCardKind.MULTI_PURPOSE else DANISH_VAT
    if rule is not None and (rule.margin_scheme or rule.foreign_vat_account is not None):
        return NO_VAT
    return None


def _takes(rule: Rule, facts: LineFacts, settings: PostingSettings) -> bool:
    """Tell whether a rule takes a line.

    One with a margin scheme takes products alone. Freight and fees get VAT of their own; the
    Directive counts charged freight into the price of the goods (2006/112/EC art. 312), which
    docs/posting.md leaves to the accountant. One for reverse charge takes what is sold in Denmark
    without VAT: what bears VAT is Danish VAT, as it was charged. Gift cards that are sold are taken
    only by rules that name them: where the buyer lives makes no card an export.
    """
    when = rule.when
    return (
        (rule.margin_scheme is None or facts.line is LineKind.PRODUCT)
        and (not rule.reverse_charge or _may_be_reversed(facts))
        and (facts.line is not LineKind.GIFT_CARD or facts.line in when.line)
        and any_of(when.line, facts.line)
        and any_of(when.vat_rate, facts.vat_rate)
        and any_of(when.zone, facts.zone)
        and any_of(when.country, facts.country)
        and any_of(when.buyer, facts.buyer)
        and any_name(when.payment_type, facts.payment_type)
        and (not when.freight or is_freight(when.freight, facts.order))
        and _takes_product(when.product, facts, settings)
    )


def _may_be_reversed(facts: LineFacts) -> bool:
    sold_without_vat = facts.zone is Zone.DK and facts.vat_rate == NO_VAT
    return sold_without_vat and facts.line is not LineKind.GIFT_CARD


def _reversed_for_businesses(
    facts: LineFacts, rule: Rule | None, settings: PostingSettings
) -> Rule | None:
    """Return the rule that says that Danish businesses alone buy a line without VAT.

    None where the buyer is one, and where the rule that takes the line asks for just such sales.
    """
    if facts.buyer is BuyerKind.BUSINESS or not _may_be_reversed(facts):
        return None
    meant = _first_rule(replace(facts, buyer=BuyerKind.BUSINESS), settings)
    if meant is None or not meant.reverse_charge or meant is rule:
        return None
    return None if _asks_for_untaxed(rule, facts.buyer) else meant


def _asks_for_untaxed(rule: Rule | None, buyer: BuyerKind) -> bool:
    """Tell whether a rule says in words that such a buyer buys without VAT."""
    return rule is not None and NO_VAT in rule.when.vat_rate and buyer in rule.when.buyer


def _takes_product(when: ProductCondition, facts: LineFacts, settings: PostingSettings) -> bool:
    """Freight is no product: only a condition that asks nothing about one takes it."""
    if facts.goods is None:
        return when == ProductCondition()
    account = settings.sales_account
    return is_product(when, facts.goods, facts.product, sales_account=account)


def _leaves_eu_with_vat(facts: LineFacts, rule: Rule | None) -> bool:
    """Tell whether what leaves the EU bears 25 %, which needn't be Denmark's; no gift card.

    A rule that says where the goods go, or whose the VAT is, has thought of it.
    """
    told = rule is not None and bool(
        rule.when.zone or rule.when.country or rule.foreign_vat_account or rule.margin_scheme
    )
    goods = facts.line is not LineKind.GIFT_CARD
    return goods and not told and facts.zone is Zone.WORLD and facts.vat_rate == DANISH_VAT


def _is_reported_as_another_sale(facts: LineFacts, rule: Rule | None, code: str | None) -> bool:
    """Tell whether an account's VAT code reports a sale to where the goods don't go, or to whom.

    Consumers don't belong on the list of sales to businesses in the EU. Box C also takes what is
    sold in Denmark without VAT because the buyer pays it.
    """
    if rule is not None and rule.reverse_charge and code in EXPORT_CODES:
        return False
    zone = REPORTED_FOR.get(code or "")
    to_consumer = code in REVERSE_CHARGE_CODES and facts.buyer is BuyerKind.CONSUMER
    return zone is not None and (zone is not facts.zone or to_consumer)


def _should_bear_vat(
    facts: LineFacts, rule: Rule | None, settings: PostingSettings, chart: Chart
) -> bool:
    """Tell whether a consumer in the EU pays no VAT, though the shop sells with VAT.

    A rule that asks for just such sales has thought of it.
    """
    if not facts.is_untaxed_consumer_in_eu or (rule and rule.margin_scheme):
        return False
    meant = _asks_for_untaxed(rule, facts.buyer)
    return not meant and chart.vat_rate(settings.sales_account) == DANISH_VAT
