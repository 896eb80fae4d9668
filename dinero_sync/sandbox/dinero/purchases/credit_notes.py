"""Purchase credit notes: made under a guid of the client's own."""

from dataclasses import replace

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.errors import duplicate, invalid
from dinero_sync.sandbox.dinero.invoices import day
from dinero_sync.sandbox.dinero.purchases.kept import Purchase
from dinero_sync.sandbox.dinero.purchases.rules import lines_of, refuse_unfit_credit_note
from dinero_sync.sandbox.dinero.purchases.vouchers import (
    book,
    check_version,
    known,
    line_row,
    purchase_draft,
    totals,
)


def create_credit_note(call: Call) -> Answer:
    """``POST …/creditnotes``: saves a draft; a ``Guid`` that exists is refused with 409."""
    note = _from_body(call)
    if note.guid in call.organisation.purchases:
        raise duplicate()
    call.organisation.purchases[note.guid] = note
    return json_answer({"Guid": note.guid, "TimeStamp": note.timestamp})


def get_credit_note(call: Call) -> Answer:
    """``GET …/creditnotes/{guid}``."""
    return json_answer(_row(known(call, credit_note=True)))


def update_credit_note(call: Call) -> Answer:
    """``PUT …/creditnotes/{guid}``: replaces a draft as a whole."""
    current = purchase_draft(call, credit_note=True)
    check_version(call, current)
    new = replace(_from_body(call), guid=current.guid)
    call.organisation.purchases[current.guid] = new
    return json_answer({"Guid": new.guid, "TimeStamp": new.timestamp})


def delete_credit_note(call: Call) -> Answer:
    """``DELETE …/creditnotes/{guid}``: drafts only."""
    note = purchase_draft(call, credit_note=True)
    if call.body.get("Timestamp"):
        check_version(call, note)
    note.deleted = True
    return Answer(200)


def book_credit_note(call: Call) -> Answer:
    """``POST …/creditnotes/{guid}/book``."""
    note = known(call, credit_note=True)
    if not note.fields.get("ContactGuid"):
        raise invalid("ContactGuid", "Is needed to book.")
    book(call, note)
    return json_answer(_row(note))


def _from_body(call: Call) -> Purchase:
    refuse_unfit_credit_note(call)
    guid = call.body.get("Guid")
    return Purchase(
        guid=same_guid(guid) if guid else new_guid(),
        fields={name: value for name, value in call.body.items() if name != "Timestamp"},
        date=day(call, "Date"),
        lines=lines_of(call),
        timestamp=call.sandbox.new_timestamp(),
        is_credit_note=True,
    )


def _row(note: Purchase) -> Json:
    return {
        "Guid": note.guid,
        "CreditNoteFor": note.fields.get("CreditNoteFor"),
        "FileGuid": note.fields.get("FileGuid"),
        "CreditNoteNumber": note.number,
        "ContactGuid": note.fields.get("ContactGuid"),
        "Date": note.date.isoformat(),
        "Currency": note.currency,
        "Lines": [line_row(line) for line in note.lines],
        "Timestamp": note.timestamp,
        "Status": "Draft" if note.number is None else "Booked",
        "BookedByType": None,
        "BookedByUsername": None,
        "BookingTime": None,
        "Totals": totals(note),
    }


HANDLERS: Handlers = {
    "CreatePurchaseCreditNote": create_credit_note,
    "GetPurchaseCreditNote": get_credit_note,
    "UpdatePurchaseCreditNote": update_credit_note,
    "DeletePurchaseCreditNote": delete_credit_note,
    "BookPurchaseCreditNote": book_credit_note,
}
