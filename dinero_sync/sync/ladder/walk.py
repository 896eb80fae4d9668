"""Takes orders up the ladder, a chunk at a time and rung by rung.

The invoice leads; what follows from its plan comes behind it, each kind by its own steps. A chunk's
drafts are verified by one list call, and its invoices are booked in order of date, so that Dinero's
numbers follow the order of the sales. What a step did is in the journal before the next call
leaves. An order that Dinero gives no answer about stops no other, and the next run takes it last.
One whose contact somebody deleted begins anew behind the others of its chunk.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress

from dinero_sync.dinero.errors import (
    DeletedError,
    InDoubtError,
    RejectedError,
    StaleTimestampError,
    UnknownContactError,
)
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.journal.schema import make_durable
from dinero_sync.sync.ladder import (
    credit_note,
    gift_card,
    invoice,
    margin,
    payment,
    refund,
    sending,
)
from dinero_sync.sync.ladder.contact import lost_contact
from dinero_sync.sync.ladder.invoice import BookedOtherwiseError
from dinero_sync.sync.ladder.step import Climb, Step
from dinero_sync.sync.work import outcome
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.troubles import Troubles

CHUNK = 100
TRIES = 3
"""How often a step is begun anew in one run when the document changed or an answer was lost."""
NO_ACCOUNTING_YEAR = 47
"""Dinero's code for a day that lies in no open accounting year."""
NO_YEAR = Hold(
    reason=HoldReason.REJECTED_BY_DINERO,
    text=f"{HoldReason.REJECTED_BY_DINERO}.no_year",
    facts={},
    steps=(sentence("open_accounting_year"), command("retry", ORDER)),
)
STEPS = (
    *invoice.STEPS,
    *credit_note.STEPS,
    *margin.STEPS,
    *sending.STEPS,
    *refund.STEPS,
    *gift_card.STEPS,
    *payment.STEPS,
)
"""The whole way: the ladder of each kind, in the order in which the documents of a chain come."""

Progress = Callable[[int, int], None]
"""Is told how many steps were done, and how many there are in all."""


class Delivery:
    """One run's way up the ladder for many orders."""

    def __init__(
        self,
        climb: Climb,
        report: Callable[[OrderRecord], None],
        progress: Progress | None = None,
        *,
        are_saved: bool = True,
    ) -> None:
        """Deliver as ``climb`` says; ``report`` is told of every order that came to rest.

        ``are_saved``: whether the journal has the orders as they are handed over, so that only what
        changes is written.
        """
        self._climb = climb
        self._ledger: Ledger = climb.ledger
        self._db: sqlite3.Connection = climb.ledger.db
        self._report = report
        self._progress = progress
        self._are_saved = are_saved
        self._steps_done = 0
        self._steps = 0
        self._troubles = Troubles[int]()
        self._begun_anew: set[int] = set()

    @property
    def trouble(self) -> TemporaryError | None:
        """Return why orders wait for a later run though this one went on; None where none does."""
        return self._troubles.error(spoken("Orders that Dinero gave no answer about"))

    def deliver(self, in_turn: Sequence[int], load: Callable[[int], OrderRecord]) -> None:
        """Take every planned order as far as it goes; those last that had no answer before.

        A chunk's orders are loaded when their turn has come: of others nothing is in memory. Raises
        TemporaryError when Dinero is down or the run must end; all that was done is known.
        """
        had_none = orders.without_answer(self._db)
        if self._progress is not None:
            self._steps = sum(map(_steps_ahead, map(load, in_turn)))
        answered = [each for each in in_turn if each not in had_none]
        unanswered = [each for each in in_turn if each in had_none]
        with self._ledger.writing_together():
            for chunk in (*_chunks(answered), *_chunks(unanswered)):
                self._deliver_chunk(list(map(load, chunk)))
        self._remember(had_none.difference(in_turn) | self._troubles.orders)

    def _deliver_chunk(self, chunk: list[OrderRecord]) -> None:
        while chunk:
            for step in STEPS:
                chunk = list(self._stepped(chunk, step))
            chunk = [each for each in chunk if each.rung is Rung.PLANNED]  # begun again
        self._climb.timestamps.clear()

    def _stepped(self, records: Sequence[OrderRecord], step: Step) -> Iterator[OrderRecord]:
        """Take ``step`` with each order whose turn it is; yield those that go on."""
        ready = [step.is_next_for(each) for each in records]
        if step.beforehand is not None and any(ready):
            step.beforehand(self._climb, list(compress(records, ready)))
        for record, is_ready in zip(records, ready, strict=True):
            taken = self._taken(record, step) if is_ready else record
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
            except (UnknownContactError, DeletedError) as error:
                return self._begun_again(record) or self._held(record, _rejected(record, error))
            except RejectedError as error:
                is_year = error.code == NO_ACCOUNTING_YEAR
                return self._held(record, NO_YEAR if is_year else _rejected(record, error))
        if failure is not None:
            raise failure
        self._keep_doubt(record)
        return None

    def _begun_again(self, record: OrderRecord) -> OrderRecord | None:
        """Let an order whose contact is gone begin anew, once a run; None for any other."""
        is_made = record.rung.reached(Rung.BOOKED) or record.order_id in self._begun_anew
        if is_made or not lost_contact(self._ledger, record):
            return None
        self._begun_anew.add(record.order_id)
        again = outcome.climbed(record, Rung.PLANNED)
        self._steps += _steps_ahead(again) - _steps_ahead(record) + 1
        return self._keep(again, record)

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
        if self._ledger.in_doubt(record):
            self._keep(outcome.in_doubt(record))

    def _keep(self, record: OrderRecord, known: OrderRecord | None = None) -> OrderRecord:
        """Journal an order as it stands after a step; ``known`` is how it stood before it.

        What is reported is durable.
        """
        self._ledger.keep(record, known if self._are_saved else None)
        if record.standing is not Standing.WORKING:
            make_durable(self._db)
            self._report(record)
        return record


def _steps_ahead(record: OrderRecord) -> int:
    """Count the steps that are still to be taken with an order, if all goes well."""
    return sum(_is_ahead(step, record) for step in STEPS)


def _is_ahead(step: Step, record: OrderRecord) -> bool:
    document = record.document(step.kind)
    return document is not None and not document.is_done and step.at.reached(document.rung)


def _chunks(order_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(order_ids), CHUNK):
        yield order_ids[start : start + CHUNK]


def _rejected(record: OrderRecord, error: RejectedError) -> Hold:
    """Say what Dinero refused: by the order's own words where they are known, else by Dinero's."""
    of_nothing = gift_card.refused_invoice_of_nothing(record, error)
    if of_nothing is not None:
        return of_nothing
    if isinstance(error, UnknownContactError) and record.credit is not None:
        return Hold(
            reason=HoldReason.REJECTED_BY_DINERO,
            text=f"{HoldReason.REJECTED_BY_DINERO}.contact_deleted",
            facts={"invoice": str(record.credit.invoice_number)},
            steps=(
                sentence("bring_contact_back"),
                command("retry", ORDER),
                sentence("if_nothing_to_credit"),
                command("skip", ORDER, "--reason", TEXT),
            ),
        )
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
