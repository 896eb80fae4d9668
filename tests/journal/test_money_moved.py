"""Payments, refunds and ledger items as the journal tells them to whoever reconciles."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from dinero_sync.journal.database import open_journal
from dinero_sync.journal.money import moved

DAY = date(2026, 12, 8)
ORDER_ID = 4815162
SENT = {
    "invoice": "452c54aa-74d7-5bb0-b7a0-994c2ed29b59",
    "day": str(DAY),
    "reference": "shoporama:4815162:payment",
    "deposit_account": 55010,
    "amount": "125",
    "description": "Kort, ordre 10427",
}
PLAN = {
    "invoice": {"currency": "DKK"},
    "payment": {"deposit_account": 55020, "amount": "125", "description": "Kort, ordre 10427"},
}
ANSWER = '{"Guid": "g", "RelatedVoucherGuid": "0b8c1f66-8d0a-5f52-9c4f-5f7a31a7d4a1"}'
DONE = {"answer": {"status": 200, "body": ANSWER}}
FOUND = {"found": {"payments": [], "remaining": "0"}}


@pytest.fixture
def db(
    tmp_path: Path, opened: Callable[[sqlite3.Connection], sqlite3.Connection]
) -> sqlite3.Connection:
    db = opened(open_journal(tmp_path))
    db.execute(
        "INSERT INTO subjects (subject, kind, number, raw, payment_day, seen_undue, not_elsewhere)"
        " VALUES (?, 'order', '10427', '{}', ?, 0, 0)",
        (ORDER_ID, str(DAY)),
    )
    return db


def document(db: sqlite3.Connection, key: str, chain: str, rung: str, plan: object = None) -> None:
    kind = key.partition(":")[0].replace("credit", "credit_note")
    db.execute(
        "INSERT INTO documents (subject, document, chain, place, document_kind, standing, rung,"
        " looks, settings, plan, plan_version, document_number)"
        " VALUES (?, ?, ?, 0, ?, 'done', ?, 0, '', ?, 1, 1001)",
        (ORDER_ID, key, chain, kind, rung, json.dumps(plan) if plan else None),
    )


def line(db: sqlite3.Connection, document: str, phase: str, body: object) -> None:
    kind = document.partition(":")[0]
    effect = db.execute(
        "INSERT INTO effects (at, run_id, subject, document, kind, phase, body_hash, hash)"
        " VALUES ('2026-12-08T12:00:00+00:00', 'r', ?, ?, ?, ?, '', '')",
        (ORDER_ID, document, kind, phase),
    )
    db.execute("INSERT INTO bodies VALUES (?, ?)", (effect.lastrowid, json.dumps(body)))


def registered(db: sqlite3.Connection, until: date = DAY) -> list[moved.Registered]:
    return list(moved.registered(db, until))


def test_a_payment_is_told_as_it_was_sent_whatever_the_plan_says_today(
    db: sqlite3.Connection,
) -> None:
    document(db, "invoice", "invoice", "booked", PLAN)
    document(db, "payment", "invoice", "paid")
    line(db, "payment", "intent", {"decision": {**SENT, "amount": "1"}})
    line(db, "payment", "rejected", {})
    line(db, "payment", "intent", {"decision": SENT})
    line(db, "payment", "done", DONE)

    (paid,) = registered(db)

    assert (paid.account, paid.amount, paid.day) == (55010, Decimal(125), DAY)
    assert (paid.number, paid.invoice_number, paid.kind) == ("10427", 1001, "payment")
    assert (paid.answer, paid.is_certain, paid.is_foreign) == (ANSWER, True, False)
    assert registered(db, date(2026, 12, 7)) == []


@pytest.mark.parametrize(("sent", "is_certain"), [(True, True), (False, False)])
def test_a_payment_that_was_found_is_ours_for_certain_only_if_we_had_sent_it(
    db: sqlite3.Connection,
    sent: bool,  # noqa: FBT001 - a case of two
    is_certain: bool,  # noqa: FBT001
) -> None:
    document(db, "invoice", "invoice", "booked", PLAN)
    document(db, "payment", "invoice", "paid")
    if sent:
        line(db, "payment", "intent", {"decision": SENT})
    line(db, "payment", "adopted", FOUND)

    (paid,) = registered(db)

    assert (paid.account, paid.is_certain) == (55010 if sent else 55020, is_certain)


def test_a_payment_that_was_refused_and_that_a_person_called_right_is_not_ours_for_certain(
    db: sqlite3.Connection,
) -> None:
    document(db, "invoice", "invoice", "booked", PLAN)
    document(db, "payment", "invoice", "paid")
    line(db, "payment", "intent", {"decision": SENT})
    line(db, "payment", "rejected", {})

    (paid,) = registered(db)

    assert not paid.is_certain


def test_a_refund_is_told_as_it_was_sent(db: sqlite3.Connection) -> None:
    document(db, "credit:1", "credit:1", "booked", {"note": {"currency": "EUR"}, "refund": {}})
    document(db, "refund:1", "credit:1", "paid")
    line(db, "refund:1", "intent", {"decision": {**SENT, "amount": "-25"}})
    line(db, "refund:1", "done", DONE)

    (refund,) = registered(db)

    assert (refund.kind, refund.amount, refund.is_foreign) == ("refund", Decimal(-25), True)


def test_what_is_not_registered_yet_or_lost_its_contents_is_not_told(
    db: sqlite3.Connection,
) -> None:
    document(db, "invoice", "invoice", "booked", PLAN)
    document(db, "payment", "invoice", "planned")
    document(db, "credit:1", "credit:1", "booked")
    document(db, "refund:1", "credit:1", "paid")

    assert registered(db) == []


GIFT_CARD = {
    "payment": {"deposit_account": 55090, "amount": "25", "description": "Gavekort GK-1"},
    "item": {
        "guid": str(UUID(int=7)),
        "date": str(DAY),
        "amount": "25",
        "account": 63080,
        "balancing_account": 55090,
    },
}


def test_what_settles_a_gift_card_s_debt_is_told_from_the_plan_of_the_sale(
    db: sqlite3.Connection,
) -> None:
    document(db, "invoice", "invoice", "booked", {**PLAN, "gift_card": GIFT_CARD})
    document(db, "gift_card", "invoice", "booked")

    (item,) = moved.items(db, DAY)

    assert (item.name, item.order_id, item.voucher) == ("10427", ORDER_ID, UUID(int=7))
    assert item.lines == (
        moved.ItemLine(amount=Decimal(25), account=63080, balancing_account=55090),
    )
    assert list(moved.items(db, date(2026, 12, 7))) == []


def test_what_a_gift_card_paid_is_told_as_planned_where_it_was_found(
    db: sqlite3.Connection,
) -> None:
    document(db, "invoice", "invoice", "booked", {**PLAN, "gift_card": GIFT_CARD})
    document(db, "gift_card_payment", "invoice", "paid")
    line(db, "gift_card_payment", "adopted", FOUND)

    (paid,) = registered(db)

    assert (paid.kind, paid.account, paid.amount) == ("gift_card_payment", 55090, Decimal(25))
    assert (paid.day, paid.is_certain) == (DAY, False)
