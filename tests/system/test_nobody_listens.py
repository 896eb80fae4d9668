"""The log or the output can't be written: the work is done, and the status tells how it ended."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk import COMMAND, DEADLINE_SECONDS, Desk
from invented_sales import an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

FULL = Path("/dev/full")
needs_full_disk = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


@contextmanager
def reader_that_left() -> Iterator[int]:
    """Open the writing end of a pipe that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    try:
        yield write
    finally:
        os.close(write)


def status_of(desk: Desk, *arguments: str, stdout: int | None = None, stderr: int) -> int:
    """Run the installed command with its streams as given; returns its exit status."""
    ended = subprocess.run(
        [COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if stdout is None else stdout,
        stderr=stderr,
        cwd=desk.folder,
        env=desk.environment(),
        timeout=DEADLINE_SECONDS,
        check=False,
    )
    return ended.returncode


def test_a_run_whose_log_nobody_reads_does_its_work_and_says_how_it_ended(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(), an_order_that_does_not_add_up(1))

    with reader_that_left() as pipe:
        status = status_of(desk, "run", stderr=pipe)

    assert status == 3
    assert len(sandbox.invoices()) == 1


@needs_full_disk
@pytest.mark.parametrize("log_format", ["json", "text"])
def test_a_run_whose_log_meets_a_full_disk_does_its_work_and_says_how_it_ended(
    desk: Desk, sandbox: SandboxProcess, log_format: str
) -> None:
    sandbox.sell(an_order(), an_order_that_does_not_add_up(1))

    with FULL.open("w", encoding="utf-8") as full:
        status = status_of(desk, "--log-format", log_format, "run", stderr=full.fileno())

    assert status == 3
    assert len(sandbox.invoices()) == 1


@needs_full_disk
@pytest.mark.parametrize("log_format", ["json", "text"])
def test_what_stops_a_command_is_its_status_where_nobody_can_read_the_reason(
    desk: Desk, log_format: str
) -> None:
    desk.write_config("nonsense: true\n")

    with FULL.open("w", encoding="utf-8") as full:
        assert status_of(desk, "--log-format", log_format, "run", stderr=full.fileno()) == 78


def test_a_run_whose_streams_are_closed_does_its_work(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f"exec {COMMAND} run >&- 2>&-"],
        cwd=desk.folder,
        env=desk.environment(),
        timeout=DEADLINE_SECONDS,
        check=False,
    )

    assert ended.returncode == 0
    assert [invoice["ExternalReference"] for invoice in sandbox.invoices()] == [
        f"shoporama:{one_order}"
    ]


@pytest.mark.parametrize("form", ["--table", "--json"])
def test_a_run_ends_as_it_went_where_nobody_reads_what_it_prints(
    desk: Desk, sandbox: SandboxProcess, form: str
) -> None:
    sandbox.sell(an_order(), an_order_that_does_not_add_up(1))

    with reader_that_left() as pipe, Path(os.devnull).open("w", encoding="utf-8") as log:
        status = status_of(desk, "run", form, stdout=pipe, stderr=log.fileno())

    assert status == 3
    assert len(sandbox.invoices()) == 1


def test_a_decision_is_recorded_where_nobody_reads_the_evidence(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}
    sandbox.change_order(one_order, status="cancelled")
    assert desk.run("run").status == 3

    with reader_that_left() as pipe:
        status = status_of(
            desk, "resolve", str(one_order), "--accept", "right", stdout=pipe, stderr=pipe
        )

    assert status == 0
    assert desk.run("run").status == 0


def test_output_that_nobody_reads_to_its_end_is_no_trouble(desk: Desk, one_order: int) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}

    with reader_that_left() as pipe:
        ended = subprocess.run(
            [COMMAND, "show", str(one_order), "--json"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            cwd=desk.folder,
            env=desk.environment(),
            timeout=DEADLINE_SECONDS,
            check=False,
        )

    assert (ended.returncode, ended.stderr) == (0, b"")
