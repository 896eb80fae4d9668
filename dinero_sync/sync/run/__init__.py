"""Runs, plans, and what a person decides about orders."""

__all__ = [
    "alarms",
    "apply_plan",
    "bills",
    "bills_by_hand",
    "by_hand",
    "plan_file",
    "rebuild",
    "releasing",
    "resolve",
    "result",
    "run",
]
