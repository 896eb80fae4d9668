"""What we meant to do and what came of it: journal, watermark, tokens, lock, atomic files."""

__all__ = [
    "cache",
    "calls",
    "chains",
    "contacts",
    "database",
    "documents",
    "effects",
    "orders",
    "rows",
    "runs",
    "schema",
    "watermark",
]
