"""Sentences that are made where something is found, and read in whichever language somebody reads.

Errors, problems of the configuration and the doctor's findings arise far below the command line. As
text they are English, which logs, JSON and the journal keep. What they were made of stays with
them, so that a person can be told the same in Danish.
"""

from dinero_sync.domain.step import Facts, Value


class Spoken(str):
    """An English sentence that remembers its template and the values in it."""

    __slots__ = ("facts", "template")

    template: str
    """Found in the source by translators as what :func:`spoken` is given."""
    facts: Facts


def spoken(template: str, /, **facts: Value | tuple[Value, ...]) -> Spoken:
    """Fill in a sentence, whose fields are all plain: ``{number}``.

    A value may itself be spoken; of several, commas stand between them.
    """
    written = {name: _written(fact) for name, fact in facts.items()}
    text = Spoken(template.format(**written))
    text.template, text.facts = template, facts
    return text


def joined(*parts: str, between: str = " ") -> Spoken:
    """Put sentences after each other, those that aren't empty."""
    named = {f"part_{at}": part for at, part in enumerate(filter(None, parts))}
    return spoken(between.join(f"{{{name}}}" for name in named), **named)


def _written(fact: Value | tuple[Value, ...]) -> str:
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)
