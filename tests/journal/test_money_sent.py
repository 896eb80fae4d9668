"""Booked documents, and orders without any, as the journal tells them for a proof."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from builders import a_plan
from pydantic import TypeAdapter

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HoldReason
from dinero_sync.journal.database import open_journal, reading
from dinero_sync.journal.documents import DocumentKind, Standing
from dinero_sync.journal.money import laid_out, sent
from dinero_sync.journal.money.moved import Registered

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY = date(2026, 12, 8)
CONTACT = UUID(int=4)


@pytest.fixture
def db(
    tmp_path: Path, opened: Callable[[sqlite3.Connection], sqlite3.Connection]
) -> sqlite3.Connection:
    return opened(open_journal(tmp_path))


def order(db: sqlite3.Connection, order_id: int, **fields: object) -> None:
    usual = {
        "kind": "order",
        "number": str(order_id + 5000),
        "changed": "2026-12-08T10:00:00.000000+00:00",
        "raw": "{}",
        "total": "125.00",
        "currency": "DKK",
        "seen_undue": 0,
        "not_elsewhere": 0,
    }
    told = {"subject": order_id, **usual, **fields}
    marks = ", ".join("?" * len(told))
    db.execute(f"INSERT INTO subjects ({', '.join(told)}) VALUES ({marks})", (*told.values(),))  # noqa: S608 - our own names


def document(db: sqlite3.Connection, order_id: int, key: str = "invoice", **fields: Any) -> None:  # noqa: ANN401 - columns
    usual = {
        "chain": "invoice",
        "place": 0,
        "document_kind": key,
        "standing": "done",
        "rung": "booked",
        "looks": 0,
        "settings": "",
        "day": str(DAY),
        "plan_version": 1,
    }
    told = {"subject": order_id, "document": key, **usual, **fields}
    marks = ", ".join("?" * len(told))
    db.execute(f"INSERT INTO documents ({', '.join(told)}) VALUES ({marks})", (*told.values(),))  # noqa: S608 - our own names


def a_written_plan() -> str:
    return TypeAdapter(Plan).dump_json(a_plan()).decode()


def credit_note(db: sqlite3.Connection, order_id: int, day: str, amount: str) -> None:
    """Note what was credited of an order, of one line."""
    plan = json.loads(a_written_plan())
    note = plan["invoice"]
    note["lines"][0]["unit_price"] = amount
    credit = {
        "note": note,
        "invoice_guid": note["guid"],
        "invoice_number": 1001,
        "shares": [],
        "selection": "",
    }
    key = f"credit:{day}"
    written = json.dumps(credit)
    document(db, order_id, key, chain=key, document_kind="credit_note", day=day, plan=written)


def test_a_booked_sale_is_told_with_what_is_behind_it(db: sqlite3.Connection) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan(), document_number=1001, contact_guid=str(CONTACT))
    document(db, 1, "margin", day=None)
    document(db, 1, "payment", day=None, rung="planned", standing="working")

    (found,) = sent.booked(db, FIRST, LAST)

    assert (found.order_id, found.number, found.key) == (1, "5001", "invoice")
    assert (found.kind, found.day, found.document_number) == (DocumentKind.INVOICE, DAY, 1001)
    assert (found.contact, found.total_dkk, found.plan) == (CONTACT, None, a_plan())
    assert (found.has_margins, found.awaits_payment) == (True, True)
    assert (found.order_total, found.payment_type, found.changed) == (Decimal(125), "Kort", None)


def test_a_paid_sale_without_margins_awaits_nothing(db: sqlite3.Connection) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan(), total_dkk="839.25")
    document(db, 1, "margin", day=None, rung="planned", standing="held")
    document(db, 1, "payment", day=None, rung="paid")

    (found,) = sent.booked(db, FIRST, LAST)

    assert (found.has_margins, found.awaits_payment) == (False, False)
    assert found.total_dkk == Decimal("839.25")


@pytest.mark.parametrize("reason", sent.CHANGED)
def test_an_order_that_changed_after_booking_says_so(
    db: sqlite3.Connection, reason: HoldReason
) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan(), standing="held", reason=str(reason))

    (found,) = sent.booked(db, FIRST, LAST)

    assert found.changed is reason


def test_any_other_hold_is_no_change(db: sqlite3.Connection) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan(), standing="held", reason="not_sent")

    (found,) = sent.booked(db, FIRST, LAST)

    assert found.changed is None


def test_a_credit_note_is_of_its_orders_payment_type(db: sqlite3.Connection) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan(), day="2026-11-30")
    credit_note(db, 1, str(DAY), "25")

    (found,) = sent.booked(db, FIRST, LAST)

    assert (found.kind, found.payment_type) == (DocumentKind.CREDIT_NOTE, "Kort")


def test_what_is_not_booked_of_another_day_or_of_no_order_is_not_told(
    db: sqlite3.Connection,
) -> None:
    for order_id, fields in enumerate(
        ({"rung": "verified"}, {"day": "2026-11-30"}, {"day": "2027-01-01"})
    ):
        order(db, order_id)
        document(db, order_id, plan=a_written_plan(), **fields)
    order(db, 9, kind="bill")
    document(db, 9, plan=a_written_plan())

    assert list(sent.booked(db, FIRST, LAST)) == []
    assert sent.days(db, FIRST, LAST) == {DAY: 2}


def test_contents_that_were_removed_are_no_plan(db: sqlite3.Connection) -> None:
    order(db, 1)
    document(db, 1)

    (found,) = sent.booked(db, FIRST, LAST)

    assert (found.plan, found.payment_type) == (None, "")


def test_what_was_credited_of_each_order_is_told_with_its_day(db: sqlite3.Connection) -> None:
    order(db, 1)
    credit_note(db, 1, "2026-12-09", "25")
    credit_note(db, 1, "2026-12-10", "30")
    document(db, 2, "credit:1", chain="credit:1", document_kind="credit_note")

    assert sent.credited(db) == {
        1: [(date(2026, 12, 9), Decimal(25)), (date(2026, 12, 10), Decimal(30))]
    }


@pytest.mark.parametrize(("name", "count"), [("1", 1), ("5001", 1), ("77", 0), ("²", 0), ("A1", 1)])
def test_an_order_is_found_by_its_id_or_its_number(
    db: sqlite3.Connection, name: str, count: int
) -> None:
    order(db, 1)
    document(db, 1, plan=a_written_plan())
    order(db, 2, number="A1")
    document(db, 2, plan=a_written_plan())
    order(db, 77)
    document(db, 77, rung="planned")

    assert len(sent.named(db, name)) == count


def test_numbers_are_told_with_their_days_and_orders(db: sqlite3.Connection) -> None:
    for order_id in (1, 2, 3):
        order(db, order_id)
        document(db, order_id, plan=a_written_plan(), document_number=1000 + order_id)

    assert list(sent.numbered(db, 1002, 1003)) == [(1002, DAY, "5002"), (1003, DAY, "5003")]


def test_orders_without_an_invoice_are_told_as_they_stand(db: sqlite3.Connection) -> None:
    order(db, 1, raw='{"order_id": 1}')
    document(db, 1, standing="held", rung="planned", reason="unknown_vat")

    (found,) = sent.not_booked(db, FIRST, LAST)

    assert (found.order_id, found.standing, found.reason) == (1, Standing.HELD, "unknown_vat")
    assert (found.day, found.raw) == (DAY, '{"order_id": 1}')
    assert (found.total, found.currency) == (Decimal(125), "DKK")
    assert found.changed is not None
    assert found.changed.isoformat() == "2026-12-08T10:00:00+00:00"


@pytest.mark.parametrize(
    ("day", "changed", "is_told"),
    [
        ("2026-11-30", "2026-12-08T10:00:00.000000+00:00", False),
        (None, "2026-12-08T10:00:00.000000+00:00", True),
        (None, "2026-11-30T23:30:00.000000+00:00", True),
        (None, "2026-11-29T10:00:00.000000+00:00", False),
        (None, None, True),
    ],
)
def test_only_orders_that_may_be_of_the_period_are_told(
    db: sqlite3.Connection,
    day: str | None,
    changed: str | None,
    is_told: bool,  # noqa: FBT001 - a case of two
) -> None:
    order(db, 1, changed=changed)
    document(db, 1, standing="open", rung="seen", day=day)

    assert bool(list(sent.not_booked(db, FIRST, LAST))) is is_told


def test_which_orders_are_known(db: sqlite3.Connection) -> None:
    order(db, 1)

    assert (sent.is_known(db, 1), sent.is_known(db, 2)) == (True, False)


def paid(order_id: int, day: date, amount: str, **fields: Any) -> Registered:  # noqa: ANN401 - as above
    usual = {
        "kind": "payment",
        "number": str(order_id),
        "account": 55010,
        "is_foreign": False,
        "description": "Kort",
        "invoice_number": 1001,
        "answer": "{}",
        "is_certain": True,
    }
    return Registered(order_id=order_id, day=day, amount=Decimal(amount), **{**usual, **fields})


def test_payments_are_laid_out_by_their_days_and_orders(tmp_path: Path) -> None:
    open_journal(tmp_path).close()
    first = paid(1, DAY, "125.00")
    second = paid(1, FIRST, "-25.00", kind="refund", is_foreign=True, is_certain=False)
    third = paid(2, LAST, "30.00", invoice_number=None)
    with reading(tmp_path) as db:
        laid_out.lay_out(db, [paid(9, DAY, "1")])
        laid_out.lay_out(db, [first, second, third])

        assert list(laid_out.of_days(db, FIRST, DAY)) == [second, first]
        assert list(laid_out.of_days(db, LAST, LAST)) == [third]
        assert laid_out.paid_on(db, [1, 1, 3]) == {1: Decimal(100)}
    with closing(open_journal(tmp_path)) as journal:
        tables = "SELECT name FROM sqlite_master WHERE name LIKE 'registered%'"
        assert journal.execute(tables).fetchall() == []
