"""The state folder itself: files replaced as a whole, locks, whose they are, what the disk says."""

__all__ = ["files", "lock", "owners", "packs", "token_file", "trouble"]
