"""Sales that cross a border: whose VAT they bear, and whether the goods cross it at all."""

__all__ = ["handed_over", "oss"]
