"""A real browser gives consent at the sandbox and comes back to the listener."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

import pytest
from browsers import a_browser, needs_browser
from sandbox_consent import free_redirect_uri, visma_settings
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dinero_sync.clock import SystemClock
from dinero_sync.dinero.auth import oauth
from dinero_sync.dinero.auth.loopback import Listener, listening
from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.sandbox import running_sandbox

WAIT_SECONDS = 20

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with a_browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module")
def settings() -> Iterator[AuthSettings]:
    redirect_uri = free_redirect_uri()
    with running_sandbox(orders="none", redirect_uris=(redirect_uri,)) as sandbox:
        yield visma_settings(sandbox.url, redirect_uri)


@pytest.fixture
def consent(settings: AuthSettings) -> oauth.Consent:
    return oauth.begin(settings)


@pytest.fixture
def listener(settings: AuthSettings, consent: oauth.Consent) -> Iterator[Listener]:
    with listening(settings.redirect_uri, partial(oauth.check, consent)) as opened:
        yield opened


def press(browser: Chrome, url: str, button: str, settings: AuthSettings) -> str:
    """Press a button on the consent page, and return what the page after it says."""
    browser.get(url)
    browser.find_element(By.ID, button).click()
    WebDriverWait(browser, WAIT_SECONDS).until(
        lambda shown: shown.current_url.startswith(settings.redirect_uri)
    )
    return browser.find_element(By.TAG_NAME, "main").text


def test_consent_ends_with_tokens_and_a_page_that_says_so(
    browser: Chrome, settings: AuthSettings, consent: oauth.Consent, listener: Listener
) -> None:
    page = press(browser, consent.url, "accept", settings)
    tokens = oauth.finish(settings, consent, listener.answer(WAIT_SECONDS), SystemClock())

    assert "I kan lukke dette vindue" in page
    assert "You can close this window" in page
    assert tokens.refresh_token


def test_a_page_after_the_consent_names_its_language_and_fits_a_telephone(
    browser: Chrome, settings: AuthSettings, consent: oauth.Consent, listener: Listener
) -> None:
    press(browser, consent.url, "accept", settings)
    listener.answer(WAIT_SECONDS)

    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "da"
    assert len(browser.find_elements(By.CSS_SELECTOR, "section[lang=en]")) == 1
    assert len(browser.find_elements(By.TAG_NAME, "h1")) == 1
    assert len(browser.find_elements(By.CSS_SELECTOR, "meta[name=viewport]")) == 1


def test_a_declined_consent_shows_an_error_page(
    browser: Chrome, settings: AuthSettings, consent: oauth.Consent, listener: Listener
) -> None:
    page = press(browser, consent.url, "decline", settings)

    assert "Der blev ikke oprettet forbindelse" in page
    with pytest.raises(NotConnectedError, match="declined"):
        listener.answer(WAIT_SECONDS)


@pytest.mark.usefixtures("consent")
def test_an_answer_with_another_state_shows_an_error_page_and_is_not_used(
    browser: Chrome, settings: AuthSettings, listener: Listener
) -> None:
    page = press(browser, oauth.begin(settings).url, "accept", settings)

    assert "No connection was made" in page
    with pytest.raises(NotConnectedError, match="another attempt"):
        listener.answer(WAIT_SECONDS)


def test_a_forged_answer_is_never_repeated_on_the_page(
    browser: Chrome, settings: AuthSettings, listener: Listener
) -> None:
    forged = urlencode({"code": "<b id=forged>", "state": "<b id=forged>"})
    browser.get(f"{settings.redirect_uri}?{forged}")

    assert browser.find_elements(By.ID, "forged") == []
    assert "forged" not in browser.find_element(By.TAG_NAME, "body").text
    with pytest.raises(NotConnectedError, match="another attempt"):
        listener.answer(WAIT_SECONDS)


def test_an_answer_that_is_loaded_again_later_is_refused(
    browser: Chrome, settings: AuthSettings, consent: oauth.Consent
) -> None:
    check = partial(oauth.check, consent)
    with listening(settings.redirect_uri, check) as first:
        press(browser, consent.url, "accept", settings)
        oauth.finish(settings, consent, first.answer(WAIT_SECONDS), SystemClock())
    with listening(settings.redirect_uri, check) as second:
        browser.refresh()
        replayed = second.answer(WAIT_SECONDS)

    with pytest.raises(NotConnectedError, match="used before"):
        oauth.finish(settings, consent, replayed, SystemClock())
