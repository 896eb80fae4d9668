"""Bills in PDF: their text, taken out in a process of its own, and read as a template says."""

__all__ = ["pdf", "template", "text"]
