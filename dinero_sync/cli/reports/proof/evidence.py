"""The evidence of an order as files that are read without this program."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from dinero_sync import __version__
from dinero_sync.cli.reports import explain, explain_data
from dinero_sync.cli.reports.proof.pages import cell, json_file, table, with_sums
from dinero_sync.cli.reports.tables import moment, trimmed
from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.domain.documents import fields_of
from dinero_sync.domain.step import Fact, Facts, Language
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.effects import Effect
from dinero_sync.sync.insight.evidence import Evidence, Held
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

INDEX = "index.md"
Lines = Sequence[tuple[str, Effect]]
"""The journal's, each with the hash of the line before it."""


def files(found: Evidence, language: Language, now: datetime) -> dict[str, str]:
    """Write the evidence: an index in the reader's language, what it names, and their hashes."""
    told = dict(_files(found, language))
    index = "\n".join(_index(found, told, language, now)) + "\n"
    return with_sums({INDEX: index, **told})


def written(found: Evidence, file: Path, language: Language) -> str:
    """Say that the archive is written."""
    facts: Facts = {"file": str(file), "number": found.explanation.record.number}
    return tell("proof.evidence.written", language, **facts)


def _files(found: Evidence, language: Language) -> Iterator[tuple[str, str]]:
    yield "shop/order.json", found.explanation.record.raw
    yield "explanation.txt", explain.as_text(found.explanation, language) + "\n"
    yield "explanation.json", json_file(explain_data.as_data(found.explanation))
    for chain in found.chains:
        if chain.sale.plan is not None:
            yield f"documents/{_file_name(chain.chain)}.json", json_file(chain.sale.plan)
    yield from of_journal(found.lines)
    if found.held is not None:
        yield from of_dinero(found.held)


def of_journal(lines: Lines) -> Iterator[tuple[str, str]]:
    """Write the journal's lines, each also word by word."""
    yield "journal/lines.json", json_file([_line(before, each) for before, each in lines])
    for _, each in lines:
        if each.body is not None:
            yield _file_of(each), each.body


def of_dinero(held: Held) -> Iterator[tuple[str, str]]:
    """Write what Dinero holds."""
    told = [{"document": key, **fields_of(entry)} for key, entry in held.entries]
    yield "dinero/entries.json", json_file(told)
    for key, document in held.documents.items():
        yield f"dinero/{_file_name(key)}.json", json_file(document)


def _file_name(key: str) -> str:
    return key.replace(":", "-")


def _file_of(line: Effect) -> str:
    return f"journal/{line.effect_id:07d}-{line.kind}-{line.phase}.json"


def _line(before: str, line: Effect) -> Mapping[str, object]:
    return {
        "line": line.effect_id,
        "before": before,
        "at": line.at.isoformat(),
        "run_id": line.run_id,
        "subject": line.subject,
        "kind": line.kind,
        "phase": line.phase,
        "body_hash": line.body_hash,
        "document": line.document,
        "hash": line.hash,
        "file": None if line.body is None else _file_of(line),
    }


class Words:
    """Says parts of the index in one language."""

    def __init__(self, language: Language) -> None:
        """Choose the language."""
        self.language = language

    def __call__(self, code: str, **facts: Fact) -> str:
        """Say one part."""
        return tell(f"proof.evidence.{code}", self.language, **facts)

    def spoken(self, text: str) -> str:
        """Say what was made far below."""
        return telling.in_language(text, self.language)

    def heads(self, *codes: str) -> list[str]:
        """Say the heads of a table."""
        return [self(code) for code in codes]

    def amount(self, value: Decimal) -> str:
        """Write an amount."""
        return telling.amount(value, self.language)


def _index(
    found: Evidence, told: Mapping[str, str], language: Language, now: datetime
) -> Iterator[str]:
    words, record = Words(language), found.explanation.record
    yield f"# {words('title', number=cell(record.number), order_id=record.order_id)}"
    yield ""
    yield words("made", version=__version__, moment=moment(now, language))
    yield words("personal")
    yield ""
    yield words("stands", standing=record.standing, rung=record.rung)
    yield _booked(found, words)
    yield ""
    yield f"## {words('decision')}"
    yield ""
    yield words("decision_told", file=link("explanation.txt"))
    yield ""
    yield from _decision(found, words)
    yield ""
    yield from ledger(found.held, found.unread, found.explanation.chart, words)
    yield from way(found.lines, words("way_told"), words)
    yield from contents(told, words)


