"""What every part of a run works with: workplace, books of the company, pacing, the ledger."""

__all__ = [
    "books",
    "climbing",
    "inbox",
    "ledger",
    "outcome",
    "pacing",
    "rules_hash",
    "services",
    "settings",
    "state",
    "troubles",
    "workplace",
]
