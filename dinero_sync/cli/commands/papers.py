"""The command about files that come in: bills."""

from pathlib import Path

import click

from dinero_sync.cli.context import Common, command, ending_with, json_option, language_option
from dinero_sync.cli.streams import json_text, say
from dinero_sync.errors import UsageError


@command("bills")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be posted; write nothing anywhere.")
@language_option
@json_option
def bills(
    common: Common,
    *,
    files: tuple[Path, ...],
    dry_run: bool,
    language: str | None,
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
    from dinero_sync.cli.work import at_work, language_of, undisturbed
    from dinero_sync.domain.step import Language
    from dinero_sync.sync.run.bills import look_at_bills
    from dinero_sync.sync.run.result import ended

    missing = [str(each) for each in files if not each.is_file()]
    if missing:
        raise UsageError(f"There is no file {', '.join(missing)}. Nothing was posted.")
    with undisturbed(), at_work(common, dry_run=dry_run) as place:
        if place.bills is None:
            raise UsageError(
                "The configuration has no rules for bills, so nobody can say what becomes of one. "
                "Nothing was posted. Add a section bills; the example has one to begin with: "
                "bills.rules"
            )
        result = ended(place, lambda told: look_at_bills(place, told, files or None))
        told_in = language_of(language, place.config) or Language.ENGLISH
    with ending_with(result.exit_code):
        if as_json:
            click.echo(json_text(report.as_data(result.bills)))
        else:
            say(report.as_text(result.bills, told_in))
