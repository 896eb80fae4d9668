"""The commands that transfer orders: run, plan, apply, book."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.calling import command_line
from dinero_sync.cli.context import (
    Common,
    command,
    ending_with,
    json_option,
    orders_argument,
    range_options,
)
from dinero_sync.cli.failures import in_words
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show, show_long, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import DineroSyncError, UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from sqlite3 import Connection

    from dinero_sync.sync.ladder.walk import Progress
    from dinero_sync.sync.run.result import RunResult


@command("run")
@range_options
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing anywhere.")
@click.option("--table", is_flag=True, help="Print what happened to each order.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help=spoken("With a folder of configurations: how many shops are worked for at once (4)."),
)
@json_option
def run(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    since: date | None,
    until: date | None,
    order_names: tuple[str, ...],
    dry_run: bool,
    table: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Transfer the orders that became due: read the shop, plan, book, register payments.

    This is what cron or a systemd timer starts every few minutes. By hand it is for catching up
    (--since) and for looking before the first real run (--dry-run).

    With a folder in place of a configuration, every *.yaml in it is a shop with a run of its own;
    the exit code is the worst of them.

    \b
    Examples:
      dinero-sync run
      dinero-sync run --since 2026-12-01 --until 2026-12-31 --dry-run
      dinero-sync run --order 4815162 --order '#10427'
      dinero-sync -c /etc/dinero-sync/shops run --jobs 8
    """
    from dinero_sync.cli.shops.folder import folder_named, for_one_shop

    folder = folder_named(common)
    if folder is not None:
        if since or until or order_names or table:
            raise for_one_shop(folder, spoken("--since, --until, --order and --table are"))
        from dinero_sync.cli.shops.runs import run_all

        run_all(common, folder, jobs=jobs, dry_run=dry_run, as_json=as_json)
        return
    from dinero_sync.cli.hearing.listening import heard
    from dinero_sync.cli.order_names import order_ids
    from dinero_sync.cli.work import at_work
    from dinero_sync.sync.run import run as runs

    reported = is_reported(as_json=as_json, table=table or dry_run)
    with nullcontext(None) if dry_run else heard(common) as begins:
        with at_work(common, dry_run=dry_run, reported=reported) as place:
            if begins is not None:
                begins(place.config)
            ids = order_ids(place, order_names)
            options = runs.RunOptions(since=since, until=until, order_ids=ids)
            language = language_of(common, place.config)
            with progress_display(common, language) as progress:
                result = runs.run(place, options, progress)
            if dry_run:  # what it found is nowhere but in the journal that it has open
                with ending_with(result.exit_code):
                    print_result(result, place.db, language, as_json=as_json, dry_run=True)
        show_result(result, place.folder, language, as_json=as_json, table=table)


def is_reported(*, as_json: bool, table: bool = False) -> bool:
    """Tell whether what came of a run is printed: if that was asked for, and at a terminal."""
    return as_json or table or sys.stdout.isatty()


@contextmanager
def progress_display(
    common: Common, language: Language, doing: str = "run.booking"
) -> Iterator["Progress | None"]:
    """Show a bar on stderr while a person looks on; nothing otherwise.

    ``doing`` is the code of what is said beside it once there is progress.
    """
    if not sys.stderr.isatty() or common.log_format == "json":
        yield None
        return
    from rich.console import Console  # slow to import, and cron needs none of it
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(tell("run.reading", language), total=None)
        said = tell(doing, language)

        def advance(done: int, in_all: int) -> None:
            bar.update(task, completed=done, total=in_all, description=said)

        yield advance


def show_result(
    result: "RunResult", folder: Path, language: Language, *, as_json: bool, table: bool = False
) -> None:
    """Print what came of a run that is over, if that was asked for, and end with its status.

    At a terminal it always is. The journal is read anew: a reader who takes their time, as with
    ``| less``, keeps no other run waiting.
    """
    with ending_with(result.exit_code):
        if not is_reported(as_json=as_json, table=table):
            return
        from dinero_sync.journal.database import reading

        try:
            with reading(folder, at_once=False) as db:
                print_result(result, db, language, as_json=as_json)
        except DineroSyncError as error:  # the run's own status is what counts
            for each in (result.stopped, error):
                if each is not None:
                    show(wrapped(in_words(each, language)), err=True)


def print_result(
    result: "RunResult",
    db: "Connection",
    language: Language,
    *,
    as_json: bool,
    dry_run: bool = False,
) -> None:
    """Print what came of a run, by the journal that it worked with."""
    from dinero_sync.cli.reports import run as report

    if as_json:
        click.echo(json_text(report.as_data(result, db)))
    else:
        show(report.as_lines(result, db, language, dry_run=dry_run))


