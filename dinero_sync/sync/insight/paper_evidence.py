"""``evidence`` of a bill or a payout: its file, the journal's lines, and what Dinero holds of it.

As of orders: where Dinero can't be asked, the rest is evidence all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from dinero_sync.bills.reading import files_of
from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.errors import RejectedError
from dinero_sync.dinero.purchases import credit_notes, vouchers
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import NO_CHART, Chart
from dinero_sync.domain.papers.bill import BillKind
from dinero_sync.errors import sentence_of
from dinero_sync.journal import effects
from dinero_sync.journal.documents import DocumentKind, Rung
from dinero_sync.journal.effects import Effect
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.papers.record import ALSO
from dinero_sync.sync.insight import purchases
from dinero_sync.sync.insight.evidence import UNREAD, Held, Voucher, held
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.work.inbox import DONE, HELD, digest_of, is_note
from dinero_sync.sync.work.workplace import open_workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvidence:
    """Everything that is known of one bill, or of one payout."""

    record: BillRecord | PayoutRecord
    chart: Chart
    files: tuple[Path, ...]
    """The file itself, and what belongs to it; none where it isn't to be found any more."""
    lines: tuple[tuple[str, Effect], ...]
    """The journal's, each with the hash of the line before it in the journal."""
    held: Held | None
    """None where Dinero couldn't be asked."""
    unread: str
    """Why it couldn't; empty where it could."""


def gather_paper(
    config: Config,
    config_file: str,
    clock: SystemClock,
    db: Connection,
    record: BillRecord | PayoutRecord,
) -> PaperEvidence:
    """Gather what is known of a bill or a payout; writes nothing, neither here nor at Dinero."""
    found, unread = None, ""
    try:
        with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
            made = list(_made(db, record))
            own_name = record.name.rpartition(":")[2]
            documents = dict(_documents(place.dinero, record))
            found = held(place.dinero, made, own_name, documents)
    except UNREAD as error:
        unread = sentence_of(error)
    section = config.bills if isinstance(record, BillRecord) else config.payouts
    return PaperEvidence(
        record=record,
        chart=recollect(config, config_file, db).chart or NO_CHART,
        files=_files(record, Path(section.inbox) if section and section.inbox else None),
        lines=tuple(
            (effects.before(db, each), each) for each in effects.of_subject(db, record.name)
        ),
        held=found,
        unread=unread,
    )


def _made(db: Connection, record: BillRecord | PayoutRecord) -> Iterator[Voucher]:
    """Yield what is booked of it, as Dinero's ledger calls it."""
    if isinstance(record, PayoutRecord):
        if record.plan is not None and record.rung.reached(Rung.BOOKED):
            item = record.plan
            yield Voucher(document=record.lead.key, guid=item.guid, day=item.date)
        return
    if not purchases.is_booked(record):
        return
    bill = purchases.bought(db, record)
    if bill.guid is not None:
        yield Voucher(document=record.lead.key, guid=bill.guid, day=bill.day)
    if bill.payment_voucher is not None and bill.plan.payment is not None:
        day = bill.plan.payment.day
        yield Voucher(document=DocumentKind.VOUCHER_PAYMENT, guid=bill.payment_voucher, day=day)


def _documents(
    dinero: Transport, record: BillRecord | PayoutRecord
) -> Iterator[tuple[str, VoucherRecord]]:
    """Yield the voucher of a bill as Dinero holds it; one that is deleted there isn't told."""
    plan = record.plan if isinstance(record, BillRecord) else None
    if plan is None or plan.voucher is None or plan.voucher_guid is None:
        return
    wire = credit_notes if plan.voucher.kind is BillKind.CREDIT_NOTE else vouchers
    try:
        yield record.lead.key, wire.read(dinero, plan.voucher_guid)
    except RejectedError:  # deleted there: the journal's lines tell what it was
        return


def _files(record: BillRecord | PayoutRecord, inbox: Path | None) -> tuple[Path, ...]:
    """Find the file that it came in, by its hash: in the inbox, or where it was read from."""
    is_bill = isinstance(record, BillRecord)
    known = {record.digest, *(record.told.get(ALSO) or [])}
    for path in _candidates(record, inbox):
        whole = files_of(path) if is_bill else (path,)
        try:
            if digest_of(whole) in known:
                return tuple(whole)
        except OSError:
            continue
    return ()


def _candidates(record: BillRecord | PayoutRecord, inbox: Path | None) -> Iterator[Path]:
    """Yield the files that may be it: what is put away keeps the beginning of its name."""
    if record.path is not None:
        yield Path(record.path)
    stem = Path(record.file).stem
    for folder in (inbox / DONE, inbox / HELD, inbox) if inbox and stem else ():
        if folder.is_dir():
            found = (each for each in sorted(folder.iterdir()) if each.name.startswith(stem))
            yield from (each for each in found if each.is_file() and not is_note(each))
