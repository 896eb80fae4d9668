"""How chains of an order begin: of what is credited, of what came to it later, and anew."""

from dataclasses import replace

from dinero_sync.domain.documents import CreditPlan, Plan
from dinero_sync.journal.documents import (
    OF_OTHER_CHAINS,
    Document,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
    chained,
    key_behind,
)


def credit_chain(record: OrderRecord, key: str, plan: CreditPlan) -> OrderRecord:
    """Return an order with the documents of a credit note, none of which is made yet."""
    chain = f"credit{OF_OTHER_CHAINS}{key}"
    wanted = {
        DocumentKind.MARGIN: bool(plan.ledger_items),
        DocumentKind.REFUND: plan.refund is not None and plan.in_money > 0,
        DocumentKind.GIFT_CARD_REFUND: plan.gift_card is not None,
        DocumentKind.GIFT_CARD: plan.gift_card is not None,
    }
    leading = Document(
        key=chain,
        kind=DocumentKind.CREDIT_NOTE,
        rung=Rung.PLANNED,
        day=plan.note.date,
        plan=plan,
        contact_guid=record.contact_guid or (record.plan.contact.guid if record.plan else None),
    )
    behind = (
        Document(key=key_behind(chain, kind), kind=kind, rung=Rung.PLANNED)
        for kind, is_wanted in wanted.items()
        if is_wanted
    )
    return replace(record, documents=chained((leading, *behind)))


def later_sale(record: OrderRecord, count: int, plan: Plan) -> OrderRecord:
    """Return an order with the documents of an invoice of what came to it later."""
    chain = f"invoice{OF_OTHER_CHAINS}{count}"
    leading = Document(
        key=chain, kind=DocumentKind.INVOICE, rung=Rung.PLANNED, day=plan.invoice.date
    )
    return replace(record, documents=(leading,), not_elsewhere=True).with_plan(plan)


def to_plan_anew(record: OrderRecord) -> OrderRecord:
    """Return an order whose plan can't be read, so that it is planned anew if it is to go on.

    It begins as one just seen: what was made of it is found in Dinero by its identity, be it
    booked. What is done behind its invoice stays done. One that rests stays where it is.
    """
    is_draft = record.standing is Standing.OPEN and not record.rung.reached(Rung.BOOKED)
    if is_draft or record.standing in {Standing.WORKING, Standing.IN_DOUBT}:
        known, done = record.current, (each for each in record.documents[1:] if each.is_done)
        begun = Document(
            key=record.chain,
            kind=DocumentKind.INVOICE,
            looks=known.looks,
            next_look=known.next_look,
            settings=record.settings,
            day=record.invoice_day,
        )
        return replace(record, documents=(begun, *done))
    if record.rung.reached(Rung.BOOKED):
        return record
    return replace(record, documents=(replace(record.sale, rung=Rung.SEEN),))
