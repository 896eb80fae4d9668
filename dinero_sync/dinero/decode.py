"""Dinero's answers to values. Dinero's field names for answers stand here and nowhere else.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import cast
from uuid import UUID

from dinero_sync.dinero import errors
from dinero_sync.domain.chart import Account
from dinero_sync.http import Answer

Wire = Mapping[str, object]
DRAFT = "Draft"
BOOKED = "Booked"
PAID = frozenset({"Paid", "OverPaid"})


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
    name: str
    email: str
    vat_number: str
    ean: str
    country: str
    is_person: bool
    deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """What a create or change answers: the version that the next change must name."""

    guid: UUID
    timestamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotals:
    """An invoice in a list. Amounts in the invoice's currency."""

    guid: UUID
    total: Decimal
    vat: Decimal
    currency: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSummary:
    """An invoice in a list, with what may tell which sale it is."""

    guid: UUID
    number: int | None
    """None on drafts."""
    date: date
    reference: str
    heading: str
    contact_guid: UUID | None
    total: Decimal
    vat: Decimal
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A line of an invoice as Dinero holds it; the amount is gross."""

    description: str
    account: int
    amount: Decimal


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
    lines: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """A payment registered on an invoice."""

    guid: UUID
    reference: str
    amount: Decimal
    deposit_account: int | None
    """None where the invoice was settled by a credit note or a ledger item."""


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


def error_of(answer: Answer) -> errors.RejectedError:
    """Turn a 4xx answer into the error class of its meaning."""
    body = _error_body(answer)
    code = body.get("code")
    number = code if isinstance(code, int) else None
    reason = _reason(body, answer.status)
    if answer.status == HTTPStatus.CONFLICT or number == errors.DUPLICATE:
        return errors.AlreadyExistsError(reason, number)
    if errors.GUID_TAKEN in answer.text:
        return errors.AlreadyExistsError(reason, number)
    if number == errors.STALE_TIMESTAMP:
        return errors.StaleTimestampError(reason, number)
    if number == errors.DELETED:
        return errors.DeletedError(reason, number)
    if answer.status == HTTPStatus.NOT_FOUND or number in {
        errors.NOT_FOUND,
        errors.NO_SUCH_DOCUMENT,
    }:
        return errors.NotFoundError(reason, number)
    return errors.RejectedError(reason, number)


def error_code(answer: Answer) -> int | None:
    """Return Dinero's numeric code of an error answer, where it gives one."""
    code = _error_body(answer).get("code")
    return code if isinstance(code, int) else None


def _error_body(answer: Answer) -> dict[str, object]:
    """Read an error body; keys come in either casing, and 404 and 429 aren't JSON at all."""
    body = parsed(answer)
    if not isinstance(body, dict):
        return {}
    return {str(key).lower(): value for key, value in body.items()}


def _reason(body: Wire, status: int) -> str:
    """Say why Dinero refused: its codes and the names of properties, never their values.

    Dinero's own sentences may repeat what was sent, names and addresses included.
    """
    parts = [f"status {status}"]
    if isinstance(body.get("code"), int):
        parts.append(f"code {body['code']}")
    details = body.get("validationerrors")
    if isinstance(details, dict):
        parts += [f"property {name}" for name in details if str(name).lower() != "globalerrors"]
    return ", ".join(parts)


def parsed(answer: Answer) -> object:
    """Parse a body; None for one that isn't JSON."""
    try:
        return answer.json()
    except (ValueError, ArithmeticError, RecursionError):
        return None


def object_of(answer: Answer) -> Wire:
    """Return the JSON object of an answer; raises UnintelligibleError for anything else."""
    body = parsed(answer)
    if not isinstance(body, dict):
        raise errors.UnintelligibleError(
            "Dinero answered with something that isn't its API's form. The next run tries again."
        )
    return body


def list_of(answer: Answer) -> list[Wire]:
    """Return the JSON list of an answer; raises UnintelligibleError for anything else."""
    body = parsed(answer)
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        raise errors.UnintelligibleError(
            "Dinero answered with something that isn't its API's form. The next run tries again."
        )
    return cast("list[Wire]", body)


def collection_of(answer: Answer) -> tuple[list[Wire], int]:
    """Return the items of one page of a list, and the page size that Dinero used."""
    body = object_of(answer)
    items, paging = body.get("Collection"), body.get("Pagination")
    size = paging.get("PageSize") if isinstance(paging, dict) else None
    whole = isinstance(items, list) and all(isinstance(item, dict) for item in items)
    if not whole or not isinstance(size, int):
        raise errors.UnintelligibleError(
            "A list from Dinero lacks its entries or its page size. The next run tries again."
        )
    return cast("list[Wire]", items), size


def organization(wire: Wire) -> Organization:
    """Decode one entry of ``GET /v1.1/organizations``."""
    plan = wire.get("Subscription")
    flags = plan if isinstance(plan, dict) else {}
    return Organization(
        organization_id=int(str(wire["Id"])),
        name=_text(wire, "Name"),
        vat_number=_text(wire, "VatNumber"),
        has_plan=any(flags.get(name) is True for name in ("HasPro", "HasPayingPro", "HasTotal")),
        is_vat_free=wire.get("IsVatFree") is True,
    )