@command("plan")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the plan to this file, for `dinero-sync apply`; over nothing but a plan.",
)
@range_options
@click.option("--summary", is_flag=True, help="Only totals and what is held, in a few lines.")
@json_option
def plan(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    output: Path | None,
    since: date | None,
    until: date | None,
    order_names: tuple[str, ...],
    summary: bool,
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
      dinero-sync plan --summary
      dinero-sync plan -o december.json --until 2026-12-31
      dinero-sync plan --order '#10427' --json
    """
    from dinero_sync.cli.order_names import order_ids
    from dinero_sync.cli.reports import plan as report
    from dinero_sync.cli.work import at_work
    from dinero_sync.sync.run import plan_file
    from dinero_sync.sync.run import run as runs

    if output is not None:
        plan_file.refuse_other_file(output)
    with at_work(common, dry_run=True, reported=True) as place:
        ids = order_ids(place, order_names)
        options = runs.RunOptions(since=since, until=until, order_ids=ids)
        language = language_of(common, place.config)
        with progress_display(common, language) as progress:
            result = runs.run(place, options, progress)
        shown = report.look_ahead(place, options, result)
    follow_up = None
    if output is not None and result.stopped is None:
        plan_file.write_plan(output, shown.plan)
        follow_up = command_line(common, "apply", output)
    with ending_with(result.exit_code):
        if as_json:
            click.echo(json_text(report.as_data(shown, result)))
        else:
            lines = report.as_lines(shown, result, follow_up, language, summary=summary)
            show_long(lines, pages=not common.no_pager)


@command("apply")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--table", is_flag=True, help="Print what happened to each order.")
@json_option
def apply(common: Common, *, file: Path, table: bool, as_json: bool) -> None:
    """Deliver exactly what a plan file says, or refuse it as stale.

    `dinero-sync plan -o FILE` writes the file. Each order in it is read in the shop again. If any
    of them would now be delivered differently, isn't due any more, is held, or was delivered since,
    nothing is delivered and you are told what differs (exit 2). Orders that came since are left for
    the next run.

    \b
    Examples:
      dinero-sync apply december.json
      dinero-sync apply december.json --table
    """
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.run.apply_plan import apply_plan
    from dinero_sync.sync.run.plan_file import read_plan

    kept = read_plan(file)
    language, reported = language_of(common), is_reported(as_json=as_json, table=table)
    with (
        undisturbed(),
        at_work(common, reported=reported) as place,
        progress_display(common, language) as progress,
    ):
        result = apply_plan(place, kept, progress)
    show_result(result, place.folder, language, as_json=as_json, table=table)


@command("book")
@orders_argument
@click.option("--all", "every", is_flag=True, help="All drafts that wait.")
@json_option
def book(common: Common, *, order_names: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Book the drafts that wait for your word, and register their payments.

    With `booking: draft` a run stops before booking, so that you can look at the drafts in Dinero
    first. A booked invoice can't be changed. The shop is read once more: an order that was
    cancelled meanwhile isn't booked, and one that changed becomes a draft to look at again.

    \b
    Examples:
      dinero-sync book 4815162
      dinero-sync book --all
    """
    if bool(order_names) == every:
        raise UsageError(
            spoken(
                "Name the orders whose drafts are to be booked, or book all that wait: "
                "dinero-sync book --all"
            )
        )
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.journal.papers.bills import BillRecord
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.run.bills.by_hand import waiting_vouchers
    from dinero_sync.sync.run.by_hand import waiting_drafts
    from dinero_sync.sync.run.payouts.by_hand import waiting_items
    from dinero_sync.sync.run.run import book_drafts

    reported = is_reported(as_json=as_json)
    with undisturbed(), at_work(common, reported=reported) as place:
        language = language_of(common, place.config)
        named = [subject_named(place.db, name) for name in order_names]
        orders = [each for each in named if isinstance(each, OrderRecord)]
        bills = [each for each in named if isinstance(each, BillRecord)]
        drafts = waiting_drafts(place.db, None if every else orders)
        vouchers = waiting_vouchers(place.db, None if every else bills)
        payouts = [each for each in named if isinstance(each, PayoutRecord)]
        items = waiting_items(place.db, None if every else payouts)
        if not (as_json or drafts or vouchers or items):
            show(wrapped(tell("run.no_drafts", language)))
            return
        with progress_display(common, language) as progress:
            result = book_drafts(place, drafts, progress, vouchers, items)
    show_result(result, place.folder, language, as_json=as_json)
