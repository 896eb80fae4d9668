"""Bills and payouts as every report shows them: what waits, and all that is known of one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dinero_sync.cli.reports.order import advice, message, next_step, stands
from dinero_sync.cli.reports.tables import amount, facts
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.payouts import PAYOUT
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf
from dinero_sync.sync.payouts.fee_bills import FeeLink
from dinero_sync.sync.payouts.outcome import PayoutCameOf
from dinero_sync.sync.run.by_hand import called
from dinero_sync.sync.run.papers_by_hand import Found, Paper, PaperEvidence
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

TONES: Mapping[str | None, Tone] = {
    BillOutcome.HELD: Tone.HELD,
    BillOutcome.IN_DOUBT: Tone.IN_DOUBT,
    BillOutcome.DRAFTED: Tone.WAITING,
    None: Tone.WAITING,
}
"""Of what isn't done; payouts call their outcomes the same."""


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


def waiting_lines(record: PaperRecord, language: Language) -> Iterator[str | Line]:
    """Write what waits for a person, and what to do about it."""
    yield ""
    total = amount(record.total, record.currency, language)
    told = (record.name, f"({record.file})", total, record.reason)
    yield Line("  " + "  ".join(each for each in told if each), Tone.HELD)
    yield from advice(record, language)


def outcome_line(came: CameOf | PayoutCameOf, named: str, language: Language) -> Line:
    """Write what came of one: the outcome, the amount, and the voucher or why there is none."""
    record = came.record
    outcome = tell(f"money.papers.outcome.{came.outcome or 'waits'}", language)
    total = amount(record.total, record.currency, language)
    number = record.lead.document_number
    told = tell("money.papers.voucher", language, number=number) if number else (came.reason or "")
    text = "  ".join(each for each in (outcome, named, total, told) if each)
    return Line(text, TONES.get(came.outcome, Tone.DONE))


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


def known_lines(
    record: PaperRecord,
    language: Language,
    told: Iterable[tuple[str, str]],
    more: Iterable[tuple[str, str]] = (),
) -> Iterator[str | Line]:
    """Write what its file told, how it stands and why, as which voucher it is, and what to do.

    ``more`` is told of it besides, behind the voucher.
    """
    title = f"money.papers.{kind_of(record)}"
    yield Line(tell(title, language, number=record.number, name=record.name), Tone.HEADING)
    file = tell("money.papers.file", language), record.file
    standing, voucher = _standing(record, language), _voucher(record, language)
    yield from facts([file, *told, *standing, *voucher, *more], 2)
    yield from advice(record, language)


def _standing(record: PaperRecord, language: Language) -> Iterator[tuple[str, str]]:
    yield tell("order.show.stands_as", language), stands(record, language)
    if record.reason:
        yield tell("order.show.because", language), telling.in_short(record.reason, language)


def _voucher(record: PaperRecord, language: Language) -> Iterator[tuple[str, str]]:
    number, day = record.lead.document_number, record.lead.day
    if number:
        dated = tell("order.show.dated", language, number=number, day=day)
        yield tell("money.papers.voucher_name", language), dated


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


def fees_lines(
    record: PaperRecord, links: Sequence[FeeLink], language: Language
) -> Iterator[str | Line]:
    """Write which payouts posted the fees on a bill, or which bill is of a payout's fees."""
    if not links:
        return
    is_payout = kind_of(record) == PAYOUT
    yield ""
    title = "fees_of_payout" if is_payout else "fees_of_bill"
    yield Line(tell(f"money.papers.{title}", language), Tone.HEADING)
    for each in links:
        name = each.bill if is_payout else each.payout
        yield from wrapped(tell(f"money.papers.{_how(each)}", language, name=name), 4, "  ")


def _how(link: FeeLink) -> str:
    if link.is_linked:
        return "fees_linked"
    return "fees_proved" if link.is_proved else "fees_of_month"


def evidence(
    found: PaperEvidence[Paper, Found], held: str, language: Language
) -> Iterator[str | Line]:
    """Write both sides: what was sent without an answer, and what Dinero holds, in words."""
    record = found.record
    name = telling.in_language(called(record), language)
    yield from wrapped(
        tell("money.papers.stands", language, name=name, how=stands(record, language))
    )
    if found.unanswered:
        kinds = tuple(sorted(map(str, found.unanswered)))
        yield from wrapped(tell("money.papers.unanswered", language, kinds=kinds))
    yield from wrapped(held)
    yield from advice(record, language)
