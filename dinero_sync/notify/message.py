"""What is told, and what keeps it from being told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dinero_sync.errors import DineroSyncError, ExitCode

SECONDS = 10.0
"""How long a channel may take to connect, and for each answer: a run waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message for people."""

    subject: str
    """One line."""
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    """For programs, by the names of environment variables; none is personal data."""


class NotToldError(DineroSyncError):
    """A channel didn't take a message; its text names no address and nothing that it said (75)."""

    exit_code = ExitCode.TEMPORARY


class ChannelRefusedError(NotToldError):
    """A channel can't take any before somebody changes something (78)."""

    exit_code = ExitCode.CONFIG
