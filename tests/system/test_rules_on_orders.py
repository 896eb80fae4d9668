"""``rules test`` and ``rules replay``: rules on examples, and on orders already booked."""

import json
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess

EXAMPLES = """\
examples:
  - name: a mug by card
    gateway: quickpayv10
    lines: [{price: 149.95, vat_rate: 25}]
    freight: 49
    expected: {lines: [1000, 1350], payment_type: Kort, deposit_account: 55010}
  - name: to Norway
    gateway: mobilepay
    country: "NO"
    lines: [{price: 100, vat_rate: 0}]
    expected: {totals: {1255: 100}}
"""
CHART = """\
chart:
  accounts:
    - {number: 1000, vat_code: U25}
    - {number: 1001, vat_code: U25}
    - {number: 1100, vat_code: UEUV}
    - {number: 1255, vat_code: UVV}
    - {number: 1350, vat_code: U25}
  deposit_accounts: [55000, 55010, 55020, 55030]
"""


def write(desk: Desk, text: str) -> str:
    file = Path(desk.folder / "examples.yaml")
    file.write_text(text, encoding="utf-8")
    return file.name


@pytest.fixture
def booked(desk: Desk, sandbox: SandboxProcess) -> int:
    sandbox.sell(an_order(0), an_order(1))
    assert desk.run("run").status == 0
    return FIRST_ORDER_ID


def test_examples_pass_with_the_chart_of_the_file_and_without_any_service(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    tested = desk.run("rules", "test", write(desk, CHART + EXAMPLES))

    assert (tested.status, tested.stderr) == (0, "")
    assert "2 of 2 examples came out as expected." in tested.stdout
    assert "No example hits these rules: EU businesses, EU consumers, goods" in tested.stdout
    assert "payment types: PayPal" in tested.stdout
    assert sandbox.requests() == []
    assert not desk.state.exists()


def test_without_any_chart_the_file_is_asked_for_one(desk: Desk) -> None:
    refused = desk.run("rules", "test", write(desk, EXAMPLES))

    assert refused.status == 2
    assert "chart:" in refused.message


@pytest.mark.usefixtures("booked")
def test_an_example_that_fails_is_3_and_says_what_differs(desk: Desk) -> None:
    wrong = EXAMPLES.replace("[1000, 1350]", "[1001, 1350]")

    tested = desk.run("rules", "test", write(desk, wrong))
    data = json.loads(desk.run("rules", "test", "examples.yaml", "--json").stdout)

    assert tested.status == 3
    assert "FAIL  a mug by card" in tested.stdout
    assert "lines: expected 1001, 1350, found 1000, 1350" in tested.stdout
    assert [each["passed"] for each in data["examples"]] == [False, True]


def test_a_file_that_isnt_understood_is_78_with_its_line(desk: Desk) -> None:
    refused = desk.run("rules", "test", write(desk, EXAMPLES.replace("gateway:", "gatway:", 1)))

    (problem,) = refused.events_named("config.problem")
    assert refused.status == 78
    assert (problem["line"], problem["key"]) == (3, "examples[0].gatway")


def test_a_reason_or_an_account_that_doesnt_exist_is_78_with_its_line(desk: Desk) -> None:
    wrong = EXAMPLES.replace("totals: {1255: 100}", "totals: {sales: 100}")
    wrong = wrong.replace("lines: [1000, 1350], payment_type: Kort", "held: unknown_vta")

    refused = desk.run("rules", "test", write(desk, CHART + wrong))

    told = {each["line"]: each["message"] for each in refused.events_named("config.problem")}
    assert refused.status == 78
    assert "is no account number" in told[19]
    assert 'did you mean "unknown_vat"?' in told[14]


@pytest.mark.usefixtures("booked")
def test_unchanged_rules_would_post_the_same(desk: Desk, sandbox: SandboxProcess) -> None:
    calls = len(sandbox.requests())

    replayed = desk.run("rules", "replay", "--since", "2026-01-01")

    assert (replayed.status, replayed.stderr) == (0, "")
    assert "Booked orders: 2. 2 would be the same" in replayed.stdout
    assert len(sandbox.requests()) == calls


def test_changed_rules_are_told_posting_by_posting_with_totals(
    desk: Desk, sandbox: SandboxProcess, booked: int
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1002})

    text = desk.run("rules", "replay", "--since", "2026-01-01").stdout
    data = json.loads(desk.run("rules", "replay", "--since", "2026-01-01", "--json").stdout)

    assert "then  1000 (U25, 25 %)  149.95 DKK" in text
    assert "now   1002 (U25, 25 %)  149.95 DKK" in text
    assert [each["order_id"] for each in data["orders"]] == [booked, booked + 1]
    totals = {each["account"]: (each["then"], each["now"]) for each in data["totals"]}
    assert totals == {
        1000: ("299.90", "0.00"),
        1002: ("0.00", "299.90"),
        1350: ("98.00", "98.00"),
    }


