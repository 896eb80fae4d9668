"""What Dinero's refusals mean, and that no text of ours repeats what was sent."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import responses
from dinero_samples import (
    CONTACT_GUID,
    INVOICE_GUID,
    PERSONAL_DATA,
    TIMESTAMP,
    TokenKeeper,
    a_contact,
    a_session,
    an_invoice,
    error_body,
    invoice_wire,
    page_of,
    send,
    url,
)

from dinero_sync.dinero import contacts, invoices, organisations
from dinero_sync.dinero.errors import (
    AlreadyExistsError,
    DeletedError,
    EanRefusedError,
    InDoubtError,
    NotConnectedError,
    NotFoundError,
    NotSentError,
    RejectedError,
    StaleTimestampError,
    UnintelligibleError,
)
from dinero_sync.dinero.transport import Transport
from dinero_sync.errors import ExitCode, TemporaryError

INVOICE_URL = url(f"invoices/{INVOICE_GUID}")
BOOK_URL = f"{INVOICE_URL}/book"


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (400, 58, StaleTimestampError),
        (400, 63, NotFoundError),
        (400, 40, NotFoundError),
        (404, None, NotFoundError),
        (400, 65, DeletedError),
        (409, 72, AlreadyExistsError),
        (409, None, AlreadyExistsError),
        (400, 72, AlreadyExistsError),
        (400, 51, NotSentError),
        (400, 56, EanRefusedError),
        (400, 57, EanRefusedError),
        (400, 42, RejectedError),
        (413, None, RejectedError),
    ],
)
@responses.activate
def test_each_refusal_has_the_class_of_its_meaning(
    status: int, code: int | None, meaning: type[RejectedError]
) -> None:
    responses.post(BOOK_URL, json=error_body(code), status=status)

    with pytest.raises(RejectedError) as caught:
        send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP))

    assert type(caught.value) is meaning
    assert caught.value.code == code


@responses.activate
def test_a_taken_identity_of_a_contact_is_told_by_a_code_in_words() -> None:
    taken = [{"Code": "guidMustBeUnique", "Message": "The guid must be unique."}]
    responses.post(url("contacts"), json=error_body(42, errorMessageList=taken), status=400)

    with pytest.raises(AlreadyExistsError):
        send(a_session(), contacts.create(a_contact()))


REDIRECTS = [301, 302, 303, 307, 308]
GATEWAYS_OWN = [408, 421, 425]
"""What gateways say of themselves, in whatever form."""
NOT_DINEROS = [
    *({"status": status, "body": ""} for status in REDIRECTS),
    *({"status": status, "json": error_body(42)} for status in (*REDIRECTS, *GATEWAYS_OWN)),
    *(
        {"status": status, "body": "<html>Anna Prøve</html>", "content_type": "text/html"}
        for status in (400, 401, 402, 403, 404, 405, 407, 409, 410, 413, 414, 422, 451, 499)
    ),
    *({"status": 400, "body": body} for body in ("[]", "null", '"no"', "{", "{}", "", "[" * 9999)),
    {"status": 403, "body": "Forbidden"},
    {"status": 404, "json": {"error": "no route"}},
]
"""Refusals in any form but Dinero's own."""


@pytest.mark.parametrize("answer", NOT_DINEROS)
@responses.activate
def test_after_a_refusal_in_another_form_nobody_knows_what_became_of_a_change(
    answer: dict[str, Any],
) -> None:
    responses.post(BOOK_URL, **answer)
    tokens = TokenKeeper()

    with pytest.raises(InDoubtError, match="Dinero was asked, and the answer is not its own word"):
        send(a_session(tokens), invoices.book(INVOICE_GUID, TIMESTAMP))

    assert (len(responses.calls), tokens.renewals) == (1, 0)


@pytest.mark.parametrize("answer", NOT_DINEROS)
@responses.activate
def test_a_read_that_is_refused_in_another_form_is_repeated_and_then_left_to_the_next_run(
    answer: dict[str, Any],
) -> None:
    responses.get(INVOICE_URL, **answer)
    tokens = TokenKeeper()

    with pytest.raises(TemporaryError, match="is not its own word") as caught:
        invoices.read(a_session(tokens), INVOICE_GUID)

    assert caught.value.exit_code == ExitCode.TEMPORARY
    assert (len(responses.calls), tokens.renewals) == (4, 0)
    assert "Nothing was" not in str(caught.value)


