"""Waiting orders are judged anew for a changed configuration, not for a new version's keys."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dinero_sync.domain.order import OrderStatus
from dinero_sync.posting.settings import HandedOver, PostingSettings, Rule, RuleCondition, Trigger
from dinero_sync.shoporama.fields import WIRE_NAMES, fields_with
from dinero_sync.shoporama.reader import ReaderSettings
from dinero_sync.sync.work.rules_hash import rules_hash, settings_hash

RULE = Rule(name="mugs", when=RuleCondition(), account=1001)
SETTINGS = PostingSettings(
    organization_id=123456,
    trigger=Trigger.PAID,
    start_date=date(2026, 12, 1),
    sales_account=1000,
    shipping_account=1350,
    rules=(RULE,),
)
READER = ReaderSettings(zone=ZoneInfo("Europe/Copenhagen"), currency="DKK", names=fields_with({}))
AS_0_2_HASHED_THEM = "ee3721fe57afbcc90b350dcc9cd047db7dfed3722d749a44298d8695121b442d"
RATES = "frozenset({('DE', D(19)), ('SE', D(25)), ('FI', D('25.5')), ('HR', D(25)), ('AT', D(20))})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRule(Rule):
    """Rules of a version to come."""

    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSettings(PostingSettings):
    """Settings of a version to come."""

    closed_until: date | None = None


def of_the_next_version(**keys: date) -> PostingSettings:
    known = {each.name: getattr(SETTINGS, each.name) for each in fields(SETTINGS)}
    rule = NextRule(name=RULE.name, when=RULE.when, account=RULE.account)
    return NextSettings(**{**known, "rules": (rule,), **keys})


def test_it_is_the_hash_that_versions_0_1_and_0_2_kept() -> None:
    assert settings_hash(SETTINGS, READER) == AS_0_2_HASHED_THEM


def test_a_key_that_a_version_brings_changes_nothing_until_it_is_written() -> None:
    upgraded = of_the_next_version()
    written = of_the_next_version(closed_until=date(2026, 12, 31))

    assert settings_hash(upgraded, READER) == settings_hash(SETTINGS, READER)
    assert rules_hash(upgraded) == rules_hash(SETTINGS)
    assert rules_hash(written) != rules_hash(SETTINGS)


@pytest.mark.parametrize(
    "change",
    [
        lambda: replace(SETTINGS, sales_account=1001),
        lambda: replace(SETTINGS, rules=()),
        lambda: replace(SETTINGS, refuse_above_threshold=False),
        lambda: replace(SETTINGS, handed_over=HandedOver(in_denmark=("303",))),
        lambda: replace(SETTINGS, eu_vat_rates=frozenset({("EE", Decimal(24))})),
        lambda: replace(SETTINGS, rules=(replace(RULE, when=RuleCondition(freight=("303",))),)),
    ],
)
def test_whatever_decides_about_orders_changes_it(change: Callable[[], PostingSettings]) -> None:
    assert settings_hash(change(), READER) != settings_hash(SETTINGS, READER)
    assert rules_hash(change()) != rules_hash(SETTINGS)


@pytest.mark.parametrize(
    "reader",
    [
        replace(READER, currency="EUR"),
        replace(READER, countries={45: "DK"}),
        replace(READER, statuses={"pakket": OrderStatus.SHIPPED}),
        replace(READER, rounding_limit=Decimal("0.05")),
        replace(READER, names={**WIRE_NAMES, "tip": ("tip",)}),
    ],
)
def test_how_orders_are_read_changes_it(reader: ReaderSettings) -> None:
    assert settings_hash(SETTINGS, reader) != settings_hash(SETTINGS, READER)


def test_rates_in_no_order_are_told_in_one_so_that_every_run_has_the_same_hash() -> None:
    """Python orders a set of texts otherwise in every process."""
    program = (
        "from dataclasses import replace; from decimal import Decimal as D;"
        "from dinero_sync.sync.work.rules_hash import rules_hash;"
        "from test_hash_of_rules import SETTINGS;"
        f"print(rules_hash(replace(SETTINGS, eu_vat_rates={RATES})))"
    )

    def in_a_process(seed: str) -> str:
        here = os.path.dirname(__file__)  # noqa: PTH120 - a path for another process
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": here}
        command = [sys.executable, "-c", program]
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert len({in_a_process(seed) for seed in ("1", "2", "3")}) == 1
