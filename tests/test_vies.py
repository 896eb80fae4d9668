"""VIES is asked as it wants to be, and what isn't an answer of a register is no answer."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
from manual_clock import ManualClock

from dinero_sync.errors import TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.vies import ViesAnswer, ask, normal

BASE = "https://vies.example/rest-api"
URL = f"{BASE}/ms/DE/vat/136695976"
NOW = datetime(2026, 12, 8, 9, 15, tzinfo=UTC)
PERSONAL = ("Beispiel", "Hamburg")
VALID = {
    "isValid": True,
    "requestDate": "2026-12-08T09:15:01.123Z",
    "userError": "VALID",
    "name": "Anna Beispiel e.K.",
    "address": "Beispielweg 7\n20095 Hamburg",
    "requestIdentifier": "",
    "originalVatNumber": "136695976",
    "vatNumber": "136695976",
    "viesApproximate": {"name": "---", "matchName": 3},
}
INVALID = {**VALID, "isValid": False, "userError": "INVALID", "name": "---", "address": "---"}


def vies(number: str = "DE136695976", requester: str = "") -> ViesAnswer:
    http = HttpClient(
        service="VIES",
        timeout_seconds=5,
        clock=ManualClock(),
        read_only=True,
        waits_for_limit=False,
    )
    return ask(http, number, NOW, requester=requester, base_url=f"{BASE}/")


def asked(number: int = 0) -> dict[str, list[str]]:
    return parse_qs(urlsplit(responses.calls[number].request.url or "").query)


def failure(code: str) -> dict[str, object]:
    return {"actionSucceed": False, "errorWrappers": [{"error": code, "message": "Anna Beispiel"}]}


@responses.activate
def test_a_registered_number_is_valid() -> None:
    responses.get(URL, json=VALID)

    assert vies() == ViesAnswer(vat_number="DE136695976", valid=True, asked_at=NOW, consultation="")
    assert asked() == {}


@responses.activate
def test_a_number_that_the_register_does_not_have_is_invalid() -> None:
    responses.get(URL, json=INVALID)

    assert not vies().valid


@responses.activate
def test_name_and_address_are_not_taken_along() -> None:
    responses.get(URL, json=VALID)

    answer = repr(vies())

    assert [part for part in PERSONAL if part in answer] == []


@pytest.mark.parametrize(
    "code",
    [
        "MS_UNAVAILABLE",
        "SERVICE_UNAVAILABLE",
        "TIMEOUT",
        "MS_MAX_CONCURRENT_REQ",
        "MS_MAX_CONCURRENT_REQ_TIME",
        "GLOBAL_MAX_CONCURRENT_REQ",
        "VAT_BLOCKED",
        "IP_BLOCKED",
        "SOMETHING_NEW",
    ],
)
@pytest.mark.parametrize("form", ["beside the answer", "as a failure", "as a refusal"])
@responses.activate
def test_a_register_that_was_not_asked_says_nothing_about_the_number(code: str, form: str) -> None:
    if form == "beside the answer":
        responses.get(URL, json={**INVALID, "userError": code})
    else:
        responses.get(URL, json=failure(code), status=200 if form == "as a failure" else 400)

    with pytest.raises(TemporaryError, match=code):
        vies()


@pytest.mark.parametrize(
    "body",
    [
        {**VALID, "isValid": False},
        {**INVALID, "isValid": True},
        {**VALID, "userError": None},
        {**INVALID, "userError": ""},
        {**VALID, "isValid": "true"},
        {"isValid": True},
        {"isValid": False},
        {"actionSucceed": False, "isValid": False},
        {"userError": "VALID"},
        {},
        [],
        None,
    ],
)
@responses.activate
def test_an_answer_that_does_not_agree_with_itself_is_no_answer(body: object) -> None:
    responses.get(URL, json=body)

    with pytest.raises(TemporaryError):
        vies()


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("body", ["<html>Anna Beispiel</html>", "", json.dumps(VALID)[:40]])
@responses.activate
def test_a_failed_call_says_nothing_about_the_number_and_nothing_of_the_answer_is_shown(
    status: int, body: str
) -> None:
    responses.get(URL, body=body, status=status)

    with pytest.raises(TemporaryError) as caught:
        vies()

    assert [part for part in (*PERSONAL, "136695976") if part in str(caught.value)] == []


@pytest.mark.parametrize("status", [408, 421, 425])
@responses.activate
def test_what_gateways_say_of_themselves_is_no_answer_of_the_register(status: int) -> None:
    responses.get(URL, json=failure("INVALID_INPUT"), status=status)

    with pytest.raises(TemporaryError, match=f"status {status}"):
        vies()


@responses.activate
def test_a_call_without_an_answer_is_temporary() -> None:
    responses.get(URL, body=requests.exceptions.ReadTimeout())

    with pytest.raises(TemporaryError):
        vies()


@responses.activate
def test_a_code_that_looks_like_anything_else_is_not_shown() -> None:
    responses.get(URL, json={**INVALID, "userError": "Anna Beispiel, Hamburg"})

    with pytest.raises(TemporaryError) as caught:
        vies()

    assert "Hamburg" not in str(caught.value)


@responses.activate
def test_a_number_of_a_country_outside_vies_is_invalid() -> None:
    responses.get(f"{BASE}/ms/GB/vat/333289454", json=failure("INVALID_INPUT"), status=400)

    assert not vies("GB333289454").valid


@pytest.mark.parametrize(
    "number", ["", "DE", "136695976", "DE/../../x", "DE1?x=1", "DE1234567890123"]
)
@responses.activate
def test_what_can_not_be_a_vat_number_is_invalid_without_asking(number: str) -> None:
    assert not vies(number).valid
    assert len(responses.calls) == 0


@pytest.mark.parametrize("written", ["de 136 695 976", "DE-136.695.976", " DE136695976\n"])
@responses.activate
def test_a_number_is_asked_for_in_one_way_however_it_is_written(written: str) -> None:
    responses.get(URL, json=VALID)

    assert vies(written).vat_number == normal(written) == "DE136695976"


@responses.activate
def test_greece_is_asked_for_as_vies_calls_it() -> None:
    responses.get(f"{BASE}/ms/EL/vat/094259216", json=VALID)

    assert vies("GR094259216").vat_number == "GR094259216"


@responses.activate
def test_who_says_who_asks_gets_a_consultation_number() -> None:
    responses.get(URL, json={**VALID, "requestIdentifier": "WAPIAAAAVXk7EWul"})

    assert vies(requester="DK 90 00 00 39").consultation == "WAPIAAAAVXk7EWul"
    assert asked() == {"requesterMemberStateCode": ["DK"], "requesterNumber": ["90000039"]}


@pytest.mark.parametrize("code", ["INVALID_REQUESTER_INFO", "INVALID_INPUT"])
@responses.activate
def test_when_the_shops_own_number_is_refused_the_question_is_put_without_it(code: str) -> None:
    responses.get(URL, json=failure(code), status=400)
    responses.get(URL, json=VALID)

    answer = vies(requester="DK90000039")

    assert (answer.valid, answer.consultation) == (True, "")
    assert asked(1) == {}


@pytest.mark.parametrize("told", ["---", None, "", 7])
@responses.activate
def test_a_consultation_number_that_is_not_given_is_empty(told: object) -> None:
    responses.get(URL, json={**VALID, "requestIdentifier": told})

    assert vies().consultation == ""
