"""The first rung: the contact exists in Dinero, once per buyer.

Whose contact is which is looked up in a directory of our own, so that a known buyer costs no call.
What changed at Dinero meanwhile is read when the directory doesn't tell, and after a day.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from dinero_sync.dinero import contacts as dinero_contacts
from dinero_sync.dinero.contacts import ContactRecord
from dinero_sync.dinero.errors import (
    EMAIL,
    AlreadyExistsError,
    DeletedError,
    NotFoundError,
    RejectedError,
)
from dinero_sync.domain.documents import BuyerKind, Contact, fields_of, hash_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal import contacts
from dinero_sync.journal.contacts import KnownContact
from dinero_sync.journal.documents import OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.logs import get_logger
from dinero_sync.posting.buyers.numbers import full_vat_number
from dinero_sync.sync.ladder.step import Climb, planned
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed

log = get_logger()
OF_CONTACTS = (EffectKind.CONTACT, EffectKind.RESTORE_CONTACT, EffectKind.UPDATE_CONTACT)
OVERLAP = timedelta(days=1)
"""How far clocks may differ without a contact being overlooked."""
KEPT_FOR = timedelta(days=1)
"""How long the directory serves, while it has every buyer, before changes are read again."""


def know_buyers(ledger: Ledger, records: Iterable[OrderRecord]) -> None:
    """Read which contacts changed at Dinero, if an order that has no contact yet needs it.

    That is one whose buyer has no contact in the directory, or several, which somebody may have
    merged; or any, where the last reading is a day old.
    """
    for record in records:
        if record.rung is not Rung.PLANNED:
            continue
        if _is_old(ledger) or len(_candidates(ledger, planned(record).contact)) != 1:
            refresh_directory(ledger)
            return


def _is_old(ledger: Ledger) -> bool:
    """Tell whether contacts weren't read for a day, or by a clock that was wrong."""
    last = contacts.read_until(ledger.db)
    return last is None or not timedelta(0) <= ledger.clock.now() - last < KEPT_FOR


def refresh_directory(ledger: Ledger) -> None:
    """Take in the contacts that changed at Dinero since the last reading: one call, usually."""
    started = ledger.clock.now()
    since = _read_from(ledger, started)
    changed = list(dinero_contacts.changed_since(ledger.transport, since))
    deleted = [contact.guid for contact in changed if contact.deleted]
    _tell_of_deleted(ledger, deleted)
    contacts.refresh(
        ledger.db,
        live=[known_contact(contact) for contact in changed if not contact.deleted],
        deleted=deleted,
        until=started,
    )


def _tell_of_deleted(ledger: Ledger, deleted: Iterable[UUID]) -> None:
    """Say that customers of booked documents are gone; once, for then nobody knows them."""
    known = [guid for guid in deleted if contacts.is_known(ledger.db, guid)]
    count = sum(contacts.documents_of(ledger.db, guid) for guid in known)
    if count:
        log.warning(
            "contacts.deleted",
            count=count,
            message="Contacts were deleted in Dinero to whom booked documents are made out. The "
            "books stay as they are; bring the contacts back there, so that the documents keep "
            "their customers. Which they are: dinero-sync reconcile",
        )


def _read_from(ledger: Ledger, now: datetime) -> datetime | None:
    """Return from when on to read contacts: a day before the last reading, or None for all.

    A reading in time to come was noted by a clock that was wrong: when it was, nobody knows.
    """
    last = contacts.read_until(ledger.db)
    return None if last is None or last > now else last - OVERLAP


def known_contact(contact: ContactRecord) -> KnownContact:
    """Reduce a contact to what finds it; the e-mail finds persons only."""
    return KnownContact(
        guid=contact.guid,
        email=contact.email.strip().lower() if contact.is_person else "",
        vat_number=full_vat_number(contact.vat_number, contact.country or "DK"),
        ean=contact.ean.strip(),
    )


