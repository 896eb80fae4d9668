"""What each format answers: whose file it is, whether a file fits, and what moved."""

from collections.abc import Callable
from dataclasses import dataclass

from dinero_sync.domain.papers.payout import Columns, SettlementFormat
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one report of one provider."""

    format: SettlementFormat
    report: str
    """What the provider calls the report."""
    is_proven: bool
    """Whether a real file of this form was seen when the reader was written."""
    fits: Callable[[File], bool]
    """Tells by titles, or by what else marks the form, whether this report is meant."""
    read: Callable[[File, Columns], Found]
    """Reads and proves the whole file, or raises RefusedFileError."""
