"""What is found wrong, or unwise, in the rules, as data."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from dinero_sync.domain.step import Facts, Steps


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Books or VAT return would be wrong, or the rules can't be used."""
    WARNING = "warning"
    """Probably not meant, or risky."""
    HINT = "hint"
    """Worth knowing."""


class Source(StrEnum):
    """What a finding follows from: a paragraph, or what Dinero or this program does."""

    ACCOUNT_DECIDES = "account_decides"
    CLEARING = "clearing"
    DANISH_RATE = "danish_rate"
    DANISH_SALES = "danish_sales"
    DANISH_SALES_AND_EXEMPT = "danish_sales_and_exempt"
    DISTANCE_SALES = "distance_sales"
    DOMESTIC_REVERSE_CHARGE = "domestic_reverse_charge"
    EXPORT = "export"
    FIRST_DECIDES = "first_decides"
    FREIGHT = "freight"
    GIFT_CARDS = "gift_cards"
    IN_TIME = "in_time"
    MARGINS = "margins"
    MARGIN_RECORDS = "margin_records"
    OSS = "oss"
    PREPAYMENT = "prepayment"
    REVERSE_CHARGE = "reverse_charge"
    SALES_BY_COUNTRY = "sales_by_country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at in the rules; ``texts`` tells it."""

    severity: Severity
    key: str
    """Where the configuration says it, like ``posting.rules[0].account``."""
    text: str
    """The code of the sentence that says what is so, and what it means for the books."""
    facts: Facts = field(default_factory=dict)
    """The values in the sentence."""
    source: tuple[Source, ...] = ()
    """What it follows from; empty where that needs no saying."""
    steps: Steps
    """What to do: what to change, and YAML to paste where there is some."""


error = partial(Finding, severity=Severity.ERROR)
warning = partial(Finding, severity=Severity.WARNING)
hint = partial(Finding, severity=Severity.HINT)
"""Each makes a finding of its degree, from all the rest of it by name."""
