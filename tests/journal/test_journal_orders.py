"""Where each order stands is remembered exactly."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from builders import NOW, ORDER_ID, a_line, a_plan, at
from hypothesis import given
from hypothesis import strategies as st
from records import a_record

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.step import ORDER, Yaml, command, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.database import open_copy, open_journal
from dinero_sync.journal.documents import SETTLED, OrderRecord, Rung, Standing

NOWHERE = Path("/nonexistent")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(tmp_path)
    yield connection
    connection.close()


def an_open_order(
    order_id: int = ORDER_ID,
    standing: Standing = Standing.OPEN,
    **told: Any,  # noqa: ANN401 - the classes themselves refuse what they lack
) -> OrderRecord:
    return a_record(order_id, standing, **told)


FULL = a_record(
    ORDER_ID,
    Standing.HELD,
    Rung.BOOKED,
    number="10427",
    reason="changed_after_booking",
    text="changed_after_booking",
    facts={"invoice": 1001, "total": Decimal("125.00"), "day": NOW.date(), "rates": (25, 0)},
    steps=(sentence("make_credit_note", invoice=1001), command("retry", ORDER), Yaml("posting:")),
    changed=datetime(2026, 12, 3, 9, 15, 30, 123456, tzinfo=UTC),
    raw='{"order_id": 4815162, "total": "125.00", "note": "Æblegrød"}',
    total=Decimal("125.00"),
    currency="DKK",
    content="c0ffee",
    seen_undue=True,
    invoice_day=date(2026, 12, 3),
    plan=a_plan(),
    contact_guid=UUID(int=42),
    invoice_number=1001,
    payment_day=date(2026, 12, 4),
    not_elsewhere=True,
    settings="5e77",
    looks=3,
    next_look=NOW,
)


@pytest.mark.parametrize(
    "record", [FULL, an_open_order()], ids=["all is known", "hardly anything is"]
)
def test_an_order_is_remembered_as_it_was_saved(
    db: sqlite3.Connection, record: OrderRecord
) -> None:
    orders.save(db, record)

    assert orders.load(db, ORDER_ID) == record


def test_what_is_saved_later_replaces_what_was_known(db: sqlite3.Connection) -> None:
    orders.save(db, FULL)
    orders.save(db, replace(a_record(ORDER_ID, Standing.DONE), total=None))

    known = orders.load(db, ORDER_ID)

    assert known is not None
    assert (known.standing, known.total) == (Standing.DONE, None)
    assert orders.counts(db) == {Standing.DONE: 1}


def test_an_amount_keeps_its_decimals(db: sqlite3.Connection) -> None:
    orders.save(db, replace(FULL, total=Decimal("678.10")))

    known = orders.load(db, ORDER_ID)

    assert known is not None
    assert str(known.total) == "678.10"


def test_an_order_never_seen_is_unknown(db: sqlite3.Connection) -> None:
    assert orders.load(db, 1) is None
    assert orders.with_number(db, "10427") is None


def test_an_order_is_found_by_the_number_that_the_customer_sees(db: sqlite3.Connection) -> None:
    orders.save(db, replace(an_open_order(1), number="10427"))
    orders.save(db, replace(an_open_order(2), number="10428"))
    orders.save(db, replace(an_open_order(3), number="10427"))

    found = orders.with_number(db, "10427")

    assert found is not None
    assert found.order_id == 3, "the latest, where the shop used a number twice"


def test_orders_are_listed_by_how_they_stand_oldest_first(db: sqlite3.Connection) -> None:
    for order_id, standing in [
        (3, Standing.HELD),
        (1, Standing.HELD),
        (2, Standing.DONE),
        (4, Standing.IN_DOUBT),
    ]:
        orders.save(db, an_open_order(order_id, standing))

    listed = orders.standing(db, [Standing.HELD, Standing.IN_DOUBT])

    assert [record.order_id for record in listed] == [1, 3, 4]
    assert orders.standing(db, []) == []
    assert orders.counts(db) == {Standing.HELD: 2, Standing.DONE: 1, Standing.IN_DOUBT: 1}


@pytest.mark.parametrize(
    ("wait", "due"),
    [
        (timedelta(0), True),
        (timedelta(microseconds=1), False),
        (timedelta(hours=96), False),
        (timedelta(hours=96, microseconds=1), True),
        (None, False),
    ],
    ids=["now", "soon", "after the longest pause", "never so late: a wrong clock", "not at all"],
)
def test_an_order_is_looked_at_again_once_its_time_has_come(
    db: sqlite3.Connection, wait: timedelta | None, *, due: bool
) -> None:
    record = an_open_order(next_look=None if wait is None else NOW + wait)
    orders.save(db, record)

    assert orders.look_is_due(record, NOW) == due
    assert [record.order_id for record in orders.due_looks(db, NOW)] == ([ORDER_ID] if due else [])


def test_times_are_compared_across_time_zones(db: sqlite3.Connection) -> None:
    earlier, later = at("2026-12-03", "10:30"), datetime(2026, 12, 3, 9, 45, tzinfo=UTC)
    orders.save(db, an_open_order(1, changed=earlier, next_look=earlier))
    orders.save(db, an_open_order(2, changed=later, next_look=later))

    assert orders.newest_change(db) == later
    assert [record.order_id for record in orders.due_looks(db, earlier)] == [1]


def test_no_order_has_changed_where_none_is_known(db: sqlite3.Connection) -> None:
    orders.save(db, an_open_order())

    assert orders.newest_change(db) is None


def test_a_rung_is_reached_from_itself_upwards() -> None:
    assert [rung for rung in Rung if rung.reached(Rung.DRAFTED)] == [
        Rung.DRAFTED,
        Rung.VERIFIED,
        Rung.POSTED,
        Rung.BOOKED,
        Rung.SENT,
        Rung.PAID,
    ]


def test_the_watermark_may_not_pass_what_is_under_way_or_in_doubt() -> None:
    assert set(Standing) - SETTLED == {Standing.WORKING, Standing.BEHIND, Standing.IN_DOUBT}


def with_new_parts(plan: Plan) -> Plan:
    """Return a plan with everything that plans didn't have at first."""
    assert plan.payment is not None
    return replace(
        plan,
        invoice=replace(plan.invoice, currency="EUR", texts=("Gave: 1 nøglering", "Tak")),
        payment=replace(plan.payment, foreign_amount=Decimal("16.76")),
    )


