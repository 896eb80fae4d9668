"""Files and purchases, as clients that run against the real service saw them."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import requests
from jsonschema import Draft202012Validator
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller

from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.openapi import FORMATS, operations
from dinero_sync.sandbox.state import Sandbox

PDF = b"%PDF-1.4\n%%EOF\n"
TODAY = datetime.now(UTC).date().isoformat()


def upload(dinero: DineroCaller, content: bytes = PDF, name: str = "bill.pdf") -> requests.Response:
    return dinero.session.post(
        f"{dinero.sandbox.url}/dinero/v1/{dinero.organisation}/files",
        params={"fileName": name},
        files={"file": ("upload.pdf", content, "application/pdf")},
        headers={"Authorization": f"Bearer {dinero.token}", "Accept": "application/json"},
        timeout=TIMEOUT_SECONDS,
    )


def a_line(**fields: JsonValue) -> Json:
    return {"Amount": 937.5, "AccountNumber": 7300, "Description": "Hosting", **fields}


def paid(**fields: JsonValue) -> Json:
    return {
        "PurchaseType": "cash",
        "DepositAccountNumber": 55000,
        "RegionKey": "DK",
        "VoucherDate": TODAY,
        "Lines": [a_line()],
        **fields,
    }


def owed(contact: str, **fields: JsonValue) -> Json:
    return {
        "PurchaseType": "credit",
        "ContactGuid": contact,
        "PaymentDate": TODAY,
        "VoucherDate": TODAY,
        "Lines": [a_line()],
        **fields,
    }


def create(dinero: DineroCaller, body: Json) -> requests.Response:
    return dinero.post("vouchers/purchase", body, version="v1.2")


def book(dinero: DineroCaller, voucher: Json) -> requests.Response:
    body = {"Timestamp": voucher["Timestamp"]}
    return dinero.post(f"vouchers/purchase/{voucher['Guid']}/book", body)


def misfits(operation: str, answer: JsonValue) -> list[str]:
    schema = operations()[operation].answer
    assert schema is not None
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    return [error.message for error in validator.iter_errors(answer)]


def balances(sandbox: Sandbox) -> dict[int, Decimal]:
    found = sandbox.organisation.balances()
    assert sum(found.values()) == 0
    return {account: amount for account, amount in found.items() if amount}


def test_a_file_is_listed_with_what_it_is_linked_to(dinero: DineroCaller) -> None:
    file = upload(dinero, name="bilag-1.pdf").json()["FileGuid"]
    voucher = create(dinero, paid(FileGuid=file)).json()

    (row,) = dinero.get("files").json()

    assert (len(file), row["Name"], row["Size"]) == (32, "bilag-1.pdf", len(PDF))
    assert [each["VoucherGuid"] for each in row["Linked"]] == [voucher["Guid"]]
    assert dinero.get(f"vouchers/purchase/fileguid/{file}").json() == [voucher["Guid"]]
    assert dinero.get(f"files/{file}").content == PDF
    assert misfits("ListFiles", [row]) == []


@pytest.mark.parametrize(
    ("content", "status"), [(b"%PDF" + b"0" * 6 * 1024 * 1024, 413), (b"<a/>", 400)]
)
def test_what_is_too_large_or_no_document_is_refused(
    dinero: DineroCaller, content: bytes, status: int
) -> None:
    assert upload(dinero, content).status_code == status


def test_a_purchase_paid_at_once_is_gross_and_deducts_its_vat(
    dinero: DineroCaller, sandbox: Sandbox
) -> None:
    booked = book(dinero, create(dinero, paid()).json()).json()

    assert (booked["Status"], booked["VoucherNumber"]) == ("Paid", 1)
    assert balances(sandbox) == {7300: 750, 64060: Decimal("187.50"), 55000: Decimal("-937.50")}
    assert misfits("GetPurchaseVoucher", booked) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"PaymentDate": TODAY},
        {"CurrencyKey": "DKK"},
        {"RegionKey": None},
        {"RegionKey": "EU"},
        {"DepositAccountNumber": 7300},
        {"Lines": [a_line(AccountNumber=63000)]},
        {"Lines": [a_line(VatCode="")]},
        {"Lines": [a_line(Amount=-1)]},
        {"FileGuid": "0" * 32},
    ],
)
def test_what_clients_saw_refused_is_refused(dinero: DineroCaller, fields: Json) -> None:
    answer = create(dinero, paid(**fields))

    assert (answer.status_code, answer.json()["code"]) == (400, 42)


def test_a_misspelt_amount_is_dropped_and_makes_a_voucher_of_zero(
    dinero: DineroCaller, sandbox: Sandbox
) -> None:
    line = {"AmountInclVat": 937.5, "AccountNumber": 7300}

    voucher = create(dinero, paid(Lines=[line])).json()

    assert [each["Total"] for each in voucher["VoucherTotals"] if each["Type"] == "Total"] == [0]
    assert any("AmountInclVat" in each.message for each in sandbox.complaints)


def test_a_purchase_on_credit_needs_its_due_day_to_be_booked(dinero: DineroCaller) -> None:
    contact = dinero.new_contact()

    draft = create(dinero, owed(contact, PaymentDate=None)).json()

    assert book(dinero, draft).status_code == 400


def test_a_payment_in_euro_leaves_the_difference_on_an_account_of_its_own(
    dinero: DineroCaller, sandbox: Sandbox
) -> None:
    line = a_line(Amount=100, AccountNumber=2100, VatCode="IEUY")
    draft = create(dinero, owed(dinero.new_contact(), CurrencyKey="EUR", Lines=[line])).json()
    booked = book(dinero, draft).json()
    path = f"purchase-vouchers/{booked['Guid']}/payments"
    body = {
        "Timestamp": booked["Timestamp"],
        "DepositAccountNumber": 55000,
        "Amount": 747.1,
        "AmountInForeignCurrency": 100,
        "Description": "Card",
        "RemainderIsFee": False,
    }

    added = dinero.post(path, body)
    stale = dinero.post(path, body)

    assert balances(sandbox) == {2100: 746, 2400: Decimal("1.10"), 55000: Decimal("-747.10")}
    assert stale.json()["code"] == 58
    listed = dinero.get(path).json()
    assert [each["Amount"] for each in listed] == [747.1]
    assert misfits("ListPurchasePayments", listed) == misfits("AddPurchasePayment", added.json())
    stamp = added.json()["TimeStamp"]
    gone = dinero.call("DELETE", f"{path}/{listed[0]['Guid']}/{stamp}")
    assert gone.status_code == 200
    assert balances(sandbox) == {2100: 746, 63000: -746}


def test_one_with_the_same_reference_or_day_and_sum_is_similar(dinero: DineroCaller) -> None:
    voucher = create(dinero, paid(ExternalReference="bill:1")).json()

    def similar(**fields: JsonValue) -> Json:
        found: Json = dinero.post("vouchers/purchase/similar", paid(**fields)).json()
        return found

    assert similar()["SimilarGuid"] == voucher["Guid"]
    assert similar(ExternalReference="bill:1", Lines=[a_line(Amount=1)])["SimilarFound"] is True
    assert similar(Lines=[a_line(Amount=1)])["SimilarFound"] is False


def test_a_credit_note_takes_an_identity_of_the_client_s_once(
    dinero: DineroCaller, sandbox: Sandbox
) -> None:
    body = {
        "Guid": str(uuid4()),
        "ContactGuid": dinero.new_contact(),
        "Date": TODAY,
        "Lines": [a_line()],
    }
    path = "vouchers/purchase/creditnotes"

    created = dinero.post(path, body)
    again = dinero.post(path, body)
    read = dinero.get(f"{path}/{body['Guid']}").json()
    booked = dinero.post(f"{path}/{body['Guid']}/book", {"Timestamp": read["Timestamp"]}).json()

    assert created.json()["Guid"] == body["Guid"]
    assert (again.status_code, again.json()["code"]) == (409, 72)
    assert (read["Status"], booked["Status"]) == ("Draft", "Booked")
    assert balances(sandbox) == {7300: -750, 64060: Decimal("-187.50"), 63000: Decimal("937.50")}
    assert misfits("GetPurchaseCreditNote", booked) == []


def test_a_draft_is_replaced_or_deleted_and_a_booked_one_is_not(dinero: DineroCaller) -> None:
    contact = dinero.new_contact()
    draft = create(dinero, owed(contact)).json()
    path = f"vouchers/purchase/{draft['Guid']}"
    new = owed(contact, Lines=[a_line(Amount=100)], Timestamp=draft["Timestamp"])

    changed = dinero.call("PUT", path, new, version="v1.1").json()
    stale = dinero.call("PUT", path, new, version="v1.1")
    deleted = dinero.call("DELETE", path, {"Timestamp": changed["Timestamp"]})
    other = create(dinero, paid()).json()
    book(dinero, other)

    assert changed["Lines"][0]["AmountInclVatValue"] == 100
    assert stale.json()["code"] == 58
    assert (deleted.status_code, dinero.get(path).json()["code"]) == (200, 65)
    booked = f"vouchers/purchase/{other['Guid']}"
    assert dinero.call("DELETE", booked, {"Timestamp": "x"}).status_code == 400
