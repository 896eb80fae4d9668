"""The bills of a period: what became of each, and what those that are booked posted."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from sqlite3 import Connection
from typing import Any
from uuid import UUID

from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.payments import voucher_of
from dinero_sync.dinero.purchases import credit_notes, vouchers
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.hold import SkipReason
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.bill import BillKind
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects
from dinero_sync.journal.documents import DocumentKind, Rung, Standing
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.papers import bills
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.posting.reconcile.documents import BillClass, Bought, Received

CLASSES = {
    Standing.HELD: BillClass.HELD,
    Standing.IN_DOUBT: BillClass.IN_DOUBT,
    Standing.SKIPPED: BillClass.SKIPPED,
}
"""What becomes of a bill that stands so and isn't booked; any other is a draft, or waits."""
SKIPPED = {
    str(SkipReason.BOOKED_ELSEWHERE): BillClass.ELSEWHERE,
    str(SkipReason.SETTLED_BY_PAYOUTS): BillClass.BY_PAYOUTS,
}
DRAFTS = frozenset({Rung.DRAFTED, Rung.VERIFIED})


def of_days(db: Connection, first: date, last: date) -> list[BillRecord]:
    """List the bills of a period; one that was skipped before it could be read is of none.

    Raises UsageError where what was booked was removed for its age.
    """
    found = []
    for record in bills.of_days(db, first, last):
        if record.rung.reached(Rung.BOOKED) and record.plan is None:
            raise UsageError(
                spoken(
                    "What was booked of {bill} on {day} was removed from the journal for its "
                    "age, so that period can't be proved any more. Choose a later --from.",
                    bill=record.name,
                    day=record.lead.day or "",
                )
            )
        is_dated = record.lead.day is not None or record.told.get("bill")
        if is_dated or record.standing is not Standing.SKIPPED:
            found.append(record)
    return found


def is_booked(record: BillRecord) -> bool:
    """Tell whether a bill's voucher is booked in Dinero."""
    plan = record.plan
    return record.rung.reached(Rung.BOOKED) and plan is not None and plan.voucher is not None


def received(record: BillRecord) -> Received:
    """Return what became of a bill."""
    total, is_note = record.total or Decimal(0), _is_credit_note(record)
    in_kroner = total if record.currency == KRONER else Decimal(0)
    return Received(bill_class=_class_of(record), total=-in_kroner if is_note else in_kroner)


def _is_credit_note(record: BillRecord) -> bool:
    bill: Mapping[str, Any] = record.told.get("bill") or {}
    return bool(bill.get("kind") == BillKind.CREDIT_NOTE)


def _class_of(record: BillRecord) -> BillClass:
    if record.rung.reached(Rung.BOOKED):
        return BillClass.BOOKED
    if record.standing is Standing.SKIPPED:
        return SKIPPED.get(record.reason or "", BillClass.SKIPPED)
    is_draft = record.standing is Standing.OPEN and record.rung in DRAFTS
    return BillClass.DRAFT if is_draft else CLASSES.get(record.standing, BillClass.WAITING)


def bought(db: Connection, record: BillRecord) -> Bought:
    """Return what a booked bill posted, as the journal tells it."""
    if (plan := record.plan) is None:
        raise LookupError(f"{record.name} is booked and has no plan")
    payment = record.document(DocumentKind.VOUCHER_PAYMENT)
    is_paid = payment is not None and payment.rung is Rung.PAID
    voucher, is_ours = _payment(db, record.name) if is_paid else (None, True)
    return Bought(
        name=record.name,
        document_number=record.lead.document_number,
        plan=plan,
        is_paid=is_paid,
        payment_voucher=voucher,
        is_payment_certain=is_ours,
    )


def _payment(db: Connection, name: str) -> tuple[UUID | None, bool]:
    """Return what Dinero made of a bill's payment, and whether we sent it at all."""
    lines = [each for each in effects.of_subject(db, name) if each.kind is EffectKind.PAY_VOUCHER]
    voucher = None
    for each in lines:
        if each.phase is Phase.DONE and each.body:
            voucher = voucher_of((json.loads(each.body).get("answer") or {}).get("body") or "")
    return voucher, any(each.phase is Phase.INTENT for each in lines)


def days_elsewhere(
    dinero: Transport, booked: Iterable[Bought], missing: Collection[UUID]
) -> Iterator[tuple[UUID, date]]:
    """Yield the days of vouchers that no entry of the period bears, as far as Dinero has them."""
    for bill in booked:
        if bill.guid is None or bill.guid not in missing:
            continue
        wire = credit_notes if bill.voucher.kind is BillKind.CREDIT_NOTE else vouchers
        with suppress(DeletedError, NotFoundError):
            found = wire.read(dinero, bill.guid)
            if found.booked and found.date is not None:
                yield bill.guid, found.date
