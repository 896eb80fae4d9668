"""From pydantic's errors to sentences: what is wrong, where, and what to write instead."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dinero_sync.config.model import Config
from dinero_sync.config.references import Resolved
from dinero_sync.config.services import FIELD_NAMES
from dinero_sync.config.values import OWN_MESSAGE, Section, keys_of
from dinero_sync.config.yaml_text import Document, KeyPath, dotted, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

Whole = TypeVar("Whole", bound=Section)
KEY_ITSELF = "[key]"
"""What pydantic puts at the end of a location when a mapping's key is meant, not its value."""
SENTENCES = {
    "string_type": spoken("must be text; a number, true or false is text when it stands in quotes"),
    "string_too_short": spoken("must not be empty"),
    "string_unicode": spoken("holds something that is not UTF-8 text"),
    "model_type": spoken("must be a section: keys of its own on the next lines, indented"),
    "mapping_type": spoken("must be a section: keys of its own on the next lines, indented"),
    "dict_type": spoken("must be a section: keys of its own on the next lines, indented"),
    "tuple_type": spoken('must be a list: entries on the next lines, each beginning with "- "'),
}
"""Our words for pydantic's types of error; its own would name types of Python."""
BOUNDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda found: spoken(
        "must be more than {bound}", bound=format(found["gt"], "g")
    ),
    "greater_than_equal": lambda found: spoken("must be at least {bound}", bound=str(found["ge"])),
    "less_than_equal": lambda found: spoken("must be at most {bound}", bound=str(found["le"])),
}
"""The same for a bound that a number keeps."""
ANY_OTHER = spoken("has a value that this key doesn't take; see config.example.yaml")


def validated(
    schema: type[Whole],
    document: Document,
    resolved: Resolved,
    known: Iterable[Problem] = (),
    context: Mapping[str, object] | None = None,
) -> Whole:
    """Return the section that a whole file is to be; ``known`` are problems found otherwise.

    Raises ConfigError with every problem of the file, in its order.
    """
    problems = [*document.problems, *resolved.problems, *known]
    try:
        whole = schema.model_validate(resolved.data, context=context)
    except ValidationError as error:
        problems += problems_of(error, document, resolved, schema)
    if problems:
        raise ConfigError(sorted(problems, key=lambda each: (each.line, each.column)))
    return whole


def problems_of(
    error: ValidationError,
    document: Document,
    resolved: Resolved,
    schema: type[Section] = Config,
) -> list[Problem]:
    """Return a problem for each error in ``error``, with its place in ``document``.

    ``schema`` is what the whole file is to be. Errors that only follow from a reference that
    yields nothing are left out: that is a problem of its own already.
    """
    details = error.errors(include_url=False, include_input=False)
    return [
        _problem(detail, document, resolved, schema)
        for detail in details
        if not _follows_from(detail["loc"], resolved)
    ]


def _follows_from(path: KeyPath, resolved: Resolved) -> bool:
    """Tell whether ``path`` is at, below or above a reference that yields nothing."""
    return any(
        path[: len(unresolved)] == unresolved[: len(path)] for unresolved in resolved.unresolved
    )


def _problem(
    detail: ErrorDetails, document: Document, resolved: Resolved, schema: type[Section]
) -> Problem:
    path = _path_in_file(detail["loc"], document)
    if detail["type"] == "extra_forbidden" or detail["loc"] == (*path, KEY_ITSELF):
        return document.problem(path, _unknown_key(path, schema), at_key=True)
    message = _message(detail, path, resolved, schema)
    return document.problem(path, message, at_key=path not in document.values)


def _path_in_file(location: KeyPath, document: Document) -> KeyPath:
    """Drop what only pydantic sees: the mark of a key, and the position in a list of one."""
    path = location
    while path not in document.values and (path[-1] == KEY_ITSELF or isinstance(path[-1], int)):
        path = path[:-1]
    return path


def _message(detail: ErrorDetails, path: KeyPath, resolved: Resolved, schema: type[Section]) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == OWN_MESSAGE:
        said: str = context["message"]
        return said
    if detail["type"] == "missing":
        return _missing(path, schema)
    if detail["type"] == "enum":
        return _no_such_word(path, re.findall(r"'([^']+)'", context["expected"]), resolved)
    if detail["type"] in BOUNDS:
        return BOUNDS[detail["type"]](context)
    return SENTENCES.get(detail["type"], ANY_OTHER)


def _missing(path: KeyPath, schema: type[Section]) -> str:
    section = _section_at(path[:-1], schema)
    name = str(path[-1])
    about = keys_of(section)[name] if section else None
    if about is not None and isinstance(about.json_schema_extra, dict):
        where_missing = about.json_schema_extra["where_missing"]
        assert isinstance(where_missing, str)  # noqa: S101 - as the schema says it
        return where_missing
    examples = about.examples if about else None
    return (
        spoken("is missing; write for example `{name}: {example}`", name=name, example=examples[0])
        if examples
        else spoken("is missing")
    )


def _no_such_word(path: KeyPath, words: list[str], resolved: Resolved) -> str:
    near = get_close_matches(str(value_at(resolved.data, path)), words, 1)
    *others, last = words
    allowed = spoken("must be {others} or {last}", others=tuple(others), last=last)
    if not near:
        return allowed
    return spoken('{allowed}; did you mean "{near}"?', allowed=allowed, near=near[0])


def _unknown_key(path: KeyPath, schema: type[Section]) -> str:
    name = str(path[-1])
    section = _section_at(path[:-1], schema)
    sections = _sections_with(name, schema)
    homes = [
        spoken("in {home}", home=dotted(home)) if home else spoken("at the top")
        for home in sections
    ]
    if homes and section is not None:
        where = homes[0]
        for home in homes[1:]:
            where = spoken("{where} or {home}", where=where, home=home)
        return spoken("is not a key of this section; it belongs {where}", where=where)
    allowed = FIELD_NAMES if section is None else tuple(keys_of(section))
    if near := get_close_matches(name, allowed, 1):
        return spoken('is not a key of this section; did you mean "{near}"?', near=near[0])
    return spoken("is not a key of this section; it takes {allowed}", allowed=", ".join(allowed))


def _section_at(path: KeyPath, schema: type[Section]) -> type[Section] | None:
    """Return the section of the schema at ``path``; None for a mapping without fixed keys."""
    section: type[Section] | None = schema
    for part in path:
        if section is None:
            return None
        if isinstance(part, str):
            section = section_in(keys_of(section)[part].annotation)
    return section


def section_in(annotation: object) -> type[Section] | None:
    """Return the section that a field's annotation is, may be, or is a list of."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next(filter(None, map(section_in, get_args(annotation))), None)


def _sections_with(name: str, schema: type[Section]) -> Iterator[KeyPath]:
    """Yield the path of every section of the schema that has a key ``name``."""
    pending: list[tuple[KeyPath, type[Section]]] = [((), schema)]
    for path, section in pending:
        if name in keys_of(section):
            yield path
        for child, about in keys_of(section).items():
            if inner := section_in(about.annotation):
                pending.append(((*path, child), inner))
