"""Gift cards that are used: a payment of the invoice, or a line of it."""

__all__ = ["used"]
