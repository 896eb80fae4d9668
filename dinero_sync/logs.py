"""Logs: one JSON object a line for machines, short lines for a person at a terminal; on stderr.

What may stand in a log line is named here, field by field: names, addresses, phone numbers, tokens
and keys can't slip in by a careless call, because a field that isn't listed is refused.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO
from uuid import uuid4

from dinero_sync.domain.plain_text import printable
from dinero_sync.signs import takes_every_sign


@contextmanager
def _left_out(package: str) -> Iterator[None]:
    """Let imports within this find that ``package`` isn't installed, unless it is imported by now.

    Later imports find it.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # "import" says then that it isn't there
    try:
        yield
    finally:
        del sys.modules[package]


# structlog draws tracebacks with rich where that is installed. Nothing here logs one, and each run
# would spend a fifth of its start on it.
with _left_out("rich"):
    import structlog
    from structlog import get_logger
    from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = [
    "ALLOWED_FIELDS",
    "BILL_OUTCOME",
    "FIXED_EVENTS",
    "ORDER_OUTCOME",
    "PAYOUT_OUTCOME",
    "RUN_FINISHED",
    "begin_for_shop",
    "get_logger",
    "of_shop",
    "run_id",
    "set_up_logs",
]
ORDER_OUTCOME = "order.outcome"
BILL_OUTCOME = "bill.outcome"
PAYOUT_OUTCOME = "payout.outcome"
RUN_FINISHED = "run.finished"
FIXED_EVENTS = frozenset({ORDER_OUTCOME, BILL_OUTCOME, PAYOUT_OUTCOME, RUN_FINISHED})
"""Events that monitoring relies on: they appear at every verbosity."""
REPORTED = FIXED_EVENTS | {"run.stopped", "config.problem", "shops.finished"}
"""Events that a run's report tells a person in full."""

ALLOWED_FIELDS = frozenset({
    "event", "timestamp", "level", "run_id", "shop",
    "order_id", "outcome", "reason", "invoice_guid", "invoice_number", "total", "currency",
    "bill", "voucher", "voucher_number",
    "payout_id", "source", "ledger_item", "net",
    "outcomes", "calls", "seconds", "watermark", "exit_code", "journal_head",
    "message", "file", "line", "column", "key", "count", "service", "since", "label",
})  # fmt: skip


def set_up_logs(
    *,
    verbosity: int,
    log_format: str | None,
    stream: TextIO | None = None,
    reported: bool = False,
) -> None:
    """Send log lines to ``stream`` (stderr), from warnings up when ``verbosity`` is negative.

    Where a person is ``reported`` what came of it, text leaves out what says the same, unless more
    is asked for by ``verbosity``.

    ``log_format`` is ``json`` or ``text``; None decides by whether a person looks on. Every line
    of one process carries the same ``run_id``.
    """
    if "run_id" not in structlog.contextvars.get_contextvars():
        structlog.contextvars.bind_contextvars(run_id=str(uuid4()))
    terminal = (sys.stderr if stream is None else stream).isatty()
    as_json = log_format == "json" or (log_format is None and not terminal)
    escaped = not takes_every_sign(stream or sys.stderr)
    level = {-1: logging.WARNING, 0: logging.INFO}.get(verbosity, logging.DEBUG)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _above(level),
            *([_unless_reported] if reported and verbosity <= 0 and not as_json else []),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed_fields,
            structlog.processors.JSONRenderer(ensure_ascii=escaped) if as_json else _short_line,
        ],
        # Looked up for each line: a progress bar takes stderr's place while it is shown.
        logger_factory=lambda *_: _Lines(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


class _Lines:
    """Writes lines as long as somebody takes them.

    A reader that has left, or a full disk under the log, never stops the work or changes how it
    ends: what was done stands in the journal, and a run that died of its log would leave orders
    unbooked. Once there is room again, the lines go on.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        with suppress(OSError):
            print(line, file=self._stream, flush=True)

    debug = info = warning = error = critical = msg


def begin_for_shop(name: str) -> None:
    """Have the lines of this process bear a shop of many, and a ``run_id`` that is its own."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(shop=name)


@contextmanager
def of_shop(name: str) -> Iterator[None]:
    """Have the lines within this bear a shop of many."""
    with structlog.contextvars.bound_contextvars(shop=name):
        yield


def run_id() -> str:
    """Return the id that the log lines of this process carry; raises KeyError before set-up."""
    return str(structlog.contextvars.get_contextvars()["run_id"])


def _above(level: int) -> Processor:
    def drop_below(_: WrappedLogger, method: str, event: EventDict) -> EventDict:
        if event["event"] in FIXED_EVENTS or logging.getLevelName(method.upper()) >= level:
            return event
        raise structlog.DropEvent

    return drop_below


def _unless_reported(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if event["event"] in REPORTED:
        raise structlog.DropEvent
    return event


def _only_allowed_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    strangers = event.keys() - ALLOWED_FIELDS
    if strangers:
        raise ValueError(f"log fields that aren't listed: {', '.join(sorted(strangers))}")
    return event


def _short_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Write what a person wants to see of an event on one line: its message, where it has one.

    Of which shop it is stands above the lines of each.
    """
    shown = dict(event)
    for name in ("timestamp", "run_id", "shop", "journal_head", "calls", "invoice_guid"):
        shown.pop(name, None)
    level, name = shown.pop("level"), shown.pop("event")
    place = ":".join(str(shown.pop(each, "") or "") for each in ("file", "line", "column"))
    message = shown.pop("message", "")
    known = " ".join(f"{key}={value}" for key, value in shown.items() if value is not None)
    said = (place.strip(":"), f"{name} {known}".strip(), message)
    mark = "" if level in {"info", "debug"} else f"{level}: "
    return printable(mark + ": ".join(each for each in said if each))
