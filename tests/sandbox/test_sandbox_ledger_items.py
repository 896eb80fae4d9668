"""How Dinero keeps ledger items (kassekladde), and books them in the background."""

from uuid import uuid4

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, ledger_item_body, ledger_line, line_body

from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.state import Sandbox


def add(dinero: DineroCaller, *items: Json) -> requests.Response:
    return dinero.post("ledgeritems", list(items), version="v1.2")


def book(dinero: DineroCaller, *items: Json) -> requests.Response:
    return dinero.post("ledgeritems/book", list(items))


def update(dinero: DineroCaller, item: Json) -> requests.Response:
    return dinero.call("PUT", "ledgeritems", [item])


def delete(dinero: DineroCaller, item: Json) -> requests.Response:
    return dinero.call("DELETE", "ledgeritems/delete", [item])


def unbooked(dinero: DineroCaller, *ids: str) -> list[str]:
    answer = dinero.post("ledgeritems/ledgers", [{"Id": each} for each in ids])
    return [item["Id"] for item in answer.json()]


def balances(sandbox: Sandbox) -> dict[int, float]:
    found = sandbox.organisation.balances()
    assert sum(found.values()) == 0
    return {account: float(amount) for account, amount in found.items() if amount}


def refusal(answer: requests.Response) -> tuple[int, int]:
    return answer.status_code, answer.json()["code"]


def test_an_item_keeps_the_id_that_the_client_chose(dinero: DineroCaller) -> None:
    chosen = str(uuid4())

    assert dinero.add_item(Id=chosen)["Id"] == chosen
    assert unbooked(dinero) == [chosen]


def test_a_second_use_of_the_id_is_refused_and_nothing_is_added(dinero: DineroCaller) -> None:
    first = dinero.add_item()

    again = add(dinero, ledger_item_body(), ledger_item_body(Id=first["Id"]))

    assert refusal(again) == (409, 72)
    assert unbooked(dinero) == [first["Id"]]


def test_the_id_of_a_booked_or_deleted_item_stays_taken(dinero: DineroCaller) -> None:
    booked = dinero.book_item()
    deleted = dinero.add_item()
    delete(dinero, deleted)

    answers = [add(dinero, ledger_item_body(Id=each["Id"])) for each in (booked, deleted)]

    assert [refusal(answer) for answer in answers] == [(409, 72), (409, 72)]


def test_one_array_cannot_use_an_id_twice(dinero: DineroCaller) -> None:
    item = ledger_item_body()

    assert refusal(add(dinero, item, item)) == (409, 72)


