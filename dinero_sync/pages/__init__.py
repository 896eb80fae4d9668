"""Pages for people to look at, print and keep: one file each, with nothing from elsewhere in it."""

__all__ = ["file", "reconciliation", "said"]
