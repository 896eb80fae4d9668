"""What ``doctor`` found, for people and for programs."""

from collections.abc import Iterator

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.tables import picked
from dinero_sync.domain.step import Language
from dinero_sync.sync.setup.findings import Diagnosis
from dinero_sync.texts.telling import in_language, next_step

MARKS = {"fine": "ok  ", "note": "note", "problem": "!!  "}
MARGIN = "      "


def as_data(finding: Diagnosis) -> dict[str, object]:
    """Return a finding for programs."""
    return picked(finding, "question", "verdict", "answer", "meaning", "exit_code", "orders")


def as_text(finding: Diagnosis, language: Language) -> str:
    """Write a finding for a person: whether it needs anything, the answer, and what it means."""
    return "\n".join(_lines(finding, language))


def _lines(finding: Diagnosis, language: Language) -> Iterator[str]:
    yield f"{MARKS[finding.verdict]}  {in_language(finding.question, language)}"
    steps = next_step(finding.steps, language)
    for text in (in_language(finding.answer, language), in_language(finding.means, language), steps):
        yield from (f"{MARGIN}{line}" for line in to_paste(text).splitlines())
