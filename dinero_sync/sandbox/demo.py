"""``make demo``: the main job on the sandbox, run as an operator runs it, and checked.

Runs the installed command twice against a made-up shop and a made-up Dinero on this machine, and
compares what the shop sold with what the books hold. Everything is in ``.demo``, which is made anew
each time.
"""

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.state import Sandbox

FOLDER = Path(".demo")
CONFIG = FOLDER / "config.yaml"
ACCEPTABLE = (0, 3)
"""Done, and done with orders that wait for a person."""
WRITING_METHODS = ("POST", "PUT", "DELETE", "PATCH")


def main() -> int:
    """Run the demo; returns the exit status of the first run, or 1 when the books are wrong."""
    with running_sandbox() as sandbox:
        _prepare(sandbox)
        _say(
            f"A made-up shop with {len(sandbox.orders)} orders and a made-up Dinero listen at "
            f"{sandbox.url}.\n\n$ dinero-sync -c {CONFIG} run --table\n"
        )
        status = _run("run", "--table")
        faults = _faults_of_books(sandbox)
        written = _writes(sandbox)
        _say(f"\nThe same command again:\n\n$ dinero-sync -c {CONFIG} run --table\n")
        again = _run("run", "--table")
        if _writes(sandbox) != written:
            faults.append("The second run wrote to Dinero again.")
        else:
            _say("It wrote nothing to Dinero.")
        _say(f"\n$ dinero-sync -c {CONFIG} status\n")
        _run("status")
    return _verdict(status, again, faults)


def _prepare(sandbox: Sandbox) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(mode=0o700)
    text = demo_config(sandbox.url).replace("sync:\n", "sync:\n  state_dir: state\n")
    with os.fdopen(os.open(CONFIG, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(text)


def _run(*arguments: str) -> int:
    command = [sys.executable, "-m", "dinero_sync", "-c", str(CONFIG), *arguments]
    with (FOLDER / "log.jsonl").open("a") as log:
        return subprocess.run(command, stderr=log, check=False).returncode  # noqa: S603 - our own


def _faults_of_books(sandbox: Sandbox) -> list[str]:
    """Compare shop and books, order by order, to the øre; returns what doesn't agree."""
    sold = {
        f"shoporama:{order['order_id']}": Decimal(str(order["total_price"]))
        for order in sandbox.orders.values()
    }
    invoices = [each for each in sandbox.organisation.invoices.values() if each.is_booked]
    booked = {str(each.fields["ExternalReference"]): each.totals.gross for each in invoices}
    faults = [complaint.message for complaint in sandbox.complaints]
    faults += [
        f"{name} isn't booked with its total." for name in booked if booked[name] != sold[name]
    ]
    if len(booked) != len(invoices):
        faults.append("An order has two invoices.")
    not_booked = sum((sold[name] for name in sold.keys() - booked.keys()), Decimal(0))
    difference = sum(sold.values()) - sum(booked.values()) - not_booked
    rows = {
        f"The shop's {len(sold)} orders": sum(sold.values()),
        f"Booked as {len(invoices)} invoices": sum(booked.values()),
        "Not due yet, or never": not_booked,
        "Difference": difference,
        "Registered as paid": sum(each.paid for each in invoices),
    }
    _say("")
    for label, amount in rows.items():
        _say(f"{label:<24}{amount:>12.2f} DKK")
    return faults


def _writes(sandbox: Sandbox) -> int:
    return sum(
        request.method in WRITING_METHODS and request.service == "dinero"
        for request in sandbox.requests
    )


def _verdict(status: int, again: int, faults: list[str]) -> int:
    outcomes = [json.loads(line) for line in (FOLDER / "log.jsonl").read_text().splitlines()]
    runs = [line for line in outcomes if line["event"] == "run.finished"]
    for run in runs:
        calls = run["calls"]
        _say(
            f"Exit status {run['exit_code']} after {run['seconds']:.1f} s; calls: "
            f"{calls['shoporama']} to Shoporama, {calls['dinero']} to Dinero"
        )
    for fault in faults:
        _say(f"WRONG: {fault}")
    if faults or status not in ACCEPTABLE or again not in ACCEPTABLE:
        return 1
    _say(
        f"\nThe log is in {FOLDER / 'log.jsonl'}. To see why an order was booked as it was:\n"
        f"  {Path(sys.executable).parent / 'dinero-sync'} -c {CONFIG} show '#10429'"
    )
    return status


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
