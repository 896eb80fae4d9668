"""The first rung: the supplier is a contact in Dinero, once, found by VAT number.

Its identity follows from the VAT number, else from the name, apart from those of buyers.
"""

from uuid import UUID

from dinero_sync.dinero import contacts as dinero_contacts
from dinero_sync.dinero.errors import AlreadyExistsError, DeletedError
from dinero_sync.domain.documents import Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal import contacts
from dinero_sync.journal.contacts import KnownContact
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills.climb import BillClimb, planned
from dinero_sync.sync.ladder.contact import refresh_directory
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed


def ensure_supplier(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Find or make the contact of a bill's supplier; a bill paid at once needs none.

    Raises HeldError where several contacts have its VAT number.
    """
    supplier = planned(record).supplier
    if supplier is None:
        return climbed(record, Rung.CONTACT)
    guid = _known(climb, supplier)
    if guid is None:
        guid = _create(climb.ledger, record, supplier)
    else:
        kinds = (EffectKind.SUPPLIER, EffectKind.RESTORE_SUPPLIER)
        climb.ledger.adopt_begun(record, kinds, {"contact": guid})
    return climbed(record, Rung.CONTACT, contact_guid=guid)


def _known(climb: BillClimb, supplier: Contact) -> UUID | None:
    ledger = climb.ledger
    if contacts.is_known(ledger.db, supplier.guid):
        return supplier.guid
    if not climb.knows_suppliers:
        refresh_directory(ledger)
        climb.knows_suppliers = True
    if contacts.is_known(ledger.db, supplier.guid):
        return supplier.guid
    number = supplier.vat_number or ""
    found = contacts.found_by(ledger.db, ean="", vat_number=number, email="")
    if len(found) > 1:
        raise HeldError(
            HoldReason.SEVERAL_CONTACTS,
            "supplier",
            (sentence("merge_contacts"), command("retry", ORDER)),
            count=len(found),
        )
    return found[0] if found else None


def _create(ledger: Ledger, record: BillRecord, supplier: Contact) -> UUID:
    try:
        ledger.send(record, EffectKind.SUPPLIER, supplier, dinero_contacts.create(supplier))
    except AlreadyExistsError:
        _adopt(ledger, record, supplier.guid)
    number = supplier.vat_number or ""
    known = KnownContact(guid=supplier.guid, email="", vat_number=number, ean="")
    contacts.remember(ledger.db, known)
    return supplier.guid


def _adopt(ledger: Ledger, record: BillRecord, guid: UUID) -> None:
    """Take over the contact with our identity; one that was deleted is brought back."""
    try:
        deleted = dinero_contacts.read(ledger.transport, guid).deleted
    except DeletedError:
        deleted = True
    ledger.adopt(record, EffectKind.SUPPLIER, {"contact": guid, "deleted": deleted})
    if deleted:
        write = dinero_contacts.restore(guid)
        ledger.send(record, EffectKind.RESTORE_SUPPLIER, {"contact": guid}, write)
    else:
        ledger.adopt_begun(record, [EffectKind.RESTORE_SUPPLIER], {"contact": guid})
