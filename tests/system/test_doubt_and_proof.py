"""``resolve``, ``adopt`` and ``verify``: what a person asks when something isn't clear."""

import re
import sqlite3

import pytest
from desk import Desk
from invented_sales import an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

BOOKING = {"service": "dinero", "method": "POST", "path": "*/book"}
HEAD = re.compile(r"^journal_head ([0-9a-f]{64})$", re.MULTILINE)


@pytest.fixture
def doubtful_order(desk: Desk, sandbox: SandboxProcess, one_order: int) -> int:
    """Let every answer to the booking be lost, though it happened the first time."""
    sandbox.add_fault("reset_before", BOOKING, times=None)
    run = desk.run("run")
    assert (run.status, run.outcomes) == (4, {one_order: "in_doubt"})
    (outcome,) = run.events_named("order.outcome")
    assert outcome["reason"] == "no_answer"
    sandbox.ask("DELETE", "faults")
    return one_order


def test_the_next_run_settles_doubt_by_reading(
    desk: Desk, sandbox: SandboxProcess, doubtful_order: int
) -> None:
    status = desk.run("status")
    run = desk.run("run")

    (invoice,) = sandbox.invoices()
    assert "no_answer" in status.stdout
    assert (run.status, run.outcomes) == (0, {doubtful_order: "booked"})
    assert len(invoice["Payments"]) == 1


def test_resolve_shows_both_sides_and_settles_what_can_be_read(
    desk: Desk, sandbox: SandboxProcess, doubtful_order: int
) -> None:
    resolved = desk.run("resolve", str(doubtful_order))

    (invoice,) = sandbox.invoices()
    assert resolved.status == 0
    assert "The journal says  in doubt" in resolved.stdout
    assert "a draft of" in resolved.stdout
    assert invoice["Number"] == 1001
    assert len(invoice["Payments"]) == 1
    assert desk.run("run").outcomes == {}


def test_an_answer_that_was_lost_once_is_read_within_the_run(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    sandbox.add_fault("reset_after", BOOKING)

    run = desk.run("run")

    (invoice,) = sandbox.invoices()
    assert (run.status, run.outcomes) == (0, {one_order: "booked"})
    assert len(invoice["Payments"]) == 1


def test_an_adopted_order_is_done_without_an_invoice_of_ours(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    order = an_order_that_does_not_add_up()
    sandbox.sell(order)
    assert desk.run("run").status == 3

    adopted = desk.run("adopt", str(order["order_id"]), "--note", "invoice 2041")
    run = desk.run("run")

    assert adopted.status == run.status == 0
    assert "invoice 2041" in adopted.stdout
    assert "invoice 2041" in desk.run("show", str(order["order_id"])).stdout
    assert sandbox.invoices() == []


def test_a_booked_order_is_not_adopted(desk: Desk, one_order: int) -> None:
    desk.run("run")

    assert desk.run("adopt", str(one_order)).status == 2


def test_an_untouched_journal_is_proved_with_the_head_that_the_run_logged(
    desk: Desk, one_order: int
) -> None:
    run = desk.run("run")
    head = run.run_finished["journal_head"]

    proved = desk.run("verify", "--head", head)

    assert run.outcomes == {one_order: "booked"}
    assert proved.status == 0
    assert HEAD.findall(proved.stdout) == [head]


def test_a_head_that_is_not_in_the_chain_is_70(desk: Desk, one_order: int) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}

    assert desk.run("verify", "--head", "f" * 64).status == 70


def test_a_changed_line_of_the_journal_is_70(desk: Desk, one_order: int) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}
    db = sqlite3.connect(desk.state / "journal.sqlite3")
    db.execute("DROP TRIGGER effects_stay")
    db.execute("UPDATE effects SET subject = 99 WHERE effect_id = 2")
    db.commit()
    db.close()

    assert desk.run("verify").status == 70
