"""What we meant to do and what came of it: journal, watermark, tokens, lock, atomic files."""

__all__ = [
    "cache",
    "calls",
    "contacts",
    "database",
    "documents",
    "effects",
    "orders",
    "retention",
    "runs",
    "salvage",
    "schema",
    "verification",
    "watermark",
]
