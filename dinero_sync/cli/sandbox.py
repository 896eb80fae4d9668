"""``dinero-sync sandbox``: a shop and a ledger to rehearse with."""

import signal
from typing import Literal

import click

from dinero_sync.errors import UsageError

HOW_TO_USE = """\
The sandbox listens at {url}. Save the configuration above as sandbox.yaml, add your own
state_dir under sync, above its last line, and rehearse:
  dinero-sync -c sandbox.yaml run --dry-run
What it was asked, and its books: {url}/sandbox/requests, {url}/sandbox/books,
{url}/sandbox/balances, {url}/sandbox/vat-return
Ctrl-C ends it."""


@click.command("sandbox")
@click.option("--port", type=int, default=8899, show_default=True, help="0 for any free port.")
@click.option(
    "--orders",
    type=click.Choice(["seeded", "none"]),
    default="seeded",
    show_default=True,
    help="What the shop begins with.",
)
@click.option(
    "--auth",
    type=click.Choice(["api_key", "visma_connect"]),
    default="api_key",
    show_default=True,
    help="How the printed configuration connects to Dinero.",
)
@click.option(
    "--calls-per-minute", type=int, help="Answer 429 beyond so many; without it, no limit."
)
def command(
    *,
    port: int,
    orders: str,
    auth: Literal["api_key", "visma_connect"],
    calls_per_minute: int | None,
) -> None:
    """Serve a made-up Shoporama and a made-up Dinero on this machine, to rehearse with.

    Prints the configuration to paste, then serves until you press Ctrl-C. Nothing leaves this
    machine, and nothing is kept. Needs: pip install '.[sandbox]'

    \b
    Examples:
      dinero-sync sandbox
      dinero-sync sandbox --auth visma_connect --calls-per-minute 60
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.sandbox import demo_config, running_sandbox  # noqa: PLC0415 - an extra

    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        with running_sandbox(port, orders=orders, calls_per_minute=calls_per_minute) as sandbox:
            click.echo(demo_config(sandbox.url, auth=auth))
            click.echo(HOW_TO_USE.format(url=sandbox.url), err=True)
            signal.sigwait(signals)
    except ImportError as error:
        raise UsageError(str(error)) from error
    except SystemExit:  # how the server says that it can't have the port
        raise UsageError(
            f"Port {port} can't be used. Name another with --port, or 0 for any free one."
        ) from None
