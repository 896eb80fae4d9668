"""The command that looks at templates of bills before they count: templates test."""

from pathlib import Path

import click

from dinero_sync.cli.context import Common, command, group, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ExitCode, UsageError

templates_option = click.option(
    "--templates",
    "own",
    type=click.Path(path_type=Path),
    help="A folder with templates of your own, beside those of the program; left out, it is "
    "bills.templates of the configuration, where there is one.",
)


@group("templates")
def templates() -> None:
    """Try the templates by which suppliers' bills in PDF are read.

    \b
    Examples:
      dinero-sync templates test bills/
      dinero-sync templates test bills/ --templates templates/
    """


@command("test", templates)
@click.argument("folder", type=click.Path(path_type=Path))
@templates_option
@json_option
def test(common: Common, *, folder: Path, own: Path | None, as_json: bool) -> None:
    """Read the bills in FOLDER, and compare with what is written beside each as YAML.

    Beside invoice.pdf stands invoice.yaml, with what the bill says: supplier, number, date,
    amounts by VAT rate and so on. Asks no service and changes nothing. Exits with 3 when a bill
    is read otherwise, or not at all.

    \b
    Examples:
      dinero-sync templates test bills/
      dinero-sync templates test bills/ --templates templates/ --json
    """
    from dinero_sync.bills.templates import load_templates
    from dinero_sync.bills.trial import tried
    from dinero_sync.cli.reports import tried as report

    if not folder.is_dir():
        raise UsageError(spoken("There is no folder {folder}. Nothing was read.", folder=folder))
    trials = list(tried(folder, load_templates(own or _configured(common))))
    if not trials:
        raise UsageError(
            spoken(
                "No bill in {folder} has YAML beside it, so there is nothing to compare "
                "with. Write what invoice.pdf says into invoice.yaml:\n\n"
                "supplier: Shoporama ApS\n"
                'number: "1234"\n'
                "date: 2026-09-03\n"
                "currency: DKK\n"
                "amounts:\n  - {{rate: 25, net: 750.00, vat: 187.50}}\n"
                "total: 937.50\n",
                folder=folder,
            )
        )
    if as_json:
        click.echo(json_text({"bills": [report.bill_data(each) for each in trials]}))
    else:
        show(report.bills_lines(trials, language_of(common)))
    passed = all(each.passed for each in trials)
    raise SystemExit(int(ExitCode.OK if passed else ExitCode.HELD))


def _configured(common: Common) -> Path | None:
    """Return ``bills.templates`` of the configuration; None without it, or without one."""
    from dinero_sync.cli.shops.folder import one_config
    from dinero_sync.config.home import config_if_any
    from dinero_sync.config.load import load_config

    named = config_if_any(common.config_path) is not None
    bills = load_config(one_config(common)).bills if named else None
    return None if bills is None else bills.templates
