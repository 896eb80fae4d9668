"""Bills and payouts as every report shows them: what waits, and all that is known of one."""

import json
from collections.abc import Iterator, Sequence

from dinero_sync.cli.reports.order import advice, message, next_step
from dinero_sync.cli.reports.tables import amount
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.payouts import PAYOUT
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.payouts.fee_bills import FeeLink
from dinero_sync.sync.run.by_hand import called
from dinero_sync.sync.run.papers_by_hand import Found, Paper, PaperEvidence
from dinero_sync.texts import telling


def kind_of(record: PaperRecord) -> str:
    """Return ``bill`` or ``payout``, which a name begins with."""
    return record.name.partition(":")[0]


def waiting_data(record: PaperRecord, total: str) -> dict[str, object]:
    """Return what waits for a person, for programs; ``total`` is what its amount is called."""
    return {
        kind_of(record): record.name,
        "number": record.number,
        "file": record.file,
        "standing": record.standing,
        "reason": record.reason,
        "message": message(record),
        "next_step": next_step(record),
        total: record.total,
        "currency": record.currency,
    }


def waiting_lines(record: PaperRecord, language: Language) -> Iterator[str]:
    """Write what waits for a person, and what to do about it."""
    yield ""
    total = amount(record.total, record.currency)
    told = (record.name, f"({record.file})", total, record.reason)
    yield "  " + "  ".join(each for each in told if each)
    yield from advice(record, language)


def outcome_line(record: PaperRecord, outcome: str | None, called: str, reason: str | None) -> str:
    """Write what came of one: the outcome, the amount, and the voucher or why there is none."""
    total = amount(record.total, record.currency)
    number = record.lead.document_number
    told = f"voucher {number}" if number else (reason or "")
    parts = (str(outcome or "waits for the next run"), called, total, told)
    return "  ".join(each for each in parts if each)


def known_data(
    record: PaperRecord, waiting: dict[str, object], effects: list[dict[str, object]]
) -> dict[str, object]:
    """Return all that is known of one, for ``show``, behind what is told of one that waits."""
    plan = record.lead.plan
    return {
        **waiting,
        "rung": record.rung,
        "voucher_number": record.lead.document_number,
        "read": record.told,
        "plan": json.loads(canonical_json(plan)) if plan else None,
        "effects": effects,
    }


def standing_lines(record: PaperRecord, language: Language) -> Iterator[str]:
    """Write how one stands, why, what to do, and as which voucher it is in the books."""
    yield f"  Stands as      {record.standing} (last step: {record.rung})"
    if record.reason:
        yield f"  Because        {telling.in_short(record.reason, language)}"
    yield from advice(record, language)
    if record.lead.document_number:
        yield f"  Voucher        {record.lead.document_number}, dated {record.lead.day}"


def fees_data(links: Sequence[FeeLink]) -> list[dict[str, object]]:
    """Return which bills are of the fees of which payouts, for ``show``."""
    return [
        {
            "bill": each.bill,
            "payout": each.payout,
            "proved": each.is_proved,
            "linked": each.is_linked,
        }
        for each in links
    ]


def fees_lines(record: PaperRecord, links: Sequence[FeeLink]) -> Iterator[str]:
    """Write which payouts posted the fees on a bill, or which bill is of a payout's fees."""
    if not links:
        return
    is_payout = kind_of(record) == PAYOUT
    yield ""
    yield "The bill of its fees" if is_payout else "The payouts that posted its fees"
    for each in links:
        yield f"  {each.bill if is_payout else each.payout}: {_how(each)}"


def _how(link: FeeLink) -> str:
    if link.is_linked:
        return "the sums agree; its document is linked"
    if link.is_proved:
        return "the sums agree; its document isn't linked: Dinero links none to a booked item"
    return "of the same month, but the sums don't agree; its document isn't linked"


def evidence(found: PaperEvidence[Paper, Found], held: str) -> str:
    """Write both sides: what was sent without an answer, and what Dinero holds, in words."""
    record = found.record
    lines = [f"{called(record)} stands as {record.standing} (last step: {record.rung})."]
    if found.unanswered:
        lines.append(f"Sent without an answer: {', '.join(sorted(found.unanswered))}.")
    return "\n".join([*lines, held, *advice(record)])
