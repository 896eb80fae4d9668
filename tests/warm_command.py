"""The command in a process of its own, forked from one that has loaded its libraries already.

A short command spends most of its time on loading them, and the tests give thousands of commands.
Everything after the start is the same: working folder, environment, three files, exit status.
"""

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from dinero_sync import cli
from dinero_sync.clock import SystemClock

STREAMS = ("stdin", "stdout", "stderr")
UNTRACED = "TracerPid:\t0\n"
POLL_SECONDS = 0.01
PR_SET_PTRACER, PR_SET_PTRACER_ANY = 0x59616D61, ctypes.c_ulong(-1)
"""From linux/prctl.h."""


class WarmCommand(NamedTuple):
    """A command that was started by a forker, which starts no other before it has ended."""

    pid: int
    forker: "subprocess.Popen[bytes]"

    def end(self, timeout_seconds: float) -> int:
        """Wait for the end and return the exit status; below zero after a deadly signal."""
        answers = self.forker.stdout
        assert answers is not None
        if not select.select([answers], [], [], timeout_seconds)[0]:
            os.kill(self.pid, signal.SIGKILL)
            raise TimeoutError(f"dinero-sync didn't end within {timeout_seconds:g} seconds")
        return int(answers.readline())


def start_warm(  # noqa: PLR0913 - a process is told by that many things
    arguments: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    files: Sequence[Path],
    traced: bool = False,
    clock_shift_seconds: float = 0.0,
    beside_another: bool = False,
) -> WarmCommand:
    """Start the command with ``files`` as its stdin, stdout and stderr, by a clock that is set.

    With ``traced`` it does nothing before another process traces it. One other may be at work
    meanwhile, if one of them is started with ``beside_another``.
    """
    order = {
        "arguments": list(arguments),
        "folder": str(folder),
        "environment": dict(environment),
        "files": [str(file) for file in files],
        "traced": traced,
        "clock_shift_seconds": clock_shift_seconds,
    }
    forker = _forker(beside_another)
    assert forker.stdin is not None
    assert forker.stdout is not None
    forker.stdin.write(f"{json.dumps(order)}\n".encode())
    return WarmCommand(int(forker.stdout.readline()), forker)


def run_warm(  # noqa: PLR0913 - the same
    arguments: Sequence[str],
    *,
    answers: str,
    folder: Path,
    environment: Mapping[str, str],
    timeout_seconds: float,
    clock_shift_seconds: float = 0.0,
) -> tuple[int, str, str]:
    """Run the command to its end; returns its exit status, stdout and stderr."""
    with TemporaryDirectory() as kept:
        files = [Path(kept, name) for name in STREAMS]
        for file, text in zip(files, (answers, "", ""), strict=True):
            file.write_text(text, encoding="utf-8")
        command = start_warm(
            arguments,
            folder=folder,
            environment=environment,
            files=files,
            clock_shift_seconds=clock_shift_seconds,
        )
        status = command.end(timeout_seconds)
        stdout, stderr = (file.read_text(encoding="utf-8") for file in files[1:])
        return status, stdout, stderr


@cache
def _forker(second: bool) -> "subprocess.Popen[bytes]":  # noqa: ARG001, FBT001 - one of two
    """Start the process that warm commands of this one are forked from; ``second`` is another."""
    return subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )


def _serve() -> None:
    """Start the commands that are asked for, one after the other; tell each one's pid and end."""
    for each in walk_packages(cli.__path__, f"{cli.__name__}."):
        import_module(each.name)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_the_command(**json.loads(line))
        print(pid, flush=True)  # noqa: T201 - this is what it answers with
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)  # noqa: T201 - the same


def _be_the_command(  # noqa: PLR0913 - the same
    *,
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
    files: list[str],
    traced: bool,
    clock_shift_seconds: float,
) -> None:
    """Turn this process into one that was started as ``dinero-sync ARGUMENTS`` in ``folder``."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()  # as a process does that starts with it
    os.chdir(folder)
    for number, (name, file) in enumerate(zip(STREAMS, files, strict=True)):
        os.dup2(os.open(file, os.O_RDWR | os.O_APPEND), number)
        mode = "r" if number == 0 else "w"
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    sys.argv = ["dinero-sync", *arguments]
    if clock_shift_seconds:
        _set_clock(timedelta(seconds=clock_shift_seconds))
    if traced:
        _wait_for_tracer()
    cli.main()


def _set_clock(shift: timedelta) -> None:
    """Let it be earlier or later for the command than it is."""
    told = SystemClock.now
    patch.object(SystemClock, "now", lambda clock: told(clock) + shift).start()


def _wait_for_tracer() -> None:
    """Wait until strace(1) is attached, which needs leave where only parents may trace."""
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY)
    while UNTRACED in Path("/proc/self/status").read_text(encoding="utf-8"):
        time.sleep(POLL_SECONDS)
    time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    _serve()
