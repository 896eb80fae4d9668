"""Every key of the configuration as a page: what it means, what it takes, its default, since when.

It is made from the schema, so that the two can't differ.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from pathlib import Path
from types import NoneType
from typing import Annotated, get_args, get_origin

from pydantic import SecretStr

from dinero_sync.config import values
from dinero_sync.config.example import Say, yaml_value
from dinero_sync.config.told.keys import Key, all_keys
from dinero_sync.config.told.since import since
from dinero_sync.domain.spoken import spoken

SIGNS = re.compile(r"(?P<code>`[^`]*`)|[*|]")
"""Signs that mean something to Markdown, outside code."""

TITLE = spoken("The configuration, key by key")
ABOUT = (
    spoken(
        "Made from the program by `dinero-sync config reference`; `dinero-sync config example` "
        "prints the same as a file to begin with."
    ),
    spoken(
        "Keys stand in sections: `dinero.auth.method` is the key method in the section auth of the "
        "section dinero. Of a list, each entry has the keys that are named below it."
    ),
    spoken(
        "Any value may be a reference: ${{NAME}} is an environment variable, ${{file:PATH}} the "
        "content of a file, ${{credential:NAME}} a credential of systemd. A plain ${{ is written "
        "$${{."
    ),
    spoken(
        "What is wrong with a file, and what it means, is told by `dinero-sync config check` and "
        "`dinero-sync config show`, which ask no service."
    ),
)
COLUMNS = (
    spoken("key"),
    spoken("what it means"),
    spoken("what it takes"),
    spoken("default"),
    spoken("since"),
)
A_TEXT, A_NUMBER = spoken("text"), spoken("a number")
A_WHOLE_NUMBER, A_WEB_ADDRESS = spoken("a whole number"), spoken("a web address")
A_FILE = spoken("a file")
KINDS: tuple[tuple[object, str], ...] = (
    (values.Secret, spoken("a key (secret)")),
    (values.WebAddress, A_WEB_ADDRESS),
    (values.BaseAddress, A_WEB_ADDRESS),
    (values.TimeZoneName, spoken("a time zone")),
    (values.Currency, spoken("a currency's code")),
    (values.Country, spoken("a country's code")),
    (values.Day, spoken("a day, like 2026-12-01")),
    (values.Flag, spoken("true or false")),
    (values.Folder, spoken("a folder")),
    (values.File, A_FILE),
    (values.NameOrId, spoken("a name or an id")),
)
"""What values are called that are read in a way of their own; the first that fits."""
PLAIN: Mapping[object, str] = {
    str: A_TEXT,
    SecretStr: spoken("text (secret)"),
    int: A_WHOLE_NUMBER,
    float: A_NUMBER,
    Decimal: A_NUMBER,
    Path: A_FILE,
}
"""What all others are called, by the type that they are read as; any other is written as text."""


def reference(say: Say) -> Iterator[str]:
    """Yield the lines of the page, in Markdown."""
    yield f"# {say(TITLE)}"
    for paragraph in ABOUT:
        yield from ("", say(paragraph))
    versions = since()
    for key in all_keys().values():
        if len(key.path) == 1:
            yield from ("", f"## {key.dotted}", "", _described(key, say), "")
            yield _row(*map(say, COLUMNS))
            yield _row(*["---"] * len(COLUMNS))
            if key.section is not None and not key.is_list and not _is_left_out(key):
                continue
        yield _row(
            f"`{key.dotted}`",
            _described(key, say) if len(key.path) > 1 else "",
            say(_taken(key)),
            _default(key, say),
            versions[key.dotted],
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _described(key: Key, say: Say) -> str:
    """Return what a key means, as text that Markdown takes for nothing else."""
    told = say(key.about.description or "")
    return SIGNS.sub(lambda found: found["code"] or f"\\{found[0]}", told)


def _is_left_out(key: Key) -> bool:
    return not key.about.is_required() and key.about.get_default(call_default_factory=True) is None


def _default(key: Key, say: Say) -> str:
    if key.section is not None and not key.is_list and not _is_left_out(key):
        return ""
    if key.about.is_required():
        return say(spoken("has to be written"))
    default = key.about.get_default(call_default_factory=True)
    return say(spoken("none")) if default in (None, "", (), {}) else _code(default)


def _code(value: object) -> str:
    return f"`{yaml_value(value)}`"


def _taken(key: Key) -> str:
    if key.section is None:
        return _called(key.takes)
    return spoken("a list of sections") if key.is_list else spoken("a section")


def _called(takes: object) -> str:
    """Say what values an annotation stands for."""
    inner = get_args(takes)
    if named := next((name for kind, name in KINDS if takes == kind), ""):
        return named
    if get_origin(takes) is Annotated:
        return _one_or_more(inner[0]) if values.OneOrMore in inner[1:] else _called(inner[0])
    if inner:
        return _made_of(get_origin(takes), [_called(each) for each in _kinds(takes)])
    if isinstance(takes, type) and issubclass(takes, StrEnum):
        return ", ".join(f"`{each}`" for each in takes)
    return PLAIN.get(takes, A_TEXT)


def _made_of(origin: object, inner: list[str]) -> str:
    """Say what a list, a mapping or a choice is made of."""
    if origin is tuple:
        return spoken("a list: {what}", what=inner[0])
    if origin is Mapping:
        return spoken("a section: {what} by {key}", what=inner[1], key=inner[0])
    return reduce(_either, dict.fromkeys(inner))


def _one_or_more(takes: object) -> str:
    first = _kinds(takes)[0]
    one = _kinds(first)[0] if get_origin(first) is tuple else first
    return spoken("{what}; one or a list", what=_called(one))


def _kinds(takes: object) -> list[object]:
    """Return what an annotation is made of, but for None and the dots of a list."""
    return [each for each in get_args(takes) if each not in {NoneType, Ellipsis}]


def _either(one: str, other: str) -> str:
    return spoken("{one}, or {other}", one=one, other=other)
