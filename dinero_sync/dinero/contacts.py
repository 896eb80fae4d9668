"""Contacts: who is invoiced, as requests say it and as Dinero's answers do.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dinero_sync.dinero.answers import Wire, decoded, text_of
from dinero_sync.dinero.body import Body, to_json, utc_text
from dinero_sync.dinero.errors import DELETED, DeletedError
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.documents import BuyerKind, Contact, PaymentTermsType

CONTACT_FIELDS = "ContactGuid,Email,VatNumber,EanNumber,CountryKey,IsPerson,DeletedAt"
KEPT_OF_CONTACTS = (
    "ExternalReference",
    "Phone",
    "Webpage",
    "PaymentConditionType",
    "PaymentConditionNumberOfDays",
    "IsMember",
    "MemberNumber",
    "PreferredInvoiceLanguageKey",
    "PreferredInvoiceCurrencyKey",
)
"""What an order doesn't tell of a buyer, and a person may have entered in Dinero."""
KEPT_OF_COMPANIES = ("SENumber", "PNumber", "CompanyTypeKey")
NAMED_BY_OPTION = {"VAT": "VatNumber", "GLN": "EanNumber", "SE": "SENumber", "P": "PNumber"}
"""The number that each way of sending electronic invoices needs on the contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """A contact as Dinero holds it, reduced to what finds it again."""

    guid: UUID
    email: str
    vat_number: str
    ean: str
    country: str
    is_person: bool
    deleted: bool


def changed_since(transport: Transport, moment: datetime | None) -> Iterator[ContactRecord]:
    """List contacts created, changed or deleted at or after ``moment``; all with None."""
    query = {"fields": CONTACT_FIELDS}
    if moment is not None:
        query["changesSince"] = utc_text(moment)
    for wire in transport.pages("v2", "contacts", query):
        yield decoded(contact, wire)


def deleted(transport: Transport) -> Iterator[UUID]:
    """List the contacts that were deleted."""
    for wire in transport.pages("v2", "contacts", {"fields": "ContactGuid", "deletedOnly": "true"}):
        yield decoded(_guid, wire)


def read(transport: Transport, guid: UUID) -> ContactRecord:
    """Read one contact; raises NotFoundError or DeletedError."""
    return decoded(contact, transport.read_object("v1", f"contacts/{guid}"))


def read_whole(transport: Transport, guid: UUID) -> Wire:
    """Read one contact with all that Dinero holds of it; raises NotFoundError or DeletedError."""
    present = transport.read_object("v1", f"contacts/{guid}")
    if decoded(contact, present).deleted:
        raise DeletedError("the contact was deleted", DELETED)
    return present


def create(new: Contact) -> Write[None]:
    """Create a contact under its own guid; AlreadyExistsError says that it is taken."""
    body = to_json(contact_body(new))
    return Write("POST", "v1", "contacts", body, nothing, has_identity=True)


def update(guid: UUID, new: Contact, present: Wire) -> Write[None]:
    """Make the contact ``guid`` say what ``new`` says.

    Dinero replaces a contact as a whole, so what an order doesn't tell (telephone, payment terms,
    how invoices are sent) stays as it is in ``present``, which :func:`read_whole` read before.
    """
    body = to_json(contact_update_body(new, present))
    return Write("PUT", "v2", f"contacts/{guid}", body, nothing, has_identity=True)


def restore(guid: UUID) -> Write[None]:
    """Bring back a deleted contact."""
    return Write("POST", "v1", f"contacts/{guid}/restore", "", nothing, has_identity=True)


def contact_body(contact: Contact) -> Body:
    """Encode ``POST /v1/{org}/contacts``. Persons carry no company fields at all."""
    is_person = contact.kind is BuyerKind.CONSUMER
    return {
        "ContactGuid": contact.guid,
        "ExternalReference": None,
        "Name": contact.name,
        "Street": contact.street or None,
        "ZipCode": contact.zip_code or None,
        "City": contact.city or None,
        "CountryKey": contact.country,
        "Email": contact.email,
        "AttPerson": None if is_person else contact.attention,
        "VatNumber": None if is_person else _vat_number(contact),
        "EanNumber": None if is_person else contact.ean,
        "IsPerson": is_person,
        "IsMember": False,
        "UseCvr": False,
    }


def _vat_number(contact: Contact) -> str | None:
    """Danish numbers go without their prefix, as Dinero's own CVR field wants them."""
    return contact.vat_number and contact.vat_number.removeprefix("DK")


def contact_update_body(contact: Contact, present: Mapping[str, object]) -> Body:
    """Encode ``PUT /v2/{org}/contacts/{guid}``, which clears every field that it leaves out.

    ``present`` is the contact as Dinero holds it.
    """
    body = contact_body(contact)
    del body["ContactGuid"]
    companies = () if body["IsPerson"] else KEPT_OF_COMPANIES
    email = () if contact.email else ("Email",)
    for name in (*KEPT_OF_CONTACTS, *companies, *email):
        if present.get(name) is not None:
            body[name] = present[name]
    if body.get("PaymentConditionType") == PaymentTermsType.NETTO_CASH:
        body["PaymentConditionNumberOfDays"] = None
    option = present.get("InvoiceMailOutOptionKey")
    if isinstance(option, str) and body.get(NAMED_BY_OPTION.get(option, "")):
        body["InvoiceMailOutOptionKey"] = option
    return body


def _guid(wire: Wire) -> UUID:
    return UUID(str(wire["ContactGuid"]))


def contact(wire: Wire) -> ContactRecord:
    """Decode a contact, from a list or alone."""
    return ContactRecord(
        guid=UUID(str(wire["ContactGuid"])),
        email=text_of(wire, "Email"),
        vat_number=text_of(wire, "VatNumber"),
        ean=text_of(wire, "EanNumber"),
        country=text_of(wire, "CountryKey"),
        is_person=wire.get("IsPerson") is True,
        deleted=bool(wire.get("DeletedAt")),
    )
