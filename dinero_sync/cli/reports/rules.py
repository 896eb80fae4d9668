"""What is found in the rules, and what changed ones would do to booked orders: text and JSON."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.order import indented, order_data
from dinero_sync.cli.reports.tables import amount, cut, facts, picked, trimmed
from dinero_sync.cli.reports.totals import ACCOUNT, MONEY
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language, Sentence
from dinero_sync.posting.insight.comparison import PostedLine
from dinero_sync.sync.insight.replay import Replay, Replayed, TotalChange
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

MARKS = {Severity.ERROR: "!!  ", Severity.WARNING: "!   ", Severity.HINT: "note"}
TONES = {Severity.ERROR: Tone.IN_DOUBT, Severity.WARNING: Tone.HELD, Severity.HINT: Tone.WAITING}
NAMED = 12
"""Orders that are named of those with one cause."""


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


def findings_lines(findings: Sequence[Finding], language: Language) -> Iterator[str | Line]:
    """Write what was found, and how much of each degree."""
    for each in findings:
        yield Line(f"{MARKS[each.severity]}  {each.key}", TONES[each.severity])
        yield from wrapped(telling.found(each, language), 6)
        yield from wrapped(telling.follows_from(each, language), 6)
        yield from _mending(each, language)
        yield ""
    yield telling.how_many(Counter(each.severity for each in findings), language)


def _mending(finding: Finding, language: Language) -> Iterator[str]:
    """Wrap what is said, and leave YAML to paste as it is, with space around it."""
    for at, (pasted, text) in enumerate(telling.blocks(finding.steps, language)):
        if at:
            yield ""
        if pasted:
            yield from textwrap.indent(text, " " * 8).split("\n")
        else:
            yield from wrapped(text, 6)


def replay_lines(replay: Replay, language: Language) -> Iterator[str | Line]:
    """Write the replay for a shop owner; orders that weren't replayed for one cause together."""
    for each in replay.orders:
        if each.differs:
            yield from _order(each, language)
    yield from _held(replay, language)
    yield from _left_out(replay, language)
    if replay.totals:
        columns = [tell(f"rules.replay.{name}", language) for name in ("then", "now", "difference")]
        heading = "".join(f"{each:>{MONEY}}" for each in columns)
        label = tell("plan.account_and_code", language)
        yield Line(f"{label:<{ACCOUNT}}{heading}", Tone.HEADING)
        yield from (_total(total, language) for total in replay.totals)
        yield ""
    yield from _summary(replay, language)


def _held(replay: Replay, language: Language) -> Iterator[str | Line]:
    """Say which orders would be held, and why: once for each cause."""
    causes: dict[str, list[Replayed]] = {}
    for each in replay.orders:
        if each.hold is not None:
            causes.setdefault(telling.message(each.hold, language), []).append(each)
    for why, orders in causes.items():
        if len(orders) == 1:
            yield from _order(orders[0], language)
            continue
        reason = orders[0].hold.reason if orders[0].hold else ""
        told = tell(
            "rules.replay.many_would_be_held",
            language,
            count=len(orders),
            reason=reason,
            numbers=_named(orders),
        )
        yield from (Line(each, Tone.HELD) for each in wrapped(told, 4, ""))
        yield from indented(why)
        yield ""


def _order(replayed: Replayed, language: Language) -> Iterator[str | Line]:
    record = replayed.record
    name = tell(
        "rules.replay.order",
        language,
        number=record.number,
        id=record.order_id,
        invoice=record.invoice_number,
        day=record.invoice_day,
    )
    yield Line(name, Tone.HEADING)
    if replayed.hold is not None:
        yield f"  {tell('rules.replay.would_be_held', language, reason=replayed.hold.reason)}"
        yield from indented(telling.message(replayed.hold, language))
    if replayed.day is not None:
        yield f"  {tell('rules.replay.would_be_dated', language, day=replayed.day)}"
    if replayed.buyer is not None:
        buyer = str(replayed.buyer)
        yield from wrapped(tell("rules.replay.would_count_as", language, buyer=buyer), 4, "  ")
    for change in replayed.changes:
        yield f"  {change.what}"
        yield from facts(
            (
                (tell("rules.replay.then", language), _posting(change.then, language)),
                (tell("rules.replay.now", language), _posting(change.now, language)),
            ),
            4,
        )
    yield ""


def _left_out(replay: Replay, language: Language) -> Iterator[str]:
    """Say which orders weren't replayed, and what to do: once for each cause."""
    causes: dict[tuple[str, str], list[Replayed]] = {}
    for each in replay.orders:
        if each.left_out:
            # What differs from order to order, as the products of each, is no cause of its own.
            listed = each.left_out.facts.get("listed", "")
            cause = f"{each.left_out.text}{listed}", _said(each.next_step, language)
            causes.setdefault(cause, []).append(each)
    for (_, next_step), orders in causes.items():
        told = tell(
            "rules.replay.not_replayed", language, count=len(orders), numbers=_named(orders)
        )
        yield from wrapped(told)
        yield from wrapped(f"{_said(_of_all(orders), language)}.", 4)
        yield from indented(next_step)
        yield ""


def _of_all(orders: Sequence[Replayed]) -> Sentence | None:
    """Return why orders aren't replayed, with the products of all of them."""
    first = orders[0].left_out
    if first is None or "products" not in first.facts:
        return first
    named = [each.left_out.facts["products"] for each in orders if each.left_out]
    products = tuple(dict.fromkeys(each for ids in named if isinstance(ids, tuple) for each in ids))
    shown = (*products[:NAMED], *(["…"] if len(products) > NAMED else []))
    return replace(first, facts={**first.facts, "count": len(products), "products": shown})


def _named(orders: Sequence[Replayed]) -> tuple[str, ...]:
    numbers = [f"#{each.record.number}" for each in orders[:NAMED]]
    return (*numbers, *(["…"] if len(orders) > NAMED else []))


def _said(what: Sentence | None, language: Language) -> str:
    return "" if what is None else tell(what.text, language, **what.facts)


def _posting(posting: PostedLine | None, language: Language) -> str:
    if posting is None:
        return tell("rules.replay.nothing", language)
    code = posting.vat_code or tell("plan.no_code", language)
    vat = f"{code}, {trimmed(posting.vat_rate, language)} %"
    return f"{posting.account} ({vat})  {amount(posting.amount, posting.currency, language)}"


def _total(total: TotalChange, language: Language) -> str:
    code = f" ({total.vat_code or tell('plan.none', language)})"
    label = cut(f"{total.account} {total.name}".strip(), ACCOUNT - len(code) - 1) + code
    amounts = (total.then, total.now, total.now - total.then)
    columns = "".join(f"{amount(each, None, language):>{MONEY}}" for each in amounts)
    currency = "" if total.currency == KRONER else f" {total.currency}"
    return f"{label:<{ACCOUNT}}{columns}{currency}"


def _summary(replay: Replay, language: Language) -> Iterator[str]:
    changed = sum(1 for each in replay.orders if each.differs)
    held = sum(1 for each in replay.orders if each.hold)
    left_out = sum(1 for each in replay.orders if each.left_out)
    yield from wrapped(
        tell(
            "rules.replay.summary",
            language,
            count=len(replay.orders),
            same=len(replay.orders) - changed - held - left_out,
            changed=changed,
            held=held,
            left_out=left_out,
        )
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
        "not_replayed": _said(replayed.left_out, Language.ENGLISH) or None,
        "next_step": to_paste(_said(replayed.next_step, Language.ENGLISH)) or None,
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