def ledger(held: Held | None, unread: str, chart: Chart, words: Words) -> Iterator[str]:
    """Tell what Dinero has posted."""
    yield f"## {words('ledger')}"
    yield ""
    yield from _ledger(held, unread, chart, words)
    yield ""


def way(lines: Lines, told: str, words: Words) -> Iterator[str]:
    """Tell the journal's lines, and how they are read."""
    yield f"## {words('way')}"
    yield ""
    yield told
    yield ""
    yield from _way(lines, words)
    yield ""


def contents(told: Iterable[str], words: Words) -> Iterator[str]:
    """Name the files that are in it, and say how all is checked."""
    yield f"## {words('files')}"
    yield ""
    yield from (f"- {link(name)}: {words(_described(name))}" for name in told if _is_named(name))
    yield f"- [journal/](journal/lines.json): {words('journal')}"
    yield ""
    yield f"## {words('check')}"
    yield ""
    yield words("check_told")


def _booked(found: Evidence, words: Words) -> str:
    record = found.explanation.record
    invoice = record.invoice
    if invoice is None or not record.rung.reached(Rung.BOOKED):
        return words("unbooked")
    return words(
        "booked",
        number=record.invoice_number or "-",
        day=invoice.date,
        total=invoice.total,
        currency=invoice.currency,
    )


def _decision(found: Evidence, words: Words) -> Iterator[str]:
    rows = (
        (
            cell(chain.chain),
            cell(line.description),
            words.amount(line.amount),
            _account(found.explanation.chart, line.account),
            f"{trimmed(line.vat_rate)} %",
            cell(line.rule),
        )
        for chain in found.chains
        if chain.invoice is not None
        for line in chain.invoice.lines
    )
    yield from table(words.heads("document", "text", "amount", "account", "vat", "rule"), rows)


def _account(chart: Chart, number: int) -> str:
    known = chart.entry.get(number) or chart.deposit.get(number)
    return cell(f"{number} {known.name}" if known else number)


def _ledger(held: Held | None, unread: str, chart: Chart, words: Words) -> Iterator[str]:
    if held is None:
        yield words("unread")
        yield ""
        yield from (f"> {cell(line)}" for line in words.spoken(unread).splitlines())
        return
    if not held.entries:
        yield words("none")
        return
    rows = (_entry(chart, key, entry, words) for key, entry in held.entries)
    heads = words.heads("day", "voucher", "document", "account", "text", "amount")
    yield from table(heads, rows)
    yield ""
    yield words("sum", sum=sum((entry.amount for _, entry in held.entries), Decimal(0)))


def _entry(chart: Chart, key: str, entry: Entry, words: Words) -> tuple[str, ...]:
    return (
        str(entry.day),
        str(entry.voucher_number or "-"),
        cell(key) or words("by_text"),
        _account(chart, entry.account),
        cell(entry.description),
        words.amount(entry.amount),
    )


def _way(lines: Lines, words: Words) -> Iterator[str]:
    rows = (
        (
            line.effect_id,
            moment(line.at, words.language),
            cell(line.document),
            tell(f"proof.evidence.line.{line.kind}", words.language),
            words(line.phase),
            words("removed") if line.body is None else link(_file_of(line)),
        )
        for _, line in lines
    )
    yield from table(words.heads("line", "when", "document", "what", "outcome", "file"), rows)


def link(name: str) -> str:
    """Name a file of the archive, so that it can be followed."""
    return f"[{name}]({name})"


def _is_named(name: str) -> bool:
    """Tell whether a file has a row of its own: the journal's lines stand above."""
    return not name.startswith("journal/") or name == "journal/lines.json"


def _described(name: str) -> str:
    """Return the words for a file: its own, or those of its folder."""
    known = {"shop/order.json", "explanation.txt", "explanation.json", "told.json", "shown.txt"}
    known |= {"journal/lines.json", "dinero/entries.json"}
    folder = name.partition("/")[0]
    return name if name in known else "itself" if folder == "file" else folder
