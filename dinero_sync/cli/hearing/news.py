"""What is heard of a run that is over: what needs somebody, as ``status`` says it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common
from dinero_sync.cli.failures import in_words
from dinero_sync.cli.hearing.listening import Ended, Heard
from dinero_sync.cli.language import language_of
from dinero_sync.cli.reports import status as report
from dinero_sync.cli.reports.status import Status
from dinero_sync.cli.terminal import text_of, wrapped
from dinero_sync.clock import SystemClock
from dinero_sync.config.home import config_if_any
from dinero_sync.config.load import is_one_of_many
from dinero_sync.domain.plain_text import printable
from dinero_sync.domain.spoken import stored
from dinero_sync.domain.step import Language
from dinero_sync.errors import DineroSyncError, ExitCode, StateError, sentence_of
from dinero_sync.journal.database import reading
from dinero_sync.journal.documents import Standing, SubjectRecord
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.logs import run_id
from dinero_sync.notify.channels import channels_of
from dinero_sync.notify.memory import memory_of
from dinero_sync.notify.message import Message
from dinero_sync.notify.news import Kind, Matter, News
from dinero_sync.notify.ping import ping
from dinero_sync.notify.telling import attempt, tell_news
from dinero_sync.sync.run.alarms import ENDED_WELL, NEEDS_A_PERSON, SILENCE, Alarm
from dinero_sync.sync.work.pacing import DailyQuota
from dinero_sync.sync.work.services import SHOP
from dinero_sync.texts.screens.saying import tell

FAILED = "last_run_failed"
OF_RUNS = frozenset({FAILED, "no_run_ends_well", SILENCE})
"""Alarms that only a run which ends well is the end of."""
SHOWN = frozenset({ExitCode.HELD, ExitCode.IN_DOUBT})
"""How runs end after which ``status`` says all that a person needs."""
LASTING = OF_RUNS | {"stuck_run"}
"""Alarms that keep orders from being booked now."""
OF_A_RUN = "run"
"""The code of what a run's exit code alone tells."""
UNMATCHED = "unmatched"
"""The code of a payout that is held for nothing but movements without an order."""
UNNAMED = "config"
"""The stem of a configuration that is named for its shop by nobody."""


def tell_all(common: Common, found: Heard, ended: Ended) -> bool:
    """Tell of a run by every channel; returns whether people know all there is to know."""
    status = status_of(found)
    if found.notify.ping is not None:
        address, what = found.notify.ping.get_secret_value(), _pinged(ended, status)
        attempt("ping", lambda: ping(address, what, found.ca_file))
    if found.notify.prometheus is not None:
        attempt("prometheus", lambda: figures(common, found, status, ended.exit_code))
    return tell_people(common, found, ended, status)


def tell_people(common: Common, found: Heard, ended: Ended, status: Status | None) -> bool:
    """Tell people what is news to them; returns whether they know all there is to know."""
    if not found.notify.tells_people:
        return False
    if found.folder is not None:
        with suppress(StateError):  # no run has made it yet, and what is told is kept in it
            open_state_folder(found.folder)
    language = language_of(common, found.config)
    shop = shop_name(common, found, status)
    matters = [*_of_status(status, ended), *_of_error(status, ended)]
    return tell_news(
        channels_of(found.notify, found.ca_file),
        memory_of(found.folder or Path("/nonexistent"), _file_name(common)),
        matters,
        lambda news: _message(news, matters, status, ended, shop, language),
        stays=lambda key: _stays(key, status, ended),
    )


def shop_name(common: Common, found: Heard, status: Status | None) -> str:
    """Return what a shop is called among others: by its configuration's file, else its company."""
    name = _file_name(common)
    known = status.organization_id if status else found.organization_id
    return str(known) if name == UNNAMED and known else name


def _file_name(common: Common) -> str:
    path = config_if_any(common.config_path)
    return path.stem if path else UNNAMED


def status_of(found: Heard) -> Status | None:
    """Read the status; None where that can't be done."""
    if found.config is None or found.folder is None:
        return None
    try:
        return report.read_status(found.folder, found.config)
    except DineroSyncError:
        return None


def _pinged(ended: Ended, status: Status | None) -> str:
    """Return what is put behind the address: what passes by itself is no failure until it lasts."""
    lasts = status is not None and any(each.code in LASTING for each in status.alarms)
    if ended.exit_code is ExitCode.OK or (ended.exit_code is ExitCode.TEMPORARY and not lasts):
        return ""
    return str(int(ended.exit_code))


