"""Everything that can stop a command, and the exit status each of them gives.

Every error here is *expected*: its text is a sentence for the person who reads it, it says what
the trouble means for the books and what to do, and it is printed without a traceback. A fault that
concerns one order only is not here: that is a hold (:mod:`dinero_sync.domain.hold`), and it stops
nobody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from dinero_sync.domain.spoken import joined, spoken

THIS_COMMAND = "dinero-sync COMMAND"
"""Stands in an error's text for the command that was given; the command line puts it in."""


class ExitCode(IntEnum):
    """The exit statuses of the command; 75, 77 and 78 follow BSD's ``sysexits.h``."""

    OK = 0
    USAGE = 2
    HELD = 3
    IN_DOUBT = 4
    STATE = 70
    TEMPORARY = 75
    NOT_CONNECTED = 77
    CONFIG = 78


SEVERITY = (
    ExitCode.USAGE,
    ExitCode.STATE,
    ExitCode.CONFIG,
    ExitCode.NOT_CONNECTED,
    ExitCode.TEMPORARY,
    ExitCode.IN_DOUBT,
    ExitCode.HELD,
    ExitCode.OK,
)
"""Where several statuses hold for one run, the first of these wins."""


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the status that a run with all of ``codes`` exits with."""
    return min(codes, key=SEVERITY.index, default=ExitCode.OK)


class DineroSyncError(Exception):
    """An expected error: ``str()`` is what the operator reads."""

    exit_code = ExitCode.STATE


def sentence_of(error: DineroSyncError) -> str:
    """Return what an error says, as it was made: a person may be told it in another language."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, str) else str(error)


class UsageError(DineroSyncError):
    """The command was called in a way that can't be meant (exit 2)."""

    exit_code = ExitCode.USAGE


class StateError(DineroSyncError):
    """The state folder is damaged, unreadable, or from a newer version (exit 70)."""


class DamagedStateError(StateError):
    """A file in the state folder isn't what was written: a backup, or making it anew (exit 70)."""


class NewerStateError(StateError):
    """The state folder was written by a newer version: whole, but not for us (exit 70)."""


class TemporaryError(DineroSyncError):
    """A service is down, a limit is spent, a file is held; the next run goes on (exit 75)."""

    exit_code = ExitCode.TEMPORARY


class DeadlineError(TemporaryError):
    """The run's own deadline came before its work was done (exit 75)."""


class StoppedError(TemporaryError):
    """A signal asked the run to stop; the call under way was finished first (exit 75)."""


class QuotaError(TemporaryError):
    """The shop's daily quota of calls is spent (exit 75)."""


class ConnectionRefusedByVendorError(DineroSyncError):
    """Not connected, consent revoked, no Pro plan or no right; either service's key (exit 77)."""

    exit_code = ExitCode.NOT_CONNECTED


class OwnSideError(DineroSyncError):
    """Something on this machine keeps requests from leaving it, and time won't mend it (exit 78).

    A proxy setting, certificates, the clock: nothing was sent, and no service is to blame.
    """

    exit_code = ExitCode.CONFIG


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with the configuration, and where."""

    message: str
    """A sentence: what is wrong and what to write instead."""
    file: str = ""
    line: int = 0
    """Counted from 1; 0 when the problem has no place of its own."""
    column: int = 0
    key: str = ""
    """The dotted path of the key, like ``dinero.auth.client_id`` or ``payment_types[0].when``."""
    named: str = ""
    """What the entry of a list is called that the key is in: a person counts no entries."""

    def __str__(self) -> str:
        """Give the form editors understand: ``file:line:column: key: message``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.message) if part)

    @property
    def said(self) -> str:
        """The same, as it can be told in another language."""
        place = str(self).removesuffix(self.message)
        return spoken("{place}{message}", place=place, message=self.message)


class ConfigError(DineroSyncError):
    """The configuration can't be used; carries every problem found (exit 78)."""

    exit_code = ExitCode.CONFIG

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep ``problems``, in the order they should be read."""
        super().__init__(joined(*(problem.said for problem in problems), between="\n"))
        self.problems = tuple(problems)
