"""How Dinero computes, changes and books invoices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import pytest
from sandbox_callers import DineroCaller, invoice_body, line_body

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import COPENHAGEN, utc_text
from dinero_sync.sandbox.state import Sandbox


def totals(dinero: DineroCaller, lines: Sequence[dict[str, object]], **fields: object) -> object:
    answer = dinero.post("invoices/fetch", invoice_body(ProductLines=lines, **fields)).json()
    return answer["TotalExclVat"], answer["TotalVat"], answer["TotalInclVat"]


def test_vat_is_taken_out_of_a_gross_line_with_the_net_rounded_to_ore(
    dinero: DineroCaller,
) -> None:
    assert totals(dinero, [line_body(BaseAmountValue=12.35)]) == (9.88, 2.47, 12.35)


def test_gross_lines_add_up_exactly_while_vat_is_rounded_line_by_line(
    dinero: DineroCaller,
) -> None:
    lines = [line_body(BaseAmountValue=amount) for amount in (10.01, 10.01, 69.81)]

    assert totals(dinero, lines) == (71.87, 17.96, 89.83)


def test_vat_can_be_rounded_once_for_the_whole_invoice(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    sandbox.change_settings(vat_rounding="total")
    lines = [line_body(BaseAmountValue=amount) for amount in (10.01, 10.01, 69.81)]

    assert totals(dinero, lines) == (71.86, 17.97, 89.83)


def test_net_lines_get_their_vat_added(dinero: DineroCaller) -> None:
    lines = [line_body(BaseAmountValue=100)]

    assert totals(dinero, lines, ShowLinesInclVat=False) == (100, 25, 125)


def test_the_account_decides_the_vat(dinero: DineroCaller) -> None:
    lines = [line_body(BaseAmountValue=100, AccountNumber=1100), line_body(BaseAmountValue=50)]

    answer = dinero.post("invoices/fetch", invoice_body(ProductLines=lines)).json()

    assert answer["TotalVat"] == 10
    assert answer["TotalNonVatableAmount"] == 100
    assert answer["TotalVatableAmount"] == 40


def test_a_discount_is_a_percentage_of_the_line(dinero: DineroCaller) -> None:
    lines = [line_body(BaseAmountValue=149.95, Quantity=2, Discount=10)]

    assert totals(dinero, lines) == (215.93, 53.98, 269.91)


def test_an_amount_with_three_decimals_is_rounded_and_complained_of(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    assert totals(dinero, [line_body(BaseAmountValue=12.345)]) == (9.88, 2.47, 12.35)
    assert "more than two decimals" in sandbox.complaints[0].message


def test_the_dry_calculation_saves_nothing(sandbox: Sandbox, dinero: DineroCaller) -> None:
    totals(dinero, [line_body()])

    assert sandbox.invoices == {}


def test_read_lines_show_both_prices(dinero: DineroCaller) -> None:
    draft = dinero.new_draft(ProductLines=[line_body(BaseAmountValue=125, Quantity=2)])

    line = dinero.get(f"invoices/{draft['Guid']}").json()["ProductLines"][0]

    assert (line["BaseAmountValue"], line["BaseAmountValueInclVat"]) == (100, 125)
    assert (line["TotalAmount"], line["TotalAmountInclVat"]) == (200, 250)


def test_a_guid_can_be_used_once_even_by_a_deleted_draft(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()
    body = invoice_body(Guid=draft["Guid"].upper())

    again = dinero.post("invoices", body)
    dinero.call("DELETE", f"invoices/{draft['Guid']}", {})
    after_deletion = dinero.post("invoices", body)

    assert (again.status_code, again.json()["code"]) == (409, 72)
    assert after_deletion.status_code == 409


def test_an_unknown_contact_is_refused(dinero: DineroCaller) -> None:
    answer = dinero.post("invoices", invoice_body(ContactGuid=str(uuid4())))

    assert answer.status_code == 400
    assert answer.json()["errorMessageList"][0]["Code"] == "invalidContactId"


@pytest.mark.parametrize("lines", [[], None], ids=["empty", "null"])
def test_an_invoice_without_lines_is_refused_with_code_45(
    dinero: DineroCaller, lines: list[Json] | None
) -> None:
    answer = dinero.post("invoices", invoice_body(ProductLines=lines))

    assert (answer.status_code, answer.json()["code"]) == (400, 45)
    assert list(answer.json()["validationErrors"]) == ["ProductLines"]


def test_a_line_without_text_is_refused_in_the_words_seen(dinero: DineroCaller) -> None:
    answer = dinero.post("invoices", invoice_body(ProductLines=[line_body(Description=None)]))

    assert answer.json()["validationErrors"] == {
        "ProductLines[0].Description": "The Description field is required."
    }


@pytest.mark.parametrize(
    ("change", "property_name"),
    [
        ({"AccountNumber": 4711}, "ProductLines[0].AccountNumber"),
        ({"AccountNumber": 1200}, "ProductLines[0].AccountNumber"),
        ({"Unit": None}, "ProductLines[0].Unit"),
        ({"Unit": "stk."}, "ProductLines[0].Unit"),
        ({"Description": None}, "ProductLines[0].Description"),
        ({"Discount": 101}, "ProductLines[0].Discount"),
        ({"BaseAmountValue": "12,35"}, "ProductLines[0].BaseAmountValue"),
    ],
    ids=[
        "no such account",
        "hidden account",
        "no unit",
        "other unit",
        "no text",
        "discount",
        "text",
    ],
)
def test_a_line_that_cannot_be_is_refused(
    dinero: DineroCaller, change: dict[str, object], property_name: str
) -> None:
    answer = dinero.post("invoices", invoice_body(ProductLines=[line_body(**change)]))

    assert (answer.status_code, answer.json()["code"]) == (400, 42)
    assert list(answer.json()["validationErrors"]) == [property_name]


def test_terms_paid_take_no_number_of_days(dinero: DineroCaller) -> None:
    body = invoice_body(PaymentConditionType="Paid", PaymentConditionNumberOfDays=0)

    assert dinero.post("invoices", body).status_code == 400


def test_a_draft_is_changed_by_put_and_gets_a_new_time_stamp(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()
    change = invoice_body(Guid=draft["Guid"], ProductLines=[line_body(BaseAmountValue=99)])
    path = f"invoices/{draft['Guid']}"

    answer = dinero.call(
        "PUT", path, {**change, "Timestamp": draft["TimeStamp"]}, version="v1.2"
    ).json()

    assert answer["TimeStamp"] != draft["TimeStamp"]
    assert dinero.get(path).json()["TotalInclVat"] == 99


def test_a_stale_time_stamp_is_refused_with_code_58(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()
    path = f"invoices/{draft['Guid']}"
    body = {**invoice_body(Guid=draft["Guid"]), "Timestamp": draft["TimeStamp"]}
    dinero.call("PUT", path, body, version="v1.2")

    answers = [
        dinero.book(draft),
        dinero.call("PUT", path, body, version="v1.2"),
        dinero.call("DELETE", path, {"Timestamp": draft["TimeStamp"]}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(400, 58)] * 3


def test_booking_gives_the_next_number_and_a_new_time_stamp(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()

    first, second = dinero.book(draft).json(), dinero.new_booked()

    assert (first["Status"], first["Number"], second["Number"]) == ("Booked", 1001, 1002)
    assert first["TimeStamp"] != draft["TimeStamp"]


def test_the_number_of_a_draft_means_nothing(dinero: DineroCaller) -> None:
    dinero.new_booked()
    created = dinero.new_draft()
    alone = dinero.get(f"invoices/{created['Guid']}").json()
    query = {"fields": "Number", "statusFilter": "Draft"}
    (listed,) = dinero.get("invoices", **query).json()["Collection"]

    assert set(created) == {"Guid", "TimeStamp"}
    assert (alone["Status"], alone["Number"]) == ("Draft", 1002)
    assert listed == {"Number": 9223372036854775807}


def test_totals_are_told_line_by_line_with_their_currency(dinero: DineroCaller) -> None:
    taxed = dinero.new_booked(ProductLines=[line_body(BaseAmountValue=125)])
    free = dinero.new_booked(
        Currency="EUR", ProductLines=[line_body(BaseAmountValue=80, AccountNumber=1255)]
    )

    def lines(document: Json) -> list[tuple[int, str, float]]:
        return [
            (each["Position"], each["Label"], each["TotalAmount"])
            for each in document["TotalLines"]
        ]

    assert lines(taxed) == [(0, "Subtotal", 100), (1, "Moms (25,00%)", 25), (2, "Total DKK", 125)]
    assert lines(free) == [(0, "Subtotal", 80), (2, "Total EUR", 80)]


def test_booking_cannot_be_undone_or_repeated(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    newest = {"Timestamp": booked["TimeStamp"]}
    path = f"invoices/{booked['Guid']}"

    assert dinero.post(f"{path}/book", newest).status_code == 400
    assert dinero.call("DELETE", path, newest).status_code == 400
    assert dinero.call("PUT", path, invoice_body() | newest, version="v1.2").status_code == 400


def test_booking_needs_a_contact(dinero: DineroCaller) -> None:
    answer = dinero.book(dinero.new_draft(ContactGuid=None))

    assert "ContactGuid" in answer.json()["validationErrors"]


def test_booking_far_outside_the_accounting_years_gives_code_47(dinero: DineroCaller) -> None:
    answer = dinero.book(dinero.new_draft(Date="2019-06-30"))

    assert (answer.status_code, answer.json()["code"]) == (400, 47)


def test_booking_in_the_next_year_creates_that_year(dinero: DineroCaller) -> None:
    last = dinero.get("accountingyears").json()[-1]
    following = int(last["Name"]) + 1

    dinero.new_booked(Date=f"{following}-01-02")

    assert dinero.get("accountingyears").json()[-1]["Name"] == str(following)


def test_booking_posts_debtors_revenue_and_output_vat(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    lines = [line_body(BaseAmountValue=125), line_body(BaseAmountValue=80, AccountNumber=1255)]

    dinero.new_booked(ProductLines=lines)

    balances = {account: float(sum_) for account, sum_ in sandbox.organisation.balances().items()}
    assert balances == {1000: -100, 1255: -80, 53000: 205, 64000: -25}


def test_an_unknown_invoice_is_answered_with_400_and_code_63(dinero: DineroCaller) -> None:
    answer = dinero.get(f"invoices/{uuid4()}")

    assert (answer.status_code, answer.json()["code"]) == (400, 63)


def test_a_deleted_draft_can_be_read_and_tells_when_it_was_deleted(dinero: DineroCaller) -> None:
    found = dinero.get(f"invoices/{deleted_draft(dinero)['Guid']}").json()

    assert (found["Status"], found["DeletedAt"]) == ("Draft", found["UpdatedAt"])


def test_a_deleted_draft_is_neither_changed_booked_nor_deleted_again(
    dinero: DineroCaller,
) -> None:
    draft = deleted_draft(dinero)
    path = f"invoices/{draft['Guid']}"
    body = invoice_body() | {"Timestamp": draft["TimeStamp"]}

    answers = [
        dinero.call("PUT", path, body, version="v1.2"),
        dinero.book(draft),
        dinero.call("DELETE", path, {}),
    ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(400, 65)] * 3


def test_what_is_deleted_is_refused_in_the_words_that_a_client_recorded(
    dinero: DineroCaller,
) -> None:
    error = dinero.call("DELETE", f"invoices/{deleted_draft(dinero)['Guid']}", {}).json()

    text = "Invalid InvoiceGuid, the invoice is deleted."
    assert error == {
        "code": 65,
        "message": "Item is deleted",
        "validationErrors": {"message": text},
        "languageSpecificMessages": [
            {
                "property": "message",
                "message": "Da objektet er blevet slettet, kan du ikke rette i det.",
            },
            {"property": "message", "message": text},
        ],
        "errorMessageList": [{"Code": "message", "Message": text}],
    }


def test_a_dinero_that_does_not_show_deleted_drafts_tells_them_from_unknown_ones(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    sandbox.change_settings(deleted_answers="code_65")

    answer = dinero.get(f"invoices/{deleted_draft(dinero)['Guid']}")

    assert (answer.status_code, answer.json()["code"]) == (400, 65)


def deleted_draft(dinero: DineroCaller) -> dict[str, str]:
    draft = dinero.new_draft()
    dinero.call("DELETE", f"invoices/{draft['Guid']}", {"Timestamp": draft["TimeStamp"]})
    return draft


@pytest.mark.parametrize(
    ("microsecond", "fraction"),
    [(0, ""), (407_000, ".407"), (550_999, ".55"), (1_000, ".001"), (999, "")],
)
def test_times_are_in_utc_without_a_zone_and_with_up_to_three_decimals(
    microsecond: int, fraction: str
) -> None:
    moment = datetime(2026, 12, 1, 0, 30, 5, microsecond, tzinfo=COPENHAGEN)

    assert utc_text(moment) == f"2026-11-30T23:30:05{fraction}"


def test_the_address_of_the_contact_stands_in_for_a_missing_one(dinero: DineroCaller) -> None:
    contact = dinero.new_contact(Street="Vestergade 12", ZipCode="5970", City="Ærøskøbing")
    draft = dinero.new_draft(ContactGuid=contact)

    document = dinero.get(f"invoices/{draft['Guid']}").json()

    assert document["Address"] == "Asta Nørgaard\nVestergade 12\n5970 Ærøskøbing"


def test_the_payment_date_is_the_day_the_invoice_falls_due(dinero: DineroCaller) -> None:
    terms = {"PaymentConditionType": "Netto", "PaymentConditionNumberOfDays": 14}
    draft = dinero.new_draft(Date="2026-11-20", **terms)

    assert dinero.get(f"invoices/{draft['Guid']}").json()["PaymentDate"] == "2026-12-04"
