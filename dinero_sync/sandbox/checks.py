"""Reads a request to Dinero as Dinero does, and notes what the real service drops in silence.

Dinero ignores properties and query parameters that it doesn't know: a misspelt name costs an
amount, not an error. Here each such thing is a complaint, so that a test can ask for none.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from jsonschema.exceptions import ValidationError

from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.openapi import Operation, Schema

AMOUNTS = frozenset({"BaseAmountValue", "Amount", "AmountInForeignCurrency"})
ORE = Decimal("0.01")


@dataclass(slots=True)
class Reading:
    """A body as Dinero understands it, and everything that is wrong with it."""

    body: JsonValue = field(default_factory=dict)
    """An object or, where the operation takes several items, a list."""
    problems: dict[str, str] = field(default_factory=dict)
    """Property to text, as in ``validationErrors``; not empty means that Dinero refuses."""
    complaints: list[str] = field(default_factory=list)
    is_json: bool = True


def read_body(operation: Operation, raw: bytes, content_type: str) -> Reading:
    """Parse and check the body of a request against the operation's schema."""
    if operation.body is None or operation.validator is None:
        return Reading(complaints=["This operation takes no body."] if raw else [])
    if not raw and not operation.body_required:
        return Reading()
    reading = Reading()
    parsed = _parsed(raw, content_type, reading)
    if reading.is_json:
        cleaned = _clean(parsed, operation.body, "", reading.complaints)
        reading.problems = {
            _place(error): error.message for error in operation.validator.iter_errors(cleaned)
        }
        reading.problems.update(_outside_lists(cleaned, operation.body, ""))
        reading.body = cleaned if isinstance(cleaned, (dict, list)) else {}
    reading.complaints += [f"{name or 'body'}: {text}" for name, text in reading.problems.items()]
    return reading


def query_complaints(operation: Operation, query: Mapping[str, str]) -> Iterator[str]:
    """Name the query parameters and ``fields`` that the operation doesn't have."""
    for name in query:
        if name not in operation.query:
            yield f"The query parameter {name} is unknown here and was ignored."
    for name in _asked_fields(query):
        if name.lower() not in operation.fields:
            yield f"fields: there is no {name}; it is left out of the answer."


def header_complaints(accept: str) -> Iterator[str]:
    """Say what the headers of a request to Dinero lack."""
    if "application/json" not in accept and "application/octet-stream" not in accept:
        yield "The header Accept: application/json is missing."


def _asked_fields(query: Mapping[str, str]) -> list[str]:
    asked = query.get("fields", "")
    return [name.strip() for name in asked.split(",")] if asked else []


def _parsed(raw: bytes, content_type: str, reading: Reading) -> JsonValue:
    if content_type.partition(";")[0].strip().lower() != "application/json":
        reading.complaints.append("The header Content-Type: application/json is missing.")
    else:
        try:
            return json.loads(raw, parse_float=Decimal)
        except ValueError:
            reading.complaints.append("The body isn't JSON.")
    reading.is_json = False
    return None


def _clean(value: JsonValue, schema: Schema, place: str, complaints: list[str]) -> JsonValue:
    if isinstance(value, list):
        items = schema.get("items", {})
        return [
            _clean(item, items, f"{place}[{index}]", complaints) for index, item in enumerate(value)
        ]
    if not isinstance(value, dict) or "properties" not in schema:
        return value
    known = schema["properties"]
    complaints += [
        f"{_join(place, name)}: there is no such property, it was dropped."
        for name in value
        if name not in known
    ]
    return {
        name: _amount(name, _clean(item, known[name], _join(place, name), complaints), complaints)
        for name, item in value.items()
        if name in known
    }


def _amount(name: str, value: JsonValue, complaints: list[str]) -> JsonValue:
    if name not in AMOUNTS or not isinstance(value, Decimal):
        return value
    rounded = value.quantize(ORE, ROUND_HALF_UP)
    if rounded != value:
        complaints.append(f"{name} has more than two decimals and was rounded.")
    return rounded


def _outside_lists(value: JsonValue, schema: Schema, place: str) -> Iterator[tuple[str, str]]:
    # Lists of allowed values that the official document gives in prose only.
    allowed = schema.get("x-enum")
    if allowed and value is not None and value not in allowed:
        yield place, f"must be one of {', '.join(allowed)}"
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _outside_lists(item, schema.get("items", {}), f"{place}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            known = schema.get("properties", {}).get(name, {})
            yield from _outside_lists(item, known, _join(place, name))


def _place(error: ValidationError) -> str:
    place = ""
    for step in error.absolute_path:
        place = f"{place}[{step}]" if isinstance(step, int) else _join(place, step)
    if error.validator == "required":
        required = cast("list[str]", error.validator_value)
        given = cast("Json", error.instance)
        missing = [name for name in required if name not in given]
        return ", ".join(_join(place, name) for name in missing)
    return place


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
