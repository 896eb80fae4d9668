"""A period proved: the shop's orders, our documents, and what Dinero's books show; pure functions.

Every order is in one class, every amount stands on both sides, and what differs has a cause.
"""

__all__ = ["books", "comparison", "details", "documents", "outcome"]