def ensure_contact(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Find or create the contact of an order; raises HeldError when several could be it.

    One that is there gets what the order says, if that is asked for and it didn't get it before.
    """
    ledger, contact = climb.ledger, planned(record).contact
    guid = _known(ledger, contact)
    if guid is None:
        guid = _create(ledger, record, contact)
    else:
        ledger.adopt_begun(record, OF_CONTACTS, {"contact": guid})
        if climb.update_contacts and contacts.last_sent(ledger.db, guid) != _content(contact):
            try:
                _update(ledger, record, guid, contact)
            except (DeletedError, NotFoundError):
                _let_go(ledger, guid)
                return ensure_contact(climb, record)
    return climbed(record, Rung.CONTACT, contact_guid=guid)


def lost_contact(ledger: Ledger, record: OrderRecord) -> bool:
    """Tell whether somebody deleted an order's contact, which Dinero then refuses in invoices.

    If so, the directory knows it from now on, and :func:`ensure_contact` finds or creates another.
    """
    guid = record.contact_guid
    if guid is None or not _is_gone(ledger, guid):
        return False
    _let_go(ledger, guid)
    return True


def _is_gone(ledger: Ledger, guid: UUID) -> bool:
    try:
        return dinero_contacts.read(ledger.transport, guid).deleted
    except (DeletedError, NotFoundError):
        return True


def _let_go(ledger: Ledger, guid: UUID) -> None:
    """Take a contact that is gone out of the directory, and in what changed besides.

    Whoever deleted it may have merged it with another.
    """
    if contacts.is_known(ledger.db, guid):
        refresh_directory(ledger)
        contacts.forget(ledger.db, guid)


def _update(ledger: Ledger, record: OrderRecord, guid: UUID, contact: Contact) -> None:
    present = dinero_contacts.read_whole(ledger.transport, guid)

    def send(contact: Contact) -> None:
        ledger.send(
            record,
            EffectKind.UPDATE_CONTACT,
            {"contact": guid, **fields_of(contact)},
            dinero_contacts.update(guid, contact, present),
        )

    _send_if_need_be_without_email(send, contact)
    contacts.note_sent(ledger.db, guid, _content(contact))


def _content(contact: Contact) -> str:
    """Return a hash of what a contact says."""
    return hash_of(contact)


def contacts_in_dinero(ledger: Ledger, contact: Contact) -> set[UUID]:
    """Return every contact that a buyer may have in Dinero: ours, and those made by others."""
    return {contact.guid, *contacts.found_by(ledger.db, **_keys(contact))}


def _candidates(ledger: Ledger, contact: Contact) -> list[UUID]:
    if contacts.is_known(ledger.db, contact.guid):
        return [contact.guid]
    return contacts.found_by(ledger.db, **_keys(contact))


def _known(ledger: Ledger, contact: Contact) -> UUID | None:
    found = _candidates(ledger, contact)
    if len(found) > 1:
        raise HeldError(
            HoldReason.SEVERAL_CONTACTS,
            "",
            (sentence("merge_contacts"), command("retry", ORDER)),
            count=len(found),
        )
    return found[0] if found else None


def _keys(contact: Contact) -> dict[str, str]:
    person = contact.kind is BuyerKind.CONSUMER
    return {
        "ean": contact.ean or "",
        "vat_number": contact.vat_number or "",
        "email": (contact.email or "").lower() if person else "",
    }


def _create(ledger: Ledger, record: OrderRecord, contact: Contact) -> UUID:
    def send(contact: Contact) -> None:
        ledger.send(record, EffectKind.CONTACT, contact, dinero_contacts.create(contact))

    try:
        _send_if_need_be_without_email(send, contact)
    except AlreadyExistsError:
        _adopt(ledger, record, contact.guid)
    else:
        contacts.note_sent(ledger.db, contact.guid, _content(contact))
    contacts.remember(ledger.db, KnownContact(guid=contact.guid, **_keys(contact)))
    return contact.guid


def _send_if_need_be_without_email(send: Callable[[Contact], None], contact: Contact) -> None:
    """Send a contact, and once more without its e-mail where Dinero refuses that: a sale goes on.

    A refusal changed nothing, so that the second is no second contact.
    """
    try:
        send(contact)
    except RejectedError as error:
        if contact.email is None or EMAIL not in error.fields:
            raise
        send(replace(contact, email=None))


def _adopt(ledger: Ledger, record: OrderRecord, guid: UUID) -> None:
    """Take over the contact with our identity; one that was deleted is brought back."""
    try:
        deleted = dinero_contacts.read(ledger.transport, guid).deleted
    except DeletedError:
        deleted = True
    ledger.adopt(record, EffectKind.CONTACT, {"contact": guid, "deleted": deleted})
    if deleted:
        ledger.send(
            record,
            EffectKind.RESTORE_CONTACT,
            {"contact": guid},
            dinero_contacts.restore(guid),
        )
    else:
        ledger.adopt_begun(record, [EffectKind.RESTORE_CONTACT], {"contact": guid})
