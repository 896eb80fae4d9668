"""Invoices and credit notes: drafts, their dry calculation, booking.

A credit note goes the way of an invoice, by operations of its own. Once booked it is set off
against the invoice that it names, by itself.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import Invoice, Payment
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.errors import (
    Refusal,
    deleted,
    duplicate,
    invalid,
    no_such_document,
    stale,
)
from dinero_sync.sandbox.dinero.invoice_rules import (
    DKK_PER_UNIT,
    checked_lines,
    refuse_unknown_contact,
)
from dinero_sync.sandbox.dinero.invoice_wire import (
    calculation,
    contact_name,
    credit_note_fields,
    read_model,
)
from dinero_sync.sandbox.dinero.ledger import open_year, post_invoice
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded, totals

PDF = "application/octet-stream"
PDF_BODY = b"%PDF-1.4\n% The sandbox prints no invoices.\n%%EOF\n"


def create_invoice(call: Call) -> Answer:
    """``POST invoices``: saves a draft; a ``Guid`` that exists is refused with 409, code 72."""
    invoice = _from_body(call)
    if invoice.guid in _kept(call):
        raise duplicate()
    _kept(call)[invoice.guid] = invoice
    return json_answer({"Guid": invoice.guid, "TimeStamp": invoice.timestamp})


def fetch_invoice(call: Call) -> Answer:
    """``POST invoices/fetch``: computes an invoice and saves nothing."""
    body = calculation(_from_body(call), call.organisation)
    return json_answer(body | {"CanEnableMobilePayInvoice": False, "CanEnablePensoPay": False})


def fetch_credit_note(call: Call) -> Answer:
    """``POST sales/creditnotes/fetch``: computes a credit note and saves nothing."""
    return json_answer(credit_note_fields(calculation(_from_body(call), call.organisation)))


def get_invoice(call: Call) -> Answer:
    """``GET invoices/{guid}``; as a PDF, for booked ones only, when ``Accept`` asks for it."""
    invoice = _known(call)
    if invoice.deleted_at and call.sandbox.settings.deleted_answers == "code_65":
        raise deleted("Invoice")
    if PDF in call.accept:
        if not invoice.is_booked:
            raise Refusal("A draft has no PDF.")
        return Answer(200, PDF_BODY, PDF)
    return _read(call, invoice)


def update_invoice(call: Call) -> Answer:
    """``PUT /v1.2/…/invoices/{guid}``: replaces a draft as a whole."""
    current = draft(call)
    check_timestamp(call, current)
    new = _from_body(call)
    if call.body.get("Guid") and new.guid != current.guid:
        raise invalid("Guid", "Can't be changed.")
    _kept(call)[current.guid] = replace(new, guid=current.guid, created_at=current.created_at)
    return json_answer({"Guid": current.guid, "TimeStamp": new.timestamp})


def delete_invoice(call: Call) -> Answer:
    """``DELETE invoices/{guid}``: drafts only; the time stamp may be left out."""
    invoice = draft(call)
    if call.body.get("Timestamp"):
        check_timestamp(call, invoice)
    touch(call, invoice)
    invoice.deleted_at = invoice.updated_at
    return Answer(200)


def book_invoice(call: Call) -> Answer:
    """``POST invoices/{guid}/book``: gives the number and posts; can't be undone."""
    invoice = known_live(call)
    check_timestamp(call, invoice)
    if invoice.is_booked:
        raise Refusal("The invoice is booked already.")
    if not invoice.fields.get("ContactGuid"):
        raise invalid("ContactGuid", "A contact is needed to book.")
    refuse_unknown_contact(invoice.fields, call.organisation)
    open_year(call.organisation, invoice.date)
    number = _number(call)
    invoice.contact_name = contact_name(invoice, call.organisation)
    invoice.number = number
    post_invoice(call.organisation, invoice, number)
    touch(call, invoice)
    if invoice.is_credit:
        _set_off(call, invoice)
        body = read_model(invoice, call.organisation, call.sandbox.today())
        del body["CreditNoteFor"]  # the answer is documented as an invoice's
        return json_answer(body)
    return _read(call, invoice)


