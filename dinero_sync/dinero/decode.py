"""Dinero's answers to values, with Dinero's field names for answers.

Only what the program reads is decoded, and required. Words of Dinero's that are merely compared may
be new ones: they are then none of those known, and what follows is on the safe side.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from dinero_sync.dinero import errors
from dinero_sync.dinero.answers import (
    Wire,
    amount_of,
    date_of,
    optional_amount_of,
    optional_guid_of,
    optional_number_of,
    text_of,
    timestamp_of,
)
from dinero_sync.domain.chart import Account

PAID = frozenset({"Paid", "OverPaid"})
BOOKED = frozenset({"Booked", "Overdue", *PAID})
"""Statuses of booked invoices. Of an invoice with any other it isn't known that it is booked: what
is tried with it then is refused by Dinero where it is."""
TEXT_ROW = "Text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A company that the connection may see."""

    organization_id: int
    name: str
    vat_number: str
    has_plan: bool
    """Whether the subscription (Pro or Total) includes the API."""
    is_vat_free: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """What a create or change answers: the version that the next change must name."""

    timestamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotals:
    """An invoice in a list. Amounts in the invoice's currency."""

    guid: UUID
    total: Decimal
    vat: Decimal
    currency: str
    total_dkk: Decimal | None = None
    """The total in kroner at Dinero's rate; None where the list doesn't say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSummary:
    """An invoice in a list, with what may tell which sale it is."""

    guid: UUID
    number: int | None
    """None unless it is known to be booked."""
    date: date
    reference: str
    heading: str
    contact_guid: UUID | None
    currency: str
    total: Decimal
    """With VAT, in the invoice's currency, like ``vat``."""
    vat: Decimal
    total_dkk: Decimal | None
    """With VAT, in kroner at Dinero's rate; None where the list doesn't say."""
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A line of an invoice as Dinero holds it; the amount is gross.

    Account and amount are None where a line has none, as a kind of line may that we never make.
    """

    description: str
    comments: str
    account: int | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """One invoice as Dinero holds it. Amounts in the invoice's currency."""

    guid: UUID
    timestamp: str
    booked: bool
    number: int | None
    """None on drafts, whose number is a placeholder."""
    date: date
    reference: str
    currency: str
    total: Decimal
    vat: Decimal
    contact_guid: UUID | None
    heading: str
    comment: str
    address: str
    language: str
    terms: str
    """The type of the terms of payment, in Dinero's own words."""
    lines: tuple[LineRecord, ...]
    texts: tuple[str, ...]
    """Rows without amounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """A payment registered on an invoice."""

    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePayments:
    """All payments of an invoice and what is left to pay."""

    payments: tuple[PaymentRecord, ...]
    remaining: Decimal
    """Negative when overpaid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountingYear:
    """An accounting year (regnskabsår)."""

    name: str
    first: date
    last: date


def organization(wire: Wire) -> Organization:
    """Decode one entry of ``GET /v1.1/organizations``."""
    plan = wire.get("Subscription")
    flags = plan if isinstance(plan, Mapping) else {}
    return Organization(
        organization_id=int(str(wire["Id"])),
        name=text_of(wire, "Name"),
        vat_number=text_of(wire, "VatNumber"),
        has_plan=any(flags.get(name) is True for name in ("HasPro", "HasPayingPro", "HasTotal")),
        is_vat_free=wire.get("IsVatFree") is True,
    )


def account(wire: Wire) -> Account:
    """Decode an entry account or a deposit account."""
    code = text_of(wire, "VatCode")
    return Account(
        number=int(str(wire["AccountNumber"])),
        name=text_of(wire, "Name"),
        vat_code=None if code.lower() in {"", "none"} else code,
        hidden=wire.get("IsHidden") is True,
        default=wire.get("IsDefaultSalesAccount") is True or wire.get("IsDefault") is True,
    )


def vat_type(wire: Wire) -> tuple[str, Decimal]:
    """Decode a VAT type to its code and its rate in percent (the wire has a fraction)."""
    return text_of(wire, "VatCode"), amount_of(wire, "VatRate") * 100


