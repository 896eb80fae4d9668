"""What ``doctor`` found: an answer to each question, and what it means for the configuration."""

from collections.abc import Callable
from dataclasses import dataclass
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


def ask(question: str, find: Callable[[], Diagnosis]) -> Diagnosis:
    """Ask one question; what goes wrong is the answer, so that the other questions are asked."""
    try:
        return find()
    except DineroSyncError as error:
        return Diagnosis(
            question=question,
            verdict=Verdict.PROBLEM,
            answer=str(error),
            exit_code=error.exit_code,
        )
    except RejectedError as error:
        return Diagnosis(
            question=question,
            verdict=Verdict.PROBLEM,
            answer=f"Dinero refused to tell ({error}).",
            exit_code=ExitCode.TEMPORARY,
        )
