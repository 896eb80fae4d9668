"""What stands above each shop that needs somebody, in the status of a folder of them."""

from typing import Any

import pytest

from dinero_sync.cli.shops.each import Outcome
from dinero_sync.cli.shops.states import head
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode


def told(*, exit_code: int = 0, data: dict[str, Any] | None = None) -> str:
    found = Outcome(shop="mugs", exit_code=ExitCode(exit_code), data=data, messages=[])
    return head(found, Language.ENGLISH).text


def needing(alarm: str | None, last: int = 0, standing: str | None = None) -> dict[str, Any]:
    return {
        "needs_you": True,
        "alarms": [{"code": alarm}] if alarm else [],
        "last_run": {"exit_code": last},
        "attention": [{"standing": standing}] if standing else [],
        "bills": [],
        "payouts": [],
    }


@pytest.mark.parametrize(
    ("alarm", "last", "what"),
    [
        ("connection_expires", 0, "the connection to Dinero ends"),
        ("no_run_lately", 0, "no run comes any more, and orders wait"),
        ("no_run_ends_well", 75, "no run ends well, and orders wait"),
        ("last_run_failed", 77, "no access to Dinero, or to Shoporama"),
        ("last_run_failed", 78, "the configuration can't be used"),
    ],
)
def test_an_alarm_is_named_as_what_it_is(alarm: str, last: int, what: str) -> None:
    assert told(data=needing(alarm, last)) == f"mugs: {what}"


def test_otherwise_it_is_named_by_what_waits_or_by_how_the_command_ended() -> None:
    assert told(data=needing(None, standing="held")) == "mugs: something is held for you"
    assert told(data=needing(None, standing="in_doubt")) == "mugs: something is in doubt"
    assert told(exit_code=78) == "mugs: the configuration can't be used"
