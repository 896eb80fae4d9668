"""``dinero-sync adopt``: records that an order is in the books by other means."""

import click

from dinero_sync.cli.context import Common, config_option, order_named


@click.command("adopt")
@click.argument("order_name", metavar="ORDER")
@click.option("--note", default="", help="Where it is booked, like: invoice 2041.")
@config_option
@click.pass_obj
def command(common: Common, *, order_name: str, note: str) -> None:
    """Record that an order is booked by other means: no invoice of ours is made.

    For orders held as maybe_booked_elsewhere, straddles_start or trigger_day_unknown, once you
    found the sale in Dinero. Our own draft, if there is one, is deleted.

    \b
    Examples:
      dinero-sync adopt 4815162 --note "invoice 2041"
      dinero-sync adopt '#10427'
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.cli.work import at_work, undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.domain.hold import SkipReason  # noqa: PLC0415 - beside its use
    from dinero_sync.sync.run.by_hand import skip_order  # noqa: PLC0415 - slow to import

    with undisturbed(), at_work(common) as place:
        record = order_named(place.db, order_name)
        text = note.strip() or "booked by other means"
        skip_order(place, record, text, SkipReason.BOOKED_ELSEWHERE)
    click.echo(f"Order #{record.number} counts as done: {text}")