def account(wire: Wire) -> Account:
    """Decode an entry account or a deposit account."""
    code = _text(wire, "VatCode")
    return Account(
        number=int(str(wire["AccountNumber"])),
        name=_text(wire, "Name"),
        vat_code=None if code.lower() in {"", "none"} else code,
        hidden=wire.get("IsHidden") is True,
    )


def vat_type(wire: Wire) -> tuple[str, Decimal]:
    """Decode a VAT type to its code and its rate in percent (the wire has a fraction)."""
    return _text(wire, "VatCode"), _amount(wire, "VatRate") * 100


def accounting_year(wire: Wire) -> AccountingYear:
    """Decode an accounting year."""
    return AccountingYear(
        name=_text(wire, "Name"), first=_date(wire, "FromDate"), last=_date(wire, "ToDate")
    )


def contact(wire: Wire) -> ContactRecord:
    """Decode a contact, from a list or alone."""
    return ContactRecord(
        guid=UUID(str(wire["ContactGuid"])),
        name=_text(wire, "Name"),
        email=_text(wire, "Email"),
        vat_number=_text(wire, "VatNumber"),
        ean=_text(wire, "EanNumber"),
        country=_text(wire, "CountryKey"),
        is_person=wire.get("IsPerson") is True,
        deleted=bool(wire.get("DeletedAt")),
    )


def draft_version(wire: Wire) -> DraftVersion:
    """Decode the answer to a create or change of an invoice."""
    return DraftVersion(guid=UUID(str(wire["Guid"])), timestamp=_timestamp(wire))


def new_timestamp(wire: Wire) -> str:
    """Decode the invoice's new version from the answer to a payment."""
    return _timestamp(wire)


def invoice_totals(wire: Wire) -> InvoiceTotals:
    """Decode one entry of the list of invoices."""
    total = _amount(wire, "TotalInclVat")
    return InvoiceTotals(
        guid=UUID(str(wire["Guid"])),
        total=total,
        vat=total - _amount(wire, "TotalExclVat"),
        currency=_text(wire, "Currency"),
        reference=_text(wire, "ExternalReference"),
    )


def invoice_summary(wire: Wire) -> InvoiceSummary:
    """Decode one entry of the list of invoices; ``Status`` is the payment status there."""
    status = _text(wire, "Status")
    number = wire.get("Number")
    total = _amount(wire, "TotalInclVat")
    return InvoiceSummary(
        guid=UUID(str(wire["Guid"])),
        number=None if status == DRAFT or number is None else int(str(number)),
        date=_date(wire, "Date"),
        reference=_text(wire, "ExternalReference"),
        heading=_text(wire, "Description"),
        contact_guid=_optional_guid(wire, "ContactGuid"),
        total=total,
        vat=total - _amount(wire, "TotalExclVat"),
        is_paid=status in PAID,
    )


def invoice(wire: Wire) -> InvoiceRecord:
    """Decode one invoice; a deleted one raises DeletedError."""
    if wire.get("DeletedAt"):
        raise errors.DeletedError("the invoice was deleted", errors.DELETED)
    booked = _text(wire, "Status") == BOOKED
    number = wire.get("Number")
    lines = wire.get("ProductLines")
    return InvoiceRecord(
        guid=UUID(str(wire["Guid"])),
        timestamp=_timestamp(wire),
        booked=booked,
        number=int(str(number)) if booked and number is not None else None,
        date=_date(wire, "Date"),
        reference=_text(wire, "ExternalReference"),
        currency=_text(wire, "Currency"),
        total=_amount(wire, "TotalInclVat"),
        vat=_amount(wire, "TotalVat"),
        contact_guid=_optional_guid(wire, "ContactGuid"),
        heading=_text(wire, "Description"),
        comment=_text(wire, "Comment"),
        address=_text(wire, "Address"),
        lines=tuple(_line(line) for line in lines) if isinstance(lines, list) else (),
    )


def _line(wire: Wire) -> LineRecord:
    return LineRecord(
        description=_text(wire, "Description"),
        account=int(str(wire["AccountNumber"])),
        amount=_amount(wire, "TotalAmountInclVat"),
    )


def invoice_payments(wire: Wire) -> InvoicePayments:
    """Decode ``GET /v2/{org}/invoices/{guid}/payments``."""
    payments = wire["Payments"]
    return InvoicePayments(
        payments=tuple(_payment(item) for item in cast("list[Wire]", payments)),
        remaining=_amount(wire, "RemainingAmount"),
    )


def _payment(wire: Wire) -> PaymentRecord:
    account_number = wire.get("DepositAccountNumber")
    return PaymentRecord(
        guid=UUID(str(wire["Guid"])),
        reference=_text(wire, "ExternalReference"),
        amount=_amount(wire, "Amount"),
        deposit_account=None if account_number is None else int(str(account_number)),
    )


def _timestamp(wire: Wire) -> str:
    return str(wire["TimeStamp"])


def _text(wire: Wire, name: str) -> str:
    value = wire.get(name)
    return "" if value is None else str(value)


def _amount(wire: Wire, name: str) -> Decimal:
    try:
        return Decimal(str(wire[name]))
    except InvalidOperation:
        raise ValueError(f"{name} is no amount") from None


def _optional_guid(wire: Wire, name: str) -> UUID | None:
    value = wire.get(name)
    return UUID(str(value)) if value else None


def _date(wire: Wire, name: str) -> date:
    return date.fromisoformat(str(wire[name])[:10])
