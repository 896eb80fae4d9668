"""A shop, a company in Dinero and dinero-sync between them, in a time that stands still.

Everything is real but the time: HTTP on this machine, journals on disk. A run may be stopped,
killed or overtaken by another one at any of its looks at the clock, of which there are several
around each call and each line of the journal.
"""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import structlog
import yaml
from standing_time import NOON, Happening, Killed, RunClock, StandingTime, nothing

from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.step import Sentence
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.database import journal_id, open_copy
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.upkeep.verification import verify
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import credentials, demo_config, running_sandbox
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.by_hand import open_state, release, skip_order, waiting_drafts
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions, book_drafts, run
from dinero_sync.sync.work.workplace import Workplace, open_workplace

START = date(2026, 12, 1)
OURS = "ours"
"""The state folder that counts."""
BUYERS_WORDS = ("Prøve", "proeve", "cafe.", "kommune", "unni", "+45", "90000039", "5798009999993")
"""Parts of every name, address and number of the buyers: no log line may hold one."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a run left behind."""

    result: RunResult | None
    """None when the run was killed."""
    requests: dict[str, int]
    """How many requests each service got."""
    log: list[Json]

    @property
    def exit_code(self) -> int:
        """Return what the command exits with; 137 stands for killed."""
        return 137 if self.result is None else int(self.result.exit_code)

    def events(self, name: str) -> list[Json]:
        """Return the log lines of an event."""
        return [line for line in self.log if line["event"] == name]


