"""``make demo``: the main job on the sandbox, run as an operator runs it, and checked.

Runs the installed command against a made-up shop and a made-up Dinero on this machine: what
is due is booked, one order is held, and that one is booked with the cure that its hold shows.
Compares what the shop sold with what the books hold. Everything is in ``.demo``, which is made anew
each time.
"""

import sys
from decimal import Decimal
from pathlib import Path

from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.shop.buyers import SAME_PERSON
from dinero_sync.sandbox.shop.catalogue import MUG
from dinero_sync.sandbox.shop.sale import Sale, raw_order
from dinero_sync.sandbox.stage import DONE, HELD, Stage, say
from dinero_sync.sandbox.state import Sandbox

STAGE = Stage(Path(".demo"))
NEW_GATEWAY = "viabill"
"""A payment provider that the configuration doesn't know yet."""
NEW_ORDER, NEW_NUMBER = 4_815_999, 10_501
WRITING_METHODS = ("POST", "PUT", "DELETE", "PATCH")


def main() -> int:
    """Run the demo; returns 0, or 1 when the books are wrong or a run ended unexpectedly."""
    with running_sandbox() as sandbox:
        _prepare(sandbox)
        say(
            f"A made-up shop with {len(sandbox.orders)} orders and a made-up Dinero listen at "
            f"{sandbox.url}.\nNothing leaves this machine. The first run books what is due:\n"
        )
        first = STAGE.run("run", "--table")
        say(f"\nOne is held: it was paid by {NEW_GATEWAY}, and nothing says where that goes.\n")
        STAGE.run("status")
        say("\nThat entry, pasted into the configuration, and the same command again:\n")
        _paste(_proposed())
        cured = STAGE.run("run", "--table")
        written = _writes(sandbox)
        say("\nAnd once more, with nothing new in the shop:\n")
        idle = STAGE.run("run", "--table")
        faults = _faults_of_books(sandbox)
        if _writes(sandbox) != written:
            faults.append("The last run wrote to Dinero again.")
        else:
            say("The last run wrote nothing to Dinero.")
    if (first, cured, idle) != (HELD, DONE, DONE):
        faults.append(f"The runs ended with {first}, {cured} and {idle}.")
    return _verdict(faults)


def _prepare(sandbox: Sandbox) -> None:
    STAGE.begin(demo_config(sandbox.url))
    sale = Sale(buyer=SAME_PERSON, basket=((MUG, 1),), days_ago=1.0, state="paid")
    odd = raw_order(sale, NEW_ORDER, NEW_NUMBER, sandbox.now())
    sandbox.add_orders([odd | {"payment_gateway": NEW_GATEWAY, "payment_gateway_id": 99}])


def _proposed() -> str:
    """Return the entry that the held order's next step gives to paste."""
    (held,) = STAGE.ask("status")["attention"]
    _, _, entry = held["next_step"].partition("payment_types:\n")
    return str(entry)


def _paste(entry: str) -> None:
    text = STAGE.config.read_text(encoding="utf-8")
    STAGE.write_config(text.replace("payment_types:\n", f"payment_types:\n{entry}", 1))


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
    say("")
    for label, amount in rows.items():
        say(f"{label:<24}{amount:>13,.2f} DKK")
    return faults


def _writes(sandbox: Sandbox) -> int:
    return sum(
        request.method in WRITING_METHODS and request.service == "dinero"
        for request in sandbox.requests
    )


def _verdict(faults: list[str]) -> int:
    for fault in faults:
        say(f"WRONG: {fault}")
    if faults:
        return 1
    say(
        f"\nThe log is in {STAGE.log}. To see why an order was booked as it was:\n"
        f"  {Path(sys.executable).parent / 'dinero-sync'} -c {STAGE.config} explain '#{NEW_NUMBER}'"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
