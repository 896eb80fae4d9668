"""``state export`` and ``state import``: what people decided outlives the state folder."""

import json
import shutil
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

HELD = FIRST_ORDER_ID


@pytest.fixture
def exported(desk: Desk, sandbox: SandboxProcess, tmp_path: Path) -> Path:
    """Let a person skip a held order, which is mended in the shop then, and export that."""
    sandbox.sell(an_order_that_does_not_add_up())
    desk.run("run")
    assert desk.run("skip", str(HELD), "--reason", "a test order").status == 0
    sandbox.change_order(HELD, total_price=an_order()["total_price"])
    path = tmp_path / "decisions.json"
    done = desk.run("state", "export", str(path))
    assert (done.status, " ".join(done.stdout.split())) == (0, f"1 decision is in {path}.")
    return path


@pytest.mark.slow
def test_a_lost_folder_books_nothing_that_was_ended(
    desk: Desk, sandbox: SandboxProcess, exported: Path
) -> None:
    shutil.rmtree(desk.state)

    tried = desk.run("state", "import", str(exported), "--dry-run")
    taken = desk.run("state", "import", str(exported))
    again = desk.run("state", "import", str(exported))
    finished = desk.run("run")

    said = "#10427 is ended without an invoice: a test order\n"
    assert tried.stdout == f"to import: {said}Nothing was changed.\n"
    assert (taken.status, taken.stdout) == (0, f"imported: {said}")
    assert (again.status, again.stdout) == (0, f"known: {said}")
    assert finished.status == 0
    assert sandbox.invoices() == []
    assert desk.run("verify").status == 0


@pytest.mark.slow
def test_a_decision_that_was_taken_back_here_is_in_conflict(desk: Desk, exported: Path) -> None:
    desk.run("retry", str(HELD), "--again")

    taken = desk.run("state", "import", str(exported))

    assert taken.status == 3
    assert taken.stdout.startswith("conflicting: #10427 is ended without an invoice")
    assert "dinero-sync show ORDER" in taken.stdout


def test_decisions_of_another_company_are_refused(desk: Desk, exported: Path) -> None:
    told = json.loads(exported.read_text())
    exported.write_text(json.dumps({**told, "organization_id": 1}))

    refused = desk.run("state", "import", str(exported))

    assert refused.status == 2
    assert "company 1 in Dinero" in refused.stderr
