"""The VAT codes that bring a sale without Danish VAT into a box of the VAT return, and the law."""

from dinero_sync.domain.chart import Chart
from dinero_sync.posting.suggestion import (
    ABROAD,
    ORDINARY,
    Purpose,
    best_account,
    yaml_account,
)
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


def _account_with(chart: Chart, codes: tuple[str, ...]) -> str:
    """Name, for YAML, the account for sales that fits one of the codes; empty for none."""
    usual = int(USUAL_ACCOUNTS[codes])
    best = best_account(chart, Purpose(codes=codes, uses=(ABROAD, ORDINARY), usual=usual))
    return yaml_account(best) if best else ""


def account_to_paste(chart: Chart, codes: tuple[str, ...]) -> str:
    """Name, for YAML, an account with one of the codes, or the one of the standard chart."""
    return _account_with(chart, codes) or _to_be_made(
        chart, int(USUAL_ACCOUNTS[codes]), f"with the VAT code {codes[0]}"
    )


def _to_be_made(chart: Chart, usual: int, code: str) -> str:
    """Name the number of the standard chart where it is free; else a blank to fill in."""
    known = chart.entry.get(usual)
    if known is None or known.hidden:
        return f"{usual}  # show or create it, {code}"
    return f"# create one in Dinero, {code}"


def other_account(chart: Chart, codes: tuple[str, ...]) -> str:
    """Say which account a rule is to name instead."""
    if account := _account_with(chart, codes):
        return f"Name an account with such a code:\n\naccount: {account}\n"
    return (
        f"Show account {USUAL_ACCOUNTS[codes]} of the standard chart in Dinero, or create one with "
        f"the VAT code {codes[0]}, and name it in the rule."
    )


def account_without_code(chart: Chart, usual: int) -> str:
    """Name, for YAML, the account for ordinary sales without a VAT code.

    Without any, the one of the standard chart.
    """
    purpose = Purpose(codes=(None,), uses=(ORDINARY,), usual=usual)
    best = best_account(chart, purpose)
    return yaml_account(best) if best else _to_be_made(chart, usual, "without a VAT code")
