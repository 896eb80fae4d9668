"""A shop, its company in Dinero, and dinero-sync between them, over real HTTP on this machine.

It is Thursday 10 December 2026, noon in Copenhagen, and the shop handed over on 1 December. Time
moves only when told to, or when the program asks to wait.
"""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
import yaml
from shop import ORDER_ID

from dinero_sync.clock import SystemClock
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.step import Sentence
from dinero_sync.errors import ExitCode, StateError
from dinero_sync.journal import effects, orders, watermark
from dinero_sync.journal.database import journal_id, open_copy
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.journal.upkeep.verification import verify
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import credentials, demo_config
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.faults import Fault, FaultScript
from dinero_sync.sandbox.state import RequestRecord, Sandbox
from dinero_sync.sync.run.by_hand import (
    open_state,
    refuse_to_release,
    release,
    skip_order,
    waiting_drafts,
)
from dinero_sync.sync.run.releasing import refuse_day
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions, book_drafts, run
from dinero_sync.sync.work.workplace import Workplace, open_workplace

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=COPENHAGEN)
START = date(2026, 12, 1)
READS = {"GET", "HEAD"}


def set_clock(sandbox: Sandbox, moment: datetime) -> None:
    """Let it be ``moment`` in the sandbox."""
    shift = (moment - datetime.now(UTC)).total_seconds()
    sandbox.change_settings(clock_shift_seconds=shift)


def let_pass(sandbox: Sandbox, duration: timedelta) -> None:
    """Move the sandbox's clock on."""
    shift = sandbox.settings.clock_shift_seconds + duration.total_seconds()
    sandbox.change_settings(clock_shift_seconds=shift)


class SandboxClock(SystemClock):
    """The sandbox's time: a pause moves it on at once."""

    def __init__(self, sandbox: Sandbox, deadline_seconds: float | None = None) -> None:
        """Start a run's time."""
        self._sandbox = sandbox
        self._begun = sandbox.now()
        self.pauses: list[float] = []
        super().__init__(deadline_seconds)

    def now(self) -> datetime:
        """Return the sandbox's time."""
        return self._sandbox.now()

    def seconds(self) -> float:
        """Return how long the run has lasted by the sandbox's time."""
        return (self.now() - self._begun).total_seconds()

    def pause(self, seconds: float) -> None:
        """Let the time pass without waiting."""
        self.check()
        self.pauses.append(seconds)
        let_pass(self._sandbox, timedelta(seconds=seconds))
        self.check()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a run left behind."""

    result: RunResult
    planned: list[OrderRecord]
    """In a dry run: the orders that would have been delivered."""
    log: list[dict[str, Any]]
    requests: list[RequestRecord]
    pauses: list[float]

    @property
    def exit_code(self) -> ExitCode:
        """Return what the command exits with."""
        return self.result.exit_code

    def calls(self, service: str) -> list[str]:
        """List the calls to a service as ``GET /path``, without the part that is always there."""
        return [
            f"{request.method} {_short(request.path)}"
            for request in self.requests
            if request.service == service
        ]

    def writes(self) -> list[str]:
        """List the calls that change something at Dinero."""
        return [call for call in self.calls("dinero") if call.split()[0] not in READS]

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the log lines of an event."""
        return [line for line in self.log if line["event"] == name]


