"""Refusals in the shape that Dinero's clients recorded.

Codes: https://developer.dinero.dk/documentation/error-and-status/ and recorded answers.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal

from dinero_sync.sandbox.answers import json_answer

NOT_FOUND = 40
UNAUTHORISED = 41
VALIDATION = 42
LIMIT = 43
NO_LINES = 45
NO_ACCOUNTING_YEAR = 47
SERVER_ERROR = 50
NOT_SENT = 51
EAN_MISSING = 56
EAN_INVALID = 57
STALE = 58
NO_SUCH_DOCUMENT = 63
DELETED = 65
DUPLICATE = 72

DANISH: Mapping[int, Mapping[str, str]] = {
    DELETED: {"message": "Da objektet er blevet slettet, kan du ikke rette i det."},
}
"""What Dinero says in Danish besides, by code and property."""


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
        problems = problems or {}
        body = {
            "code": code,
            "message": message,
            "validationErrors": dict(problems),
            "languageSpecificMessages": [
                {"property": name, "message": text}
                for name, text in (*DANISH.get(code, {}).items(), *problems.items())
            ],
            "errorMessageList": [
                {"Code": reason or name, "Message": text} for name, text in problems.items()
            ],
        }
        self.answer = json_answer(body, status)


def invalid(name: str, text: str) -> Refusal:
    """Refuse because of one property."""
    return unfit({name: text})


def is_required(name: str) -> str:
    """Say that a property is missing, in the words that a client recorded."""
    return f"The {name} field is required."


def unfit(problems: Mapping[str, str]) -> Refusal:
    """Refuse because of some properties, each with what is wrong with it."""
    return Refusal("Validation Error", problems=problems)


def stale() -> Refusal:
    """Refuse because the document changed since the client read it."""
    return Refusal("The timestamp is outdated.", code=STALE)


def no_such_document() -> Refusal:
    """Refuse because no invoice or credit note has the guid; Dinero answers 400, not 404."""
    return Refusal("No results found.", code=NO_SUCH_DOCUMENT)


def deleted(kind: Literal["Contact", "Invoice"]) -> Refusal:
    """Refuse because the contact or draft was deleted, in the words that a client recorded."""
    return Refusal(
        "Item is deleted",
        code=DELETED,
        problems={"message": f"Invalid {kind}Guid, the {kind.lower()} is deleted."},
    )


def duplicate() -> Refusal:
    """Refuse because a document with the client's guid exists already (409)."""
    return Refusal("Duplicated entity", code=DUPLICATE, status=HTTPStatus.CONFLICT)
