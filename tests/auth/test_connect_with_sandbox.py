"""The whole connection over real HTTP, against the sandbox's authorisation servers."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from auth_helpers import ManualClock
from sandbox_consent import api_key_settings, free_redirect_uri, press, visma_settings

from dinero_sync.clock import SystemClock
from dinero_sync.dinero.auth import api_key, oauth
from dinero_sync.dinero.auth.loopback import listening
from dinero_sync.dinero.auth.tokens import AuthSettings, Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.sandbox.state import Sandbox

LOST_ANSWER = {
    "match": {"service": "visma", "method": "POST", "path": "*token"},
    "kind": "reset_after",
    "times": 1,
}


@pytest.fixture
def settings(sandbox: Sandbox) -> AuthSettings:
    redirect_uri = free_redirect_uri()
    sandbox.change_settings(redirect_uris=[redirect_uri], pkce_required=True)
    return visma_settings(sandbox.url, redirect_uri)


def consent_to(consent: oauth.Consent, settings: AuthSettings, button: str = "accept") -> str:
    """Press a button on the consent page, and return what the listener heard."""
    check = partial(oauth.check, consent)
    with listening(settings.redirect_uri, check) as listener:
        press(consent.url, button)
        return listener.answer(timeout_seconds=10)


def connected(settings: AuthSettings) -> Tokens:
    consent = oauth.begin(settings)
    return oauth.finish(settings, consent, consent_to(consent, settings), SystemClock())


def token_requests(sandbox: Sandbox) -> int:
    return sum(request.path.endswith("/token") for request in sandbox.requests)


def test_a_consent_gives_tokens_that_can_be_kept_and_renewed(
    settings: AuthSettings, sandbox: Sandbox, tmp_path: Path
) -> None:
    store = TokenFile(tmp_path)
    first = connected(settings)
    store.save(first)
    source = oauth.token_source(settings, store, SystemClock())

    used = source.access_token()
    renewed = source.renew(used)

    kept = store.read()
    assert used == first.access_token
    assert kept is not None
    assert (kept.access_token, kept.refresh_token != first.refresh_token) == (renewed, True)
    assert token_requests(sandbox) == 2
    assert sandbox.complaints == []


def test_a_copy_of_the_state_folder_never_renews(
    settings: AuthSettings, sandbox: Sandbox, tmp_path: Path
) -> None:
    home, copy = tmp_path / "state", tmp_path / "copy"
    first = connected(settings)
    TokenFile(home).save(first)
    shutil.copytree(home, copy)
    rehearsal = oauth.token_source(settings, TokenFile(copy, dry_run=True), SystemClock())

    assert rehearsal.access_token() == first.access_token, "which costs nobody anything"
    with pytest.raises(NotConnectedError, match=rf"is a copy: .*:{home}\."):
        rehearsal.renew(first.access_token)

    at_home = oauth.token_source(settings, TokenFile(home), SystemClock())
    assert at_home.renew(first.access_token) != first.access_token
    assert sandbox.complaints == []


def test_a_declined_consent_is_no_connection(settings: AuthSettings, sandbox: Sandbox) -> None:
    with pytest.raises(NotConnectedError, match="declined"):
        consent_to(oauth.begin(settings), settings, "decline")

    assert token_requests(sandbox) == 0


def test_the_answer_to_another_consent_is_refused(settings: AuthSettings, sandbox: Sandbox) -> None:
    ours, foreign = oauth.begin(settings), oauth.begin(settings)

    with listening(settings.redirect_uri, partial(oauth.check, ours)) as listener:
        page = press(foreign.url, "accept")

        with pytest.raises(NotConnectedError, match="another attempt"):
            listener.answer(timeout_seconds=10)
    assert page.status_code == 400
    assert token_requests(sandbox) == 0


def test_an_answer_is_good_for_one_exchange(settings: AuthSettings) -> None:
    consent = oauth.begin(settings)
    answer = consent_to(consent, settings)
    oauth.finish(settings, consent, answer, SystemClock())

    with pytest.raises(NotConnectedError, match="used before"):
        oauth.finish(settings, consent, answer, SystemClock())


def test_a_stolen_answer_is_worthless_without_the_verifier(settings: AuthSettings) -> None:
    consent = oauth.begin(settings)
    answer = consent_to(consent, settings)

    with pytest.raises(NotConnectedError):
        oauth.finish(settings, replace(consent, verifier="a" * 64), answer, SystemClock())


def test_a_wrong_client_secret_is_named(settings: AuthSettings) -> None:
    consent = oauth.begin(settings)
    answer = consent_to(consent, settings)
    wrong = replace(settings, client_secret="wrong")

    with pytest.raises(NotConnectedError, match=r"dinero\.auth\.client_secret"):
        oauth.finish(wrong, consent, answer, SystemClock())


def test_a_refresh_token_works_once(settings: AuthSettings) -> None:
    tokens = connected(settings)
    oauth.refresh(settings, tokens, ManualClock())

    with pytest.raises(NotConnectedError, match="dinero-sync connect"):
        oauth.refresh(settings, tokens, ManualClock())


def test_a_lost_answer_is_mended_within_the_grace_period(
    settings: AuthSettings, sandbox: Sandbox
) -> None:
    sandbox.change_settings(refresh_grace_seconds=60)
    tokens = connected(settings)
    sandbox.add_fault(LOST_ANSWER)

    renewed = oauth.refresh(settings, tokens, ManualClock())

    assert renewed.access_token != tokens.access_token


def test_a_lost_answer_without_a_grace_period_ends_the_connection(
    settings: AuthSettings, sandbox: Sandbox
) -> None:
    tokens = connected(settings)
    sandbox.add_fault(LOST_ANSWER)

    with pytest.raises(NotConnectedError, match="last renewal was lost"):
        oauth.refresh(settings, tokens, ManualClock())


def test_a_token_server_that_is_down_leaves_the_connection_for_the_next_run(
    settings: AuthSettings, sandbox: Sandbox
) -> None:
    tokens = connected(settings)
    sandbox.add_fault({**LOST_ANSWER, "kind": "status_before", "status": 503, "times": 2})

    with pytest.raises(TemporaryError):
        oauth.refresh(settings, tokens, ManualClock())

    assert oauth.refresh(settings, tokens, ManualClock()).access_token != tokens.access_token


def test_an_api_key_is_exchanged_once_for_many_runs(sandbox: Sandbox, tmp_path: Path) -> None:
    settings, store = api_key_settings(sandbox.url), TokenFile(tmp_path)

    first = api_key.token_source(settings, store, SystemClock()).access_token()
    second = api_key.token_source(settings, store, SystemClock()).access_token()

    assert first == second
    assert token_requests(sandbox) == 1


def test_a_wrong_api_key_is_refused_with_the_next_step(sandbox: Sandbox) -> None:
    wrong = replace(api_key_settings(sandbox.url), api_key="wrong")

    with pytest.raises(NotConnectedError, match="Se og opret API-nøgler"):
        api_key.exchange(wrong, SystemClock())
