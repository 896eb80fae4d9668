"""What buyers type about themselves, as it is meant: numbers and e-mail addresses."""

__all__ = ["emails", "numbers"]
