"""Purchase credit notes (kreditnotaer fra leverandører): they take an identity of ours.

Source: https://api.dinero.dk/openapi/index.html
"""

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
    timestamp_of,
)
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.purchases.vouchers import (
    VoucherRecord,
    line_body,
    line_record,
    words_of,
)
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.bill import Voucher

PATH = "vouchers/purchase/creditnotes"


def read(transport: Transport, guid: UUID) -> VoucherRecord:
    """Read a credit note; raises NotFoundError or DeletedError."""
    return decoded(credit_note_record, transport.read_object("v1", f"{PATH}/{guid}"))


def create(note: Voucher, **links: object) -> Write[str]:
    """Make a draft under its own guid; AlreadyExistsError says that it is taken."""
    body = to_json({"Guid": note.guid, **credit_note_body(note, **links)})
    return Write("POST", "v1", PATH, body, one(timestamp_of), has_identity=True)


def replace(found: VoucherRecord, note: Voucher, **links: object) -> Write[str]:
    """Make a draft say what ``note`` says, as it was read; StaleTimestampError if it changed."""
    body = to_json({**credit_note_body(note, **links), **timestamp_body(found.timestamp)})
    return Write("PUT", "v1", f"{PATH}/{found.guid}", body, one(timestamp_of))


def book(found: VoucherRecord) -> Write[VoucherRecord]:
    """Book a draft as it was read, which can't be undone; StaleTimestampError if it changed."""
    body = to_json(timestamp_body(found.timestamp))
    return Write("POST", "v1", f"{PATH}/{found.guid}/book", body, one(credit_note_record))


def delete(found: VoucherRecord) -> Write[None]:
    """Delete a draft as it was read."""
    body = to_json(timestamp_body(found.timestamp))
    return Write("DELETE", "v1", f"{PATH}/{found.guid}", body, nothing)


def credit_note_body(
    note: Voucher, *, contact_guid: object = None, file_guid: object = None
) -> Body:
    """Encode a credit note, whose amounts are positive."""
    return {
        "FileGuid": file_guid,
        "ContactGuid": contact_guid,
        "Date": note.date,
        "Currency": note.currency,
        "Lines": [line_body(line) for line in note.lines],
    }


def credit_note_record(wire: Wire) -> VoucherRecord:
    """Decode a purchase credit note."""
    lines = cast("list[Wire]", wire.get("Lines") or [])
    is_booked = text_of(wire, "Status").lower() not in {"", "draft", "editing"}
    return VoucherRecord(
        guid=UUID(str(wire["Guid"])),
        timestamp=str(wire["Timestamp"]),
        booked=is_booked,
        number=optional_number_of(wire, "CreditNoteNumber") if is_booked else None,
        reference="",
        date=optional_date_of(wire, "Date"),
        due=None,
        currency=text_of(wire, "Currency") or KRONER,
        file_guid=text_of(wire, "FileGuid"),
        contact_guid=text_of(wire, "ContactGuid"),
        deposit_account=None,
        lines=tuple(map(line_record, lines)),
        total=sum((amount_of(each, "AmountInclVatValue") for each in lines), Decimal(0)),
        vat=sum((amount_of(each, "VatAmountValue") for each in lines), Decimal(0)),
        words=words_of(lines),
    )
