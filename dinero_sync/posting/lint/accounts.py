"""Accounts that are missing, hidden, or carry another VAT than their use asks for.

In Dinero the account decides the VAT, so a rule that says 0 % and an account coded U25 can't both
be right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import (
    ABROAD_CODES,
    DANISH_VAT,
    DISTANCE_CODES,
    EXPORT_CODES,
    NO_VAT,
    REVERSE_CHARGE_CODES,
    Account,
    Chart,
    percent,
)
from dinero_sync.domain.finding import Finding, Severity, error, warning
from dinero_sync.posting.payments import deposit_for_key
from dinero_sync.posting.settings import GiftCardKind, PostingSettings, Rule
from dinero_sync.posting.suggestion import (
    ABROAD,
    COMMON_FREIGHT,
    COMMON_SALES,
    ORDINARY,
    Purpose,
    Use,
    account_for_key,
    best_account,
    uses_of,
    yaml_account,
)

DECIDES_VAT = "Dinero: the account's VAT code decides the VAT of an invoice line"
GIFT_CARD_LAW = "momsloven §§ 4 a, 4 b and 73 b; Den juridiske vejledning D.A.4.10.2"
MARGIN_LAW = "momsloven §§ 69, 70 and 71 a; momsbekendtgørelsen § 122"


@dataclass(frozen=True, slots=True)
class Bare:
    """A use of an account that asks for one without any VAT code."""

    why: str
    usual: str
    """What such an account is in the standard chart, or may be called."""
    law: str = DECIDES_VAT


@dataclass(frozen=True, slots=True)
class Demand:
    """What a use of an account asks of its VAT."""

    key: str
    """Where the configuration names it."""
    account: int
    wanted: tuple[Decimal, ...]
    """What it may have, in percent."""
    why: str
    bare: Bare | None = None
    law: str = DECIDES_VAT


def unfit_accounts(settings: PostingSettings, chart: Chart) -> Iterator[Demand]:
    """Find the demands that an account doesn't meet; accounts not in ``chart`` are passed over."""
    for each in demands(settings):
        if each.account in chart.entry and chart.vat_rate(each.account) not in each.wanted:
            yield each


def demands(settings: PostingSettings) -> Iterator[Demand]:
    """Return what is asked of the accounts that the configuration names."""
    for at, rule in enumerate(settings.rules):
        yield from _of_rule(f"posting.rules[{at}]", rule)
    cards, margin, rounding = settings.gift_cards, settings.margin, settings.rounding
    if cards is not None:
        key, why = "posting.gift_cards.account", f"takes {cards.kind} gift cards"
        if cards.kind is GiftCardKind.SINGLE_PURPOSE:
            yield Demand(key, cards.account, (DANISH_VAT,), why, law=GIFT_CARD_LAW)
        else:
            debt = Bare(f"{why}, which are a debt and no sale", "63080 Gavekort", GIFT_CARD_LAW)
            yield Demand(key, cards.account, (NO_VAT,), why, debt, GIFT_CARD_LAW)
    if margin is not None and margin.account is not None:
        key, law = "posting.margin_scheme.account", "momsloven §§ 69, 70 and 71 a"
        yield Demand(key, margin.account, (DANISH_VAT,), "takes taxed margins", law=law)
    if rounding is not None:
        key, why = "posting.rounding.account", "takes roundings"
        no_sale = Bare(f"{why}, which are no sale", "1490 Øredifferencer")
        yield Demand(key, rounding.account, (NO_VAT,), why, no_sale)


def _of_rule(key: str, rule: Rule) -> Iterator[Demand]:
    name, own = f'rule "{rule.name}"', f"{key}.account"
    if rule.foreign_vat_account is not None:
        why = f"{name} sends another country's VAT there"
        debt = Bare(f"{why}, which is a debt and no sale", "64200 Skyldig OSS-moms")
        account = rule.foreign_vat_account
        yield Demand(f"{key}.foreign_vat_account", account, (NO_VAT,), why, debt)
        yield Demand(own, rule.account, (NO_VAT,), f"{name} is for another country's VAT")
    elif rule.margin_scheme is not None:
        why = f"{name} is for a margin scheme"
        danish = f"{why} (brugtmoms), whose sales bear Danish VAT of the margin wherever in the EU"
        bare = Bare(f"{danish} they go", "1051 Brugtmoms bruttosalg", MARGIN_LAW)
        yield Demand(own, rule.account, (NO_VAT,), why, bare)
    elif rule.when.vat_rate:
        why = f"{name} takes lines with {', '.join(map(percent, rule.when.vat_rate))}"
        yield Demand(own, rule.account, rule.when.vat_rate, why)


REVERSE_CHARGE_LAW = "momsloven § 34, stk. 1, nr. 1, and stk. 2; momssystemdirektivet art. 138"
EXPORT_LAW = "momsloven § 34, stk. 1, nr. 5; rubrik C"
Codes = tuple[str | None, ...]
NO_CODE: Codes = (None,)
"""Of sales that are free of VAT in Denmark, and belong in no box of trade abroad."""
USUAL_ACCOUNTS: Mapping[Codes, int] = {
    REVERSE_CHARGE_CODES: 1100,
    DISTANCE_CODES: 1150,
    EXPORT_CODES: 1255,
    NO_CODE: 1050,
}
"""The accounts of Dinero's standard chart with these codes."""


