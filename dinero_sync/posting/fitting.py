"""Whether the accounts that a configuration names have the VAT that their use asks for.

In Dinero the account decides the VAT, so a rule that says 0 % and an account coded U25 can't both
be right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import Chart
from dinero_sync.posting.settings import GiftCardKind, PostingSettings, Rule
from dinero_sync.posting.vat_codes import DANISH_VAT, NO_VAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """An account whose VAT isn't what its use asks for."""

    key: str
    """Where the configuration names it."""
    account: int
    rate: Decimal | None
    """What the account has, in percent; None where Dinero doesn't tell."""
    wanted: tuple[Decimal, ...]
    """What it may have, in percent."""
    why: str


def unfit_accounts(settings: PostingSettings, chart: Chart) -> Iterator[Unfit]:
    """Find the accounts with the wrong VAT; accounts that aren't in ``chart`` are passed over."""
    for key, account, wanted, why in _demands(settings):
        if account in chart.entry and chart.vat_rate(account) not in wanted:
            rate = chart.vat_rate(account)
            yield Unfit(key=key, account=account, rate=rate, wanted=wanted, why=why)


Demand = tuple[str, int, tuple[Decimal, ...], str]


def _demands(settings: PostingSettings) -> Iterator[Demand]:
    for at, rule in enumerate(settings.rules):
        yield from _of_rule(f"posting.rules[{at}]", rule)
    if settings.gift_cards is not None:
        single = settings.gift_cards.kind is GiftCardKind.SINGLE_PURPOSE
        wanted = DANISH_VAT if single else NO_VAT
        why = f"takes {settings.gift_cards.kind} gift cards"
        yield "posting.gift_cards.account", settings.gift_cards.account, (wanted,), why
    if settings.margin is not None and settings.margin.account is not None:
        key = "posting.margin_scheme.account"
        yield key, settings.margin.account, (DANISH_VAT,), "takes taxed margins"
    if settings.rounding is not None:
        yield "posting.rounding.account", settings.rounding.account, (NO_VAT,), "takes roundings"


def _of_rule(key: str, rule: Rule) -> Iterator[Demand]:
    name = f'rule "{rule.name}"'
    if rule.foreign_vat_account is not None:
        why = f"{name} sends another country's VAT there"
        yield f"{key}.foreign_vat_account", rule.foreign_vat_account, (NO_VAT,), why
        yield f"{key}.account", rule.account, (NO_VAT,), f"{name} is for another country's VAT"
    elif rule.margin_scheme is not None:
        yield f"{key}.account", rule.account, (NO_VAT,), f"{name} is for a margin scheme"
    elif rule.when.vat_rate:
        rates = ", ".join(f"{rate.normalize():f} %" for rate in rule.when.vat_rate)
        yield f"{key}.account", rule.account, rule.when.vat_rate, f"{name} takes lines with {rates}"
