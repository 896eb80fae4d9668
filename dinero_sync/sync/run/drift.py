"""What others changed since about documents that we booked: said once, by a run that has work."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from dinero_sync.dinero import credit_notes, invoices
from dinero_sync.dinero.invoices import InvoiceSummary
from dinero_sync.domain.documents import CreditPlan
from dinero_sync.domain.identity import credit_in, order_in
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.money import sent
from dinero_sync.journal.money.sent import Sent
from dinero_sync.logs import get_logger
from dinero_sync.sync.run.credit.proposals import propose_anew
from dinero_sync.sync.work.workplace import Workplace

log = get_logger()
LOOKED = "changed_documents_looked_until"
A_DAY = timedelta(days=1)


def tell_of_changed_documents(place: Workplace) -> None:
    """Say which booked documents aren't any more what they were booked as: two calls a day.

    Where others made credit notes, what is proposed for orders is worked out again.

    A run without work asks Dinero nothing, and so not for this either. Where the lists can't be
    read, the next run looks for all that came in between.
    """
    now, last = place.clock.now(), meta(place.db, LOOKED)
    if not place.has_work:
        return
    if last is not None:
        since = datetime.fromisoformat(last)
        if timedelta(0) <= now - since < A_DAY:
            return
        try:
            _tell(place, min(since, now))
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError as error:
            log.info("documents.not_compared", message=str(error))
            return
    set_meta(place.db, LOOKED, now.isoformat())


def _tell(place: Workplace, since: datetime) -> None:
    notes = list(credit_notes.changed_since(place.dinero, since))
    for each in chain(invoices.changed_since(place.dinero, since), notes):
        order = order_in(each.reference)
        found = sent.named(place.db, order) if order and each.number is not None else []
        for ours in found:
            changed = list(_changes(ours, each))
            if changed:
                _say(ours, changed)
    if any(credit_in(each.reference) is None for each in notes):
        propose_anew(place)


def _changes(ours: Sent, listed: InvoiceSummary) -> Iterator[str]:
    """Yield what of a document of ours is another than it was booked with; by its own name."""
    if ours.plan is None:
        return
    invoice = ours.plan.note if isinstance(ours.plan, CreditPlan) else ours.plan.invoice
    if invoice.guid != listed.guid:
        return
    compared = {
        "total": (invoice.total, listed.total),
        "currency": (invoice.currency, listed.currency),
        "day": (ours.day, listed.date),
        "customer": (ours.contact, listed.contact_guid),
    }
    yield from (name for name, (then, now) in compared.items() if then != now)


def _say(ours: Sent, changed: list[str]) -> None:
    log.warning(
        "document.changed",
        order_id=ours.order_id,
        invoice_number=ours.document_number,
        message=f"A booked document isn't any more in Dinero what it was booked as: its "
        f"{', '.join(changed)}. Nothing was done about it. What it means for the books, and what "
        "to do: dinero-sync reconcile",
    )
