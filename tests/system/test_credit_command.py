"""``credit``: the installed command, as a person gives it."""

import json

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess

BOOKED = str(FIRST_ORDER_ID)


@pytest.fixture
def booked(desk: Desk, sandbox: SandboxProcess) -> Desk:
    sandbox.sell(an_order())
    assert desk.run("run").outcomes == {FIRST_ORDER_ID: "booked"}
    return desk


def test_a_credit_note_is_shown_before_it_is_made_and_made_once(booked: Desk) -> None:
    shown = booked.run("credit", BOOKED, "--all", "--reason", "Retur", "--dry-run")
    made = booked.run("credit", "#10427", "--all", "--reason", "Retur", "--json")
    again = booked.run("credit", BOOKED, "--all", "--reason", "Retur")

    assert (shown.status, made.status, again.status) == (0, 0, 2)
    assert "Credit note of invoice 1001, order #10427" in shown.stdout
    assert "Nothing was written." in shown.stdout
    (order,) = json.loads(made.stdout)["orders"]
    assert (order["outcome"], order["document"]) == ("credited", "credit:1")
    assert order["invoice_number"] == 1002
    (outcome,) = made.events_named("order.outcome")
    assert outcome["outcome"] == "credited"
    assert outcome["total"] == order["total"]
    assert "nothing is left of it to credit" in again.message


def test_what_was_credited_is_shown_with_its_order(booked: Desk) -> None:
    booked.run("credit", BOOKED, "--freight", "--reason", "Retur")

    told = booked.run("show", BOOKED)
    data = json.loads(booked.run("show", BOOKED, "--json").stdout)

    assert "Credit note 1002 (credit:1): done" in told.stdout
    (later,) = data["later"]
    assert (later["document"], later["standing"]) == ("credit:1", "done")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say what to credit"),
        (("--all",), "Say what to credit"),
        (("--all", "--amount", "5", "--reason", "x"), "Choose --all"),
        (("--amount", "ti", "--reason", "x"), "be read as an amount"),
        (("--amount", "1.234", "--reason", "x"), "be read as an amount"),
        (("--line", "KRUS-01:0", "--reason", "x"), "more than nothing"),
        (("--line", "UKENDT", "--reason", "x"), "it has no line UKENDT; it has "),
        (("--all", "--reason", "x", "--date", "2031-01-01"), "is dated from"),
        (("--accept",), "Nothing is proposed"),
        (("--accept", "--all"), "give it alone"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_wrong_usage(booked: Desk, options: tuple[str, ...], said: str) -> None:
    finished = booked.run("credit", BOOKED, *options)

    assert finished.status == 2
    assert said in " ".join(finished.stderr.split())


def test_an_order_that_is_not_booked_has_nothing_to_credit(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(state="unpaid"))
    desk.run("run")

    finished = desk.run("credit", BOOKED, "--all", "--reason", "Retur")

    assert finished.status == 2
    assert "has no booked invoice" in finished.stderr
