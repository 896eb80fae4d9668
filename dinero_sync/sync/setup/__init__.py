"""The first day: connecting, a first configuration, and the doctor's questions."""

__all__ = [
    "connecting",
    "doctor",
    "findings",
    "starting_accounts",
    "starting_answers",
    "starting_config",
    "starting_facts",
]
