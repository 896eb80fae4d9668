"""Accounts that are missing, hidden, or carry another VAT than their use asks for."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.posting.account_holds import FIRST_SALES_ACCOUNT
from dinero_sync.posting.finding import Finding, Severity
from dinero_sync.posting.fitting import Unfit, unfit_accounts
from dinero_sync.posting.lint_codes import box_of
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.posting.vat_codes import ABROAD_CODES, DANISH_VAT, NO_VAT, percent

DECIDES_VAT = "Dinero: the account's VAT code decides the VAT of an invoice line"
FREIGHT_LAW = "momsloven § 27, stk. 2, nr. 2; SKM2016.157.SR"
FREIGHT = "posting.shipping_account"
COMMON = ("posting.sales_account", FREIGHT)
PURCHASE_CODES = ("I", "OBPK", "REP", "HREP")
"""How the VAT codes of purchases begin."""


def account_findings(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find accounts that can't take what the configuration sends there."""
    named = settings.entry_accounts()
    yield from _unusable(named, chart.entry, "entry account")
    yield from _unusable(settings.deposit_accounts(), chart.deposit, "deposit account")
    usable = {number: key for number, key in named.items() if number in chart.entry}
    yield from (
        _of_purchases(key, chart.entry[number])
        for number, key in usable.items()
        if _is_of_purchases(chart.entry[number])
    )
    yield from (
        _unknown_rate(key, chart.entry[number])
        for number, key in usable.items()
        if chart.vat_rate(number) is None
    )
    yield from (_unfit(each, chart) for each in unfit_accounts(settings, chart))
    yield from _uncommon(settings, chart)


def _unusable(
    named: Mapping[int, str], accounts: Mapping[int, Account], kind: str
) -> Iterator[Finding]:
    for number, key in named.items():
        account = accounts.get(number)
        if account is not None and not account.hidden:
            continue
        fault = "is hidden in Dinero" if account else f"is no {kind} in Dinero's chart"
        nearest = _nearest(number, accounts.values())
        yield Finding(
            severity=Severity.ERROR,
            key=key,
            message=f"Account {number} {fault}. No order is booked while it is named.",
            source="",
            mending="Create or show it in Dinero (Indstillinger → Kontoplan), or name another one"
            + (f":\n\n{yaml_of(key, nearest)}" if nearest else "."),
        )


def _nearest(number: int, accounts: Iterable[Account]) -> Account | None:
    visible = [account for account in accounts if not account.hidden]
    return min(visible, key=lambda account: abs(account.number - number), default=None)


def yaml_of(key: str, account: Account) -> str:
    """Write the last word of a key with an account, as it stands in the configuration."""
    return f"{key.rpartition('.')[2]}: {account.number}  # {account.name}\n"


def _of_purchases(key: str, account: Account) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}, which is for "
        "purchases: sales booked there would count as VAT to get back.",
        source=DECIDES_VAT,
        mending="Name an account for sales, whose VAT code begins with U.",
    )


def _unknown_rate(key: str, account: Account) -> Finding:
    return Finding(
        severity=Severity.ERROR,
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}, whose rate Dinero "
        "doesn't tell. Every line sent there is held.",
        source=DECIDES_VAT,
        mending="Name another account, or give this one another VAT code in Dinero.",
    )


def _unfit(found: Unfit, chart: Chart) -> Finding:
    wanted = " or ".join(percent(rate) for rate in found.wanted)
    better = fitting_account(chart, found.account, found.wanted)
    return Finding(
        severity=Severity.ERROR,
        key=found.key,
        message=f"Account {found.account} has {percent(found.rate)} VAT, but {found.why}, so it "
        f"must have {wanted}.",
        source=_source_of(found.key),
        mending="Correct the VAT code of the account in Dinero, or name another one"
        + (f":\n\n{yaml_of(found.key, better)}" if better else "; none in Dinero fits yet."),
    )


