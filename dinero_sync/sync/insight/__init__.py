"""What the rules do, did and would do: reads, and never writes."""

__all__ = [
    "clearing",
    "closing",
    "evidence",
    "explaining",
    "ledger",
    "paper_evidence",
    "reconcile",
    "replay",
    "rule_examples",
    "rules_check",
    "unread_products",
]
