"""What the commands tell, for people and for programs."""

__all__ = [
    "explain",
    "explain_data",
    "margin",
    "plan",
    "rebuild",
    "replay",
    "resolve",
    "run",
    "show",
    "status",
]
