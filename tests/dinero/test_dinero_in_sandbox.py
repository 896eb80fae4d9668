"""The session and the invented Dinero were written apart, and understand each other."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import requests
from dinero_samples import (
    CONTACT_GUID,
    INVOICE_GUID,
    REFERENCES,
    TokenKeeper,
    a_business,
    a_contact,
    a_ledger_item,
    a_line,
    a_payment,
    an_invoice,
    send,
)
from log_in import api_key_token
from manual_clock import ManualClock
from requests.auth import AuthBase

from dinero_sync.dinero import contacts, invoices, ledger_items, mail_outs, payments
from dinero_sync.dinero.errors import (
    AlreadyExistsError,
    EanRefusedError,
    NotFoundError,
    NotSentError,
)
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.dinero.ledger_items import ItemStatus, ItemVersion
from dinero_sync.dinero.mail_outs import MailOutStatus
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.http import HttpClient
from dinero_sync.sandbox import credentials, running_sandbox
from dinero_sync.sandbox.state import Sandbox

QUESTIONS = 5
NOT_BY_TIME = 3600.0
"""Seconds that booking a ledger item takes: more than any test, so that only questions count."""


class KeyOfSandbox(AuthBase):
    """Signs requests with a token that the sandbox gave for its API key."""

    def __init__(self, sandbox: Sandbox) -> None:
        with requests.Session() as session:
            session.trust_env = False
            self._token = api_key_token(sandbox, session)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox(orders="none") as running:
        yield running
        assert running.complaints == []


@pytest.fixture
def session(sandbox: Sandbox) -> Transport:
    auth = KeyOfSandbox(sandbox)
    http = HttpClient(service="Dinero", timeout_seconds=10, clock=ManualClock(), auth=auth)
    return Transport(http, f"{sandbox.url}/dinero", credentials.ORGANIZATION_ID, TokenKeeper())


@pytest.fixture
def today(sandbox: Sandbox) -> date:
    return sandbox.today()


def booked(session: Transport, today: date, **fields: object) -> InvoiceRecord:
    """Create a contact and an invoice, and book it."""
    send(session, contacts.create(a_contact()))
    draft = send(session, invoices.create(an_invoice(date=today, **fields), CONTACT_GUID))
    return send(session, invoices.book(INVOICE_GUID, draft))


@pytest.mark.parametrize("answer", ["first", "all"])
def test_a_ledger_item_is_added_once_read_back_and_booked_in_dineros_own_time(
    session: Transport, sandbox: Sandbox, answer: str
) -> None:
    sandbox.change_settings(ledger_add_answer=answer, ledger_booking_seconds=NOT_BY_TIME)
    item = a_ledger_item(date=sandbox.today(), account=1050, balancing_account=1000)

    added = send(session, ledger_items.add(item))
    with pytest.raises(AlreadyExistsError):
        send(session, ledger_items.add(item))
    found = ledger_items.unbooked(session, item.guid)
    send(session, ledger_items.book([ItemVersion(guid=item.guid, version=found.version)]))
    states = [ledger_items.states(session, [item.guid])[item.guid] for _ in range(QUESTIONS)]

    assert (added.version, found.says(item)) == (found.version, True)
    assert states[0].status is ItemStatus.PENDING
    assert states[-1].status is ItemStatus.BOOKED
    assert states[-1].voucher_number is not None
    with pytest.raises(NotFoundError):
        ledger_items.unbooked(session, item.guid)


def test_rows_without_amounts_are_read_back_as_they_were_sent(
    session: Transport, today: date
) -> None:
    texts = ("Gave: 1 nøglering", "Heraf momsfrit: 0,00")

    found = booked(session, today, texts=texts)

    assert (found.texts, found.total, found.vat) == (texts, Decimal(125), Decimal(25))
    assert [line.description for line in found.lines] == ["Krus"]


def test_an_invoice_in_euro_is_told_in_kroner_and_paid_in_both(
    session: Transport, today: date
) -> None:
    line = a_line(unit_price=Decimal("100.00"))
    invoice = booked(session, today, currency="EUR", language="en-GB", lines=(line,))

    (listed,) = invoices.listed(session, today, today)
    assert listed.total_dkk is not None
    payment = a_payment(amount=listed.total_dkk, foreign_amount=Decimal("100.00"))
    send(session, payments.register(INVOICE_GUID, payment, today, invoice.timestamp))
    (paid,) = invoices.listed(session, today, today)

    assert (invoice.currency, invoice.total) == ("EUR", Decimal(100))
    assert (listed.currency, listed.total) == ("EUR", Decimal(100))
    assert listed.total_dkk == Decimal(746)
    assert paid.is_paid


def test_a_contact_is_updated_and_keeps_its_identity(session: Transport) -> None:
    send(session, contacts.create(a_business()))

    new = a_business(name="Café Ny ApS", ean="5798009999993")
    send(session, contacts.update(CONTACT_GUID, new, contacts.read_whole(session, CONTACT_GUID)))

    found = contacts.read(session, CONTACT_GUID)
    assert (found.guid, found.ean) == (CONTACT_GUID, "5798009999993")


def test_an_invoice_is_mailed_and_the_mail_is_listed(session: Transport, today: date) -> None:
    invoice = booked(session, today)

    send(session, mail_outs.by_email(INVOICE_GUID, invoice.timestamp))

    (found,) = mail_outs.of_invoice(session, INVOICE_GUID)
    assert found is not MailOutStatus.FAILED


def test_an_e_invoice_needs_an_ean_number(session: Transport, today: date) -> None:
    invoice = booked(session, today)

    with pytest.raises(EanRefusedError) as caught:
        send(session, mail_outs.as_e_invoice(INVOICE_GUID, invoice.timestamp, **REFERENCES))

    assert caught.value.code == 56


def invoice_of_a_public_buyer(session: Transport, today: date) -> InvoiceRecord:
    """Book an invoice to somebody with an EAN number."""
    send(
        session,
        contacts.create(a_business(kind=BuyerKind.PUBLIC, vat_number=None, ean="5798009999993")),
    )
    draft = send(session, invoices.create(an_invoice(date=today), CONTACT_GUID))
    return send(session, invoices.book(INVOICE_GUID, draft))


@pytest.mark.parametrize(("delivery", "failed"), [("sent", False), ("endpoint_not_found", True)])
def test_what_became_of_an_e_invoice_is_listed(
    session: Transport,
    sandbox: Sandbox,
    delivery: str,
    failed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    sandbox.change_settings(e_invoice_delivery=delivery)
    invoice = invoice_of_a_public_buyer(session, sandbox.today())

    send(session, mail_outs.as_e_invoice(INVOICE_GUID, invoice.timestamp, **REFERENCES))

    (found,) = mail_outs.of_invoice(session, INVOICE_GUID)
    assert (found is MailOutStatus.FAILED) == failed


def test_an_e_invoice_that_dinero_refuses_to_send_was_not_sent(
    session: Transport, sandbox: Sandbox
) -> None:
    sandbox.change_settings(e_invoice_delivery="refused")
    invoice = invoice_of_a_public_buyer(session, sandbox.today())

    with pytest.raises(NotSentError):
        send(session, mail_outs.as_e_invoice(INVOICE_GUID, invoice.timestamp, **REFERENCES))
