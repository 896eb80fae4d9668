"""``run`` with its options: a dry run, a range of days, single orders, output for programs."""

import json
from datetime import date
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import (
    FIRST_ORDER_ID,
    MUG_WITH_FREIGHT,
    an_order,
    an_order_that_does_not_add_up,
)
from sandbox_process import SandboxProcess

FIRST, SECOND, THIRD = FIRST_ORDER_ID, FIRST_ORDER_ID + 1, FIRST_ORDER_ID + 2


@pytest.fixture
def days(sandbox: SandboxProcess) -> list[date]:
    """Sell on three days, the oldest first; returns the days on which the orders were paid."""
    orders = [an_order(place, days_ago=9.0 - 3 * place) for place in range(3)]
    sandbox.sell(*orders)
    return [date.fromisoformat(order["paid_time"][:10]) for order in orders]


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file, so that any change shows."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def test_a_plain_run_prints_nothing(desk: Desk, days: list[date]) -> None:
    run = desk.run("run")

    assert run.stdout == ""
    assert len(run.outcomes) == len(days)


def test_a_run_for_programs_prints_one_json_object(desk: Desk, days: list[date]) -> None:
    run = desk.run("run", "--json")

    data = json.loads(run.stdout)
    assert [order["order_id"] for order in data["orders"]] == [FIRST, SECOND, THIRD]
    assert {order["outcome"] for order in data["orders"]} == {"booked"}
    assert [order["invoice_date"] for order in data["orders"]] == [str(day) for day in days]
    assert {order["total"] for order in data["orders"]} == {MUG_WITH_FREIGHT}
    assert data["exit_code"] == run.run_finished["exit_code"] == 0
    assert data["calls"] == run.run_finished["calls"]


def test_a_dry_run_shows_what_would_be_booked_and_leaves_no_trace(
    desk: Desk, sandbox: SandboxProcess, days: list[date]
) -> None:
    before = content_of(desk.folder)

    dry = desk.run("run", "--dry-run")

    assert dry.status == 0
    assert dry.stdout.count("would be booked  ") == len(days)
    assert "#10427" in dry.stdout
    assert sandbox.writes() == []
    assert content_of(desk.folder) == before
    assert not desk.state.exists()


def test_a_dry_run_after_a_run_changes_no_file_and_takes_no_lock(
    desk: Desk, sandbox: SandboxProcess, days: list[date]
) -> None:
    desk.run("run")
    sandbox.sell(an_order(3, days_ago=0.1))
    written, before = len(sandbox.writes()), content_of(desk.folder)

    dry = desk.run("run", "--dry-run", "--json")

    (order,) = json.loads(dry.stdout)["orders"]
    assert (order["order_id"], order["outcome"]) == (FIRST + len(days), "planned")
    assert len(sandbox.writes()) == written
    assert content_of(desk.folder) == before


def test_days_are_inclusive_and_the_watermark_stays(
    desk: Desk, sandbox: SandboxProcess, days: list[date]
) -> None:
    run = desk.run("run", "--since", str(days[1]), "--until", str(days[1]))

    assert run.outcomes == {SECOND: "booked"}
    assert run.run_finished["watermark"] is None
    assert not (desk.state / "watermark.json").exists()
    assert len(sandbox.invoices()) == 1


def test_what_a_range_left_out_comes_with_the_next_run(desk: Desk, days: list[date]) -> None:
    desk.run("run", "--until", str(days[0]))

    run = desk.run("run")

    assert run.outcomes == {SECOND: "booked", THIRD: "booked"}
    assert run.run_finished["watermark"]


def test_since_reads_no_order_from_before(desk: Desk, days: list[date]) -> None:
    run = desk.run("run", "--since", str(days[2]))

    assert run.outcomes == {THIRD: "booked"}
    assert desk.run("run").outcomes == {FIRST: "booked", SECOND: "booked"}


def test_single_orders_are_booked_alone_and_the_watermark_stays(
    desk: Desk, days: list[date]
) -> None:
    run = desk.run("run", "--order", str(THIRD), "--order", str(FIRST))

    assert run.outcomes == {FIRST: "booked", THIRD: "booked"}
    assert len(run.outcomes) < len(days)
    assert not (desk.state / "watermark.json").exists()


@pytest.mark.parametrize("name", ["#10428", "10428"])
def test_an_order_is_named_by_the_number_that_the_customer_sees(
    desk: Desk, sandbox: SandboxProcess, name: str
) -> None:
    sandbox.sell(an_order(0, state="unpaid"), an_order(1, state="unpaid"))
    assert desk.run("run").outcomes == {}
    sandbox.sell(an_order(0), an_order(1))

    run = desk.run("run", "--order", name)

    assert run.outcomes == {SECOND: "booked"}


