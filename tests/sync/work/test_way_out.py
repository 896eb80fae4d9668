"""Trouble on our own side: told as that, at once, and never in doubt or at a service's expense."""

import socket
from contextlib import closing
from datetime import timedelta

import pytest
from business import Business, Finished
from shop import raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.calls import kept_calls
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing

UNUSABLE = "ftp://proxy.example:21"


@pytest.fixture
def business(business: Business, monkeypatch: pytest.MonkeyPatch) -> Business:
    """Sell an order, with no proxy in the environment."""
    for name in ("http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    business.sell(raw_order())
    return business


def shop_calls_counted(business: Business) -> int:
    with closing(open_copy(business.state_folder)) as db:
        now = business.sandbox.now()
        return len(list(kept_calls(db, "Shoporama", now, timedelta(days=1))))


def stopped(finished: Finished) -> str:
    return str(finished.result.stopped)


def test_a_proxy_setting_that_cant_be_used_ends_the_run_with_78_before_any_call(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", UNUSABLE)

    finished = business.run_once()

    assert (finished.exit_code, finished.requests, finished.pauses) == (ExitCode.CONFIG, [], [])
    assert "The proxy that http_proxy names can't be used" in stopped(finished)
    assert shop_calls_counted(business) == 0


@pytest.mark.parametrize("path", ["*/contacts", "*/invoices", "*/book"])
def test_a_change_that_cant_leave_this_machine_is_never_in_doubt(
    business: Business, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    business.meanwhile("POST", path, lambda: monkeypatch.setenv("http_proxy", UNUSABLE))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.CONFIG
    assert business.order().standing is Standing.WORKING
    assert business.begun() == set()

    monkeypatch.delenv("http_proxy")

    assert business.run_once().exit_code == ExitCode.OK
    assert [each.is_booked for each in business.invoices()] == [True]


def test_a_shop_that_cant_be_reached_costs_none_of_the_days_calls(business: Business) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    business.config["shoporama"]["base_url"] = f"http://127.0.0.1:{port}/REST"

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "Shoporama can't be reached: 127.0.0.1 refused the connection" in stopped(finished)
    assert shop_calls_counted(business) == 0
