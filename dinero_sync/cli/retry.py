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
@click.option("--again", is_flag=True, help="Also orders that were ended by skip or adopt.")
@config_option
@click.pass_obj
def command(common: Common, *, order_names: tuple[str, ...], every: bool, again: bool) -> None:
    """Release held orders: the next run reads each from the shop again and goes on with it.

    Use it after you mended what `dinero-sync status` named. ORDER is Shoporama's order id, or the
    number the customer sees, as '#10427' in quotes. An order that was ended by `skip` or `adopt`
    is refused with the note that was made then; --again takes that decision back.

    \b
    Examples:
      dinero-sync retry 4815162
      dinero-sync retry --all
      dinero-sync retry 4815162 --again
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    if bool(order_names) == every:
        raise UsageError("Name the orders to retry, or say --all.")
    if every and again:
        raise UsageError("--again takes back what was decided about single orders: name them.")
    config, _ = prepare(common)
    from dinero_sync.cli.work import undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run import by_hand  # noqa: PLC0415 - slow to import

    with undisturbed(), by_hand.open_state(config) as (db, clock):
        named = [order_named(db, name) for name in order_names]
        records = by_hand.held_orders(db) if every else named
        for record in records:
            by_hand.refuse_to_release(record, again=again)
        for record in records:
            by_hand.release(db, record, clock.now(), by_name=not every)
    for record in records:
        click.echo(f"Order #{record.number} goes on with the next run.")
    if not records:
        click.echo("No order is held.")
