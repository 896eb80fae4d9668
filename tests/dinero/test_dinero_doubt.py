"""Writes have three ends: done, refused, or in doubt. What has no identity is never repeated."""

from collections.abc import Callable

import pytest
import requests
import responses
from dinero_samples import (
    CONTACT_GUID,
    DAY,
    INVOICE_GUID,
    NEXT_TIMESTAMP,
    TIMESTAMP,
    a_contact,
    a_payment,
    a_session,
    an_invoice,
    invoice_wire,
    send,
    url,
)
from manual_clock import ManualClock

from dinero_sync.dinero import contacts, invoices, payments
from dinero_sync.dinero.errors import InDoubtError
from dinero_sync.dinero.transport import Transport
from dinero_sync.errors import DeadlineError
from dinero_sync.way_out import UnreachableError

CONTACT = {"ContactGuid": str(CONTACT_GUID)}
VERSION = {"Guid": str(INVOICE_GUID), "TimeStamp": NEXT_TIMESTAMP, **CONTACT}
Call = Callable[[Transport], object]

WITH_IDENTITY: dict[str, Call] = {
    "contacts": lambda session: send(session, contacts.create(a_contact())),
    f"contacts/{CONTACT_GUID}/restore": lambda session: send(
        session, contacts.restore(CONTACT_GUID)
    ),
    "invoices": lambda session: send(session, invoices.create(an_invoice(), CONTACT_GUID)),
}
WITHOUT_IDENTITY: dict[str, Call] = {
    f"invoices/{INVOICE_GUID}/book": lambda session: send(
        session, invoices.book(INVOICE_GUID, TIMESTAMP)
    ),
    f"invoices/{INVOICE_GUID}/payments": lambda session: send(
        session, payments.register(INVOICE_GUID, a_payment(), DAY, TIMESTAMP)
    ),
}
ANSWERED = ["invoices", *WITHOUT_IDENTITY]
"""Writes whose answer is read."""


def write(path: str) -> object:
    return {**WITH_IDENTITY, **WITHOUT_IDENTITY}[path](a_session())


@pytest.mark.parametrize("path", WITHOUT_IDENTITY)
@pytest.mark.parametrize("status", [480, 500, 502, 503])
@responses.activate
def test_a_failed_write_without_identity_is_in_doubt_and_not_repeated(
    path: str, status: int
) -> None:
    responses.post(url(path), status=status)

    with pytest.raises(InDoubtError):
        write(path)

    assert len(responses.calls) == 1


@pytest.mark.parametrize("path", WITH_IDENTITY)
@pytest.mark.parametrize("status", [480, 500, 502, 503])
@responses.activate
def test_a_failed_write_with_identity_is_repeated_and_then_in_doubt(path: str, status: int) -> None:
    responses.post(url(path), status=status)

    with pytest.raises(InDoubtError):
        write(path)

    assert len(responses.calls) == 4


@pytest.mark.parametrize("path", WITH_IDENTITY)
@responses.activate
def test_a_write_with_identity_that_succeeds_at_the_second_try_is_done(path: str) -> None:
    responses.post(url(path), status=500)
    responses.post(url(path), json=VERSION)

    write(path)

    assert len(responses.calls) == 2


@pytest.mark.parametrize("path", WITHOUT_IDENTITY)
@pytest.mark.parametrize(
    "error", [requests.exceptions.ReadTimeout(), requests.exceptions.ConnectionError("reset")]
)
@responses.activate
def test_a_write_without_an_answer_is_in_doubt(path: str, error: Exception) -> None:
    responses.post(url(path), body=error)

    with pytest.raises(InDoubtError):
        write(path)

    assert len(responses.calls) == 1


@pytest.mark.parametrize("path", WITHOUT_IDENTITY)
@responses.activate
def test_a_write_that_never_left_this_machine_is_not_in_doubt(path: str) -> None:
    responses.post(url(path), body=requests.exceptions.ConnectTimeout())

    with pytest.raises(UnreachableError):
        write(path)


@pytest.mark.parametrize("path", ANSWERED)
@pytest.mark.parametrize("body", ['{"Guid": "452c', "<html></html>", "", "[]", "{}"])
@responses.activate
def test_a_write_whose_answer_can_not_be_read_is_in_doubt(path: str, body: str) -> None:
    responses.post(url(path), body=body)

    with pytest.raises(InDoubtError):
        write(path)


@responses.activate
def test_a_contact_answered_by_a_web_page_is_in_doubt() -> None:
    responses.post(url("contacts"), body="<html>Log in to the wifi</html>")

    with pytest.raises(InDoubtError):
        write("contacts")


@responses.activate
def test_a_created_contact_without_a_body_is_done() -> None:
    responses.post(url("contacts"), status=201)

    write("contacts")

    assert len(responses.calls) == 1


@pytest.mark.parametrize("path", [*WITH_IDENTITY, *WITHOUT_IDENTITY])
@responses.activate
def test_a_spent_limit_refuses_a_write_and_it_waits_a_minute(path: str) -> None:
    responses.post(url(path), body="API calls quota exceeded!", status=429)
    responses.post(url(path), json=invoice_wire(**CONTACT))
    clock = ManualClock()

    {**WITH_IDENTITY, **WITHOUT_IDENTITY}[path](a_session(clock=clock))

    assert clock.pauses == [60.0]


@pytest.mark.parametrize("path", WITHOUT_IDENTITY)
@responses.activate
def test_a_limit_that_stays_spent_is_temporary_and_no_doubt(path: str) -> None:
    responses.post(url(path), body="API calls quota exceeded!", status=429)

    with pytest.raises(DeadlineError):
        write(path)
