"""YAML as people mean it: every value keeps its place, and none changes its meaning on the way.

A stock YAML 1.1 reader turns the country ``NO`` into false, ``0123`` into 83, ``12:30`` into 750,
and of two equal keys it keeps the last without a word (https://yaml.org/type/). Here only
``true`` and ``false`` are booleans, only plain whole numbers are numbers, and a key that stands
twice is a problem.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

KeyPath = tuple[str | int, ...]
"""The way to a value from the top of the file: keys, and positions in lists from 0."""

WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
"""A whole number as it is written without ambiguity: no leading zero, no sign ``+``, no ``_``."""
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: in a configuration they are accidents."""
BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
DEEPEST = 12
"""More levels than any configuration has; without a limit the parser's stack could overflow."""


class Unquoted(str):
    """Text that may still be read as its key's type: it stood without quotes, or was referred to.

    Quoted text is a plain :class:`str`, and stays text.
    """

    __slots__ = ()


class Place(NamedTuple):
    """Where something begins; both numbers count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """A configuration file, as far as YAML goes."""

    file: str
    data: dict[str, object]
    """Mappings are dicts, lists are lists, scalars are bool, int, None, str or Unquoted."""
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    """Where each key begins; for a list entry, where the entry begins."""
    values: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    """What is wrong without making the rest of the file unreadable."""
    has_end_mark: bool = False
    """Whether the file says itself where it ends: a last line ``...`` (YAML 1.2.2, 9.1.4)."""

    def problem(self, path: KeyPath, message: str, *, at_key: bool = False) -> Problem:
        """Say what is wrong with the value at ``path``, or ``at_key`` with the key itself."""
        known = path
        while known and known not in self.values:  # up to what stands in the file
            known = known[:-1]
        place = (self.keys if at_key and known in self.keys else self.values)[known]
        return replace(
            _problem_at(self.file, place, path, message), named=self._name_of_entry(path)
        )

    def _name_of_entry(self, path: KeyPath) -> str:
        """Return the name of the list's entry that ``path`` is in; empty where it has none."""
        for end in range(len(path), 0, -1):
            if isinstance(path[end - 1], int):
                name = value_at(value_at(self.data, path[:end]), ("name",))
                return name if isinstance(name, str) else ""
        return ""


def value_at(data: object, path: KeyPath) -> Any:  # noqa: ANN401 - whatever the file holds there
    """Return what stands at ``path`` in a document's data; None where nothing does."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def dotted(path: KeyPath) -> str:
    """Write ``path`` as people do: ``payment_types[0].when``.

    What isn't shaped like a key is left out: it may be a secret that stands in the wrong place.
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part if BARE_KEY.fullmatch(part) else '…'}"
    return text.removeprefix(".")


