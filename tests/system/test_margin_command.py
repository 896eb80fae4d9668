"""``margin``: the period report of second-hand goods, from the state folder alone."""

import json

from desk import Desk
from sandbox_process import SandboxProcess


def sell_a_lamp(desk: Desk, sandbox: SandboxProcess) -> None:
    """Sell a second-hand lamp for 1450.00 and book it by the collective method."""
    rule = {
        "name": "used",
        "when": {"sku": "*", "line": "product"},
        "account": 1051,
        "margin_scheme": "used_goods",
    }
    desk.configure(
        sandbox,
        {"posting.margin_scheme": {"method": "collective"}, "posting.rules": [rule]},
    )
    assert desk.run("run").status == 0


def test_the_sales_of_the_period_and_its_vat_are_shown(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    sell_a_lamp(desk, sandbox)
    made = len(sandbox.requests())

    shown = desk.run("margin", "--from", "2000-01-01", "--to", "2099-12-31", "--purchases", "50")

    assert (shown.status, shown.stderr) == (0, "")
    assert "invoice 1001" in shown.stdout
    assert "(used_goods)" in shown.stdout
    assert "VAT, 20 % of the margin" in shown.stdout
    assert len(sandbox.requests()) == made
    assert one_order


def test_for_programs_amounts_are_text_and_the_margin_is_sales_less_purchases(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    sell_a_lamp(desk, sandbox)

    data = json.loads(
        desk.run(
            "margin", "--from", "2000-01-01", "--to", "2099-12-31", "--purchases", "50", "--json"
        ).stdout
    )

    assert data["vat"]["margin"] == f"{float(data['sold']) - 50:.2f}"
    assert data["sales"][0]["order_number"]
    assert one_order


def test_a_period_without_sales_says_so(desk: Desk, one_order: int) -> None:
    desk.run("run")

    assert "None." in desk.run("margin", "--from", "2000-01-01", "--to", "2000-12-31").stdout
    assert one_order


def test_days_in_the_wrong_order_and_odd_amounts_are_wrong_usage(desk: Desk) -> None:
    backwards = desk.run("margin", "--from", "2026-12-31", "--to", "2026-01-01")
    odd = desk.run("margin", "--from", "2026-01-01", "--to", "2026-12-31", "--purchases", "-5")

    assert backwards.status == odd.status == 2
    assert "lies before --from" in backwards.stderr
    assert "be read as an amount" in odd.stderr
