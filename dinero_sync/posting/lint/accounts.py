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
)
from dinero_sync.domain.finding import Finding, Severity, Source, error, warning
from dinero_sync.domain.step import Facts, Pasted, Sentence, Steps, Value, Yaml, sentence
from dinero_sync.posting.payments import deposit_for_key
from dinero_sync.posting.settings import (
    REDEEMED_ACCOUNT,
    SINGLE_PURPOSE_ACCOUNT,
    GiftCardKind,
    GiftCards,
    PostingSettings,
    Rule,
)
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

NONE = "none"
"""What is told in place of a VAT code where there is none."""
MARGIN_LAW = (Source.MARGINS, Source.MARGIN_RECORDS)


@dataclass(frozen=True, slots=True)
class Bare:
    """A use of an account that asks for one without any VAT code."""

    why: Sentence
    usual: str
    """What such an account is in the standard chart, or may be called."""
    law: tuple[Source, ...] = (Source.ACCOUNT_DECIDES,)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a use of an account asks of its VAT."""

    key: str
    """Where the configuration names it."""
    account: int
    wanted: tuple[Decimal, ...]
    """What it may have, in percent."""
    why: Sentence
    """What it is used for, to be said of the account or of the rule that names it."""
    bare: Bare | None = None
    law: tuple[Source, ...] = (Source.ACCOUNT_DECIDES,)


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
        yield _of_cards("posting.gift_cards.account", cards)
        if cards.single_purpose is not None:
            yield _of_cards(SINGLE_PURPOSE_ACCOUNT, cards.single_purpose)
    if margin is not None and margin.account is not None:
        key, why = "posting.margin_scheme.account", sentence("takes_margins")
        yield Demand(key, margin.account, (DANISH_VAT,), why, law=(Source.MARGINS,))
    if rounding is not None:
        key, why = "posting.rounding.account", sentence("takes_roundings")
        no_sale = Bare(sentence("takes_roundings_no_sale"), "1490 Øredifferencer")
        yield Demand(key, rounding.account, (NO_VAT,), why, no_sale)


def _of_cards(key: str, cards: GiftCards) -> Demand:
    law, why = (Source.GIFT_CARDS,), sentence("takes_gift_cards", kind=cards.kind)
    if cards.kind is GiftCardKind.SINGLE_PURPOSE:
        return Demand(key, cards.account, (DANISH_VAT,), why, law=law)
    debt = Bare(sentence("takes_gift_cards_as_debt", kind=cards.kind), "63080 Gavekort", law)
    return Demand(key, cards.account, (NO_VAT,), why, debt, law)


def _of_rule(key: str, rule: Rule) -> Iterator[Demand]:
    name, own = rule.name, f"{key}.account"
    if rule.foreign_vat_account is not None:
        why = sentence("rule_sends_foreign_vat", rule=name)
        debt = Bare(sentence("rule_sends_foreign_debt", rule=name), "64200 Skyldig OSS-moms")
        account = rule.foreign_vat_account
        yield Demand(f"{key}.foreign_vat_account", account, (NO_VAT,), why, debt)
        yield Demand(own, rule.account, (NO_VAT,), sentence("rule_for_foreign_vat", rule=name))
    elif rule.margin_scheme is not None:
        why = sentence("rule_for_margin_scheme", rule=name)
        danish = sentence("rule_for_margins_in_eu", rule=name)
        bare = Bare(danish, "1051 Brugtmoms bruttosalg", MARGIN_LAW)
        yield Demand(own, rule.account, (NO_VAT,), why, bare)
    elif rule.reverse_charge:
        why = sentence("rule_for_reverse_charge", rule=name)
        yield Demand(own, rule.account, (NO_VAT,), why, law=(Source.DOMESTIC_REVERSE_CHARGE,))
    elif rule.when.vat_rate:
        rates = rule.when.vat_rate
        yield Demand(own, rule.account, rates, sentence("rule_takes_rates", rule=name, rates=rates))


def rate_fact(rate: Decimal | None) -> Value:
    """Return a VAT rate to be told; None is a code whose rate Dinero doesn't tell."""
    return sentence("no_known_rate") if rate is None else rate


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


def account_to_paste(chart: Chart, codes: Codes) -> Pasted:
    """Name, for YAML, an account with one of the codes.

    Without any, it is the number of the standard chart where that is free, else a blank to fill in.
    """
    if account := _account_with(chart, codes):
        return account
    code, usual = codes[0], USUAL_ACCOUNTS[codes]
    known = chart.entry.get(usual)
    if known is not None and not known.hidden:
        return sentence("create_with_code", code=code) if code else sentence("create_without_code")
    if code:
        return sentence("show_or_create_with_code", account=usual, code=code)
    return sentence("show_or_create_without_code", account=usual)


