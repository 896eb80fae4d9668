"""Work in processes of their own, some at once: each ends as it ends, and harms no other.

They are forked from this one, which has imported everything and runs no threads; what a fork must
not share is begun anew in it. Each has a time by which it is ended by force.
"""

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from dinero_sync.cli import let_go_of
from dinero_sync.cli.work import FROM_THE_PARENT, STOPPING
from dinero_sync.errors import ExitCode
from dinero_sync.logs import begin_for_shop

KILLED_AFTER_SECONDS = 120.0
"""Between the signal that asks a process whose time is over to end, and the one it can't refuse."""
LOOK_SECONDS = 0.1
"""How soon is noticed that this process was asked to stop, or that another's time is over."""
ENDING_SECONDS = 0.001
"""The same of the end of a process that has closed its output."""
PIECE = 65_536
FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, FROM_THE_PARENT})
"""Signals that say nothing about the program: a person, or the machine, wanted it to end."""
STDOUT, STDERR = 1, 2
Told = Callable[[str, bytes], object]
"""Takes what the process of a shop writes to stderr, piece by piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done for a shop."""

    shop: str
    work: Callable[[], int]
    """Done in a process of its own; returns the exit status."""
    seconds: float
    """How long it may take before it is ended by force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a task ended."""

    shop: str
    status: int | None = None
    """The exit status; below zero the signal it died of; None where it never began."""
    hung: bool = False
    """Its time was over, and it was ended by force."""
    output: bytes = b""
    """What it wrote to stdout."""

    @property
    def broke_off(self) -> bool:
        """Tell whether it ended otherwise than the program ends, or never began."""
        return self.status not in set(ExitCode)

    @property
    def exit_code(self) -> ExitCode:
        """Return the status that it counts with.

        What was ended from outside, or never began, is gone on with by the next run; any other end
        that isn't one of ours is a fault of the program.
        """
        if self.status is None or -self.status in FROM_OUTSIDE:
            return ExitCode.TEMPORARY
        return ExitCode.STATE if self.broke_off else ExitCode(self.status)


class Stopping:
    """Whether this process was asked to stop, and how often."""

    def __init__(self) -> None:
        """Begin with nobody having asked."""
        self.asked = 0

    def ask(self, *_: object) -> None:
        """Note that somebody asks; a signal's handler."""
        self.asked += 1


@contextmanager
def stoppable() -> Iterator[Stopping]:
    """Note within this who asks to stop, instead of dying of it."""
    stopping = Stopping()
    before = {each: signal.signal(each, stopping.ask) for each in STOPPING}
    try:
        yield stopping
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def done_at_once(
    tasks: Sequence[Task], jobs: int, stopping: Stopping, told: Told
) -> Iterator[Ended]:
    """Do tasks in their order, at most ``jobs`` of them at once; yields each as it ends.

    Asked to stop, none is begun any more, and those at work end as a single run does; asked again,
    they die.
    """
    waiting = list(reversed(tasks))
    with ExitStack() as stack:
        at_work = _AtWork(stack.enter_context(selectors.DefaultSelector()), told)
        while waiting or at_work.running:
            while waiting and not stopping.asked and len(at_work.running) < jobs:
                task = waiting.pop()
                if not at_work.begin(task):
                    yield Ended(shop=task.shop)
            while waiting and stopping.asked:
                yield Ended(shop=waiting.pop().shop)
            at_work.pass_on(stopping.asked)
            at_work.listen()
            yield from at_work.ended()


@dataclass(slots=True)
class _Running:
    """A process at work."""

    task: Task
    pid: int
    began: float
    output: bytearray = field(default_factory=bytearray)
    pipes: set[int] = field(default_factory=set)
    """Those that it hasn't closed, and nobody it started."""
    asked_to_end: bool = False
    """Its time is over."""


