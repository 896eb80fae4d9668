"""Who gets into Dinero: tokens, companies, the subscription, the minute limit."""

from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
import requests
from log_in import api_key_answer
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.token import grant_refresh_token

GUID = "6f0f1a5e-5a2c-4b7e-9d0c-1d1f5d1f0a11"


@pytest.fixture
def owner(sandbox: Sandbox) -> Iterator[DineroCaller]:
    """Call with a token of Visma Connect, which reaches all companies of the owner."""
    answer = requests.post(
        f"{sandbox.url}/visma/connect/token",
        data={
            "grant_type": "refresh_token",
            "refresh_token": grant_refresh_token(sandbox),
            "client_id": credentials.VISMA_CLIENT_ID,
            "client_secret": credentials.VISMA_CLIENT_SECRET,
        },
        timeout=TIMEOUT_SECONDS,
    )
    caller = DineroCaller(sandbox, answer.json()["access_token"])
    with caller.session:
        yield caller


def organisations(caller: DineroCaller, version: str = "v1.1") -> list[dict[str, object]]:
    answer = caller.session.get(
        f"{caller.sandbox.url}/dinero/{version}/organizations",
        headers={"Authorization": f"Bearer {caller.token}", "Accept": "application/json"},
        timeout=TIMEOUT_SECONDS,
    )
    found: list[dict[str, object]] = answer.json()
    return found


def test_an_api_key_reaches_one_company_and_a_consent_all(
    dinero: DineroCaller, owner: DineroCaller
) -> None:
    assert [item["Id"] for item in organisations(dinero)] == [credentials.ORGANIZATION_ID]
    assert [item["Id"] for item in organisations(owner)] == [
        credentials.ORGANIZATION_ID,
        credentials.OTHER_ORGANIZATION_ID,
    ]


def test_the_subscription_is_told_by_version_1_1(owner: DineroCaller) -> None:
    subscriptions = [item["Subscription"] for item in organisations(owner)]

    assert [item["HasPro"] for item in subscriptions if isinstance(item, dict)] == [True, False]


def test_version_1_answers_the_usual_fields_in_their_casing(dinero: DineroCaller) -> None:
    item = organisations(dinero, "v1")[0]

    assert item == {"id": credentials.ORGANIZATION_ID, "name": "Ler og Lærred ApS", "isPro": True}


@pytest.mark.parametrize("code", [90, 48])
def test_without_pro_everything_else_answers_403(owner: DineroCaller, code: int) -> None:
    owner.sandbox.change_settings(no_pro_code=code)

    answer = replace(owner, organisation=credentials.OTHER_ORGANIZATION_ID).get("vatTypes")

    assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_another_company_answers_403(dinero: DineroCaller) -> None:
    answer = replace(dinero, organisation=credentials.OTHER_ORGANIZATION_ID).get("vatTypes")

    assert answer.status_code == 403


def test_an_unknown_token_answers_401_without_a_body(dinero: DineroCaller) -> None:
    answer = replace(dinero, token="unknown").get("vatTypes")

    assert (answer.status_code, answer.content) == (401, b"")


def test_an_access_token_expires_after_an_hour(sandbox: Sandbox, dinero: DineroCaller) -> None:
    sandbox.change_settings(clock_shift_seconds=3590)
    before = dinero.get("vatTypes").status_code
    sandbox.change_settings(clock_shift_seconds=3610)

    assert (before, dinero.get("vatTypes").status_code) == (200, 401)


