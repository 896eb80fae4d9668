"""Holds, findings, and what to do about them, in words."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.hold import Hold
from dinero_sync.domain.spoken import Spoken
from dinero_sync.domain.step import (
    NOTE,
    ORDER,
    TEXT,
    Command,
    Fact,
    Facts,
    Language,
    Pasted,
    Sentence,
    Step,
    Value,
    Yaml,
)
from dinero_sync.texts.catalogue import filled, translated
from dinero_sync.texts.clauses import CLAUSES
from dinero_sync.texts.findings import COUNTED, FINDINGS, FOLLOWS_FROM, NOTHING_FOUND
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.mendings import MENDINGS, SOURCES
from dinero_sync.texts.next_steps import NEXT_STEPS
from dinero_sync.texts.reasons import IN_SHORT, REASONS
from dinero_sync.texts.refusals import REFUSALS

PROGRAM = "dinero-sync"
SENTENCES: Mapping[str, str] = {**NEXT_STEPS, **MENDINGS, **CLAUSES}
"""What a :class:`~dinero_sync.domain.step.Sentence` may name."""
PHRASES: Mapping[str, str] = {
    **SENTENCES,
    **{f"refused.{code}": text for code, text in REFUSALS.items()},
}
"""What may stand as a value in another sentence: why a file is refused, too."""


def message(hold: Hold, language: Language = Language.ENGLISH) -> str:
    """Say what happened to an order and what it means for the books."""
    return said(hold.text, hold.facts, language)


def said(text: str, facts: Facts, language: Language = Language.ENGLISH) -> str:
    """Say what the code ``text`` of a hold or a doubt stands for, with its values."""
    return _with_values(HOLDS[text], facts, language)


def refused(code: str, facts: Facts, language: Language = Language.ENGLISH) -> str:
    """Say why a file is refused; nothing of it is posted."""
    return _with_values(REFUSALS[code], facts, language)


def amount(value: Decimal, language: Language = Language.ENGLISH) -> str:
    """Write an amount as readers of a language do."""
    return filled("{value:amount}", {"value": value}, language)


def found(finding: Finding, language: Language = Language.ENGLISH) -> str:
    """Say what is so in the rules, and what it means for the books."""
    return _with_values(FINDINGS[finding.text], finding.facts, language)


def source(finding: Finding, language: Language = Language.ENGLISH) -> str:
    """Name the paragraphs, or what else, that a finding follows from; empty without any."""
    return "; ".join(translated(SOURCES[each], language) for each in finding.source)


def follows_from(finding: Finding, language: Language = Language.ENGLISH) -> str:
    """Say what a finding follows from; empty where that needs no saying."""
    told = source(finding, language)
    return filled(FOLLOWS_FROM, {"source": told}, language) if told else ""


def how_many(counts: Mapping[Severity, int], language: Language = Language.ENGLISH) -> str:
    """Say how many findings there are of each degree, or that there are none."""
    if not counts:
        return translated(NOTHING_FOUND, language)
    return ", ".join(
        filled(COUNTED[degree][count > 1], {"count": count}, language)
        for degree, count in counts.items()
    )


def reason(code: str, language: Language = Language.ENGLISH) -> str:
    """Say why an order is skipped or waits; empty for what has words of its own."""
    return translated(REASONS.get(code, ""), language)


def in_language(text: str, language: Language = Language.ENGLISH) -> str:
    """Say in ``language`` what was made by ``spoken``; any other text is what it is."""
    if language is Language.ENGLISH or not isinstance(text, Spoken):
        return str(text)
    return _with_values(text.template, text.facts, language)


def spoken_as(text: str, facts: Facts) -> Spoken:
    """Say what the code ``text`` of a hold stands for, as a value in what is spoken."""
    sentence = Spoken(said(text, facts))
    sentence.template, sentence.facts = HOLDS[text], facts
    return sentence


def spoken_refusal(code: str, facts: Facts) -> Spoken:
    """Say why a file is refused, as a value in what is spoken."""
    sentence = Spoken(refused(code, facts))
    sentence.template, sentence.facts = REFUSALS[code], facts
    return sentence


def spoken_clause(words: Sentence) -> Spoken:
    """Say words that stand as a value in a hold, as a value in what is spoken."""
    sentence = Spoken(clause(words))
    sentence.template, sentence.facts = PHRASES[words.text], words.facts
    return sentence


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

    A sentence that ends in a colon, with nothing below it to be named, ends in a full stop.
    ``order`` is what commands call the order, and ``program`` how the reader calls this program.
    """
    each = _each(steps, language, order, program)
    return "".join(f"{between}{told}" for _, between, told in each)


def blocks(
    steps: Iterable[Step], language: Language = Language.ENGLISH
) -> Iterator[tuple[bool, str]]:
    """Say what to do, cut into what is said and what is to be pasted; True for the latter."""
    each = _each(steps, language, ORDER, PROGRAM)
    for pasted, together in groupby(each, key=lambda part: isinstance(part[0], Yaml)):
        text = "".join(f"{between}{told}" for _, between, told in together)
        yield pasted, text.strip("\n" if pasted else None)


def _each(
    steps: Iterable[Step], language: Language, order: str, program: str
) -> Iterator[tuple[Step, str, str]]:
    """Tell each step, with what stands before it."""
    steps = tuple(steps)
    before: Step | None = None
    before_text = ""
    for step in steps:
        told = _told(step, language, order, program)
        if step is steps[-1] and isinstance(step, Sentence) and told.endswith(":"):
            told = f"{told[:-1]}."
        yield step, _between(before, before_text, step), told
        before, before_text = step, told


def _told(step: Step, language: Language, order: str, program: str) -> str:
    match step:
        case Sentence(text=text, facts=facts):
            return _with_values(SENTENCES[text], {"program": program, **facts}, language)
        case Command(words=words):
            return " ".join([program, *(_word(each, language, order) for each in words)])
        case Yaml(parts=parts):
            return "".join(clause(each, language) for each in parts)


def clause(words: Pasted, language: Language = Language.ENGLISH) -> str:
    """Say what stands as a value in another sentence, or in YAML; a text is what it is."""
    if isinstance(words, str):
        return words
    return _with_values(PHRASES[words.text], words.facts, language)


def _with_values(text: str, facts: Facts, language: Language) -> str:
    told = {name: _all_in_words(fact, language) for name, fact in facts.items()}
    return filled(text, told, language)


def _all_in_words(fact: Fact, language: Language) -> Fact:
    if isinstance(fact, tuple):
        return tuple(_in_words(each, language) for each in fact)
    return _in_words(fact, language)


def _in_words(value: Value, language: Language) -> Value:
    if isinstance(value, Sentence):
        return clause(value, language)
    return in_language(value, language) if isinstance(value, Spoken) else value


def _word(word: str, language: Language, order: str) -> str:
    if word in {TEXT, NOTE} or word == order == ORDER:
        return translated(word, language)
    return order if word == ORDER else word


def _between(before: Step | None, text: str, step: Step) -> str:
    """Return what stands between two steps; a line's end in the first says that itself."""
    if before is None or text.endswith("\n"):
        return ""
    if isinstance(step, Yaml):
        return "\n\n"
    if isinstance(before, Yaml):
        return "\n"
    return ". " if isinstance(before, Command) and isinstance(step, Sentence) else " "
