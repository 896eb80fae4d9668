"""Whether an order is in the books by other means: another integration's, or a person's.

Looked for where our own memory doesn't reach: until the first run is complete, and when somebody
reads again from before the watermark. What may be the same sale is held; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from dinero_sync.dinero.decode import InvoiceSummary
from dinero_sync.dinero.errors import RejectedError
from dinero_sync.domain.hold import Hold, HoldReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung
from dinero_sync.sync.contact_rung import contact_in_dinero
from dinero_sync.sync.invoice_rungs import planned
from dinero_sync.sync.ledger import Ledger
from dinero_sync.sync.outcome import held

NEAR = timedelta(days=7)
"""How far an invoice with the same total is worth a call, to see what its text says."""
OUR_REFERENCE = re.compile(r"shoporama:(\d+)")


def find_elsewhere(
    ledger: Ledger,
    records: Iterable[OrderRecord],
    listed: Sequence[InvoiceSummary],
    organization_id: int,
) -> Iterator[OrderRecord]:
    """Yield, held, each order that has an invoice in Dinero which isn't ours but may be its.

    ``listed`` are the invoices around the orders' days. Costs one call for each of them that has
    an order's exact total near its day. Orders that have a draft of ours aren't looked at.
    """
    fresh = [
        record
        for record in records
        if record.rung is Rung.PLANNED
        and not record.not_elsewhere
        and not ledger.may_have(record.order_id, EffectKind.DRAFT)
    ]
    others = [invoice for invoice in listed if not _is_ours(invoice, organization_id)]
    texts: dict[UUID, str] = {}
    for record in fresh:
        matches = [each for each in others if _may_be(ledger, record, each, texts)]
        if matches:
            yield held(record, _hold(matches), ledger.clock.now())


def _is_ours(invoice: InvoiceSummary, organization_id: int) -> bool:
    reference = OUR_REFERENCE.fullmatch(invoice.reference)
    return reference is not None and invoice.guid == invoice_guid(
        organization_id, int(reference.group(1))
    )


def _may_be(
    ledger: Ledger, record: OrderRecord, other: InvoiceSummary, texts: dict[UUID, str]
) -> bool:
    """Tell whether an invoice names the order, or has its buyer, amount and day."""
    plan = planned(record)
    if _names(record, f"{other.reference}\n{other.heading}"):
        return True
    if other.total != plan.invoice.total or abs(other.date - plan.invoice.date) > NEAR:
        return False
    buyer = contact_in_dinero(ledger, plan.contact)
    if buyer is not None and other.contact_guid == buyer and other.date == plan.invoice.date:
        return True
    if other.guid not in texts:
        texts[other.guid] = _text_of(ledger, other.guid)
    return _names(record, texts[other.guid])


def _names(record: OrderRecord, text: str) -> bool:
    """Tell whether ``text`` holds the order's number or id as a number of its own."""
    return any(
        re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text)
        for number in {record.number, str(record.order_id)}
    )


def _text_of(ledger: Ledger, guid: UUID) -> str:
    """Read what an invoice says in its comment and lines; nothing where it is gone meanwhile."""
    try:
        found = ledger.client.invoice(guid)
    except RejectedError:
        return ""
    return "\n".join([found.comment, *(line.description for line in found.lines), *found.texts])


def _hold(matches: list[InvoiceSummary]) -> Hold:
    which = ", ".join(
        f"invoice {each.number} of {each.date}" if each.number else f"a draft of {each.date}"
        for each in matches
    )
    return Hold(
        reason=HoldReason.MAYBE_BOOKED_ELSEWHERE,
        message=f"Dinero holds {which}, which wasn't made by dinero-sync and looks like this "
        "order's. The order isn't booked, or the sale might be in the books twice.",
        next_step="Compare them in Dinero. The same sale: dinero-sync adopt ORDER. Another one: "
        "dinero-sync retry ORDER. If Shoporama's own Dinero integration is still on, switch it "
        "off first.",
    )
