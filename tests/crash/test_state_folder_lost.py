"""The state folder is lost, old, or damaged: it is memory only, and Dinero knows the rest."""

import shutil

import pytest
from crash_desk import Desk
from crash_inside import give_inside
from crash_orders import an_order
from crash_scenarios import SCENARIOS
from crash_violations import violations, writes


@pytest.fixture
def booked(desk: Desk) -> Desk:
    """Bring a desk to where a few orders are booked."""
    SCENARIOS["paid_orders"].begin(desk)
    assert give_inside(desk, "run") == 0
    return desk


def wrong(desk: Desk) -> list[str]:
    """Return everything that is wrong now."""
    return violations(desk.sandbox, desk.state, SCENARIOS["paid_orders"].expected(desk))


def test_a_lost_state_folder_costs_calls_and_no_second_document(booked: Desk) -> None:
    before = len(writes(booked.sandbox.requests))
    shutil.rmtree(booked.state)

    status = give_inside(booked, "run")

    assert (status, len(writes(booked.sandbox.requests))) == (0, before)
    assert wrong(booked) == []


def test_an_old_backup_of_the_state_folder_doubles_nothing(booked: Desk) -> None:
    backup = booked.folder / "backup"
    shutil.copytree(booked.state, backup)
    booked.sandbox.add_orders([an_order(5, booked.sandbox.now(), buyer=3, days_ago=0)])
    give_inside(booked, "run")
    shutil.rmtree(booked.state)
    shutil.copytree(backup, booked.state)

    statuses = [give_inside(booked, "run") for _ in range(2)]

    assert statuses == [0, 0]
    assert wrong(booked) == []


def test_a_deleted_watermark_only_costs_reading(booked: Desk) -> None:
    before = len(writes(booked.sandbox.requests))
    (booked.state / "watermark.json").unlink()

    status = give_inside(booked, "run")

    assert (status, len(writes(booked.sandbox.requests))) == (0, before)
    assert wrong(booked) == []


def test_a_damaged_journal_is_70_until_it_is_made_anew(booked: Desk) -> None:
    journal = booked.state / "journal.sqlite3"
    journal.write_bytes(b"\0" * journal.stat().st_size)
    before = len(writes(booked.sandbox.requests))

    refused = booked.give("run")
    rebuilt = booked.give("doctor", "--rebuild")
    status = give_inside(booked, "run")

    assert (refused, rebuilt, status) == (70, 0, 0)
    assert len(writes(booked.sandbox.requests)) == before
    assert wrong(booked) == []
