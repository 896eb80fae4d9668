"""Times are Danish, and say so where this machine's clock shows another."""

import time
from collections.abc import Iterator

import pytest

from dinero_sync.cli.reports.tables import times
from dinero_sync.domain.step import Language


@pytest.fixture(autouse=True)
def _zone_of_the_machine(monkeypatch: pytest.MonkeyPatch, zone: str) -> Iterator[None]:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("zone", ["UTC"])
def test_on_a_server_by_another_clock_it_is_said_whose_times_are_told() -> None:
    assert list(times(Language.ENGLISH)) == [
        ("Times", "Danish time; this machine's clock shows UTC")
    ]
    assert list(times(Language.DANISH)) == [("Tider", "dansk tid; maskinens ur viser UTC")]


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Europe/Stockholm"])
def test_where_it_shows_the_same_nothing_needs_saying() -> None:
    assert list(times(Language.DANISH)) == []
