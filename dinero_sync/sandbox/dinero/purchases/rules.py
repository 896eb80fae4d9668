"""What Dinero asks of a purchase voucher, as clients that run against it saw; and its lines."""

from decimal import Decimal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import Call, same_guid
from dinero_sync.sandbox.dinero.chart import PURCHASE_ACCOUNTS
from dinero_sync.sandbox.dinero.company import VAT_RATES
from dinero_sync.sandbox.dinero.errors import is_required, unfit
from dinero_sync.sandbox.dinero.invoice_rules import DKK_PER_UNIT, refuse_unknown_contact
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded, vat_inside
from dinero_sync.sandbox.dinero.purchases.kept import PurchaseLine

CASH, CREDIT = "cash", "credit"
NONE = "none"
REGIONS = {"IEUV": "EU", "IEUY": "EU", "IVV": "World", "IVY": "World"}
"""Where a purchase with such a VAT code comes from; one without a code may come from anywhere."""


def refuse_unfit_voucher(call: Call) -> None:
    """Refuse a purchase voucher that can't be kept, every problem at once."""
    body, organisation = call.body, call.organisation
    problems = _line_problems(body, organisation)
    problems |= _cash_problems(call) if body["PurchaseType"] == CASH else _credit_problems(body)
    if not problems and sum((line.gross for line in lines_of(call)), ZERO) < 0:
        problems["Lines"] = "A purchase can't be negative."
    _raise(problems)
    refuse_unknown_contact(body, organisation)


def refuse_unfit_credit_note(call: Call) -> None:
    """Refuse a purchase credit note that can't be kept."""
    problems = _line_problems(call.body, call.organisation) | _file_problems(call)
    if (call.body.get("Currency") or "DKK") not in DKK_PER_UNIT:
        problems["Currency"] = "There is no such currency."
    _raise(problems)
    refuse_unknown_contact(call.body, call.organisation)


def _raise(problems: dict[str, str]) -> None:
    if problems:
        raise unfit(problems)


def _cash_problems(call: Call) -> dict[str, str]:
    body = call.body
    problems = {
        name: "Must be empty for a cash purchase."
        for name in ("PaymentDate", "CurrencyKey", "ContactGuid")
        if body.get(name)
    }
    problems |= _file_problems(call)
    number = body.get("DepositAccountNumber")
    account = call.organisation.deposit_accounts.get(number or 0)
    if account is None or account.hidden:
        problems["DepositAccountNumber"] = "There is no such deposit account."
    region = body.get("RegionKey")
    if region is None:
        problems["RegionKey"] = is_required("RegionKey")
    for index, line in enumerate(_lines(body)):
        code = _code(line, call.organisation)
        if code is not None and REGIONS.get(code, "DK") != region:
            problems[f"Lines[{index}].VatCode"] = "The VAT type doesn't suit the region."
    return problems


def _credit_problems(body: Json) -> dict[str, str]:
    problems = {}
    if body["PurchaseType"] != CREDIT:
        problems["PurchaseType"] = "Must be cash or credit."
    if (body.get("CurrencyKey") or "DKK") not in DKK_PER_UNIT:
        problems["CurrencyKey"] = "There is no such currency."
    if body.get("DepositAccountNumber"):
        problems["DepositAccountNumber"] = "Must be empty for a purchase on credit."
    return problems


def _file_problems(call: Call) -> dict[str, str]:
    return file_problems(call, call.body)


def file_problems(call: Call, fields: Json) -> dict[str, str]:
    """Say that a file isn't there, or that it can't be linked yet."""
    guid = fields.get("FileGuid")
    if not guid:
        return {}
    kept = call.organisation.files.get(guid)
    age = None if kept is None else (call.sandbox.now() - kept.uploaded_at).total_seconds()
    if age is None or age < call.sandbox.settings.file_ready_seconds:
        return {"FileGuid": "The file was not found."}
    return {}


def _line_problems(body: Json, organisation: Organisation) -> dict[str, str]:
    problems = {}
    for index, line in enumerate(_lines(body)):
        number = line.get("AccountNumber")
        account = organisation.accounts.get(number or 0)
        if number is not None and (account is None or account.hidden):
            problems[f"Lines[{index}].AccountNumber"] = "There is no such account."
        elif number is not None and number not in PURCHASE_ACCOUNTS:
            problems[f"Lines[{index}].AccountNumber"] = "The account isn't one for purchases."
        code = line.get("VatCode")
        if code is not None and code.lower() != NONE and code not in VAT_RATES:
            problems[f"Lines[{index}].VatCode"] = "There is no such VAT type."
    return problems


def _lines(body: Json) -> list[Json]:
    return body.get("Lines") or []


def _code(line: Json, organisation: Organisation) -> str | None:
    """Return the VAT code of a line: its own, or the account's; the word none suppresses both."""
    code: str | None = line.get("VatCode")
    if code is not None:
        return None if code.lower() == NONE else code
    account = organisation.accounts.get(line.get("AccountNumber") or 0)
    return account.vat_code if account else None


def lines_of(call: Call) -> list[PurchaseLine]:
    """Compute the lines: their amounts are with VAT, of which as much is deducted as may be."""
    found = []
    for fields in _lines(call.body):
        code = _code(fields, call.organisation)
        gross = rounded(Decimal(fields["Amount"]))
        vat = vat_inside(gross, VAT_RATES[code][1]) if code else ZERO
        number = fields.get("AccountNumber")
        found.append(PurchaseLine(fields=fields, account=number, code=code, gross=gross, vat=vat))
    return found


def contact_of(body: Json) -> str | None:
    """Return the supplier that a voucher names."""
    guid = body.get("ContactGuid")
    return same_guid(guid) if guid else None
