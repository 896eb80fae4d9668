"""``status``, ``show``, ``retry``, ``skip``, ``book``: what a person does about single orders."""

import json
import re

import pytest
from desk import Desk
from invented_sales import (
    FIRST_ORDER_ID,
    MUG_WITH_FREIGHT,
    an_order,
    an_order_that_does_not_add_up,
)
from sandbox_process import SandboxProcess

HELD = FIRST_ORDER_ID


@pytest.fixture
def held_order(desk: Desk, sandbox: SandboxProcess) -> int:
    """Let a run hold an order whose total is a krone too high; another one is booked."""
    sandbox.sell(an_order_that_does_not_add_up(), an_order(1))
    assert desk.run("run").outcomes == {HELD: "held", HELD + 1: "booked"}
    return HELD


def mend(sandbox: SandboxProcess) -> None:
    """Correct the total in the shop, without moving the time of the last change."""
    order = an_order()
    sandbox.change_order(HELD, total_price=order["total_price"])


def test_status_names_what_is_held_why_and_the_next_step(desk: Desk, held_order: int) -> None:
    status = desk.run("status")

    assert (status.status, status.stderr) == (0, "")
    assert f"#10427  (order id {held_order})" in status.stdout
    assert "lines_do_not_add_up" in status.stdout
    assert "1 order needs you" in status.stdout


def test_status_for_programs_has_the_same(desk: Desk, held_order: int) -> None:
    data = json.loads(desk.run("status", "--json").stdout)

    (held,) = data["attention"]
    assert (held["order_id"], held["number"]) == (held_order, "10427")
    assert (held["standing"], held["reason"]) == ("held", "lines_do_not_add_up")
    assert held["message"]
    assert held["next_step"]
    assert data["organization_id"] == 123456
    assert data["watermark"]
    assert data["orders"]["held"] == data["orders"]["done"] == 1
    assert data["last_run"]["exit_code"] == 3


