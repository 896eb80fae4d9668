"""What is found on the very day, and in the shop's own account rather than a usual one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import START, a_rule, an_account
from faulty_rules import SOUND, beside

from dinero_sync.posting.lint.lint import lint
from dinero_sync.texts import telling


@pytest.mark.parametrize(("days", "is_found"), [(-1, False), (0, True), (1, True)])
def test_a_period_that_ends_today_or_later_is_not_over(days: int, *, is_found: bool) -> None:
    closed = replace(SOUND, closed_until=START + timedelta(days=days))

    texts = [each.text for each in lint(closed, beside(), START)]

    assert ("period_to_come" in texts) == is_found


def test_a_place_that_the_account_is_right_for_keeps_it() -> None:
    # an account for exports beside the usual one
    chart = beside(an_account(1256, "Eksport til Norge", "UVV"))
    anywhere = a_rule(1256, "Ærmer", sku=("AERME*",), vat_rate=(0,))
    rules = replace(SOUND, rules=(anywhere, *SOUND.rules))

    (told,) = [each for each in lint(rules, chart, START) if each.text == "anywhere_on_one_account"]

    yaml = telling.next_step(told.steps)
    assert "1256  # Eksport til Norge" in yaml
    assert 'name: "Ærmer, world"' in yaml
