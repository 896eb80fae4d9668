"""The account of each line. In Dinero the account decides the VAT, so the two must agree."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.matching import any_of
from dinero_sync.posting.product_facts import is_product
from dinero_sync.posting.settings import (
    GiftCardKind,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
)

FIRST_SALES_ACCOUNT, LAST_SALES_ACCOUNT = 1000, 1999
"""Where revenue accounts (omsætningskonti) live in Dinero's chart."""
VAT_DEBTS = range(64000, 65000)
"""Where debts of VAT live in Dinero's chart."""
USUAL_CODES = {
    (Zone.DK, False): ("U25",),
    (Zone.EU, True): ("UEUV",),
    (Zone.WORLD, False): ("UVV", "UVC"),
    (Zone.WORLD, True): ("UVV", "UVC"),
}
"""VAT codes that usually fit a zone and whether a business buys; used for suggestions only."""


NO_VAT = Decimal(0)
DANISH_VAT = Decimal(25)
"""The rate of all goods in Denmark (momsloven § 33)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What a posting rule may ask about a line."""

    line: LineKind
    vat_rate: Decimal
    """In percent, as the shop charged it."""
    zone: Zone
    country: str
    buyer: BuyerKind
    payment_type: str
    goods: OrderLine | None
    """The order line; None for the freight."""
    product: Product | None
    """What the catalogue says about it; None when it wasn't asked or has no such product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """The account of a line, and what chose it."""

    account: int
    rule: str
    vat_rate: Decimal
    """The Danish VAT of the line in percent: that of the account."""
    margin_scheme: MarginScheme | None = None
    foreign_vat_account: int | None = None


def post_line(facts: LineFacts, settings: PostingSettings, chart: Chart) -> Posting:
    """Choose the account of a line: the first rule that takes it, else the common account.

    Raises HeldError when the account's VAT isn't the line's. Every account named in ``settings``
    must be in ``chart``; that is checked before a run begins.
    """
    rule = next((rule for rule in settings.rules if _takes(rule, facts, settings)), None)
    account, name = _common_account(facts, settings) if rule is None else (rule.account, rule.name)
    if rule is None and _leaves_eu_with_vat(facts):
        raise _not_danish_vat(facts, account, chart)
    required = _required_rate(rule, facts, settings)
    rate = chart.vat_rate(account)
    if rate is None or rate != (facts.vat_rate if required is None else required):
        raise _mismatch(facts, account, name, chart, required)
    return Posting(
        account=account,
        rule=name,
        vat_rate=rate,
        margin_scheme=rule.margin_scheme if rule else None,
        foreign_vat_account=rule.foreign_vat_account if rule and facts.vat_rate else None,
    )


def _common_account(facts: LineFacts, settings: PostingSettings) -> tuple[int, str]:
    if facts.line is LineKind.SHIPPING:
        return settings.shipping_account, "shipping_account"
    if facts.line is LineKind.GIFT_CARD and settings.gift_cards is not None:
        return settings.gift_cards.account, "gift_cards"
    return settings.sales_account, "sales_account"


def _required_rate(
    rule: Rule | None, facts: LineFacts, settings: PostingSettings
) -> Decimal | None:
    """Return the rate, in percent, that the line's account must have whatever the shop says.

    Goods of a margin scheme, sales with another country's VAT and debts to holders of gift cards
    bear no Danish VAT. None for all others: their accounts must have what the shop charged.
    """
    if rule is not None and (rule.margin_scheme or rule.foreign_vat_account is not None):
        return NO_VAT
    if facts.line is LineKind.GIFT_CARD and settings.gift_cards is not None:
        multi_purpose = settings.gift_cards.kind is GiftCardKind.MULTI_PURPOSE
        return NO_VAT if multi_purpose else DANISH_VAT
    return None


def _takes(rule: Rule, facts: LineFacts, settings: PostingSettings) -> bool:
    """Tell whether a rule takes a line; one with a margin scheme takes products alone.

    Freight and fees get VAT of their own; the Directive counts charged freight into the price of
    the goods (2006/112/EC art. 312), which docs/posting.md leaves to the accountant.
    """
    when = rule.when
    return (
        (rule.margin_scheme is None or facts.line is LineKind.PRODUCT)
        and any_of(when.line, facts.line)
        and any_of(when.vat_rate, facts.vat_rate)
        and any_of(when.zone, facts.zone)
        and any_of(when.country, facts.country)
        and any_of(when.buyer, facts.buyer)
        and any_of(when.payment_type, facts.payment_type)
        and _takes_product(when.product, facts, settings)
    )


def _takes_product(when: ProductCondition, facts: LineFacts, settings: PostingSettings) -> bool:
    """Freight is no product: only a condition that asks nothing about one takes it."""
    if facts.goods is None:
        return when == ProductCondition()
    account = settings.sales_account
    return is_product(when, facts.goods, facts.product, sales_account=account)


def _leaves_eu_with_vat(facts: LineFacts) -> bool:
    """Tell whether what leaves the EU bears 25 %, which needn't be Denmark's; no gift card."""
    goods = facts.line is not LineKind.GIFT_CARD
    return goods and facts.zone is Zone.WORLD and facts.vat_rate == DANISH_VAT


def _not_danish_vat(facts: LineFacts, account: int, chart: Chart) -> HeldError:
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        f"A {facts.line} line that leaves the EU ({facts.country}) carries "
        f"{percent(facts.vat_rate)} VAT. Such a sale bears no Danish VAT (momsloven § 34); on "
        f"account {account} it would be paid as Danish. The order isn't booked.",
        f"If Danish VAT was charged by mistake, correct the shop and the order. Where VAT of "
        f"{facts.country} was charged, or Danish VAT is right all the same:\n"
        f"{_rule_to_paste(facts, chart)}",
    )


def _mismatch(
    facts: LineFacts, account: int, rule: str, chart: Chart, required: Decimal | None
) -> HeldError:
    if required is None:
        needed = f"carries {percent(facts.vat_rate)} VAT"
    else:
        needed = f"belongs on an account with {percent(required)} VAT"
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        f"A {facts.line} line {needed}, but account {account} (chosen by "
        f"{rule}) has {percent(chart.vat_rate(account))}: booked there, the VAT return would be "
        "wrong. The order isn't booked.",
        _next_step(facts, chart) if required is None else _account_to_mend(rule),
    )


def _next_step(facts: LineFacts, chart: Chart) -> str:
    """Say what mends a line that no account fits: nothing but VAT, for a consumer in the EU."""
    consumer = facts.zone is Zone.EU and facts.buyer is BuyerKind.CONSUMER
    if not consumer or facts.vat_rate != NO_VAT:
        return _rule_to_paste(facts, chart)
    return (
        "A sale to a consumer in another EU country bears VAT (momsloven §§ 14 b and 21 e): "
        f"Danish, or by OSS that of {facts.country}. Let the shop charge it, and correct the "
        "order. If the buyer is a business, put its company name and VAT number on the order. For "
        "second-hand goods (brugtmoms) add a rule with a margin_scheme. The order is then taken up "
        "by itself."
    )


def _account_to_mend(rule: str) -> str:
    return (
        f"Name another account under {rule} in the configuration; the order is then taken up by "
        "itself. Or correct the VAT code of the account in Dinero, then: dinero-sync retry ORDER"
    )


def _rule_to_paste(facts: LineFacts, chart: Chart) -> str:
    """Write the rule that takes such lines, with the country where VAT differs by it."""
    rate = f"{facts.vat_rate.normalize():f}"
    abroad = facts.zone is Zone.EU or (facts.zone is Zone.WORLD and facts.vat_rate)
    country = f', country: "{facts.country}"' if abroad else ""  # NO would be a boolean
    return (
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the "
        "right one), before the rules that are there:\n\n"
        "posting:\n"
        "  rules:\n"
        f"    - name: {facts.line} {rate} % {facts.country} {facts.buyer}\n"
        f"      when: {{line: {facts.line}, vat_rate: {rate}, zone: {facts.zone}{country}, "
        f"buyer: {facts.buyer}}}\n"
        f"{_accounts_to_paste(facts, chart)}"
    )


def _accounts_to_paste(facts: LineFacts, chart: Chart) -> str:
    """Write a rule's accounts: one whose VAT fits, or a net one and a debt for foreign VAT."""
    voec = facts.country == "NO" and facts.vat_rate == DANISH_VAT
    if facts.zone is Zone.DK or (facts.vat_rate in {NO_VAT, DANISH_VAT} and not voec):
        usual = USUAL_CODES.get((facts.zone, facts.buyer is not BuyerKind.CONSUMER), ())
        return f"      account: {suggested_account(facts.vat_rate, usual, chart)}\n"
    usual = ("UEUV2",) if facts.zone is Zone.EU else ("UVV", "UVC")
    return (
        f"      account: {suggested_account(NO_VAT, usual, chart)}\n"
        f"      foreign_vat_account: {_foreign_vat_debt(facts, chart)}\n"
    )


