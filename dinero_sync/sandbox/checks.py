"""Reads a request to Dinero as Dinero does, and notes what the real service takes in silence.

Dinero ignores properties and query parameters that it doesn't know: a misspelt name costs an
amount, not an error. And it takes what its document doesn't allow, as clients that run against it
show: names in any letter case, numbers as text, and nothing at all for true, false or a number.
Here each such thing is a complaint, so that a test can ask for none.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.dinero.errors import is_required
from dinero_sync.sandbox.openapi import Operation, Schema

AMOUNTS = frozenset({"BaseAmountValue", "Amount", "AmountInForeignCurrency"})
ORE = Decimal("0.01")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
VALUES_OF_ABSENT: Mapping[str, JsonValue] = {"boolean": False, "integer": 0, "number": 0}
"""What a required property is where it's absent; texts and lists have no such value."""


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
        body = _understood(parsed, operation.body, "", reading.complaints)
        reading.problems = dict(_misfits(operation.validator, body))
        reading.problems.update(_outside_lists(body, operation.body, ""))
        reading.body = body if isinstance(body, (dict, list)) else {}
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


def _understood(value: JsonValue, schema: Schema, place: str, complaints: list[str]) -> JsonValue:
    """Return the value under the API's own names and in its own forms."""
    if isinstance(value, list):
        items = schema.get("items", {})
        return [
            _understood(item, items, f"{place}[{index}]", complaints)
            for index, item in enumerate(value)
        ]
    if isinstance(value, dict):
        if "properties" not in schema:
            return value
        named = _named(value, schema["properties"], place, complaints)
        return {
            name: _amount(
                name,
                _understood(item, schema["properties"][name], _join(place, name), complaints),
                complaints,
            )
            for name, item in (named | _absent(named, schema, place, complaints)).items()
        }
    if isinstance(value, str):
        return _from_text(value, schema, place, complaints)
    return value


def _named(value: Json, properties: Json, place: str, complaints: list[str]) -> Json:
    """Give each property the API's own spelling, and drop those that it doesn't have."""
    spelled = {name.lower(): name for name in properties}
    named = {}
    for given, item in value.items():
        name = spelled.get(given.lower())
        if name is None:
            complaints.append(f"{_join(place, given)}: there is no such property, it was dropped.")
            continue
        if name != given:
            complaints.append(f"{_join(place, given)}: the API spells it {name}; it was taken.")
        named[name] = item
    return named


def _absent(named: Json, schema: Schema, place: str, complaints: list[str]) -> Json:
    """Return the values of required properties that are absent and may be."""
    absent = {}
    for name in schema.get("required", []):
        kind = schema["properties"].get(name, {}).get("type")
        if name not in named and isinstance(kind, str) and kind in VALUES_OF_ABSENT:
            absent[name] = VALUES_OF_ABSENT[kind]
            complaints.append(
                f"{_join(place, name)}: is absent; it counts as {json.dumps(absent[name])}."
            )
    return absent


def _from_text(value: str, schema: Schema, place: str, complaints: list[str]) -> JsonValue:
    """Read a text where a number, or one of a list of words, is meant."""
    allowed: list[str] = schema.get("x-enum", [])
    if not value and allowed and "null" in _types(schema):
        complaints.append(f"{place}: is empty; it counts as left out.")
        return None
    understood: JsonValue = value
    if not _types(schema).isdisjoint({"integer", "number"}):
        understood = _number(value)
    elif value not in allowed:
        words = {word.lower(): word for word in allowed}
        understood = words.get(value.lower(), value)
    if understood != value:
        complaints.append(
            f"{place}: the API has a number, or another letter case, here; it was taken."
        )
    return understood


def _types(schema: Schema) -> set[str]:
    found = schema.get("type", [])
    return {found} if isinstance(found, str) else set(found)


def _number(text: str) -> JsonValue:
    """Read a number from a text; a text that is none is returned as it is."""
    if not NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)


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


def _misfits(validator: Validator, body: JsonValue) -> Iterator[tuple[str, str]]:
    """Name each property that doesn't fit the schema, and say why."""
    for error in validator.iter_errors(body):
        place = _place(error)
        if error.validator == "required":
            for name in cast("list[str]", error.validator_value):
                if name not in cast("Json", error.instance):
                    yield _join(place, name), is_required(name)
        elif error.instance in (None, "") and error.validator in {"type", "minLength", "pattern"}:
            yield place, is_required(place.rpartition(".")[2])
        else:
            yield place, error.message


def _place(error: ValidationError) -> str:
    place = ""
    for step in error.absolute_path:
        place = f"{place}[{step}]" if isinstance(step, int) else _join(place, step)
    return place


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
