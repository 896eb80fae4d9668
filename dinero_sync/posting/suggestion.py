"""Which account of a chart fits a purpose: the one place where any command gets a suggestion from.

An account fits by its VAT code, by what its name says that it is for, and by where it stands. Which
number is near says nothing: next to 1000 for sales may stand the one for distance sales to Sweden.
Where none fits, nothing is suggested: a blank is seen, a wrong account isn't.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.chart import DANISH_VAT, EXPORT_CODES, NO_VAT, Account, Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.step import Pasted, sentence
from dinero_sync.domain.zone import Zone, zone_of
from dinero_sync.posting.settings import (
    SINGLE_PURPOSE_ACCOUNT,
    GiftCardKind,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
    RuleCondition,
)

SALES = range(1000, 2000)
"""Where revenue accounts (omsætningskonti) live in Dinero's chart."""
DEBTS = range(63000, 66000)
"""Where short-term debts live in Dinero's chart, gift cards and other countries' VAT among them."""
VAT_DEBTS = range(64000, 65000)


class Use(StrEnum):
    """What the name of an account says that it is for, beside ordinary sales in Denmark."""

    SECOND_HAND = "second_hand"
    GIFT_CARDS = "gift_cards"
    ROUNDING = "rounding"
    FEES = "fees"
    FREIGHT = "freight"
    ABROAD = "abroad"


