"""Visma Connect: consent, PKCE, codes that work once, refresh tokens that work once."""

import hashlib
import re
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.token import revoke_all_consents

VERIFIER = "v" * 64
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CALLBACK = "http://localhost:8765/callback"


def consent_request(**changes: str) -> dict[str, str]:
    return {
        "client_id": credentials.VISMA_CLIENT_ID,
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "dineropublicapi:read dineropublicapi:write offline_access",
        "state": "the client's own",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }


def ask(sandbox: Sandbox, parameters: dict[str, str]) -> requests.Response:
    return requests.get(
        f"{sandbox.url}/visma/connect/authorize",
        params=parameters,
        allow_redirects=False,
        timeout=TIMEOUT_SECONDS,
    )


def decide(
    sandbox: Sandbox, decision: str = "accept", parameters: dict[str, str] | None = None
) -> requests.Response:
    return requests.post(
        f"{sandbox.url}/visma/connect/consent",
        data={**(parameters or consent_request()), "decision": decision},
        allow_redirects=False,
        timeout=TIMEOUT_SECONDS,
    )


def sent_back(answer: requests.Response) -> dict[str, str]:
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def token(sandbox: Sandbox, **form: str) -> requests.Response:
    return requests.post(
        f"{sandbox.url}/visma/connect/token",
        data={
            "client_id": credentials.VISMA_CLIENT_ID,
            "client_secret": credentials.VISMA_CLIENT_SECRET,
            **form,
        },
        timeout=TIMEOUT_SECONDS,
    )


def exchange(sandbox: Sandbox, code: str, **changes: str) -> requests.Response:
    form = {"redirect_uri": CALLBACK, "code_verifier": VERIFIER, **changes}
    return token(sandbox, grant_type="authorization_code", code=code, **form)


def refresh(sandbox: Sandbox, refresh_token: str) -> requests.Response:
    return token(sandbox, grant_type="refresh_token", refresh_token=refresh_token)


def connected(sandbox: Sandbox) -> Json:
    answer = exchange(sandbox, sent_back(decide(sandbox))["code"])
    tokens: Json = answer.json()
    return tokens


def works(sandbox: Sandbox, access_token: str) -> bool:
    caller = DineroCaller(sandbox, access_token)
    with caller.session:
        return caller.get("vatTypes").status_code == 200


def test_the_consent_page_names_the_company_and_has_both_buttons(sandbox: Sandbox) -> None:
    page = ask(sandbox, consent_request(state='"><script>')).text

    assert "Ler og Lærred ApS" in page
    assert re.findall(r'<button id="(\w+)"', page) == ["accept", "decline"]
    assert "<script>" not in page


def test_accepting_sends_a_code_and_the_state_back(sandbox: Sandbox) -> None:
    answer = decide(sandbox)

    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    assert set(sent_back(answer)) == {"code", "state"}
    assert sent_back(answer)["state"] == "the client's own"


def test_declining_sends_access_denied_back(sandbox: Sandbox) -> None:
    answer = sent_back(decide(sandbox, "decline"))

    assert answer == {"error": "access_denied", "state": "the client's own"}


def test_the_answer_can_come_as_a_form(sandbox: Sandbox) -> None:
    page = decide(sandbox, parameters=consent_request(response_mode="form_post")).text

    assert f'action="{CALLBACK}"' in page
    assert 'name="code"' in page
    assert "document.forms[0].submit()" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": f"{CALLBACK}/"},
        {"redirect_uri": "https://evil.example"},
        {"client_id": "x"},
    ],
    ids=str,
)
def test_an_unregistered_client_or_address_is_never_sent_anything(
    sandbox: Sandbox, changes: dict[str, str]
) -> None:
    answer = ask(sandbox, consent_request(**changes))

    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "dineropublicapi:everything"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
    ],
    ids=str,
)
def test_a_request_that_cannot_be_goes_back_with_an_error(
    sandbox: Sandbox, changes: dict[str, str], error: str
) -> None:
    assert sent_back(ask(sandbox, consent_request(**changes)))["error"] == error


def test_pkce_can_be_required(sandbox: Sandbox) -> None:
    sandbox.change_settings(pkce_required=True)
    parameters = consent_request()
    del parameters["code_challenge"]

    assert sent_back(ask(sandbox, parameters))["error"] == "invalid_request"


def test_a_missing_state_is_complained_of(sandbox: Sandbox) -> None:
    ask(sandbox, consent_request(state=""))

    assert "state is missing" in sandbox.complaints[0].message


