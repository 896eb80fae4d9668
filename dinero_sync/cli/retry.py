"""``dinero-sync retry``: releases held orders for the next run."""

import click

from dinero_sync.cli.context import (
    Common,
    config_option,
    order_arguments,
    order_named,
    prepare,
)
from dinero_sync.errors import UsageError


@click.command("retry")
@order_arguments(required=False)
@click.option("--all", "every", is_flag=True, help="All held orders.")
@config_option
@click.pass_obj
def command(common: Common, *, order_names: tuple[str, ...], every: bool) -> None:
    """Release held orders: the next run reads each from the shop again and goes on with it.

    Use it after you mended what `dinero-sync status` named. ORDER is Shoporama's order id, or the
    number the customer sees, as '#10427' in quotes.

    \b
    Examples:
      dinero-sync retry 4815162
      dinero-sync retry --all
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    if bool(order_names) == every:
        raise UsageError("Name the orders to retry, or say --all.")
    config, _ = prepare(common)
    from dinero_sync.cli.work import undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.actions import held_orders, open_state, release  # noqa: PLC0415 - slow

    with undisturbed(), open_state(config) as (db, clock):
        records = held_orders(db) if every else [order_named(db, name) for name in order_names]
        for record in records:
            release(db, record, clock.now(), by_name=not every)
    for record in records:
        click.echo(f"Order #{record.number} goes on with the next run.")
    if not records:
        click.echo("No order is held.")