def accounting_year(wire: Wire) -> AccountingYear:
    """Decode an accounting year."""
    return AccountingYear(
        name=text_of(wire, "Name"), first=date_of(wire, "FromDate"), last=date_of(wire, "ToDate")
    )


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


def draft_version(wire: Wire) -> DraftVersion:
    """Decode the answer to a create or change of an invoice."""
    return DraftVersion(timestamp=timestamp_of(wire))


def new_timestamp(wire: Wire) -> str:
    """Decode the invoice's new version from the answer to a payment."""
    return timestamp_of(wire)


def invoice_totals(wire: Wire) -> InvoiceTotals:
    """Decode one entry of the list of invoices."""
    total = amount_of(wire, "TotalInclVat")
    return InvoiceTotals(
        guid=UUID(str(wire["Guid"])),
        total=total,
        vat=total - amount_of(wire, "TotalExclVat"),
        currency=text_of(wire, "Currency"),
        total_dkk=optional_amount_of(wire, "TotalInclVatInDkk"),
    )


def invoice_summary(wire: Wire) -> InvoiceSummary:
    """Decode one entry of the list of invoices; ``Status`` is the payment status there."""
    status = text_of(wire, "Status")
    number = wire.get("Number")
    total = amount_of(wire, "TotalInclVat")
    return InvoiceSummary(
        guid=UUID(str(wire["Guid"])),
        number=int(str(number)) if status in BOOKED and number is not None else None,
        date=date_of(wire, "Date"),
        reference=text_of(wire, "ExternalReference"),
        heading=text_of(wire, "Description"),
        contact_guid=optional_guid_of(wire, "ContactGuid"),
        currency=text_of(wire, "Currency"),
        total=total,
        vat=total - amount_of(wire, "TotalExclVat"),
        total_dkk=optional_amount_of(wire, "TotalInclVatInDkk"),
        is_paid=status in PAID,
    )


def invoice(wire: Wire) -> InvoiceRecord:
    """Decode one invoice; a deleted one raises DeletedError."""
    if wire.get("DeletedAt"):
        raise errors.DeletedError("the invoice was deleted", errors.DELETED)
    booked = text_of(wire, "Status") in BOOKED
    number = wire.get("Number")
    rows = cast("list[Wire]", wire.get("ProductLines") or [])
    return InvoiceRecord(
        guid=UUID(str(wire["Guid"])),
        timestamp=timestamp_of(wire),
        booked=booked,
        number=int(str(number)) if booked and number is not None else None,
        date=date_of(wire, "Date"),
        reference=text_of(wire, "ExternalReference"),
        currency=text_of(wire, "Currency"),
        total=amount_of(wire, "TotalInclVat"),
        vat=amount_of(wire, "TotalVat"),
        contact_guid=optional_guid_of(wire, "ContactGuid"),
        heading=text_of(wire, "Description"),
        comment=text_of(wire, "Comment"),
        address=text_of(wire, "Address"),
        language=text_of(wire, "Language"),
        terms=text_of(wire, "PaymentConditionType"),
        lines=tuple(_line(row) for row in rows if not _is_text(row)),
        texts=tuple(text_of(row, "Description") for row in rows if _is_text(row)),
    )


def _is_text(wire: Wire) -> bool:
    return text_of(wire, "LineType") == TEXT_ROW


def _line(wire: Wire) -> LineRecord:
    return LineRecord(
        description=text_of(wire, "Description"),
        comments=text_of(wire, "Comments"),
        account=optional_number_of(wire, "AccountNumber"),
        amount=optional_amount_of(wire, "TotalAmountInclVat"),
    )


def invoice_payments(wire: Wire) -> InvoicePayments:
    """Decode ``GET /v2/{org}/invoices/{guid}/payments``."""
    payments = wire["Payments"]
    return InvoicePayments(
        payments=tuple(_payment(item) for item in cast("list[Wire]", payments)),
        remaining=amount_of(wire, "RemainingAmount"),
    )


def _payment(wire: Wire) -> PaymentRecord:
    return PaymentRecord(
        reference=text_of(wire, "ExternalReference"),
        amount=amount_of(wire, "Amount"),
    )
