"""One pass over the bills: those in the inbox or named, and those that are under way."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.bills.reading import bill_files, files_of, read_bill, unproven
from dinero_sync.bills.statement import YAML_ENDING
from dinero_sync.bills.templates import Templates, load_templates
from dinero_sync.config.inboxes.bills import Bills
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.effects import chosen_days
from dinero_sync.journal.papers import bills as store
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.record import is_settled
from dinero_sync.journal.schema import make_durable
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.posting.bills.unusable import unusable
from dinero_sync.sync.bills.climb import BillClimb, Document
from dinero_sync.sync.bills.elsewhere import day_posted
from dinero_sync.sync.bills.judge import Judge, Judgement, Reading
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf, outcome_of, tell
from dinero_sync.sync.bills.walk import walk
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.books import refuse_unusable
from dinero_sync.sync.work.inbox import DONE, HELD, Inbox, PaperFile, digest_of, note_of
from dinero_sync.sync.work.outcome import going_on, held, skipped
from dinero_sync.sync.work.troubles import Troubles
from dinero_sync.sync.work.workplace import Workplace

UNDER_WAY = (Standing.WORKING, Standing.IN_DOUBT)
INBOX = Inbox(
    key="bills.inbox",
    made=spoken("bill"),
    called=spoken("The bills"),
    listed=bill_files,
    whole=files_of,
)


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
    if named is None and folder is not None and folder.is_dir() and not place.dry_run:
        _finish_moves(folder, lambda digest: store.of_file(place.db, digest) is not None)
    held_before = store.standing(place.db, (Standing.HELD,))
    papers = list(_papers(folder, named, held_before))
    begun = store.standing(place.db, UNDER_WAY)
    if not papers and not begun and not held_before:
        return
    present = {paper.digest for paper in papers}
    work = _pass(place, settings, config, result, present)
    seen = {_look_at(work, paper, is_named=named is not None) for paper in papers}
    for record in begun:
        if record.name not in seen and named is None and not place.dry_run:
            _go_on(work, record)
    if named is None and not place.dry_run:
        _end_those_gone(work, held_before, present)
    trouble = work.troubles.error(spoken("Bills that Dinero gave no answer about"))
    if trouble is not None:
        result.troubles.append(trouble)


def _finish_moves(inbox: Path, is_known: Callable[[str], bool]) -> None:
    """Move what stood beside a bill after it, where a run died in between.

    ``is_known``: whether a bill with such a digest was read from a document and what was beside it.
    """
    with INBOX.readable(inbox):
        for path in bill_files(inbox):
            if path.suffix == YAML_ENDING and files_of(path) == (path,):
                after = _moved_before(inbox, path, is_known)
                if after is not None:
                    path.rename(after.with_suffix(YAML_ENDING))


def _moved_before(inbox: Path, beside: Path, is_known: Callable[[str], bool]) -> Path | None:
    """Return the document that was moved without what is beside it."""
    for folder in (inbox / DONE, inbox / HELD):
        for path in sorted(folder.iterdir() if folder.is_dir() else ()):
            alone = path.suffix != YAML_ENDING and not path.with_suffix(YAML_ENDING).exists()
            if alone and path.stem.startswith(beside.stem) and is_known(digest_of((path, beside))):
                return path
    return None


def _papers(
    folder: Path | None, named: Sequence[Path] | None, held_before: Sequence[BillRecord]
) -> Iterator[PaperFile]:
    """Yield the files named; else those of the inbox, and held ones that were named before."""
    if named is not None:
        yield from INBOX.files_named(named, folder)
        return
    if folder is not None:
        yield from INBOX.files_in(folder)
    paths = (Path(each.path) for each in held_before if each.path is not None)
    yield from INBOX.files_named([path for path in paths if path.is_file()], folder)


def _end_those_gone(
    work: _Pass, held_before: Sequence[BillRecord], present: Collection[str]
) -> None:
    """Let go of held bills whose files aren't there any more, and of which nothing was made.

    So is one that was read as another bill since, by YAML beside it or by a template.
    """
    for before in held_before:
        record = store.loaded(work.place.db, before.name)
        now = store.of_file(work.place.db, record.digest)
        is_another = now is not None and now.name != record.name
        is_there = record.digest in present and not is_another
        if record.standing is Standing.HELD and record.rung is Rung.SEEN and not is_there:
            store.save(work.place.db, skipped(record, SkipReason.FILE_GONE))


def _pass(
    place: Workplace,
    settings: BillSettings,
    config: Bills,
    result: RunResult,
    present: Collection[str],
) -> _Pass:
    booking = config.booking or place.config.sync.booking
    climb = BillClimb(
        ledger=place.ledger, booking=booking == "automatic", closed_until=settings.closed_until
    )
    templates = load_templates(config.templates, config.looked_at)
    return _Pass(
        place=place,
        settings=settings,
        judge=Judge(
            settings=settings,
            settings_hash=_hash_of(settings, templates),
            chart=lambda: _usable_chart(place, settings),
            load=lambda name: store.load(place.db, name),
            present=present,
            chosen=lambda name: chosen_days(place.db, name),
            posted=lambda record: day_posted(climb, record),
            now=place.clock.now(),
        ),
        climb=climb,
        templates=templates,
        troubles=Troubles[str](),
        result=result,
    )


def _hash_of(settings: BillSettings, templates: Templates) -> str:
    """Return a hash of all that decides about bills: a held one is judged again when it changes."""
    read_by = [repr(each) for each in templates.templates]
    return hash_of((settings, read_by, sorted(templates.looked_at)))


def _look_at(work: _Pass, paper: PaperFile, *, is_named: bool) -> str | None:
    """Read a bill, take it as far as it goes, and put its file away; return the bill's name.

    One whose file and settings are those by which it is held is left where it is.
    """
    known = store.of_file(work.place.db, paper.digest)
    same_rules = known is not None and known.settings == work.judge.settings_hash
    waits = paper.is_held or (paper.inbox is None and not is_named)
    if known is not None and known.standing is Standing.HELD and waits and same_rules:
        return known.name
    if known is not None and is_settled(known):
        _came_of(work, paper, known, BillOutcome.KNOWN)
        return known.name
    judgement, document = _judged(work, paper)
    record = judgement.record
    if judgement.is_known:
        if not work.place.dry_run:
            store.save(work.place.db, record)
        _came_of(work, paper, record, BillOutcome.KNOWN)
        return record.name
    store.save(work.place.db, record)
    if work.place.dry_run:
        told = _planned_outcome(work, record)
        work.result.bills.append(CameOf(file=paper.path.name, record=record, outcome=told))
    else:
        _deliver(work, record, document, paper)
    return record.name


def _planned_outcome(work: _Pass, record: BillRecord) -> BillOutcome | None:
    """Return what would come of a bill: of a copy, nothing more."""
    if record.standing is not Standing.WORKING:
        return outcome_of(record)
    before = {each.record.name for each in work.result.bills}
    return BillOutcome.KNOWN if record.name in before else BillOutcome.PLANNED


def _go_on(work: _Pass, record: BillRecord) -> None:
    """Go on with a bill whose file isn't there: what is in Dinero may be all that is needed."""
    if record.rung is Rung.SEEN:
        gone = HeldError(HoldReason.BILL_UNREADABLE, "gone", (sentence("put_file_back"),))
        record = held(record, gone.hold, work.place.clock.now())
        store.save(work.place.db, record)
    _deliver(work, record, None, None)


