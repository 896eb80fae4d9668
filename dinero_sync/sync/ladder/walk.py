"""Takes orders up the ladder, a chunk at a time and rung by rung.

The invoice leads; what follows from its plan comes behind it, each kind by its own steps. A chunk's
drafts are verified by one list call, and its invoices are booked in order of date, so that Dinero's
numbers follow the order of the sales. After each step the journal knows it. An order that Dinero
gives no answer about stops no other, and the next run takes it last.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from dinero_sync.dinero.errors import InDoubtError, RejectedError, StaleTimestampError
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Standing
from dinero_sync.sync.ladder import invoice, margin, payment, sending
from dinero_sync.sync.ladder.invoice import BookedOtherwiseError
from dinero_sync.sync.ladder.step import Climb, Step
from dinero_sync.sync.work import outcome
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.troubles import Troubles

CHUNK = 100
TRIES = 3
"""How often a step is begun anew in one run when the document changed or an answer was lost."""
STEPS = (*invoice.STEPS, *margin.STEPS, *sending.STEPS, *payment.STEPS)
"""The whole way: the ladder of each kind, in the order in which the documents of a sale come."""

Progress = Callable[[int, int], None]
"""Is told how many steps were done, and how many there are in all."""


class Delivery:
    """One run's way up the ladder for many orders."""

    def __init__(
        self,
        climb: Climb,
        report: Callable[[OrderRecord], None],
        progress: Progress | None = None,
    ) -> None:
        """Deliver as ``climb`` says; ``report`` is told of every order that came to rest."""
        self._climb = climb
        self._ledger: Ledger = climb.ledger
        self._db: sqlite3.Connection = climb.ledger.db
        self._report = report
        self._progress = progress
        self._steps_done = 0
        self._steps = 0
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
        self._steps = sum(_is_ahead(step, record) for record in in_turn for step in STEPS)
        for chunk in _chunks([each for each in in_turn if each.order_id not in had_none]):
            self._deliver_chunk(chunk)
        for chunk in _chunks([each for each in in_turn if each.order_id in had_none]):
            self._deliver_chunk(chunk)
        tried = {record.order_id for record in in_turn}
        self._remember((had_none - tried) | self._troubles.orders)

    def _deliver_chunk(self, chunk: Sequence[OrderRecord]) -> None:
        for step in STEPS:
            chunk = list(self._stepped(chunk, step))

    def _stepped(self, records: Sequence[OrderRecord], step: Step) -> Iterator[OrderRecord]:
        """Take ``step`` with each order whose turn it is; yield those that go on."""
        ready = [each for each in records if step.is_next_for(each)]
        if ready and step.beforehand is not None:
            step.beforehand(self._climb, ready)
        for record in records:
            taken = self._taken(record, step) if step.is_next_for(record) else record
            if taken is not None and taken.standing is Standing.WORKING:
                yield taken

    def _taken(self, record: OrderRecord, step: Step) -> OrderRecord | None:
        """Do one step and journal what came of it; None where the next run has to begin it anew.

        Raises TemporaryError where no other order would fare better.
        """
        self._ledger.clock.check()
        self._tell_progress()
        calls = self._ledger.transport.calls
        try:
            taken = self._tried(record, step)
        except TemporaryError as error:
            self._keep_doubt(record)
            self._leave(record, error)
            return None
        if self._ledger.transport.calls > calls:
            self._troubles.note_answer()
        return taken

    def _tell_progress(self) -> None:
        self._steps_done += 1
        if self._progress is not None:
            self._progress(self._steps_done, self._steps)

    def _tried(self, record: OrderRecord, step: Step) -> OrderRecord | None:
        """Do one step; reads and begins anew after a lost answer."""
        failure: InDoubtError | None = None
        for _ in range(TRIES):
            try:
                return self._keep(step.take(self._climb, record), record)
            except InDoubtError as error:
                failure = error
                self._climb.timestamps.pop(record.order_id, None)
            except StaleTimestampError:
                self._climb.timestamps.pop(record.order_id, None)
            except BookedOtherwiseError as error:
                return self._held(error.record, error.hold, DocumentKind.INVOICE)
            except HeldError as error:
                return self._held(record, error.hold)
            except RejectedError as error:
                return self._held(record, _rejected(error))
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

    def _held(
        self, record: OrderRecord, hold: Hold, kind: DocumentKind | None = None
    ) -> OrderRecord:
        return self._keep(outcome.held(record, hold, self._ledger.clock.now(), kind))

    def _keep_doubt(self, record: OrderRecord) -> None:
        if self._ledger.in_doubt(record.order_id):
            self._keep(outcome.in_doubt(record))

    def _keep(self, record: OrderRecord, known: OrderRecord | None = None) -> OrderRecord:
        """Journal an order as it stands after a step; ``known`` is how it stood before it."""
        orders.save(self._db, record, known)
        if record.standing is not Standing.WORKING:
            self._report(record)
        return record


def _is_ahead(step: Step, record: OrderRecord) -> bool:
    """Tell whether a step is still to be taken with an order, if all goes well."""
    document = record.document(step.kind)
    return document is not None and not document.is_done and step.at.reached(document.rung)


def _chunks(records: Sequence[OrderRecord]) -> Iterator[Sequence[OrderRecord]]:
    for start in range(0, len(records), CHUNK):
        yield records[start : start + CHUNK]


def _day(record: OrderRecord) -> tuple[str, int]:
    return (str(record.invoice_day), record.order_id)


def _rejected(error: RejectedError) -> Hold:
    """Say what Dinero refused: by the order's own words where they are known, else by Dinero's."""
    if error.fields:
        return Hold(
            reason=HoldReason.REJECTED_BY_DINERO,
            text=f"{HoldReason.REJECTED_BY_DINERO}.field",
            facts={"fields": error.fields},
            steps=(sentence("correct_refused_field"), command("adopt", ORDER)),
        )
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