def test_only_repeating_an_invalid_token_is_complained_of(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    caller = replace(dinero, token="unknown")
    caller.get("vatTypes")
    once = len(sandbox.complaints)
    caller.get("vatTypes")

    assert (once, len(sandbox.complaints)) == (0, 1)


def test_a_wrong_api_key_answers_invalid_grant(sandbox: Sandbox) -> None:
    answer = requests.post(
        f"{sandbox.url}/authz/dineroapi/oauth/token",
        auth=(credentials.API_KEY_CLIENT_ID, credentials.API_KEY_CLIENT_SECRET),
        data={"grant_type": "password", "username": "wrong", "password": "wrong"},
        timeout=TIMEOUT_SECONDS,
    )

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_a_wrong_client_secret_answers_invalid_client(sandbox: Sandbox) -> None:
    answer = requests.post(
        f"{sandbox.url}/authz/dineroapi/oauth/token",
        auth=(credentials.API_KEY_CLIENT_ID, "wrong"),
        data={"grant_type": "password"},
        timeout=TIMEOUT_SECONDS,
    )

    assert answer.json() == {"error": "invalid_client"}


def test_an_api_key_gives_no_refresh_token(sandbox: Sandbox) -> None:
    with requests.Session() as session:
        token = api_key_answer(sandbox, session).json()

    assert token["expires_in"] == 3600
    assert "refresh_token" not in token


def test_above_the_minute_limit_the_answer_is_plain_text(dinero: DineroCaller) -> None:
    dinero.sandbox.change_settings(calls_per_minute=3)

    statuses = [dinero.get("vatTypes").status_code for _ in range(4)]
    refused = dinero.get("vatTypes")

    assert statuses == [200, 200, 200, 429]
    assert refused.text.startswith("API calls quota exceeded!")
    assert refused.headers["Content-Type"].startswith("text/plain")
    assert "Retry-After" not in refused.headers


def test_a_minute_later_calls_are_answered_again(dinero: DineroCaller) -> None:
    dinero.sandbox.change_settings(calls_per_minute=1)
    dinero.get("vatTypes")
    dinero.sandbox.change_settings(clock_shift_seconds=61)

    assert dinero.get("vatTypes").status_code == 200


def test_the_limit_can_name_the_seconds_to_wait(dinero: DineroCaller) -> None:
    dinero.sandbox.change_settings(calls_per_minute=1, retry_after="seconds")
    dinero.get("vatTypes")

    assert 50 <= int(dinero.get("vatTypes").headers["Retry-After"]) <= 60


def test_the_limit_can_name_the_moment_to_wait_for(dinero: DineroCaller) -> None:
    dinero.sandbox.change_settings(calls_per_minute=1, retry_after="http_date")
    dinero.get("vatTypes")

    moment = parsedate_to_datetime(dinero.get("vatTypes").headers["Retry-After"])
    assert 50 <= (moment - dinero.sandbox.now()).total_seconds() <= 61


@pytest.mark.parametrize(
    ("method", "path", "version", "status"),
    [
        ("GET", "nothing/here", "v1", 404),
        ("GET", f"invoices/{GUID}/payments", "v1", 405),
        ("POST", "ledgeritems", "v1.1", 404),
        ("PUT", f"invoices/{GUID}", "v1", 405),
    ],
    ids=["never was", "list of payments", "ledger items", "change of an invoice"],
)
def test_a_path_that_is_none_or_no_more_is_answered_with_an_empty_body(
    dinero: DineroCaller, method: str, path: str, version: str, status: int
) -> None:
    answer = dinero.call(method, path, version=version)

    assert (answer.status_code, answer.content) == (status, b"")
    assert dinero.sandbox.complaints


@pytest.mark.parametrize(
    ("method", "path", "version"),
    [
        ("GET", "webhooks/events", "v1"),
        ("GET", f"invoices/{GUID}/reminders", "v1"),
        ("POST", f"invoices/{GUID}/reminders/1/book", "v1"),
        ("POST", f"invoices/{GUID}/reminders/email", "v1"),
        ("GET", f"invoices/{GUID}/email/template", "v2"),
        ("GET", f"invoices/{GUID}/email/pre-reminder/template", "v1"),
        ("GET", f"sales/creditnotes/{GUID}/email/template", "v1"),
        ("GET", f"state-of-account/{GUID}/pdf", "v1"),
        ("POST", f"sms/{GUID}/send-sms", "v1"),
        ("GET", "tradeoffers", "v1"),
        ("PUT", f"tradeoffers/{GUID}", "v1.2"),
    ],
)
def test_what_the_sandbox_does_not_play_is_said_so(
    dinero: DineroCaller, method: str, path: str, version: str
) -> None:
    answer = dinero.call(method, path, version=version)

    assert (answer.status_code, answer.json()["code"]) == (501, 50)
    assert "doesn't play" in answer.json()["message"]
    assert "doesn't play" in dinero.sandbox.complaints[0].message


@pytest.mark.parametrize("path", ["VatTypes", "AccountingYears", "Accounts/ENTRY"])
def test_a_path_in_another_letter_case_is_taken_with_a_complaint(
    dinero: DineroCaller, path: str
) -> None:
    assert dinero.get(path).status_code == 200
    assert "letter case" in dinero.sandbox.complaints[0].message


def test_the_letter_case_of_what_stands_in_a_path_is_kept(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()
    dinero.get(f"Invoices/{draft['Guid'].upper()}")

    assert dinero.sandbox.requests[-1].path.endswith(f"Invoices/{draft['Guid'].upper()}")
    assert dinero.sandbox.requests[-1].status == 200


def test_countries_have_two_letter_keys_and_danish_names(dinero: DineroCaller) -> None:
    answer = dinero.session.get(
        f"{dinero.sandbox.url}/dinero/v1/countries",
        headers={"Authorization": f"Bearer {dinero.token}", "Accept": "application/json"},
        timeout=TIMEOUT_SECONDS,
    )

    assert {"Key": "GL", "DanishName": "Grønland", "EnglishName": "Greenland"} in answer.json()
