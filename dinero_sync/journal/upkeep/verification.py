"""Proof that nothing in the journal's effects was changed or removed, nor what they rest on."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from dinero_sync.domain.documents import ChargebackPlan, CreditPlan, Plan, hash_of
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.domain.step import Sentence, sentence
from dinero_sync.journal import rows
from dinero_sync.journal.database import meta
from dinero_sync.journal.documents import Rung, Subject
from dinero_sync.journal.effects import NO_HASH, EffectKind, Phase, chain_hash, sha256
from dinero_sync.journal.papers import bills as store
from dinero_sync.journal.upkeep.migration import LINES_OF_VERSION_1

DECIDED = "decided"
"""Under this name a booking's line carries the hash of what was decided."""
BOOKINGS = (str(EffectKind.BOOK), str(EffectKind.BOOK_VOUCHER))
"""What books the documents of orders, and of bills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a look at the whole chain found."""

    lines: int
    bodies_removed: int
    """Bodies that retention removed; their hashes stand."""
    head: str
    faults: tuple[Sentence, ...]
    """Sentences; empty when everything is as it was written."""


def verify(db: sqlite3.Connection, known_heads: tuple[str, ...] = ()) -> Verification:
    """Recompute the chain, and look for every head that is known from elsewhere.

    ``known_heads`` come from the logs: the ``journal_head`` of a ``run.finished``. One that isn't
    in the chain means that its tail was cut off or that it was written anew. The heads that the
    journal noted at the end of each run are looked for as well.
    """
    faults: list[Sentence] = []
    removed_until = _removals(db)
    first_lines = int(meta(db, LINES_OF_VERSION_1) or 0)
    previous, hashes, lines, removed = NO_HASH, {NO_HASH}, 0, 0
    for row in db.execute(
        "SELECT * FROM effects LEFT JOIN bodies USING (effect_id) ORDER BY effect_id"
    ):
        lines += 1
        fields = [row[name] for name in ("at", "run_id", "subject", "kind", "phase", "body_hash")]
        previous = chain_hash(previous, *fields, *_told_document(row, first_lines))
        if previous != row["hash"]:
            faults.append(sentence("verify.line_changed", line=row["effect_id"]))
            previous = row["hash"]
        if row["body"] is None:
            removed += 1
            if row["effect_id"] > removed_until.get(row["subject"], 0):
                faults.append(sentence("verify.body_removed", line=row["effect_id"]))
        elif sha256(row["body"]) != row["body_hash"]:
            faults.append(sentence("verify.body_changed", line=row["effect_id"]))
        hashes.add(row["hash"])
    faults += _altered_decisions(db)
    faults += [
        sentence("verify.head_missing", head=head[:12])
        for head in dict.fromkeys((*_noted_heads(db), *known_heads))
        if head not in hashes
    ]
    return Verification(lines=lines, bodies_removed=removed, head=previous, faults=tuple(faults))


def decision_hash(plan: Plan | CreditPlan | VoucherPlan) -> str:
    """Return a hash of what the books rest on: a document's identity, day, currency and lines.

    Only these, so that it is the same for a later version that knows more about an invoice or a
    voucher. Where the payment goes may change after booking; its own line tells it.
    """
    if isinstance(plan, VoucherPlan):
        return _voucher_hash(plan)
    invoice = plan.invoice if isinstance(plan, Plan) else plan.note
    lines = [(line.description, line.account, line.vat_rate, line.amount) for line in invoice.lines]
    told = (invoice.guid, invoice.date, invoice.currency, lines)
    return hash_of(told)


def _voucher_hash(plan: VoucherPlan) -> str:
    voucher = plan.voucher
    if voucher is None:
        return hash_of(())
    lines = [(line.description, line.account, line.vat_code, line.amount) for line in voucher.lines]
    paid = (voucher.deposit_account, plan.file_guid, plan.voucher_guid)
    return hash_of((voucher.kind, voucher.reference, voucher.date, voucher.currency, lines, paid))


def _told_document(row: sqlite3.Row, first_lines: int) -> tuple[str, ...]:
    """Return what a line's hash tells of its document: nothing, where version 1 wrote it."""
    return () if row["effect_id"] <= first_lines else (row["document"],)


def _removals(db: sqlite3.Connection) -> dict[Subject, int]:
    """Return up to which line an order's contents were removed for their age, as noted then."""
    rows = db.execute(
        "SELECT subject, MAX(effect_id) AS line FROM effects WHERE kind = ? GROUP BY subject",
        (str(EffectKind.RETENTION),),
    )
    return {row["subject"]: row["line"] for row in rows}


def _altered_decisions(db: sqlite3.Connection) -> Iterator[Sentence]:
    """Compare what stands with the booked orders with what was noted when they were booked."""
    rows = db.execute(
        f"SELECT subject, document, json_extract(body, '$.{DECIDED}') AS decided"  # noqa: S608 - our own name
        " FROM effects JOIN bodies USING (effect_id)"
        " WHERE kind IN (?, ?) AND phase IN (?, ?) AND json_valid(body) ORDER BY effect_id",
        (*BOOKINGS, str(Phase.INTENT), str(Phase.ADOPTED)),
    )
    latest = {(row["subject"], row["document"]): row["decided"] for row in rows if row["decided"]}
    for (subject, document), decided in latest.items():
        if not _still_says(db, subject, document, decided):
            if isinstance(subject, str):
                yield sentence("verify.paper_decided", name=subject)
            else:
                yield sentence("verify.order_decided", id=subject)


def _still_says(db: sqlite3.Connection, subject: Subject, document: str, decided: str) -> bool:
    row = db.execute(
        "SELECT rung, document_kind, plan, plan_version"
        " FROM subjects JOIN documents USING (subject)"
        " WHERE subject = ? AND document = ?",
        (subject, document),
    ).fetchone()
    if row is None:
        return False
    if not Rung(row["rung"]).reached(Rung.BOOKED):
        return True  # the booking is still to be read at Dinero
    plan = store.read_plan(row) if isinstance(subject, str) else rows.read_plan(row)
    if plan is None or isinstance(plan, ChargebackPlan):
        return False
    return decision_hash(plan) == decided


def _noted_heads(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT json_extract(summary, '$.journal_head') AS head FROM runs"
        " WHERE summary IS NOT NULL ORDER BY started"
    )
    return [row["head"] for row in rows if row["head"]]
