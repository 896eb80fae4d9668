"""What is written together: few commits an order, and nothing undone when a call leaves."""

from collections import Counter
from typing import Any

import pytest
import requests
from business import Business, SandboxClock
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions, run
from dinero_sync.sync.work.workplace import Workplace

ORDERS = range(ORDER_ID, ORDER_ID + 10)
COMMITS_AN_ORDER = 5
"""One before each of its four calls, and one before it is told that the order is booked."""
COMMITS_OF_A_RUN = 10
"""For whatever it does once: how it begins and ends, the contacts, decisions."""


@pytest.fixture
def ten_orders(business: Business) -> Business:
    business.sell(*(raw_order(order_id=each, email=f"buyer{each}@example.com") for each in ORDERS))
    return business


def all_booked(business: Business) -> bool:
    return all(business.order(each).standing is Standing.DONE for each in ORDERS)


def test_an_order_costs_few_commits(ten_orders: Business) -> None:
    statements: Counter[str] = Counter()

    def work(place: Workplace) -> RunResult:
        place.db.set_trace_callback(lambda statement: statements.update([statement]))
        return run(place, RunOptions())

    ten_orders.do(work)

    assert all_booked(ten_orders)
    assert statements["COMMIT"] <= COMMITS_AN_ORDER * len(ORDERS) + COMMITS_OF_A_RUN


def test_all_that_was_written_is_durable_when_a_call_leaves(
    ten_orders: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    ten_orders.fault(path="*/book", method="POST", kind="reset_after")
    left_open: list[bool] = []
    send = requests.Session.send

    def work(place: Workplace) -> RunResult:
        def noted(
            session: requests.Session,
            request: requests.PreparedRequest,
            **options: Any,  # noqa: ANN401 - as requests takes them
        ) -> requests.Response:
            left_open.append(place.db.in_transaction)
            return send(session, request, **options)

        monkeypatch.setattr(requests.Session, "send", noted)
        return run(place, RunOptions())

    ten_orders.do(work)

    assert all_booked(ten_orders)
    assert len(left_open) > 4 * len(ORDERS)
    assert not any(left_open)


def test_what_was_answered_is_durable_while_the_next_call_waits_for_its_turn(
    ten_orders: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    ten_orders.config["dinero"]["calls_per_minute"] = 20
    left_open: list[bool] = []
    pause = SandboxClock.pause

    def work(place: Workplace) -> RunResult:
        def noted(clock: SandboxClock, seconds: float) -> None:
            left_open.append(place.db.in_transaction)
            pause(clock, seconds)

        monkeypatch.setattr(SandboxClock, "pause", noted)
        return run(place, RunOptions())

    ten_orders.do(work)

    assert all_booked(ten_orders)
    assert left_open
    assert not any(left_open)


def test_a_run_that_is_asked_to_stop_keeps_what_its_last_call_brought_about(
    ten_orders: Business,
) -> None:
    finished = ten_orders.run_once(stop_after_steps=len(ORDERS) + 3)

    assert finished.exit_code == ExitCode.TEMPORARY
    assert len(ten_orders.invoices()) > 0
    assert not any(ten_orders.begun(each) for each in ORDERS)


def test_drafts_that_a_person_books_are_written_as_they_stand(ten_orders: Business) -> None:
    ten_orders.config["sync"]["booking"] = "draft"
    ten_orders.run_once()

    ten_orders.book()

    assert all_booked(ten_orders)
    assert {ten_orders.order(each).reason for each in ORDERS} == {None}
