"""``plan`` and ``apply``: the documents that a person looked at are delivered so, or not at all."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, Finished
from invented_sales import (
    FIRST_ORDER_ID,
    MUG_WITH_FREIGHT,
    an_order,
    an_order_that_does_not_add_up,
)
from sandbox_process import SandboxProcess
from told_secrets import PERSONAL_DATA, found_in

from dinero_sync.sandbox.shop.catalogue import MUG, SAMPLE
from dinero_sync.sandbox.shop.more_products import USED_LAMP

FIRST, SECOND, THIRD = FIRST_ORDER_ID, FIRST_ORDER_ID + 1, FIRST_ORDER_ID + 2
STALE = "The plan is stale"


@pytest.fixture
def plan_file(desk: Desk, sandbox: SandboxProcess) -> Path:
    """Plan two orders of a mug with freight."""
    sandbox.sell(an_order(0), an_order(1))
    assert desk.run("plan", "-o", "plan.json").status == 0
    return desk.folder / "plan.json"


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file, so that any change shows."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def change_file(path: Path, **fields: object) -> None:
    """Write other words into a plan's head."""
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **fields}), encoding="utf-8")


def refused(run: Finished, sandbox: SandboxProcess, booked_before: int = 0) -> str:
    """Assert that nothing was delivered; returns what the operator was told."""
    assert run.status == 2
    assert len(sandbox.invoices()) == booked_before
    return run.message


def test_plan_shows_lines_with_accounts_vat_and_rules_and_the_payment(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order())

    plan = desk.run("plan")

    assert plan.status == 0
    assert "Invoice dated" in plan.stdout
    assert "to a consumer in DK; terms: Paid" in plan.stdout
    assert "1000 Salg af varer/ydelser m/moms (U25, 25 %): sales_account" in plan.stdout
    assert "1350 Salg af fragt - momspligtig (U25, 25 %): shipping_account" in plan.stdout
    assert "deposit account 55010" in plan.stdout
    assert found_in(plan.stdout, PERSONAL_DATA) == []


def test_a_plan_that_cannot_be_kept_where_it_was_told_to_is_wrong_usage(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order())

    told = refused(desk.run("plan", "-o", "no such folder/plan.json"), sandbox)

    assert "The plan isn't kept" in told
    assert "no such folder/plan.json" in told


def test_plan_sums_by_account_and_vat_code(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order(0), an_order(1))

    data = json.loads(desk.run("plan", "--json").stdout)

    goods, freight = data["totals"]
    assert (goods["account"], goods["vat_code"], goods["gross"]) == (1000, "U25", "299.90")
    assert (goods["net"], goods["vat"]) == ("239.92", "59.98")
    assert (freight["account"], freight["gross"], freight["vat"]) == (1350, "98.00", "19.60")
    assert [order["total"] for order in data["orders"]] == [MUG_WITH_FREIGHT] * 2


def test_plan_lists_orders_that_would_be_held_with_the_reason(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up(), an_order(1))

    plan, data = desk.run("plan"), json.loads(desk.run("plan", "--json").stdout)

    assert plan.status == 3
    assert "Not delivered, for they are held: 1 order, 1 with amount not read" in plan.stdout
    (held,) = data["held"]
    assert (held["order_id"], held["reason"]) == (FIRST, "lines_do_not_add_up")
    assert held["next_step"]
    assert [order["order_id"] for order in data["orders"]] == [SECOND]


def test_a_held_order_from_an_earlier_run_is_still_listed(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up())
    desk.run("run")

    (held,) = json.loads(desk.run("plan", "--json").stdout)["held"]

    assert held["order_id"] == FIRST


def test_plan_writes_nothing_but_its_file(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order())
    before = content_of(desk.folder)

    plan = desk.run("plan", "-o", "plan.json")

    assert plan.status == 0
    assert sandbox.writes() == []
    assert not desk.state.exists()
    assert content_of(desk.folder).keys() - before.keys() == {str(desk.folder / "plan.json")}


