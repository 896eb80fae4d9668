"""The sandbox's own answers fit the API's published models."""

from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator
from sandbox_callers import DineroCaller, ledger_item_body, ledger_line, line_body

from dinero_sync.sandbox.answers import JsonValue
from dinero_sync.sandbox.openapi import FORMATS, operations


def misfits(operation: str, answer: JsonValue) -> list[str]:
    schema = operations()[operation].answer
    assert schema is not None
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


def test_documents_read_as_the_models_say(dinero: DineroCaller) -> None:
    contact = dinero.new_contact()
    draft = dinero.new_draft(ContactGuid=contact)
    booked = dinero.book(draft).json()
    paid = dinero.pay(booked).json()
    path = f"invoices/{draft['Guid']}"

    answers = {
        "GetContact": dinero.get(f"contacts/{contact}").json(),
        "CreateInvoice": draft,
        "BookInvoice": booked,
        "AddInvoicePayment": paid,
        "GetInvoice": dinero.get(path).json(),
        "ListInvoicePaymentsV2": dinero.get(f"{path}/payments", version="v2").json(),
    }

    assert {name: misfits(name, answer) for name, answer in answers.items()} == {
        name: [] for name in answers
    }


def test_ledger_items_read_as_the_models_say(dinero: DineroCaller) -> None:
    item = dinero.add_item()
    ids = [{"Id": item["Id"]}]

    answers = {
        "AddLedgerItemsV12": [item],
        "ListLedgerDrafts": dinero.post("ledgeritems/ledgers", ids).json(),
        "UpdateLedgerItems": dinero.call("PUT", "ledgeritems", [ledger_item_body(**item)]).json(),
        "LedgerItemStatus": dinero.post("ledgeritems/status", ids).json(),
    }

    assert {name: misfits(name, answer) for name, answer in answers.items()} == {
        name: [] for name in answers
    }


def test_payments_by_ledger_item_and_mailouts_read_as_the_models_say(
    dinero: DineroCaller,
) -> None:
    booked = dinero.new_booked()
    path = f"invoices/{booked['Guid']}"
    line = ledger_line(AccountNumber=None, Amount=-10, IsPaymentForVoucherId=booked["Guid"])
    dinero.book_item(line)
    mail = {"Receiver": "asta@example.com", "ShouldAddTrustPilotEmailAsBcc": False}

    answers = {
        "EmailInvoice": dinero.post(f"{path}/email", mail).json(),
        "ListInvoiceMailouts": dinero.get(f"{path}/mailouts").json(),
        "ListInvoicePaymentsV2": dinero.get(f"{path}/payments", version="v2").json(),
        "GetInvoice": dinero.get(path).json(),
    }

    assert {name: misfits(name, answer) for name, answer in answers.items()} == {
        name: [] for name in answers
    }


def test_the_dry_calculation_reads_as_its_model_says(dinero: DineroCaller) -> None:
    body = {"ProductLines": [line_body()]}

    assert misfits("FetchInvoice", dinero.post("invoices/fetch", body).json()) == []


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("ListAccountingYears", "accountingyears"),
        ("ListVatTypes", "vatTypes"),
        ("ListEntryAccounts", "accounts/entry"),
        ("ListDepositAccounts", "accounts/deposit"),
        ("ListInvoices", "invoices"),
        ("ListContactsV1", "contacts"),
    ],
)
def test_lists_with_every_field_read_as_their_models_say(
    dinero: DineroCaller, operation: str, path: str
) -> None:
    dinero.new_booked()
    fields = ",".join(operations()[operation].fields.values())
    query = {"fields": fields} if fields else {}

    answer = dinero.get(path, **query).json()

    # The lists of sales documents have a Type only where both kinds are listed together.
    assert misfits(operation, answer) == []


def test_amounts_are_numbers_with_at_most_two_decimals(dinero: DineroCaller) -> None:
    booked = dinero.new_booked(ProductLines=[line_body(BaseAmountValue=33.33, Quantity=3)])

    amounts = [value for name, value in booked.items() if name.startswith("Total")]
    numbers = [Decimal(str(value)) for value in amounts if isinstance(value, (int, float))]
    assert len(numbers) == 5
    assert all(number == round(number, 2) for number in numbers)


def fits(operation: str, body: JsonValue) -> bool:
    validator = operations()[operation].validator
    assert validator is not None
    return validator.is_valid(body)


def test_a_credit_note_of_a_purchase_takes_the_time_stamp_in_an_object() -> None:
    operation = "GeneratePurchaseCreditNote"

    assert fits(operation, {"Timestamp": {"Timestamp": "00000000020A5EA8"}})
    assert not fits(operation, {"Timestamp": "00000000020A5EA8"})


def test_the_type_of_a_purchase_is_a_free_text() -> None:
    assert fits("CreatePurchaseVoucherv12", {"PurchaseType": "credit"})
    assert fits("CreatePurchaseVoucherv12", {"PurchaseType": "Credit"})
    assert not fits("CreatePurchaseVoucherv12", {"PurchaseType": ""})
