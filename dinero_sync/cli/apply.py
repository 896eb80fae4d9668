"""``dinero-sync apply``: delivers what a plan says, or refuses."""

import sys
from pathlib import Path

import click

from dinero_sync.cli.context import Common, config_option, ending_with, json_option


@click.command("apply")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--table", is_flag=True, help="Print what happened to each order.")
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, file: Path, table: bool, as_json: bool) -> None:
    """Deliver exactly what a plan file says, or refuse it as stale.

    `dinero-sync plan -o FILE` writes the file. Each order in it is read in the shop again. If any
    of them would now be delivered differently, isn't due any more, is held, or was delivered since,
    nothing is delivered and you are told what differs (exit 2). Orders that came since are left for
    the next run.

    \b
    Examples:
      dinero-sync apply december.json
      dinero-sync apply december.json --table
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.cli.run import progress_display, show_result  # noqa: PLC0415 - beside its use
    from dinero_sync.cli.work import at_work, undisturbed  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run.apply_plan import apply_plan  # noqa: PLC0415 - the same
    from dinero_sync.sync.run.plan_file import read_plan  # noqa: PLC0415 - the same

    plan = read_plan(file)
    with undisturbed(), at_work(common) as place, progress_display(common) as progress:
        result = apply_plan(place, plan, progress)
    with ending_with(result.exit_code):
        show_result(result, as_json=as_json, table=table or sys.stdout.isatty())
