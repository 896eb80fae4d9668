"""What is found wrong, or unwise, in the rules."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Books or VAT return would be wrong, or the rules can't be used."""
    WARNING = "warning"
    """Probably not meant, or risky."""
    HINT = "hint"
    """Worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at in the rules."""

    severity: Severity
    key: str
    """Where the configuration says it, like ``posting.rules[0].account``."""
    message: str
    """What is so, and what it means for the books."""
    source: str = ""
    """The paragraph or the documentation that it follows from; empty where none is needed."""
    mending: str
    """What to do: YAML to paste after an empty line, where there is some."""


error = partial(Finding, severity=Severity.ERROR)
warning = partial(Finding, severity=Severity.WARNING)
hint = partial(Finding, severity=Severity.HINT)
"""Each makes a finding of its degree, from all the rest of it by name."""
