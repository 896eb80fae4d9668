"""Contacts (debtors): create, read, replace, delete, restore, list."""

from collections.abc import Container
from datetime import datetime

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.clock import utc_text
from dinero_sync.sandbox.dinero.books import Contact, Organisation
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.company import USUAL_TERMS
from dinero_sync.sandbox.dinero.contact_rules import DENMARK, check_contact
from dinero_sync.sandbox.dinero.errors import NOT_FOUND, Refusal, deleted
from dinero_sync.sandbox.dinero.listing import Row, changed_since, flag, page, query_filter

FILTERABLE = ("ExternalReference", "Name", "Email", "VatNumber", "EanNumber", "IsPerson", "Phone")
EU_COUNTRIES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


def create_contact(call: Call) -> Answer:
    """``POST contacts``; a ``ContactGuid`` that exists is refused with 400 guidMustBeUnique."""
    check_contact(call.body)
    chosen = call.body.get("ContactGuid")
    guid = same_guid(chosen) if chosen else new_guid()
    if guid in call.organisation.contacts:
        message = "The guid must be unique."
        problems = {"ContactGuid": message}
        raise Refusal(message, problems=problems, reason="guidMustBeUnique")
    now = call.sandbox.now()
    fields = {name: value for name, value in call.body.items() if name != "ContactGuid"}
    call.organisation.contacts[guid] = Contact(guid, fields, created_at=now, updated_at=now)
    return json_answer({"ContactGuid": guid})


def get_contact(call: Call) -> Answer:
    """``GET contacts/{guid}``."""
    contact = _known(call)
    if contact.deleted_at and call.sandbox.settings.deleted_answers == "code_65":
        raise deleted("Contact")
    return json_answer(contact_row(contact, invoiced_contacts(call.organisation)))


def update_contact(call: Call) -> Answer:
    """``PUT contacts/{guid}``: replaces everything, so what the body leaves out is cleared."""
    contact = _live(call)
    check_contact(call.body)
    contact.fields = dict(call.body)
    contact.updated_at = call.sandbox.now()
    return Answer(200)


def update_contact_v1(call: Call) -> Answer:
    """``PUT /v1/…``, which is deprecated: as v2, with a complaint."""
    call.sandbox.complain("PUT /v1/…/contacts is deprecated; v2 has the same body.")
    return update_contact(call)


def delete_contact(call: Call) -> Answer:
    """``DELETE contacts/{guid}``."""
    contact = _live(call)
    contact.deleted_at = contact.updated_at = call.sandbox.now()
    return Answer(200)


def restore_contact(call: Call) -> Answer:
    """``POST contacts/{guid}/restore``."""
    contact = _known(call)
    contact.deleted_at = None
    contact.updated_at = call.sandbox.now()
    return Answer(200)


def _known(call: Call) -> Contact:
    contact = call.organisation.contacts.get(call.guid)
    if contact is None:
        raise Refusal("The contact was not found.", code=NOT_FOUND, status=404)
    return contact


def _live(call: Call) -> Contact:
    contact = _known(call)
    if contact.deleted_at:
        raise deleted("Contact")
    return contact


def list_contacts_v1(call: Call) -> Answer:
    """``GET /v1/…/contacts``: live ones, or with ``deletedOnly`` the deleted ones."""
    return _list(call, deleted_only=bool(flag(call, "deletedOnly")))


def list_contacts(call: Call) -> Answer:
    """``GET /v2/…/contacts``: without ``deletedOnly`` the live and the deleted ones."""
    return _list(call, deleted_only=flag(call, "deletedOnly"))


def _list(call: Call, *, deleted_only: bool | None) -> Answer:
    named = query_filter(call, FILTERABLE)
    recent = changed_since(call)
    invoiced = invoiced_contacts(call.organisation)
    contacts = call.organisation.contacts.values()
    rows = [_list_row(contact, invoiced) for contact in contacts]
    candidates = [
        row for row in rows if deleted_only is None or bool(row["DeletedAt"]) is deleted_only
    ]
    found = [row for row in candidates if named(row) and recent(row)]
    return page(call, found)


def _list_row(contact: Contact, invoiced: Container[str]) -> Row:
    """Return the contact as a list has it: some of the texts that are missing are empty there."""
    row = contact_row(contact, invoiced)
    return row | {name: "" for name in EMPTY_IN_LISTS if row[name] is None}


def invoiced_contacts(organisation: Organisation) -> set[str]:
    """Return the guids of the contacts that an invoice or a draft names."""
    documents = (*organisation.invoices.values(), *organisation.credit_notes.values())
    named = (document.fields.get("ContactGuid") for document in documents)
    return {same_guid(guid) for guid in named if guid}


def contact_row(contact: Contact, invoiced: Container[str]) -> Row:
    """Return the whole contact as the API reads it out; ``invoiced`` are those in use."""
    terms: Json = {}
    if not contact.fields.get("PaymentConditionType"):
        names = ("PaymentConditionType", "PaymentConditionNumberOfDays")
        terms = dict(zip(names, USUAL_TERMS, strict=True))
    fields: Json = {
        "IsDebitor": contact.guid in invoiced,
        "IsCreditor": False,
        "CompanyStatus": None,
        "VatRegionKey": vat_region(contact.fields["CountryKey"]),
        "ContactGuid": contact.guid,
        "CreatedAt": _seconds(contact.created_at),
        "UpdatedAt": _seconds(contact.updated_at),
        "DeletedAt": _seconds(contact.deleted_at) if contact.deleted_at else None,
    }
    return EMPTY | contact.fields | terms | fields


def _seconds(moment: datetime) -> str:
    # Unlike an invoice's, the times of contacts were recorded without a fraction.
    return utc_text(moment.replace(microsecond=0))


def vat_region(country: str) -> str:
    """Return the region that Dinero derives from the country."""
    if country == DENMARK:
        return "DK"
    return "EU" if country in EU_COUNTRIES else "World"


EMPTY: Json = dict.fromkeys(
    (
        "ExternalReference",
        "Street",
        "ZipCode",
        "City",
        "Phone",
        "Email",
        "Webpage",
        "AttPerson",
        "VatNumber",
        "EanNumber",
        "SENumber",
        "PNumber",
        "PaymentConditionType",
        "PaymentConditionNumberOfDays",
        "MemberNumber",
        "CompanyTypeKey",
        "InvoiceMailOutOptionKey",
        "PreferredInvoiceLanguageKey",
        "PreferredInvoiceCurrencyKey",
    )
)
"""The properties that a contact has even when nobody filled them in."""

EMPTY_IN_LISTS = ("Phone", "Email", "AttPerson", "VatNumber")

HANDLERS: Handlers = {
    "ListContactsV1": list_contacts_v1,
    "ListContactsV2": list_contacts,
    "CreateContact": create_contact,
    "GetContact": get_contact,
    "UpdateContactV1": update_contact_v1,
    "UpdateContactV2": update_contact,
    "DeleteContact": delete_contact,
    "RestoreContact": restore_contact,
}