def test_a_bare_number_is_an_id_where_an_order_has_it_as_its_id(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(0), {**an_order(1), "webshop_order_id": FIRST})
    assert desk.run("run").status == 0

    shown = json.loads(desk.run("show", str(FIRST), "--json").stdout)
    other = json.loads(desk.run("show", f"#{FIRST}", "--json").stdout)

    assert (shown["order_id"], other["order_id"]) == (FIRST, SECOND)


@pytest.mark.usefixtures("days")
@pytest.mark.parametrize("command", [("plan",), ("run", "--dry-run")])
def test_an_order_that_no_run_has_read_is_looked_at_by_the_number_that_the_customer_sees(
    desk: Desk, sandbox: SandboxProcess, command: tuple[str, ...]
) -> None:
    looked = desk.run(*command, "--order", "#10428", "--json")

    assert [each["order_id"] for each in json.loads(looked.stdout)["orders"]] == [SECOND]
    assert sandbox.writes() == []


@pytest.mark.parametrize("command", [("plan",), ("run",)])
def test_a_number_that_the_shop_lists_nowhere_is_2_and_nothing_is_done(
    desk: Desk, sandbox: SandboxProcess, days: list[date], command: tuple[str, ...]
) -> None:
    refused = desk.run(*command, "--order", "#99999")

    assert (refused.status, sandbox.writes(), len(days)) == (2, [], 3)
    assert "The shop lists no order #99999" in refused.message


@pytest.mark.parametrize("command", ["show", "explain", "resolve"])
def test_looking_at_an_order_that_no_run_has_read_proposes_nothing_that_books(
    desk: Desk, command: str
) -> None:
    refused = desk.run(command, "#10428")

    assert refused.status == 2
    assert "dinero-sync plan --order ID" in refused.message
    assert "dinero-sync run" not in refused.message


def test_the_lists_of_a_dry_run_agree_with_its_table(
    desk: Desk, sandbox: SandboxProcess, days: list[date]
) -> None:
    sandbox.sell(an_order(3, state="unpaid"), an_order_that_does_not_add_up(4))

    shown = desk.run("run", "--dry-run").stdout

    rows = [line for line in shown.splitlines() if line.startswith("#")]
    lists = " ".join(shown.partition("\n\n")[2].split())
    assert [sum(word in row for row in rows) for word in ("would be booked", "waiting")] == [3, 1]
    assert "would be booked: 3 orders, 596.85 DKK" in lists
    assert "Waiting 1 order, 198.95 DKK; waits until it is paid" in lists
    assert "Held, and waiting for you 1 order, 1 with amount not read " in lists
    assert "(lines_do_not_add_up): #10431" in lists
    assert len(days) == 3


def test_a_named_order_that_is_not_due_is_not_booked(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order(0, state="unpaid"))

    run = desk.run("run", "--order", str(FIRST))

    assert (run.status, run.outcomes) == (0, {})
    assert sandbox.invoices() == []


def test_since_before_the_start_date_is_2_and_names_start_date(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    refused = desk.run("run", "--since", "2020-01-01")

    assert refused.status == 2
    assert "start_date" in refused.message
    assert sandbox.requests() == []


@pytest.mark.parametrize("command", ["run", "plan"])
@pytest.mark.parametrize("digits", [19, 26, 5000])
def test_a_number_too_long_to_be_an_order_is_wrong_usage(
    desk: Desk, command: str, digits: int
) -> None:
    refused = desk.run(command, "--order", "9" * digits)

    assert refused.status == 2
    assert "isn't known here" in refused.message


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "12/01/2026"),
        ("--until", "yesterday"),
        ("--order",),
        ("--dryrun",),
        ("4815162",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_2_and_is_named(desk: Desk, arguments: tuple[str, ...]) -> None:
    refused = desk.run("run", *arguments)

    assert (refused.status, refused.stdout) == (2, "")
    assert arguments[0] in refused.stderr


def test_a_day_that_could_be_two_is_refused_with_how_to_write_it(desk: Desk) -> None:
    refused = desk.run("run", "--since", "12/01/2026")

    assert "write it like 2026-12-01 or 01-12-2026" in refused.message


def test_an_order_from_before_the_start_date_is_never_booked(
    desk: Desk, sandbox: SandboxProcess, days: list[date]
) -> None:
    desk.configure(sandbox, {"sync.start_date": days[1]})

    run = desk.run("run", "--order", str(FIRST))

    assert run.outcomes == {FIRST: "skipped"}
    assert run.events_named("order.outcome")[0]["reason"] == "before_start"
    assert sandbox.invoices() == []