def box_of(code: str | None) -> str:
    """Say in which box of the VAT return a VAT code of trade abroad brings a sale."""
    if code in REVERSE_CHARGE_CODES:
        return "in box B and on the EU sales list"
    if code in DISTANCE_CODES:
        return "in box B"
    return "in box C"


def _account_with(chart: Chart, codes: Codes) -> str:
    """Name, for YAML, the account for sales that fits one of the codes; empty for none."""
    uses = (ORDINARY,) if codes == NO_CODE else (ABROAD, ORDINARY)
    best = best_account(chart, Purpose(codes=codes, uses=uses, usual=USUAL_ACCOUNTS[codes]))
    return yaml_account(best) if best else ""


def account_to_paste(chart: Chart, codes: Codes) -> str:
    """Name, for YAML, an account with one of the codes.

    Without any, it is the number of the standard chart where that is free, else a blank to fill in.
    """
    if account := _account_with(chart, codes):
        return account
    code = f"with the VAT code {codes[0]}" if codes[0] else "without a VAT code"
    usual = USUAL_ACCOUNTS[codes]
    known = chart.entry.get(usual)
    if known is None or known.hidden:
        return f"{usual}  # show or create it, {code}"
    return f"# create one in Dinero, {code}"


def other_account(chart: Chart, codes: Codes) -> str:
    """Say which account a rule is to name instead."""
    if account := _account_with(chart, codes):
        return f"Name an account with such a code:\n\naccount: {account}\n"
    return (
        f"Show account {USUAL_ACCOUNTS[codes]} of the standard chart in Dinero, or create one with "
        f"the VAT code {codes[0]}, and name it in the rule."
    )


FREIGHT_LAW = "momsloven § 27, stk. 2, nr. 2; SKM2016.157.SR"
FREIGHT = "posting.shipping_account"
COMMON = ("posting.sales_account", FREIGHT)
CALLED_OTHERWISE = {
    Use.SECOND_HAND: "second-hand goods (brugtmoms)",
    Use.GIFT_CARDS: "gift cards (gavekort)",
    Use.ABROAD: "sales abroad (fjernsalg, EU)",
}
PURCHASE_CODES = ("I", "OBPK", "REP", "HREP")
"""How the VAT codes of purchases begin."""


def account_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find accounts that can't take what the configuration sends there."""
    named = settings.entry_accounts()
    for number, key, fault in missing_accounts(settings, chart):
        yield _missing(number, key, fault, fitting_account(key, settings, chart))
    usable = [(chart.entry[number], key) for number, key in named.items() if number in chart.entry]
    yield from (_of_purchases(key, each) for each, key in usable if _is_of_purchases(each))
    yield from (
        _unknown_rate(key, each) for each, key in usable if chart.vat_rate(each.number) is None
    )
    yield from (_unfit(each, settings, chart) for each in unfit_accounts(settings, chart))
    yield from _uncommon(settings, chart)


def missing_accounts(settings: PostingSettings, chart: Chart) -> Iterator[tuple[int, str, str]]:
    """Yield each account that Dinero lacks or hides, with its key, and what is wrong with it."""
    kinds = (
        ("entry account", settings.entry_accounts(), chart.entry),
        ("deposit account", settings.deposit_accounts(), chart.deposit),
    )
    for kind, named, accounts in kinds:
        for number, key in named.items():
            account = accounts.get(number)
            if account is None:
                yield number, key, f"is no {kind} in Dinero's chart"
            elif account.hidden:
                yield number, key, "is hidden in Dinero"


def _missing(number: int, key: str, fault: str, better: Account | None) -> Finding:
    return error(
        key=key,
        message=f"Account {number} {fault}. No order is booked while it is named.",
        mending="Create or show it in Dinero (Indstillinger → Kontoplan), or name another one"
        + (f":\n\n{yaml_of(key, better)}" if better else "."),
    )


def yaml_of(key: str, account: Account) -> str:
    """Write the last word of a key with an account, as it stands in the configuration."""
    return f"{key.rpartition('.')[2]}: {yaml_account(account)}\n"


def fitting_account(key: str, settings: PostingSettings, chart: Chart) -> Account | None:
    """Return the account that fits where the configuration names one; None where none does."""
    if key.endswith(".deposit_account"):
        return deposit_for_key(key, settings, chart)
    return account_for_key(key, settings, chart)


def _of_purchases(key: str, account: Account) -> Finding:
    return error(
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}, which is for "
        "purchases: sales booked there would count as VAT to get back.",
        source=DECIDES_VAT,
        mending="Name an account for sales, whose VAT code begins with U.",
    )


