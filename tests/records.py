"""Orders as the journal knows them, told in the words of the order as a whole."""

from dataclasses import fields, replace
from typing import Any

from dinero_sync.journal.documents import (
    SALE,
    Document,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
    SubjectRecord,
)
from dinero_sync.texts import telling

OF_ORDERS = {each.name for each in fields(OrderRecord)} - {"order_id", "number", "documents"}
OF_SALES = {
    "settings": "settings",
    "invoice_day": "day",
    "contact_guid": "contact_guid",
    "invoice_number": "document_number",
    "total_dkk": "total_dkk",
}
OF_TURNS = {"reason", "text", "facts", "steps", "looks", "next_look"}


def a_record(
    order_id: int,
    standing: Standing = Standing.WORKING,
    rung: Rung = Rung.SEEN,
    **told: Any,  # noqa: ANN401 - the classes themselves refuse what they lack
) -> OrderRecord:
    """Return an order whose sale stands so at ``rung``; where it is done, so is all of it."""
    of_order = {name: told.pop(name) for name in OF_ORDERS & told.keys()}
    of_sale = {field: told.pop(name) for name, field in OF_SALES.items() if name in told}
    of_turn = {name: told.pop(name) for name in OF_TURNS & told.keys()}
    number, plan = told.pop("number", str(order_id)), told.pop("plan", None)
    assert not told, told
    top = Rung.BOOKED if rung.reached(Rung.BOOKED) else rung
    sale = Document(key=SALE, kind=DocumentKind.INVOICE, rung=top, **of_sale)
    record = OrderRecord(order_id=order_id, number=number, documents=(sale,), **of_order)
    record = record if plan is None else record.with_plan(plan)
    if rung.reached(Rung.BOOKED):
        record = record.having(_done(record.sale))
    paid = record.document(DocumentKind.PAYMENT)
    if rung is Rung.PAID:
        assert paid is not None
        record = record.having(replace(_done(paid), rung=rung))
    if standing is Standing.DONE:
        for each in record.documents:
            record = record.having(_done(each))
    return record.having(replace(record.current, standing=standing, **of_turn))


def _done(document: Document) -> Document:
    return replace(document, standing=Standing.DONE)


def message_of(record: SubjectRecord) -> str:
    """Return what is said in English of an order that waits; empty where all is well."""
    text = record.current.text
    return telling.said(text, record.current.facts) if text else ""


def next_step_of(record: SubjectRecord) -> str:
    """Return in English what a person does about it."""
    return telling.next_step(record.current.steps)
