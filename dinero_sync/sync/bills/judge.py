"""What becomes of a bill that was read: a record with a plan, one that is held, or one known."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from dinero_sync.bills.statement import YAML_ENDING
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import canonical_json, fields_of, hash_of
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.papers.bill import Bill, VoucherPlan
from dinero_sync.domain.papers.written import as_yaml, number_of_its_own
from dinero_sync.domain.step import ORDER, TEXT, Yaml, command, sentence
from dinero_sync.journal.documents import Document, DocumentKind, Rung, Standing
from dinero_sync.journal.papers.bills import UNREAD, BillRecord
from dinero_sync.journal.papers.record import is_settled
from dinero_sync.posting.bills.plan import plan_bill, reference_of
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.sync.work.inbox import PaperFile
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

    record: BillRecord
    is_known: bool = False
    """Whether it is settled already: nothing is to be done, and nothing to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """By what bills are judged."""

    settings: BillSettings
    settings_hash: str
    chart: Callable[[], Chart]
    """Asked for only where a bill needs it."""
    load: Callable[[str], BillRecord | None]
    present: Collection[str]
    """The hashes of the files that this pass looks at."""
    chosen: Callable[[str], Collection[date]]
    """Returns the days that a person chose for a bill of that name."""
    posted: Callable[[BillRecord], date | None]
    """Returns the day of the voucher that Dinero has of a planned bill; None without one."""
    now: datetime

    def unread(self, paper: PaperFile, hold: Hold, reading: Reading | None = None) -> Judgement:
        """Hold a file under a name of its own: it couldn't be read, or isn't known for a bill yet.

        ``reading`` is what was read of it all the same.
        """
        name = f"{UNREAD}{paper.digest[:HASH_DIGITS]}"
        known = self.load(name)
        if known is not None and is_settled(known):
            return Judgement(record=known, is_known=True)
        record = known or BillRecord(name=name, number=paper.path.name)
        if reading is not None:
            total, currency = reading.bill.total, reading.bill.currency
            record = replace(record, total=total, currency=currency)
        return Judgement(record=self._held(replace(record, raw=_raw(paper, reading)), hold))

    def read(self, paper: PaperFile, reading: Reading) -> Judgement:
        """Plan a bill, hold it, or find it settled."""
        bill = reading.bill
        known = self.load(reference_of(bill))
        content = _content(bill)
        if known is not None and known.content != content and self._is_another(known, paper, bill):
            return self.unread(paper, _differs(bill, known, paper), reading)
        if known is not None and _is_over(known):
            return Judgement(record=known.seen_in(paper.digest), is_known=is_settled(known))
        record = replace(
            known or BillRecord(name=reference_of(bill), number=bill.number),
            raw=_raw(paper, reading),
            total=bill.total,
            currency=bill.currency,
            content=content,
        )
        try:
            plan = self._plan(record, bill)
        except HeldError as error:
            return Judgement(record=self._held(record, error.hold))
        if known is not None and known.content == content:
            return Judgement(record=self._planned(record, plan, bill))
        return Judgement(record=self._planned(_without_file(record), plan, bill))

    def _plan(self, record: BillRecord, bill: Bill) -> VoucherPlan:
        """Plan a bill; one of a closed day as it was posted, where the journal forgot that.

        Raises HeldError.
        """
        day, chosen = record.lead.day, self.chosen(record.name)
        try:
            return plan_bill(bill, self.settings, self.chart(), day, chosen)
        except HeldError as error:
            if error.hold.reason is not HoldReason.PERIOD_CLOSED or record.plan is not None:
                raise
            opened = replace(self.settings, closed_until=None)
            plan = plan_bill(bill, opened, self.chart(), day, chosen)
            posted = self.posted(record.with_plan(plan))
            if posted is None:
                raise
            return plan_bill(bill, opened, self.chart(), posted, {posted})

    def _is_another(self, known: BillRecord, paper: PaperFile, bill: Bill) -> bool:
        """Tell whether a bill is another than one with its number that says something else.

        It may be the same one, corrected, as long as nothing of it is in the books: then its former
        file isn't there any more. What is of another kind is another bill, once one is begun.
        """
        is_beside = known.digest != paper.digest and known.digest in self.present
        is_other_kind = told_of(known, "kind") not in {None, str(bill.kind)}
        is_begun = known.rung is not Rung.SEEN
        return _is_over(known) or is_beside or (is_begun and is_other_kind)

    def _held(self, record: BillRecord, hold: Hold) -> BillRecord:
        return _by(held(record, hold, self.now), self.settings_hash)

    def _planned(self, record: BillRecord, plan: VoucherPlan, bill: Bill) -> BillRecord:
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
            day=plan.voucher.date if plan.voucher else bill.date,
            contact_guid=record.lead.contact_guid if is_same else None,
        )
        return _by(replace(record, documents=(lead,)).with_plan(plan), self.settings_hash)


def _without_file(record: BillRecord) -> BillRecord:
    """Return a bill that says something else now, maybe by another document."""
    plan = record.plan
    return record if plan is None else record.learning(replace(plan, file_guid=None))


def _is_over(known: BillRecord) -> bool:
    return is_settled(known) or known.rung.reached(Rung.BOOKED)


def _by(record: BillRecord, settings_hash: str) -> BillRecord:
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


def told_of(record: BillRecord, name: str) -> str | None:
    """Return what a bill said of itself, by the name of a field of :class:`Bill`, as text."""
    bill = record.told.get("bill") or {}
    value = bill.get(name)
    return None if value is None else str(value)


def _differs(bill: Bill, known: BillRecord, paper: PaperFile) -> Hold:
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
            sentence("if_bill_is_another", yaml=f"{paper.path.stem}{YAML_ENDING}"),
            Yaml(as_yaml(bill, number=number_of_its_own(bill))),
        ),
    )
