"""Takes orders up the ladder, a chunk at a time and rung by rung.

A chunk's drafts are verified by one list call, and its invoices are booked in order of date, so
that Dinero's numbers follow the order of the sales. After each step the journal knows it. An order
that Dinero gives no answer about stops no other, and the next run takes it last.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from dinero_sync.dinero.errors import InDoubtError, RejectedError, StaleTimestampError
from dinero_sync.dinero.invoices import InvoiceTotals
from dinero_sync.domain.hold import HeldError, Hold, HoldReason, OpenReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung, Standing
from dinero_sync.sync.ladder.contact import ensure_contact
from dinero_sync.sync.ladder.invoice import (
    BookedOtherwiseError,
    Versions,
    book,
    draft_totals,
    ensure_draft,
    planned,
    verify,
)
from dinero_sync.sync.ladder.margin import (
    await_margins,
    has_margins_to_post,
    post_margins,
    refuse_slow_margins,
)
from dinero_sync.sync.ladder.payment import pay
from dinero_sync.sync.ladder.sending import is_to_be_sent, send
from dinero_sync.sync.work import outcome
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.troubles import ENDS_THE_RUN, Troubles

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
        self._troubles = Troubles()

    @property
    def trouble(self) -> TemporaryError | None:
        """Return why orders wait for a later run though this one went on; None where none does."""
        return self._troubles.error("Orders that Dinero gave no answer about")

    def deliver(self, records: Iterable[OrderRecord]) -> None:
        """Take every planned order as far as it goes; those last that had no answer before.

        Raises TemporaryError when Dinero is down or the run must end; all that was done is known.
        """
        in_turn = sorted(records, key=_day)
        had_none = orders.without_answer(self._db)
        self._steps = sum(step.reached(record.rung) for record in in_turn for step in STEPS)
        for chunk in _chunks([each for each in in_turn if each.order_id not in had_none]):
            self._deliver_chunk(chunk)
        for chunk in _chunks([each for each in in_turn if each.order_id in had_none]):
            self._deliver_chunk(chunk)
        tried = {record.order_id for record in in_turn}
        self._remember((had_none - tried) | self._troubles.orders)

    def _deliver_chunk(self, chunk: Sequence[OrderRecord]) -> None:
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
            if taken is not None and taken.standing is Standing.WORKING:
                yield taken

    def _taken(self, record: OrderRecord, step: Step) -> OrderRecord | None:
        """Do one step and journal what came of it; None where the next run has to begin it anew.

        Raises TemporaryError where no other order would fare better.
        """
        self._ledger.clock.check()
        self._tell_progress(record)
        calls = self._ledger.client.calls
        try:
            taken = self._tried(record, step)
        except TemporaryError as error:
            self._keep_doubt(record)
            self._leave(record, error)
            return None
        if self._ledger.client.calls > calls:
            self._troubles.note_answer()
        return taken

    def _tell_progress(self, record: OrderRecord) -> None:
        if record.rung not in STEPS:
            return
        self._steps_done += 1
        if self._progress is not None:
            self._progress(self._steps_done, self._steps)

    def _tried(self, record: OrderRecord, step: Step) -> OrderRecord | None:
        """Do one step; reads and begins anew after a lost answer."""
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
        if failure is not None:
            raise failure
        self._keep_doubt(record)
        return None

    def _leave(self, record: OrderRecord, error: TemporaryError) -> None:
        """Leave an order to the next run; raises the error where others would fare no better."""
        self._troubles.note(record.order_id, error)
        self._remember(orders.without_answer(self._db) | self._troubles.orders)
        if self._troubles.are_too_many:
            raise error

    def _remember(self, order_ids: Iterable[int]) -> None:
        orders.keep_without_answer(self._db, order_ids, self._ledger.clock.now())

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
        drafted = any(record.rung is Rung.DRAFTED for record in records)
        totals = self._totals() if drafted else {}

        def verified(record: OrderRecord) -> OrderRecord:
            return verify(self._ledger, record, planned(record), totals)

        return self._climb(records, Rung.DRAFTED, verified)

    def _totals(self) -> Mapping[UUID, InvoiceTotals]:
        """Read the list of drafts; without it each draft is read by itself."""
        try:
            return draft_totals(self._ledger)
        except ENDS_THE_RUN:
            raise
        except TemporaryError:
            return {}

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
        return [*others, *self._awaited(posted)]

    def _awaited(self, posted: Sequence[OrderRecord]) -> list[OrderRecord]:
        """Return the orders whose margins are booked by now; the others wait, or are held."""
        try:
            await_margins(self._ledger, posted)
        except ENDS_THE_RUN:
            raise
        except TemporaryError:  # one of them may be the trouble: each is asked about by itself
            list(self._climb(posted, Rung.BOOKED, self._ask_for_margins))
        else:
            late = [each for each in posted if has_margins_to_post(self._ledger, each)]
            list(self._climb(late, Rung.BOOKED, self._wait_for_margins))
        return [each for each in posted if not has_margins_to_post(self._ledger, each)]

    def _ask_for_margins(self, record: OrderRecord) -> OrderRecord:
        booked = await_margins(self._ledger, [record], pauses=())
        return record if booked else self._wait_for_margins(record)

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


def _chunks(records: Sequence[OrderRecord]) -> Iterator[Sequence[OrderRecord]]:
    for start in range(0, len(records), CHUNK):
        yield records[start : start + CHUNK]


def _day(record: OrderRecord) -> tuple[str, int]:
    return (str(record.invoice_day), record.order_id)


def _rejected(error: RejectedError) -> Hold:
    return Hold(
        reason=HoldReason.REJECTED_BY_DINERO,
        text=HoldReason.REJECTED_BY_DINERO,
        facts={"error": str(error)},
        steps=(
            sentence("see_request"),
            command("show", ORDER),
            sentence("mend_what_dinero_names"),
            command("retry", ORDER),
        ),
    )
