"""How what is known of a subject and its documents stands in the columns of a row.

Times are in UTC and amounts are decimal numbers, both as text; plans, facts and steps are JSON.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from uuid import UUID

from pydantic import TypeAdapter

from dinero_sync.domain.documents import ChargebackPlan, CreditPlan, LedgerVoucher, Plan
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.domain.step import facts_json, facts_of, steps_json, steps_of
from dinero_sync.journal.documents import Document, DocumentKind, Rung, Standing

PLAN_VERSION = 1
"""Of the form in which plans are kept: one of another form isn't read, but made anew.

Whoever raises it brings the plans of booked orders over in a migration: `verify` compares them.
"""
OF_DOCUMENTS = (
    "standing",
    "rung",
    "reason",
    "text",
    "facts",
    "steps",
    "looks",
    "next_look",
    "settings",
    "day",
    "contact_guid",
    "document_number",
    "total_dkk",
)
"""The columns that are fields of a document, too, and change on its way up."""
PUT_DOCUMENT = (
    "INSERT OR REPLACE INTO documents"  # noqa: S608 - our own names
    f" (subject, document, chain, place, document_kind, plan, plan_version,"
    f" {', '.join(OF_DOCUMENTS)}) VALUES ({', '.join('?' * (len(OF_DOCUMENTS) + 7))})"
)
OrderPlan = Plan | CreditPlan | ChargebackPlan
"""What is planned of an order: its sale, a credit note of it, or what follows a chargeback."""
PLANS: Mapping[DocumentKind, type[OrderPlan]] = {
    DocumentKind.CREDIT_NOTE: CreditPlan,
    DocumentKind.CHARGEBACK: ChargebackPlan,
}
"""What the leading documents of an order plan, but for invoices."""


def values_of(names: Iterable[str], of: object) -> list[object]:
    """Return attributes as the journal's columns hold them."""
    return [_to_sql(getattr(of, name)) for name in names]


def _to_sql(value: object) -> object:
    if value is None or isinstance(value, (str, int)):
        return value  # as most are
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, Mapping):
        return facts_json(value) if value else None
    if isinstance(value, tuple):
        return steps_json(value) if value else None
    return str(value) if isinstance(value, (UUID, Decimal, date)) else value


def utc_text(moment: datetime) -> str:
    """Write a time as the journal keeps it, so that texts compare as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plan_text(document: Document) -> str | None:
    """Return the plan of an order's document as its column holds it; None without one."""
    if not isinstance(document.plan, OrderPlan):
        return None
    return _plans(document.kind).dump_json(document.plan).decode()


def read_plan(row: sqlite3.Row) -> OrderPlan | None:
    """Return the plan of an order's document.

    None without one, and for one that this version can't read.
    """
    if row["plan"] is None or row["plan_version"] != PLAN_VERSION:
        return None
    try:
        return _plans(DocumentKind(row["document_kind"])).validate_json(row["plan"])
    except ValueError:
        return None


@cache
def _plans(kind: DocumentKind) -> TypeAdapter[OrderPlan]:
    return TypeAdapter(PLANS.get(kind, Plan))


def document_of(row: sqlite3.Row, plan: OrderPlan | VoucherPlan | LedgerVoucher | None) -> Document:
    """Read a document's row; ``plan`` is its plan, read as that of its kind."""
    return Document(
        key=row["document"],
        kind=DocumentKind(row["document_kind"]),
        standing=Standing(row["standing"]),
        rung=Rung(row["rung"]),
        reason=row["reason"],
        text=row["text"],
        facts=facts_of(row["facts"]) if row["facts"] else {},
        steps=steps_of(row["steps"]) if row["steps"] else (),
        looks=row["looks"],
        next_look=moment_of(row["next_look"]),
        settings=row["settings"],
        day=day_of(row["day"]),
        plan=plan,
        contact_guid=UUID(row["contact_guid"]) if row["contact_guid"] else None,
        document_number=row["document_number"],
        total_dkk=amount_of(row["total_dkk"]),
    )


def moment_of(text: str | None) -> datetime | None:
    """Read a time as a column holds it."""
    return None if text is None else datetime.fromisoformat(text)


def day_of(text: str | None) -> date | None:
    """Read a day as a column holds it."""
    return None if text is None else date.fromisoformat(text)


def amount_of(text: str | None) -> Decimal | None:
    """Read an amount as a column holds it."""
    return None if text is None else Decimal(text)
