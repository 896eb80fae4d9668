"""What proves the books to others: evidence of an order, what was posted."""

__all__ = ["beancount", "closing", "evidence", "pages", "procedures"]
