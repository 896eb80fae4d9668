"""A plan file is taken only as it was written."""

import json
from pathlib import Path
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.sync.run.plan_file import plan_of, read_plan, write_plan
from dinero_sync.sync.run.run import RunOptions, run


@pytest.fixture
def plan_file(business: Business, tmp_path: Path) -> Path:
    """Plan an order of a mug."""
    business.sell(raw_order())
    path = tmp_path / "plan.json"
    with business.at_work(dry_run=True) as place:
        planned = run(place, RunOptions()).planned
        write_plan(path, plan_of(place, [orders.loaded(place.db, each) for each in planned]))
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


CONFIG = "shoporama: {api_key: a}\nsync: {start_date: 2026-12-01}\npayment_types: []\n...\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CONFIG, "isn't a plan but a configuration of dinero-sync"),
        ("examples: []\n", "isn't a plan but a file of examples"),
        ("payment_types: {Kort: 55010}\ntrigger: paid\n", "isn't a plan but a file of answers"),
        ("", "isn't a plan: it is empty"),
        ("SQLite format 3\0and more", "isn't a plan but a database"),
        ('{"watermark": null}', "isn't a plan"),
        ("Dear customer, …", "isn't a plan"),
    ],
)
def test_another_file_is_called_what_it_is_and_never_written_over(
    plan_file: Path, text: str, said: str
) -> None:
    plan = read_plan(plan_file)
    other = plan_file.with_name("other")
    other.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError) as not_applied:
        read_plan(other)
    with pytest.raises(UsageError) as not_written:
        write_plan(other, plan)

    assert f"{other} {said}" in str(not_applied.value)
    assert f"{other} {said}" in str(not_written.value)
    assert other.read_text(encoding="utf-8") == text


def test_no_command_to_paste_names_the_file_that_was_refused(plan_file: Path) -> None:
    cut = plan_file.with_name("cut.json")
    cut.write_text(plan_file.read_text(encoding="utf-8")[:-40], encoding="utf-8")

    for refused in (cut, changed(plan_file, form=2)):
        with pytest.raises(UsageError) as raised:
            read_plan(refused)
        assert f"plan -o {refused}" not in str(raised.value)
        assert str(raised.value).endswith("dinero-sync plan -o FILE")


def test_a_plan_that_was_cut_anywhere_is_refused(plan_file: Path) -> None:
    whole = plan_file.read_text(encoding="utf-8").rstrip()

    for end in range(0, len(whole), 7):
        plan_file.write_text(whole[:end], encoding="utf-8")
        with pytest.raises(UsageError, match="Nothing was delivered"):
            read_plan(plan_file)


@pytest.mark.parametrize("fields", [{}, {"form": 2}, {"rules": "other"}])
def test_a_plan_replaces_an_older_one_whatever_became_of_that(
    plan_file: Path, fields: dict[str, object]
) -> None:
    plan = read_plan(plan_file)

    write_plan(changed(plan_file, **fields), plan)

    assert read_plan(plan_file) == plan


def test_a_plan_replaces_one_that_was_cut_short(plan_file: Path) -> None:
    plan = read_plan(plan_file)
    plan_file.write_text(plan_file.read_text(encoding="utf-8")[:-40], encoding="utf-8")

    write_plan(plan_file, plan)

    assert read_plan(plan_file) == plan


def test_no_link_is_replaced_by_a_plan_but_one_to_a_plan(plan_file: Path) -> None:
    plan = read_plan(plan_file)
    link = plan_file.with_name("link")
    link.symlink_to(plan_file.with_name("nowhere"))

    with pytest.raises(UsageError, match="is no file to write to"):
        write_plan(link, plan)

    assert link.is_symlink()
