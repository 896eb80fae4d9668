"""What ``doctor`` found: an answer to each question, and what it means for the configuration."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from dinero_sync.dinero.errors import RejectedError
from dinero_sync.errors import DineroSyncError, ExitCode


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
    meaning: str = ""
    """What it means for the configuration; empty when nothing."""
    exit_code: ExitCode = ExitCode.OK


def fine(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question after which nothing has to be done."""
    return Diagnosis(question=question, verdict=Verdict.FINE, answer=answer, meaning=meaning)


def note(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question with something worth knowing."""
    return Diagnosis(question=question, verdict=Verdict.NOTE, answer=answer, meaning=meaning)


def problem(question: str, answer: str, meaning: str = "") -> Diagnosis:
    """Answer a question with something that has to be mended."""
    return Diagnosis(question=question, verdict=Verdict.PROBLEM, answer=answer, meaning=meaning)


def failed(question: str, error: DineroSyncError) -> Diagnosis:
    """Answer a question by what kept it from being asked."""
    return replace(problem(question, str(error)), exit_code=error.exit_code)


def ask(question: str, find: Callable[[], Diagnosis]) -> Diagnosis:
    """Ask one question; what goes wrong is the answer, so that the other questions are asked."""
    try:
        return find()
    except DineroSyncError as error:
        return failed(question, error)
    except RejectedError as error:
        refused = problem(question, f"Dinero refused to tell ({error}).")
        return replace(refused, exit_code=ExitCode.TEMPORARY)
