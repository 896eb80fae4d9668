"""Sentences that are made where something is found, and read in whichever language somebody reads.

Errors, problems of the configuration and the doctor's findings arise far below the command line. As
text they are English, which logs, JSON and the journal keep. What they were made of stays with
them, so that a person can be told the same in Danish.
"""

import json
from datetime import date
from decimal import Decimal

from dinero_sync.domain.step import Fact, Facts, facts_json, facts_of

PLAIN = (str, int, Decimal, date)
"""What languages write each in its way, or as it stands."""


class Spoken(str):
    """An English sentence that remembers its template and the values in it."""

    __slots__ = ("facts", "template")

    template: str
    """Found in the source by translators as what :func:`spoken` is given."""
    facts: Facts


def spoken(template: str, /, **values: object) -> Spoken:
    """Fill in a sentence, whose fields are all plain: ``{number}``.

    A value may itself be spoken; of several, commas stand between them. What no language writes in
    a way of its own, like a path, becomes text.
    """
    facts = {name: _fact(value) for name, value in values.items()}
    text = Spoken(template.format(**{name: _written(fact) for name, fact in facts.items()}))
    text.template, text.facts = template, facts
    return text


def joined(*parts: str, between: str = " ") -> Spoken:
    """Put sentences after each other, those that aren't empty."""
    named = {f"part_{at}": part for at, part in enumerate(filter(None, parts))}
    return spoken(between.join(f"{{{name}}}" for name in named), **named)


def stored(text: str) -> object:
    """Return what JSON keeps of a sentence, for :func:`read_stored`."""
    if not isinstance(text, Spoken):
        return text
    inner = {name: stored(fact) for name, fact in text.facts.items() if isinstance(fact, Spoken)}
    plain = {name: fact for name, fact in text.facts.items() if name not in inner}
    facts = json.loads(facts_json(plain))
    return {"template": text.template, "facts": facts, "spoken": inner}


def read_stored(kept: object) -> str:
    """Read what :func:`stored` returned; raises ValueError for anything else."""
    match kept:
        case str():
            return kept
        case {"template": str(template), "facts": dict(facts), "spoken": dict(inner)}:
            said = {name: read_stored(each) for name, each in inner.items()}
            return spoken(template, **facts_of(json.dumps(facts)), **said)
    raise ValueError("a sentence is a text, or a template with its values")


def _fact(value: object) -> Fact:
    if isinstance(value, tuple):
        return tuple(each if isinstance(each, PLAIN) else str(each) for each in value)
    return value if isinstance(value, PLAIN) else str(value)


def _written(fact: Fact) -> str:
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)