def fitting_account(chart: Chart, near: int, rates: Iterable[Decimal]) -> Account | None:
    """Return the visible account with one of ``rates`` whose number is nearest to ``near``.

    Accounts of purchases are passed over: no sale belongs there.
    """
    wanted = set(rates)
    fitting = (
        each
        for number, each in chart.entry.items()
        if chart.vat_rate(number) in wanted and not _is_of_purchases(each)
    )
    return _nearest(near, fitting)


def _is_of_purchases(account: Account) -> bool:
    return account.vat_code is not None and account.vat_code.startswith(PURCHASE_CODES)


def _source_of(key: str) -> str:
    if key.startswith("posting.gift_cards"):
        return "momsloven §§ 4 a, 4 b and 73 b; Den juridiske vejledning D.A.4.10.2"
    if key.startswith("posting.margin_scheme"):
        return "momsloven §§ 69, 70 and 71 a"
    return DECIDES_VAT


def freight_account(chart: Chart, near: int) -> Account | None:
    """Return ``near`` if it has Danish VAT; else an account with it, best one for freight."""
    taxed = {
        number: each
        for number, each in chart.entry.items()
        if chart.vat_rate(number) == DANISH_VAT and not _is_of_purchases(each)
    }
    if near in taxed:
        return taxed[near]
    called = [each for each in taxed.values() if "fragt" in each.name.lower()]
    return _nearest(near, called) or _nearest(FIRST_SALES_ACCOUNT, taxed.values())


def _uncommon(settings: PostingSettings, chart: Chart) -> Iterator[Finding]:
    """Find common accounts that don't take the usual Danish sale."""
    accounts = (settings.sales_account, settings.shipping_account)
    for key, number in zip(COMMON, accounts, strict=True):
        account = chart.entry.get(number)
        if account is None or chart.vat_rate(number) == DANISH_VAT:
            continue
        if account.vat_code in ABROAD_CODES:
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
    better = _taxed(key, account, chart)
    return Finding(
        severity=Severity.ERROR,
        key=key,
        message=f"Account {account.number} has the VAT code {account.vat_code}: lines without VAT "
        f"that no rule takes, Danish ones too, are reported {box_of(account.vat_code)}, and lines "
        "with 25 % VAT that no rule takes are held.",
        source="momsloven §§ 33 and 34",
        mending=f"Name {account.number} in a rule for what belongs there, and here an account with "
        f"the VAT code U25{_shown(key, better)}",
    )


def _untaxed_freight(account: Account, settings: PostingSettings, chart: Chart) -> Finding:
    goods = settings.sales_account
    better = _taxed(FREIGHT, account, chart)
    return Finding(
        severity=Severity.WARNING,
        key=FREIGHT,
        message=f"Account {account.number} has no VAT, and goods go to {goods} with "
        f"{percent(chart.vat_rate(goods))}: freight that no rule takes is booked without VAT "
        "beside them, or held where the shop charged 25 %. Freight has the VAT of the goods it is "
        "for, also when the carrier's own invoice has none.",
        source=FREIGHT_LAW,
        mending=f"Name an account with the VAT code U25{_shown(FREIGHT, better)}",
    )


def _not_danish(key: str, account: Account, chart: Chart) -> Finding:
    rate = chart.vat_rate(account.number)
    better = _taxed(key, account, chart)
    return Finding(
        severity=Severity.HINT if rate == NO_VAT else Severity.WARNING,
        key=key,
        message=f"Account {account.number} has {percent(rate)} VAT: lines with 25 % VAT that no "
        "rule takes are held.",
        source="momsloven § 33",
        mending="Right for a shop that sells without VAT. Otherwise name an account with the VAT "
        f"code U25{_shown(key, better)}",
    )


def _taxed(key: str, account: Account, chart: Chart) -> Account | None:
    """Return the account with Danish VAT that fits a common account's use."""
    if key == FREIGHT:
        return freight_account(chart, account.number)
    return fitting_account(chart, FIRST_SALES_ACCOUNT, (DANISH_VAT,))


def _shown(key: str, better: Account | None) -> str:
    return f":\n\nposting:\n  {yaml_of(key, better)}" if better else "."
