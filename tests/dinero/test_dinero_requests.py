"""Every request to Dinero: method, address, query, headers and body."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
from dinero_samples import (
    API,
    CONTACT_GUID,
    DAY,
    INVOICE_GUID,
    MOMENT,
    NEXT_TIMESTAMP,
    TIMESTAMP,
    a_contact,
    a_payment,
    a_session,
    an_invoice,
    invoice_wire,
    page_of,
    send,
    sent,
    url,
)

from dinero_sync.dinero import contacts, invoices, organisations, payments
from dinero_sync.dinero.errors import DeletedError
from dinero_sync.dinero.transport import Transport

CONTACT = {"ContactGuid": str(CONTACT_GUID), "Name": "Anna Prøve", "IsPerson": True}
VERSION = {"Guid": str(INVOICE_GUID), "TimeStamp": NEXT_TIMESTAMP}


def query() -> dict[str, str]:
    """Return the query of the only request."""
    (call,) = responses.calls
    pairs = parse_qs(urlsplit(call.request.url or "").query)
    return {str(name): str(values[0]) for name, values in pairs.items()}


@responses.activate
def test_the_companies_are_asked_for_without_naming_one() -> None:
    responses.get(f"{API}/v1.1/organizations", json=[{"Id": 1, "Name": "Prøve"}])

    (found,) = organisations.organizations(a_session(organization_id=None))

    assert (found.organization_id, found.name) == (1, "Prøve")
    assert query() == {}


@responses.activate
def test_the_chart_is_read_by_three_calls() -> None:
    entry = {"AccountNumber": 1000, "Name": "Salg", "VatCode": "U25", "IsHidden": False}
    responses.get(url("accounts/entry"), json=[entry])
    responses.get(url("accounts/deposit"), json=[{"AccountNumber": 55010, "Name": "Kort"}])
    responses.get(url("vatTypes"), json=[{"VatCode": "U25", "VatRate": 0.25}])

    chart = organisations.chart(a_session())

    assert chart.entry[1000].vat_code == "U25"
    assert chart.deposit[55010].name == "Kort"
    assert chart.vat_rate(1000) == 25
    assert "fields=AccountNumber%2CName%2CVatCode%2CIsHidden" in str(responses.calls[0].request.url)


@responses.activate
def test_the_accounting_years_are_read() -> None:
    year = {"Name": "2026", "FromDate": "2026-01-01", "ToDate": "2026-12-31T00:00:00"}
    responses.get(url("accountingyears"), json=[year])

    (found,) = organisations.accounting_years(a_session())

    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 12, 31))


@responses.activate
def test_contacts_are_listed_with_every_field_that_finds_them() -> None:
    responses.get(url("contacts", "v2"), json=page_of([CONTACT]))

    (found,) = contacts.changed_since(a_session(), None)

    assert found.guid == CONTACT_GUID
    assert query() == {
        "fields": "ContactGuid,Email,VatNumber,EanNumber,CountryKey,IsPerson,DeletedAt",
        "page": "0",
        "pageSize": "1000",
    }


@responses.activate
def test_changes_are_asked_for_in_utc_and_whole_seconds() -> None:
    responses.get(url("contacts", "v2"), json=page_of([]))

    assert list(contacts.changed_since(a_session(), MOMENT)) == []

    assert query()["changesSince"] == "2026-12-08T09:15:30Z"


@responses.activate
def test_drafts_are_listed_with_their_totals() -> None:
    row = {"Guid": str(INVOICE_GUID), "TotalInclVat": 125.0, "TotalExclVat": 100.0}
    responses.get(url("invoices"), json=page_of([row]))

    (draft,) = invoices.drafts(a_session())

    assert (draft.total, draft.vat) == (Decimal(125), Decimal(25))
    assert query() == {
        "fields": "Guid,Currency,TotalInclVat,TotalExclVat,TotalInclVatInDkk",
        "statusFilter": "Draft",
        "page": "0",
        "pageSize": "1000",
    }


@responses.activate
def test_invoices_are_listed_by_their_days() -> None:
    row = {
        "Guid": str(INVOICE_GUID),
        "Number": 7,
        "Date": "2026-12-08",
        "Description": "Faktura",
        "TotalInclVat": 125.0,
        "TotalExclVat": 100.0,
        "Status": "Paid",
        "ContactGuid": None,
    }
    responses.get(url("invoices"), json=page_of([row]))

    (found,) = invoices.listed(a_session(), date(2026, 12, 1), DAY)

    assert (found.number, found.is_paid, found.contact_guid) == (7, True, None)
    assert query() == {
        "fields": "Guid,Number,Date,ExternalReference,Description,ContactGuid,Currency,"
        "TotalInclVat,TotalExclVat,TotalInclVatInDkk,Status,UpdatedAt",
        "startDate": "2026-12-01",
        "endDate": "2026-12-08",
        "page": "0",
        "pageSize": "1000",
    }


@responses.activate
def test_one_contact_one_invoice_and_its_payments_are_read() -> None:
    unpaid = {"Payments": [], "RemainingAmount": 125.0}
    responses.get(url(f"contacts/{CONTACT_GUID}"), json=CONTACT)
    responses.get(url(f"invoices/{INVOICE_GUID}"), json=invoice_wire())
    responses.get(url(f"invoices/{INVOICE_GUID}/payments", "v2"), json=unpaid)
    session = a_session()

    assert contacts.read(session, CONTACT_GUID).is_person
    assert invoices.read(session, INVOICE_GUID).timestamp == TIMESTAMP
    assert payments.of_invoice(session, INVOICE_GUID).remaining == 125
    assert session.calls == 3


@responses.activate
def test_a_contact_is_created_under_our_own_identity() -> None:
    responses.post(url("contacts"), json={"ContactGuid": str(CONTACT_GUID)})

    send(a_session(), contacts.create(a_contact()))

    assert sent() == {
        "ContactGuid": str(CONTACT_GUID),
        "ExternalReference": None,
        "Name": "Anna Prøve",
        "Street": "Prøvevej 7",
        "ZipCode": "8000",
        "City": "Aarhus C",
        "CountryKey": "DK",
        "Email": "anna.proeve@example.com",
        "AttPerson": None,
        "VatNumber": None,
        "EanNumber": None,
        "IsPerson": True,
        "IsMember": False,
        "UseCvr": False,
    }


@responses.activate
def test_a_contact_is_read_before_it_is_updated_and_keeps_what_an_order_does_not_tell() -> None:
    responses.get(url(f"contacts/{CONTACT_GUID}"), json={**CONTACT, "Phone": "+4500000000"})
    responses.put(url(f"contacts/{CONTACT_GUID}", "v2"))

    session, moved = a_session(), a_contact(guid=INVOICE_GUID, city="Odense")

    present = contacts.read_whole(session, CONTACT_GUID)
    send(session, contacts.update(CONTACT_GUID, moved, present))

    assert (sent(1)["City"], sent(1)["Phone"]) == ("Odense", "+4500000000")
    assert "ContactGuid" not in sent(1)


@responses.activate
def test_a_deleted_contact_is_not_updated() -> None:
    deleted = {**CONTACT, "DeletedAt": "2026-12-08T09:00:00Z"}
    responses.get(url(f"contacts/{CONTACT_GUID}"), json=deleted)

    with pytest.raises(DeletedError):
        contacts.read_whole(a_session(), CONTACT_GUID)

    assert len(responses.calls) == 1


@responses.activate
def test_a_deleted_contact_is_brought_back() -> None:
    responses.post(url(f"contacts/{CONTACT_GUID}/restore"))

    send(a_session(), contacts.restore(CONTACT_GUID))

    (call,) = responses.calls
    assert not call.request.body


@responses.activate
def test_a_draft_is_created_under_our_own_identity() -> None:
    responses.post(url("invoices"), json=VERSION)

    version = send(a_session(), invoices.create(an_invoice(), CONTACT_GUID))

    assert version == NEXT_TIMESTAMP
    assert sent() == {
        "Guid": str(INVOICE_GUID),
        "ContactGuid": str(CONTACT_GUID),
        "Date": "2026-12-08",
        "Currency": "DKK",
        "Language": "da-DK",
        "ExternalReference": "shoporama:4815162",
        "Description": "Faktura, ordre 10427",
        "Comment": "Ordre 10427 af 08-12-2026.",
        "Address": "Anna Prøve\nPrøvevej 7\n8000 Aarhus C",
        "ShowLinesInclVat": True,
        "PaymentConditionType": "Paid",
        "PaymentConditionNumberOfDays": None,
        "ProductLines": [
            {
                "BaseAmountValue": 125,
                "Quantity": 1,
                "Discount": 0,
                "AccountNumber": 1000,
                "Description": "Krus",
                "Comments": None,
                "Unit": "parts",
                "LineType": "Product",
            }
        ],
    }


@responses.activate
def test_a_draft_is_replaced_as_a_whole_and_names_the_version_it_replaces() -> None:
    responses.put(url(f"invoices/{INVOICE_GUID}", "v1.2"), json=VERSION)

    version = send(a_session(), invoices.replace(an_invoice(), CONTACT_GUID, TIMESTAMP))

    assert version == NEXT_TIMESTAMP
    assert sent()["Timestamp"] == TIMESTAMP
    assert sent()["ProductLines"][0]["BaseAmountValue"] == 125


@responses.activate
def test_a_draft_is_deleted_by_a_request_with_a_body() -> None:
    responses.delete(url(f"invoices/{INVOICE_GUID}"))

    send(a_session(), invoices.delete(INVOICE_GUID, TIMESTAMP))

    assert sent() == {"Timestamp": TIMESTAMP}


@responses.activate
def test_a_draft_is_booked_in_the_version_that_was_seen() -> None:
    booked = invoice_wire(Status="Booked", Number=1001, TimeStamp=NEXT_TIMESTAMP)
    responses.post(url(f"invoices/{INVOICE_GUID}/book"), json=booked)

    invoice = send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP))

    assert (invoice.booked, invoice.number) == (True, 1001)
    assert sent() == {"Timestamp": TIMESTAMP}


@responses.activate
def test_a_payment_is_registered_gross_and_never_with_the_remainder_as_a_fee() -> None:
    answer = {"Guid": str(CONTACT_GUID), "TimeStamp": NEXT_TIMESTAMP}
    responses.post(url(f"invoices/{INVOICE_GUID}/payments"), json=answer)

    version = send(a_session(), payments.register(INVOICE_GUID, a_payment(), DAY, TIMESTAMP))

    assert version == NEXT_TIMESTAMP
    assert sent() == {
        "Timestamp": TIMESTAMP,
        "DepositAccountNumber": 55010,
        "Amount": 125,
        "Description": "Kort, ordre 10427",
        "RemainderIsFee": False,
        "ExternalReference": "shoporama:4815162:payment",
        "PaymentDate": "2026-12-08",
    }


WRITES: list[Callable[[Transport], object]] = [
    lambda session: send(session, contacts.create(a_contact())),
    lambda session: send(session, invoices.create(an_invoice(), CONTACT_GUID)),
    lambda session: send(session, payments.register(INVOICE_GUID, a_payment(), DAY, TIMESTAMP)),
]


@pytest.mark.parametrize("write", WRITES)
@responses.activate
def test_every_write_says_what_it_sends_and_what_it_takes(
    write: Callable[[Transport], object],
) -> None:
    responses.add(responses.POST, re.compile(".*"), json={**VERSION, **CONTACT})

    write(a_session())

    headers = responses.calls[0].request.headers
    assert headers["Accept"] == "application/json"
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("dinero-sync/")


@responses.activate
def test_danish_letters_travel_as_utf_8() -> None:
    responses.post(url("contacts"), json=CONTACT)

    send(a_session(), contacts.create(a_contact(name="Søren Ærø")))

    body = responses.calls[0].request.body
    assert isinstance(body, bytes)
    assert "Søren Ærø".encode() in body