def _of_status(status: Status | None, ended: Ended) -> Iterator[Matter]:
    """Name what ``status`` says needs somebody."""
    if status is None:
        return
    for alarm in status.alarms:
        yield Matter(Kind.ALARM, alarm.code, _cause(alarm, status))
    for record in (*status.attention, *status.bills, *status.payouts):
        yield _matter(record)
    waiting = {each.standing for each in (*status.attention, *status.bills, *status.payouts)}
    for code, kind in ((ExitCode.HELD, Kind.HELD), (ExitCode.IN_DOUBT, Kind.IN_DOUBT)):
        is_named = waiting & {Standing(kind)} or (kind is Kind.HELD and status.payouts)
        if ended.exit_code is code and not is_named:
            yield Matter(kind, OF_A_RUN, str(int(code)))


def _matter(record: SubjectRecord) -> Matter:
    kind = Kind.IN_DOUBT if record.standing is Standing.IN_DOUBT else Kind.HELD
    is_order = isinstance(record.subject, int)
    name = f"#{record.number}" if is_order else record.number
    return Matter(kind, str(record.reason or UNMATCHED), f"{record.subject}:{record.chain}", name)


def _of_error(status: Status | None, ended: Ended) -> Iterator[Matter]:
    """Name what ended a run before ``status`` could know of it, where no later run gets over it."""
    known = status.runs.ended if status else None
    is_known = known is not None and known.run_id == run_id()
    if ended.exit_code in NEEDS_A_PERSON and not is_known:
        said = sentence_of(ended.error) if ended.error else ""
        yield Matter(Kind.ALARM, FAILED, f"{int(ended.exit_code)}:{_digest(said)}")


def _cause(alarm: Alarm, status: Status) -> str:
    """Tell apart what a person would call another trouble: by how the run ended, and its words."""
    run = status.runs.ended
    if alarm.code != FAILED or run is None:
        return ""
    return f"{run.exit_code}:{_digest(run.said or '')}"


def _digest(said: str) -> str:
    """Return a short hash of a sentence, whatever the values in it are."""
    return hashlib.sha256(json.dumps(_templates(stored(said))).encode()).hexdigest()[:8]


def _templates(kept: object) -> object:
    if isinstance(kept, dict):
        inner = {name: _templates(each) for name, each in kept["spoken"].items()}
        return [kept["template"], inner]
    return ""


def _stays(remembered: str, status: Status | None, ended: Ended) -> bool:
    """Tell whether what was told may still be so, though nobody can see it now."""
    if status is None:
        return True
    kind, code, _ = remembered.split(":", 2)
    of_runs = (kind == Kind.ALARM and code in OF_RUNS) or code == OF_A_RUN
    return of_runs and ended.exit_code not in ENDED_WELL


def _message(  # noqa: PLR0913, PLR0917 - each is a part of what it says
    news: News,
    matters: list[Matter],
    status: Status | None,
    ended: Ended,
    shop: str,
    language: Language,
) -> Message:
    counted = {kind: sum(each.kind is kind for each in matters) for kind in Kind}
    return Message(
        subject=tell("notify.subject", language, shop=shop, what=_headline(news, language)),
        text="\n".join(_lines(news, status, ended, language)).strip("\n"),
        facts=facts_of(shop, ended.exit_code, news.codes, counted),
    )


def facts_of(
    shop: str, exit_code: int, codes: tuple[str, ...], counted: Mapping[Kind, int]
) -> dict[str, str]:
    """Return what a program is told, by the names of its variables; none is personal data."""
    return {
        "DINERO_SYNC_SHOP": shop,
        "DINERO_SYNC_EXIT_CODE": str(int(exit_code)),
        "DINERO_SYNC_NEWS": " ".join(codes),
        "DINERO_SYNC_ALARMS": str(counted.get(Kind.ALARM, 0)),
        "DINERO_SYNC_HELD": str(counted.get(Kind.HELD, 0)),
        "DINERO_SYNC_IN_DOUBT": str(counted.get(Kind.IN_DOUBT, 0)),
    }


def trial(common: Common, found: Heard, status: Status | None, language: Language) -> Message:
    """Return a message by which a person sees that messages arrive."""
    shop = shop_name(common, found, status)
    what = tell("notify.what.trial", language)
    lines = [
        *wrapped(to_paste(tell("notify.trial", language))),
        "",
        *(() if status is None else _shown(status, language)),
    ]
    return Message(
        subject=tell("notify.subject", language, shop=shop, what=what),
        text="\n".join(lines),
        facts=facts_of(shop, ExitCode.OK, ("trial",), {}),
    )


