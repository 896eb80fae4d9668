"""A plan that can't be read is made anew: what it made is found in Dinero, and nothing doubled."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from kept_worlds import KeptWorld

from dinero_sync.journal import orders
from dinero_sync.journal.database import FILE_NAME, open_copy, open_journal

ANOTHER_FORM = "UPDATE documents SET plan_version = 9 WHERE plan IS NOT NULL"
LACKING = "UPDATE documents SET plan = json_remove(plan, '$.invoice.lines') WHERE plan IS NOT NULL"
NO_JSON = "UPDATE documents SET plan = '{' WHERE plan IS NOT NULL"
MOST_RUNS = 3
Alter = Callable[[str], None]


@pytest.fixture
def alter(first_world: KeptWorld) -> Alter:
    """Bring the journal up, and return what changes it then."""
    open_journal(first_world.state).close()

    def change(statement: str) -> None:
        with closing(sqlite3.connect(first_world.state / FILE_NAME)) as db:
            db.execute(statement)
            db.commit()

    return change


@pytest.mark.parametrize("change", [ANOTHER_FORM, LACKING, NO_JSON])
def test_an_order_whose_plan_cant_be_read_is_planned_anew_and_nothing_is_doubled(
    first_world: KeptWorld, alter: Alter, change: str
) -> None:
    before = first_world.books()
    alter(change)
    statuses = [first_world.give("run").status for _ in range(MOST_RUNS)]
    after = first_world.books()

    with closing(open_copy(first_world.state)) as db:
        found = {name: orders.load(db, each) for name, each in first_world.names.items()}
    stand = {name: str(record and record.standing) for name, record in found.items()}
    assert statuses == [3] * MOST_RUNS
    assert {name for name in stand if name.startswith(("died", "in doubt"))} <= {
        name for name, standing in stand.items() if standing == "done"
    }
    assert stand["skipped"] == stand["adopted"] == "skipped"
    assert {stand[name] for name in ("changed", "paid differently", "not sent")} == {"held"}
    for guid, (_, payments, mailouts) in before["invoices"].items():
        assert 1 >= after["invoices"][guid][1] >= payments
        assert 1 >= after["invoices"][guid][2] >= mailouts
    assert len(after["margins"]) == len(set(after["margins"]))
    assert first_world.sandbox.complaints == []


@pytest.mark.parametrize("change", [ANOTHER_FORM, LACKING, NO_JSON])
@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("show", "4815162"),
        ("explain", "4815162"),
        ("run", "--dry-run"),
        ("plan",),
        ("book", "--all"),
        ("margin", "--from", "2026-12-01", "--to", "2026-12-31"),
        ("rules", "replay", "--since", "2026-12-01"),
        ("retry", "--all"),
    ],
    ids=" ".join,
)
def test_no_command_ends_by_a_plan_that_cant_be_read(
    first_world: KeptWorld, alter: Alter, change: str, command: tuple[str, ...]
) -> None:
    alter(change)
    given = first_world.give(*command)

    assert given.status in {0, 3, 4}, given.told


def test_verify_names_a_plan_that_was_changed_on_a_booked_order(
    first_world: KeptWorld, alter: Alter
) -> None:
    paid, begun = (first_world.names[name] for name in ("paid", "died before its payment"))
    alter(f"{LACKING} AND subject IN ({paid}, {begun})")
    given = first_world.give("verify")

    assert given.status == 70
    for order_id in (paid, begun):
        assert f"What was decided about order {order_id} isn't what was booked" in given.told