def test_adding_answers_a_list_of_all_or_as_documented_the_first_alone(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    both = add(dinero, ledger_item_body(), ledger_item_body()).json()
    sandbox.change_settings(ledger_add_answer="first")
    first = add(dinero, ledger_item_body(), ledger_item_body()).json()

    assert [set(each) for each in both] == [{"Id", "Version"}] * 2
    assert set(first) == {"Id", "Version"}
    assert len(unbooked(dinero)) == 4


def test_an_item_reads_back_as_it_was_sent(dinero: DineroCaller) -> None:
    line = ledger_line(AccountVatCode="none")
    item = dinero.add_item(line, VoucherDate="2026-11-03")
    dinero.add_item()

    (read,) = dinero.post("ledgeritems/ledgers", [{"Id": item["Id"]}]).json()

    assert (read["Lines"], read["VoucherDate"]) == ([line], "2026-11-03")
    assert read["Version"] == item["Version"]


@pytest.mark.parametrize(
    ("change", "property_name"),
    [
        ({"AccountNumber": 1999}, "AccountNumber"),
        ({"AccountNumber": 1200}, "AccountNumber"),
        ({"BalancingAccountNumber": 55999}, "BalancingAccountNumber"),
        ({"Amount": None}, "Amount"),
        ({"AccountNumber": None, "BalancingAccountNumber": None}, "AccountNumber"),
        ({"AccountVatCode": "U24"}, "AccountVatCode"),
        ({"BalancingAccountVatCode": "NONE"}, "BalancingAccountVatCode"),
        ({"IsPaymentForVoucherId": str(uuid4()), "AccountNumber": None}, "IsPaymentForVoucherId"),
    ],
    ids=[
        "unknown account",
        "hidden account",
        "unknown deposit account",
        "no amount",
        "no account at all",
        "unknown VAT code",
        "none in capitals",
        "payment of an unknown invoice",
    ],
)
def test_a_line_that_cannot_be_posted_is_refused(
    dinero: DineroCaller, change: Json, property_name: str
) -> None:
    answer = add(dinero, ledger_item_body(ledger_line(), ledger_line(**change)))

    assert refusal(answer) == (400, 42)
    assert list(answer.json()["validationErrors"]) == [f"[0].Lines[1].{property_name}"]
    assert unbooked(dinero) == []


def test_lines_with_one_account_must_balance(dinero: DineroCaller) -> None:
    line = ledger_line(BalancingAccountNumber=None)

    answer = add(dinero, ledger_item_body(line))

    assert "100" in answer.json()["validationErrors"]["[0].Lines"]


def test_a_payout_can_be_three_lines_that_balance(sandbox: Sandbox, dinero: DineroCaller) -> None:
    amounts = {55000: 885.51, 7420: 13.49, 55020: -899.00}
    lines = [
        ledger_line(AccountNumber=account, Amount=amount, BalancingAccountNumber=None)
        for account, amount in amounts.items()
    ]

    dinero.book_item(*lines)

    assert balances(sandbox) == amounts


@pytest.mark.parametrize("change", [{"VoucherDate": "3/11/2026"}, {"Lines": []}, {"Lines": None}])
def test_an_item_without_day_or_lines_is_refused(dinero: DineroCaller, change: Json) -> None:
    assert refusal(add(dinero, ledger_item_body(**change))) == (400, 42)


def test_a_misspelt_property_is_dropped_with_a_complaint(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.add_item(ledger_line(VatCode="none"))

    assert "[0].Lines[0].VatCode" in sandbox.complaints[0].message


def test_a_ledger_holds_a_thousand_items(dinero: DineroCaller) -> None:
    full = add(dinero, *(ledger_item_body() for _ in range(1000)))

    assert full.status_code == 200
    assert refusal(add(dinero, ledger_item_body())) == (400, 43)


def test_booking_is_only_begun_and_a_client_must_ask(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    sandbox.change_settings(ledger_booking_seconds=600)
    item = dinero.add_item()

    answer = book(dinero, item)
    before = balances(sandbox)
    statuses = [dinero.item_status(item) for _ in range(3)]

    assert (answer.status_code, answer.content, before) == (200, b"", {})
    assert [each["Status"] for each in statuses] == ["PendingBooking", "PendingBooking", "Booked"]
    assert [each["VoucherNumber"] for each in statuses] == [None, None, 1]
    assert balances(sandbox) == {7420: 100, 55000: -100}
    assert unbooked(dinero) == []


def test_booking_is_done_after_some_time_though_nobody_asks(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    sandbox.change_settings(ledger_booking_seconds=600, ledger_booking_questions=1000)
    item = dinero.add_item()
    book(dinero, item)

    pending = [dinero.item_status(item)["Status"] for _ in range(5)]
    sandbox.change_settings(clock_shift_seconds=601)
    dinero.get("vatTypes")

    assert pending == ["PendingBooking"] * 5
    assert balances(sandbox) == {7420: 100, 55000: -100}


def test_vouchers_are_numbered_in_a_series_of_their_own_or_as_asked(dinero: DineroCaller) -> None:
    invoice = dinero.new_booked()
    numbers = [
        dinero.book_item(**fields)["VoucherNumber"] for fields in ({}, {"VoucherNumber": 40}, {})
    ]
    taken = book(dinero, dinero.add_item(VoucherNumber=40))

    assert (invoice["Number"], numbers) == (1001, [1, 40, 41])
    assert "VoucherNumber" in taken.json()["validationErrors"]


@pytest.mark.parametrize("times", [1, 2])
def test_an_item_is_booked_once_however_often_it_is_asked_for(
    sandbox: Sandbox, dinero: DineroCaller, times: int
) -> None:
    item = dinero.add_item()
    book(dinero, item)
    for _ in range(times):
        dinero.item_status(item)

    again = book(dinero, item)
    newest = book(dinero, {**item, "Version": dinero.item_status(item)["Version"]})
    dinero.item_status(item)

    assert (again.status_code, newest.status_code) == (400, 400)
    assert balances(sandbox) == {7420: 100, 55000: -100}


def test_a_stale_version_is_refused_with_code_58(dinero: DineroCaller) -> None:
    item = dinero.add_item()
    changed = ledger_item_body(ledger_line(Amount=75), Id=item["Id"], Version=item["Version"])

    (newer,) = update(dinero, changed).json()

    answers = [book(dinero, item), update(dinero, changed), delete(dinero, item)]
    assert [refusal(answer) for answer in answers] == [(400, 58)] * 3
    assert newer["Version"] != item["Version"]


def test_a_changed_draft_is_booked_as_it_was_changed(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    item = dinero.add_item()
    line = ledger_line(Amount=75, AccountNumber=7220)
    (newer,) = update(dinero, ledger_item_body(line, **item)).json()
    book(dinero, newer)

    assert [dinero.item_status(item)["Status"] for _ in range(3)][-1] == "Booked"
    assert balances(sandbox) == {7220: 75, 55000: -75}


def test_a_booked_item_is_neither_changed_nor_deleted(dinero: DineroCaller) -> None:
    booked = dinero.book_item()
    item = {"Id": booked["Id"], "Version": booked["Version"]}

    answers = [update(dinero, ledger_item_body(**item)), delete(dinero, item)]

    assert [refusal(answer) for answer in answers] == [(400, 42), (400, 42)]


def test_a_deleted_item_is_gone(dinero: DineroCaller) -> None:
    item = dinero.add_item()

    assert delete(dinero, item).status_code == 200
    assert unbooked(dinero) == []
    assert refusal(book(dinero, item)) == (400, 42)


def test_an_unknown_item_is_told_in_words(dinero: DineroCaller) -> None:
    answer = dinero.post("ledgeritems/status", [{"Id": str(uuid4())}])

    assert answer.status_code == 400
    assert answer.json()["errorMessageList"][0]["Code"] == "ledgerItemNotFound"


def test_a_day_outside_the_years_is_refused_when_it_is_to_be_booked(dinero: DineroCaller) -> None:
    item = dinero.add_item(VoucherDate="2001-01-01")

    assert refusal(book(dinero, item)) == (400, 47)
    assert dinero.item_status(item)["Status"] == "Draft"


def test_an_account_that_was_hidden_meanwhile_is_refused(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    item = dinero.add_item()
    sandbox.organisation.accounts[7420].hidden = True

    assert refusal(book(dinero, item)) == (400, 42)


def test_several_items_are_booked_together_or_not_at_all(dinero: DineroCaller) -> None:
    good, stale = dinero.add_item(), dinero.add_item()

    answer = book(dinero, good, {**stale, "Version": "0"})

    assert refusal(answer) == (400, 58)
    assert dinero.item_status(good)["Status"] == "Draft"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"AccountNumber": 1052}, {1052: 680, 64000: 170, 55000: -850}),
        ({"AccountNumber": 1052, "AccountVatCode": "none"}, {1052: 850, 55000: -850}),
        ({"AccountNumber": 7400}, {7400: 680, 64060: 170, 55000: -850}),
        ({"AccountVatCode": "I25"}, {7420: 680, 64060: 170, 55000: -850}),
        ({"AccountVatCode": "REP"}, {7420: 807.5, 64060: 42.5, 55000: -850}),
        ({"AccountVatCode": "UVV"}, {7420: 850, 55000: -850}),
    ],
    ids=[
        "the account's own code",
        "no code",
        "the own code of a purchase account",
        "a code of purchases",
        "a code that is deducted in part",
        "a code without VAT",
    ],
)
def test_a_code_with_a_rate_takes_the_vat_out_of_the_gross_amount(
    sandbox: Sandbox, dinero: DineroCaller, fields: Json, expected: dict[int, float]
) -> None:
    dinero.book_item(ledger_line(**{"Amount": 850, **fields}))

    assert balances(sandbox) == expected


def test_an_amount_of_nothing_posts_nothing(sandbox: Sandbox, dinero: DineroCaller) -> None:
    status = dinero.book_item(ledger_line(Amount=0))

    assert (status["VoucherNumber"], sandbox.organisation.entries) == (1, [])


def test_the_margin_of_second_hand_goods_is_taxed_and_the_rest_is_not(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.new_booked(
        ProductLines=[
            line_body(BaseAmountValue=1450, AccountNumber=1051),
            line_body(BaseAmountValue=299.95),
            line_body(BaseAmountValue=49, AccountNumber=1350),
        ]
    )
    dinero.book_item(
        ledger_line(
            Amount=850,
            AccountNumber=1051,
            AccountVatCode="none",
            BalancingAccountNumber=1052,
            BalancingAccountVatCode="U25",
        )
    )

    found = balances(sandbox)
    assert (found[64000], found[1051], found[1052]) == (-239.79, -600, -680)


def redemption(invoice: Json, amount: float = -200, **fields: JsonValue) -> Json:
    return {
        "Description": "Gavekort",
        "Amount": amount,
        "BalancingAccountNumber": 63080,
        "BalancingAccountVatCode": "none",
        "IsPaymentForVoucherId": invoice["Guid"],
        **fields,
    }


@pytest.fixture
def sold(dinero: DineroCaller) -> Json:
    """Book the invoice of 549.00 that is paid with a gift card and a card."""
    return dinero.new_booked(
        ProductLines=[
            line_body(BaseAmountValue=500),
            line_body(BaseAmountValue=49, AccountNumber=1350),
        ]
    )


def test_a_gift_card_and_a_card_pay_an_invoice_together(
    sandbox: Sandbox, dinero: DineroCaller, sold: Json
) -> None:
    dinero.book_item(redemption(sold))
    invoice = dinero.get(f"invoices/{sold['Guid']}").json()
    dinero.pay(invoice, Amount=349)

    assert dinero.get(f"invoices/{sold['Guid']}").json()["PaymentStatus"] == "Paid"
    assert balances(sandbox) == {
        1000: -400,
        1350: -39.2,
        55010: 349,
        63080: 200,
        64000: -109.8,
    }


def test_a_redemption_is_listed_as_a_payment_without_deposit_account(
    sandbox: Sandbox, dinero: DineroCaller, sold: Json
) -> None:
    day = f"{sandbox.today().year}-01-03"
    item = dinero.book_item(redemption(sold), VoucherDate=day)

    listed = dinero.get(f"invoices/{sold['Guid']}/payments", version="v2").json()

    (payment,) = listed["Payments"]
    assert (listed["PaidAmount"], listed["RemainingAmount"]) == (200, 349)
    assert (payment["Amount"], payment["DepositAccountNumber"]) == (200, None)
    assert (payment["RelatedVoucherId"], payment["PaymentDate"]) == (item["Id"], day)


def test_a_redemption_makes_older_time_stamps_of_the_invoice_stale(
    dinero: DineroCaller, sold: Json
) -> None:
    dinero.book_item(redemption(sold))

    assert refusal(dinero.pay(sold, Amount=349)) == (400, 58)


def test_a_redemption_counts_only_once_it_is_booked(
    sandbox: Sandbox, dinero: DineroCaller, sold: Json
) -> None:
    sandbox.change_settings(ledger_booking_seconds=600)
    book(dinero, dinero.add_item(redemption(sold)))

    paid = dinero.pay(sold, Amount=349)

    assert paid.status_code == 200
    listed = dinero.get(f"invoices/{sold['Guid']}/payments", version="v2").json()
    assert listed["RemainingAmount"] == 200


def test_a_positive_amount_gives_a_redemption_back(
    sandbox: Sandbox, dinero: DineroCaller, sold: Json
) -> None:
    dinero.book_item(redemption(sold))
    dinero.book_item(redemption(sold, 200))

    listed = dinero.get(f"invoices/{sold['Guid']}/payments", version="v2").json()
    assert (listed["RemainingAmount"], 63080 in balances(sandbox)) == (549, False)


@pytest.mark.parametrize(
    ("change", "property_name"),
    [
        ({"AccountNumber": 53000}, "AccountNumber"),
        ({"BalancingAccountNumber": None}, "BalancingAccountNumber"),
        ({"Amount": 0}, "Amount"),
    ],
)
def test_a_payment_line_names_one_account_and_an_amount(
    dinero: DineroCaller, sold: Json, change: Json, property_name: str
) -> None:
    answer = add(dinero, ledger_item_body(redemption(sold, **change)))

    assert list(answer.json()["validationErrors"]) == [f"[0].Lines[0].{property_name}"]


def test_a_draft_is_not_paid_by_a_ledger_item(dinero: DineroCaller) -> None:
    answer = add(dinero, ledger_item_body(redemption(dinero.new_draft())))

    assert "[0].Lines[0].IsPaymentForVoucherId" in answer.json()["validationErrors"]


def test_a_redemption_is_not_removed_like_money(dinero: DineroCaller, sold: Json) -> None:
    dinero.book_item(redemption(sold))
    invoice = dinero.get(f"invoices/{sold['Guid']}").json()
    path = f"invoices/{sold['Guid']}/payments"
    (payment,) = dinero.get(path, version="v2").json()["Payments"]

    answer = dinero.call("DELETE", f"{path}/{payment['Guid']}", {"Timestamp": invoice["TimeStamp"]})

    assert answer.status_code == 400


def test_an_invoice_in_euro_is_settled_at_its_rate(dinero: DineroCaller) -> None:
    booked = dinero.new_booked(Currency="EUR", ProductLines=[line_body(BaseAmountValue=100)])

    dinero.book_item(redemption(booked, -373))

    listed = dinero.get(f"invoices/{booked['Guid']}/payments", version="v2").json()
    assert (listed["PaidAmount"], listed["Payments"][0]["ExchangeRate"]) == (50, 746)


@pytest.mark.parametrize(("kind", "happened"), [("status_before", 0), ("status_after", 1)])
def test_faults_meet_ledger_items_like_everything_else(
    sandbox: Sandbox, dinero: DineroCaller, kind: str, happened: int
) -> None:
    sandbox.add_fault({"match": {"method": "POST", "path": "*/ledgeritems"}, "kind": kind})

    answer = add(dinero, ledger_item_body())

    assert answer.status_code == 500
    assert len(sandbox.organisation.ledger_items) == happened


def test_the_fault_stale_makes_the_version_of_an_item_old(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    item = dinero.add_item()
    sandbox.add_fault({"match": {"path": "*/ledgeritems/book"}, "kind": "stale"})

    assert refusal(book(dinero, item)) == (400, 58)


def test_the_books_show_ledger_items(sandbox: Sandbox, dinero: DineroCaller) -> None:
    dinero.book_item()
    delete(dinero, dinero.add_item())

    books = dinero.session.get(f"{sandbox.url}/sandbox/books", timeout=TIMEOUT_SECONDS).json()

    assert [item["Status"] for item in books["ledger_items"]] == ["Booked", "Deleted"]