def test_rows_without_amounts_and_an_amount_in_euro_survive_being_saved(
    db: sqlite3.Connection,
) -> None:
    plan = with_new_parts(a_plan())
    orders.save(db, an_open_order(plan=plan))

    known = orders.load(db, ORDER_ID)

    assert known is not None
    assert known.plan == plan


def test_a_plan_that_was_saved_without_the_newer_parts_is_the_plan_without_them(
    db: sqlite3.Connection,
) -> None:
    orders.save(db, an_open_order(plan=a_plan()))
    db.execute(
        "UPDATE documents"
        " SET plan = json_remove(plan, '$.invoice.texts', '$.payment.foreign_amount')"
    )

    known = orders.load(db, ORDER_ID)

    assert known is not None
    assert known.plan == a_plan()
    assert known.plan.fingerprint() == a_plan().fingerprint()


@pytest.mark.parametrize("total", [Decimal(0), Decimal("62.50"), None])
def test_a_distance_sale_in_euro_counts_at_its_invoices_rate_whatever_the_order_costs_now(
    db: sqlite3.Connection, total: Decimal | None
) -> None:
    plan = replace(with_new_parts(a_plan()), distance_sale=Decimal("100.00"))
    in_kroner = Decimal("932.50")
    sale = replace(FULL.sale, plan=plan, total_dkk=in_kroner)
    orders.save(db, replace(FULL.having(sale), total=total, currency="DKK"))

    assert orders.distance_sales(db, 2026) == Decimal("746.00")


def test_booked_distance_sales_are_summed_in_the_order_of_their_invoices(
    db: sqlite3.Connection,
) -> None:
    plan = replace(a_plan(), distance_sale=Decimal(100))
    days = {1: date(2026, 12, 3), 2: date(2026, 12, 3), 3: date(2026, 12, 5), 4: date(2025, 12, 3)}
    for order_id, day in days.items():
        booked = a_record(
            order_id,
            Standing.HELD,
            Rung.BOOKED,
            plan=plan,
            invoice_day=day,
            invoice_number=13 - order_id,
        )
        orders.save(db, booked)
    orders.save(db, a_record(5, rung=Rung.DRAFTED, plan=plan, invoice_day=date(2026, 12, 3)))

    found = orders.booked_distance_sales(db, 2026)

    assert [each[1:] for each in found] == [
        (11, Decimal(100)),
        (12, Decimal(200)),
        (10, Decimal(300)),
    ]


texts = st.text(max_size=30)
plans = st.builds(
    lambda price, quantity, name, number: a_plan(
        lines=(a_line(unit_price=price, quantity=quantity, name=name),), number=number
    ),
    st.integers(1, 10**7).map(lambda ore: Decimal(ore) / 100),
    st.integers(1, 12).map(Decimal),
    texts,
    texts,
)


@given(plans)
def test_a_plan_survives_being_saved_and_loaded(plan: Plan) -> None:
    with closing(open_copy(NOWHERE)) as db:
        orders.save(db, an_open_order(plan=plan))
        known = orders.load(db, ORDER_ID)

    assert known is not None
    assert known.plan == plan
    assert known.plan.fingerprint() == plan.fingerprint()
    db.close()
