"""The account of each line. In Dinero the account decides the VAT, so the two must agree."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.matching import any_glob, any_of
from dinero_sync.posting.settings import LineKind, PostingSettings, RuleCondition

FIRST_SALES_ACCOUNT, LAST_SALES_ACCOUNT = 1000, 1999
"""Where revenue accounts (omsætningskonti) live in Dinero's chart."""
USUAL_CODES = {
    (Zone.DK, False): ("U25",),
    (Zone.EU, True): ("UEUV",),
    (Zone.WORLD, False): ("UVV", "UVC"),
    (Zone.WORLD, True): ("UVV", "UVC"),
}
"""VAT codes that usually fit a zone and whether a business buys; used for suggestions only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What a posting rule may ask about a line."""

    line: LineKind
    vat_rate: Decimal
    zone: Zone
    country: str
    buyer: BuyerKind
    payment_type: str
    sku: str
    product_id: int | None


@dataclass(frozen=True, slots=True)
class Posting:
    """The account of a line, and what chose it."""

    account: int
    rule: str


def post_line(facts: LineFacts, settings: PostingSettings, chart: Chart) -> Posting:
    """Choose the account of a line: the first rule that takes it, else the common account.

    Raises HeldError when the account's VAT isn't the line's. Every account named in ``settings``
    must be in ``chart``; that is checked before a run begins.
    """
    posting = _choose(facts, settings)
    if chart.vat_rate(posting.account) != facts.vat_rate:
        raise _mismatch(facts, posting, chart)
    return posting


def _choose(facts: LineFacts, settings: PostingSettings) -> Posting:
    for rule in settings.rules:
        if _takes(rule.when, facts):
            return Posting(rule.account, rule.name)
    if facts.line is LineKind.SHIPPING:
        return Posting(settings.shipping_account, "shipping_account")
    return Posting(settings.sales_account, "sales_account")


def _takes(when: RuleCondition, facts: LineFacts) -> bool:
    return (
        any_of(when.line, facts.line)
        and any_of(when.vat_rate, facts.vat_rate)
        and any_of(when.zone, facts.zone)
        and any_of(when.country, facts.country)
        and any_of(when.buyer, facts.buyer)
        and any_of(when.payment_type, facts.payment_type)
        and any_glob(when.sku, facts.sku)
        and any_of(when.product_id, facts.product_id)
    )


def _mismatch(facts: LineFacts, posting: Posting, chart: Chart) -> HeldError:
    rate, account_rate = _percent(facts.vat_rate), _percent(chart.vat_rate(posting.account))
    return HeldError(
        HoldReason.ACCOUNT_VAT_MISMATCH,
        f"A {facts.line} line carries {rate} VAT, but account {posting.account} (chosen by "
        f"{posting.rule}) has {account_rate}: booked there, the VAT return would be wrong. "
        "The order isn't booked.",
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the "
        "right one), before the rules that are there:\n\n"
        "posting:\n"
        "  rules:\n"
        f"    - name: {facts.line} {rate} {facts.zone} {facts.buyer}\n"
        f"      when: {{line: {facts.line}, vat_rate: {facts.vat_rate.normalize():f}, "
        f"zone: {facts.zone}, buyer: {facts.buyer}}}\n"
        f"      account: {_suggestion(facts, chart)}\n",
    )


def _percent(rate: Decimal | None) -> str:
    return "a VAT code without a known rate" if rate is None else f"{rate.normalize():f} %"


def _suggestion(facts: LineFacts, chart: Chart) -> str:
    """Name a visible revenue account with the right rate, by the zone's usual VAT code first."""
    usual = USUAL_CODES.get((facts.zone, facts.buyer is not BuyerKind.CONSUMER), ())
    fitting = [
        account
        for number, account in sorted(chart.entry.items())
        if FIRST_SALES_ACCOUNT <= number <= LAST_SALES_ACCOUNT
        and not account.hidden
        and chart.vat_rate(number) == facts.vat_rate
    ]
    best = [account for account in fitting if account.vat_code in usual] or fitting
    if not best:
        return "# no account in Dinero has this VAT: create one first"
    return f"{best[0].number}  # {best[0].name}"
