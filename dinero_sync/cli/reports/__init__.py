"""What the commands tell, for people and for programs."""

__all__ = [
    "doctor",
    "explain",
    "explain_data",
    "order",
    "plan",
    "rebuild",
    "resolve",
    "rules",
    "run",
    "show",
    "status",
    "tables",
    "tried",
]