@pytest.mark.parametrize("answer", NOT_DINEROS)
@responses.activate
def test_a_new_contact_that_a_gateway_refused_is_sent_again_and_found_to_be_there(
    answer: dict[str, Any],
) -> None:
    responses.post(url("contacts"), **answer)
    responses.post(url("contacts"), json=error_body(72), status=409)

    with pytest.raises(AlreadyExistsError):
        send(a_session(), contacts.create(a_contact()))


@responses.activate
def test_a_token_that_is_refused_after_a_gateways_answer_leaves_the_change_in_doubt() -> None:
    responses.post(url("contacts"), body="<html>Request timeout</html>", status=408)
    responses.post(url("contacts"), status=401)

    with pytest.raises(InDoubtError):
        send(a_session(), contacts.create(a_contact()))


@pytest.mark.parametrize("key", ["code", "Code", "CODE"])
@responses.activate
def test_the_keys_of_an_error_come_in_any_casing(key: str) -> None:
    responses.post(BOOK_URL, json={key: 58}, status=400)

    with pytest.raises(StaleTimestampError):
        send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP))


@responses.activate
def test_a_code_that_is_no_number_is_none() -> None:
    responses.post(BOOK_URL, json={"code": "58"}, status=400)

    with pytest.raises(RejectedError) as caught:
        send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP))

    assert caught.value.code is None


@responses.activate
def test_a_refusal_names_the_properties_and_the_code_and_nothing_that_was_sent() -> None:
    details = {"Email": "anna.proeve@example.com is invalid", "globalErrors": ["Anna Prøve"]}
    body = error_body(42, validationErrors=details)
    responses.post(url("contacts"), json=body, status=400)

    with pytest.raises(RejectedError) as caught:
        send(a_session(), contacts.create(a_contact()))

    assert str(caught.value) == "status 400, code 42, property Email"


CALLS: dict[str, Callable[[Transport], object]] = {
    "reading": lambda session: invoices.read(session, INVOICE_GUID),
    "creating a draft": lambda session: send(session, invoices.create(an_invoice(), CONTACT_GUID)),
    "creating a contact": lambda session: send(session, contacts.create(a_contact())),
}


def answer_all_calls(**answer: object) -> None:
    for method, address in (
        (responses.GET, INVOICE_URL),
        (responses.POST, url("invoices")),
        (responses.POST, url("contacts")),
    ):
        responses.add(responses.Response(method, address, **answer))  # type: ignore[arg-type]  # whatever a test answers


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "answer",
    [
        {"json": error_body(42), "status": 400},
        {"json": error_body(58), "status": 400},
        {"json": error_body(72), "status": 409},
        {"json": error_body(90), "status": 403},
        {"json": error_body(41), "status": 401},
        {"json": error_body(50), "status": 500},
        {"body": "Anna Prøve, Prøvevej 7", "status": 429},
        {"json": {"Guid": "Anna Prøve", "ContactGuid": "Anna Prøve", "TimeStamp": "1"}},
        {"body": '"Anna Prøve'},
    ],
)
@responses.activate
def test_no_error_text_holds_what_was_sent(call: str, answer: Mapping[str, object]) -> None:
    answer_all_calls(**answer)

    text = ""
    try:
        CALLS[call](a_session())
    except (RejectedError, TemporaryError, NotConnectedError) as error:
        text = f"{error} {error!r}"

    assert [part for part in PERSONAL_DATA if part in text] == []


@responses.activate
def test_a_refused_token_is_renewed_once_and_the_call_repeated() -> None:
    responses.get(INVOICE_URL, status=401)
    responses.get(INVOICE_URL, json=invoice_wire())
    tokens = TokenKeeper()

    invoice = invoices.read(a_session(tokens), INVOICE_GUID)

    assert (invoice.guid, tokens.renewals) == (INVOICE_GUID, 1)


@responses.activate
def test_a_write_with_a_refused_token_had_no_effect_and_is_repeated() -> None:
    responses.post(BOOK_URL, status=401)
    responses.post(BOOK_URL, json=invoice_wire(Status="Booked", Number=1))

    assert send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP)).booked


@responses.activate
def test_a_renewed_token_that_is_refused_too_ends_the_connection() -> None:
    responses.get(INVOICE_URL, status=401)
    tokens = TokenKeeper()

    with pytest.raises(NotConnectedError, match="dinero-sync connect") as caught:
        invoices.read(a_session(tokens), INVOICE_GUID)

    assert caught.value.exit_code == ExitCode.NOT_CONNECTED
    assert (tokens.renewals, len(responses.calls)) == (1, 2)


