"""``dinero-sync status``: where everything stands."""

import click

from dinero_sync.cli.context import Common, config_option, json_option, prepare
from dinero_sync.cli.streams import json_text


@click.command("status")
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, as_json: bool) -> None:
    """Show the watermark, the last run, and what needs you, each with its next step.

    Those are orders, and whatever keeps runs from booking: one that failed, that hangs, or that
    nothing starts any more. Reads the state folder only; calls nobody and changes nothing.

    \b
    Examples:
      dinero-sync status
      dinero-sync status --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, _ = prepare(common)
    from dinero_sync.cli import status_report  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    data = status_report.read_status(state_folder(config), config)
    if as_json:
        click.echo(json_text(status_report.as_data(data)))
    else:
        click.echo(status_report.as_text(data))
