"""Conditions as they stand in the configuration, for explanations and findings."""

import json
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from dinero_sync.posting.settings import PaymentTypeCondition, ProductCondition, RuleCondition

Condition = RuleCondition | PaymentTypeCondition | ProductCondition
PLAIN_SIGNS = frozenset("_- ")
"""Signs that text without quotes may hold beside letters and digits."""


def condition_text(when: Condition) -> str:
    """Write a condition as YAML on one line, like ``{zone: eu, buyer: business}``."""
    return "{" + ", ".join(_keys(when)) + "}"


def _keys(when: Condition) -> Iterator[str]:
    for each in fields(when):
        value = getattr(when, each.name)
        if isinstance(value, ProductCondition):
            yield from _keys(value)
        elif len(value) == 1:
            yield f"{each.name}: {_scalar(value[0])}"
        elif value:
            yield f"{each.name}: [{', '.join(map(_scalar, value))}]"


def _scalar(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value)
    plain = all(sign.isalnum() or sign in PLAIN_SIGNS for sign in text) and not text.isdigit()
    return text if plain or isinstance(value, int) else json.dumps(text, ensure_ascii=False)
