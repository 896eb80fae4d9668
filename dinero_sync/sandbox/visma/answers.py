"""Answers of OAuth token endpoints (RFC 6749 § 5)."""

from http import HTTPStatus

from dinero_sync.sandbox.answers import JSON, Answer, Json, json_text

NO_STORE = {"Cache-Control": "no-store"}


class GrantRefusal(Exception):  # noqa: N818 - an answer to the client, no error of the sandbox
    """The token endpoint says no, with a code such as ``invalid_grant``."""

    def __init__(self, error: str) -> None:
        """Refuse with the OAuth error code ``error``."""
        super().__init__(error)
        self.answer = _answer({"error": error}, HTTPStatus.BAD_REQUEST)


def token_answer(access_token: str, seconds: int, scope: str, refresh_token: str | None) -> Answer:
    """Answer with an access token, and with a refresh token when there is one."""
    body = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": seconds,
        "scope": scope,
    }
    return _answer(body | ({"refresh_token": refresh_token} if refresh_token else {}))


def _answer(body: Json, status: int = HTTPStatus.OK) -> Answer:
    return Answer(status, json_text(body).encode(), JSON, NO_STORE)
