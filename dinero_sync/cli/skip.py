"""``dinero-sync skip``: ends a held order without an invoice."""

import click

from dinero_sync.cli.context import Common, config_option, order_named
from dinero_sync.errors import UsageError


@click.command("skip")
@click.argument("order_name", metavar="ORDER")
@click.option("--reason", required=True, help="Why no invoice is made; kept with the order.")
@config_option
@click.pass_obj
def command(common: Common, *, order_name: str, reason: str) -> None:
    """End an order without an invoice, for a reason that is kept.

    For orders that are booked in another way, or never should be. Our own draft in Dinero is
    deleted; an order whose invoice is booked is refused.

    \b
    Examples:
      dinero-sync skip 4815162 --reason "booked by hand as invoice 2041"
      dinero-sync skip '#10427' --reason "test order"
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    if not reason.strip():
        raise UsageError("Give a reason: whoever checks the books will ask for it.")
    from dinero_sync.cli.work import at_work, undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run.by_hand import skip_order  # noqa: PLC0415 - the same

    with undisturbed(), at_work(common) as place:
        record = order_named(place.db, order_name)
        skip_order(place, record, reason.strip())
    click.echo(f"Order #{record.number} is skipped: {reason.strip()}")
