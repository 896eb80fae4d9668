"""Credit notes: what is left of a booked invoice, what is chosen of it, and the documents."""

__all__ = ["difference", "left", "note", "selection"]