def _set_off(call: Call, note: Invoice) -> None:
    """Set a booked credit note off against its invoice, which may be overpaid by that."""
    invoice = call.organisation.invoices.get(same_guid(note.credits or ""))
    if invoice is None or not invoice.is_booked:
        return
    rate = Decimal(DKK_PER_UNIT[note.currency])
    for document, other in ((invoice, note), (note, invoice)):
        document.payments.append(
            Payment(
                guid=new_guid(),
                deposit_account=0,
                amount=rounded(note.totals.gross * rate),
                amount_in_currency=note.totals.gross,
                fee=ZERO,
                description="Kreditnota" if other is note else "Faktura",
                external_reference=None,
                date=note.date,
                set_off=True,
                voucher=other.guid,
            )
        )
    touch(call, invoice)
    credited = (
        each.totals.gross
        for each in call.organisation.credit_notes.values()
        if each.is_booked and each.credits == note.credits
    )
    if sum(credited) > invoice.totals.gross:
        call.sandbox.complain("The credit notes of an invoice add up to more than it.")


def _number(call: Call) -> int:
    organisation = call.organisation
    wanted: int | None = call.body.get("Number")
    if wanted is None:
        organisation.next_number += 1
        return organisation.next_number - 1
    taken = (*organisation.invoices.values(), *organisation.credit_notes.values())
    if any(document.number == wanted for document in taken):
        raise invalid("Number", "The number is taken.")
    organisation.next_number = max(organisation.next_number, wanted + 1)
    return wanted


def _from_body(call: Call) -> Invoice:
    lines = checked_lines(call)
    body, now = call.body, call.sandbox.now()
    guid = same_guid(body["Guid"]) if body.get("Guid") else new_guid()
    if _is_credit(call) and same_guid(body.get("CreditNoteFor") or "") not in {
        "",
        *call.organisation.invoices,
    }:
        raise invalid("CreditNoteFor", "There is no such invoice.")
    return Invoice(
        guid=guid,
        fields={name: value for name, value in body.items() if name != "Timestamp"},
        date=day(call, "Date"),
        lines=lines,
        totals=totals(lines, call.sandbox.settings.vat_rounding),
        timestamp=call.sandbox.new_timestamp(),
        created_at=now,
        updated_at=now,
        is_credit=_is_credit(call),
    )


def day(call: Call, name: str) -> date:
    """Read a day from the body; today in Copenhagen when it is left out."""
    return read_day(call, call.body, name)


def read_day(call: Call, fields: Json, name: str) -> date:
    """Read a day from some fields; today in Copenhagen when it is left out."""
    text = fields.get(name)
    if not text:
        return call.sandbox.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise invalid(name, "Is no day.") from error


def _read(call: Call, invoice: Invoice) -> Answer:
    body = read_model(invoice, call.organisation, call.sandbox.today())
    return json_answer(credit_note_fields(body) if invoice.is_credit else body)


def _is_credit(call: Call) -> bool:
    return "CreditNote" in call.operation.id


def _kept(call: Call) -> dict[str, Invoice]:
    """Return where the documents are kept that the operation is about."""
    organisation = call.organisation
    return organisation.credit_notes if _is_credit(call) else organisation.invoices


def _known(call: Call) -> Invoice:
    invoice = _kept(call).get(call.guid)
    if invoice is None:
        raise no_such_document()
    return invoice


def known_live(call: Call) -> Invoice:
    """Return the invoice of the path; raises a Refusal when it is unknown or deleted."""
    invoice = _known(call)
    if invoice.deleted_at:
        raise deleted("Invoice")
    return invoice


def draft(call: Call) -> Invoice:
    """Return the invoice of the path; raises a Refusal unless it is a draft."""
    invoice = known_live(call)
    if invoice.is_booked:
        raise Refusal("The invoice is booked and can't be changed.")
    return invoice


def check_timestamp(call: Call, invoice: Invoice) -> None:
    """Refuse with code 58 unless the body's ``Timestamp`` is the newest."""
    if call.body["Timestamp"] != invoice.timestamp:
        raise stale()


def touch(call: Call, invoice: Invoice) -> None:
    """Give the invoice a new version, as every change does."""
    invoice.timestamp = call.sandbox.new_timestamp()
    invoice.updated_at = call.sandbox.now()


HANDLERS: Handlers = {
    "CreateInvoice": create_invoice,
    "FetchInvoice": fetch_invoice,
    "GetInvoice": get_invoice,
    "UpdateInvoiceV12": update_invoice,
    "DeleteInvoice": delete_invoice,
    "BookInvoice": book_invoice,
    "CreateCreditNote": create_invoice,
    "FetchCreditNote": fetch_credit_note,
    "GetCreditNote": get_invoice,
    "UpdateCreditNoteV12": update_invoice,
    "DeleteCreditNote": delete_invoice,
    "BookCreditNote": book_invoice,
}