def test_the_file_is_for_its_owner_alone_and_says_what_it_holds(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.run("plan", "-o", "plan.json")
    (desk.folder / "plan.json").chmod(0o644)
    sandbox.sell(an_order())

    plan = desk.run("plan", "-o", "plan.json")

    file = desk.folder / "plan.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert found_in(file.read_text(encoding="utf-8"), PERSONAL_DATA)
    assert "holds names and addresses" in plan.stdout
    assert "dinero-sync apply plan.json" in plan.stdout


def test_a_configuration_taken_for_a_plan_is_told_and_never_lost(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    before = desk.config.read_text(encoding="utf-8")

    applied = desk.run("apply", "config.yaml")
    planned = desk.run("plan", "-o", "config.yaml")

    assert (applied.status, planned.status) == (2, 2)
    assert "config.yaml isn't a plan but a configuration of dinero-sync" in applied.message
    assert "plan -o config.yaml" not in applied.message + planned.message
    assert desk.config.read_text(encoding="utf-8") == before
    assert sandbox.requests() == []


def test_plan_takes_the_range_that_run_takes(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order(0, days_ago=9.0), an_order(1, days_ago=2.0))

    one = json.loads(desk.run("plan", "--order", str(SECOND), "--json").stdout)
    early = desk.run("plan", "--since", "2020-01-01")

    assert [order["order_id"] for order in one["orders"]] == [SECOND]
    assert (early.status, "start_date" in early.message) == (2, True)


def test_nothing_to_do_is_said(desk: Desk) -> None:
    plan = desk.run("plan")

    assert (plan.status, plan.stdout) == (0, "Nothing to deliver.\n")


def test_no_file_is_written_when_the_shop_could_not_be_read(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "no-such-key"})

    plan = desk.run("plan", "-o", "plan.json")

    assert plan.status not in {0, 2, 3}
    assert not (desk.folder / "plan.json").exists()
    assert "isn't complete" in plan.stdout


def test_apply_delivers_what_the_plan_says(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    applied = desk.run("apply", str(plan_file))

    assert applied.status == 0
    assert applied.outcomes == {FIRST: "booked", SECOND: "booked"}
    assert applied.run_finished["exit_code"] == 0
    planned = json.loads(plan_file.read_text(encoding="utf-8"))["orders"]
    booked = {each["Guid"]: each for each in sandbox.invoices()}
    assert {order["plan"]["invoice"]["guid"] for order in planned} == booked.keys()
    assert sandbox.complaints() == []


def test_orders_that_came_since_are_left_for_the_next_run(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.sell(an_order(2))

    applied = desk.run("apply", str(plan_file))

    assert applied.outcomes == {FIRST: "booked", SECOND: "booked"}
    assert not (desk.state / "watermark.json").exists()
    assert desk.run("run").outcomes == {THIRD: "booked"}


def test_a_plan_of_many_orders_is_read_from_a_list(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(*(an_order(place) for place in range(8)))
    desk.run("plan", "-o", "plan.json")

    applied = desk.run("apply", "plan.json")

    assert set(applied.outcomes.values()) == {"booked"}
    assert len(applied.outcomes) == 8
    assert applied.run_finished["calls"]["shoporama"] <= 4


def test_a_changed_order_makes_the_plan_stale_and_says_where(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    lines = an_order()["products"]
    dearer = [{**lines[0], "unit_price": lines[0]["unit_price"] + 10}]
    order = an_order()
    sandbox.change_order(
        FIRST, products=dearer, total_price=order["total_price"] + 10, vat=order["vat"] + 2
    )

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert STALE in told
    assert "#10427" in told
    assert "invoice.lines[0].unit_price: 149.95 → 159.95" in told
    assert "#10428" not in told
    assert "dinero-sync plan -o" in told


def test_a_changed_address_is_told_without_the_address(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(FIRST, order_address="Hemmelig Allé 99")

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "contact.street differs" in told
    assert "Hemmelig" not in told


def test_changed_rules_make_the_plan_stale(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1001})

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "invoice.lines[0].account: 1000 → 1001" in told
    assert "rules in the configuration were changed" in told


def test_an_order_that_is_cancelled_since_stops_the_whole_plan(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(SECOND, status="cancelled")

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "#10428" in told
    assert "isn't due any more; it is skipped now (cancelled)" in told


def test_an_order_that_would_be_held_now_stops_the_whole_plan(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(FIRST, total_price=an_order()["total_price"] + 1)

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "it is held now (lines_do_not_add_up)" in told


def test_a_plan_that_a_run_overtook_is_refused(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    desk.run("run", "--order", str(FIRST))

    told = refused(desk.run("apply", str(plan_file)), sandbox, booked_before=1)

    assert "was delivered since, as invoice" in told


def test_status_says_that_a_refused_plan_delivered_nothing(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(SECOND, status="cancelled")
    desk.run("apply", str(plan_file))

    told = " ".join(desk.run("status").stdout.split())

    assert "exit code 2: refused, and nothing was delivered" in told


def test_the_command_that_applies_a_plan_names_the_configuration_that_was_named(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order())

    plan = desk.run("-c", "config.yaml", "plan", "-o", "my plan.json")

    assert "  dinero-sync -c config.yaml apply 'my plan.json'\n" in plan.stdout


def test_a_plan_is_applied_once(desk: Desk, sandbox: SandboxProcess, plan_file: Path) -> None:
    desk.run("apply", str(plan_file))
    written = len(sandbox.writes())

    told = refused(desk.run("apply", str(plan_file)), sandbox, booked_before=2)

    assert "The plan is delivered already: all 2 of its orders are booked" in told
    assert STALE not in told
    assert len(sandbox.writes()) == written


def test_the_next_run_delivers_what_a_refused_apply_left(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(SECOND, status="cancelled")
    desk.run("apply", str(plan_file))

    assert desk.run("run").outcomes == {FIRST: "booked"}


def test_an_invoice_that_waits_for_its_payment_is_planned_as_a_payment_alone(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"sync.trigger": "shipped"})
    paid = an_order()
    sandbox.sell({**paid, "paid": 0, "paid_time": ""})
    assert desk.run("run").outcomes == {FIRST: "booked"}
    sandbox.change_order(FIRST, paid=1, paid_time=paid["paid_time"])

    plan = desk.run("plan", "-o", "plan.json")
    applied = desk.run("apply", "plan.json")

    assert "is booked; what is left to do:" in plan.stdout
    assert "Account and VAT code" not in plan.stdout
    assert (applied.status, applied.outcomes) == (0, {FIRST: "booked"})
    (invoice,) = sandbox.invoices()
    assert len(invoice["Payments"]) == 1


def test_the_margin_of_second_hand_goods_is_planned_and_posted(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    second_hand = {
        "name": "second-hand goods",
        "when": {"line": "product", "category": "Brugt*"},
        "account": 1051,
        "margin_scheme": "used_goods",
    }
    desk.configure(
        sandbox,
        {
            "posting.rules": [second_hand],
            "posting.margin_scheme": {"method": "individual", "account": 1052},
        },
    )
    order = an_order()
    lamp = {**order["products"][0], "product_id": USED_LAMP, "own_id": "BRUGT-1042"}
    dearer = Decimal(1450) - lamp["unit_price"]
    lamp["unit_price"] = Decimal(1450)
    total = order["total_price"] + dearer
    sandbox.sell({**order, "products": [lamp], "total_price": total, "vat": total / 5})

    plan, data = desk.run("plan", "-o", "p.json"), desk.run("plan", "--json")
    applied = desk.run("apply", "p.json")

    assert "Ledger item (finansbilag)" in plan.stdout
    sums = {row["account"]: (row["gross"], row["vat"]) for row in json.loads(data.stdout)["totals"]}
    assert sums == {1051: ("600.00", "0.00"), 1052: ("850.00", "170.00"), 1350: ("49.00", "9.80")}
    assert (applied.status, applied.outcomes) == (0, {FIRST: "booked"})


def test_what_a_gift_card_paid_is_planned_booked_and_told(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    cards = {
        "kind": "multi_purpose",
        "account": 63080,
        "voucher_codes": "GK-*",
        "redeemed_account": 55090,
    }
    desk.configure(sandbox, {"posting.gift_cards": cards})
    order = an_order()
    left = order["total_price"] - 50
    used = {"voucher_code": "GK-77", "voucher_discount_amount": 50}
    sandbox.sell({**order, **used, "total_price": left, "vat": left / 5})

    plan = desk.run("plan", "-o", "p.json").stdout
    applied = desk.run("apply", "p.json")
    explained = " ".join(desk.run("explain", str(FIRST), "--language", "en").stdout.split())
    known = desk.run("show", str(FIRST)).stdout

    planned = " ".join(plan.split())
    assert "50.00 DKK deposit account 55090, off the debt on 63080" in planned
    assert "148.95 DKK deposit account 55010" in planned
    assert (applied.status, applied.outcomes) == (0, {FIRST: "booked"})
    assert (
        "A gift card paid 50.00 DKK: that is registered on 55090 Gavekort indløst, and moved from"
        " there to the debt on 63080 Gavekort."
    ) in explained
    assert "Payment to account 55010\n  Payment to account 55090, 50.00 DKK by gift card" in known


def test_an_order_that_grew_is_told_by_its_rows(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    order = an_order()
    sandbox.change_order(
        FIRST,
        products=order["products"] * 2,
        total_price=order["total_price"] + order["products"][0]["unit_price"],
        vat=None,
    )

    assert "invoice.lines: 2 → 3 rows" in refused(desk.run("apply", str(plan_file)), sandbox)


def test_of_many_differences_the_first_are_told(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    sandbox.change_order(
        FIRST,
        order_name="Navn Ukendt",
        order_address="Hemmelig Allé 99",
        order_zipcode="9999",
        order_city="Nowhere",
        email="x@example.com",
    )

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "; and more" in told
    assert found_in(told, ["Navn Ukendt", "Hemmelig", "9999", "Nowhere", "x@example.com"]) == []


@pytest.fixture
def shipped_unpaid(desk: Desk, sandbox: SandboxProcess) -> dict[str, Any]:
    """Ship an order before it is paid, in a shop that invoices what is shipped; plan it."""
    desk.configure(sandbox, {"sync.trigger": "shipped"})
    paid = an_order()
    sandbox.sell({**paid, "paid": 0, "paid_time": ""})
    assert desk.run("plan", "-o", "plan.json").status == 0
    return {"paid": 1, "paid_time": paid["paid_time"]}


def test_an_order_that_was_paid_since_would_be_delivered_differently(
    desk: Desk, sandbox: SandboxProcess, shipped_unpaid: dict[str, Any]
) -> None:
    sandbox.change_order(FIRST, **shipped_unpaid)

    told = refused(desk.run("apply", "plan.json"), sandbox)

    assert f"payment date: none → {shipped_unpaid['paid_time'][:10]}" in told


def test_an_invoice_that_was_booked_since_is_not_taken_for_the_planned_one(
    desk: Desk, sandbox: SandboxProcess, shipped_unpaid: dict[str, Any]
) -> None:
    desk.run("run")
    sandbox.change_order(FIRST, **shipped_unpaid)

    told = refused(desk.run("apply", "plan.json"), sandbox, booked_before=1)

    assert "its invoice was booked since, as number" in told


def test_a_booked_order_that_changed_is_told_as_held(
    desk: Desk, sandbox: SandboxProcess, shipped_unpaid: dict[str, Any]
) -> None:
    desk.run("run")
    sandbox.change_order(FIRST, **shipped_unpaid)
    desk.run("plan", "-o", "plan.json")
    sandbox.change_order(FIRST, status="cancelled")

    told = refused(desk.run("apply", "plan.json"), sandbox, booked_before=1)

    assert "it is held now (cancelled_after_booking)" in told


def test_a_gift_a_shared_contact_and_the_sending_are_shown(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    mailed = {"name": "all", "by": "email"}
    desk.configure(sandbox, {"contacts.consumers": "shared", "sending": [mailed]})
    sandbox.sell(an_order(basket=((MUG, 1), (SAMPLE, 2))))

    shown = desk.run("plan").stdout

    assert "to the shared contact for consumers in DK" in shown
    assert "  2 stk. Stofprøve – uden beregning\n" in shown
    assert "Sent by Dinero: by e-mail" in shown


def test_a_payment_in_another_currency_is_shown_in_it(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell({**an_order(), "currency": "EUR"})
    desk.configure(sandbox, {"shoporama.currency": "EUR"})

    plan = desk.run("plan")

    (payment,) = (line for line in plan.stdout.splitlines() if "Payment (Kort)" in line)
    assert payment.endswith(" 198.95 EUR")
    assert json.loads(desk.run("plan", "--json").stdout)["totals"][0]["currency"] == "EUR"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"organization_id": 654321}, "The plan is for company 654321"),
        ({"journal": "another"}, "another state folder"),
        ({"booking": "draft"}, "made with sync.booking: draft"),
        ({"update_contacts": True}, "contacts.update: True"),
    ],
)
def test_a_plan_for_other_books_is_refused(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path, fields: dict[str, Any], told: str
) -> None:
    change_file(plan_file, **fields)

    assert told in refused(desk.run("apply", str(plan_file)), sandbox)


def test_a_plan_whose_documents_were_changed_is_refused(
    desk: Desk, sandbox: SandboxProcess, plan_file: Path
) -> None:
    text = plan_file.read_text(encoding="utf-8")
    plan_file.write_text(text.replace('"account": 1000', '"account": 1050'), encoding="utf-8")

    told = refused(desk.run("apply", str(plan_file)), sandbox)

    assert "was changed after it was written" in told
    assert not desk.state.exists()


def test_an_empty_plan_delivers_nothing(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.run("plan", "-o", "plan.json")
    sandbox.sell(an_order())

    applied = desk.run("apply", "plan.json")

    assert (applied.status, applied.outcomes) == (0, {})
    assert sandbox.invoices() == []


def test_a_plan_made_after_a_run_belongs_to_that_journal(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(0))
    desk.run("run")
    sandbox.sell(an_order(1))
    desk.run("plan", "-o", "plan.json")

    journal = json.loads((desk.folder / "plan.json").read_text(encoding="utf-8"))["journal"]
    assert journal
    assert desk.run("apply", "plan.json").outcomes == {SECOND: "booked"}
