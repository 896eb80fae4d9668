"""What the commands tell, for people and for programs."""

__all__ = [
    "bills",
    "explain",
    "explain_data",
    "margin",
    "money.clearing",
    "plan",
    "rebuild",
    "resolve",
    "rules",
    "run",
    "show",
    "status",
]
