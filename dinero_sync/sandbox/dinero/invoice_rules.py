"""What Dinero asks of an invoice beyond the schema, and the lines it computes from it."""

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Account, Line, Organisation
from dinero_sync.sandbox.dinero.call import Call, same_guid
from dinero_sync.sandbox.dinero.company import DEFAULT_SALES_ACCOUNT
from dinero_sync.sandbox.dinero.errors import Refusal, is_required, unfit
from dinero_sync.sandbox.dinero.pricing import priced_line

TEXT = "Text"
WITHOUT_DAYS = ("NettoCash", "Paid")
DKK_PER_UNIT = {
    "DKK": "1",
    "EUR": "7.46",
    "SEK": "0.66",
    "NOK": "0.64",
    "GBP": "8.60",
    "USD": "6.4",
}
"""The sandbox's rates of the day; Dinero takes them from the day of the invoice."""


def checked_lines(call: Call) -> list[Line]:
    """Check the invoice in the call's body and compute its lines; raises a Refusal."""
    organisation, body = call.organisation, call.body
    problems = _document_problems(body)
    for index, fields in enumerate(body["ProductLines"]):
        place = f"ProductLines[{index}]"
        found = _line_problems(fields, organisation)
        problems |= {f"{place}.{name}": text for name, text in found.items()}
    if problems:
        raise unfit(problems)
    refuse_unknown_contact(body, organisation)
    including_vat = bool(body.get("ShowLinesInclVat"))
    return [
        priced_line(fields, _account(fields, organisation), including_vat=including_vat)
        for fields in body["ProductLines"]
    ]


def _document_problems(body: Json) -> dict[str, str]:
    problems = {}
    if (body.get("Currency") or "DKK") not in DKK_PER_UNIT:
        problems["Currency"] = "There is no such currency."
    terms, days = body.get("PaymentConditionType"), body.get("PaymentConditionNumberOfDays")
    if terms in WITHOUT_DAYS and days is not None:
        problems["PaymentConditionNumberOfDays"] = f"Must be empty with {terms}."
    if days is not None and terms is None:
        problems["PaymentConditionType"] = "Is required with a number of days."
    return problems


def _line_problems(fields: Json, organisation: Organisation) -> dict[str, str]:
    if fields.get("LineType") == TEXT:
        return {} if fields.get("Description") else {"Description": is_required("Description")}
    problems = {}
    if fields.get("ProductGuid"):
        problems["ProductGuid"] = "There is no such product."
    elif not fields.get("Description"):
        problems["Description"] = is_required("Description")
    if not fields.get("Unit"):
        problems["Unit"] = "Is required for a product line."
    account = organisation.accounts.get(fields["AccountNumber"])
    if account is None:
        problems["AccountNumber"] = "There is no such account."
    elif account.hidden:
        problems["AccountNumber"] = "The account is hidden."
    return problems


def _account(fields: Json, organisation: Organisation) -> Account:
    known = organisation.accounts
    return known.get(fields["AccountNumber"], known[DEFAULT_SALES_ACCOUNT])


def refuse_unknown_contact(body: Json, organisation: Organisation) -> None:
    """Refuse an invoice whose contact is unknown or deleted (invalidContactId)."""
    guid = body.get("ContactGuid")
    contact = organisation.contacts.get(same_guid(guid)) if guid else None
    if guid and (contact is None or contact.deleted_at):
        message = "The contact does not exist."
        problems = {"ContactGuid": message}
        raise Refusal(message, problems=problems, reason="invalidContactId")
