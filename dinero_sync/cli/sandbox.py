"""``dinero-sync sandbox``: a shop and a ledger to rehearse with."""

import click


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
def command(*, port: int, orders: str, auth: str, calls_per_minute: int | None) -> None:
    """Serve a made-up Shoporama and a made-up Dinero on this machine, to rehearse with.

    Prints the configuration to paste, then serves until you press Ctrl-C. Nothing leaves this
    machine, and nothing is kept. Needs: pip install 'dinero-sync[sandbox]'

    \b
    Examples:
      dinero-sync sandbox
      dinero-sync sandbox --auth visma_connect --calls-per-minute 60
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    raise NotImplementedError