def _unknown_rate(key: str, account: Account) -> Finding:
    return error(
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}, whose rate Dinero "
        "doesn't tell. Every line sent there is held.",
        source=DECIDES_VAT,
        mending="Name another account, or give this one another VAT code in Dinero.",
    )


def _unfit(found: Demand, settings: PostingSettings, chart: Chart) -> Finding:
    rate, wanted = chart.vat_rate(found.account), " or ".join(map(percent, found.wanted))
    better = fitting_account(found.key, settings, chart)
    return error(
        key=found.key,
        message=f"Account {found.account} has {percent(rate)} VAT, but {found.why}, so it "
        f"must have {wanted}.",
        source=found.law,
        mending="Correct the VAT code of the account in Dinero, or name another one"
        + (f":\n\n{yaml_of(found.key, better)}" if better else "."),
    )


def _is_of_purchases(account: Account) -> bool:
    return account.vat_code is not None and account.vat_code.startswith(PURCHASE_CODES)


def freight_account(chart: Chart, near: int) -> Account | None:
    """Return ``near`` if it has Danish VAT; else the account for freight that fits best."""
    account = chart.entry.get(near)
    if account is not None and chart.vat_rate(near) == DANISH_VAT:
        return None if _is_of_purchases(account) else account
    return best_account(chart, COMMON_FREIGHT)


def _uncommon(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find common accounts that don't take the usual Danish sale."""
    accounts = (settings.sales_account, settings.shipping_account)
    for key, number in zip(COMMON, accounts, strict=True):
        account = chart.entry.get(number)
        if account is None:
            continue
        if chart.vat_rate(number) == DANISH_VAT:
            yield from _called_otherwise(key, account, chart)
        elif account.vat_code in ABROAD_CODES:
            yield _of_trade_abroad(key, account, chart)
        elif key == FREIGHT and _only_freight_untaxed(settings, chart):
            yield _untaxed_freight(account, settings, chart)
        else:
            yield _not_danish(key, account, chart)


def _only_freight_untaxed(settings: PostingSettings, chart: Chart) -> bool:
    """Tell whether the common account for freight is without VAT, and that for goods isn't."""
    goods = settings.sales_account
    untaxed = chart.vat_rate(settings.shipping_account) == NO_VAT
    return untaxed and goods in chart.entry and chart.vat_rate(goods) != NO_VAT


def _of_trade_abroad(key: str, account: Account, chart: Chart) -> Finding:
    return error(
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}: lines without VAT "
        f"that no rule takes, Danish ones too, are reported {box_of(account.vat_code)}, and lines "
        "with 25 % VAT that no rule takes are held.",
        source="momsloven §§ 33 and 34",
        mending=f"Name {account.number} in a rule for what belongs there, and here an account with "
        f"the VAT code U25{_taxed(key, account, chart)}",
    )


def _untaxed_freight(account: Account, settings: PostingSettings, chart: Chart) -> Finding:
    goods = settings.sales_account
    return warning(
        key=FREIGHT,
        message=f"Account {account.number} has no VAT, and goods go to {goods} with "
        f"{percent(chart.vat_rate(goods))}: freight that no rule takes is booked without VAT "
        "beside them, or held where the shop charged 25 %. Freight has the VAT of the goods it is "
        "for, also when the carrier's own invoice has none.",
        source=FREIGHT_LAW,
        mending=f"Name an account with the VAT code U25{_taxed(FREIGHT, account, chart)}",
    )


def _not_danish(key: str, account: Account, chart: Chart) -> Finding:
    rate = chart.vat_rate(account.number)
    return Finding(
        severity=Severity.HINT if rate == NO_VAT else Severity.WARNING,
        key=key,
        message=f"Account {account.number} has {percent(rate)} VAT: lines with 25 % VAT that no "
        "rule takes are held.",
        source="momsloven § 33",
        mending="Right for a shop that sells without VAT. Otherwise name an account with the VAT "
        f"code U25{_taxed(key, account, chart)}",
    )


def other_use(key: str, account: Account) -> str | None:
    """Say what a common account is for by its name, where that isn't ordinary Danish sales."""
    if key not in COMMON:
        return None
    named = (called for use, called in CALLED_OTHERWISE.items() if use in uses_of(account.name))
    return next(named, None)


def _called_otherwise(key: str, account: Account, chart: Chart) -> Iterator[Finding]:
    """Find a common account whose name says that it is for something else."""
    called = other_use(key, account)
    if called is None:
        return
    yield warning(
        key=key,
        message=f'Account {account.number} is called "{account.name}": by its name it is for '
        f"{called}, and every Danish sale that no rule takes is booked there.",
        mending=f"Name {account.number} in a rule for what belongs there, and here an account "
        f"for ordinary sales in Denmark{_taxed(key, account, chart)}",
    )


def _taxed(key: str, account: Account, chart: Chart) -> str:
    """Show another account with Danish VAT that fits a common account's use, after a sentence."""
    best = best_account(chart, COMMON_FREIGHT if key == FREIGHT else COMMON_SALES)
    if best is None or best == account:
        return "."
    return f":\n\nposting:\n  {yaml_of(key, best)}"
