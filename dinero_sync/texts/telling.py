"""Holds and what to do about them, in words."""

from collections.abc import Iterable, Iterator

from dinero_sync.domain.hold import Hold
from dinero_sync.domain.step import NOTE, ORDER, TEXT, Command, Sentence, Step, Yaml
from dinero_sync.texts.catalogue import Language, filled, translated
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.next_steps import NEXT_STEPS

PROGRAM = "dinero-sync"


def message(hold: Hold, language: Language = Language.ENGLISH) -> str:
    """Say what happened to an order and what it means for the books."""
    return filled(HOLDS[hold.text], hold.facts, language)


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
    said = ""
    for step in steps:
        told = _told(step, language, order, program)
        yield _between(before, said, step)
        yield told
        before, said = step, told


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


def _between(before: Step | None, said: str, step: Step) -> str:
    """Return what stands between two steps; a line's end in the first says that itself."""
    if before is None or said.endswith("\n"):
        return ""
    if isinstance(step, Yaml):
        return "\n\n"
    return ". " if isinstance(before, Command) and isinstance(step, Sentence) else " "
