"""Vouchers in Dinero that may be a bill's: ours from before, or one that a person made."""

import datetime as dt
from collections.abc import Callable, Iterator
from uuid import UUID

from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.purchases import credit_notes, files, vouchers
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import document_name
from dinero_sync.domain.papers.bill import Voucher
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills.climb import BillClimb, planned

OURS = "bill:"
"""What our references of bills begin with."""
NEAR = dt.timedelta(days=7)
"""How far the day of a voucher that a person made may be from the bill's."""


def ours(climb: BillClimb, record: BillRecord, voucher: Voucher) -> VoucherRecord | None:
    """Find the voucher that we made for a bill; None where Dinero shows none.

    By its file, which bears a name of ours, then by our reference: vouchers have no list.
    """
    for guid in _of_our_files(climb, record, voucher):
        found = read(climb, guid)
        if found is not None:
            return found
    alike = _similar(climb, record, voucher)
    found = None if alike is None else read(climb, alike)
    if found is None or found.reference == voucher.reference:
        return found
    _refuse_maybe_posted(record, voucher, found)
    return None


def read(climb: BillClimb, guid: UUID) -> VoucherRecord | None:
    """Read a purchase voucher; None where there is none, or somebody deleted it."""
    return read_by(vouchers.read, climb, guid)


def read_by(
    question: Callable[[Transport, UUID], VoucherRecord], climb: BillClimb, guid: UUID
) -> VoucherRecord | None:
    """Read a voucher or a credit note; None where there is none, or somebody deleted it."""
    try:
        return question(climb.ledger.transport, guid)
    except (DeletedError, NotFoundError):
        return None


def day_posted(climb: BillClimb, record: BillRecord) -> dt.date | None:
    """Return the day of the voucher that we made for a bill before; None where Dinero shows none.

    It isn't the bill's own where a person chose another.
    """
    voucher = planned(record).voucher
    if voucher is None:
        return None
    try:
        if voucher.guid is not None:
            found = read_by(credit_notes.read, climb, voucher.guid)
        else:
            found = ours(climb, record, voucher)
    except HeldError:  # of somebody else's, which says nothing of ours
        return None
    return None if found is None else found.date


def posted_by_hand(climb: BillClimb, record: BillRecord, voucher: Voucher) -> VoucherRecord | None:
    """Find a voucher that a person made with the very same document, of the same day and sum."""
    if climb.document is None or record.not_elsewhere:
        return None
    content, own = climb.document.content, document_name(voucher.reference)
    for file in climb.files():
        if file.size != len(content) or file.stem == own:
            continue
        found = (read(climb, guid) for guid in file.vouchers)
        alike = [each for each in found if each is not None and _is_by_hand(each, voucher)]
        if alike and files.holds(climb.ledger.transport, file.guid, content):
            return alike[0]
    return None


def _of_our_files(climb: BillClimb, record: BillRecord, voucher: Voucher) -> Iterator[UUID]:
    """Yield the vouchers of the files with the bill's own name, each once."""
    seen: set[UUID] = set()
    guids = [each.guid for each in climb.called(document_name(voucher.reference))]
    told = planned(record).file_guid
    is_begun = EffectKind.VOUCHER in climb.ledger.begun(record)
    for file_guid in dict.fromkeys([*guids, *([told] if told else [])]):
        if file_guid == climb.fresh_file and not is_begun:
            continue  # uploaded a moment ago: nothing can name it yet
        for guid in vouchers.of_file(climb.ledger.transport, file_guid):
            if guid not in seen:
                seen.add(guid)
                yield guid


def _similar(climb: BillClimb, record: BillRecord, voucher: Voucher) -> UUID | None:
    """Ask for one like it, without its document: a fresh file isn't taken yet."""
    contact = record.lead.contact_guid
    return vouchers.similar(climb.ledger.transport, voucher, contact_guid=contact)


def _is_by_hand(found: VoucherRecord, voucher: Voucher) -> bool:
    """Tell whether a voucher is no bill's of ours, and of the same day and sum."""
    told = (found.total, found.currency, found.date)
    same = told == (voucher.total, voucher.currency, voucher.date)
    return same and not found.reference.startswith(OURS)


def _refuse_maybe_posted(record: BillRecord, voucher: Voucher, found: VoucherRecord) -> None:
    """Raise HeldError for a voucher of the same sum, about the same day, that isn't ours."""
    near = found.date is not None and abs(found.date - voucher.date) <= NEAR
    same = (found.total, found.currency) == (voucher.total, voucher.currency)
    is_another_of_ours = found.reference.startswith(OURS)
    if record.not_elsewhere or is_another_of_ours or not (same and near):
        return
    raise HeldError(
        HoldReason.MAYBE_POSTED_ELSEWHERE,
        "",
        (
            sentence("if_it_is_this_bill"),
            command("adopt", ORDER),
            sentence("if_it_is_another_bill"),
            command("retry", ORDER),
        ),
        voucher=str(found.number or "-"),
        day=found.date or voucher.date,
        total=found.total,
        currency=found.currency,
    )
