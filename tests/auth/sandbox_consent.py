"""What the tests of a whole connection share: settings for the sandbox, and a consent in HTML."""

import socket
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.sandbox import credentials

TIMEOUT_SECONDS = 20


def free_redirect_uri() -> str:
    """Return an address on this machine whose port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://localhost:{probe.getsockname()[1]}/callback"


def visma_settings(sandbox_url: str, redirect_uri: str) -> AuthSettings:
    """Return the settings of the sandbox's application at Visma Connect."""
    return AuthSettings(
        client_id=credentials.VISMA_CLIENT_ID,
        client_secret=credentials.VISMA_CLIENT_SECRET,
        authorize_url=f"{sandbox_url}/visma/connect/authorize",
        token_url=f"{sandbox_url}/visma/connect/token",
        redirect_uri=redirect_uri,
        timeout_seconds=TIMEOUT_SECONDS,
    )


def api_key_settings(sandbox_url: str) -> AuthSettings:
    """Return the settings of the sandbox's personal integration."""
    return AuthSettings(
        client_id=credentials.API_KEY_CLIENT_ID,
        client_secret=credentials.API_KEY_CLIENT_SECRET,
        token_url=f"{sandbox_url}/authz/dineroapi/oauth/token",
        api_key=credentials.API_KEY,
        timeout_seconds=TIMEOUT_SECONDS,
    )


class _Form(HTMLParser):
    """Reads the form that a button belongs to: where it goes, and with what."""

    def __init__(self, button_id: str) -> None:
        super().__init__()
        self._button_id = button_id
        self._fields: dict[str, str] = {}
        self._form: dict[str, str] = {}
        self.found: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form, self._fields = attributes, {}
        pressed = attributes.get("id") == self._button_id
        hidden = tag == "input" and attributes.get("type") == "hidden"
        if (pressed or hidden) and "name" in attributes:
            self._fields[attributes["name"]] = attributes.get("value", "")
        if pressed:
            assert self._form.get("method") == "post"
            self.found = (self._form.get("action", ""), self._fields)


def press(url: str, button_id: str) -> requests.Response:
    """Open the page at ``url`` and press a button of its form, following it to the end."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(url, timeout=TIMEOUT_SECONDS)
        page.raise_for_status()
        form = _Form(button_id)
        form.feed(page.text)
        assert form.found is not None
        action, fields = form.found
        return browser.post(urljoin(page.url, action), data=fields, timeout=TIMEOUT_SECONDS)
