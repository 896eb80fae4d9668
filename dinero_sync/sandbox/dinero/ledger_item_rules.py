"""What Dinero asks of a ledger item beyond the schema.

The published pages say little of it: what can't be posted is refused here when the item is added,
and again when it is to be booked.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import same_guid
from dinero_sync.sandbox.dinero.company import VAT_RATES
from dinero_sync.sandbox.dinero.errors import unfit

NO_VAT = "none"
SIDES = ("Account", "BalancingAccount")
"""A positive amount debits the first and credits the second."""
NO_SUCH_ACCOUNT = "There is no such account."


def refuse_unfit(organisation: Organisation, items: Sequence[Json]) -> None:
    """Refuse items that can't be posted, every problem at once."""
    problems = {
        f"[{index}].{name}": text
        for index, fields in enumerate(items)
        for name, text in _item_problems(organisation, fields).items()
    }
    if problems:
        raise unfit(problems)


def _item_problems(organisation: Organisation, fields: Json) -> dict[str, str]:
    lines: list[Json] = fields.get("Lines") or []
    if not lines:
        return {"Lines": "Is required."}
    problems = {
        f"Lines[{index}].{name}": text
        for index, line in enumerate(lines)
        for name, text in _line_problems(organisation, line).items()
    }
    if not problems and _imbalance(lines):
        problems["Lines"] = f"The voucher doesn't balance: {_imbalance(lines)} is left."
    return problems


def _line_problems(organisation: Organisation, line: Json) -> dict[str, str]:
    problems = _payment_problems(organisation, line)
    if line.get("Amount") is None:
        problems["Amount"] = "Is required."
    for side in SIDES:
        problems |= _side_problems(organisation, line, side)
    if not any(is_posted(line, side) for side in SIDES):
        problems["AccountNumber"] = "Is required."
    return problems


def _side_problems(organisation: Organisation, line: Json, side: str) -> dict[str, str]:
    number, code = line.get(f"{side}Number"), line.get(f"{side}VatCode")
    problems = {}
    if number is not None:
        account = organisation.find_account(number)
        if account is None:
            problems[f"{side}Number"] = NO_SUCH_ACCOUNT
        elif account.hidden:
            problems[f"{side}Number"] = "The account is hidden."
    if code is not None and code != NO_VAT and code not in VAT_RATES:
        problems[f"{side}VatCode"] = "There is no such VAT type."
    return problems


def _payment_problems(organisation: Organisation, line: Json) -> dict[str, str]:
    voucher = line.get("IsPaymentForVoucherId")
    if voucher is None:
        return {}
    problems = {}
    invoice = organisation.invoices.get(same_guid(voucher))
    if invoice is None or not invoice.is_booked:
        problems["IsPaymentForVoucherId"] = "There is no such booked voucher."
    if line.get("AccountNumber") is not None:
        problems["AccountNumber"] = "Must be empty for a payment of a voucher."
    if line.get("BalancingAccountNumber") is None:
        problems["BalancingAccountNumber"] = "Is required for a payment of a voucher."
    if line.get("Amount") == 0:
        problems["Amount"] = "A payment can't be 0."
    return problems


def is_posted(line: Json, side: str) -> bool:
    """Tell whether a side of the line is posted; a payment's first side is the debtors'."""
    is_debtors = side == SIDES[0] and line.get("IsPaymentForVoucherId") is not None
    return is_debtors or line.get(f"{side}Number") is not None


def _imbalance(lines: Iterable[Json]) -> Decimal:
    """Return what lines with one account only leave open."""
    left = Decimal(0)
    for line in lines:
        amount = Decimal(line["Amount"])
        left += amount if is_posted(line, SIDES[0]) else 0
        left -= amount if is_posted(line, SIDES[1]) else 0
    return left
