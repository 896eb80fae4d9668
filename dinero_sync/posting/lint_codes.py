"""The VAT codes that bring a sale without Danish VAT into a box of the VAT return, and the law."""

from collections.abc import Collection

from dinero_sync.domain.chart import Chart
from dinero_sync.posting.account_holds import FIRST_SALES_ACCOUNT, LAST_SALES_ACCOUNT
from dinero_sync.posting.vat_codes import DISTANCE_CODES, EXPORT_CODES, REVERSE_CHARGE_CODES

REVERSE_CHARGE_LAW = "momsloven § 34, stk. 1, nr. 1, and stk. 2; momssystemdirektivet art. 138"
EXPORT_LAW = "momsloven § 34, stk. 1, nr. 5; rubrik C"
USUAL_ACCOUNTS = {REVERSE_CHARGE_CODES: "1100", DISTANCE_CODES: "1150", EXPORT_CODES: "1255"}
"""The accounts of Dinero's standard chart with these codes."""


def box_of(code: str | None) -> str:
    """Say in which box of the VAT return a VAT code of trade abroad brings a sale."""
    if code in REVERSE_CHARGE_CODES:
        return "in box B and on the EU sales list"
    if code in DISTANCE_CODES:
        return "in box B"
    return "in box C"


def account_with(chart: Chart, codes: Collection[str]) -> str:
    """Name, for YAML, the first visible account with one of the codes; empty when there is none."""
    for number, account in sorted(chart.entry.items()):
        if account.vat_code in codes and not account.hidden:
            return f"{number}  # {account.name}"
    return ""


def account_to_paste(chart: Chart, codes: tuple[str, ...]) -> str:
    """Name, for YAML, an account with one of the codes, or the one of the standard chart."""
    usual = f"{USUAL_ACCOUNTS[codes]}  # show or create it, with the VAT code {codes[0]}"
    return account_with(chart, codes) or usual


def other_account(chart: Chart, codes: tuple[str, ...]) -> str:
    """Say which account a rule is to name instead."""
    if account := account_with(chart, codes):
        return f"Name an account with such a code:\n\naccount: {account}\n"
    return (
        f"Show account {USUAL_ACCOUNTS[codes]} of the standard chart in Dinero, or create one with "
        f"the VAT code {codes[0]}, and name it in the rule."
    )


def account_without_code(chart: Chart, near: int) -> str:
    """Name, for YAML, the visible account for sales without a VAT code that is nearest in number.

    Without any, the one of the standard chart.
    """
    fitting = [
        account
        for number, account in chart.entry.items()
        if FIRST_SALES_ACCOUNT <= number <= LAST_SALES_ACCOUNT
        and account.vat_code is None
        and not account.hidden
    ]
    best = min(fitting, key=lambda account: abs(account.number - near), default=None)
    return f"{best.number}  # {best.name}" if best else f"{near}  # create it, without a VAT code"
