"""Orders that wait for a person: those with the same cause and the same cure are told together."""

from collections.abc import Iterable, Iterator

from dinero_sync.cli.reports.order import indented, message
from dinero_sync.cli.reports.tables import Sums, amount
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.step import ORDER, Command, Language, Step
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

MANY = 8
"""Orders that a command still names one by one."""


def needs_you(records: Iterable[OrderRecord], language: Language) -> Iterator[str | Line]:
    """Write what waits for a person: whose, why, and what to do, with commands to paste."""
    for group in _groups(records, language):
        yield ""
        yield from _heading(group, language)
        yield from indented(message(group[0], language) or "")
        yield from indented(_cure(group, language))


def _groups(records: Iterable[OrderRecord], language: Language) -> list[list[OrderRecord]]:
    found: dict[tuple[str | None, ...], list[OrderRecord]] = {}
    for record in records:
        steps = telling.next_step(record.current.steps, language)
        key = (record.standing, record.reason, message(record, language), steps)
        found.setdefault(key, []).append(record)
    return list(found.values())


def _heading(group: list[OrderRecord], language: Language) -> Iterator[Line]:
    first = group[0]
    tone = Tone.IN_DOUBT if first.standing is Standing.IN_DOUBT else Tone.HELD
    if len(group) > 1:
        names = ", ".join(f"#{record.number}" for record in group)
        text = f"{Sums(group).told(language)}  {first.reason}: {names}"
    else:
        total = amount(first.total, first.currency, language) or tell("amounts.not_read", language)
        text = tell("orders.with_id", language, number=first.number, id=first.order_id)
        text = f"{text}  {total}  {first.reason}"
    for line in wrapped(text, 4, "  "):
        yield Line(line, tone)


def _cure(group: list[OrderRecord], language: Language) -> str:
    """Say what to do about a group; what takes several orders at once names all of them."""
    names = [str(record.order_id) for record in group]
    steps = [_of_all(step, names) for step in group[0].current.steps]
    told = telling.next_step(steps, language, order=names[0])
    if len(group) > 1 and any(isinstance(step, Command) and ORDER in step.words for step in steps):
        first = tell("orders.commands_name_first", language, number=group[0].number)
        return f"{first} {told}"
    return told


def _of_all(step: Step, names: list[str]) -> Step:
    match step:
        case Command(words=("retry", word)) if word == ORDER and len(names) > MANY:
            return Command(("retry", "--all"))
        case Command(words=("retry", word, *more)) if word == ORDER:
            return Command(("retry", *names, *more))
    return step
