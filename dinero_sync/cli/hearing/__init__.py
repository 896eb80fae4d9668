"""Who is to hear of a run, and what: how it ended, in the words of ``status``."""

__all__ = ["listening", "news", "unit"]
