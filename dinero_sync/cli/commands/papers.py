"""The commands about files that come in: bills, payouts."""

from pathlib import Path

import click

from dinero_sync.cli.context import Common, command, ending_with, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.texts.screens.saying import tell


@command("bills")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be posted; write nothing anywhere.")
@json_option
def bills(
    common: Common,
    *,
    files: tuple[Path, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Post suppliers' bills as purchase vouchers (bilag), each with its document linked.

    Takes the files named, which stay where they are, or without any those of bills.inbox, as every
    run does. A bill is an e-invoice in XML, or a PDF that a template reads or that has a small YAML
    file beside it. Each becomes one voucher, whatever its file is called and however often it
    comes; what isn't clear is held, with what to do.

    \b
    Examples:
      dinero-sync bills
      dinero-sync bills invoice-1042.pdf
      dinero-sync bills --dry-run --json
    """
    from dinero_sync.cli.reports.money import bills as report
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.run.bills.looking import look_at_bills
    from dinero_sync.sync.run.result import ended

    _refuse_missing(files)
    with undisturbed(), at_work(common, dry_run=dry_run) as place:
        if place.bills is None:
            raise UsageError(
                spoken(
                    "The configuration has no rules for bills, so nobody can say what becomes of "
                    "one. Nothing was posted. Add a section bills; the example has one to begin "
                    "with: bills.rules"
                )
            )
        result = ended(place, lambda told: look_at_bills(place, told, files or None))
        told_in = language_of(common, place.config)
    with ending_with(result.exit_code):
        if as_json:
            click.echo(json_text(report.as_data(result.bills)))
        else:
            show(report.as_lines(result.bills, told_in))


@command("payouts")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--statement",
    "statements",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A bank statement of the period, which proves what was paid out. May be repeated.",
)
@click.option(
    "--accept",
    metavar="PAYOUT",
    help="Movements of this payout that have no order are right; needs --reason.",
)
@click.option("--reason", default="", help="Why they are; kept with the payout.")
@click.option("--dry-run", is_flag=True, help="Show what would be posted; write nothing anywhere.")
@json_option
def payouts(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    files: tuple[Path, ...],
    statements: tuple[Path, ...],
    accept: str | None,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Post what payment providers paid out, with their fees, from their settlement files.

    Takes the files named, which stay where they are, or without any those of payouts.inbox, as
    every run does. Each payout becomes one ledger item (finansbilag), whatever its file is called
    and however often it comes; a file that doesn't add up is refused whole. Exits with 3 where
    something is held or refused, or a movement has no order: accept such once you looked.

    \b
    Examples:
      dinero-sync payouts
      dinero-sync payouts stripe-december.csv --statement bank.csv
      dinero-sync payouts --dry-run --json
      dinero-sync payouts --accept payout:stripe:po_1Abc \\
        --reason "sold at a market"
    """
    if accept is not None:
        if files or statements or dry_run or as_json:
            raise UsageError(spoken("--accept goes with --reason alone."))
        _accept(common, accept, reason.strip())
        return
    from dinero_sync.cli.reports.money import payouts as report
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.run.credit.awaited import no_longer_awaited
    from dinero_sync.sync.run.credit.later_chains import deliver_chains
    from dinero_sync.sync.run.payouts.looking import look_at_payouts
    from dinero_sync.sync.run.result import RunResult, ended

    _refuse_missing((*files, *statements))
    with undisturbed(), at_work(common, dry_run=dry_run) as place:
        if place.payouts is None:
            raise UsageError(
                spoken(
                    "The configuration has no sources of payouts, so nobody can say where one "
                    "goes. Nothing was posted. Add a section payouts; the example has one to "
                    "begin with: payouts.sources"
                )
            )

        def look(told: RunResult) -> None:
            look_at_payouts(place, told, files or None, statements)
            if not dry_run:
                deliver_chains(place, no_longer_awaited(place), told)

        result = ended(place, look)
        told_in = language_of(common, place.config)
    with ending_with(result.exit_code):
        if as_json:
            click.echo(json_text(report.as_data(result.payouts)))
        else:
            show(report.as_lines(result.payouts, told_in))


def _refuse_missing(files: tuple[Path, ...]) -> None:
    """Raise UsageError for files that aren't there."""
    missing = [str(each) for each in files if not each.is_file()]
    if missing:
        raise UsageError(
            spoken("There is no file {missing}. Nothing was posted.", missing=", ".join(missing))
        )


def _accept(common: Common, name: str, reason: str) -> None:
    """Accept movements that have no order."""
    if not reason:
        raise UsageError(spoken("Give a --reason: whoever checks the books will ask for it."))
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.work import prepare, undisturbed
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.run import by_hand
    from dinero_sync.sync.run.payouts.by_hand import accept_unmatched

    config, _ = prepare(common)
    with undisturbed(), by_hand.open_state(config) as (db, clock):
        record = subject_named(db, name)
        if not isinstance(record, PayoutRecord):
            raise UsageError(
                spoken("{name} is no payout; one is called like payout:stripe:po_1Abc.", name=name)
            )
        accept_unmatched(db, record, reason, clock.now())
    show(
        wrapped(
            tell("money.papers.accepted", language_of(common, config), name=record.name, why=reason)
        )
    )
