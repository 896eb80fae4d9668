"""``evidence``: all there is of one order, from the shop's words to the lines in Dinero's ledger.

The journal tells most of it; Dinero is asked for the entries and the documents as it holds them
now. Where it can't be asked the rest is evidence all the same, and says what is lacking.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from uuid import UUID

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero import credit_notes, entries, invoices
from dinero_sync.dinero.errors import RejectedError
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.dinero.organisations import accounting_years
from dinero_sync.dinero.payments import voucher_of
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Entry
from dinero_sync.errors import (
    ConnectionRefusedByVendorError,
    OwnSideError,
    TemporaryError,
    sentence_of,
)
from dinero_sync.journal import effects, orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import Effect, Phase
from dinero_sync.journal.money import moved
from dinero_sync.sync.insight.explaining import Explanation, explain_order
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.work.workplace import open_workplace

UNREAD = (TemporaryError, ConnectionRefusedByVendorError, OwnSideError)
"""What keeps Dinero from being asked, and not the rest from being told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What one document of the order, or a payout of its money, is called in Dinero's ledger."""

    document: str
    """The document's key; of a payout its name."""
    guid: UUID
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What Dinero holds now of an order, a bill or a payout."""

    entries: tuple[tuple[str, Entry], ...]
    """Each with the document it is of; empty for what names it in its text only."""
    documents: Mapping[str, InvoiceRecord | VoucherRecord]
    """Invoices, credit notes or vouchers by their keys; those that are gone aren't in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that is known of one order."""

    explanation: Explanation
    chains: tuple[OrderRecord, ...]
    lines: tuple[tuple[str, Effect], ...]
    """The journal's, each with the hash of the line before it in the journal."""
    held: Held | None
    """None where Dinero couldn't be asked."""
    unread: str
    """Why it couldn't; empty where it could."""


def gather(
    config: Config, config_file: str, clock: SystemClock, db: Connection, record: OrderRecord
) -> Evidence:
    """Gather what is known of an order; writes nothing, neither here nor at Dinero."""
    chains = orders.chains(db, record.order_id)
    lines = effects.of_subject(db, record.subject)
    made = [*_vouchers(chains), *_paid(lines), *_items(db, record.order_id)]
    found, unread = None, ""
    try:
        with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
            documents = dict(_documents(place.dinero, chains))
            found = held(place.dinero, made, record.number, documents)
    except UNREAD as error:
        unread = sentence_of(error)
    return Evidence(
        explanation=explain_order(recollect(config, config_file, db), record),
        chains=tuple(chains),
        lines=tuple((effects.before(db, each), each) for each in lines),
        held=found,
        unread=unread,
    )


def _vouchers(chains: Sequence[OrderRecord]) -> Iterator[Voucher]:
    """Yield the invoices, the credit notes and the margins that are booked."""
    for chain in chains:
        if chain.invoice is None or not chain.sale.rung.reached(Rung.BOOKED):
            continue
        yield Voucher(document=chain.chain, guid=chain.invoice.guid, day=chain.invoice.date)
        for item in chain.ledger_items:
            margin = chain.document(DocumentKind.MARGIN)
            key = margin.key if margin else chain.chain
            yield Voucher(document=key, guid=item.guid, day=item.date)


def _paid(lines: Sequence[Effect]) -> Iterator[Voucher]:
    """Yield the payments and refunds whose vouchers Dinero named in its answers."""
    days: dict[str, str] = {}
    for each in lines:
        if each.kind not in moved.PAYMENTS or each.body is None:
            continue
        told = json.loads(each.body)
        if each.phase is Phase.INTENT:
            days[each.document] = (told.get("decision") or {}).get("day", "")
        elif each.phase is Phase.DONE and days.get(each.document):
            guid = voucher_of((told.get("answer") or {}).get("body") or "")
            if guid is not None:
                day = date.fromisoformat(days[each.document])
                yield Voucher(document=each.document, guid=guid, day=day)


def _items(db: Connection, order_id: int) -> Iterator[Voucher]:
    """Yield the ledger items of the order's gift cards, and the payouts that name the order."""
    for item in moved.items(db, date.max):
        if item.order_id == order_id:
            yield Voucher(document=item.kind, guid=item.voucher, day=item.day)
        elif order_id in {settled for settled, _ in item.settled}:
            yield Voucher(document=item.name, guid=item.voucher, day=item.day)


def held(
    dinero: Transport,
    made: Sequence[Voucher],
    name: str,
    documents: Mapping[str, InvoiceRecord | VoucherRecord],
) -> Held:
    """Read what Dinero has on the days of what was made, or names it; raises TemporaryError."""
    years = sorted(accounting_years(dinero), key=lambda each: each.first)
    own = {each.guid: each.document for each in made}
    number = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found: list[tuple[str, Entry]] = []
    for day in sorted({each.day for each in made}):
        for entry in entries.between(dinero, years, day, day):
            document = own.get(entry.voucher) if entry.voucher else None
            if document is not None or number.search(entry.description):
                found.append((document or "", entry))
    return Held(entries=tuple(found), documents=documents)


def _documents(
    dinero: Transport, chains: Sequence[OrderRecord]
) -> Iterator[tuple[str, InvoiceRecord]]:
    for chain in chains:
        if chain.invoice is None or not chain.sale.rung.reached(Rung.DRAFTED):
            continue
        is_credit = chain.sale.kind is DocumentKind.CREDIT_NOTE
        read = credit_notes.read if is_credit else invoices.read
        try:
            yield chain.chain, read(dinero, chain.invoice.guid)
        except RejectedError:  # deleted there: the journal's lines tell what it was
            continue
