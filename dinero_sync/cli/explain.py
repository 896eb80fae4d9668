"""``dinero-sync explain``: why an order is booked as it is."""

import click

from dinero_sync.cli.context import Common, config_option, json_option, order_named, prepare
from dinero_sync.cli.streams import json_text


@click.command("explain")
@click.argument("order_name", metavar="ORDER")
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    help="Explain in Danish or in English.",
)
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, order_name: str, language: str, as_json: bool) -> None:
    """Explain why an order was booked as it was, would be, or isn't: line by line, with numbers.

    Tells day, zone, buyer and payment type, which rule or setting chose each account, and the sums
    by account and VAT code. Reads the state folder only.

    \b
    Examples:
      dinero-sync explain 4815162
      dinero-sync explain '#10427' --language en
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, config_file = prepare(common)
    from dinero_sync.journal.database import reading  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.insight.explaining import explain_order  # noqa: PLC0415 - the same
    from dinero_sync.sync.intake.remembered import recollect  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    with reading(state_folder(config)) as db:
        record = order_named(db, order_name)
        found = explain_order(recollect(config, config_file, db), record)
    if as_json:
        from dinero_sync.cli.explain_data import as_data  # noqa: PLC0415 - the same

        click.echo(json_text(as_data(found)))
    else:
        from dinero_sync.cli.explain_report import as_text  # noqa: PLC0415 - the same
        from dinero_sync.cli.explain_words import LANGUAGES  # noqa: PLC0415 - the same

        click.echo(as_text(found, LANGUAGES[language]))
