"""``dinero-sync rules replay``: what the present rules would do to orders already booked."""

from datetime import date

import click

from dinero_sync.cli.context import Common, config_option, json_option, prepare
from dinero_sync.cli.order_range import day
from dinero_sync.cli.streams import json_text


@click.command("replay")
@click.option(
    "--since",
    type=day,
    required=True,
    help="Orders booked for this day or later (Copenhagen).",
)
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, since: date, as_json: bool) -> None:
    """Tell what the present rules would do to orders that are booked already.

    Shows every posting that would differ, each order that would now be held, and the totals of
    each account then and now. Reads the state folder only, and changes nothing: what is booked
    stays booked. After a change of the chart in Dinero run `rules check` first, which reads it.

    \b
    Examples:
      dinero-sync rules replay --since 2026-12-01
      dinero-sync rules replay --since 2026-12-01 --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, config_file = prepare(common)
    from dinero_sync.cli import replay_report  # noqa: PLC0415 - slow to import
    from dinero_sync.journal.database import reading  # noqa: PLC0415 - the same
    from dinero_sync.sync.insight.replay import replay_since  # noqa: PLC0415 - the same
    from dinero_sync.sync.intake.remembered import recollect  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    with reading(state_folder(config), at_once=False) as db:
        replay = replay_since(recollect(config, config_file, db), since)
    if as_json:
        data = replay_report.as_data(replay)
        click.echo(json_text(data))
    else:
        click.echo(replay_report.as_text(replay))
