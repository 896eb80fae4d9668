"""Clearing accounts: what is ours on them, against what Dinero's books hold; pure functions."""

__all__ = ["ours", "statement"]
