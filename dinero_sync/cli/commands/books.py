"""The commands that look at the whole: status, verify, margin."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show, show_long, wrapped
from dinero_sync.cli.typed import day, kroner
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dinero_sync.journal.upkeep.verification import Verification


@command("status")
@json_option
def status(common: Common, *, as_json: bool) -> None:
    """Show the watermark, the last run, and what needs you, each with its next step.

    Those are orders, and whatever keeps runs from booking: one that failed, that hangs, or that
    nothing starts any more. Reads the state folder only; calls nobody and changes nothing.

    With a folder of configurations it shows every shop that needs you, the worst first.

    \b
    Examples:
      dinero-sync status
      dinero-sync status --json
      dinero-sync -c /etc/dinero-sync/shops status
    """
    from dinero_sync.cli.shops.folder import folder_named

    folder = folder_named(common)
    if folder is not None:
        from dinero_sync.cli.shops.states import status_of_all

        status_of_all(common, folder, as_json=as_json)
        return
    from dinero_sync.cli.reports import status as report
    from dinero_sync.cli.work import prepare
    from dinero_sync.sync.work.settings import state_folder

    # right after a run, systemd hands its unit's credentials to nobody any more
    config, _ = prepare(common, needs_keys=False)
    told_in = language_of(common, config)
    found = report.read_status(state_folder(config), config)
    if as_json:
        click.echo(json_text(report.as_data(found)))
    else:
        show_long(report.as_lines(found, told_in), pages=not common.no_pager)


@command("verify")
@click.option(
    "--head",
    "heads",
    multiple=True,
    help="A journal_head from the logs, which must be in the chain; may be repeated.",
)
def verify(common: Common, *, heads: tuple[str, ...]) -> None:
    """Prove that no line of the journal was changed or removed, nor what was decided.

    Each line carries a hash of itself and of the line before, and of what was sent or answered. A
    booking's line carries one of the decision that it rests on. A journal that was cut off at the
    end shows when you give a journal_head that a later run logged.

    \b
    Examples:
      dinero-sync verify
      dinero-sync verify \\
        --head b759bda8210249fc525c87c8c557ca27a4e2c1605814212b6a5033d7a9dcc22c
    """
    from dinero_sync.cli.work import reading_state
    from dinero_sync.journal.upkeep import verification

    with reading_state(common) as state:
        found = verification.verify(state.db, heads)
    with ending_with(ExitCode.STATE if found.faults else ExitCode.OK):
        show(_told(found, language_of(common, state.config)))


def _told(found: "Verification", language: Language) -> "Iterator[str | Line]":
    removed = found.bodies_removed
    yield from wrapped(tell("verify.lines", language, count=found.lines, removed=removed))
    yield f"journal_head {found.head}"
    for fault in found.faults:
        yield from wrapped(tell(fault.text, language, **fault.facts), 2, "")
    code, tone = ("changed", Tone.IN_DOUBT) if found.faults else ("unchanged", Tone.DONE)
    yield from (Line(each, tone) for each in wrapped(tell(f"verify.{code}", language)))


@command("margin")
@click.option("--from", "first", type=day, required=True, help="The period's first day.")
@click.option("--to", "last", type=day, required=True, help="Its last day, inclusive.")
@click.option(
    "--purchases",
    metavar="KRONER",
    type=kroner,
    help="What was bought for resale in the period: reckons the VAT by the collective method.",
)
@click.option(
    "--carried",
    metavar="KRONER",
    default="0",
    type=kroner,
    help="The negative margin carried from the period before, without its minus.",
)
@json_option
def margin(  # noqa: PLR0913 - one for each option
    common: Common,
    *,
    first: date,
    last: date,
    purchases: Decimal | None,
    carried: Decimal,
    as_json: bool,
) -> None:
    """Report the booked sales of second-hand goods (brugtmoms) of a VAT period.

    By the individual method it shows the margins that were posted. By the collective method
    (samlemetoden), --purchases gives the VAT that your bookkeeper posts for the period. Reads the
    state folder only; calls nobody and changes nothing.

    \b
    Examples:
      dinero-sync margin --from 2026-10-01 --to 2026-12-31
      dinero-sync margin --from 2026-10-01 --to 2026-12-31 \\
        --purchases 12500.50 --carried 300
    """
    from dinero_sync.cli.reports.money import margin as report
    from dinero_sync.cli.work import prepare
    from dinero_sync.sync.work.settings import state_folder

    config, _ = prepare(common)
    if last < first:
        raise UsageError(spoken("--to {last} lies before --from {first}.", last=last, first=first))
    found = report.read_report(state_folder(config), first, last, purchases, carried)
    if as_json:
        click.echo(json_text(report.as_data(found)))
    else:
        show(report.as_lines(found, language_of(common, config)))