def _headline(news: News, language: Language) -> str:
    """Say in a few words what is the most urgent of it."""
    if news.begun:
        first = news.begun[0]
        if first.kind is Kind.ALARM:
            return tell(f"notify.what.{first.code}", language)
        count = sum(each.kind is first.kind for each in news.begun)
        return tell(f"notify.what.{first.kind}", language, count=count)
    return tell("notify.what.works_again" if news.works_again else "notify.what.over", language)


def _lines(news: News, status: Status | None, ended: Ended, language: Language) -> Iterator[str]:
    """Write what ended, what is new, and then what ``status`` says."""
    if news.works_again:
        yield from wrapped(tell("notify.works_again", language))
    if news.is_over:
        yield from wrapped(tell("notify.over", language))
    names = tuple(dict.fromkeys(each.name for each in news.begun if each.name))
    if names:
        yield from wrapped(tell("notify.new", language, names=names))
    yield ""
    if any(each.code == OF_A_RUN for each in news.begun):
        code = int(ended.exit_code)
        yield from wrapped(tell("notify.see_the_log", language, code=code))
        yield ""
    if _is_unknown(status, ended):
        yield from wrapped(tell("notify.failed", language, code=int(ended.exit_code)))
        if ended.error is not None:
            yield ""
            yield from wrapped(to_paste(in_words(ended.error, language)))
        yield ""
    if status is not None:
        yield from _shown(status, language)
        yield ""
    yield from wrapped(to_paste(tell("notify.once", language)))


def _shown(status: Status, language: Language) -> Iterator[str]:
    return (printable(text_of(each)).rstrip() for each in report.as_lines(status, language))


def for_report(common: Common, found: Heard | None, ended: Ended) -> str:
    """Return what the report of a systemd unit tells besides what the exit code means.

    Of a shop of many that is whatever is the matter with it, as the exit code is the worst of all.
    """
    path = config_if_any(common.config_path)
    language = language_of(common, found.config if found else None)
    status = status_of(found) if found else None
    shown = "\n".join(_shown(status, language)) if status else ""
    if path is None or not is_one_of_many(path):
        return shown if ended.exit_code in SHOWN else ""
    what = f"operating.shops.code.{int(ended.exit_code)}"
    if status is not None and status.alarms and ended.exit_code not in NEEDS_A_PERSON:
        what = f"notify.what.{status.alarms[0].code}"
    if ended.error is not None:
        shown = printable("\n".join(wrapped(in_words(ended.error, language))))
    head = tell("operating.shops.head", language, shop=path.stem, what=tell(what, language))
    return f"{head}\n\n{shown}\n"


def _is_unknown(status: Status | None, ended: Ended) -> bool:
    return any(_of_error(status, ended))


def figures(
    common: Common, found: Heard, status: Status | None, exit_code: int | None = None
) -> None:
    """Write figures for Prometheus; raises ChannelRefusedError.

    Without ``exit_code``, those of the last run.
    """
    from dinero_sync.notify.figures import Figures, write_figures  # noqa: PLC0415 - few want them

    assert found.notify.prometheus is not None  # noqa: S101 - as whoever asks for them saw
    now = SystemClock().now()
    good = status.runs.last_good if status else None
    last = status.runs.ended if status and exit_code is None else None
    write_figures(
        found.notify.prometheus,
        shop_name(common, found, status),
        Figures(
            exit_code=last.exit_code if last else exit_code,
            ended=last.finished if last else now if exit_code is not None else None,
            ended_well=good.finished if good else None,
            watermark=status.watermark if status else None,
            orders=_orders(status),
            calls_left=_calls_left(found, now),
            needs_you=bool(report.as_data(status)["needs_you"]) if status else None,
        ),
    )


def _orders(status: Status | None) -> dict[str, int] | None:
    if status is None:
        return None
    return {str(each): status.counts.get(each, 0) for each in Standing if each != Standing.BEHIND}


def _calls_left(found: Heard, now: datetime) -> int | None:
    """Return how many calls to the shop are left; None where nothing can be known of it."""
    assert now.tzinfo is not None  # noqa: S101 - aware, as all times here
    if found.config is None or found.folder is None:
        return None
    try:
        with reading(found.folder) as db:
            return DailyQuota(db, SystemClock(), SHOP, found.config.shoporama.daily_calls).left()
    except DineroSyncError:
        return None
