"""A run that finds nothing to do costs no more with the years: every query has an index."""

import re
import sqlite3

import pytest
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.sync.run.run import RunOptions, run

GROWS = re.compile(
    r"^SCAN (?!(temp\.)?raw_orders\b)|^SEARCH .*\((kind|chain|document|service)=\?\)"
)
"""A plan's step that looks at a whole table, other than what the same run has just read, or at all
rows of it that have something in common with most."""
THE_LAST = "ORDER BY effect_id DESC LIMIT 1"
"""Ends a look at the end of a table: its first step finds what is asked for."""
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE")


def statements(business: Business, *, dry_run: bool = False) -> list[str]:
    """Run once and return the statements that the journal was given, each with its values."""
    given: list[str] = []
    with business.at_work(dry_run=dry_run) as place:
        place.db.set_trace_callback(given.append)
        run(place, RunOptions())
        place.db.set_trace_callback(None)
        asked = [each for each in dict.fromkeys(given) if each.startswith(ASKING)]
        asked = [each for each in asked if not each.endswith(THE_LAST)]
        return [f"{step}: {each}" for each in asked for step in steps(place.db, each)]


def steps(db: sqlite3.Connection, statement: str) -> list[str]:
    """Return the steps of a statement's plan."""
    return [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]


@pytest.fixture
def of_all_kinds(business: Business) -> Business:
    """Have orders that are booked, held, and waiting in the shop, all of them known."""
    business.sell(
        raw_order(),
        raw_order(ORDER_ID + 1, payment_gateway_id=90),
        raw_order(ORDER_ID + 2, paid=0, paid_time="", status="new"),
    )
    business.run_once()
    business.wait(minutes=10)
    business.run_once()
    return business


def test_an_idle_run_looks_at_no_table_as_a_whole(of_all_kinds: Business) -> None:
    found = statements(of_all_kinds)

    assert [each for each in found if GROWS.match(each)] == []
    assert len(found) > 20, "this would say nothing"


def test_nor_does_one_that_looks_at_waiting_orders_again(of_all_kinds: Business) -> None:
    of_all_kinds.wait(hours=12)

    found = statements(of_all_kinds)

    assert [each for each in found if GROWS.match(each)] == []
    assert any("next_look" in each for each in found)


def test_old_data_is_looked_for_once_a_day(of_all_kinds: Business) -> None:
    assert not any("contacts_sent" in each for each in statements(of_all_kinds))

    of_all_kinds.wait(days=1)

    assert any("contacts_sent" in each for each in statements(of_all_kinds))
