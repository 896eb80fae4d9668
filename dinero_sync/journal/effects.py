"""Intents and outcomes of changes at Dinero: append-only, each chained to the one before by hash.

An intent without an outcome means: it was about to be sent, and nobody knows what came of it.
`verification.verify` checks the chain.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dinero_sync.journal.documents import DocumentKind, Subject
from dinero_sync.journal.schema import transaction

NO_HASH = "0" * 64
OF_THE_SUBJECT = ""
"""In place of a document's key, on lines that are about no document but the subject itself."""
IMPORTED = "imported"
"""Under this name a line that a person's decision is in tells that it was taken over from another
journal, and when it was made: a time, or :data:`UNKNOWN_TIME`."""
UNKNOWN_TIME = "unknown"


class EffectKind(StrEnum):
    """The changes at Dinero there are."""

    CONTACT = "contact"
    RESTORE_CONTACT = "restore_contact"
    UPDATE_CONTACT = "update_contact"
    DRAFT = "draft"
    REPLACE_DRAFT = "replace_draft"
    DELETE_DRAFT = "delete_draft"
    BOOK = "book"
    PAYMENT = "payment"
    GIFT_CARD_PAYMENT = "gift_card_payment"
    GIFT_CARD = "gift_card"
    BOOK_GIFT_CARD = "book_gift_card"
    REFUND = "refund"
    GIFT_CARD_REFUND = "gift_card_refund"
    CHARGEBACK = "chargeback"
    LEDGER_ITEM = "ledger_item"
    BOOK_LEDGER_ITEM = "book_ledger_item"
    SEND = "send"
    SUPPLIER = "supplier"
    RESTORE_SUPPLIER = "restore_supplier"
    UPLOAD = "upload"
    VOUCHER = "voucher"
    REPLACE_VOUCHER = "replace_voucher"
    DELETE_VOUCHER = "delete_voucher"
    BOOK_VOUCHER = "book_voucher"
    PAY_VOUCHER = "pay_voucher"
    PAYOUT = "payout"
    LINK_PAYOUT = "link_payout"
    BOOK_PAYOUT = "book_payout"
    DELETE_PAYOUT = "delete_payout"
    OPERATOR = "operator"
    """No change at Dinero: what a person decided about the order."""
    VAT_NUMBER = "vat_number"
    """No change at Dinero: what the EU's register (VIES) said, on whose strength no VAT is due."""
    ORDER = "order"
    """No change at Dinero: what the shop said of the order, on whose strength the next ones are."""
    PAPER = "paper"
    """No change at Dinero: what a file said of a bill or payout, on whose strength others are."""
    PROVIDER = "provider"
    """No change at Dinero: what a settlement file said went back to the buyer, on whose strength it
    is registered."""
    LABEL = "label"
    """No change at Dinero: which label of ours the order has in the shop."""
    RETENTION = "retention"
    """No change at Dinero: what the order's lines before this one carried was removed for its age.
    """


