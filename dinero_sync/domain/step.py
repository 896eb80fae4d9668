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
    """Something to do, in words; or words that stand as a value in another sentence."""

    text: str
    """The code of the sentence in the catalogue."""
    facts: "Facts" = field(default_factory=dict)


Value = str | int | Decimal | date | Sentence
Fact = Value | tuple[Value, ...]
"""Amounts in whole units of their currency, rates in percent; a tuple where there are several."""
Facts = Mapping[str, Fact]


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


Pasted = str | Sentence
"""A part of what is to be pasted: as it stands, or a remark in the reader's language."""


@dataclass(frozen=True, slots=True, init=False)
class Yaml:
    """Something to paste into the configuration."""

    parts: tuple[Pasted, ...]

    def __init__(self, *parts: Pasted) -> None:
        """Put the parts together as they stand."""
        object.__setattr__(self, "parts", parts)


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
        case Sentence():
            return _stored_sentence(step)
        case Command(words=words):
            return {"command": list(words)}
        case Yaml(parts=parts):
            return {"yaml": [_stored(each) for each in parts]}


def _stored_sentence(words: Sentence) -> Mapping[str, object]:
    return {"sentence": words.text, "facts": _stored_facts(words.facts)}


def _read_step(stored: Mapping[str, object]) -> Step:
    match stored:
        case {"sentence": str(text), "facts": dict(facts)}:
            return Sentence(text, _read_facts(facts))
        case {"command": list(words)}:
            return Command(tuple(map(str, words)))
        case {"yaml": list(parts)}:
            return Yaml(*map(_read_part, parts))
    raise ValueError("a step is a sentence, a command or YAML")


def _read_part(stored: object) -> Pasted:
    part = _read(stored)
    if isinstance(part, str | Sentence):
        return part
    raise ValueError("a part of YAML is a text or a sentence")


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
        case Sentence():
            return _stored_sentence(value)
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
        case {"sentence": str(text), "facts": dict(facts)}:
            return Sentence(text, _read_facts(facts))
        case str() | int():
            return stored
    raise ValueError("a fact is a text, a whole number, a decimal, a date or a sentence")
