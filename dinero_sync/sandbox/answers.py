"""An answer on its way to the client, before any fault has its turn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""Anything that JSON can say."""
Json: TypeAlias = dict[str, JsonValue]
"""A JSON object."""

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and headers of one answer."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(value: object, status: int = 200) -> Answer:
    """Answer with JSON; amounts leave as numbers."""
    return Answer(status, json_text(value).encode())


def text_answer(text: str, status: int) -> Answer:
    """Answer with plain text, as both vendors do at times where JSON is expected."""
    return Answer(status, text.encode(), TEXT)


def html_answer(text: str, status: int = 200) -> Answer:
    """Answer with a page."""
    return Answer(status, text.encode(), HTML)


def json_text(value: object) -> str:
    """Write ``value`` as JSON, Decimal as a number."""
    return json.dumps(value, ensure_ascii=False, default=_number)


def _number(value: object) -> float:
    # Only here, on the way out: the shortest text of a float is the amount itself for every sum
    # below 10 to the 13th kroner.
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
