"""Runs, plans, and what a person decides about orders."""

__all__ = [
    "alarms",
    "apply_plan",
    "by_hand",
    "papers_by_hand",
    "plan_file",
    "rebuild",
    "releasing",
    "resolve",
    "result",
    "run",
]
