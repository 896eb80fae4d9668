"""``dinero-sync verify``: proves that nothing in the journal was changed or removed."""

from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, ending_with, prepare
from dinero_sync.errors import ExitCode

if TYPE_CHECKING:
    from dinero_sync.journal.verification import Verification


@click.command("verify")
@click.option(
    "--head",
    "heads",
    multiple=True,
    help="A journal_head from the logs, which must be in the chain; may be repeated.",
)
@config_option
@click.pass_obj
def command(common: Common, *, heads: tuple[str, ...]) -> None:
    """Prove that no line of the journal was changed or removed, nor what was decided.

    Each line carries a hash of itself and of the line before, and of what was sent or answered. A
    booking's line carries one of the decision that it rests on. A journal that was cut off at the
    end shows when you give a journal_head that a later run logged.

    \b
    Examples:
      dinero-sync verify
      dinero-sync verify --head b759bda8210249fc525c87c8c557ca27a4e2c1605814212b6a5033d7a9dcc22c
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, _ = prepare(common)
    from dinero_sync.journal.database import reading  # noqa: PLC0415 - slow to import
    from dinero_sync.journal.verification import verify  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    with reading(state_folder(config)) as db:
        found = verify(db, heads)
    with ending_with(ExitCode.STATE if found.faults else ExitCode.OK):
        _print(found)


def _print(found: "Verification") -> None:
    click.echo(f"{found.lines} lines; the contents of {found.bodies_removed} are removed for age.")
    click.echo(f"journal_head {found.head}")
    for fault in found.faults:
        click.echo(fault)
    if found.faults:
        click.echo(
            "The journal isn't what was written. The books are in Dinero and aren't touched by "
            "this; find out who changed the state folder, and put its last backup back."
        )
    else:
        click.echo("Nothing was changed or removed.")
