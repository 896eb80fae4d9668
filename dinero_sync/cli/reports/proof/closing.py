"""What belongs to a closed period, as files that are read without this program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from dinero_sync import __version__
from dinero_sync.cli.reports.money import clearing as clearing_report
from dinero_sync.cli.reports.money import reconcile as reconcile_report
from dinero_sync.cli.reports.proof.changes import changes
from dinero_sync.cli.reports.proof.pages import cell, digest, json_file, table, with_sums
from dinero_sync.cli.reports.tables import moment, picked, trimmed
from dinero_sync.cli.terminal import Line, text_of
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.step import Fact, Facts, Language, Sentence
from dinero_sync.errors import ExitCode
from dinero_sync.journal.folder.packs import MANIFEST
from dinero_sync.journal.money.closing import Decision
from dinero_sync.pages.reconciliation import as_html
from dinero_sync.sync.insight.closing import Closing
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

DATA = "period.json"
PAGE = "reconcile.html"
OSS = ("country", "rate", "currency", "net", "vat", "net_kroner", "vat_kroner")
LIST = ("vat_number", "goods", "services")
OPEN = ("subject", "document", "standing", "rung", "reason", "day", "total", "currency")


def files(
    found: Closing, earlier: Mapping[str, str] | None, language: Language, now: datetime
) -> dict[str, str]:
    """Write the pack; ``earlier`` are the files of the one before it, to say what changed since."""
    told = {DATA: json_file(_data(found)), **dict(_tables(found, language, now))}
    before = earlier or {}
    changed = list(changes(before[DATA], told[DATA])) if DATA in before else None
    told["changes.md"] = "\n".join(_changes(changed, before, language)) + "\n"
    told = {"index.md": "\n".join(_index(found, changed, language, now)) + "\n", **told}
    told[MANIFEST] = json_file(_manifest(found, told, before, now))
    return with_sums(told)


def _data(found: Closing) -> dict[str, object]:
    return {
        "period": found.name,
        "reconcile": reconcile_report.as_data(found.reconciled),
        "clearing": clearing_report.as_data(found.clearing) if found.clearing else None,
        "open": [{**picked(each, *OPEN), "draft": each.is_draft} for each in found.open],
        "decisions": [
            {**picked(each, "at", "subject"), "decision": json.loads(each.told)}
            for each in found.decisions
        ],
        "margins": [asdict(each) for each in found.margins],
        "oss": [picked(each, *OSS) for each in found.foreign_vat if each.is_oss],
        "other_foreign_vat": [picked(each, *OSS) for each in found.foreign_vat if not each.is_oss],
        "eu_sales_list": [picked(each, *LIST) for each in found.to_businesses],
        "journal": {
            **picked(found.journal, "head", "lines", "bodies_removed"),
            "faults": [_said(each, Language.ENGLISH) for each in found.journal.faults],
        },
    }


def _text(lines: Iterable[str | Line]) -> str:
    return "".join(f"{text_of(each)}\n" for each in lines)


def _tables(found: Closing, language: Language, now: datetime) -> Iterator[tuple[str, str]]:
    yield "reconcile.txt", _text(reconcile_report.as_lines(found.reconciled, language))
    yield PAGE, as_html(found.reconciled, language, accounting_date(now))
    if found.clearing is not None:
        yield "clearing.txt", _text(clearing_report.as_lines(found.clearing, language))
    for name, is_oss in (("oss.csv", True), ("other-foreign-vat.csv", False)):
        rows = [picked(each, *OSS) for each in found.foreign_vat if each.is_oss is is_oss]
        yield name, _csv(OSS, rows)
    yield "eu-sales-list.csv", _csv(LIST, [picked(each, *LIST) for each in found.to_businesses])


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write a table as Danish spreadsheets read it: semicolons, and a comma in amounts."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow(_danish(name, row[name]) for name in names)
    return text.getvalue()


def _danish(name: str, value: object) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    return (trimmed(value) if name == "rate" else f"{value:.2f}").replace(".", ",")


def _manifest(
    found: Closing, told: Mapping[str, str], before: Mapping[str, str], now: datetime
) -> dict[str, object]:
    earlier = json.loads(before[MANIFEST]) if MANIFEST in before else None
    return {
        "period": found.name,
        "from": found.first,
        "to": found.last,
        "made": now.isoformat(),
        "version": __version__,
        "exit_code": int(found.exit_code),
        "journal_head": found.journal.head,
        "files": {name: digest(content) for name, content in told.items()},
        "earlier": earlier and {name: earlier.get(name) for name in ("made", "journal_head")},
    }


def _say(code: str, language: Language, **facts: Fact) -> str:
    return tell(f"proof.closing.{code}", language, **facts)


def _said(each: Sentence, language: Language) -> str:
    return tell(each.text, language, **each.facts)


def verdict(found: Closing, language: Language) -> Iterator[str]:
    """Say whether the period can be closed, or what keeps it from that."""
    if found.exit_code is ExitCode.OK:
        yield _say("closed", language, period=found.name)
    else:
        yield _say("not_closed", language, period=found.name)
    if not found.reconciled.is_proved:
        yield "- " + _say("differs", language, amount=found.reconciled.difference)
    if found.clearing_differs:
        yield "- " + _say("clearing_differs", language)
    if found.held:
        yield "- " + _say("held", language, count=found.held)
    drafts = sum(each.is_draft for each in found.open)
    if drafts:
        yield "- " + _say("drafts", language, count=drafts)
    for each in found.journal.faults:
        yield "- " + _say("journal_fault", language, fault=_said(each, language))


def _index(
    found: Closing, changed: Sequence[str] | None, language: Language, now: datetime
) -> Iterator[str]:
    facts: Facts = {"period": found.name, "first": found.first, "last": found.last}
    yield f"# {_say('title', language, **facts)}"
    yield ""
    yield _say("made", language, version=__version__, moment=moment(now, language))
    yield ""
    yield from verdict(found, language)
    if changed is not None:
        yield ""
        yield f"{_say('changed', language, count=len(changed))} [changes.md](changes.md)"
    for part in (_under_way, _open, _gaps, _decisions, _margins, _oss, _list, _journal):
        yield ""
        yield from part(found, language)
    yield ""
    yield f"## {_say('files', language)}"
    yield ""
    cleared = () if found.clearing is None else ("clearing.txt",)
    sums = ("oss.csv", "other-foreign-vat.csv", "eu-sales-list.csv")
    for name in ("reconcile.txt", PAGE, *cleared, *sums, DATA, MANIFEST):
        yield f"- [{name}]({name}): {_say(name, language)}"


def _section(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], language: Language
) -> Iterator[str]:
    yield f"## {_say(title, language)}"
    yield ""
    if not rows:
        yield _say("nothing", language)
        return
    yield from table([_say(f"head.{each}", language) for each in heads], rows)


def _under_way(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (
            statement.account.number,
            len(statement.open),
            _amount(sum((each.amount for each in statement.open), Decimal(0)), language),
        )
        for statement in (found.clearing.statements if found.clearing else [])
        if statement.open
    ]
    yield from _section("under_way", ("account", "payments", "amount"), rows, language)


def _open(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (
            cell(each.subject),
            cell(each.document),
            cell(each.standing),
            cell(telling.in_short(each.reason, language)),
            each.day or "",
            _amount(each.total, language) + f" {each.currency or ''}",
        )
        for each in found.open
    ]
    heads = ("subject", "document", "standing", "reason", "day", "amount")
    yield from _section("open", heads, rows, language)


def _decisions(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (moment(each.at, language), cell(each.subject), cell(_noted(each, language)))
        for each in found.decisions
    ]
    yield from _section("decisions", ("at", "subject", "decision"), rows, language)


def _noted(decision: Decision, language: Language) -> str:
    """Say what was decided, with its note."""
    told = json.loads(decision.told).items()
    return "; ".join(
        f"{telling.in_short(name, language)}: {value}" for name, value in told if value
    )


def _gaps(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (each.first, each.last, each.day or "?", cell(each.order)) for each in found.reconciled.gaps
    ]
    yield from _section("gaps", ("number", "until", "day", "subject"), rows, language)


def _margins(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (
            each.day,
            cell(each.order_number),
            each.invoice_number or "",
            cell(each.description),
            _amount(each.amount, language),
            _amount(each.posted_margin, language),
        )
        for each in found.margins
    ]
    heads = ("day", "subject", "invoice", "text", "amount", "margin")
    yield from _section("margins", heads, rows, language)


def _oss(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (
            each.country,
            f"{trimmed(each.rate)} %",
            each.currency,
            _amount(each.net, language),
            _amount(each.vat, language),
            _amount(each.net_kroner, language),
            _amount(each.vat_kroner, language),
        )
        for each in found.foreign_vat
    ]
    heads = ("country", "rate", "currency", "net", "vat", "net_kroner", "vat_kroner")
    yield from _section("oss", heads, rows, language)


def _list(found: Closing, language: Language) -> Iterator[str]:
    rows = [
        (
            cell(each.vat_number or "?"),
            _amount(each.goods, language),
            _amount(each.services, language),
        )
        for each in found.to_businesses
    ]
    yield from _section("eu_sales_list", ("vat_number", "goods", "services"), rows, language)


def _journal(found: Closing, language: Language) -> Iterator[str]:
    yield f"## {_say('journal', language)}"
    yield ""
    journal = found.journal
    yield _say("head", language, lines=journal.lines, head=journal.head)


def _amount(value: Decimal | None, language: Language) -> str:
    return "" if value is None else telling.amount(value, language)


def _changes(
    changed: Sequence[str] | None, before: Mapping[str, str], language: Language
) -> Iterator[str]:
    yield f"# {_say('changes', language)}"
    yield ""
    if changed is None:
        yield _say("first_time", language)
        return
    made = datetime.fromisoformat(json.loads(before[MANIFEST])["made"])
    yield _say("since", language, moment=moment(made, language), count=len(changed))
    yield ""
    yield from changed
