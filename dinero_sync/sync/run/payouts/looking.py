"""One pass over the payouts: files in the inbox or named, and those that are under way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.errors import TemporaryError, UsageError
from dinero_sync.journal.documents import DocumentKind, Rung, Standing
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.papers.record import is_settled
from dinero_sync.journal.schema import make_durable, transaction
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.posting.payouts.unusable import unusable_in_payouts
from dinero_sync.settlements.reading import read
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.statements import read_statement
from dinero_sync.sync.payouts.chargebacks import note_what_went_back
from dinero_sync.sync.payouts.elsewhere import Posted
from dinero_sync.sync.payouts.item import PayoutClimb, is_booked
from dinero_sync.sync.payouts.judge import PayoutJudge, PayoutJudgement, forms_looked_at
from dinero_sync.sync.payouts.outcome import PayoutCameOf, PayoutOutcome, outcome_of, tell
from dinero_sync.sync.payouts.uncredited import told_uncredited
from dinero_sync.sync.payouts.walk import await_all, walk
from dinero_sync.sync.run.result import RunResult, report
from dinero_sync.sync.work.books import refuse_unusable
from dinero_sync.sync.work.inbox import DONE, HELD, Inbox, PaperFile, note_of
from dinero_sync.sync.work.outcome import going_on, held, resumed, settled
from dinero_sync.sync.work.troubles import Troubles
from dinero_sync.sync.work.workplace import Workplace
from dinero_sync.texts import telling

UNDER_WAY = (Standing.WORKING, Standing.IN_DOUBT)


def _files(folder: Path) -> Iterable[Path]:
    found = (each for each in sorted(folder.iterdir()) if each.is_file())
    return [each for each in found if not each.name.startswith(".")]


INBOX = Inbox(
    key="payouts.inbox",
    made=spoken("payout"),
    called=spoken("The settlement files"),
    listed=_files,
    whole=lambda path: (path,),
)


@dataclass(slots=True, kw_only=True)
class _Looked:
    """A file, and the payouts in it as they are by now."""

    paper: PaperFile
    records: list[PayoutRecord]
    known: frozenset[str] = frozenset()
    """The names of those that were settled before."""
    is_new: bool = True
    """Whether anything about it changed: else nothing is logged of it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What a pass works with."""

    place: Workplace
    settings: PayoutSettings
    judge: PayoutJudge
    climb: PayoutClimb
    has_statements: bool
    result: RunResult
    troubles: Troubles[str] = field(default_factory=Troubles)


def look_at_payouts(
    place: Workplace,
    result: RunResult,
    named: Sequence[Path] | None = None,
    statements: Sequence[Path] = (),
) -> None:
    """Take every payout as far as it goes: those in files ``named``, or those of the inbox.

    Without any that is new, nobody is asked. Raises TemporaryError where no other payout would fare
    better, ConfigError where the sources name what Dinero lacks, StateError for an inbox that can't
    be used, UsageError for a bank statement that can't be read.
    """
    settings, folder = place.payouts, place.config.payouts.inbox
    if settings is None:
        return
    begun = [*store.standing(place.db, UNDER_WAY), *_of_sources_that_are_back(place, settings)]
    papers = _papers(named, folder, begun)
    if named is None and folder is not None and not place.dry_run:
        _end_refusals_of_gone(place, papers)
    if not papers and not begun:
        return
    work = _pass(place, settings, statements, result)
    looked = [_look_at(work, paper) for paper in papers]
    seen = {record.name for each in looked for record in each.records}
    alone = [each for each in begun if each.name not in seen]
    if place.dry_run:
        _tell_of_dry_run(work, looked)
        return
    _deliver(work, looked, alone if named is None else [])
    trouble = work.troubles.error(spoken("Payouts that Dinero gave no answer about"))
    if trouble is not None:
        result.troubles.append(trouble)


def _papers(
    named: Sequence[Path] | None, folder: Path | None, begun: Sequence[PayoutRecord]
) -> list[PaperFile]:
    """Return the files to look at; those of payouts that are to be read again among them."""
    if named is not None:
        return list(INBOX.files_named(named, folder))
    found = list(INBOX.files_in(folder)) if folder is not None else []
    elsewhere = {str(each.told.get("path") or "") for each in begun if each.rung is Rung.SEEN}
    again = [Path(each) for each in sorted(elsewhere) if each and Path(each).is_file()]
    return [*found, *INBOX.files_named(again, folder)]


def _pass(
    place: Workplace, settings: PayoutSettings, statements: Sequence[Path], result: RunResult
) -> _Pass:
    booking = place.config.payouts.booking or place.config.sync.booking
    judge = PayoutJudge(
        db=place.db,
        settings=settings,
        settings_hash=hash_of((settings, sorted(forms_looked_at(place.db)))),
        chart=lambda: usable_chart(place, settings),
        bank=[line for each in statements for line in _statement(each)],
        is_posted=lambda item: is_booked(place.ledger, item.guid),
        now=place.clock.now(),
    )
    climb = PayoutClimb(
        ledger=place.ledger,
        booking=booking == "automatic",
        closed_until=settings.closed_until,
        posted=Posted(ledger=place.ledger, settings=settings),
    )
    return _Pass(
        place=place,
        settings=settings,
        judge=judge,
        climb=climb,
        has_statements=bool(statements),
        result=result,
    )


def _statement(path: Path) -> Sequence[BankLine]:
    try:
        return read_statement(path)
    except RefusedFileError as error:
        told = telling.spoken_refusal(error.refusal.code, error.refusal.facts)
        raise UsageError(
            spoken("The bank statement {path} can't be used. {told}", path=path, told=told)
        ) from error


def _look_at(work: _Pass, paper: PaperFile) -> _Looked:
    """Read a file and journal what it says of each payout; unless all of that is known."""
    before = store.of_file(work.place.db, paper.digest)
    if before and not _is_to_be_read(work, paper, before):
        names = frozenset(each.name for each in before if is_settled(each))
        return _Looked(paper=paper, records=before, known=names, is_new=not paper.is_held)
    judgements = _judged(work, paper)
    records = [each.record for each in judgements]
    if not work.place.dry_run:
        records = [_kept(work, each) for each in judgements]
        _end_refusals(work, before, records)
    known = frozenset(each.record.name for each in judgements if each.is_known)
    return _Looked(paper=paper, records=records, known=known)


def _kept(work: _Pass, judgement: PayoutJudgement) -> PayoutRecord:
    """Journal a payout, and with it what its file tells of money that went back to buyers."""
    db, told = work.place.db, judgement.went_back
    with transaction(db):
        for order in note_what_went_back(work.place.ledger, told):
            report(work.result, order)
        store.save(db, judgement.record)
    if not told or judgement.is_known:
        return judgement.record
    record = told_uncredited(db, work.place.dinero, judgement.record, told)
    store.save(db, record)
    return record


def _is_to_be_read(work: _Pass, paper: PaperFile, before: Sequence[PayoutRecord]) -> bool:
    """Tell whether a file that was read before is to be read again: where that may end a hold."""
    waits = work.judge.waits_by_others
    if any(each.standing in UNDER_WAY or waits(each) for each in before):
        return True
    holds = [each for each in before if each.standing is Standing.HELD]
    if not holds:
        return False
    changed = any(each.settings != work.judge.settings_hash for each in holds)
    return changed or work.has_statements or not paper.is_held


def _judged(work: _Pass, paper: PaperFile) -> list[PayoutJudgement]:
    try:
        file = read(paper.path, work.settings.sources)
    except RefusedFileError as error:
        return [work.judge.refused(paper, error.refusal)]
    return [
        *(work.judge.partial(paper, file, each) for each in file.partial),
        *(work.judge.read(paper, file, each) for each in file.payouts),
    ]


def _end_refusals(
    work: _Pass, before: Sequence[PayoutRecord], records: Sequence[PayoutRecord]
) -> None:
    """End what was said of a file as a whole, where it is read by now."""
    now = {each.name for each in records}
    for record in before:
        if record.is_file and record.name not in now and not is_settled(record):
            store.save(work.place.db, settled(record, DocumentKind.PAYOUT))


def _end_refusals_of_gone(place: Workplace, papers: Sequence[PaperFile]) -> None:
    """End what was said of a file in the inbox as a whole, where it was taken away."""
    there = {each.digest for each in papers}
    for record in store.standing(place.db, (Standing.HELD,)):
        told = record.told
        if record.is_file and told.get("path") is None and told.get("sha256") not in there:
            store.save(place.db, settled(record, DocumentKind.PAYOUT))


def _tell_of_dry_run(work: _Pass, looked: Sequence[_Looked]) -> None:
    for each in looked:
        for record in each.records:
            planned = record.standing is Standing.WORKING
            outcome = PayoutOutcome.PLANNED if planned else _outcome(record, each.known)
            work.result.payouts.append(
                PayoutCameOf(file=each.paper.path.name, record=record, outcome=outcome)
            )


def _deliver(work: _Pass, looked: Sequence[_Looked], alone: Sequence[PayoutRecord]) -> None:
    """Take all payouts up the ladder; what came of them is durable before a file is moved."""
    records = [record for each in looked for record in each.records]
    records += [_without_file(work, each) for each in alone]
    if any(each.standing in UNDER_WAY for each in records):
        usable_chart(work.place, work.settings)
    begun = [_begun(work, each) for each in {each.name: each for each in records}.values()]
    now = {each.name: each for each in await_all(work.climb, begun)}
    make_durable(work.place.db)
    for each in looked:
        each.records = [now[record.name] for record in each.records]
        _tell(work, each)
        _put_away(work, each)
    for record in alone:
        came = PayoutCameOf(
            file=record.file, record=now[record.name], outcome=outcome_of(now[record.name])
        )
        work.result.payouts.append(came)
        tell(came)


def _of_sources_that_are_back(place: Workplace, settings: PayoutSettings) -> list[PayoutRecord]:
    """Return the payouts that were held for their source, as they go on with it."""
    text = f"{HoldReason.PAYOUT_FILE_REFUSED}.source"
    return [
        resumed(each)
        for each in store.standing(place.db, (Standing.HELD,))
        if each.lead.text == text and settings.has(str(each.told.get("source")))
    ]


def _without_file(work: _Pass, record: PayoutRecord) -> PayoutRecord:
    """Go on with a payout whose file isn't there: what is journalled may be all that is needed.

    One whose source was taken out of the configuration is held.
    """
    source = str(record.told.get("source"))
    if not work.settings.has(source):
        steps = (
            sentence("put_source_back"),
            sentence("or_payout_by_hand"),
            command("skip", ORDER, "--reason", TEXT),
        )
        gone = HeldError(HoldReason.PAYOUT_FILE_REFUSED, "source", steps, source=source)
    elif record.rung is not Rung.SEEN:
        return record
    else:
        gone = HeldError(HoldReason.PAYOUT_FILE_REFUSED, "gone", (sentence("put_file_back"),))
    record = held(record, gone.hold, work.place.clock.now())
    store.save(work.place.db, record)
    return record


def _begun(work: _Pass, record: PayoutRecord) -> PayoutRecord:
    """Take a payout up to where Dinero was told to book it."""
    if record.standing not in UNDER_WAY:
        return record
    try:
        record = walk(work.climb, going_on(record))
    except TemporaryError as error:
        work.troubles.note(record.name, error)
        if work.troubles.are_too_many:
            raise
        return store.loaded(work.place.db, record.name)
    work.troubles.note_answer()
    return record


def _tell(work: _Pass, looked: _Looked) -> None:
    for record in looked.records:
        came = PayoutCameOf(
            file=looked.paper.path.name, record=record, outcome=_outcome(record, looked.known)
        )
        work.result.payouts.append(came)
        if looked.is_new:
            tell(came)


def _outcome(record: PayoutRecord, known: frozenset[str]) -> PayoutOutcome | None:
    outcome = outcome_of(record)
    is_known = record.name in known and outcome is not PayoutOutcome.SKIPPED
    return PayoutOutcome.KNOWN if is_known else outcome


def _put_away(work: _Pass, looked: _Looked) -> None:
    """Put a file away: to those that are held where any of its payouts is."""
    waits = [each for each in looked.records if each.standing is Standing.HELD]
    if waits:
        if looked.is_new or not looked.paper.is_held:
            note = note_of(waits, work.place.config.language)
            INBOX.put_away(looked.paper, HELD, note)
    elif all(is_settled(each) for each in looked.records):
        INBOX.put_away(looked.paper, DONE)


def usable_chart(place: Workplace, settings: PayoutSettings) -> Chart:
    """Return the chart; raises ConfigError where the sources name what Dinero lacks or hides."""
    chart = place.books().chart
    found = unusable_in_payouts(settings, chart)
    refuse_unusable(found, place.config_file, spoken("No payout was posted."))
    return chart