@pytest.mark.usefixtures("booked")
def test_an_order_that_the_rules_would_hold_is_told(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1050})

    text = desk.run("rules", "replay", "--since", "2026-01-01").stdout

    assert "2 orders would be held: account_vat_mismatch. They are #10427, #10428" in text
    assert "2 would be held" in text


@pytest.mark.usefixtures("booked")
def test_orders_with_products_that_were_never_read_are_left_out_with_what_to_do(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    used = {"name": "used", "when": {"category": "Brugt*"}, "account": 1001}
    desk.configure(sandbox, {"posting.rules": [used]})

    text = desk.run("rules", "replay", "--since", "2026-01-01").stdout
    data = json.loads(desk.run("rules", "replay", "--since", "2026-01-01", "--json").stdout)

    assert "Would be held" not in text
    assert "0 would be held, 2 couldn't be replayed" in " ".join(text.split())
    assert "2 orders weren't replayed: #10427, #10428" in text
    assert text.count("dinero-sync rules replay --since 2026-01-01 --read-catalogue") == 1
    assert [each["would_be_held"] for each in data["orders"]] == [None, None]
    assert all("catalogue" in each["not_replayed"] for each in data["orders"])
    assert all("--read-catalogue" in each["next_step"] for each in data["orders"])


@pytest.mark.usefixtures("booked")
def test_the_shop_is_asked_for_what_no_run_has_read_once_and_says_so_before(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    mugs = {"name": "mugs", "when": {"category": "Keramik*"}, "account": 1001}
    desk.configure(sandbox, {"posting.rules": [mugs]})
    words = ("rules", "replay", "--since", "2026-01-01", "--read-catalogue")
    before = len(sandbox.requests())

    first = desk.run(*words)
    asked = [each["path"] for each in sandbox.requests()[before:]]
    second = desk.run(*words)

    assert "The shop is asked about 1 product that no run has read" in " ".join(
        first.stderr.split()
    )
    assert "now   1001 (U25, 25 %)  149.95 DKK" in first.stdout
    assert "0 couldn't be replayed" in " ".join(first.stdout.split())
    assert len(asked) <= 2
    assert not [path for path in asked if "/order" in path]
    assert "The shop isn't asked" in second.stderr
    assert second.stdout == first.stdout
    assert len(sandbox.requests()) == before + len(asked)


@pytest.mark.usefixtures("booked")
def test_calls_that_runs_need_are_left_to_them(desk: Desk, sandbox: SandboxProcess) -> None:
    mugs = {"name": "mugs", "when": {"category": "Keramik*"}, "account": 1001}
    desk.configure(sandbox, {"posting.rules": [mugs], "shoporama.daily_calls": 1})

    replayed = desk.run("rules", "replay", "--since", "2026-01-01", "--read-catalogue")

    assert replayed.status == 0
    assert "1 product wasn't read" in replayed.stderr
    assert "2 orders weren't replayed: #10427, #10428" in replayed.stdout


@pytest.mark.usefixtures("booked")
def test_rules_that_ask_nothing_of_the_catalogue_cost_no_call(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    before = len(sandbox.requests())

    replayed = desk.run("rules", "replay", "--since", "2026-01-01", "--read-catalogue")

    assert "The shop isn't asked: the rules ask nothing of its catalogue." in replayed.stderr
    assert len(sandbox.requests()) == before


@pytest.mark.usefixtures("booked")
def test_orders_from_before_the_day_are_left_alone(desk: Desk) -> None:
    replayed = desk.run("rules", "replay", "--since", "2999-01-01")

    assert (replayed.status, replayed.stdout.startswith("Booked orders: 0.")) == (0, True)


@pytest.mark.usefixtures("booked")
def test_an_order_that_changed_since_isnt_replayed(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.change_order(FIRST_ORDER_ID, status="cancelled")
    assert desk.run("run").status == 3

    text = desk.run("rules", "replay", "--since", "2026-01-01").stdout

    assert "it was changed in the shop after booking." in text


def test_before_anything_was_read_there_is_nothing_to_replay(desk: Desk) -> None:
    assert desk.run("rules", "replay", "--since", "2026-01-01").status == 2


@pytest.mark.usefixtures("booked")
def test_an_account_made_since_is_known_after_rules_check(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1007})

    unknown = desk.run("rules", "replay", "--since", "2026-01-01")
    checked = desk.run("rules", "check")

    assert unknown.status == 78
    assert "dinero-sync rules check" in unknown.message
    assert checked.status == 78, "the account isn't in Dinero either"


def test_the_subcommands_explain_themselves(desk: Desk) -> None:
    shown = desk.run("rules", "--help")

    assert shown.status == 0
    assert [
        name for name in ("check", "test", "replay") if f"\n  {name} " not in shown.stdout
    ] == []