IN_A_SALE: Mapping[EffectKind, DocumentKind] = {
    EffectKind.CONTACT: DocumentKind.INVOICE,
    EffectKind.RESTORE_CONTACT: DocumentKind.INVOICE,
    EffectKind.UPDATE_CONTACT: DocumentKind.INVOICE,
    EffectKind.DRAFT: DocumentKind.INVOICE,
    EffectKind.REPLACE_DRAFT: DocumentKind.INVOICE,
    EffectKind.DELETE_DRAFT: DocumentKind.INVOICE,
    EffectKind.BOOK: DocumentKind.INVOICE,
    EffectKind.LEDGER_ITEM: DocumentKind.MARGIN,
    EffectKind.BOOK_LEDGER_ITEM: DocumentKind.MARGIN,
    EffectKind.SEND: DocumentKind.SENDING,
    EffectKind.GIFT_CARD_PAYMENT: DocumentKind.GIFT_CARD_PAYMENT,
    EffectKind.GIFT_CARD: DocumentKind.GIFT_CARD,
    EffectKind.BOOK_GIFT_CARD: DocumentKind.GIFT_CARD,
    EffectKind.PAYMENT: DocumentKind.PAYMENT,
    EffectKind.REFUND: DocumentKind.REFUND,
    EffectKind.GIFT_CARD_REFUND: DocumentKind.GIFT_CARD_REFUND,
    EffectKind.CHARGEBACK: DocumentKind.CHARGEBACK,
}
"""Which document of a sale a change belongs to.

Behind a credit note, which goes the way of an invoice, it is what leads its chain.
"""
OF_A_BILL: Mapping[EffectKind, DocumentKind] = {
    EffectKind.SUPPLIER: DocumentKind.VOUCHER,
    EffectKind.RESTORE_SUPPLIER: DocumentKind.VOUCHER,
    EffectKind.UPLOAD: DocumentKind.VOUCHER,
    EffectKind.VOUCHER: DocumentKind.VOUCHER,
    EffectKind.REPLACE_VOUCHER: DocumentKind.VOUCHER,
    EffectKind.DELETE_VOUCHER: DocumentKind.VOUCHER,
    EffectKind.BOOK_VOUCHER: DocumentKind.VOUCHER,
    EffectKind.PAY_VOUCHER: DocumentKind.VOUCHER_PAYMENT,
}
"""Which document of a bill."""
OF_A_PAYOUT: Mapping[EffectKind, DocumentKind] = {
    EffectKind.PAYOUT: DocumentKind.PAYOUT,
    EffectKind.LINK_PAYOUT: DocumentKind.PAYOUT,
    EffectKind.BOOK_PAYOUT: DocumentKind.PAYOUT,
    EffectKind.DELETE_PAYOUT: DocumentKind.PAYOUT,
}
"""Which document of a payout; what is in none of them is no change at Dinero."""
DOCUMENT_OF = {**IN_A_SALE, **OF_A_BILL, **OF_A_PAYOUT}


CHOSEN_DAY = "day"
"""Under this name a person's decision carries the day that a document is to bear, closed or not."""


class Phase(StrEnum):
    """What the journal says of a change."""

    INTENT = "intent"
    DONE = "done"
    REJECTED = "rejected"
    ADOPTED = "adopted"
    """It was found there: done before, by us in a call without an answer, or by somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One line of the journal."""

    effect_id: int
    at: datetime
    run_id: str
    subject: Subject
    document: str
    """The key of the document; empty for what is about the subject itself."""
    kind: EffectKind
    phase: Phase
    body: str | None
    """What was sent or answered; None once it was removed for its age."""
    body_hash: str
    hash: str


def append(  # noqa: PLR0913 - the columns of one row
    db: sqlite3.Connection,
    *,
    at: datetime,
    run_id: str,
    subject: Subject,
    kind: EffectKind,
    phase: Phase,
    body: str,
    document: str | None = None,
) -> None:
    """Write one line, durably, in a transaction of its own unless one is open.

    Without a ``document`` it is about that of the sale which such a change belongs to.
    """
    with transaction(db):
        body_hash = sha256(body)
        if document is None:
            document = str(DOCUMENT_OF.get(kind, OF_THE_SUBJECT))
        fields = (at.isoformat(), run_id, subject, str(kind), str(phase), body_hash, document)
        number, before = _last(db)
        db.execute(
            "INSERT INTO effects"
            " (effect_id, at, run_id, subject, kind, phase, body_hash, document, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number + 1, *fields, chain_hash(before, *fields)),
        )
        db.execute("INSERT INTO bodies VALUES (?, ?)", (number + 1, body))


def head(db: sqlite3.Connection) -> str:
    """Return the hash of the last line; sixty-four zeros before the first."""
    return _last(db)[1]


def _last(db: sqlite3.Connection) -> tuple[int, str]:
    """Return the number and the hash of the last line."""
    query = "SELECT effect_id, hash FROM effects ORDER BY effect_id DESC LIMIT 1"
    row = db.execute(query).fetchone()
    return (0, NO_HASH) if row is None else (row["effect_id"], row["hash"])