def read_yaml(path: Path) -> Document:
    """Read the configuration file at ``path``.

    Raises ConfigError when it can't be opened, isn't UTF-8, or can't be read as YAML at all.
    Duplicate keys are among the document's problems, so that others are found along with them.
    """
    file = str(path)
    text = _text_of(path)
    try:
        root, has_end_mark = _composed(text)
    except yaml.MarkedYAMLError as error:
        raise _refusal(file, *_explanation(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = spoken("a control character stands here; save the file as plain UTF-8 text")
        raise _refusal(file, message, Place(line, 1)) from None
    except (ValueError, OverflowError):
        # PyYAML on escapes such as "\UFFFFFFFF", and on directives such as "%YAML 99…99"
        raise _refusal(file, ANY_OTHER_SIGN) from None
    if not isinstance(root, yaml.MappingNode):
        place = None if root is None else _place(root.start_mark)
        raise _refusal(file, _not_a_mapping(root), place)
    document = Document(file=file, data={}, has_end_mark=has_end_mark)
    document.data.update(_mapping(document, (), root))
    return document


def _composed(text: str) -> tuple[yaml.Node | None, bool]:
    """Return the document's node, and whether the document ends with a mark of its own."""
    loader = _PlainLoader(text)
    try:
        return loader.get_single_node(), loader.has_end_mark
    finally:
        loader.dispose()


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = spoken("is not UTF-8 here; save the file with the encoding UTF-8")
        raise _refusal(str(path), message, Place(line, 1)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else spoken("not a path")
        raise _refusal(str(path), _unreadable(path, error, reason)) from None


def _unreadable(path: Path, error: Exception, reason: object) -> str:
    """Say that the disk doesn't give the file, and to whom it would."""
    if not isinstance(error, PermissionError):
        return spoken("can't be read: {reason}", reason=reason)
    return spoken(
        "can't be read: {reason}. Give the command as the user who may, as with sudo; who that is, "
        "`ls -l {path}` shows",
        reason=reason,
        path=shlex.quote(str(path)),
    )


def _refusal(file: str, message: str, place: Place | None = None) -> ConfigError:
    """Build the error of a file that can't be read any further."""
    line, column = place or (0, 0)
    return ConfigError([Problem(message=message, file=file, line=line, column=column)])


def _not_a_mapping(root: yaml.Node | None) -> str:
    if root is None:
        return spoken("the file is empty; begin with a copy of config.example.yaml")
    return spoken(
        "the file must consist of the sections shoporama, dinero, sync and so on, "
        "each a key with a colon at the beginning of a line; see config.example.yaml"
    )


class _PlainLoader(yaml.SafeLoader):
    """PyYAML's own reader, up to nodes; refuses what makes a configuration hard to read."""

    depth = 0
    has_end_mark = False

    def get_event(self) -> yaml.Event:
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]  # untyped in its stubs
        if isinstance(event, yaml.DocumentEndEvent):
            self.has_end_mark = bool(event.explicit)
        return event

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # untyped in its stubs
        if refused := _refused(event, self.depth):
            mark = event.start_mark
            raise yaml.MarkedYAMLError(problem=refused, problem_mark=mark)  # type: ignore[arg-type]  # also the C parser's
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _refused(event: yaml.Event, depth: int) -> str | None:
    """Name what makes a node unwelcome: an anchor, a reference to one, a type, or its depth."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        return "anchor"
    if getattr(event, "tag", None) is not None:
        return "tag"
    return "depth" if depth > DEEPEST else None


SIGN_HINT = spoken('text that begins with *, &, !, %, @ or ` needs quotes, like "*-GIFT"')
EXPLANATIONS = (
    (
        "anchor",
        spoken(
            "* and & are not used here: {hint}; a value used twice is written twice", hint=SIGN_HINT
        ),
    ),
    ("alias", SIGN_HINT),
    ("tag", spoken("types like !!str are not used here: {hint}", hint=SIGN_HINT)),
    ("depth", spoken("is nested too deeply to be meant")),
    (
        "cannot start any token",
        spoken("YAML indents with spaces, never with tabs; and {hint}", hint=SIGN_HINT),
    ),
    (
        "mapping values are not allowed",
        spoken('text with ": " inside needs quotes; or the indent is off'),
    ),
    ("end of stream", spoken("the quotes opened here are never closed")),
    (
        "parsing a flow",
        spoken("a bracket or brace opened here is never closed, or a comma is missing"),
    ),
    ("single document", spoken("only one document is read: remove the line ---")),
    (
        "<document start>",
        spoken("the line ... ends the file: move what stands below it above it"),
    ),
    (
        "unknown escape",
        spoken("inside double quotes a \\ is written \\\\; single quotes take it as it is"),
    ),
)
"""Parts of PyYAML's messages (and our own words above), and what a person can do.

Its messages themselves are not passed on: some quote from the file.
"""
ANY_OTHER = spoken(
    "this can't be read as YAML: look for a missing colon, a missing space after "
    "one, a missing quote or bracket, or a wrong indent, here or on the line "
    "above"
)
ANY_OTHER_SIGN = spoken(
    "a \\ inside double quotes, or a % at the beginning of a line, is followed by "
    "something that YAML doesn't know; in single quotes both are plain text"
)


def _explanation(error: yaml.MarkedYAMLError) -> tuple[str, Place | None]:
    said = f"{error.context} {error.problem}"
    message = next((advice for part, advice in EXPLANATIONS if part in said), ANY_OTHER)
    unclosed = "end of stream" in said or "parsing a flow" in said
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    return message, None if mark is None else _place(mark)


def _place(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _value(document: Document, path: KeyPath, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(document, path, node)
    document.values[path] = _place(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return list(_entries(document, path, node))
    if not isinstance(node, yaml.ScalarNode):
        raise TypeError(f"YAML has no such node: {type(node)}")
    if NOT_TEXT.search(node.value):
        document.problems.append(
            document.problem(path, spoken("holds a control character; remove it"))
        )
        return None
    return _scalar(node.value) if node.style is None else str(node.value)


def _entries(document: Document, path: KeyPath, node: yaml.SequenceNode) -> Iterator[object]:
    for index, child in enumerate(node.value):
        document.keys[(*path, index)] = _place(child.start_mark)
        yield _value(document, (*path, index), child)


def _mapping(document: Document, path: KeyPath, node: yaml.MappingNode) -> dict[str, object]:
    document.values[path] = _place(node.start_mark)
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        key, place = str(key_node.value), _place(key_node.start_mark)
        inside = (*path, key)
        if not isinstance(key_node, yaml.ScalarNode):
            message: str = spoken("a key must be one word, followed by a colon")
            document.problems.append(_problem_at(document.file, place, path, message))
        elif key in mapping:
            message = _stands_twice(document.keys[inside])
            document.problems.append(_problem_at(document.file, place, inside, message))
        else:
            document.keys[inside] = place
            mapping[key] = _value(document, inside, value_node)
    return mapping


def _stands_twice(first: Place) -> str:
    return spoken(
        "this key stands twice, first on line {line} (column {column}); remove one "
        "of them, or move its entries under the first",
        line=first.line,
        column=first.column,
    )


def _problem_at(file: str, place: Place, path: KeyPath, message: str) -> Problem:
    return Problem(
        message=message, file=file, line=place.line, column=place.column, key=dotted(path)
    )


def _scalar(text: str) -> object:
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    return int(text) if WHOLE_NUMBER.fullmatch(text) else Unquoted(text)
