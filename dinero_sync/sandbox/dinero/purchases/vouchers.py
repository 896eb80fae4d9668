"""Purchase vouchers: made under a guid of Dinero's own, found by their file or by likeness."""

from dataclasses import replace

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid
from dinero_sync.sandbox.dinero.errors import Refusal, deleted, invalid, no_such_document, stale
from dinero_sync.sandbox.dinero.invoices import day
from dinero_sync.sandbox.dinero.ledger import open_year
from dinero_sync.sandbox.dinero.purchases.kept import Purchase, PurchaseLine
from dinero_sync.sandbox.dinero.purchases.ledger import post_purchase
from dinero_sync.sandbox.dinero.purchases.rules import lines_of, refuse_unfit_voucher


def create_voucher(call: Call) -> Answer:
    """``POST /v1.2/…/vouchers/purchase``: saves a draft, and answers with all of it."""
    voucher = _from_body(call)
    call.organisation.purchases[voucher.guid] = voucher
    return json_answer(voucher_row(voucher))


def find_similar(call: Call) -> Answer:
    """``POST vouchers/purchase/similar``: one with the same reference, or of the same day and sum.

    By what Dinero compares isn't documented.
    """
    new = _from_body(call)
    found = next((each for each in _live(call.organisation) if _is_like(new, each)), None)
    return json_answer(
        {
            "SimilarFound": found is not None,
            "VoucherNumber": found.number if found else None,
            "SimilarGuid": found.guid if found else None,
        }
    )


def _is_like(new: Purchase, other: Purchase) -> bool:
    reference = new.fields.get("ExternalReference")
    if reference and reference == other.fields.get("ExternalReference"):
        return True
    told = (new.date, new.gross, new.currency)
    return bool(new.gross) and told == (other.date, other.gross, other.currency)


def get_voucher(call: Call) -> Answer:
    """``GET vouchers/purchase/{guid}``."""
    return json_answer(voucher_row(known(call)))


def list_by_file(call: Call) -> Answer:
    """``GET vouchers/purchase/fileguid/{fileGuid}``: the guids of the vouchers of a file."""
    wanted = call.path["fileGuid"]
    found = [each for each in _live(call.organisation) if each.fields.get("FileGuid") == wanted]
    return json_answer([each.guid for each in found])


def update_voucher(call: Call) -> Answer:
    """``PUT /v1.1/…/vouchers/purchase/{guid}``: replaces a draft as a whole."""
    current = purchase_draft(call)
    check_version(call, current)
    new = _from_body(call)
    call.organisation.purchases[current.guid] = replace(new, guid=current.guid)
    return json_answer(voucher_row(call.organisation.purchases[current.guid]))


def delete_voucher(call: Call) -> Answer:
    """``DELETE vouchers/purchase/{guid}``: drafts only; the version is in the body."""
    voucher = purchase_draft(call)
    if call.body.get("Timestamp"):
        check_version(call, voucher)
    voucher.deleted = True
    return Answer(200)


def book_voucher(call: Call) -> Answer:
    """``POST vouchers/purchase/{guid}/book``; on credit it needs the day when it falls due."""
    voucher = known(call)
    if voucher.is_on_credit:
        for name in ("ContactGuid", "PaymentDate"):
            if not voucher.fields.get(name):
                raise invalid(name, "Is needed to book.")
    book(call, voucher)
    return json_answer(voucher_row(voucher))


def book(call: Call, voucher: Purchase) -> None:
    """Give a draft its number, and post it."""
    check_version(call, voucher)
    if voucher.number is not None:
        raise Refusal("The voucher is booked already.")
    if not voucher.lines or any(line.account is None for line in voucher.lines):
        raise invalid("Lines", "Each line needs an account.")
    open_year(call.organisation, voucher.date)
    voucher.number = call.organisation.next_voucher_number
    call.organisation.next_voucher_number += 1
    post_purchase(call.organisation, voucher, voucher.number)
    voucher.timestamp = call.sandbox.new_timestamp()