def chain_hash(previous: str, *fields: object) -> str:
    """Return the hash of a line that follows the one with hash ``previous``."""
    return sha256("\n".join([previous, *map(str, fields)]))


def of_subject(db: sqlite3.Connection, subject: Subject) -> list[Effect]:
    """List the lines about one order, payout or bill, oldest first."""
    rows = db.execute(
        "SELECT effects.*, body FROM effects LEFT JOIN bodies USING (effect_id)"
        " WHERE subject = ? ORDER BY effect_id",
        (subject,),
    )
    return [_effect(row) for row in rows]


def before(db: sqlite3.Connection, line: Effect) -> str:
    """Return the hash of the line before one, to which it is chained."""
    query = "SELECT hash FROM effects WHERE effect_id = ?"
    row = db.execute(query, (line.effect_id - 1,)).fetchone()
    return NO_HASH if row is None else str(row["hash"])


def phases(db: sqlite3.Connection, subject: Subject) -> list[tuple[str, EffectKind, Phase]]:
    """List what the lines about a subject say of which kind of change to what, oldest first."""
    rows = db.execute(
        "SELECT document, kind, phase FROM effects WHERE subject = ? ORDER BY effect_id",
        (subject,),
    )
    return [(row["document"], EffectKind(row["kind"]), Phase(row["phase"])) for row in rows]


def open_intents(
    db: sqlite3.Connection, subject: Subject, owns: Callable[[str], bool] | None = None
) -> set[EffectKind]:
    """Return the kinds of change that were begun for a subject and have no outcome.

    Those alone whose documents ``owns`` takes, if it is given.
    """
    last = {(document, kind): phase for document, kind, phase in phases(db, subject)}
    return {
        kind
        for (document, kind), phase in last.items()
        if phase is Phase.INTENT and (owns is None or owns(document))
    }


def chosen_days(db: sqlite3.Connection, subject: Subject) -> frozenset[date]:
    """Return the days that a person chose for a subject's documents, see :data:`CHOSEN_DAY`."""
    rows = db.execute(
        "SELECT json_extract(body, ?) AS day FROM effects JOIN bodies USING (effect_id)"
        " WHERE subject = ? AND kind = ? AND json_valid(body)",
        (f"$.{CHOSEN_DAY}", subject, str(EffectKind.OPERATOR)),
    )
    return frozenset(date.fromisoformat(row["day"]) for row in rows if row["day"])


def decided(db: sqlite3.Connection, subject: Subject, name: str) -> frozenset[str]:
    """Return what people decided about a subject under a name, like the reasons of ``retry``."""
    rows = db.execute(
        "SELECT json_extract(body, ?) AS value FROM effects JOIN bodies USING (effect_id)"
        " WHERE subject = ? AND kind = ? AND json_valid(body)",
        (f"$.{name}", subject, str(EffectKind.OPERATOR)),
    )
    return frozenset(str(row["value"]) for row in rows if row["value"] is not None)


def has_body(db: sqlite3.Connection, subject: Subject, kind: EffectKind, body_hash: str) -> bool:
    """Tell whether the latest line of such a kind about a subject carries just that body."""
    row = db.execute(
        "SELECT body_hash FROM effects JOIN bodies USING (effect_id)"
        " WHERE subject = ? AND kind = ? ORDER BY effect_id DESC LIMIT 1",
        (subject, str(kind)),
    ).fetchone()
    return row is not None and row["body_hash"] == body_hash


def _effect(row: sqlite3.Row) -> Effect:
    return Effect(
        effect_id=row["effect_id"],
        at=datetime.fromisoformat(row["at"]),
        run_id=row["run_id"],
        subject=row["subject"],
        document=row["document"],
        kind=EffectKind(row["kind"]),
        phase=Phase(row["phase"]),
        body=row["body"],
        body_hash=row["body_hash"],
        hash=row["hash"],
    )


def sha256(text: str) -> str:
    """Return the hash by which the chain knows a text."""
    return hashlib.sha256(text.encode()).hexdigest()
