"""Lists come in pages, and every field in the forms that Dinero is known to use."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import responses
from dinero_samples import CONTACT_GUID, INVOICE_GUID, a_session, invoice_wire, page_of, url

from dinero_sync.dinero import contacts, invoices, organisations, payments
from dinero_sync.dinero.errors import DeletedError
from dinero_sync.errors import ExitCode, TemporaryError

ROW = {"Guid": str(INVOICE_GUID), "TotalInclVat": 125.0, "TotalExclVat": 100.0}


def rows(count: int, first: int = 0) -> list[Mapping[str, object]]:
    return [{**ROW, "Guid": str(UUID(int=first + number))} for number in range(count)]


def asked_pages() -> list[str]:
    queries = (parse_qs(urlsplit(call.request.url or "").query) for call in responses.calls)
    return [str(query["page"][0]) for query in queries]


@pytest.mark.parametrize(
    ("sizes", "asked"),
    [([1], ["0"]), ([0], ["0"]), ([2, 1], ["0", "1"]), ([2, 2, 0], ["0", "1", "2"])],
)
@responses.activate
def test_pages_are_read_until_one_is_not_full(sizes: list[int], asked: list[str]) -> None:
    for number, size in enumerate(sizes):
        responses.get(url("invoices"), json=page_of(rows(size, 2 * number), size=2, number=number))

    found = list(invoices.drafts(a_session()))

    assert len(found) == sum(sizes)
    assert asked_pages() == asked


@responses.activate
def test_a_page_smaller_than_asked_for_is_a_full_one_when_dinero_says_so() -> None:
    responses.get(url("invoices"), json=page_of(rows(100), size=100))
    responses.get(url("invoices"), json=page_of(rows(1, 100), size=100, number=1))

    assert len(list(invoices.drafts(a_session()))) == 101


@responses.activate
def test_a_list_that_begins_anew_is_given_up_and_named() -> None:
    for page in (0, 1):
        responses.get(url("invoices"), json=page_of(rows(2, 2 * page), size=2, number=page))
    responses.get(url("invoices"), json=page_of(rows(2), size=2, number=2))

    with pytest.raises(TemporaryError, match="Dinero's list of invoices has no end") as caught:
        list(invoices.drafts(a_session()))

    assert caught.value.exit_code is ExitCode.TEMPORARY
    assert asked_pages() == ["0", "1", "2"]


@responses.activate
def test_a_list_whose_pages_are_all_the_same_is_given_up_at_the_second() -> None:
    responses.get(url("contacts", "v2"), json=page_of([{"ContactGuid": str(CONTACT_GUID)}], size=1))

    with pytest.raises(TemporaryError, match="Dinero's list of contacts has no end"):
        list(contacts.changed_since(a_session(), None))

    assert asked_pages() == ["0", "1"]


@responses.activate
def test_names_of_properties_are_read_in_any_letter_case() -> None:
    invoice = invoice_wire(Status="Booked", Number=1001)
    lines = cast("list[dict[str, object]]", invoice["ProductLines"])
    in_camel_case = {name[0].lower() + name[1:]: value for name, value in invoice.items()}
    in_camel_case["productLines"] = [
        {name.upper(): value for name, value in line.items()} for line in lines
    ]
    responses.get(url(f"invoices/{INVOICE_GUID}"), json=in_camel_case)
    page = {
        "collection": [{name.lower(): value for name, value in ROW.items()}],
        "pagination": {"pageSize": 1000},
    }
    responses.get(url("invoices"), json=page)

    assert invoices.read(a_session(), INVOICE_GUID) == invoices.invoice(invoice)
    assert [draft.guid for draft in invoices.drafts(a_session())] == [INVOICE_GUID]


@responses.activate
def test_amounts_are_read_digit_by_digit() -> None:
    body = (
        '{"Collection": [{"Guid": "452c54aa-74d7-5bb0-b7a0-994c2ed29b59", '
        '"TotalInclVat": 9007199254740993.01, "TotalExclVat": 0.1}], '
        '"Pagination": {"PageSize": 1000}}'
    )
    responses.get(url("invoices"), body=body)

    (draft,) = invoices.drafts(a_session())

    assert draft.total == Decimal("9007199254740993.01")
    assert draft.vat == Decimal("9007199254740992.91")


@pytest.mark.parametrize(
    ("subscription", "has_plan"),
    [
        ({"HasPro": True}, True),
        ({"HasPayingPro": True}, True),
        ({"HasTotal": True}, True),
        ({"HasPro": False, "HasStarterPlus": True}, False),
        ({}, False),
        (None, False),
    ],
)
def test_the_plan_is_told_by_the_subscription(
    subscription: Mapping[str, object] | None,
    has_plan: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    found = organisations.organization({"Id": "7", "Name": "Prøve", "Subscription": subscription})

    assert (found.organization_id, found.has_plan) == (7, has_plan)
    assert (found.vat_number, found.is_vat_free) == ("", False)


@pytest.mark.parametrize(
    ("written", "read"), [("U25", "U25"), ("none", None), ("NONE", None), ("", None), (None, None)]
)
def test_an_account_without_vat_has_no_vat_code(written: str | None, read: str | None) -> None:
    found = organisations.account({"AccountNumber": "1050", "Name": "Salg", "VatCode": written})

    assert (found.number, found.vat_code, found.hidden) == (1050, read, False)


@pytest.mark.parametrize(("fraction", "percent"), [(0.25, "25"), (0, "0"), ("0.0625", "6.25")])
def test_a_vat_rate_is_a_fraction_on_the_wire_and_a_percentage_here(
    fraction: object, percent: str
) -> None:
    assert organisations.vat_type({"VatCode": "X", "VatRate": fraction}) == ("X", Decimal(percent))


@pytest.mark.parametrize(("deleted_at", "deleted"), [("2026-12-08T09:00:00Z", True), (None, False)])
def test_a_contact_is_reduced_to_what_finds_it(
    deleted_at: str | None,
    deleted: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    found = contacts.contact({"ContactGuid": str(CONTACT_GUID), "DeletedAt": deleted_at})

    assert found.guid == CONTACT_GUID
    assert (found.email, found.vat_number, found.ean) == ("", "", "")
    assert (found.is_person, found.deleted) == (False, deleted)


def test_the_number_of_a_draft_is_a_placeholder_and_is_not_read() -> None:
    assert invoices.invoice(invoice_wire()).number is None


def test_a_booked_invoice_has_its_number_lines_and_day() -> None:
    found = invoices.invoice(invoice_wire(Status="Booked", Number=1001))

    (line,) = found.lines
    assert (found.booked, found.number, found.date) == (True, 1001, date(2026, 12, 8))
    assert (line.description, line.account, line.amount) == ("Krus", 1000, Decimal(125))


def test_an_invoice_without_contact_or_lines_is_read_as_it_is() -> None:
    found = invoices.invoice(invoice_wire(ContactGuid=None, ProductLines=None))

    assert (found.contact_guid, found.lines) == (None, ())


def test_rows_without_amounts_are_read_apart_from_the_lines() -> None:
    product = {"Description": "Krus", "AccountNumber": 1000, "TotalAmountInclVat": 125.0}
    bare = {"Description": "Gave: 1 nøglering", "AccountNumber": None, "LineType": "Text"}
    zero = {
        "Description": "Tak",
        "AccountNumber": 1000,
        "TotalAmountInclVat": 0,
        "LineType": "Text",
    }

    found = invoices.invoice(
        invoice_wire(ProductLines=[{**product, "LineType": "Product"}, product, bare, zero])
    )

    assert [line.description for line in found.lines] == ["Krus", "Krus"]
    assert found.texts == ("Gave: 1 nøglering", "Tak")


def test_an_invoice_in_euro_is_read_in_euro() -> None:
    found = invoices.invoice(invoice_wire(Currency="EUR", TotalInclVat=16.76, TotalVat=3.35))

    assert (found.currency, found.total, found.vat) == ("EUR", Decimal("16.76"), Decimal("3.35"))


def test_the_list_tells_an_invoice_in_euro_in_kroner_too() -> None:
    row = {
        "Guid": str(INVOICE_GUID),
        "Date": "2026-12-08",
        "Status": "Booked",
        "Number": 7,
        "Currency": "EUR",
        "TotalInclVat": 16.76,
        "TotalExclVat": 13.41,
        "TotalInclVatInDkk": 125.03,
    }

    found = invoices.invoice_summary(row)

    assert (found.currency, found.total, found.vat) == ("EUR", Decimal("16.76"), Decimal("3.35"))
    assert found.total_dkk == Decimal("125.03")


@pytest.mark.parametrize("told", [{}, {"TotalInclVatInDkk": None}])
def test_a_total_in_kroner_is_none_where_the_list_does_not_say(told: Mapping[str, object]) -> None:
    found = invoices.invoice_summary({**ROW, "Date": "2026-12-08", "Status": "Booked", **told})

    assert found.total_dkk is None


def test_a_kind_of_line_that_we_never_make_is_read_as_far_as_it_goes() -> None:
    found = invoices.invoice(invoice_wire(ProductLines=[{"LineType": "Subtotal"}]))

    (line,) = found.lines
    assert (line.description, line.account, line.amount) == ("", None, None)


@pytest.mark.parametrize("status", ["Booked", "Overdue", "Paid", "OverPaid"])
def test_every_status_of_a_booked_invoice_says_that_it_is_booked(status: str) -> None:
    assert invoices.invoice(invoice_wire(Status=status, Number=1001)).number == 1001


@pytest.mark.parametrize("status", ["Parked", "", None])
def test_a_status_that_nobody_knows_is_not_taken_for_booked(status: str | None) -> None:
    row = {**ROW, "Date": "2026-12-08", "Status": status, "Number": 1001}

    assert not invoices.invoice(invoice_wire(Status=status, Number=1001)).booked
    assert (invoices.invoice_summary(row).number, invoices.invoice_summary(row).is_paid) == (
        None,
        False,
    )


def test_a_deleted_invoice_reads_as_deleted_however_it_is_answered() -> None:
    with pytest.raises(DeletedError):
        invoices.invoice(invoice_wire(DeletedAt="2026-12-08T09:00:00Z"))


@pytest.mark.parametrize(
    ("status", "number", "read", "is_paid"),
    [
        ("Draft", 9223372036854775807, None, False),
        ("Booked", 7, 7, False),
        ("Overdue", 7, 7, False),
        ("Paid", 7, 7, True),
        ("OverPaid", 7, 7, True),
        ("Booked", None, None, False),
    ],
)
def test_in_a_list_the_status_tells_draft_and_paid(
    status: str,
    number: int | None,
    read: int | None,
    is_paid: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    row = {**ROW, "Date": "2026-12-08", "Status": status, "Number": number}

    found = invoices.invoice_summary(row)

    assert (found.number, found.is_paid) == (read, is_paid)


def test_a_payment_needs_no_more_than_its_amount() -> None:
    found = payments.invoice_payments({"Payments": [{"Amount": -25.5}], "RemainingAmount": "-25.5"})

    (payment,) = found.payments
    assert (payment.reference, payment.amount) == ("", Decimal("-25.5"))
    assert found.remaining == Decimal("-25.5")