class _AtWork:
    """The processes that are at work."""

    def __init__(self, pipes: selectors.BaseSelector, told: Told) -> None:
        self.running: list[_Running] = []
        self._pipes = pipes
        self._told = told
        self._passed_on = 0

    def begin(self, task: Task) -> bool:
        """Begin a task; tells whether the machine could."""
        for stream in (sys.stdout, sys.stderr):
            let_go_of(stream)  # what waits in them would be written by both
        (output, writes), (errors, complains) = os.pipe(), os.pipe()
        try:
            pid = os.fork()
        except OSError:
            for each in (output, writes, errors, complains):
                os.close(each)
            return False
        if pid == 0:
            self._be(task, writes, complains)
        os.close(writes)
        os.close(complains)
        begun = _Running(task, pid, time.monotonic(), pipes={output, errors})
        self._hear(output, begun, begun.output.extend)
        self._hear(errors, begun, lambda piece: self._told(task.shop, piece))
        self.running.append(begun)
        return True

    def _hear(self, pipe: int, running: _Running, takes: Callable[[bytes], object]) -> None:
        os.set_blocking(pipe, False)
        self._pipes.register(pipe, selectors.EVENT_READ, (running, takes))

    def _be(self, task: Task, writes: int, complains: int) -> NoReturn:
        """Be the process of a task: nothing of ours is left of the one that it was forked from."""
        status = int(ExitCode.STATE)
        try:
            for each in STOPPING:
                signal.signal(each, signal.SIG_DFL)
            for pipe in self._pipes.get_map().values():
                os.close(pipe.fd)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writes, STDOUT)
            os.dup2(complains, STDERR)
            begin_for_shop(task.shop)
            status = task.work()
        finally:
            for stream in (sys.stdout, sys.stderr):
                let_go_of(stream)
            os._exit(status)

    def pass_on(self, asked: int) -> None:
        """Pass on that somebody asks to stop: once as a run may end by, then as it must.

        The first is a signal of its own: where the whole group was sent one, as by Ctrl-C or by
        systemd, another of that kind would be the second.
        """
        if asked > self._passed_on:
            self._passed_on = asked
            for each in self.running:
                os.kill(each.pid, FROM_THE_PARENT if asked == 1 else signal.SIGKILL)

    def listen(self) -> None:
        """Take what the processes write, or wait a moment for it."""
        ending = any(not each.pipes for each in self.running)
        for key, _ in self._pipes.select(ENDING_SECONDS if ending else LOOK_SECONDS):
            self._read(key)

    def _read(self, key: selectors.SelectorKey) -> bool:
        """Take a piece of what a process wrote; tells whether there may be more."""
        running, takes = key.data
        try:
            piece = os.read(key.fd, PIECE)
        except BlockingIOError:
            return False
        if piece:
            takes(piece)
            return True
        self._close(running, key.fd)
        return False

    def _close(self, running: _Running, pipe: int) -> None:
        self._pipes.unregister(pipe)
        running.pipes.discard(pipe)
        os.close(pipe)

    def ended(self) -> Iterator[Ended]:
        """Yield those that have ended, and see to those whose time is over."""
        for each in list(self.running):
            pid, status = os.waitpid(each.pid, os.WNOHANG)
            if pid == 0:
                _see_to(each)
                continue
            for pipe in list(each.pipes):  # what it started may keep them open
                while self._read(self._pipes.get_key(pipe)):
                    pass
            for pipe in list(each.pipes):
                self._close(each, pipe)
            self.running.remove(each)
            yield Ended(
                shop=each.task.shop,
                status=os.waitstatus_to_exitcode(status),
                hung=each.asked_to_end,
                output=bytes(each.output),
            )


def _see_to(running: _Running) -> None:
    """End a process whose time is over: as a run may end, then as it must."""
    over = time.monotonic() - running.began - running.task.seconds
    if over > KILLED_AFTER_SECONDS:
        os.kill(running.pid, signal.SIGKILL)
    elif over > 0 and not running.asked_to_end:
        running.asked_to_end = True
        os.kill(running.pid, signal.SIGTERM)
