"""The way into the sandbox's Dinero by its API key, for whoever acts beside the program."""

import requests

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.state import Sandbox

PATIENCE_SECONDS = 60.0


def api_key_answer(sandbox: Sandbox, session: requests.Session) -> requests.Response:
    """Exchange the API key for an access token, which is in the answer."""
    return session.post(
        f"{sandbox.url}/authz/dineroapi/oauth/token",
        auth=(credentials.API_KEY_CLIENT_ID, credentials.API_KEY_CLIENT_SECRET),
        data={
            "grant_type": "password",
            "scope": "read write",
            "username": credentials.API_KEY,
            "password": credentials.API_KEY,
        },
        timeout=PATIENCE_SECONDS,
    )


def api_key_token(sandbox: Sandbox, session: requests.Session) -> str:
    """Return an access token."""
    return str(api_key_answer(sandbox, session).json()["access_token"])
