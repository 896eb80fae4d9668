"""Bills in a run, and what people decide about them."""

__all__ = ["by_hand", "looking"]
