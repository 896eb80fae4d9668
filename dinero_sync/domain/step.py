"""What is told to a person, as data: values by name, and what to do, step by step.

No sentence is made here. A code names it, and ``texts`` makes it in the reader's language; what is
stored keeps the code and the values, so that it can be told in another language later.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Language(StrEnum):
    """The languages in which people are told."""

    ENGLISH = "en"
    DANISH = "da"


Value = str | int | Decimal | date
Fact = Value | tuple[Value, ...]
"""Amounts in whole units of their currency, rates in percent; a tuple where there are several."""
Facts = Mapping[str, Fact]
ORDER = "ORDER"
"""In a command: the order itself, by its id."""
TEXT = "TEXT"
"""In a command: a reason that a person writes."""
NOTE = "NOTE"
"""In a command: what a person has to say about an order."""
AS_WRITTEN = "as_written"
"""The code of what was stored as an English sentence; its fact is that sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to do, in words."""

    text: str
    """The code of the sentence in the catalogue."""
    facts: Facts = field(default_factory=dict)


def sentence(text: str, /, **facts: Fact) -> Sentence:
    """Name a sentence of the catalogue with its values."""
    return Sentence(text, facts)


@dataclass(frozen=True, slots=True)
class Command:
    """A command to give, without the program's name: ``("retry", ORDER)``."""

    words: tuple[str, ...]


def command(*words: str) -> Command:
    """Name a command by its words."""
    return Command(words)


@dataclass(frozen=True, slots=True)
class Yaml:
    """Something to paste into the configuration."""

    text: str


Step = Sentence | Command | Yaml
Steps = tuple[Step, ...]


def facts_json(facts: Facts) -> str:
    """Write facts as JSON that keeps their types."""
    return _dumped(_stored_facts(facts))


def facts_of(text: str) -> Facts:
    """Read what :func:`facts_json` wrote."""
    return _read_facts(json.loads(text))


def steps_json(steps: Iterable[Step]) -> str:
    """Write steps as JSON: a list of objects, each with what it is."""
    return _dumped([_stored_step(each) for each in steps])


def steps_of(text: str) -> Steps:
    """Read what :func:`steps_json` wrote."""
    return tuple(_read_step(each) for each in json.loads(text))


def _dumped(stored: object) -> str:
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _stored_step(step: Step) -> Mapping[str, object]:
    match step:
        case Sentence(text=text, facts=facts):
            return {"sentence": text, "facts": _stored_facts(facts)}
        case Command(words=words):
            return {"command": list(words)}
        case Yaml(text=text):
            return {"yaml": text}


def _read_step(stored: Mapping[str, object]) -> Step:
    match stored:
        case {"sentence": str(text), "facts": dict(facts)}:
            return Sentence(text, _read_facts(facts))
        case {"command": list(words)}:
            return Command(tuple(map(str, words)))
        case {"yaml": str(text)}:
            return Yaml(text)
    raise ValueError("a step is a sentence, a command or YAML")


def _stored_facts(facts: Facts) -> dict[str, object]:
    return {
        name: [_stored(each) for each in fact] if isinstance(fact, tuple) else _stored(fact)
        for name, fact in facts.items()
    }


def _stored(value: Value) -> object:
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
    return value


def _read_facts(stored: Mapping[str, object]) -> dict[str, Fact]:
    return {
        name: tuple(_read(each) for each in value) if isinstance(value, list) else _read(value)
        for name, value in stored.items()
    }


def _read(stored: object) -> Value:
    match stored:
        case {"decimal": str(text)}:
            return Decimal(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case str() | int():
            return stored
    raise ValueError("a fact is a text, a whole number, a decimal or a date")
