"""Changes at Dinero, each written down before it is sent and after its outcome is known."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from dinero_sync.clock import Clock
from dinero_sync.dinero.errors import AlreadyExistsError, InDoubtError, RejectedError
from dinero_sync.dinero.transport import Transport, result_of
from dinero_sync.dinero.write import Result, Write
from dinero_sync.domain.documents import canonical_json
from dinero_sync.errors import DineroSyncError
from dinero_sync.http_answers import Answer
from dinero_sync.journal import effects, orders
from dinero_sync.journal.documents import SALE, Chain, OrderRecord, Subject, SubjectRecord
from dinero_sync.journal.effects import DOCUMENT_OF, OF_THE_SUBJECT, EffectKind, Phase
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.journal.schema import make_durable, open_change, transaction
from dinero_sync.journal.upkeep.verification import DECIDED, decision_hash
from dinero_sync.sync.work.pacing import MinuteLimit


class Ledger:
    """Dinero and the journal together: no change at Dinero without an intent before it."""

    def __init__(
        self,
        transport: Transport,
        db: sqlite3.Connection,
        clock: Clock,
        pace: MinuteLimit,
        run_id: str,
    ) -> None:
        """Write through ``transport``; keep the record in ``db``."""
        self.transport = transport
        self.db = db
        self.clock = clock
        self.run_id = run_id
        self._pace = pace
        self._has_more_to_write = False

    @contextmanager
    def writing_together(self) -> Iterator[None]:
        """Within this, what is written waits for what follows, to be written together.

        So a call's outcome is written with how its order stands then, and with the intent of
        another order's call. It is durable before any other call leaves, before anything is waited
        for, and at the end: whoever dies loses the outcome of one call at most, whose intent stays
        open, and decisions, which are made anew.
        """
        self._has_more_to_write = True
        try:
            yield
        finally:
            self._has_more_to_write = False
            make_durable(self.db)

    def keep(self, record: OrderRecord, known: OrderRecord | None = None) -> None:
        """Write how an order stands; ``known`` is how it stood when it was written last."""
        self._begin()
        orders.save(self.db, record, known)

    def keep_paper(self, record: PaperRecord) -> None:
        """Write how a bill or a payout stands."""
        self._begin()
        if isinstance(record, BillRecord):
            bills.save(self.db, record)
        elif isinstance(record, PayoutRecord):
            payouts.save(self.db, record)

    def _begin(self) -> None:
        if self._has_more_to_write:
            open_change(self.db)

    def send(
        self, record: SubjectRecord, kind: EffectKind, decision: object, write: Write[Result]
    ) -> Result:
        """Journal the intent, send, journal the outcome; both word by word as on the wire.

        Raises RejectedError, or another DineroSyncError, where nothing happened, and the journal
        says so. Without a clear answer (InDoubtError), with an identity that is taken
        (AlreadyExistsError), or when the process dies, the intent stays open, which means: read at
        Dinero before trying again.
        """
        self._pace.reserve()  # before the intent, which would stay open while it waits
        self._intend(record, kind, decision, write)
        answer: Answer | None = None
        try:
            answer = self.transport.send(write)
            if self.transport.renewed_after(answer):
                answer = self.transport.send(write)
            result = result_of(write, answer)
        except AlreadyExistsError:  # to be read and adopted, or held
            raise
        except InDoubtError:  # stays open: reading tells what happened
            raise
        except (RejectedError, DineroSyncError) as error:
            told = {"reason": str(error), **_told(answer)}
            self._begin()
            self._note(record, kind, Phase.REJECTED, told)
            raise
        self._begin()
        self._note(record, kind, Phase.DONE, _told(answer))
        return result

    def _intend(
        self, record: SubjectRecord, kind: EffectKind, decision: object, write: Write[Result]
    ) -> None:
        """Journal what is to be sent, what for, and the order as it was when that was decided.

        It is durable then, and whatever was written before it.
        """
        request = {
            "method": write.method,
            "path": self.transport.path(write.version, write.path),
            "body": write.body,
        }
        with transaction(self.db):
            self._pace.note()
            body = {**self._decided_from(record, kind), "decision": decision, "request": request}
            self._note(record, kind, Phase.INTENT, body)
        make_durable(self.db)

    def _decided_from(self, record: SubjectRecord, kind: EffectKind) -> dict[str, str]:
        """Keep what the outside told, once, and return what refers to it and to the plan.

        The subject's own row says what it was told last, which may be something else tomorrow.
        """
        told, of = effects.sha256(record.raw), _told_as(record)
        if not effects.has_body(self.db, record.subject, of, told):
            self._append(record, of, Phase.DONE, record.raw)
        return {str(of): told, **_decided(kind, record)}

    def adopt(self, record: SubjectRecord, kind: EffectKind, found: object) -> None:
        """Journal that a change was found done at Dinero."""
        body = {**_decided(kind, record), "found": found}
        self._note(record, kind, Phase.ADOPTED, body)

    def adopt_begun(
        self, record: SubjectRecord, kinds: Iterable[EffectKind], found: object
    ) -> None:
        """Journal that changes of these kinds were found done, as far as they were begun.

        Without this a change whose answer was lost would stay in doubt for ever.
        """
        for kind in sorted(self.begun(record).intersection(kinds)):
            self.adopt(record, kind, found)

    def in_doubt(self, record: Chain) -> bool:
        """Tell whether a change was begun for the order whose outcome isn't known."""
        return bool(self.begun(record))

    def begun(self, record: Chain) -> set[EffectKind]:
        """Return the kinds of change that were begun for the order and have no outcome.

        As with all such questions, of the chain alone that ``record`` has.
        """
        return effects.open_intents(self.db, record.subject, record.owns)

    def knows_done(self, record: Chain, kind: EffectKind) -> bool:
        """Tell whether such a change is known to have happened for the order."""
        return not {Phase.DONE, Phase.ADOPTED}.isdisjoint(self._phases(record, kind))

    def first_begun(self, record: Chain, kind: EffectKind) -> datetime | None:
        """Return when such a change of the order was first sent or found, since it was refused."""
        first: datetime | None = None
        for each in effects.of_subject(self.db, record.subject):
            if each.kind is kind and record.owns(each.document):
                first = None if each.phase is Phase.REJECTED else first or each.at
        return first

    def last_done(self, subject: Subject, kind: EffectKind) -> datetime | None:
        """Return when such a change of the order was last answered as done; None if never."""
        lines = effects.of_subject(self.db, subject)
        done = [each.at for each in lines if each.kind is kind and each.phase is Phase.DONE]
        return max(done, default=None)

    def may_have(self, record: Chain, kind: EffectKind) -> bool:
        """Tell whether such a change may have happened: it was begun, and not refused at last."""
        return self._phases(record, kind)[-1:] not in ([], [Phase.REJECTED])

    def _phases(self, record: Chain, kind: EffectKind) -> list[Phase]:
        told = effects.phases(self.db, record.subject)
        return [phase for document, each, phase in told if each is kind and record.owns(document)]

    def _note(
        self, record: SubjectRecord, kind: EffectKind, phase: Phase, body: Mapping[str, object]
    ) -> None:
        self._append(record, kind, phase, canonical_json(body))

    def _append(self, record: SubjectRecord, kind: EffectKind, phase: Phase, body: str) -> None:
        effects.append(
            self.db,
            at=self.clock.now(),
            run_id=self.run_id,
            subject=record.subject,
            kind=kind,
            phase=phase,
            body=body,
            document=_document_of(record, kind),
        )


