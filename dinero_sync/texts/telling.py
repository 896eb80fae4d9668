"""Holds and what to do about them, in words."""

from collections.abc import Iterable, Iterator

from dinero_sync.domain.hold import Hold
from dinero_sync.domain.step import (
    NOTE,
    ORDER,
    TEXT,
    Command,
    Facts,
    Language,
    Sentence,
    Step,
    Yaml,
)
from dinero_sync.texts.catalogue import filled, translated
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.next_steps import NEXT_STEPS
from dinero_sync.texts.reasons import IN_SHORT, REASONS

PROGRAM = "dinero-sync"


def message(hold: Hold, language: Language = Language.ENGLISH) -> str:
    """Say what happened to an order and what it means for the books."""
    return said(hold.text, hold.facts, language)


def said(text: str, facts: Facts, language: Language = Language.ENGLISH) -> str:
    """Say what the code ``text`` of a hold or a doubt stands for, with its values."""
    return filled(HOLDS[text], facts, language)


def reason(code: str, language: Language = Language.ENGLISH) -> str:
    """Say why an order is skipped or waits; empty for what has words of its own."""
    return translated(REASONS.get(code, ""), language)


def in_short(code: str | None, language: Language = Language.ENGLISH) -> str:
    """Write a reason code in a few words where it has some; else the code."""
    return translated(IN_SHORT.get(code or "", ""), language) or code or ""


def next_step(
    steps: Iterable[Step],
    language: Language = Language.ENGLISH,
    *,
    order: str = ORDER,
    program: str = PROGRAM,
) -> str:
    """Say what to do: sentences and commands on one line, YAML to paste below them.

    ``order`` is what commands call the order, and ``program`` how the reader calls this program.
    """
    return "".join(_parts(steps, language, order, program))


def _parts(steps: Iterable[Step], language: Language, order: str, program: str) -> Iterator[str]:
    before: Step | None = None
    before_text = ""
    for step in steps:
        told = _told(step, language, order, program)
        yield _between(before, before_text, step)
        yield told
        before, before_text = step, told


def _told(step: Step, language: Language, order: str, program: str) -> str:
    match step:
        case Sentence(text=text, facts=facts):
            return filled(NEXT_STEPS[text], {"program": program, **facts}, language)
        case Command(words=words):
            return " ".join([program, *(_word(each, language, order) for each in words)])
        case Yaml(text=text):
            return text


def _word(word: str, language: Language, order: str) -> str:
    if word in {TEXT, NOTE}:
        return translated(word, language)
    return order if word == ORDER else word


def _between(before: Step | None, text: str, step: Step) -> str:
    """Return what stands between two steps; a line's end in the first says that itself."""
    if before is None or text.endswith("\n"):
        return ""
    if isinstance(step, Yaml):
        return "\n\n"
    return ". " if isinstance(before, Command) and isinstance(step, Sentence) else " "
