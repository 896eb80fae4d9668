"""The operations of Dinero's API, read once from ``dinero-openapi.json`` and compiled."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator

from dinero_sync.sandbox.answers import Json, JsonValue

Schema: TypeAlias = Json

METHODS = ("get", "post", "put", "patch", "delete")
NOTES = ("description", "example", "default")
FORMATS = FormatChecker(["uuid"])


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    """With the parameters in braces, like ``/v1/{organizationId}/invoices/{guid}``."""
    query: frozenset[str]
    fields: Mapping[str, str]
    """What ``fields`` may name: the name in lower case, and as the API spells it."""
    default_fields: str
    body: Schema | None
    """The body's schema with every reference filled in; None when there is no body."""
    body_required: bool
    validator: Validator | None
    answer: Schema | None


@cache
def document() -> Schema:
    """Return the OpenAPI file as it is shipped."""
    text = files(__package__).joinpath("dinero-openapi.json").read_text(encoding="utf-8")
    parsed: Schema = json.loads(text)
    return parsed


@cache
def operations() -> Mapping[str, Operation]:
    """Return every operation of the file by its id."""
    found = (
        _operation(path, method, item[method])
        for path, item in document()["paths"].items()
        for method in METHODS
        if method in item
    )
    return {operation.id: operation for operation in found}


def plain_schema(node: JsonValue) -> JsonValue:
    """Turn a schema of OpenAPI 3.0 into JSON Schema: references filled in, ``nullable`` as a type.

    JSON Schema doesn't know ``nullable`` (https://spec.openapis.org/oas/v3.0.3#schema-object).
    """
    if isinstance(node, list):
        return [plain_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return plain_schema(_referenced(node["$ref"]))
    plain = {
        key: _plain_properties(value) if key == "properties" else plain_schema(value)
        for key, value in node.items()
        if key not in NOTES
    }
    return _with_null(plain) if plain.pop("nullable", False) else plain


def _plain_properties(node: Json) -> Json:
    return {name: plain_schema(schema) for name, schema in node.items()}


def _with_null(plain: Schema) -> Schema:
    if isinstance(plain.get("type"), str) and "enum" not in plain:
        return {**plain, "type": [plain["type"], "null"]}
    return {"anyOf": [plain, {"type": "null"}]}


def _referenced(reference: str) -> Schema:
    node: JsonValue = document()
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    found: Schema = node
    return found


def _operation(path: str, method: str, node: Schema) -> Operation:
    parameters = {item["name"]: item for item in node.get("parameters", [])}
    body = _json_schema(node.get("requestBody", {}))
    answer = _json_schema(_success(node))
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        query=frozenset(name for name, item in parameters.items() if item["in"] == "query"),
        fields=_item_fields(answer) if "fields" in parameters else {},
        default_fields=parameters.get("fields", {}).get("schema", {}).get("default", ""),
        body=body,
        body_required=node.get("requestBody", {}).get("required", False),
        validator=Draft202012Validator(body, format_checker=FORMATS) if body else None,
        answer=answer,
    )


def _success(node: Schema) -> Schema:
    found: Schema = node.get("responses", {}).get("200", {})
    return found


def _json_schema(node: Schema) -> Schema | None:
    schema = node.get("content", {}).get("application/json", {}).get("schema")
    return plain_schema(schema) if schema else None


def _item_fields(answer: Schema | None) -> dict[str, str]:
    """Return the properties of the items that a list answers with."""
    if answer is None:
        return {}
    collection = answer.get("properties", {}).get("Collection", answer)
    names = collection.get("items", {}).get("properties", {})
    return {name.lower(): name for name in names}


def usual_spelling(path: str) -> str:
    """Spell a path of the API as its document does; one that is none stays as it is.

    Dinero takes paths in any letter case. Only the steps with a name of their own are spelled anew.
    """
    for pattern, spelling in _patterns():
        match = pattern.fullmatch(path)
        if match:
            return spelling.format(**match.groupdict())
    return path


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return every path with the pattern of it in any letter case.

    Those with fewer parameters come first, as ``fetch`` before ``{guid}``.
    """
    paths = sorted(document()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(_with_groups(path), re.IGNORECASE), path) for path in paths]


def _with_groups(path: str) -> str:
    """Write a path as a pattern whose groups are its parameters."""
    steps = (
        f"(?P<{step[1:-1]}>[^/]+)" if step.startswith("{") else re.escape(step)
        for step in path.split("/")
    )
    return "/".join(steps)


def flask_rule(path: str) -> str:
    """Spell a path's parameters as Flask does: ``<guid>`` for ``{guid}``."""
    return re.sub(r"\{(\w+)\}", r"<\1>", path)
