"""``dinero-sync resolve``: settles an order in doubt by reading, and shows the evidence."""

from contextlib import suppress

import click

from dinero_sync.cli.context import Common, config_option, ending_with, order_named


@click.command("resolve")
@click.argument("order_name", metavar="ORDER")
@click.option(
    "--accept",
    metavar="NOTE",
    help="What Dinero holds is right: record it as done, or go on to its payment.",
)
@config_option
@click.pass_obj
def command(common: Common, *, order_name: str, accept: str | None) -> None:
    """Read at Dinero what happened to an order, and settle what reading can settle.

    Shows what the journal meant to do, what Dinero holds, and the choices that are safe. What was
    in doubt and can be read is settled without asking, also while the shop can't be asked or no
    longer has the order. --accept ends a held order whose invoice is booked, once you made Dinero
    right by hand (a credit note, another payment). Accepting a margin or a sending goes on to the
    payment where one is left.

    \b
    Examples:
      dinero-sync resolve 4815162
      dinero-sync resolve '#10427' --accept "paid by bank transfer, registered by hand"
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.cli import resolve_report  # noqa: PLC0415 - slow to import
    from dinero_sync.cli.run import show_result  # noqa: PLC0415 - beside its use
    from dinero_sync.cli.work import at_work, undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run import resolve  # noqa: PLC0415 - the same
    from dinero_sync.sync.run.run import go_on_with  # noqa: PLC0415 - the same

    with undisturbed(), at_work(common) as place:
        found = resolve.gather(place, order_named(place.db, order_name))
        with suppress(BrokenPipeError):  # whoever reads along or not: what was asked for is done
            click.echo(resolve_report.as_text(found))
        if accept is not None:
            settled = resolve.accept(place, found, accept)
            click.echo(f"Order #{settled.number} {resolve_report.standing(settled)}: {accept}")
        elif resolve.Choice.GO_ON in found.choices():
            result = go_on_with(place, found.record)
            with ending_with(result.exit_code):
                show_result(result, as_json=False, table=True)
