"""A reported VAT period, and money received before shipping, at the command line."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.sandbox.shop.catalogue import CARD


def days_ago(count: int) -> date:
    """Return the day in Copenhagen so many days ago."""
    return accounting_date(datetime.now(UTC) - timedelta(days=count))


@pytest.fixture
def held(desk: Desk, sandbox: SandboxProcess) -> int:
    """Sell for the day five days ago, in a period that was reported up to yesterday."""
    desk.configure(sandbox, {"dinero.closed_until": days_ago(1).isoformat()})
    sandbox.sell(an_order())
    assert desk.run("run").outcomes == {FIRST_ORDER_ID: "held"}
    return FIRST_ORDER_ID


def test_explain_and_plan_tell_that_the_period_is_closed(desk: Desk, held: int) -> None:
    explained = desk.run("explain", str(held), "--language", "en")
    planned = desk.run("plan")
    data = json.loads(desk.run("explain", str(held), "--json").stdout)

    assert "period_closed" in explained.stdout
    assert f"retry {held} --date {days_ago(5)}" in explained.stdout
    assert "period_closed" in planned.stdout
    assert f"--date {days_ago(0)}" in planned.stdout
    assert data["reason"] == data["held_by_present_rules"] == "period_closed"


def test_the_command_that_status_tells_books_it_on_its_own_day(desk: Desk, held: int) -> None:
    assert f"dinero-sync retry {held} --date {days_ago(5)}" in desk.run("status").stdout

    released = desk.run("retry", str(held), "--date", str(days_ago(5)))

    assert (released.status, released.stderr) == (0, "")
    assert desk.run("run").outcomes == {held: "booked"}
    assert f"dated {days_ago(5)}" in desk.run("explain", str(held), "--language", "en").stdout


def test_the_first_open_day_is_told_beside_the_day_it_was_paid(desk: Desk, held: int) -> None:
    desk.run("retry", str(held), "--date", str(days_ago(0)))
    desk.run("run")

    explained = " ".join(desk.run("explain", str(held), "--language", "en").stdout.split())
    shown = desk.run("show", str(held)).stdout

    assert f"dated {days_ago(0)}." in explained
    assert f"The customer paid on {days_ago(5)}" in explained
    assert str(days_ago(0)) in shown


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (["--date", "2026-13-01"], "be read as a day"),
        (["--date", str(days_ago(2))], "is closed too"),
        (["--date", str(days_ago(-1))], "still to come"),
    ],
)
def test_another_day_is_refused_and_nothing_changes(
    desk: Desk, held: int, arguments: list[str], because: str
) -> None:
    refused = desk.run("retry", str(held), *arguments)

    assert refused.status == 2
    assert because in refused.message
    assert desk.run("run").status == 3


@pytest.mark.usefixtures("held")
def test_a_day_is_chosen_for_single_orders_only(desk: Desk) -> None:
    refused = desk.run("retry", "--all", "--date", str(days_ago(0)))

    assert refused.status == 2
    assert "name them" in refused.message


def test_an_order_that_isnt_held_has_no_day_to_choose(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"dinero.closed_until": days_ago(6).isoformat()})
    sandbox.sell(an_order())
    assert desk.run("run").outcomes == {FIRST_ORDER_ID: "booked"}

    refused = desk.run("retry", str(FIRST_ORDER_ID), "--date", str(days_ago(0)))

    assert refused.status == 2


def test_what_was_booked_before_its_period_was_closed_is_replayed_and_explained_as_booked(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox)
    sandbox.sell(an_order())
    desk.run("run")
    desk.configure(sandbox, {"dinero.closed_until": days_ago(1).isoformat()})

    replayed = desk.run("rules", "replay", "--since", "2026-01-01")
    explained = desk.run("explain", str(FIRST_ORDER_ID), "--language", "en")

    assert "1 would be the same, 0 would differ, 0 would be held" in replayed.stdout
    assert "period_closed" not in explained.stdout


def test_a_payment_before_its_invoice_is_told_by_plan_log_and_explain(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, trigger="shipped")
    sandbox.sell(an_order(gateway=CARD))

    planned = desk.run("plan").stdout
    ran = desk.run("run")
    explained = desk.run("explain", str(FIRST_ORDER_ID), "--language", "en").stdout

    assert f"dated {days_ago(5)}, before its invoice" in planned
    assert [each["count"] for each in ran.events_named("payments.before_invoice")] == [1]
    assert f"It is dated {days_ago(5)}, before the invoice" in " ".join(explained.split())


def test_a_replay_tells_which_invoices_would_be_dated_by_payment(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, trigger="shipped")
    sandbox.sell(an_order(gateway=CARD))
    desk.run("run")
    at_once = {
        "name": "Kort",
        "when": {"gateway": "quickpay*"},
        "paid": True,
        "received": "at_once",
    }
    entry = {**at_once, "deposit_account": 55010}
    desk.configure(sandbox, {"payment_types": [entry]}, trigger="shipped")

    replayed = desk.run("rules", "replay", "--since", "2026-01-01")
    data = json.loads(desk.run("rules", "replay", "--since", "2026-01-01", "--json").stdout)

    assert f"Would be dated {days_ago(5)}" in replayed.stdout
    assert "1 would differ" in replayed.stdout
    assert [each["would_be_dated"] for each in data["orders"]] == [str(days_ago(5))]


def test_an_examples_day_may_be_closed_and_without_one_it_is_open(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.closed_until": "2026-06-30"})
    examples = """\
        chart:
          accounts:
            - {number: 1000, vat_code: U25}
            - {number: 1001, vat_code: U25}
            - {number: 1100, vat_code: UEUV}
            - {number: 1255, vat_code: UVV}
            - {number: 1350, vat_code: U25}
          deposit_accounts: [55000, 55010, 55020, 55030]
        examples:
          - name: a mug
            gateway: quickpayv10
            lines: [{price: 149.95, vat_rate: 25}]
            expected: {lines: [1000]}
          - name: a mug in a closed period
            day: 2026-06-30
            gateway: quickpayv10
            lines: [{price: 149.95, vat_rate: 25}]
            expected: {held: period_closed}
        """
    Path(desk.folder / "examples.yaml").write_text(examples, encoding="utf-8")

    tested = desk.run("rules", "test", "examples.yaml")

    assert (tested.status, tested.stderr) == (0, "")
    assert "2 of 2 examples came out as expected." in tested.stdout