def other_account(chart: Chart, codes: tuple[str, ...]) -> Steps:
    """Say which account a rule is to name instead."""
    if account := _account_with(chart, codes):
        return (sentence("name_account_with_such_code"), Yaml(f"account: {account}\n"))
    return (sentence("show_account", account=USUAL_ACCOUNTS[codes], code=codes[0]),)


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
        text="account_missing",
        facts={"account": number, "fault": fault},
        steps=with_account(sentence("create_or_show_it"), key, better),
    )


def with_account(before: Sentence, key: str, account: Account | None, under: str = "") -> Steps:
    """Show the account to name at a key, where one fits, after a sentence.

    ``under`` is the YAML above the last word of the key, as far as it is shown.
    """
    if account is None:
        return (before,)
    return (before, Yaml(f"{under}{key.rpartition('.')[2]}: {yaml_account(account)}\n"))


def fitting_account(key: str, settings: PostingSettings, chart: Chart) -> Account | None:
    """Return the account that fits where the configuration names one; None where none does."""
    if key.endswith(".deposit_account") or key == REDEEMED_ACCOUNT:
        return deposit_for_key(key, settings, chart)
    return account_for_key(key, settings, chart)


def _of_purchases(key: str, account: Account) -> Finding:
    return error(
        key=key,
        text="account_of_purchases",
        facts=account_facts(account),
        source=(Source.ACCOUNT_DECIDES,),
        steps=(sentence("name_account_for_sales"),),
    )


def _unknown_rate(key: str, account: Account) -> Finding:
    return error(
        key=key,
        text="account_of_unknown_rate",
        facts=account_facts(account),
        source=(Source.ACCOUNT_DECIDES,),
        steps=(sentence("another_account_or_code"),),
    )


def account_facts(account: Account) -> Facts:
    """Return what is told of an account and its VAT code."""
    return {"account": account.number, "code": account.vat_code or NONE}


def _unfit(found: Demand, settings: PostingSettings, chart: Chart) -> Finding:
    better = fitting_account(found.key, settings, chart)
    return error(
        key=found.key,
        text="account_unfit",
        facts=unfit_facts(found, chart),
        source=found.law,
        steps=with_account(sentence("correct_code"), found.key, better),
    )


def unfit_facts(found: Demand, chart: Chart) -> Facts:
    """Return what is told of an account that doesn't meet a demand."""
    return {
        "account": found.account,
        "has": rate_fact(chart.vat_rate(found.account)),
        "why": found.why,
        "wanted": found.wanted,
    }


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
        text="common_account_of_trade_abroad",
        facts={**account_facts(account), "box": box_of(account.vat_code)},
        source=(Source.DANISH_SALES,),
        steps=_taxed(sentence("name_in_rule_and_taxed", account=account.number), key, chart),
    )


def _untaxed_freight(account: Account, settings: PostingSettings, chart: Chart) -> Finding:
    goods = settings.sales_account
    return warning(
        key=FREIGHT,
        text="freight_untaxed",
        facts={
            "account": account.number,
            "goods": goods,
            "rate": rate_fact(chart.vat_rate(goods)),
        },
        source=(Source.FREIGHT,),
        steps=_taxed(sentence("name_taxed"), FREIGHT, chart),
    )


def _not_danish(key: str, account: Account, chart: Chart) -> Finding:
    rate = chart.vat_rate(account.number)
    return Finding(
        severity=Severity.HINT if rate == NO_VAT else Severity.WARNING,
        key=key,
        text="common_account_not_danish",
        facts={"account": account.number, "rate": rate_fact(rate)},
        source=(Source.DANISH_RATE,),
        steps=_taxed(sentence("name_taxed_where_vat_is_charged"), key, chart),
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
        text="common_account_called_otherwise",
        facts={"account": account.number, "name": account.name, "called": called},
        steps=_taxed(sentence("name_in_rule_and_ordinary", account=account.number), key, chart),
    )


def _taxed(before: Sentence, key: str, chart: Chart) -> Steps:
    """Show an account with Danish VAT that fits a common account's use, after a sentence."""
    best = best_account(chart, COMMON_FREIGHT if key == FREIGHT else COMMON_SALES)
    return with_account(before, key, best, under="posting:\n  ")
