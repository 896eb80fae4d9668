"""The documents of an order: what they add up to, and how a changed plan shows."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from builders import a_line, a_plan, an_order

from dinero_sync.domain.documents import Plan, canonical_json
from dinero_sync.domain.order import OrderStatus


def test_a_line_of_an_order_costs_its_quantity_times_its_price() -> None:
    assert a_line(quantity=Decimal(3), unit_price=Decimal("19.95")).amount == Decimal("59.85")


@pytest.mark.parametrize(
    ("status", "shipped"),
    [(OrderStatus.NEW, False), (OrderStatus.SHIPPED, True), (OrderStatus.CANCELLED, False)],
)
def test_an_order_left_the_shop_when_its_status_says_so(
    status: OrderStatus, *, shipped: bool
) -> None:
    assert an_order(status=status).shipped is shipped


def test_an_invoice_adds_up_its_lines_and_the_vat_inside_them() -> None:
    lines = (
        a_line(quantity=Decimal(2), unit_price=Decimal("199.00")),
        a_line(unit_price=Decimal("19.95")),
    )

    invoice = a_plan(lines=lines).invoice

    assert invoice.total == Decimal("417.95")
    assert invoice.vat == Decimal("83.59")


def test_the_vat_of_an_invoice_is_left_unrounded() -> None:
    assert a_plan(lines=(a_line(unit_price=Decimal("0.01")),)).invoice.vat == Decimal("0.002")


def test_rows_without_amounts_cost_nothing() -> None:
    plan = a_plan()

    assert changed_texts(plan).invoice.total == plan.invoice.total
    assert changed_texts(plan).invoice.vat == plan.invoice.vat


def test_equal_plans_have_equal_fingerprints() -> None:
    assert a_plan().fingerprint() == a_plan().fingerprint()


def test_plans_are_written_in_one_fixed_way_before_they_are_hashed() -> None:
    canonical = canonical_json({"b": Decimal("1.5"), "a": [date(2026, 12, 3), None, "Blå"]})

    assert canonical == '{"a":["2026-12-03",null,"Blå"],"b":"1.5"}'


def test_a_plan_is_written_as_its_fields_are_and_all_that_is_in_them() -> None:
    plan = a_plan()

    assert canonical_json({"plan": plan}) == canonical_json({"plan": asdict(plan)})


def test_an_amount_written_with_other_decimals_is_no_change() -> None:
    one, other = (a_plan(lines=(a_line(vat_rate=Decimal(rate)),)) for rate in ("25", "25.00"))

    assert one == other
    assert one.fingerprint() == other.fingerprint()


def changed_date(plan: Plan) -> Plan:
    return replace(plan, invoice=replace(plan.invoice, date=date(2026, 12, 4)))


def changed_contact(plan: Plan) -> Plan:
    return replace(plan, contact=replace(plan.contact, guid=UUID(int=1)))


def changed_line(plan: Plan) -> Plan:
    line = replace(plan.invoice.lines[0], account=1050)
    return replace(plan, invoice=replace(plan.invoice, lines=(line,)))


def changed_texts(plan: Plan) -> Plan:
    return replace(plan, invoice=replace(plan.invoice, texts=("Gave: 1 nøglering",)))


def changed_foreign_amount(plan: Plan) -> Plan:
    assert plan.payment is not None
    return replace(plan, payment=replace(plan.payment, foreign_amount=Decimal("16.76")))


def without_payment(plan: Plan) -> Plan:
    return replace(plan, payment=None)


@pytest.mark.parametrize(
    "change",
    [
        changed_date,
        changed_contact,
        changed_line,
        changed_texts,
        changed_foreign_amount,
        without_payment,
    ],
)
def test_whatever_changes_in_a_plan_shows_in_its_fingerprint(
    change: Callable[[Plan], Plan],
) -> None:
    plan = a_plan()

    assert change(plan).fingerprint() != plan.fingerprint()
