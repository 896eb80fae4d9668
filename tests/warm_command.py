"""The command in a process of its own, forked from one that has loaded its libraries already.

A short command spends most of its time on loading them, and the tests give hundreds of commands.
Everything after the start is the same: working folder, environment, three files, exit status.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

from dinero_sync import cli

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload([f"{cli.__name__}.{each.name}" for each in iter_modules(cli.__path__)])
STREAMS = ("stdin", "stdout", "stderr")


def start_warm(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], files: Sequence[Path]
) -> BaseProcess:
    """Start the command with ``files`` as its stdin, stdout and stderr."""
    process = FORKS.Process(
        target=_be_the_command, args=(list(arguments), folder, dict(environment), list(files))
    )
    process.start()
    return process


def run_warm(
    arguments: Sequence[str],
    *,
    answers: str,
    folder: Path,
    environment: Mapping[str, str],
    timeout_seconds: float,
) -> tuple[int, str, str]:
    """Run the command to its end; returns its exit status, stdout and stderr."""
    with TemporaryDirectory() as kept:
        files = [Path(kept, name) for name in STREAMS]
        for file, text in zip(files, (answers, "", ""), strict=True):
            file.write_text(text, encoding="utf-8")
        process = start_warm(arguments, folder=folder, environment=environment, files=files)
        status = end_warm(process, timeout_seconds)
        stdout, stderr = (file.read_text(encoding="utf-8") for file in files[1:])
        return status, stdout, stderr


def end_warm(process: BaseProcess, timeout_seconds: float) -> int:
    """Wait for the end and return the exit status; below zero after a deadly signal."""
    process.join(timeout_seconds)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(f"dinero-sync didn't end within {timeout_seconds:g} seconds")
    return process.exitcode


def _be_the_command(
    arguments: list[str], folder: Path, environment: dict[str, str], files: list[Path]
) -> None:
    """Turn this process into one that was started as ``dinero-sync ARGUMENTS`` in ``folder``."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, (name, file) in enumerate(zip(STREAMS, files, strict=True)):
        os.dup2(os.open(file, os.O_RDWR | os.O_APPEND), number)
        mode = "r" if number == 0 else "w"
        setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    sys.argv = ["dinero-sync", *arguments]
    cli.main()