def _from_body(call: Call) -> Purchase:
    refuse_unfit_voucher(call)
    return Purchase(
        guid=new_guid(),
        fields={name: value for name, value in call.body.items() if name != "Timestamp"},
        date=day(call, "VoucherDate"),
        lines=lines_of(call),
        timestamp=call.sandbox.new_timestamp(),
    )


def _live(organisation: Organisation) -> list[Purchase]:
    found = organisation.purchases.values()
    return [each for each in found if not each.deleted and not each.is_credit_note]


def known(call: Call, *, credit_note: bool = False) -> Purchase:
    """Return the voucher of the path; raises a Refusal when it is unknown or deleted."""
    guid = call.guid if "guid" in call.path else call.path["id"]
    voucher = call.organisation.purchases.get(guid)
    if voucher is None or voucher.is_credit_note is not credit_note:
        raise no_such_document()
    if voucher.deleted:
        raise deleted("Invoice")
    return voucher


def purchase_draft(call: Call, *, credit_note: bool = False) -> Purchase:
    """Return the voucher of the path; raises a Refusal unless it is a draft."""
    voucher = known(call, credit_note=credit_note)
    if voucher.number is not None:
        raise Refusal("The voucher is booked and can't be changed.")
    return voucher


def check_version(call: Call, voucher: Purchase) -> None:
    """Refuse with code 58 unless the body's ``Timestamp`` is the newest."""
    if call.body["Timestamp"] != voucher.timestamp:
        raise stale()


def voucher_row(voucher: Purchase) -> Json:
    """Return a voucher as Dinero reads it out; its version is spelled ``Timestamp`` here."""
    names = (
        "FileGuid",
        "PaymentDate",
        "RegionKey",
        "PurchaseType",
        "DepositAccountNumber",
        "ContactGuid",
        "ExternalReference",
    )
    return {
        "Guid": voucher.guid,
        "Timestamp": voucher.timestamp,
        "Status": _status(voucher),
        "VoucherNumber": voucher.number,
        "VoucherDate": voucher.date.isoformat(),
        "Lines": [line_row(line) for line in voucher.lines],
        "VoucherTotals": totals(voucher),
        "CurrencyKey": voucher.currency,
        "BookedByType": None,
        "BookedByUsername": None,
        "BookingTime": None,
        **{name: voucher.fields.get(name) for name in names},
    }


def _status(voucher: Purchase) -> str:
    if voucher.number is None:
        return "Draft"
    if not voucher.is_on_credit or voucher.paid == voucher.gross:
        return "Paid"
    return "Overpaid" if voucher.paid > voucher.gross else "Booked"


def line_row(line: PurchaseLine) -> Json:
    """Return a line as Dinero reads it out."""
    return {
        "Description": line.fields.get("Description"),
        "VatCode": line.code or "none",
        "AccountNumber": line.account,
        "AmountExclVatValue": line.net,
        "AmountInclVatValue": line.gross,
        "VatAmountValue": line.vat,
        "AccountTagName": None,
        "AccountWeightTagId": None,
        "AccountWeightTagVersion": None,
        "AccountTagSynonym": None,
    }


def totals(voucher: Purchase) -> list[Json]:
    """Return the sums, in the voucher's currency."""
    sums = {
        "SubTotal": voucher.gross - voucher.vat,
        "Vat": voucher.vat,
        "Total": voucher.gross,
    }
    return [
        {"Label": kind, "Total": amount, "Type": kind, "Position": at}
        for at, (kind, amount) in enumerate(sums.items())
    ]


HANDLERS: Handlers = {
    "CreatePurchaseVoucherv11": create_voucher,
    "CreatePurchaseVoucherv12": create_voucher,
    "SimilarPurchaseVoucher": find_similar,
    "GetPurchaseVoucher": get_voucher,
    "GetPurchaseVoucherByFile": list_by_file,
    "UpdatePurchaseVoucherV11": update_voucher,
    "DeletePurchaseVoucher": delete_voucher,
    "BookPurchaseVoucher": book_voucher,
}
