"""What came of money under way, for people and for programs: payouts."""

__all__ = ["payouts"]
