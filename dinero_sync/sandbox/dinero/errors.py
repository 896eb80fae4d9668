"""Refusals in the shape that Dinero's clients recorded.

Codes: https://developer.dinero.dk/documentation/error-and-status/ and recorded answers.
"""

from collections.abc import Mapping
from http import HTTPStatus

from dinero_sync.sandbox.answers import Answer, json_answer

NOT_FOUND = 40
UNAUTHORISED = 41
VALIDATION = 42
LIMIT = 43
NO_LINES = 45
NO_ACCOUNTING_YEAR = 47
NOT_SENT = 51
EAN_MISSING = 56
EAN_INVALID = 57
STALE = 58
NO_SUCH_DOCUMENT = 63
DELETED = 65
DUPLICATE = 72


class Refusal(Exception):  # noqa: N818 - an answer to the client, no error of the sandbox
    """Dinero says no: raised by an operation, sent to the client."""

    def __init__(
        self,
        message: str,
        *,
        code: int = VALIDATION,
        status: int = HTTPStatus.BAD_REQUEST,
        problems: Mapping[str, str] | None = None,
        reason: str | None = None,
    ) -> None:
        """Refuse with ``message``; ``reason`` is a code in words such as ``guidMustBeUnique``."""
        super().__init__(message)
        self.answer = _error_answer(message, code, status, problems or {}, reason)


def _error_answer(
    message: str, code: int, status: int, problems: Mapping[str, str], reason: str | None
) -> Answer:
    body = {
        "code": code,
        "message": message,
        "validationErrors": dict(problems),
        "languageSpecificMessages": [
            {"property": name, "message": text} for name, text in problems.items()
        ],
        "errorMessageList": [{"Code": reason, "Message": message}] if reason else [],
    }
    return json_answer(body, status)


def invalid(name: str, text: str) -> Refusal:
    """Refuse because of one property."""
    return Refusal("Validation error", problems={name: text})


def stale() -> Refusal:
    """Refuse because the document changed since the client read it."""
    return Refusal("The timestamp is outdated.", code=STALE)


def no_such_document() -> Refusal:
    """Refuse because no invoice or credit note has the guid; Dinero answers 400, not 404."""
    return Refusal("No results found.", code=NO_SUCH_DOCUMENT)


def deleted() -> Refusal:
    """Refuse because the contact or draft was deleted."""
    return Refusal("The item is deleted.", code=DELETED)


def duplicate() -> Refusal:
    """Refuse because a document with the client's guid exists already (409)."""
    return Refusal("Duplicated entity", code=DUPLICATE, status=HTTPStatus.CONFLICT)
