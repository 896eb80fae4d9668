"""Contacts (debtors): create, read, replace, delete, restore, list."""

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.clock import utc_text
from dinero_sync.sandbox.dinero.books import Contact
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
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
        raise deleted()
    return json_answer(contact_row(contact))


def update_contact(call: Call) -> Answer:
    """``PUT contacts/{guid}``: replaces everything, so what the body leaves out is cleared."""
    contact = _known(call)
    if contact.deleted_at:
        raise deleted()
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
    contact = _known(call)
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


def list_contacts_v1(call: Call) -> Answer:
    """``GET /v1/…/contacts``: live ones, or with ``deletedOnly`` the deleted ones."""
    return _list(call, deleted_only=bool(flag(call, "deletedOnly")))


def list_contacts(call: Call) -> Answer:
    """``GET /v2/…/contacts``: without ``deletedOnly`` the live and the deleted ones."""
    return _list(call, deleted_only=flag(call, "deletedOnly"))


def _list(call: Call, *, deleted_only: bool | None) -> Answer:
    named = query_filter(call, FILTERABLE)
    recent = changed_since(call)
    rows = [contact_row(contact) for contact in call.organisation.contacts.values()]
    candidates = [
        row for row in rows if deleted_only is None or bool(row["DeletedAt"]) is deleted_only
    ]
    found = [row for row in candidates if named(row) and recent(row)]
    return page(call, found, len(candidates))


def contact_row(contact: Contact) -> Row:
    """Return the whole contact as the API reads it out."""
    fields: Json = {
        "IsDebitor": True,
        "IsCreditor": False,
        "CompanyStatus": None,
        "VatRegionKey": vat_region(contact.fields["CountryKey"]),
        "ContactGuid": contact.guid,
        "CreatedAt": utc_text(contact.created_at),
        "UpdatedAt": utc_text(contact.updated_at),
        "DeletedAt": utc_text(contact.deleted_at) if contact.deleted_at else None,
    }
    return EMPTY | contact.fields | fields


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