def _foreign_vat_debt(facts: LineFacts, chart: Chart) -> str:
    """Name a visible account without VAT that is called after the scheme the VAT is paid by."""
    scheme = "OSS" if facts.zone is Zone.EU else "VOEC"
    for number, account in sorted(chart.entry.items()):
        if number in VAT_DEBTS and scheme in account.name and not account.hidden:
            return f"{number}  # {account.name}"
    return f"# create one without VAT code in Dinero, like 64200 Skyldig {scheme}-moms"


def percent(rate: Decimal | None) -> str:
    """Write a VAT rate as people read it."""
    return "a VAT code without a known rate" if rate is None else f"{rate.normalize():f} %"


def suggested_account(rate: Decimal, usual: Collection[str], chart: Chart) -> str:
    """Name, for YAML, a visible revenue account with the rate, best of the ``usual`` VAT codes."""
    fitting = [
        account
        for number, account in sorted(chart.entry.items())
        if FIRST_SALES_ACCOUNT <= number <= LAST_SALES_ACCOUNT
        and not account.hidden
        and chart.vat_rate(number) == rate
    ]
    best = [account for account in fitting if account.vat_code in usual] or fitting
    if not best:
        return "# no account in Dinero has this VAT: create one first"
    return f"{best[0].number}  # {best[0].name}"
