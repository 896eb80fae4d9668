"""Purchase vouchers (købsbilag), as requests say them and as Dinero's answers do.

They take no identity of ours, and there is no list of them: one is found by its file, or by
likeness. Dinero drops a misspelt field in silence, which makes a voucher of zero, so each is read
back. Answers spell their version ``Timestamp`` here, where sales spell it ``TimeStamp``.

Source: https://api.dinero.dk/openapi/index.html
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from uuid import UUID

from dinero_sync.dinero.answers import (
    Wire,
    amount_of,
    decoded,
    one,
    optional_date_of,
    optional_number_of,
    text_of,
)
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.bill import Voucher, VoucherLine

NO_VAT = "none"
"""The word that keeps an account's own VAT code from a line; ``null`` would take it."""
CASH, CREDIT = "cash", "credit"
BOOKED = frozenset({"booked", "paid", "overdue", "overpaid"})
"""What Dinero calls a voucher that is in the books, in lower case."""
TOTAL, VAT = "total", "vat"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """One line of a voucher as Dinero holds it."""

    account: int | None
    vat_code: str | None
    amount: Decimal
    """With VAT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherRecord:
    """A purchase voucher or a purchase credit note as Dinero holds it."""

    guid: UUID
    timestamp: str
    booked: bool
    number: int | None
    """None until it is booked."""
    reference: str
    """Empty for a credit note, which has none."""
    date: dt.date | None
    due: dt.date | None
    currency: str
    file_guid: str
    contact_guid: str
    deposit_account: int | None
    lines: tuple[LineRecord, ...]
    total: Decimal
    """As Dinero reckons it, in the voucher's currency."""
    vat: Decimal
    words: str
    """All that people wrote on its lines."""


def read(transport: Transport, guid: UUID) -> VoucherRecord:
    """Read a voucher; raises NotFoundError or DeletedError."""
    return decoded(voucher_record, transport.read_object("v1", f"vouchers/purchase/{guid}"))


def of_file(transport: Transport, file_guid: str) -> list[UUID]:
    """Return the guids of the vouchers that a file is linked to."""
    path = f"vouchers/purchase/fileguid/{file_guid}"
    return [UUID(guid) for guid in transport.read_texts("v1", path)]


def similar(transport: Transport, voucher: Voucher, **links: object) -> UUID | None:
    """Ask Dinero for a voucher that is like this one; by what it compares isn't documented."""
    path = "vouchers/purchase/similar"
    wire = transport.ask_object("v1", path, voucher_body(voucher, **links))
    guid = wire.get("SimilarGuid")
    return UUID(str(guid)) if wire.get("SimilarFound") is True and guid else None


def create(voucher: Voucher, **links: object) -> Write[VoucherRecord]:
    """Make a draft of a voucher; nothing keeps a second one from being made."""
    body = to_json(voucher_body(voucher, **links))
    return Write("POST", "v1.2", "vouchers/purchase", body, one(voucher_record))


def replace(found: VoucherRecord, voucher: Voucher, **links: object) -> Write[VoucherRecord]:
    """Make a draft say what ``voucher`` says, as it was read; StaleTimestampError if it changed."""
    body = to_json({**voucher_body(voucher, **links), **timestamp_body(found.timestamp)})
    return Write("PUT", "v1.1", f"vouchers/purchase/{found.guid}", body, one(voucher_record))


def book(found: VoucherRecord) -> Write[VoucherRecord]:
    """Book a draft as it was read, which can't be undone; StaleTimestampError if it changed."""
    body, path = to_json(timestamp_body(found.timestamp)), f"vouchers/purchase/{found.guid}/book"
    return Write("POST", "v1", path, body, one(voucher_record))


def delete(found: VoucherRecord) -> Write[None]:
    """Delete a draft as it was read."""
    body = to_json(timestamp_body(found.timestamp))
    return Write("DELETE", "v1", f"vouchers/purchase/{found.guid}", body, nothing)


def voucher_body(
    voucher: Voucher, *, contact_guid: object = None, file_guid: object = None
) -> Body:
    """Encode ``POST /v1.2/{org}/vouchers/purchase``."""
    common: Body = {
        "Lines": [line_body(line) for line in voucher.lines],
        "VoucherDate": voucher.date,
        "ExternalReference": voucher.reference,
        "FileGuid": file_guid,
    }
    if voucher.deposit_account is not None:
        return {
            **common,
            "PurchaseType": CASH,
            "DepositAccountNumber": voucher.deposit_account,
            "RegionKey": str(voucher.region),
        }
    return {
        **common,
        "PurchaseType": CREDIT,
        "ContactGuid": contact_guid,
        "PaymentDate": voucher.due,
        "CurrencyKey": voucher.currency,
    }


def line_body(line: VoucherLine) -> Body:
    """Encode a line of a voucher or of a credit note."""
    return {
        "Amount": line.amount,
        "AccountNumber": line.account,
        "Description": line.description,
        "VatCode": line.vat_code or NO_VAT,
    }


def voucher_record(wire: Wire) -> VoucherRecord:
    """Decode a purchase voucher."""
    status = text_of(wire, "Status").lower()
    lines = cast("list[Wire]", wire.get("Lines") or [])
    totals = cast("list[Wire]", wire.get("VoucherTotals") or [])
    is_booked = status in BOOKED
    return VoucherRecord(
        guid=UUID(str(wire["Guid"])),
        timestamp=str(wire["Timestamp"]),
        booked=is_booked,
        number=optional_number_of(wire, "VoucherNumber") if is_booked else None,
        reference=text_of(wire, "ExternalReference"),
        date=optional_date_of(wire, "VoucherDate"),
        due=optional_date_of(wire, "PaymentDate"),
        currency=text_of(wire, "CurrencyKey") or KRONER,
        file_guid=text_of(wire, "FileGuid"),
        contact_guid=text_of(wire, "ContactGuid"),
        deposit_account=optional_number_of(wire, "DepositAccountNumber"),
        lines=tuple(map(line_record, lines)),
        total=_sum_of(totals, TOTAL, lines, "AmountInclVatValue"),
        vat=_sum_of(totals, VAT, lines, "VatAmountValue"),
        words=words_of(lines),
    )


def _sum_of(totals: list[Wire], kind: str, lines: list[Wire], name: str) -> Decimal:
    """Return one of the sums that Dinero tells; where it is left out, what the lines add up to."""
    for each in totals:
        if text_of(each, "Type").lower() == kind:
            return amount_of(each, "Total")
    return sum((amount_of(line, name) for line in lines), Decimal(0))


def line_record(wire: Wire) -> LineRecord:
    """Decode a line of a voucher or of a credit note."""
    code = text_of(wire, "VatCode")
    return LineRecord(
        account=optional_number_of(wire, "AccountNumber"),
        vat_code=None if code.lower() in {"", NO_VAT} else code,
        amount=amount_of(wire, "AmountInclVatValue"),
    )


def words_of(lines: list[Wire]) -> str:
    """Return what is written on lines."""
    return "\n".join(text_of(line, "Description") for line in lines)