class Trade:
    """Shop, books, and the runs between them."""

    def __init__(self, sandbox: Sandbox, time: StandingTime, folder: Path) -> None:
        """Keep state folders under ``folder``; :meth:`begin` starts each example."""
        self.sandbox = sandbox
        self.time = time
        self._folder = folder
        self._base = _base_config(sandbox, folder)
        self._log = io.StringIO()
        self._settings: Json = {}
        self._shop_url: str | None = None
        self.heads: list[str] = []

    def begin(
        self, settings: Json | None = None, shop_url: str | None = None, **shop: object
    ) -> None:
        """Begin anew: an empty shop that behaves as ``shop`` says, empty books, no memory.

        ``settings`` are keys of ``sync``; ``shop_url`` names another shop than the sandbox's.
        """
        self._shop_url = shop_url
        self.time.moment = NOON
        self.sandbox.reset()
        self.sandbox.change_settings(**shop)
        self._settings = settings or {}
        for path in self._folder.glob("state-*"):
            shutil.rmtree(path)
        self._log = io.StringIO()
        set_up_logs(verbosity=1, log_format="json", stream=self._log)
        self.heads = []

    def config(self, state: str = OURS) -> Config:
        """Return the configuration with a state folder of its own."""
        changes = {"state_dir": self.state_folder(state), **self._settings}
        shop: Json = {} if self._shop_url is None else {"base_url": self._shop_url}
        return self._base.model_copy(
            update={
                "sync": self._base.sync.model_copy(update=changes),
                "shoporama": self._base.shoporama.model_copy(update=shop),
            }
        )

    def state_folder(self, state: str = OURS) -> Path:
        """Return a state folder's path."""
        return self._folder / f"state-{state}"

    @contextmanager
    def at_work(self, clock: RunClock, state: str = OURS) -> Iterator[Workplace]:
        """Open what a command works with, as a process of its own would."""
        with (
            structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
            open_workplace(self.config(state), "config.yaml", clock) as place,
        ):
            yield place

    def run(
        self,
        state: str = OURS,
        *,
        at_look: int = 0,
        happen: Happening = nothing,
    ) -> Finished:
        """Do one run, as ``dinero-sync run`` does; at one look at the clock something happens."""
        return self._finished(state, at_look, happen, lambda place: run(place, RunOptions()))

    def book_waiting_drafts(self) -> Finished:
        """Book the drafts that wait, as ``dinero-sync book`` does."""

        def work(place: Workplace) -> RunResult:
            return book_drafts(place, waiting_drafts(place.db, None))

        return self._finished(OURS, 0, nothing, work)

    def _finished(
        self,
        state: str,
        at_look: int,
        happen: Happening,
        work: Callable[[Workplace], RunResult],
    ) -> Finished:
        before, log_start = self.sandbox.request_count, self._log.tell()
        result: RunResult | None = None
        try:
            with self.at_work(RunClock(self.time, at_look, happen), state) as place:
                result = work(place)
        except Killed:
            pass  # what it had written stays
        if result is not None and state == OURS:
            self.heads.append(result.journal_head)
        requests: dict[str, int] = {"shoporama": 0, "dinero": 0}
        for request in self.sandbox.requests:
            if request.number > before:
                requests[request.service] = requests.get(request.service, 0) + 1
        return Finished(result=result, requests=requests, log=self._log_from(log_start))

    def _log_from(self, start: int) -> list[Json]:
        text = self._log.getvalue()[start:]
        assert not [word for word in BUYERS_WORDS if word in text], "a log names a buyer"
        return [json.loads(line) for line in text.splitlines()]

    def retry(self, order_id: int) -> None:
        """Release a held order, as ``dinero-sync retry`` does."""
        record = self.record(order_id)
        assert record is not None
        with (
            structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
            open_state(self.config()) as (db, _),
        ):
            release(db, record, self.time())

    def skip(self, order_id: int) -> None:
        """End an order without an invoice, as ``dinero-sync skip`` does."""
        record = self.record(order_id)
        assert record is not None
        with self.at_work(RunClock(self.time, 0, nothing)) as place:
            skip_order(place, record, "handled by hand")

    def lose_state(self) -> None:
        """Lose the state folder."""
        shutil.rmtree(self.state_folder(), ignore_errors=True)
        self.heads = []

    def watermark(self) -> datetime | None:
        """Return up to when the shop was read."""
        with closing(open_copy(self.state_folder())) as db:
            return watermark.load(self.state_folder(), journal_id(db))

    def set_watermark(self, moment: datetime | None) -> None:
        """Write the watermark by hand; delete it with None."""
        path = self.state_folder() / watermark.FILE_NAME
        if moment is None:
            path.unlink(missing_ok=True)
            return
        content = json.loads(path.read_text())
        path.write_text(json.dumps({**content, "watermark": moment.isoformat()}))

    def record(self, order_id: int) -> OrderRecord | None:
        """Return what our journal knows of an order."""
        with closing(open_copy(self.state_folder())) as db:
            return orders.load(db, order_id)

    def records(self) -> dict[int, OrderRecord]:
        """Return everything that our journal knows of orders."""
        with closing(open_copy(self.state_folder())) as db:
            found = orders.standing(db, tuple(Standing))
        return {record.order_id: record for record in found}

    def journal_faults(self) -> tuple[Sentence, ...]:
        """Return what is wrong with the chain of the journal's effects."""
        with closing(open_copy(self.state_folder())) as db:
            return verify(db, tuple(self.heads)).faults

    def invoice(self, order_id: int) -> Invoice | None:
        """Return the live invoice or draft with the order's identity."""
        guid = str(invoice_guid(credentials.ORGANIZATION_ID, order_id))
        found = self.sandbox.invoices.get(guid)
        return None if found is None or found.deleted_at else found

    def fault(
        self, kind: str, service: str, path: str = "*", method: str = "*", **options: object
    ) -> None:
        """Let requests to a service meet a fault."""
        match = {"service": service, "path": path, "method": method}
        self.sandbox.add_fault({"match": match, "kind": kind, **options})


def _base_config(sandbox: Sandbox, folder: Path) -> Config:
    """Load the sandbox's configuration; MobilePay's orders are booked once they are shipped."""
    content = yaml.safe_load(demo_config(sandbox.url, start_date=START))
    content["sync"]["state_dir"] = str(folder)
    for entry in content["payment_types"]:
        if entry["name"] == "MobilePay":
            entry["trigger"] = "shipped"
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True))
    path.chmod(0o600)
    return load_config(path)


@contextmanager
def trading(folder: Path) -> Iterator[Trade]:
    """Run a sandbox in standing time."""
    time = StandingTime()
    with running_sandbox(orders="none") as sandbox, patch.object(sandbox, "now", time):
        yield Trade(sandbox, time, folder)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
