"""What the rules do, did and would do: reads, and never writes."""

__all__ = ["clearing", "evidence", "explaining", "ledger", "replay", "rule_examples", "rules_check"]
