"""Takes orders up the ladder, a chunk at a time and rung by rung.

A chunk's drafts are verified by one list call, and its invoices are booked in order of date, so
that Dinero's numbers follow the order of the sales. After each step the journal knows it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from dinero_sync.dinero.errors import InDoubtError, RejectedError, StaleTimestampError
from dinero_sync.domain.hold import HeldError, Hold, HoldReason, OpenReason
from dinero_sync.errors import TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung, Standing
from dinero_sync.sync import outcome
from dinero_sync.sync.contact_rung import ensure_contact
from dinero_sync.sync.invoice_rungs import (
    BookedOtherwiseError,
    Versions,
    book,
    ensure_draft,
    planned,
    verify_drafts,
)
from dinero_sync.sync.ledger import Ledger
from dinero_sync.sync.margin_rung import (
    await_margins,
    has_margins_to_post,
    post_margins,
    refuse_slow_margins,
)
from dinero_sync.sync.payment_rung import pay
from dinero_sync.sync.sending_rung import is_to_be_sent, send

CHUNK = 100
TRIES = 3
"""How often a step is begun anew in one run when the document changed or an answer was lost."""

Step = Callable[[OrderRecord], OrderRecord]
Progress = Callable[[int, int], None]
"""Is told how many steps were done, and how many there are in all."""
STEPS = (Rung.PLANNED, Rung.CONTACT, Rung.VERIFIED, Rung.BOOKED)
"""The rungs from which an order takes a step of its own; verification is one for all."""


class Delivery:
    """One run's way up the ladder for many orders."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        booking: bool,
        update_contacts: bool,
        report: Callable[[OrderRecord], None],
        progress: Progress | None = None,
    ) -> None:
        """Deliver through ``ledger``; without ``booking``, stop at verified drafts.

        With ``update_contacts``, contacts that are in Dinero get what the orders say.

        ``report`` is told of every order that came to rest.
        """
        self._ledger = ledger
        self._db: sqlite3.Connection = ledger.db
        self._booking = booking
        self._update_contacts = update_contacts
        self._report = report
        self._progress = progress
        self._steps_done = 0
        self._steps = 0
        self._versions: Versions = {}

    def deliver(self, records: Iterable[OrderRecord]) -> None:
        """Take every planned order as far as it goes.

        Raises TemporaryError when Dinero is down or the run must end; all that was done is known.
        """
        by_date = sorted(records, key=_by_date)
        self._steps = sum(step.reached(record.rung) for record in by_date for step in STEPS)
        ordered = iter(by_date)
        while chunk := list(islice(ordered, CHUNK)):
            chunk = list(self._climb(chunk, Rung.PLANNED, self._contact))
            chunk = list(self._climb(chunk, Rung.CONTACT, self._draft))
            chunk = list(self._verify(chunk))
            chunk = list(self._climb(chunk, Rung.VERIFIED, self._book_or_leave))
            chunk = self._sent(self._with_margins(chunk))
            list(self._climb(chunk, Rung.BOOKED, self._pay))

    def _climb(
        self, records: Iterable[OrderRecord], rung: Rung, step: Step
    ) -> Iterator[OrderRecord]:
        """Do ``step`` for each order that stands at ``rung``; yield those that go on."""
        for record in list(records):
            taken = self._taken(record, step) if record.rung is rung else record
            if taken.standing is Standing.WORKING:
                yield taken

    def _taken(self, record: OrderRecord, step: Step) -> OrderRecord:
        """Do one step and journal what came of it; reads and begins anew after a lost answer."""
        self._ledger.clock.check()
        self._steps_done += 1
        if self._progress is not None:
            self._progress(self._steps_done, self._steps)
        failure: InDoubtError | None = None
        for _ in range(TRIES):
            try:
                return self._keep(step(record))
            except InDoubtError as error:
                failure = error
                self._versions.pop(record.order_id, None)
            except StaleTimestampError:
                self._versions.pop(record.order_id, None)
            except BookedOtherwiseError as error:
                return self._keep(self._held(error.record, error.hold))
            except HeldError as error:
                return self._keep(self._held(record, error.hold))
            except RejectedError as error:
                return self._keep(self._held(record, _rejected(error)))
            except TemporaryError:
                self._keep_doubt(record)
                raise
        kept = self._keep_doubt(record)
        if failure is not None and failure.service_failed:
            raise failure  # Dinero is down: no use in trying the other orders
        return kept

    def _held(self, record: OrderRecord, hold: Hold) -> OrderRecord:
        return outcome.held(record, hold, self._ledger.clock.now())

    def _keep_doubt(self, record: OrderRecord) -> OrderRecord:
        if not self._ledger.in_doubt(record.order_id):
            return record
        return self._keep(outcome.in_doubt(record))

    def _keep(self, record: OrderRecord) -> OrderRecord:
        orders.save(self._db, record)
        if record.standing is not Standing.WORKING:
            self._report(record)
        return record

    def _contact(self, record: OrderRecord) -> OrderRecord:
        return ensure_contact(self._ledger, record, planned(record), update=self._update_contacts)

    def _draft(self, record: OrderRecord) -> OrderRecord:
        return ensure_draft(self._ledger, record, planned(record), self._versions)

    def _verify(self, records: list[OrderRecord]) -> Iterator[OrderRecord]:
        drafted = [record for record in records if record.rung is Rung.DRAFTED]
        verified = verify_drafts(self._ledger, drafted) if drafted else {}
        for record in records:
            found = verified.get(record.order_id, record)
            if isinstance(found, BookedOtherwiseError):
                found = self._held(found.record, found.hold)
            elif isinstance(found, HeldError):
                found = self._held(record, found.hold)
            self._keep(found)
            if found.standing is Standing.WORKING:
                yield found

    def _book_or_leave(self, record: OrderRecord) -> OrderRecord:
        booking_was_begun = EffectKind.BOOK in self._ledger.begun(record.order_id)
        if not self._booking and not booking_was_begun:
            now = self._ledger.clock.now()
            return outcome.waiting(record, OpenReason.AWAITING_BOOKING, now)
        return book(self._ledger, record, planned(record), self._versions)

    def _with_margins(self, records: list[OrderRecord]) -> list[OrderRecord]:
        """Post the margins of second-hand goods; return the orders that may go on to payment."""
        with_items = [each for each in records if has_margins_to_post(self._ledger, each)]
        if not with_items:
            return records
        posted = list(self._climb(with_items, Rung.BOOKED, self._margins))
        awaited = {record.order_id for record in with_items}
        others = [record for record in records if record.order_id not in awaited]
        booked = await_margins(self._ledger, posted)
        finished = {record.order_id for record in booked}
        for record in posted:
            if record.order_id not in finished:
                self._taken(record, self._wait_for_margins)
        return [*others, *booked]

    def _wait_for_margins(self, record: OrderRecord) -> OrderRecord:
        refuse_slow_margins(self._ledger, record)
        return record

    def _sent(self, records: list[OrderRecord]) -> list[OrderRecord]:
        """Send the invoices that rules say to send; return the orders that go on to payment."""
        to_send = [each for each in records if is_to_be_sent(self._ledger, each)]
        ids = {record.order_id for record in to_send}
        others = [record for record in records if record.order_id not in ids]
        tried = self._climb(to_send, Rung.BOOKED, self._send)
        return [*others, *(each for each in tried if not is_to_be_sent(self._ledger, each))]

    def _send(self, record: OrderRecord) -> OrderRecord:
        return send(self._ledger, record, planned(record), self._versions)

    def _margins(self, record: OrderRecord) -> OrderRecord:
        return post_margins(self._ledger, record)

    def _pay(self, record: OrderRecord) -> OrderRecord:
        return pay(self._ledger, record, planned(record), self._versions)


def _by_date(record: OrderRecord) -> tuple[str, int]:
    return (str(record.invoice_day), record.order_id)


def _rejected(error: RejectedError) -> Hold:
    return Hold(
        reason=HoldReason.REJECTED_BY_DINERO,
        message=f"Dinero refused a step of this order ({error}). Nothing was changed by it.",
        next_step="See the request with: dinero-sync show ORDER. Mend what Dinero names (often a "
        "number on the order, a closed accounting year, or an account), then: "
        "dinero-sync retry ORDER",
    )
