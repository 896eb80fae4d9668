"""A plan file is taken only as it was written."""

import json
from pathlib import Path
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import UsageError
from dinero_sync.sync.plan_file import plan_of, read_plan, write_plan
from dinero_sync.sync.run import RunOptions, run


@pytest.fixture
def plan_file(business: Business, tmp_path: Path) -> Path:
    """Plan an order of a mug."""
    business.sell(raw_order())
    path = tmp_path / "plan.json"
    with business.at_work(dry_run=True) as place:
        write_plan(path, plan_of(place, run(place, RunOptions()).planned))
    return path


def changed(path: Path, **fields: object) -> Path:
    """Write other words into the head of a plan."""
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **fields}), encoding="utf-8")
    return path


def test_a_plan_is_read_as_it_was_written(plan_file: Path) -> None:
    plan = read_plan(plan_file)

    (order,) = plan.orders
    assert (order.order_id, order.booked, order.payment_day) == (ORDER_ID, False, "2026-12-08")
    assert (plan.organization_id, plan.journal, plan.booking) == (123456, None, "automatic")
    assert order.plan["invoice"]["lines"][0]["unit_price"] == "125"


def test_only_its_owner_may_read_it(plan_file: Path) -> None:
    assert plan_file.stat().st_mode & 0o777 == 0o600


def test_a_place_where_no_plan_can_be_written_is_wrong_usage(plan_file: Path) -> None:
    nowhere = plan_file.parent / "no such folder" / "plan.json"

    with pytest.raises(UsageError, match=r"The plan isn't kept.*No such file") as refused:
        write_plan(nowhere, read_plan(plan_file))

    assert str(nowhere) in str(refused.value)
    assert "state folder" not in str(refused.value)


def test_an_order_that_stands_twice_is_refused(plan_file: Path) -> None:
    orders = json.loads(plan_file.read_text(encoding="utf-8"))["orders"]

    with pytest.raises(UsageError, match="names an order twice"):
        read_plan(changed(plan_file, orders=[*orders, orders[0]]))


def edited(order: dict[str, Any]) -> dict[str, Any]:
    """Send the payment to another account, as somebody who edits the file might."""
    payment = {**order["plan"]["payment"], "deposit_account": 55000}
    return {**order, "plan": {**order["plan"], "payment": payment}}


def test_documents_that_were_edited_are_refused(plan_file: Path) -> None:
    orders = json.loads(plan_file.read_text(encoding="utf-8"))["orders"]

    with pytest.raises(UsageError, match="was changed after it was written"):
        read_plan(changed(plan_file, orders=[edited(order) for order in orders]))


@pytest.mark.parametrize("fields", [{"form": 2}, {"orders": None}, {"note": "mine"}], ids=str)
def test_another_form_is_refused(plan_file: Path, fields: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="isn't a plan that this version wrote"):
        read_plan(changed(plan_file, **fields))


@pytest.mark.parametrize("text", ["", "{}", "[]", "an invoice", "\\x00"], ids=repr)
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match="isn't a plan"):
        read_plan(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_plan(tmp_path / "nowhere.json")
