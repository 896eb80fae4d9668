"""``dinero-sync run``: one poll, to the end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, ending_with, json_option
from dinero_sync.cli.order_range import range_options
from dinero_sync.cli.streams import json_text

if TYPE_CHECKING:
    from dinero_sync.sync.ladder.walk import Progress
    from dinero_sync.sync.run.result import RunResult


@click.command("run")
@range_options
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing anywhere.")
@click.option("--table", is_flag=True, help="Print what happened to each order.")
@json_option
@config_option
@click.pass_obj
def command(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    since: date | None,
    until: date | None,
    order_names: tuple[str, ...],
    dry_run: bool,
    table: bool,
    as_json: bool,
) -> None:
    """Transfer the orders that became due: read the shop, plan, book, register payments.

    This is what cron or a systemd timer starts every few minutes. By hand it is for catching up
    (--since) and for looking before the first real run (--dry-run).

    \b
    Examples:
      dinero-sync run
      dinero-sync run --since 2026-12-01 --until 2026-12-31 --dry-run
      dinero-sync run --order 4815162 --order '#10427'
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    from dinero_sync.cli.order_names import order_ids_at  # noqa: PLC0415 - beside its use
    from dinero_sync.cli.work import at_work  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.run.run import RunOptions, run  # noqa: PLC0415 - the same

    with at_work(common, dry_run=dry_run) as place:
        ids = order_ids_at(place, order_names)
        options = RunOptions(since=since, until=until, order_ids=ids)
        with progress_display(common) as progress:
            result = run(place, options, progress)
    with ending_with(result.exit_code):
        show_result(result, as_json=as_json, table=table or dry_run or sys.stdout.isatty())


@contextmanager
def progress_display(common: Common) -> Iterator["Progress | None"]:
    """Show a bar on stderr while a person looks on; nothing otherwise."""
    if not sys.stderr.isatty() or common.log_format == "json":
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import, and cron needs none of it
    from rich.progress import Progress as Bar  # noqa: PLC0415 - the same

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Booking", total=None)

        def advance(done: int, in_all: int) -> None:
            bar.update(task, completed=done, total=in_all)

        yield advance


def show_result(result: "RunResult", *, as_json: bool, table: bool) -> None:
    """Print what came of a run, in the form that was asked for; nothing when none was."""
    from dinero_sync.cli import run_report  # noqa: PLC0415 - rich is slow to import

    if as_json:
        click.echo(json_text(run_report.as_data(result)))
    elif table:
        run_report.print_table(result)