class Business:
    """Everything that a test of a run acts on."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        """Begin with an empty shop, empty books, and no state folder."""
        self.sandbox = sandbox
        self.state_folder = folder / "state"
        self.config_file = folder / "config.yaml"
        self.config: dict[str, Any] = yaml.safe_load(demo_config(sandbox.url, start_date=START))
        self._deadline_seconds: float | None = None

    def sell(self, *raw_orders: dict[str, Any]) -> None:
        """Put orders into the shop."""
        self.sandbox.add_orders(raw_orders)

    def change(self, order_id: int = ORDER_ID, **fields: object) -> None:
        """Change an order in the shop, now."""
        self.sandbox.change_order(order_id, fields)

    def wait(self, **duration: float) -> None:
        """Let time pass: ``wait(hours=6)``."""
        let_pass(self.sandbox, timedelta(**duration))

    def fault(self, kind: str, path: str = "*", method: str = "*", **options: object) -> None:
        """Let the next request to a path meet a fault: at Dinero, or where ``service`` says."""
        service = options.pop("service", "dinero")
        match = {"service": service, "method": method, "path": path}
        self.sandbox.add_fault({"match": match, "kind": kind, **options})

    def meanwhile(self, method: str, path: str, act: Callable[[], None]) -> None:
        """Let somebody act a moment before Dinero processes the next such request."""
        self.sandbox.faults = _Meanwhile(Fault(kind="stale", method=method, path=path), act)

    def loaded(self) -> Config:
        """Write the configuration to its file and load it as the command does."""
        self.config["sync"]["state_dir"] = str(self.state_folder)
        self.config_file.write_text(yaml.safe_dump(self.config, allow_unicode=True))
        self.config_file.chmod(0o600)
        return load_config(self.config_file)

    @contextmanager
    def at_work(
        self, *, dry_run: bool = False, deadline_seconds: float | None = None
    ) -> Iterator[Workplace]:
        """Open what a command works with, as a process of its own would."""
        clock = SandboxClock(self.sandbox, deadline_seconds)
        config, config_file = self.loaded(), str(self.config_file)
        with (
            self.in_a_process(),
            open_workplace(config, config_file, clock, dry_run=dry_run) as place,
        ):
            yield place

    @contextmanager
    def in_a_process(self) -> Iterator[None]:
        """Give what is done within it a run id of its own."""
        structlog.contextvars.bind_contextvars(run_id=str(uuid4()))
        yield

    def run_once(
        self,
        options: RunOptions | None = None,
        *,
        dry_run: bool = False,
        deadline_seconds: float | None = None,
        stop_after_steps: int | None = None,
    ) -> Finished:
        """Do one run, as ``dinero-sync run`` does; ``stop_after_steps`` plays a SIGTERM."""

        def work(place: Workplace) -> RunResult:
            def progress(done: int, _: int) -> None:
                if done == stop_after_steps:
                    place.clock.stop()

            return run(place, options or RunOptions(), progress)

        return self.do(work, dry_run=dry_run, deadline_seconds=deadline_seconds)

    def do(
        self,
        work: Callable[[Workplace], RunResult],
        *,
        dry_run: bool = False,
        deadline_seconds: float | None = None,
    ) -> Finished:
        """Do ``work`` and collect what it logged and asked."""
        stream = io.StringIO()
        set_up_logs(verbosity=1, log_format="json", stream=stream)
        before = self.sandbox.request_count
        with self.at_work(dry_run=dry_run, deadline_seconds=deadline_seconds) as place:
            result = work(place)
            planned = [orders.loaded(place.db, order_id) for order_id in result.planned]
            assert isinstance(place.clock, SandboxClock)
            pauses = place.clock.pauses
        return Finished(
            result=result,
            planned=planned,
            log=[json.loads(line) for line in stream.getvalue().splitlines()],
            requests=[each for each in self.sandbox.requests if each.number > before],
            pauses=pauses,
        )

    def retry(
        self, order_id: int = ORDER_ID, *, again: bool = False, day: date | None = None
    ) -> None:
        """Release a held order, as ``dinero-sync retry`` does; ``day`` is its ``--date``."""
        config, now = self.loaded(), self.sandbox.now()
        with self.in_a_process(), open_state(config) as (db, _):
            record = self.order(order_id)
            refuse_to_release(record, again=again)
            if day is not None:
                refuse_day(record, day, config.dinero.closed_until, accounting_date(now))
            release(db, record, now, day=day)

    def skip(self, order_id: int = ORDER_ID, reason: str = "booked by hand") -> None:
        """End an order without an invoice, as ``dinero-sync skip`` does."""
        with self.at_work() as place:
            skip_order(place, self.order(order_id), reason)

    def book(self, *order_ids: int) -> Finished:
        """Book the drafts that wait, or those of some orders, as ``dinero-sync book`` does."""

        def work(place: Workplace) -> RunResult:
            named = [self.order(order_id) for order_id in order_ids] or None
            return book_drafts(place, waiting_drafts(place.db, named))

        return self.do(work)

    def expire_consent_in(self, duration: timedelta) -> None:
        """Let the kept connection end after ``duration``."""
        store = TokenFile(self.state_folder)
        tokens = store.read()
        assert tokens is not None, "nothing is connected"
        store.save(replace(tokens, refresh_expires_at=self.sandbox.now() + duration))

    def order(self, order_id: int = ORDER_ID) -> OrderRecord:
        """Return what the journal knows of an order."""
        with closing(open_copy(self.state_folder)) as db:
            record = orders.load(db, order_id)
        assert record is not None, f"order {order_id} is in no journal"
        return record

    def begun(self, order_id: int = ORDER_ID) -> set[str]:
        """Return the kinds of change at Dinero that were begun for an order and have no outcome."""
        with closing(open_copy(self.state_folder)) as db:
            return {str(kind) for kind in effects.open_intents(db, order_id)}

    def faults_of_the_journal(self) -> tuple[Sentence, ...]:
        """Return what `verify` finds, which is nothing after anything that the program does.

        A journal that a test damaged has nothing to find.
        """
        try:
            db = open_copy(self.state_folder)
        except StateError:
            return ()
        with closing(db):
            return verify(db).faults

    def watermark(self) -> datetime | None:
        """Return up to when the shop was read, in Copenhagen."""
        with closing(open_copy(self.state_folder)) as db:
            moment = watermark.load(self.state_folder, journal_id(db))
        return None if moment is None else moment.astimezone(COPENHAGEN)

    def invoices(self) -> list[Invoice]:
        """List the live invoices and drafts in Dinero, in the order they were created."""
        return [each for each in self.sandbox.invoices.values() if each.deleted_at is None]

    def invoice(self, order_id: int = ORDER_ID) -> Invoice:
        """Return the invoice of an order in Dinero."""
        return self.sandbox.invoices[str(invoice_guid(credentials.ORGANIZATION_ID, order_id))]

    def payments(self, order_id: int = ORDER_ID) -> list[Decimal]:
        """Return the amounts registered on an order's invoice."""
        return [payment.amount for payment in self.invoice(order_id).payments]


def _short(path: str) -> str:
    """Leave the prefix, the version and the organisation out of a path."""
    parts = [part for part in path.split("/") if part != str(credentials.ORGANIZATION_ID)]
    return "/".join(parts[3:])


class _Meanwhile(FaultScript):
    """Lets somebody act once, a moment before a request is processed."""

    def __init__(self, wanted: Fault, act: Callable[[], None]) -> None:
        super().__init__()
        self._wanted = wanted
        self._act: Callable[[], None] | None = act

    def take(self, service: str, method: str, path: str) -> Fault | None:
        act = self._act
        if act is not None and self._wanted.matches(service, method, path):
            self._act = None
            act()
        return super().take(service, method, path)
