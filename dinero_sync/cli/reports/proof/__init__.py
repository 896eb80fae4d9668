"""What proves the books to others: evidence, what was posted."""

__all__ = ["beancount", "closing", "evidence", "pages", "paper_evidence", "procedures"]
