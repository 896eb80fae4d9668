"""The evidence of a bill or a payout as files that are read without this program."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dinero_sync import __version__
from dinero_sync.cli.reports import show
from dinero_sync.cli.reports.proof.evidence import (
    INDEX,
    Words,
    contents,
    ledger,
    link,
    of_dinero,
    of_journal,
    way,
)
from dinero_sync.cli.reports.proof.pages import Files, cell, json_file, with_sums
from dinero_sync.cli.reports.tables import moment
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import Facts, Language
from dinero_sync.sync.insight.paper_evidence import PaperEvidence
from dinero_sync.texts.screens.saying import tell

ITSELF = "file/"
"""The folder of the file itself."""


def files(found: PaperEvidence, language: Language, now: datetime) -> Files:
    """Write the evidence: an index in the reader's language, what it names, and their hashes."""
    told = dict(_files(found, language))
    index = "\n".join(_index(found, told, language, now)) + "\n"
    return with_sums({INDEX: index, **told})


def written(found: PaperEvidence, file: Path, language: Language) -> str:
    """Say that the archive is written, and where the file itself isn't in it."""
    facts: Facts = {"file": str(file), "name": found.record.name}
    said = tell("proof.evidence.paper.written", language, **facts)
    if found.files:
        return said
    return said + " " + tell("proof.evidence.paper.without_file", language)


def _files(found: PaperEvidence, language: Language) -> Iterator[tuple[str, str | bytes]]:
    for path in found.files:
        yield f"{ITSELF}{path.name}", path.read_bytes()
    yield "told.json", json_file(found.record.told)
    effects = [each for _, each in found.lines]
    lines = show.as_lines(found.record, effects, language)
    yield "shown.txt", "".join(f"{text_of(each)}\n" for each in lines)
    plan = found.record.lead.plan
    if plan is not None:
        yield f"documents/{found.record.lead.key}.json", json_file(plan)
    yield from of_journal(found.lines)
    if found.held is not None:
        yield from of_dinero(found.held)


def _index(found: PaperEvidence, told: Files, language: Language, now: datetime) -> Iterator[str]:
    words, record = Words(language), found.record
    yield f"# {words('paper.title', name=cell(record.name))}"
    yield ""
    yield words("made", version=__version__, moment=moment(now, language))
    yield words("paper.personal")
    yield ""
    yield words("paper.stands", standing=record.standing, rung=record.rung)
    yield ""
    yield f"## {words('paper.file')}"
    yield ""
    names = ", ".join(link(each) for each in told if each.startswith(ITSELF))
    if names:
        yield words("paper.there", files=names, digest=record.digest)
    else:
        yield words("paper.gone", file=cell(record.file), digest=record.digest)
    yield ""
    yield from ledger(found.held, found.unread, found.chart, words)
    yield from way(found.lines, words("paper.way_told"), words)
    yield from contents(told, words)
