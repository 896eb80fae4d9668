"""Rules for kinds of orders: which account takes which line, and how payments are registered."""

__all__ = ["conditions", "payments", "posting"]
