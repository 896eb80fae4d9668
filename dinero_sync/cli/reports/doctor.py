"""What ``doctor`` found, for people and for programs."""

from collections.abc import Iterator

from dinero_sync.cli.failures import for_who_waits
from dinero_sync.cli.reports.tables import picked
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.step import Language
from dinero_sync.sync.setup.findings import Diagnosis, Verdict
from dinero_sync.texts.screens.saying import tell
from dinero_sync.texts.telling import in_language, next_step

TONES = {Verdict.FINE: Tone.DONE, Verdict.NOTE: Tone.WAITING, Verdict.PROBLEM: Tone.HELD}
MARGIN = 6


def as_data(finding: Diagnosis) -> dict[str, object]:
    """Return a finding for programs."""
    return picked(finding, "question", "verdict", "answer", "meaning", "exit_code", "orders")


def as_lines(finding: Diagnosis, language: Language) -> Iterator[str | Line]:
    """Write a finding for a person: whether it needs anything, the answer, and what it means."""
    mark = tell(f"doctor.{finding.verdict}", language)
    question = in_language(finding.question, language)
    for line in wrapped(question, MARGIN, first=f"{mark:<{MARGIN}}"):
        yield Line(line, TONES[finding.verdict])
    steps = next_step(finding.steps, language)
    answer, means = (in_language(each, language) for each in (finding.answer, finding.means))
    for text in filter(None, (answer, means, steps)):
        yield from wrapped(for_who_waits(text, language), MARGIN)
