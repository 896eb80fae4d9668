"""What is sent of purchases, and what is read: nothing is dropped or taken for another thing."""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from dinero_samples import CONTACT_GUID, INVOICE_GUID, TIMESTAMP, read_as_dinero_does

from dinero_sync.dinero.purchases import credit_notes, files, payments, vouchers
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.dinero.write import Write
from dinero_sync.domain.papers.bill import BillKind, Region, Voucher, VoucherLine, VoucherPayment

FILE = "0123456789abcdef0123456789abcdef"
NOTE = UUID("6c0ae1b5-9f6f-4f0e-8f43-9b7f1a2c3d4e")
WIRE = {
    "Guid": str(INVOICE_GUID),
    "Timestamp": TIMESTAMP,
    "Status": "Draft",
    "VoucherNumber": 9223372036854775807,
    "VoucherDate": "2026-12-03",
    "Lines": [
        {
            "Description": "Hosting",
            "VatCode": "I25",
            "AccountNumber": 7300,
            "AmountExclVatValue": 750.0,
            "AmountInclVatValue": 937.5,
            "VatAmountValue": 187.5,
        }
    ],
    "VoucherTotals": [{"Type": "Total", "Total": 937.5}, {"Type": "Vat", "Total": 187.5}],
}


def a_voucher(*, on_credit: bool = False, kind: BillKind = BillKind.INVOICE) -> Voucher:
    return Voucher(
        kind=kind,
        guid=NOTE if kind is BillKind.CREDIT_NOTE else None,
        reference="bill:DK13585628:1042",
        date=date(2026, 12, 3),
        currency="DKK",
        lines=(
            VoucherLine(
                description="Hosting", amount=Decimal("937.50"), account=7300, vat_code="I25"
            ),
            VoucherLine(description="Porto", amount=Decimal(10), account=7300, vat_code=None),
        ),
        vat=Decimal("187.50"),
        deposit_account=None if on_credit else 55000,
        region=Region.DENMARK,
        due=date(2026, 12, 17) if on_credit else None,
    )


def as_read(**changes: object) -> VoucherRecord:
    return vouchers.voucher_record({**WIRE, **changes})


LINKS: dict[str, Any] = {"contact_guid": CONTACT_GUID, "file_guid": FILE}
CREDIT_NOTE = a_voucher(on_credit=True, kind=BillKind.CREDIT_NOTE)
PAID = VoucherPayment(
    reference="bill:DK13585628:1042",
    deposit_account=55000,
    amount=Decimal("747.10"),
    foreign_amount=Decimal(100),
    day=date(2026, 12, 3),
    description="Hosting",
)
WRITES: dict[str, tuple[str, Write[Any]]] = {
    "paid at once": ("CreatePurchaseVoucherv12", vouchers.create(a_voucher(), file_guid=FILE)),
    "on credit": (
        "CreatePurchaseVoucherv12",
        vouchers.create(a_voucher(on_credit=True), **LINKS),
    ),
    "a booking": ("BookPurchaseVoucher", vouchers.book(as_read())),
    "a deletion": ("DeletePurchaseVoucher", vouchers.delete(as_read())),
    "a draft's new content": (
        "UpdatePurchaseVoucherV11",
        vouchers.replace(as_read(), a_voucher(on_credit=True), **LINKS),
    ),
    "a credit note": (
        "CreatePurchaseCreditNote",
        credit_notes.create(CREDIT_NOTE, **LINKS),
    ),
    "a credit note's new content": (
        "UpdatePurchaseCreditNote",
        credit_notes.replace(as_read(), CREDIT_NOTE, **LINKS),
    ),
    "a credit note's booking": ("BookPurchaseCreditNote", credit_notes.book(as_read())),
    "a credit note's deletion": ("DeletePurchaseCreditNote", credit_notes.delete(as_read())),
    "a payment": ("AddPurchasePayment", payments.register(INVOICE_GUID, PAID, TIMESTAMP)),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_body_fits_dineros_own_description_and_loses_nothing(name: str) -> None:
    operation, write = WRITES[name]

    reading = read_as_dinero_does(operation, write.body)

    assert (reading.problems, reading.complaints) == ({}, [])
    assert set(reading.body) == set(json.loads(write.body))


def test_a_line_without_a_vat_code_suppresses_the_account_s_own() -> None:
    body = json.loads(vouchers.create(a_voucher()).body)

    assert [line["VatCode"] for line in body["Lines"]] == ["I25", "none"]


def test_what_is_paid_at_once_names_neither_supplier_nor_due_day_nor_currency() -> None:
    body = json.loads(vouchers.create(a_voucher()).body)

    assert {"ContactGuid", "PaymentDate", "CurrencyKey"}.isdisjoint(body)


def test_an_upload_is_journalled_by_its_hash_and_sent_as_a_form() -> None:
    write = files.upload("bilag-1.pdf", b"%PDF-1.4 secret")

    told = json.loads(write.body)
    assert write.file is not None
    content, kind = write.file.encoded()
    assert (told["name"], told["size"]) == ("bilag-1.pdf", 15)
    assert "secret" not in write.body
    assert kind.startswith("multipart/form-data; boundary=")
    assert b"%PDF-1.4 secret" in content


def test_a_draft_has_no_number_whatever_the_answer_says() -> None:
    assert (as_read().number, as_read().booked) == (None, False)
    assert as_read(Status="Paid", VoucherNumber=7).number == 7


def test_sums_that_an_answer_leaves_out_are_those_of_its_lines() -> None:
    found = as_read(VoucherTotals=None)

    assert (found.total, found.vat) == (Decimal("937.5"), Decimal("187.5"))


def test_a_voucher_without_lines_is_one_of_zero() -> None:
    found = as_read(VoucherTotals=None, Lines=[])

    assert (found.total, found.vat, found.lines) == (Decimal(0), Decimal(0), ())


@pytest.mark.parametrize(
    ("name", "ending"), [("bilag-1.pdf", "pdf"), ("bilag-1.pdf", ".PDF"), ("bilag-1", "pdf")]
)
def test_a_file_is_known_by_its_name_with_or_without_its_ending(name: str, ending: str) -> None:
    found = files.kept_file({"FileGuid": FILE, "Name": name, "Extension": ending, "Size": 3})

    assert (found.stem, found.size, found.vouchers) == ("bilag-1", 3, ())
