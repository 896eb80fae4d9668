"""What became of a damaged journal, and what has to be decided again, for people."""

import shlex
from collections.abc import Iterator, Mapping

from dinero_sync.domain.hold import SkipReason
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.upkeep.salvage import Decision, Salvaged
from dinero_sync.sync.run.rebuild import Rebuilt
from dinero_sync.texts.screens.saying import tell

HOW: Mapping[str, tuple[str, str]] = {
    SkipReason.BY_OPERATOR: ("doctor.was_skipped", "skip {order} --reason {note}"),
    SkipReason.BOOKED_ELSEWHERE: ("doctor.was_adopted", "adopt {order} --note {note}"),
}
ACCEPTED = ("doctor.was_accepted", "resolve {order} --accept {note}")


def as_text(rebuilt: Rebuilt, language: Language = Language.ENGLISH) -> str:
    """Say how the orders stand now, and what people decided and nobody remembers any more."""
    counted = ", ".join(
        f"{count} {tell(f'doctor.stands.{Standing(standing)}', language)}"
        for standing, count in rebuilt.standings.items()
    )
    listed = counted or tell("doctor.no_orders", language)
    told = tell("doctor.rebuilt", language, listed=listed)
    return "\n".join([told, *_rest(rebuilt, language)])


def _rest(rebuilt: Rebuilt, language: Language) -> Iterator[str]:
    forgotten = rebuilt.forgotten
    if forgotten is None or (forgotten.is_whole and not forgotten.decisions):
        yield tell("doctor.goes_on", language)
        return
    yield ""
    if forgotten.decisions:
        yield from _decisions(forgotten, language)
    if not forgotten.is_whole:
        code = "doctor.more_untold" if forgotten.decisions else "doctor.decisions_untold"
        yield tell(code, language)
    yield tell("doctor.exported", language)
    yield tell("doctor.due_again", language)
    yield tell("doctor.look", language)


def _decisions(forgotten: Salvaged, language: Language) -> Iterator[str]:
    yield tell("doctor.forgotten", language)
    for decision in forgotten.decisions:
        yield from _decision(decision, language)
    yield ""


def _decision(decision: Decision, language: Language) -> Iterator[str]:
    how, command = HOW.get(decision.code, ACCEPTED)
    pasted = command.format(order=decision.subject, note=shlex.quote(decision.note))
    yield f"  {tell(how, language, number=decision.number, note=decision.note)}"
    yield f"    dinero-sync {pasted}"
    if decision.code not in HOW:
        yield f"    {tell('doctor.once_held', language)}"
