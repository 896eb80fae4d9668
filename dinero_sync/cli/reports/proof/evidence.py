"""The evidence of an order as files that are read without this program."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from dinero_sync import __version__
from dinero_sync.cli.reports import explain, explain_data
from dinero_sync.cli.reports.proof.pages import cell, json_file, table, with_sums
from dinero_sync.cli.reports.tables import moment, trimmed
from dinero_sync.domain.chart import Entry
from dinero_sync.domain.documents import fields_of
from dinero_sync.domain.step import Facts, Language
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.effects import Effect
from dinero_sync.sync.insight.evidence import Evidence
from dinero_sync.texts import telling

INDEX = "index.md"


def files(found: Evidence, language: Language, now: datetime) -> dict[str, str]:
    """Write the evidence: an index in the reader's language, what it names, and their hashes."""
    told = dict(_files(found, language))
    index = "\n".join(_index(found, told, language, now)) + "\n"
    return with_sums({INDEX: index, **told})


def _files(found: Evidence, language: Language) -> Iterator[tuple[str, str]]:
    yield "shop/order.json", found.explanation.record.raw
    yield "explanation.txt", explain.as_text(found.explanation, language) + "\n"
    yield "explanation.json", json_file(explain_data.as_data(found.explanation))
    for chain in found.chains:
        if chain.sale.plan is not None:
            yield f"documents/{_file_name(chain.chain)}.json", json_file(chain.sale.plan)
    yield "journal/lines.json", json_file([_line(before, each) for before, each in found.lines])
    for _, each in found.lines:
        if each.body is not None:
            yield _file_of(each), each.body
    if found.held is not None:
        told = [{"document": key, **fields_of(entry)} for key, entry in found.held.entries]
        yield "dinero/entries.json", json_file(told)
        for key, document in found.held.documents.items():
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


class _Words:
    """Says parts of the index in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, code: str, **facts: object) -> str:
        """Say one part."""
        told: Facts = facts  # type: ignore[assignment] # values of facts, each
        return telling.evidence(code, told, self.language)

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
    words, record = _Words(language), found.explanation.record
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
    yield words("decision_told", file=_link("explanation.txt"))
    yield ""
    yield from _decision(found, words)
    yield ""
    yield f"## {words('ledger')}"
    yield ""
    yield from _ledger(found, words)
    yield ""
    yield f"## {words('way')}"
    yield ""
    yield words("way_told")
    yield ""
    yield from _way(found, words)
    yield ""
    yield f"## {words('files')}"
    yield ""
    yield from (f"- {_link(name)}: {words(_described(name))}" for name in told if _is_named(name))
    yield f"- [journal/](journal/lines.json): {words('journal')}"
    yield ""
    yield f"## {words('check')}"
    yield ""
    yield words("check_told")


def _booked(found: Evidence, words: _Words) -> str:
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


def _decision(found: Evidence, words: _Words) -> Iterator[str]:
    rows = (
        (
            cell(chain.chain),
            cell(line.description),
            words.amount(line.amount),
            _account(found, line.account),
            f"{trimmed(line.vat_rate)} %",
            cell(line.rule),
        )
        for chain in found.chains
        if chain.invoice is not None
        for line in chain.invoice.lines
    )
    yield from table(words.heads("document", "text", "amount", "account", "vat", "rule"), rows)


def _account(found: Evidence, number: int) -> str:
    chart = found.explanation.chart
    known = chart.entry.get(number) or chart.deposit.get(number)
    return cell(f"{number} {known.name}" if known else number)


def _ledger(found: Evidence, words: _Words) -> Iterator[str]:
    if found.held is None:
        yield words("unread")
        yield ""
        yield from (f"> {cell(line)}" for line in words.spoken(found.unread).splitlines())
        return
    if not found.held.entries:
        yield words("none")
        return
    rows = (_entry(found, key, entry, words) for key, entry in found.held.entries)
    heads = words.heads("day", "voucher", "document", "account", "text", "amount")
    yield from table(heads, rows)
    yield ""
    yield words("sum", sum=sum((entry.amount for _, entry in found.held.entries), Decimal(0)))


def _entry(found: Evidence, key: str, entry: Entry, words: _Words) -> tuple[str, ...]:
    return (
        str(entry.day),
        str(entry.voucher_number or "-"),
        cell(key) or words("by_text"),
        _account(found, entry.account),
        cell(entry.description),
        words.amount(entry.amount),
    )


def _way(found: Evidence, words: _Words) -> Iterator[str]:
    rows = (
        (
            line.effect_id,
            moment(line.at, words.language),
            cell(line.document),
            telling.line_kind(line.kind, words.language),
            words(line.phase),
            words("removed") if line.body is None else _link(_file_of(line)),
        )
        for _, line in found.lines
    )
    yield from table(words.heads("line", "when", "document", "what", "outcome", "file"), rows)


def _link(name: str) -> str:
    return f"[{name}]({name})"


def _is_named(name: str) -> bool:
    """Tell whether a file has a row of its own: the journal's lines stand above."""
    return not name.startswith("journal/") or name == "journal/lines.json"


def _described(name: str) -> str:
    """Return the words for a file: its own, or those of its folder."""
    known = {"shop/order.json", "explanation.txt", "explanation.json"}
    known |= {"journal/lines.json", "dinero/entries.json"}
    return name if name in known else name.partition("/")[0]
