"""A configuration as it is meant: every key with what it has, and whether the file says so.

No secret is shown: a reference to one stands as it is written, anything else as three stars. What
is written is YAML that means the same again, as long as the file refers to its secrets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from dinero_sync.config.example import REFERENCE_ALONE, yaml_value
from dinero_sync.config.references import has_reference
from dinero_sync.config.told.checked import Checked
from dinero_sync.config.told.keys import Key, key_at
from dinero_sync.config.values import Section
from dinero_sync.config.yaml_text import KeyPath, dotted

HIDDEN = "***"
"""In place of a secret that stands in the file itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One key with what it has: a value, sections' keys, or a list of these."""

    path: KeyPath
    value: object
    """Plain data; a tuple of :class:`Told` for a section, a list of such tuples for a list."""
    in_file: bool
    """Whether the file says so; else it is the default."""


def meant(checked: Checked) -> tuple[Told, ...]:
    """Return every key of a configuration with what it has.

    Raises ConfigError for a file that isn't in order, or that can't be read whole here.
    """
    return tuple(_section((), checked.whole(), checked.document.data))


def as_data(told: tuple[Told, ...]) -> dict[str, object]:
    """Return the configuration as plain data, for JSON."""
    return {str(each.path[-1]): _data(each.value) for each in told}


def defaults(told: tuple[Told, ...]) -> Iterator[str]:
    """Yield the dotted paths of the keys that the file leaves at their defaults."""
    for each in told:
        if isinstance(each.value, tuple):
            yield from defaults(each.value)
        elif isinstance(each.value, list) and each.in_file and _has_sections(each.value):
            for entry in each.value:
                yield from defaults(entry)
        elif not each.in_file:
            yield dotted(each.path)


def as_yaml(told: tuple[Told, ...], remark: str) -> Iterator[str]:
    """Yield the lines of a configuration as YAML, with a ``remark`` behind each default."""
    for at, each in enumerate(told):
        if at and len(each.path) == 1:
            yield ""
        yield from _lines(each, remark, 0)


def _section(path: KeyPath, section: Section, raw: Mapping[str, object] | None) -> Iterator[Told]:
    """Tell each key of a section; what was written in short has no keys of its own in the file."""
    for name in type(section).model_fields:
        value = getattr(section, name)
        inside: KeyPath = (*path, name)
        short = value if _says_something(value) else None
        yield _told(inside, value, short if raw is None else raw.get(name))


def _told(path: KeyPath, value: Any, raw: object) -> Told:  # noqa: ANN401 - of any key's type
    key, in_file = key_at(path), raw is not None
    if isinstance(value, Section):
        keys = raw if isinstance(raw, Mapping) else (None if in_file else {})
        return Told(path=path, value=tuple(_section(path, value, keys)), in_file=in_file)
    if key is not None and key.is_list and value:
        entries = raw if isinstance(raw, list) else [{}] * len(value)
        listed = [
            tuple(_section((*path, at), entry, given))
            for at, (entry, given) in enumerate(zip(value, entries, strict=True))
        ]
        return Told(path=path, value=listed, in_file=in_file)
    return Told(path=path, value=_shown(key, value, raw), in_file=in_file)


def _shown(key: Key | None, value: object, raw: object) -> object:
    if key is not None and key.is_secret:
        return [_hidden(each) for each in raw] if isinstance(raw, list) else _hidden(raw)
    if raw is None and not _says_something(value):
        return None
    return _as_written(_plain(value), raw)


def _hidden(raw: object) -> object:
    """Return a secret as it may be shown: a reference, or that there is none."""
    is_reference = isinstance(raw, str) and REFERENCE_ALONE.fullmatch(raw)
    return raw if is_reference or raw is None else HIDDEN


def _as_written(value: object, raw: object) -> object:
    """Return a value with the references in it as the file has them."""
    if has_reference(raw):
        return raw
    if isinstance(value, list) and isinstance(raw, list):
        return [_as_written(*pair) for pair in zip(value, raw, strict=True)]
    if isinstance(value, dict) and isinstance(raw, Mapping):
        return {name: _as_written(each, raw.get(name)) for name, each in value.items()}
    return value


def _plain(value: object) -> object:
    """Return a value as YAML and JSON have it."""
    if isinstance(value, Mapping):
        return {_plain(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, StrEnum | Path) else value


def _says_something(value: object) -> bool:
    return value is not None and value not in ((), {}, "")


def _has_sections(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], tuple)


def _data(value: object) -> object:
    if isinstance(value, tuple):
        return as_data(value)
    if _has_sections(value):
        return [as_data(each) for each in value]  # type: ignore[attr-defined]  # a list, as was asked
    return str(value) if isinstance(value, Decimal | date) else value


def _lines(told: Told, remark: str, depth: int) -> Iterator[str]:
    indent, name = "  " * depth, told.path[-1]
    if isinstance(told.value, tuple):
        yield f"{indent}{name}:"
        for each in told.value:
            yield from _lines(each, remark, depth + 1)
        return
    if _has_sections(told.value):
        yield f"{indent}{name}:"
        for entry in told.value:  # type: ignore[attr-defined]  # as above
            yield from _entry(entry, remark, depth + 1)
        return
    behind = "" if told.in_file else f"  # {remark}"
    written = "null" if told.value is None else yaml_value(told.value)
    yield f"{indent}{name}: {written}{behind}"


def _entry(entry: tuple[Told, ...], remark: str, depth: int) -> Iterator[str]:
    """Yield the lines of a list's entry, the first of which bears its dash."""
    lines = [line for each in entry for line in _lines(each, remark, depth + 1)]
    yield f"{'  ' * depth}- {lines[0].lstrip()}"
    yield from lines[1:]
