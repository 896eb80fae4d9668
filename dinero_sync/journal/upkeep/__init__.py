"""What keeps a journal through the years: brought up, verified, saved, rid of personal data."""

__all__ = ["migration", "retention", "salvage", "verification"]
