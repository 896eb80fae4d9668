"""What ``doctor`` found: an answer to each question, and what it means for the configuration.

The sentences are English that can be said in Danish, see :mod:`dinero_sync.domain.spoken`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dinero_sync.dinero.errors import RejectedError
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Steps
from dinero_sync.errors import DineroSyncError, ExitCode, sentence_of
from dinero_sync.texts import telling


class Verdict(StrEnum):
    """Whether an answer needs anything done."""

    FINE = "fine"
    NOTE = "note"
    """Worth knowing; nothing has to be done."""
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One question, its answer, and what follows."""

    question: str
    verdict: Verdict
    answer: str
    means: str = ""
    """What it means for the configuration; empty when nothing."""
    steps: Steps = ()
    """What to do about it, where that is what a hold of orders says."""
    exit_code: ExitCode = ExitCode.OK
    orders: Mapping[str, object] | None = None
    """For programs: what a run would make of the orders; None for other questions."""

    @property
    def meaning(self) -> str:
        """What it means and what to do, in English."""
        return " ".join(filter(None, (self.means, telling.next_step(self.steps))))


def fine(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question after which nothing has to be done."""
    return Diagnosis(question=question, verdict=Verdict.FINE, answer=answer, means=meaning)


def note(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question with something worth knowing."""
    return Diagnosis(question=question, verdict=Verdict.NOTE, answer=answer, means=meaning)


def problem(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question with something that has to be mended."""
    return Diagnosis(question=question, verdict=Verdict.PROBLEM, answer=answer, means=meaning)


def failed(question: str, error: DineroSyncError) -> Diagnosis:
    """Answer a question by what kept it from being asked."""
    return replace(problem(question, sentence_of(error)), exit_code=error.exit_code)


def ask(question: str, find: Callable[[], Diagnosis]) -> Diagnosis:
    """Ask one question; what goes wrong is the answer, so that the other questions are asked."""
    try:
        return find()
    except DineroSyncError as error:
        return failed(question, error)
    except RejectedError as error:
        refused = problem(question, spoken("Dinero refused to tell ({error}).", error=str(error)))
        return replace(refused, exit_code=ExitCode.TEMPORARY)