def _judged(work: _Pass, paper: PaperFile) -> tuple[Judgement, Document | None]:
    try:
        read = read_bill(paper.path, work.templates)
    except HeldError as error:
        return work.judge.unread(paper, error.hold), None
    reading = Reading(bill=read.bill, read_from=str(read.read_from), template=read.template)
    if not read.proven:
        return work.judge.unread(paper, unproven(read, paper.path.name).hold, reading), None
    document = Document(name=read.document.name, content=read.document.content)
    return work.judge.read(paper, reading), document


def _deliver(
    work: _Pass, record: BillRecord, document: Document | None, paper: PaperFile | None
) -> None:
    """Take a bill up the ladder; what came of it is durable before its file is moved."""
    if record.standing in UNDER_WAY:
        work.climb.begin(document)
        try:
            record = walk(work.climb, going_on(record))
        except TemporaryError as error:
            record = store.loaded(work.place.db, record.name)
            _tell(work, paper, record, outcome_of(record))
            work.troubles.note(record.name, error)
            if work.troubles.are_too_many:
                raise
            return
        work.troubles.note_answer()
    make_durable(work.place.db)
    _came_of(work, paper, record, outcome_of(record))


def _came_of(
    work: _Pass, paper: PaperFile | None, record: BillRecord, outcome: BillOutcome | None
) -> None:
    """Tell what came of a bill, and put its file away."""
    _tell(work, paper, record, outcome)
    if paper is None or work.place.dry_run:
        return
    if record.standing is Standing.HELD:
        INBOX.put_away(paper, HELD, note_of([record], work.place.config.language))
    elif is_settled(record):
        INBOX.put_away(paper, DONE)


def _tell(
    work: _Pass, paper: PaperFile | None, record: BillRecord, outcome: BillOutcome | None
) -> None:
    file = record.file if paper is None else paper.path.name
    came = CameOf(file=file, record=record, outcome=outcome)
    work.result.bills.append(came)
    tell(came)


def _usable_chart(place: Workplace, settings: BillSettings) -> Chart:
    """Return the chart; raises ConfigError where the rules name what Dinero lacks or hides."""
    chart = place.books().chart
    found = unusable(settings, chart)
    refuse_unusable(found, place.config_file, spoken("No bill was posted."))
    return chart