def test_a_code_gives_tokens_for_an_hour(sandbox: Sandbox) -> None:
    tokens = connected(sandbox)

    assert tokens["expires_in"] == 3600
    assert works(sandbox, tokens["access_token"])


@pytest.mark.parametrize(
    "changes", [{"code_verifier": "w" * 64}, {"redirect_uri": f"{CALLBACK}/"}], ids=str
)
def test_a_code_is_worth_nothing_without_its_verifier_and_address(
    sandbox: Sandbox, changes: dict[str, str]
) -> None:
    code = sent_back(decide(sandbox))["code"]

    answer = exchange(sandbox, code, **changes)

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_a_code_expires_after_five_minutes(sandbox: Sandbox) -> None:
    code = sent_back(decide(sandbox))["code"]
    sandbox.change_settings(clock_shift_seconds=301)

    assert exchange(sandbox, code).json() == {"error": "invalid_grant"}


def test_a_replayed_code_is_refused_and_revokes_what_it_gave(sandbox: Sandbox) -> None:
    code = sent_back(decide(sandbox))["code"]
    tokens = exchange(sandbox, code).json()

    assert exchange(sandbox, code).json() == {"error": "invalid_grant"}
    assert not works(sandbox, tokens["access_token"])
    assert refresh(sandbox, tokens["refresh_token"]).json() == {"error": "invalid_grant"}


def test_the_secret_belongs_into_the_form(sandbox: Sandbox) -> None:
    answer = requests.post(
        f"{sandbox.url}/visma/connect/token",
        auth=(credentials.VISMA_CLIENT_ID, credentials.VISMA_CLIENT_SECRET),
        data={"grant_type": "refresh_token"},
        timeout=TIMEOUT_SECONDS,
    )

    assert answer.json() == {"error": "invalid_client"}


def test_each_refresh_gives_a_new_token_and_ends_the_old(sandbox: Sandbox) -> None:
    old = connected(sandbox)["refresh_token"]

    new = refresh(sandbox, old).json()

    assert new["refresh_token"] != old
    assert refresh(sandbox, old).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(("revokes", "still_works"), [(True, False), (False, True)])
def test_a_second_use_can_end_the_whole_consent(
    sandbox: Sandbox, *, revokes: bool, still_works: bool
) -> None:
    sandbox.change_settings(refresh_reuse_revokes=revokes)
    old = connected(sandbox)["refresh_token"]
    new = refresh(sandbox, old).json()

    refresh(sandbox, old)

    assert works(sandbox, new["access_token"]) is still_works
    assert (refresh(sandbox, new["refresh_token"]).status_code == 200) is still_works


def test_the_old_token_works_within_the_grace_period(sandbox: Sandbox) -> None:
    sandbox.change_settings(refresh_grace_seconds=30)
    old = connected(sandbox)["refresh_token"]
    refresh(sandbox, old)

    within = refresh(sandbox, old).status_code
    sandbox.change_settings(clock_shift_seconds=31)

    assert (within, refresh(sandbox, old).status_code) == (200, 400)


def test_refresh_tokens_can_be_reusable(sandbox: Sandbox) -> None:
    sandbox.change_settings(one_time_refresh_tokens=False)
    kept = connected(sandbox)["refresh_token"]

    assert [refresh(sandbox, kept).json()["refresh_token"] for _ in range(2)] == [kept, kept]


def test_without_offline_access_there_is_no_refresh_token(sandbox: Sandbox) -> None:
    parameters = consent_request(scope="dineropublicapi:read")
    code = sent_back(decide(sandbox, parameters=parameters))["code"]

    assert "refresh_token" not in exchange(sandbox, code).json()


def test_a_revoked_consent_ends_all_its_tokens(sandbox: Sandbox) -> None:
    tokens = connected(sandbox)

    revoke_all_consents(sandbox)

    assert not works(sandbox, tokens["access_token"])
    assert refresh(sandbox, tokens["refresh_token"]).status_code == 400


def test_no_secret_is_kept_in_the_log(sandbox: Sandbox) -> None:
    tokens = connected(sandbox)
    refresh(sandbox, tokens["refresh_token"])

    bodies = [record.body for record in sandbox.requests if record.path.endswith("/token")]
    assert bodies == [
        {
            "grant_type": "authorization_code",
            "redirect_uri": CALLBACK,
            "client_id": credentials.VISMA_CLIENT_ID,
        },
        {"grant_type": "refresh_token", "client_id": credentials.VISMA_CLIENT_ID},
    ]