CALLED = {
    Use.SECOND_HAND: r"brugt|avance|fortjenstmargen|kunstgenstand|antikvitet",
    Use.GIFT_CARDS: r"gave-?kort|gift ?card",
    Use.ROUNDING: r"differenc|\børe(afrund|rest)?\b|afrund",
    Use.FEES: r"gebyr|rykker",
    Use.FREIGHT: r"fragt|forsendelse|\bporto",
    Use.ABROAD: r"fjernsalg|\beu\b|\boss\b|e[kx]sport|udland|\bvoec\b|\brubrik\b"
    r"|\b(norge|sverige|tyskland|grønland|færøerne)\b",
}
"""The Danish words for each use, as parts of account names in any case."""
COUNTRY_OF_ACCOUNT = re.compile(r"- ([A-Z]{2})$")
"""How an account ends that is for one country's sales, like ``Fjernsalg EU privat - DE``."""
ORDINARY: frozenset[Use] = frozenset()
ABROAD = frozenset({Use.ABROAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What an account is wanted for."""

    codes: Collection[str | None]
    """The VAT codes that it may have; None is none."""
    uses: tuple[frozenset[Use], ...]
    """What its name may say, all of it, best first."""
    numbers: range = SALES
    words: tuple[str, ...] = ()
    """Parts of a name, in lower case, that make an account fit better."""
    country: str = ""
    """The one country that it is for; accounts that are called after another don't fit."""
    usual: int = SALES[0]
    """Its number in Dinero's standard chart; of several that fit alike the nearest is taken."""


COMMON_SALES = Purpose(codes=("U25",), uses=(ORDINARY,))
COMMON_FREIGHT = Purpose(codes=("U25",), uses=(frozenset({Use.FREIGHT}), ORDINARY), usual=1350)
SECOND_HAND_SALES = Purpose(codes=(None,), uses=(frozenset({Use.SECOND_HAND}),), usual=1051)
MARGINS = replace(SECOND_HAND_SALES, codes=("U25",), words=("avance",), usual=1052)
ROUNDINGS = Purpose(codes=(None,), uses=(frozenset({Use.ROUNDING}),), words=("øre",), usual=1490)
EXPORTS = Purpose(codes=("UVV", "UVC"), uses=(ABROAD, ORDINARY), usual=1255)
EU_BUSINESSES = Purpose(codes=("UEUV",), uses=(ABROAD, ORDINARY), usual=1100)
OSS_SALES = Purpose(codes=("UEUV2",), uses=(ABROAD, ORDINARY), words=("oss",), usual=1151)
DISTANCE_SALES = Purpose(codes=("U25",), uses=(ABROAD,), words=("fjernsalg",), usual=1001)
REVERSED_SALES = Purpose(
    codes=EXPORT_CODES, uses=(ORDINARY, ABROAD), words=("omvendt",), usual=1255
)
SINGLE_PURPOSE_CARDS = Purpose(
    codes=("U25",), uses=(frozenset({Use.GIFT_CARDS}),), numbers=DEBTS, usual=63085
)
MULTI_PURPOSE_CARDS = replace(SINGLE_PURPOSE_CARDS, codes=(None,), usual=63080)


def uses_of(name: str) -> frozenset[Use]:
    """Return what the name of an account says that it is for."""
    return frozenset(use for use, words in CALLED.items() if re.search(words, name, re.IGNORECASE))


def best_account(chart: Chart, purpose: Purpose) -> Account | None:
    """Return the visible account that fits a purpose best; None where none does.

    Of several that fit alike it is the organisation's own default, else the nearest in number to
    the standard chart's.
    """
    return min(
        (each for each in chart.entry.values() if _fits(each, purpose, chart)),
        key=lambda account: _rank(account, purpose),
        default=None,
    )


def _fits(account: Account, purpose: Purpose, chart: Chart) -> bool:
    return (
        not account.hidden
        and chart.vat_rate(account.number) is not None
        and account.number in purpose.numbers
        and account.vat_code in purpose.codes
        and uses_of(account.name) in purpose.uses
        and _country_of(account) in {"", purpose.country}
    )


def _rank(account: Account, purpose: Purpose) -> tuple[bool | int, ...]:
    """Return what sorts the accounts that fit, best first."""
    return (
        _country_of(account) != purpose.country,
        purpose.uses.index(uses_of(account.name)),
        not any(word in account.name.casefold() for word in purpose.words),
        not account.default,
        abs(account.number - purpose.usual),
        account.number,
    )


def _country_of(account: Account) -> str:
    """Return the country that an account is called after; empty for all others."""
    named = COUNTRY_OF_ACCOUNT.search(account.name)
    return named[1] if named else ""


def for_lines(
    *, rate: Decimal, zone: Zone, country: str, business: bool, freight: bool
) -> Purpose | None:
    """Return the purpose of an account for ordinary lines with Danish VAT, or without any.

    None where no account makes such a sale right, as without VAT to a consumer in the EU.
    """
    purpose = _of_goods(rate, zone, country, business=business)
    if purpose is None or not freight:
        return purpose
    with_freight = tuple(use | {Use.FREIGHT} for use in purpose.uses)
    usual = 1350 if rate else 1300
    return replace(purpose, uses=(*with_freight, *purpose.uses), usual=usual)


def _of_goods(rate: Decimal, zone: Zone, country: str, *, business: bool) -> Purpose | None:
    if rate == DANISH_VAT and zone is Zone.EU and not business:
        return replace(DISTANCE_SALES, uses=(ABROAD, ORDINARY), country=country)
    if rate == DANISH_VAT:
        return COMMON_SALES
    if rate != NO_VAT:
        return None
    if zone is Zone.DK:
        return replace(COMMON_SALES, codes=(None,), usual=1050)
    if zone is Zone.WORLD:
        return EXPORTS
    return EU_BUSINESSES if business else None


def foreign_vat_debt(chart: Chart, scheme: str) -> Account | None:
    """Return the account of the debt of another country's VAT, paid by OSS or VOEC.

    It is called after the scheme; no other will do.
    """
    word, uses = scheme.casefold(), (ABROAD, ORDINARY)
    best = best_account(chart, Purpose(codes=(None,), uses=uses, numbers=VAT_DEBTS, words=(word,)))
    return best if best is not None and word in best.name.casefold() else None


def account_for_key(key: str, settings: PostingSettings, chart: Chart) -> Account | None:
    """Return the account that fits where the configuration names one; None where none does.

    ``key`` is as :meth:`PostingSettings.entry_accounts` gives it.
    """
    if key.endswith(".foreign_vat_account"):
        zone = _zone_of(_rule_at(key, settings).when)
        scheme = "OSS" if zone is Zone.EU else "VOEC" if zone is Zone.WORLD else None
        return foreign_vat_debt(chart, scheme) if scheme else None
    purpose = _purpose_of_key(key, settings)
    return best_account(chart, purpose) if purpose else None


def _purpose_of_key(key: str, settings: PostingSettings) -> Purpose | None:
    if key.startswith("posting.rules["):
        return _purpose_of_rule(_rule_at(key, settings))
    cards = settings.gift_cards
    single = cards is not None and cards.kind is GiftCardKind.SINGLE_PURPOSE
    return {
        "posting.sales_account": COMMON_SALES,
        "posting.shipping_account": COMMON_FREIGHT,
        "posting.gift_cards.account": SINGLE_PURPOSE_CARDS if single else MULTI_PURPOSE_CARDS,
        SINGLE_PURPOSE_ACCOUNT: SINGLE_PURPOSE_CARDS,
        "posting.margin_scheme.account": MARGINS,
        "posting.rounding.account": ROUNDINGS,
    }.get(key)


def _rule_at(key: str, settings: PostingSettings) -> Rule:
    return settings.rules[int(key.partition("[")[2].partition("]")[0])]


def _purpose_of_rule(rule: Rule) -> Purpose | None:
    """Return what a rule's account is for, as far as its condition tells; else None.

    A rule for certain goods wants an account of their own, which nobody can guess.
    """
    when, zone = rule.when, _zone_of(rule.when)
    if rule.foreign_vat_account is not None:
        return OSS_SALES if zone is Zone.EU else EXPORTS if zone is Zone.WORLD else None
    if rule.margin_scheme is not None:
        return SECOND_HAND_SALES
    if rule.reverse_charge:
        return REVERSED_SALES
    ordinary = set(when.line) <= {LineKind.PRODUCT, LineKind.SHIPPING}
    if zone is None or not ordinary or when.product != ProductCondition():
        return None
    business = bool(when.buyer) and BuyerKind.CONSUMER not in when.buyer
    untaxed = zone is Zone.WORLD or (zone is Zone.EU and business)
    rates = when.vat_rate or ((NO_VAT,) if untaxed else (DANISH_VAT,))
    if len(rates) > 1:
        return None
    return for_lines(
        rate=rates[0],
        zone=zone,
        country=when.country[0] if len(when.country) == 1 else "",
        business=business,
        freight=when.line == (LineKind.SHIPPING,),
    )


def _zone_of(when: RuleCondition) -> Zone | None:
    """Return the one zone that a rule is for, told by the countries where it names no zone.

    One that names neither is for sales at home, as most are.
    """
    if not when.zone and not when.country:
        return Zone.DK
    zones = set(when.zone) or {zone_of(each, "") for each in when.country}
    return zones.pop() if len(zones) == 1 else None


def yaml_account(account: Account) -> str:
    """Write an account for YAML: its number, with its name as a remark."""
    return f"{account.number}  # {account.name}"


def account_to_paste(chart: Chart, purpose: Purpose, like: str) -> Pasted:
    """Name, for YAML, the account that fits a purpose; else a blank that says what to create."""
    best = best_account(chart, purpose)
    if best is not None:
        return yaml_account(best)
    code, *_ = purpose.codes
    if code is None:
        return sentence("create_like_without_code", like=like)
    return sentence("create_like_with_code", like=like, code=code)
