"""Orders that a service gave no answer about, and when it isn't they that are the trouble."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from dinero_sync.dinero.errors import InDoubtError
from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.errors import (
    DeadlineError,
    QuotaError,
    StoppedError,
    TemporaryError,
    sentence_of,
)
from dinero_sync.journal.documents import Subject
from dinero_sync.way_out import UnreachableError

MOST_IN_A_ROW = 3
"""After so many orders without an answer, and none with one between them, others aren't tried."""
ENDS_ANY_RUN = (DeadlineError, StoppedError)
ENDS_THE_RUN = (*ENDS_ANY_RUN, QuotaError, UnreachableError)
"""No other order would fare better."""
Name = TypeVar("Name", bound=Subject)


class Troubles(Generic[Name]):
    """What single orders of one run met at a service."""

    def __init__(self, ends_run: tuple[type[TemporaryError], ...] = ENDS_THE_RUN) -> None:
        """Begin without any; ``ends_run`` are the errors that concern every order."""
        self._ends_run = ends_run
        self._failed: dict[Name, bool] = {}
        """By order, whether the service failed: a change whose answer was merely lost is in doubt.
        The errors themselves would keep alive all that was at hand when they were raised."""
        self._told = ""
        self._in_a_row: set[Name] = set()

    def note(self, subject: Name, error: TemporaryError) -> None:
        """Keep what an order met; raises it where no other order would fare better."""
        if isinstance(error, self._ends_run):
            raise error
        self._failed[subject] = not _is_lost_answer(error)
        if self._failed[subject]:
            self._told = sentence_of(error)
        self._in_a_row.add(subject)

    def note_answer(self) -> None:
        """Note that the service answers: what other orders met is about them."""
        self._in_a_row.clear()

    @property
    def orders(self) -> frozenset[Name]:
        """Return the orders that the service gave no answer about."""
        return frozenset(self._failed)

    @property
    def are_too_many(self) -> bool:
        """Tell whether it is the service that is the trouble, and not the orders."""
        return len(self._in_a_row) >= MOST_IN_A_ROW

    def error(self, what: str) -> TemporaryError | None:
        """Return what to end a run with, beginning with ``what``; None if no service failed."""
        failed = sum(self._failed.values())
        if not failed:
            return None
        return TemporaryError(
            spoken(
                "{what}: {count}; they wait for a later run, and the others went on. {told}",
                what=what,
                count=failed,
                told=self._told,
            )
        )


def together(troubles: Sequence[TemporaryError]) -> TemporaryError | None:
    """Return the one error that says all of ``troubles``; None without any."""
    if len(troubles) > 1:
        return TemporaryError(joined(*map(sentence_of, troubles)))
    return troubles[0] if troubles else None


def _is_lost_answer(error: TemporaryError) -> bool:
    return isinstance(error, InDoubtError) and not error.service_failed
