"""What people decided, which nothing but the state folder remembers: written out, taken over."""

__all__ = ["file", "importing", "known"]
