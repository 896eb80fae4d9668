"""``dinero-sync book``: books the drafts that wait for your word."""

import sys

import click

from dinero_sync.cli.context import (
    Common,
    config_option,
    ending_with,
    json_option,
    order_arguments,
    order_named,
)
from dinero_sync.errors import UsageError


@click.command("book")
@order_arguments(required=False)
@click.option("--all", "every", is_flag=True, help="All drafts that wait.")
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, order_names: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Book the drafts that wait for your word, and register their payments.

    With `booking: draft` a run stops before booking, so that you can look at the drafts in Dinero
    first. A booked invoice can't be changed. The shop is read once more: an order that was
    cancelled meanwhile isn't booked, and one that changed becomes a draft to look at again.

    \b
    Examples:
      dinero-sync book 4815162
      dinero-sync book --all
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    if bool(order_names) == every:
        raise UsageError(
            "Name the orders whose drafts are to be booked, or book all that wait: "
            "dinero-sync book --all"
        )
    from dinero_sync.cli.run import progress_display, show_result  # noqa: PLC0415 - beside its use
    from dinero_sync.cli.work import at_work, undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run.by_hand import waiting_drafts  # noqa: PLC0415 - the same
    from dinero_sync.sync.run.run import book_drafts  # noqa: PLC0415 - the same

    with undisturbed(), at_work(common) as place:
        named = None if every else [order_named(place.db, name) for name in order_names]
        drafts = waiting_drafts(place.db, named)
        with progress_display(common) as progress:
            result = book_drafts(place, drafts, progress)
    with ending_with(result.exit_code):
        show_result(result, as_json=as_json, table=sys.stdout.isatty())
