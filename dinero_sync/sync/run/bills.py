"""One pass over the bills: those in the inbox or named, and those that are under way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dinero_sync.bills.reading import ReadBill, read_bill
from dinero_sync.bills.templates import Templates, load_templates
from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError
from dinero_sync.errors import ConfigError, Problem, TemporaryError
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers import store
from dinero_sync.journal.papers.record import PaperRecord, is_settled
from dinero_sync.journal.schema import make_durable
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.posting.bills.unusable import unusable
from dinero_sync.sync.bills import inbox
from dinero_sync.sync.bills.climb import BillClimb, Document
from dinero_sync.sync.bills.inbox import PaperFile
from dinero_sync.sync.bills.judge import Judge, Judgement, Reading
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf, outcome_of, tell
from dinero_sync.sync.bills.walk import walk
from dinero_sync.sync.run.bill_notes import note_of
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import going_on
from dinero_sync.sync.work.troubles import Troubles
from dinero_sync.sync.work.workplace import Workplace

UNDER_WAY = (Standing.WORKING, Standing.IN_DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What a pass works with."""

    place: Workplace
    settings: BillSettings
    judge: Judge
    climb: BillClimb
    templates: Templates
    troubles: Troubles[str]
    result: RunResult


def look_at_bills(place: Workplace, result: RunResult, named: Sequence[Path] | None = None) -> None:
    """Take every bill as far as it goes: those ``named``, or those of the inbox.

    Without any that is new, nobody is asked. Raises TemporaryError where no other bill would fare
    better, ConfigError where the rules name what Dinero lacks, StateError for an inbox that can't
    be used.
    """
    settings, config = place.bills, place.config.bills
    if settings is None or config is None:
        return
    folder = config.inbox
    papers = list(
        inbox.files_named(named, folder)
        if named is not None
        else inbox.files_in(folder)
        if folder is not None
        else ()
    )
    begun = store.standing(place.db, UNDER_WAY)
    if not papers and not begun:
        return
    work = _pass(place, settings, config.templates, result)
    seen: set[str] = set()
    for paper in papers:
        seen.add(_look_at(work, paper, is_named=named is not None))
    for record in begun:
        if record.name not in seen and named is None:
            _deliver(work, record, None)
    if (trouble := work.troubles.error("Bills that Dinero gave no answer about")) is not None:
        result.troubles.append(trouble)


def _pass(place: Workplace, settings: BillSettings, own: Path | None, result: RunResult) -> _Pass:
    booking = place.config.bills and place.config.bills.booking
    return _Pass(
        place=place,
        settings=settings,
        judge=Judge(
            settings=settings,
            settings_hash=hash_of(settings),
            chart=lambda: _usable_chart(place, settings),
            load=lambda name: store.load(place.db, name),
            now=place.clock.now(),
        ),
        climb=BillClimb(
            ledger=place.ledger,
            booking=(booking or place.config.sync.booking) == "automatic",
        ),
        templates=load_templates(own),
        troubles=Troubles[str](),
        result=result,
    )
