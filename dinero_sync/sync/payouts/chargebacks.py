"""What settlement files tell of money that went back to buyers: noted, and asked about.

A refund is noted, and registered by its credit note. A chargeback holds its order until a person
says what follows from it; one that the provider gave back while it was held is ended by that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dinero_sync.domain.documents import ChargebackPlan, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.identity import chargeback_reference
from dinero_sync.domain.step import ORDER, TEXT, Steps, command, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Document, DocumentKind, OrderRecord, Rung
from dinero_sync.journal.money import went_back
from dinero_sync.journal.money.chargebacks import OpenChargeback, open_chargebacks
from dinero_sync.journal.money.went_back import CHARGEBACK, WentBack
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import held, settled

ABOUT = "payout:"
"""What the whole name of a payout begins with, and the name of a chargeback doesn't."""


def note_what_went_back(
    ledger: Ledger, told: Mapping[int, Sequence[WentBack]]
) -> Iterator[OrderRecord]:
    """Write down what a payout's file told of orders, each row once; yield chargebacks by it."""
    for order_id, rows in told.items():
        went_back.note(ledger.db, order_id, rows, ledger.clock.now(), ledger.run_id)
        for row in sorted(rows, key=lambda each: -each.amount):  # what undoes one comes after it
            if row.kind == CHARGEBACK:
                yield from _followed(ledger, order_id, row)


def _followed(ledger: Ledger, order_id: int, row: WentBack) -> Iterator[OrderRecord]:
    """Hold the order for a chargeback that is new; or end the one that it undoes."""
    key = f"{row.payout.removeprefix(ABOUT)}:{row.place}"
    sale, *later = orders.chains(ledger.db, order_id)
    chain = f"{DocumentKind.CHARGEBACK}:{key}"
    if any(each.chain == chain for each in later):
        return
    undone = next((each for each in open_chargebacks(later) if each.amount == -row.amount), None)
    found = _chain_of(sale, chain, key, row)
    if undone is not None:
        found = settled(found, DocumentKind.CHARGEBACK)
        orders.save(ledger.db, settled(undone.record, DocumentKind.CHARGEBACK), undone.record)
    else:
        found = held(found, _question(found, row), ledger.clock.now())
    orders.save(ledger.db, found)
    yield from (found, *_as_it_stands(ledger, undone))


def _as_it_stands(ledger: Ledger, undone: OpenChargeback | None) -> Iterator[OrderRecord]:
    if undone is not None:
        yield orders.loaded(ledger.db, undone.record.order_id, undone.record.chain)


def _chain_of(sale: OrderRecord, chain: str, key: str, row: WentBack) -> OrderRecord:
    plan, is_booked = sale.plan, sale.rung.reached(Rung.BOOKED)
    document = Document(
        key=chain,
        kind=DocumentKind.CHARGEBACK,
        day=row.day,
        plan=_plan(sale, plan, key, row) if plan and is_booked and row.amount > 0 else None,
    )
    return replace(sale, documents=(document,))


def _plan(sale: OrderRecord, plan: Plan, key: str, row: WentBack) -> ChargebackPlan | None:
    """Return how the invoice can be owed again.

    None where it is in another currency, or where more was taken than it comes to: a later invoice
    of the order was paid too.
    """
    is_of_it = row.currency == plan.invoice.currency and row.amount <= plan.invoice.total
    if sale.invoice_number is None or not is_of_it:
        return None
    return ChargebackPlan(
        invoice_guid=plan.invoice.guid,
        invoice_number=sale.invoice_number,
        reference=chargeback_reference(sale.order_id, key),
        description=f"Indsigelse, ordre {sale.number}",
        amount=row.amount,
        currency=row.currency,
        day=row.day,
        paid_kroner=sale.paid_kroner,
    )


def _question(record: OrderRecord, row: WentBack) -> Hold:
    """Ask what follows: where the invoice is known, and where it was won after all."""
    by_hand: Steps = (sentence("chargeback_by_hand"), command("skip", ORDER, "--reason", TEXT))
    facts: dict[str, str | Decimal] = {
        "payout": row.payout,
        "amount": abs(row.amount),
        "currency": row.currency,
    }
    if row.amount < 0:
        won = (sentence("payment_after_chargeback"), *by_hand[1:])
        return HeldError(HoldReason.CHARGEBACK, "won", won, day=row.day, **facts).hold
    if record.chargeback is None:
        return HeldError(HoldReason.CHARGEBACK, "elsewhere", by_hand, day=row.day, **facts).hold
    return HeldError(
        HoldReason.CHARGEBACK,
        "",
        (
            sentence("credit_chargeback"),
            command("credit", ORDER, "--amount", f"{row.amount:.2f}", "--reason", TEXT),
            sentence("or_owe_again"),
            command("resolve", ORDER, "--reopen"),
            *by_hand,
        ),
        invoice=str(record.chargeback.invoice_number),
        day=row.day,
        **facts,
    ).hold