def _told_as(record: SubjectRecord) -> EffectKind:
    """Return which lines keep what the outside told: the shop, or a file."""
    return EffectKind.ORDER if isinstance(record, OrderRecord) else EffectKind.PAPER


def _document_of(record: SubjectRecord, kind: EffectKind) -> str:
    """Return the key of the document of a subject's chain that a change belongs to."""
    if kind not in DOCUMENT_OF:
        return OF_THE_SUBJECT
    if record.chain == SALE:
        return str(DOCUMENT_OF[kind])
    document = record.document(DOCUMENT_OF[kind])
    return record.chain if document is None else document.key


def _decided(kind: EffectKind, record: SubjectRecord) -> dict[str, str]:
    """Return the hash by which `verify` knows what was decided about what is booked."""
    if isinstance(record, BillRecord):
        if kind is not EffectKind.BOOK_VOUCHER or record.plan is None:
            return {}
        return {DECIDED: decision_hash(record.plan)}
    if kind is not EffectKind.BOOK or not isinstance(record, OrderRecord):
        return {}
    plan = record.plan or record.credit
    if plan is None:
        return {}
    return {DECIDED: decision_hash(plan)}


def _told(answer: Answer | None) -> dict[str, object]:
    """Return what Dinero answered; without a status where nothing came."""
    status, body = (None, "") if answer is None else (answer.status, answer.text)
    return {"answer": {"status": status, "body": body}}
