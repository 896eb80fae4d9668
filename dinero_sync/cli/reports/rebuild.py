"""What became of a damaged journal, and what has to be decided again, for people."""

import shlex
from collections.abc import Iterator, Mapping

from dinero_sync.cli.calling import to_paste
from dinero_sync.domain.hold import SkipReason
from dinero_sync.journal.salvage import Decision, Salvaged
from dinero_sync.sync.run.rebuild import Rebuilt

HOW: Mapping[str, tuple[str, str]] = {
    SkipReason.BY_OPERATOR: ("ended without an invoice", "skip {order} --reason {note}"),
    SkipReason.BOOKED_ELSEWHERE: ("booked by other means", "adopt {order} --note {note}"),
}
ACCEPTED = ("accepted as it is booked", "resolve {order} --accept {note}")
DUE_AGAIN = (
    "Orders that a person ended are due again: the next run books them, unless Dinero shows an "
    "invoice that looks like theirs."
)
LOOK = "Look before the next run: dinero-sync plan"


def as_text(rebuilt: Rebuilt) -> str:
    """Say how the orders stand now, and what people decided and nobody remembers any more."""
    listed = ", ".join(f"{count} {standing}" for standing, count in rebuilt.standings.items())
    return to_paste(
        "\n".join([f"The journal is rebuilt: {listed or 'no orders'}.", *_rest(rebuilt)])
    )


def _rest(rebuilt: Rebuilt) -> Iterator[str]:
    forgotten = rebuilt.forgotten
    if forgotten is None or (forgotten.is_whole and not forgotten.decisions):
        yield "The next run goes on."
        return
    yield ""
    if forgotten.decisions:
        yield from _decisions(forgotten)
    if not forgotten.is_whole:
        more = "more" if forgotten.decisions else "which orders people decided about"
        yield f"The damaged journal can't tell {more}: only a backup of the state folder can."
    yield DUE_AGAIN
    yield LOOK


def _decisions(forgotten: Salvaged) -> Iterator[str]:
    yield "What people decided is forgotten. Decide so again, before the next run:"
    for decision in forgotten.decisions:
        yield from _decision(decision)
    yield ""


def _decision(decision: Decision) -> Iterator[str]:
    how, command = HOW.get(decision.code, ACCEPTED)
    pasted = command.format(order=decision.subject, note=shlex.quote(decision.note))
    yield f"  #{decision.number} was {how}: {decision.note}"
    yield f"    dinero-sync {pasted}"
    if decision.code not in HOW:
        yield "    (once it is held again; where nothing is to be accepted any more, leave it)"
