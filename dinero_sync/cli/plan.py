"""``dinero-sync plan``: the exact documents to come, before anything is written."""

from datetime import date
from pathlib import Path

import click

from dinero_sync.cli.context import (
    Common,
    command_line,
    config_option,
    ending_with,
    json_option,
)
from dinero_sync.cli.order_range import range_options
from dinero_sync.cli.streams import json_text


@click.command("plan")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the plan to this file, for `dinero-sync apply`; over nothing but a plan.",
)
@range_options
@json_option
@config_option
@click.pass_obj
def command(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    output: Path | None,
    since: date | None,
    until: date | None,
    order_names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the exact documents that a run would make: every line, payment and total.

    Writes nothing at Dinero, at Shoporama or in the state folder, and takes no lock. With -o the
    plan is kept in a file for `dinero-sync apply`, which does exactly that or refuses. The file
    holds names and addresses, and only you can read it: delete it when it is applied. It replaces
    an older plan, but no other file.

    \b
    Examples:
      dinero-sync plan
      dinero-sync plan -o december.json --until 2026-12-31
      dinero-sync plan --order '#10427' --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.cli import plan_report  # noqa: PLC0415 - slow to import
    from dinero_sync.cli.order_names import order_ids_at  # noqa: PLC0415 - beside its use
    from dinero_sync.cli.work import at_work  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run.plan_file import refuse_other_file, write_plan  # noqa: PLC0415 - the same
    from dinero_sync.sync.run.run import RunOptions, run  # noqa: PLC0415 - the same

    if output is not None:
        refuse_other_file(output)
    with at_work(common, dry_run=True) as place:
        ids = order_ids_at(place, order_names)
        options = RunOptions(since=since, until=until, order_ids=ids)
        result = run(place, options)
        shown = plan_report.look_ahead(place, options, result)
    keep = output is not None and result.stopped is None
    if output is not None and keep:
        write_plan(output, shown.plan)
    follow_up = command_line(common, "apply", output) if output is not None and keep else None
    with ending_with(result.exit_code):
        if as_json:
            click.echo(json_text(plan_report.as_data(shown, result)))
        else:
            click.echo(plan_report.as_text(shown, result, follow_up))