@pytest.mark.parametrize("code", [48, 90])
@responses.activate
def test_a_company_without_pro_is_told_what_to_choose(code: int) -> None:
    responses.get(INVOICE_URL, json=error_body(code), status=403)

    with pytest.raises(NotConnectedError, match="Dinero Pro or Total"):
        invoices.read(a_session(), INVOICE_GUID)


@pytest.mark.parametrize("body", [{"Message": "No access"}, {"code": 41}, {"code": True}])
@responses.activate
def test_a_missing_right_names_the_setting_to_check(body: Mapping[str, object]) -> None:
    responses.post(BOOK_URL, json=body, status=403)

    with pytest.raises(NotConnectedError, match=r"dinero\.organization_id"):
        send(a_session(), invoices.book(INVOICE_GUID, TIMESTAMP))


@pytest.mark.parametrize("status", [480, 500, 503])
@responses.activate
def test_a_read_that_keeps_failing_is_temporary(status: int) -> None:
    responses.get(INVOICE_URL, body="API calls quota exceeded!", status=status)

    with pytest.raises(TemporaryError, match=f"status {status}") as caught:
        invoices.read(a_session(), INVOICE_GUID)

    assert caught.value.exit_code == ExitCode.TEMPORARY
    assert len(responses.calls) == 4


@pytest.mark.parametrize("status", [429, 480, 500, 503])
@responses.activate
def test_a_read_that_fails_once_is_repeated(status: int) -> None:
    responses.get(INVOICE_URL, status=status)
    responses.get(INVOICE_URL, json=invoice_wire())

    assert invoices.read(a_session(), INVOICE_GUID).guid == INVOICE_GUID


@pytest.mark.parametrize(
    "body", ["<html>Log in to the wifi</html>", "[]", "", '{"Guid": "452', "[" * 100_000]
)
@responses.activate
def test_an_answer_in_another_form_than_an_object_is_not_understood(body: str) -> None:
    responses.get(INVOICE_URL, body=body)

    with pytest.raises(UnintelligibleError, match="isn't its API's form"):
        invoices.read(a_session(), INVOICE_GUID)


@pytest.mark.parametrize("body", ["<html></html>", "{}", "[1]", "null"])
@responses.activate
def test_an_answer_in_another_form_than_a_list_is_not_understood(body: str) -> None:
    responses.get(url("vatTypes"), body=body)
    responses.get(url("accountingyears"), body=body)

    with pytest.raises(UnintelligibleError, match="isn't its API's form"):
        organisations.accounting_years(a_session())


@pytest.mark.parametrize("name", ["Guid", "TimeStamp", "Date", "TotalInclVat", "TotalVat"])
@responses.activate
def test_a_missing_field_is_named(name: str) -> None:
    wire = invoice_wire()
    del wire[name]
    responses.get(INVOICE_URL, json=wire)

    with pytest.raises(UnintelligibleError, match=f"lacks '{name}'"):
        invoices.read(a_session(), INVOICE_GUID)


@pytest.mark.parametrize(
    "field",
    [
        {"Guid": "Anna Prøve"},
        {"Date": "tomorrow"},
        {"TotalInclVat": "Anna Prøve"},
        {"TotalVat": None},
        {"ProductLines": [None]},
        {"ContactGuid": "Anna Prøve"},
        {"Number": "one", "Status": "Booked"},
    ],
)
@responses.activate
def test_a_field_in_another_form_is_not_understood_and_not_repeated(
    field: Mapping[str, object],
) -> None:
    responses.get(INVOICE_URL, json=invoice_wire(**field))

    with pytest.raises(UnintelligibleError, match="another form than expected") as caught:
        invoices.read(a_session(), INVOICE_GUID)

    assert "Anna" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        {"Collection": []},
        {"Pagination": {"PageSize": 100}},
        {"Collection": [], "Pagination": None},
        {"Collection": [], "Pagination": {}},
    ],
)
@responses.activate
def test_a_list_without_its_envelope_is_not_understood(body: Mapping[str, object]) -> None:
    responses.get(url("invoices"), json=body)

    with pytest.raises(UnintelligibleError, match="list from Dinero lacks"):
        list(invoices.drafts(a_session()))


@pytest.mark.parametrize(
    "body", [{**page_of([]), "Collection": None}, {**page_of([]), "Collection": [1]}]
)
@responses.activate
def test_a_list_of_something_else_is_not_understood(body: Mapping[str, object]) -> None:
    responses.get(url("invoices"), json=body)

    with pytest.raises(UnintelligibleError):
        list(invoices.drafts(a_session()))
