"""What is found in the rules, and what changed ones would do to booked orders: text and JSON."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.order import indented, order_data
from dinero_sync.cli.reports.tables import amount, picked, trimmed
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.step import Language
from dinero_sync.posting.insight.comparison import PostedLine
from dinero_sync.sync.insight.replay import Replay, Replayed, TotalChange
from dinero_sync.texts import telling

MARKS = {Severity.ERROR: "!!  ", Severity.WARNING: "!   ", Severity.HINT: "note"}
WIDTH = 92


def findings_data(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Return what was found for programs, told in English."""
    return [
        {
            "severity": each.severity,
            "key": each.key,
            "message": telling.found(each),
            "source": telling.source(each),
            "mending": telling.next_step(each.steps),
        }
        for each in findings
    ]


def findings_text(findings: Sequence[Finding], language: Language) -> str:
    """Write what was found, and how much of each degree."""
    return "\n".join(_found(findings, language))


def _found(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    for each in findings:
        yield f"{MARKS[each.severity]}  {each.key}"
        yield from _wrapped(telling.found(each, language))
        yield from _wrapped(telling.follows_from(each, language))
        yield from _mending(each, language)
        yield ""
    yield telling.how_many(Counter(each.severity for each in findings), language)


def _mending(finding: Finding, language: Language) -> Iterator[str]:
    """Wrap what is said, and leave YAML to paste as it is, with space around it."""
    for at, (pasted, text) in enumerate(telling.blocks(finding.steps, language)):
        if at:
            yield ""
        yield from [textwrap.indent(text, " " * 8)] if pasted else _wrapped(text)


def _wrapped(text: str) -> Iterator[str]:
    yield from (f"      {line}" for line in textwrap.wrap(text, WIDTH))


def replay_text(replay: Replay) -> str:
    """Write the replay for a shop owner."""
    return "\n".join(_replayed(replay))


def _replayed(replay: Replay) -> Iterator[str]:
    for each in replay.orders:
        yield from _order(each)
    for next_step in dict.fromkeys(each.next_step for each in replay.orders if each.next_step):
        yield "Of the orders that weren't replayed:"
        yield from indented(to_paste(next_step))
        yield ""
    if replay.totals:
        yield f"{'Account and VAT code':<50}{'then':>16}{'now':>16}{'difference':>16}"
        yield from map(_total, replay.totals)
        yield ""
    yield _summary(replay)


def _order(replayed: Replayed) -> Iterator[str]:
    if not (replayed.differs or replayed.hold or replayed.left_out):
        return
    record = replayed.record
    head = f"#{record.number}  (order id {record.order_id})"
    yield f"{head}  invoice {record.invoice_number}, dated {record.invoice_day}"
    if replayed.left_out:
        yield from textwrap.wrap(
            f"Not replayed: {replayed.left_out}.", 94, initial_indent="  ", subsequent_indent="  "
        )
    if replayed.hold is not None:
        yield f"  Would be held: {replayed.hold.reason}"
        yield from indented(telling.message(replayed.hold))
    if replayed.day is not None:
        yield f"  Would be dated {replayed.day}"
    if replayed.buyer is not None:
        yield f"  The buyer would count as {replayed.buyer}, or have another VAT number or EAN"
    for change in replayed.changes:
        yield f"  {change.what}"
        yield f"    then  {_posting(change.then)}"
        yield f"    now   {_posting(change.now)}"
    yield ""


def _posting(posting: PostedLine | None) -> str:
    if posting is None:
        return "nothing"
    vat = f"{posting.vat_code or 'no VAT code'}, {trimmed(posting.vat_rate)} %"
    return f"{posting.account} ({vat})  {amount(posting.amount, posting.currency)}"


def _total(total: TotalChange) -> str:
    label = f"{total.account} {total.name}"[:36] + f" ({total.vat_code or 'none'})"
    amounts = (total.then, total.now, total.now - total.then)
    columns = "".join(f"{amount(each, None):>16}" for each in amounts)
    return f"{label:<50}{columns} {total.currency}"


def _summary(replay: Replay) -> str:
    changed = sum(1 for each in replay.orders if each.differs)
    held = sum(1 for each in replay.orders if each.hold)
    left_out = sum(1 for each in replay.orders if each.left_out)
    same = len(replay.orders) - changed - held - left_out
    return (
        f"{len(replay.orders)} booked orders: {same} would be the same, {changed} would differ, "
        f"{held} would be held, {left_out} couldn't be replayed. Nothing was changed."
    )


def replay_data(replay: Replay) -> dict[str, object]:
    """Return the replay for programs, without orders that stay the same."""
    return {
        "replayed": len(replay.orders),
        "orders": [
            _order_data(each)
            for each in replay.orders
            if each.differs or each.hold or each.left_out
        ],
        "totals": [
            picked(each, "account", "name", "vat_code", "currency", "then", "now")
            for each in replay.totals
        ],
    }


def _order_data(replayed: Replayed) -> dict[str, object]:
    record, hold = replayed.record, replayed.hold
    return {
        **order_data(record, "invoice_number", "invoice_day"),
        "would_be_held": hold.reason if hold else None,
        "message": telling.message(hold) if hold else None,
        "not_replayed": replayed.left_out or None,
        "next_step": to_paste(replayed.next_step) or None,
        "would_be_dated": replayed.day,
        "buyer_would_be": replayed.buyer,
        "changes": [
            {
                "what": change.what,
                "then": _posting_data(change.then),
                "now": _posting_data(change.now),
            }
            for change in replayed.changes
        ],
    }


def _posting_data(posting: PostedLine | None) -> dict[str, object] | None:
    if posting is None:
        return None
    return {**asdict(posting), "vat_rate": trimmed(posting.vat_rate)}
