"""The same commands inside this process: real client, real files, real HTTP, no waiting.

The clock is the sandbox's; where the program waits, the time passes at once.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from crash_desk import Desk, accepted

from dinero_sync.cli.failures import expected
from dinero_sync.cli.reports.proof.closing import files
from dinero_sync.clock import SystemClock
from dinero_sync.dinero.auth.oauth import Consent
from dinero_sync.domain.step import Language
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.folder import packs
from dinero_sync.journal.papers import bills as store
from dinero_sync.logs import set_up_logs
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.insight.closing import close
from dinero_sync.sync.run.bills.by_hand import release_bill
from dinero_sync.sync.run.by_hand import skip_order, waiting_drafts
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.credit.reopening import reopened
from dinero_sync.sync.run.run import RunOptions, book_drafts, run
from dinero_sync.sync.setup.connecting import connect
from dinero_sync.sync.work.workplace import Workplace, open_workplace

DEADLINE_SECONDS = 1800.0


class QuickClock(SystemClock):
    """The sandbox's time, which a pause moves on; may be set wrong by ``error``."""

    def __init__(self, sandbox: Sandbox, error: timedelta) -> None:
        """Start the time of a run."""
        self._sandbox = sandbox
        self._begun = sandbox.now()
        self.error = error
        super().__init__(DEADLINE_SECONDS)

    def now(self) -> datetime:
        """Return the sandbox's time, and the error of this clock."""
        return self._sandbox.now() + self.error

    def seconds(self) -> float:
        """Return how long the run has lasted by the sandbox's time."""
        return (self._sandbox.now() - self._begun).total_seconds()

    def pause(self, seconds: float) -> None:
        """Let the time pass without waiting for it."""
        self.check()
        let_pass(self._sandbox, timedelta(seconds=seconds))
        self.check()


def let_pass(sandbox: Sandbox, duration: timedelta) -> None:
    """Move the sandbox's clock on."""
    shift = sandbox.settings.clock_shift_seconds + duration.total_seconds()
    sandbox.change_settings(clock_shift_seconds=shift)


def give_inside(desk: Desk, *arguments: str, clock_error: timedelta = timedelta(0)) -> int:
    """Give a command as one of the scenarios has it, and return its exit status.

    That is ``run``, ``book --all``, ``skip``, ``retry``, ``credit ORDER --all``, also with
    ``--refund-to gift_card``, ``connect``, ``close PERIOD -o FOLDER``, or
    ``resolve ORDER --reopen``.

    Lets pass what is no expected error: a fault of the program, or a death that a test asked for.
    """
    desk.runs += 1
    set_up_logs(verbosity=-1, log_format="json", stream=io.StringIO())
    structlog.contextvars.bind_contextvars(run_id=str(uuid4()))
    clock = QuickClock(desk.sandbox, clock_error)
    try:
        if arguments[0] == "connect":
            return _connect(desk, clock)
        if arguments[0] == "close":
            return _close(desk, clock, *arguments[1::2])
        with _at_work(desk, clock) as place:
            return _work(place, arguments)
    except Exception as error:
        explained = expected(error)
        if explained is None:
            raise
        return int(explained.exit_code)


def _work(place: Workplace, arguments: tuple[str, ...]) -> int:
    if arguments[0] == "run":
        return int(run(place, RunOptions()).exit_code)
    if arguments[0] == "book":
        return int(book_drafts(place, waiting_drafts(place.db, None)).exit_code)
    if arguments[0] == "retry":
        return _retry_bills_in_doubt(place)
    record = orders.load(place.db, int(arguments[1]))
    assert record is not None
    if arguments[0] == "credit":
        options = CreditOptions(
            wanted=Wanted(everything=True),
            reason=arguments[arguments.index("--reason") + 1],
            to_gift_card="--refund-to" in arguments,
        )
        found = decide_credit(place, record, options)
        return int(make_credit(place, found, options.reason).exit_code)
    if arguments[0] == "resolve":
        return int(reopened(place, record).exit_code)
    skip_order(place, record, arguments[-1])
    return 0


def _retry_bills_in_doubt(place: Workplace) -> int:
    """Do what a person does who looked at Dinero, and found no voucher of the bills in doubt."""
    for record in store.standing(place.db, (Standing.IN_DOUBT,)):
        release_bill(place.db, record, place.clock.now())
    return 0


def _connect(desk: Desk, clock: QuickClock) -> int:
    def ask(consent: Consent) -> str:
        return accepted(consent.url)

    connect(desk.config(), clock, ask, lambda companies: companies[0])
    return 0


def _close(desk: Desk, clock: QuickClock, period: str, output: str) -> int:
    folder = desk.folder / output
    before = packs.earlier(folder)
    found = close(desk.config(), str(desk.config_file), clock, period)
    packs.write_pack(folder, files(found, before, Language.ENGLISH, clock.now()))
    return int(found.exit_code)


@contextmanager
def _at_work(desk: Desk, clock: QuickClock) -> Iterator[Workplace]:
    with open_workplace(desk.config(), str(desk.config_file), clock) as place:
        yield place
