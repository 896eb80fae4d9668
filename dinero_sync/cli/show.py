"""``dinero-sync show``: everything known about one order."""

import click

from dinero_sync.cli.context import Common, config_option, json_option, order_named, prepare
from dinero_sync.cli.streams import json_text


@click.command("show")
@click.argument("order_name", metavar="ORDER")
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, order_name: str, as_json: bool) -> None:
    """Show everything known about an order: the shop's words, the decision, Dinero's answers.

    Names and addresses appear as the shop gave them. Reads the state folder only.

    \b
    Examples:
      dinero-sync show 4815162
      dinero-sync show '#10427' --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, _ = prepare(common)
    from dinero_sync.cli import show_report  # noqa: PLC0415 - slow to import
    from dinero_sync.journal import effects  # noqa: PLC0415 - the same
    from dinero_sync.journal.database import reading  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    with reading(state_folder(config)) as db:
        record = order_named(db, order_name)
        lines = effects.of_order(db, record.order_id)
    if as_json:
        data = show_report.as_data(record, lines)
        click.echo(json_text(data))
    else:
        click.echo(show_report.as_text(record, lines))
