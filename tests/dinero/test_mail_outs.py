"""Invoices are sent by e-mail and as e-invoices, once, and what became of it is read."""

import json
from collections.abc import Callable

import pytest
import requests
import responses
from dinero_samples import (
    INVOICE_GUID,
    PERSONAL_DATA,
    REFERENCES,
    TIMESTAMP,
    a_session,
    error_body,
    read_as_dinero_does,
    send,
    sent,
    url,
)

from dinero_sync.dinero import mail_outs
from dinero_sync.dinero.errors import (
    EanRefusedError,
    InDoubtError,
    NotSentError,
    RejectedError,
    StaleTimestampError,
)
from dinero_sync.dinero.mail_outs import MailOutStatus
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write

EMAIL = url(f"invoices/{INVOICE_GUID}/email")
E_INVOICE = url(f"invoices/{INVOICE_GUID}/e-invoice", "v3")
MAIL_OUTS = url(f"invoices/{INVOICE_GUID}/mailouts")
SENDING: dict[str, Callable[[Transport], object]] = {
    EMAIL: lambda session: send(session, mail_outs.by_email(INVOICE_GUID, TIMESTAMP)),
    E_INVOICE: lambda session: send(
        session, mail_outs.as_e_invoice(INVOICE_GUID, TIMESTAMP, **REFERENCES)
    ),
}


def transport() -> Transport:
    return a_session()


def mail_out_wire(**overrides: object) -> dict[str, object]:
    return {
        "Id": 48211,
        "Date": "2026-12-08T09:15:30.1234567Z",
        "SeenAt": None,
        "Sender": "butik@example.com",
        "Receiver": "anna.proeve@example.com",
        "Subject": "Faktura til Anna Prøve",
        "Message": "Prøvevej 7",
        "DownloadCount": 0,
        "PrintCount": 0,
        "Type": "Einvoice",
        "Status": "Failed",
        "LatestEvent": "EndpointNotFound",
        "IsSmsMessage": False,
        "CCToSender": False,
        **overrides,
    }


@pytest.mark.parametrize(
    ("operation", "write"),
    [
        ("EmailInvoice", mail_outs.by_email(INVOICE_GUID, TIMESTAMP)),
        (
            "EmailInvoice",
            mail_outs.by_email(INVOICE_GUID, TIMESTAMP, receiver="skole@kommune.example"),
        ),
        (
            "SendEInvoiceV3",
            mail_outs.as_e_invoice(INVOICE_GUID, TIMESTAMP, order_reference=None, attention=None),
        ),
        ("SendEInvoiceV3", mail_outs.as_e_invoice(INVOICE_GUID, TIMESTAMP, **REFERENCES)),
    ],
)
def test_every_body_fits_dineros_own_description_and_loses_nothing(
    operation: str, write: Write[None]
) -> None:
    reading = read_as_dinero_does(operation, write.body)

    assert (reading.problems, reading.complaints) == ({}, [])
    assert set(reading.body) == set(json.loads(write.body))


@responses.activate
def test_an_invoice_is_mailed_to_the_contacts_own_address() -> None:
    responses.post(EMAIL, json={"Recipients": [{"Email": "anna.proeve@example.com"}]})

    send(transport(), mail_outs.by_email(INVOICE_GUID, TIMESTAMP))

    assert sent() == {
        "Timestamp": TIMESTAMP,
        "Receiver": None,
        "AddVoucherAsPdfAttachment": True,
        "ShouldAddTrustPilotEmailAsBcc": False,
    }


@responses.activate
def test_an_invoice_is_mailed_to_the_address_that_is_given() -> None:
    responses.post(EMAIL)

    send(
        transport(), mail_outs.by_email(INVOICE_GUID, TIMESTAMP, receiver="anna.proeve@example.com")
    )

    assert sent()["Receiver"] == "anna.proeve@example.com"


@responses.activate
def test_an_e_invoice_names_the_public_buyers_own_order_and_person() -> None:
    responses.post(E_INVOICE)

    send(transport(), mail_outs.as_e_invoice(INVOICE_GUID, TIMESTAMP, **REFERENCES))

    assert sent() == {
        "Timestamp": TIMESTAMP,
        "OrderReference": "REQ-7",
        "AttPerson": "Bo Prøve",
        "PaymentMeanEnum": "Domestic",
    }


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (51, NotSentError),
        (56, EanRefusedError),
        (57, EanRefusedError),
        (58, StaleTimestampError),
        (42, RejectedError),
    ],
)
@pytest.mark.parametrize("address", SENDING)
@responses.activate
def test_each_refusal_to_send_has_the_class_of_its_meaning(
    address: str, code: int, meaning: type[RejectedError]
) -> None:
    responses.post(address, json=error_body(code), status=400)

    with pytest.raises(RejectedError) as caught:
        SENDING[address](transport())

    assert type(caught.value) is meaning
    assert caught.value.code == code
    assert [part for part in PERSONAL_DATA if part in str(caught.value)] == []


@pytest.mark.parametrize("address", SENDING)
@pytest.mark.parametrize("status", [480, 500, 503])
@responses.activate
def test_what_may_have_been_sent_is_in_doubt_and_not_sent_again(address: str, status: int) -> None:
    responses.post(address, status=status)

    with pytest.raises(InDoubtError):
        SENDING[address](transport())

    assert len(responses.calls) == 1


@pytest.mark.parametrize("address", SENDING)
@responses.activate
def test_a_sending_whose_answer_was_lost_is_in_doubt(address: str) -> None:
    responses.post(address, body=requests.exceptions.ReadTimeout())

    with pytest.raises(InDoubtError):
        SENDING[address](transport())


@responses.activate
def test_what_was_sent_is_listed_by_how_far_it_came_and_nothing_else_is_read() -> None:
    responses.get(MAIL_OUTS, json=[mail_out_wire(), mail_out_wire(Status="SeenByCustomer")])

    found = mail_outs.of_invoice(transport(), INVOICE_GUID)

    assert found == [MailOutStatus.FAILED, MailOutStatus.SEEN]


@responses.activate
def test_an_invoice_that_was_never_sent_has_no_mail_outs() -> None:
    responses.get(MAIL_OUTS, json=[])

    assert mail_outs.of_invoice(transport(), INVOICE_GUID) == []


@pytest.mark.parametrize("status", ["Delivered", "", None])
@responses.activate
def test_a_word_that_nobody_knows_is_a_sending_all_the_same(status: str | None) -> None:
    responses.get(MAIL_OUTS, json=[mail_out_wire(Status=status)])

    assert mail_outs.of_invoice(transport(), INVOICE_GUID) == [None]


@pytest.mark.parametrize("left_out", ["Id", "Date", "Type", "LatestEvent"])
@responses.activate
def test_what_nobody_reads_may_be_missing(left_out: str) -> None:
    wire = mail_out_wire()
    del wire[left_out]
    responses.get(MAIL_OUTS, json=[wire])

    assert mail_outs.of_invoice(transport(), INVOICE_GUID) == [MailOutStatus.FAILED]