def test_status_before_the_first_run_creates_nothing_and_calls_nobody(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    status = desk.run("status")

    assert status.status == 0
    assert "never; what it would do: dinero-sync plan" in status.stdout
    assert "Nothing needs you." not in status.stdout, "no run has shown it"
    assert not desk.state.exists()
    assert sandbox.requests() == []


@pytest.mark.parametrize("name", ["4815163", "#10428", "10428"])
def test_show_tells_what_was_decided_and_done(desk: Desk, held_order: int, name: str) -> None:
    shown = desk.run("show", name)

    assert shown.status == 0
    assert f"Order #10428  (order id {held_order + 1})" in shown.stdout
    assert "Krus med blå glasur" in shown.stdout
    assert "149.95 DKK" in shown.stdout
    assert "account 1350" in shown.stdout
    assert "Invoice          1001, dated" in shown.stdout
    assert re.findall(r"\d\d:\d\d  ([a-z ]+)$", shown.stdout, re.MULTILINE) == [
        "contact made",
        "draft made",
        "booked",
        "payment registered",
    ]


def test_show_for_programs_has_the_shop_s_words_the_plan_and_every_answer(
    desk: Desk, held_order: int
) -> None:
    data = json.loads(desk.run("show", str(held_order + 1), "--json").stdout)

    assert data["shop"]["webshop_order_id"] == 10428
    assert (data["total"], data["currency"]) == (MUG_WITH_FREIGHT, "DKK")
    assert [line["account"] for line in data["plan"]["invoice"]["lines"]] == [1000, 1350]
    steps = [(each["kind"], each["phase"]) for each in data["effects"]]
    kinds = [kind for kind, phase in steps if phase == "intent"]
    assert len(kinds) == 4
    assert all((kind, "done") in steps for kind in kinds)
    orders = {each["body_hash"] for each in data["effects"] if each["kind"] == "order"}
    assert {
        each["body"]["order"] for each in data["effects"] if each["phase"] == "intent"
    } <= orders


def test_a_retried_order_is_read_again_and_booked(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    mend(sandbox)

    retried = desk.run("retry", "#10427")
    run = desk.run("run")

    assert (retried.status, retried.stdout) == (0, "Order #10427 goes on with the next run.\n")
    assert (run.status, run.outcomes) == (0, {held_order: "booked"})


def test_an_order_mended_in_the_shop_is_booked_without_a_retry(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    mend(sandbox)

    run = desk.run("run")

    assert (run.status, run.outcomes) == (0, {held_order: "booked"})


def test_an_order_retried_without_being_mended_is_held_again(desk: Desk, held_order: int) -> None:
    retried = desk.run("retry", "--all")
    run = desk.run("run")

    assert retried.stdout == "Order #10427 goes on with the next run.\n"
    assert (run.status, run.outcomes) == (3, {held_order: "held"})


def test_retry_shows_the_note_of_an_adopted_order_and_releases_none_of_those_named(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    other = an_order_that_does_not_add_up(2)
    sandbox.sell(other)
    desk.run("run")
    desk.run("adopt", "#10427", "--note", "faktura 77")

    refused = desk.run("retry", str(other["order_id"]), "#10427")

    assert refused.status == 2
    assert "faktura 77" in refused.message
    assert f"retry {held_order} --again" in refused.message
    assert json.loads(desk.run("status", "--json").stdout)["orders"]["held"] == 1
    again = desk.run("retry", "#10427", "--again")
    assert again.stdout == "Order #10427 goes on with the next run.\n"


def test_retry_all_takes_no_decision_back(desk: Desk, held_order: int) -> None:
    desk.run("skip", str(held_order), "--reason", "test order")

    assert desk.run("retry", "--all").stdout == "No order is held.\n"
    assert desk.run("retry", "--all", "--again").status == 2


def test_an_old_hold_keeps_the_exit_code_of_a_run_without_work_at_3(
    desk: Desk, held_order: int
) -> None:
    idle = desk.run("run")

    assert (idle.status, idle.outcomes) == (3, {})
    assert held_order not in idle.outcomes


def test_retry_all_with_nothing_held_says_so(desk: Desk) -> None:
    retried = desk.run("retry", "--all")

    assert (retried.status, retried.stdout) == (0, "No order is held.\n")


def test_an_order_that_is_not_held_is_not_retried(desk: Desk, held_order: int) -> None:
    refused = desk.run("retry", str(held_order + 1))

    assert refused.status == 2
    assert f"dinero-sync show {held_order + 1}" in refused.message


def test_a_skipped_order_never_comes_back_and_keeps_its_reason(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    skipped = desk.run("skip", str(held_order), "--reason", "booked by hand as 2041")
    mend(sandbox)
    run = desk.run("run")

    assert skipped.stdout == "Order #10427 is skipped: booked by hand as 2041\n"
    assert (skipped.status, run.status, run.outcomes) == (0, 0, {})
    assert "booked by hand as 2041" in desk.run("show", str(held_order)).stdout
    assert len(sandbox.invoices()) == 1


def test_a_booked_order_is_not_skipped(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    refused = desk.run("skip", str(held_order + 1), "--reason", "wrong")

    assert refused.status == 2
    assert "invoice 1001" in refused.message
    assert "kreditnota" in refused.message
    assert len(sandbox.invoices()) == 1


def test_a_skip_needs_a_reason(desk: Desk, held_order: int) -> None:
    assert desk.run("skip", str(held_order), "--reason", " ").status == 2
    assert desk.run("skip", str(held_order)).status == 2
    assert desk.run("run").status == 3, "the order is still held"


@pytest.fixture
def draft(desk: Desk, sandbox: SandboxProcess, one_order: int) -> int:
    """Let a run leave the order as a draft."""
    desk.configure(sandbox, {"sync.booking": "draft"})
    run = desk.run("run")
    assert (run.status, run.outcomes) == (0, {one_order: "drafted"})
    assert [invoice["Status"] for invoice in sandbox.invoices()] == ["Draft"]
    return one_order


@pytest.mark.parametrize("arguments", [("--all",), ("#10427",)])
def test_a_draft_is_booked_and_paid_at_a_person_s_word(
    desk: Desk, sandbox: SandboxProcess, draft: int, arguments: tuple[str, ...]
) -> None:
    booked = desk.run("book", *arguments)

    (invoice,) = sandbox.invoices()
    assert (booked.status, booked.stdout) == (0, "")
    assert booked.outcomes == {draft: "booked"}
    assert invoice["Number"] == 1001
    assert len(invoice["Payments"]) == 1
    assert desk.run("run").outcomes == {}


def test_a_draft_waits_however_often_a_run_comes_by(
    desk: Desk, sandbox: SandboxProcess, draft: int
) -> None:
    written = len(sandbox.writes())

    again = desk.run("run")

    assert (again.status, again.outcomes) == (0, {})
    assert len(sandbox.writes()) == written
    told = desk.run("status").stdout
    assert "1 draft waits for your word" in told
    assert "dinero-sync book --all" in told
    assert "Nothing needs you" not in told
    assert draft not in again.outcomes


@pytest.mark.parametrize(
    "named", [("-c", "config.yaml", "status"), ("status", "-c", "config.yaml")], ids=str
)
def test_commands_to_paste_name_the_configuration_that_was_named(
    desk: Desk, draft: int, named: tuple[str, ...]
) -> None:
    assert "  dinero-sync -c config.yaml book --all\n" in desk.run(*named).stdout
    assert draft


def test_what_to_do_about_an_order_names_the_configuration_too(
    desk: Desk, sandbox: SandboxProcess, held_order: int
) -> None:
    booked = held_order + 1
    sandbox.change_order(booked, status="cancelled")
    desk.run("run")

    step = f"dinero-sync -c my.yaml resolve {booked} --accept NOTE"
    (desk.folder / "my.yaml").write_bytes((desk.folder / "config.yaml").read_bytes())
    assert step in desk.run("-c", "my.yaml", "status").stdout
    assert (
        step
        in json.loads(desk.run("status", "--json", "-c", "my.yaml").stdout)["attention"][1][
            "next_step"
        ]
    )
    refused = desk.run("skip", "-c", "my.yaml", str(booked), "--reason", "wrong")
    assert "dinero-sync -c my.yaml resolve" in refused.message


def test_where_no_draft_waits_booking_all_of_them_says_so(desk: Desk) -> None:
    booked = desk.run("book", "--all")

    assert booked.status == 0
    assert booked.stdout == "No draft waits for your word. Nothing was booked.\n"
    assert desk.run("book", "--all", "--language", "da").stdout.startswith("Ingen kladde venter")


def test_a_skipped_draft_is_deleted_in_dinero(
    desk: Desk, sandbox: SandboxProcess, draft: int
) -> None:
    skipped = desk.run("skip", str(draft), "--reason", "test order")

    assert skipped.status == 0
    assert [each for each in sandbox.invoices() if not each.get("DeletedAt")] == []
    assert sandbox.writes()[-1]["method"] == "DELETE"
    assert desk.run("run").outcomes == {}


def test_an_order_without_a_draft_is_not_booked(desk: Desk, held_order: int) -> None:
    refused = desk.run("book", str(held_order + 1))

    assert refused.status == 2
    assert "no draft that waits" in refused.message


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "99"),
        ("show", "#99"),
        ("retry", "99"),
        ("skip", "99", "--reason", "x"),
        ("book", "99"),
        ("run", "--order", "99"),
        ("run", "--order", "#99"),
        ("show", "nonsense"),
        ("run", "--order", "nonsense"),
    ],
    ids=" ".join,
)
def test_an_unknown_order_is_2_and_is_named(desk: Desk, arguments: tuple[str, ...]) -> None:
    refused = desk.run(*arguments)

    assert (refused.status, refused.stdout) == (2, "")
    assert any(name in refused.message for name in ("99", "nonsense"))


@pytest.mark.parametrize("command", ["retry", "book"])
def test_neither_orders_nor_all_is_2_and_so_are_both(desk: Desk, command: str) -> None:
    assert desk.run(command).status == 2
    assert desk.run(command, "4815162", "--all").status == 2
