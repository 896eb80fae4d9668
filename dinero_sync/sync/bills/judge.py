"""What becomes of a bill that was read: a record with a plan, one that is held, or one known."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import canonical_json, fields_of, hash_of
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.papers.bill import Bill, VoucherPlan
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import Document, DocumentKind, Rung, Standing
from dinero_sync.journal.papers.record import ALSO, UNREAD, PaperRecord, is_settled
from dinero_sync.posting.bills.plan import plan_bill, reference_of
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.sync.bills.inbox import PaperFile
from dinero_sync.sync.work.outcome import climbed, held

HASH_DIGITS = 16
TEMPLATE = "template"
"""Under which a record's raw text names the template that read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A bill, and how it was read."""

    bill: Bill
    read_from: str
    template: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How a bill stands by what its file says."""

    record: PaperRecord
    is_known: bool = False
    """Whether it is settled already: nothing is to be done, and nothing to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """By what bills are judged."""

    settings: BillSettings
    settings_hash: str
    chart: Callable[[], Chart]
    """Asked for only where a bill needs it."""
    load: Callable[[str], PaperRecord | None]
    now: datetime

    def unread(self, paper: PaperFile, hold: Hold) -> Judgement:
        """Hold a file that couldn't be read, under a name of its own."""
        name = f"{UNREAD}{paper.digest[:HASH_DIGITS]}"
        known = self.load(name)
        if known is not None and is_settled(known):
            return Judgement(record=known, is_known=True)
        record = known or PaperRecord(name=name, number=paper.path.name)
        return Judgement(record=self._held(replace(record, raw=_raw(paper, None)), hold))

    def read(self, paper: PaperFile, reading: Reading) -> Judgement:
        """Plan a bill, hold it, or find it settled."""
        bill = reading.bill
        known = self.load(reference_of(bill))
        content = _content(bill)
        if known is not None and (is_settled(known) or known.rung.reached(Rung.BOOKED)):
            if known.content != content:
                return self.unread(paper, _differs(bill, known))
            return Judgement(record=_seen_in(known, paper), is_known=is_settled(known))
        record = replace(
            known or PaperRecord(name=reference_of(bill), number=bill.number),
            raw=_raw(paper, reading),
            total=bill.total,
            currency=bill.currency,
            content=content,
        )
        try:
            plan = plan_bill(bill, self.settings, self.chart())
        except HeldError as error:
            return Judgement(record=self._held(record, error.hold))
        return Judgement(record=self._planned(record, plan, bill))

    def _held(self, record: PaperRecord, hold: Hold) -> PaperRecord:
        return _by(held(record, hold, self.now), self.settings_hash)

    def _planned(self, record: PaperRecord, plan: VoucherPlan, bill: Bill) -> PaperRecord:
        """Return the bill with its plan, from the first rung where that is another than before."""
        before = record.plan
        if before is not None:
            plan = replace(plan, file_guid=before.file_guid, voucher_guid=before.voucher_guid)
        is_same = before is not None and before.fingerprint() == plan.fingerprint()
        if is_same and record.standing in {Standing.WORKING, Standing.IN_DOUBT}:
            again = climbed(record, record.current.rung)
            return _by(again.learning(plan), self.settings_hash)
        lead = Document(
            key=str(DocumentKind.VOUCHER),
            kind=DocumentKind.VOUCHER,
            rung=Rung.PLANNED,
            day=bill.date,
            contact_guid=record.lead.contact_guid if is_same else None,
        )
        return _by(replace(record, documents=(lead,)).with_plan(plan), self.settings_hash)


def _by(record: PaperRecord, settings_hash: str) -> PaperRecord:
    return record.having(replace(record.lead, settings=settings_hash))


def _content(bill: Bill) -> str:
    """Return a hash of what a bill says that is posted, on which a PDF and an e-invoice agree."""
    return hash_of((bill.kind, bill.date, bill.currency, bill.net, bill.vat))


def _raw(paper: PaperFile, reading: Reading | None) -> str:
    told: dict[str, object] = {
        "file": paper.path.name,
        "path": str(paper.path) if paper.inbox is None else None,
        "sha256": paper.digest,
    }
    if reading is not None:
        told |= {
            "read_from": reading.read_from,
            TEMPLATE: reading.template,
            "bill": fields_of(reading.bill),
        }
    return canonical_json(told)


def _seen_in(known: PaperRecord, paper: PaperFile) -> PaperRecord:
    """Return a settled bill with another file in which it came: that is known from now on."""
    told = json.loads(known.raw)
    also = [*(told.get(ALSO) or []), paper.digest]
    return replace(known, raw=canonical_json({**told, ALSO: list(dict.fromkeys(also))}))


def told_of(record: PaperRecord, name: str) -> str | None:
    """Return what a bill said of itself, by the name of a field of :class:`Bill`, as text."""
    bill = json.loads(record.raw).get("bill") or {}
    value = bill.get(name)
    return None if value is None else str(value)


def _differs(bill: Bill, known: PaperRecord) -> Hold:
    return Hold(
        reason=HoldReason.BILL_DIFFERS,
        text=HoldReason.BILL_DIFFERS,
        facts={
            "number": bill.number,
            "total": bill.total,
            "currency": bill.currency,
            "known": known.total or 0,
            "bill": known.name,
        },
        steps=(
            sentence("if_bill_was_corrected"),
            command("skip", ORDER, "--reason", TEXT),
        ),
    )
