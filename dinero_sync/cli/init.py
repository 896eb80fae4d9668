"""``dinero-sync init``: asks shop, chart and owner, and writes a configuration to begin with."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, remember_command
from dinero_sync.errors import UsageError

if TYPE_CHECKING:
    from dinero_sync.config.answers import Answers
    from dinero_sync.config.connection import Connection
    from dinero_sync.dinero.organisations import Organization

NEXT = """\
Written: {file}
Read it once, with your bookkeeper (bogholder, revisor). Then:
  dinero-sync -c {file} connect
  dinero-sync -c {file} doctor
  dinero-sync -c {file} rules check
  dinero-sync -c {file} plan"""

UNREAD = {
    "payment gateways": "The ways to pay are those of the newest orders, without their names. Look "
    "over payment_types: with none in it, no payment is registered.",
    "countries": "No rules for sales abroad are suggested. Orders that name their country by an id "
    "are held until the key has the right, or shoporama.countries says which it is.",
    "categories": "No categories of second-hand goods are suggested.",
}
"""What it means for the configuration that the key may not read a list."""


@click.command("init")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config.yaml"),
    show_default=True,
    help="The file to write; an existing one is never overwritten.",
)
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the answers from this YAML file, and what it lacks from what is suggested.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is suggested.")
@config_option
@click.pass_obj
def command(common: Common, *, output: Path, answers_file: Path | None, yes: bool) -> None:
    """Write a commented configuration from what your shop, Dinero and you say.

    Needs the keys first, as environment variables: SHOPORAMA_API_KEY, DINERO_CLIENT_ID,
    DINERO_CLIENT_SECRET and, for a personal integration, DINERO_API_KEY. Or name a configuration
    that has the sections shoporama and dinero with -c; what else stands in it isn't looked at.
    Only reads at both services. With `method: visma_connect`, connect first.

    \b
    Examples:
      dinero-sync init
      dinero-sync -c keys.yaml init -o config.yaml
      dinero-sync init --answers answers.yaml
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    if yes and answers_file is not None:
        raise UsageError("--yes asks nothing and --answers answers: give one of them.")
    from dinero_sync.clock import SystemClock  # noqa: PLC0415 - slow to import
    from dinero_sync.config.answers import Answers, load_answers  # noqa: PLC0415 - the same
    from dinero_sync.domain.calendar import accounting_date  # noqa: PLC0415 - the same
    from dinero_sync.sync.setup import starting_answers, starting_config  # noqa: PLC0415 - the same
    from dinero_sync.sync.setup.starting_facts import read_starting_facts  # noqa: PLC0415 - the same

    starting_config.refuse_existing(output)
    given = load_answers(answers_file) if answers_file else Answers()
    connection = _connection(common)
    clock = SystemClock(float(connection.config.sync.deadline_minutes) * 60)
    asks = not yes and answers_file is None
    facts = read_starting_facts(
        connection.config,
        clock,
        lambda seen: chosen_company(seen, given.organization_id, asks=asks),
    )
    for each in facts.unread:
        click.echo(f"{each.why} {UNREAD[each.listed]}\n", err=True)
    today = accounting_date(clock.now())
    suggested = starting_answers.suggested_answers(facts, today)
    if asks:
        from dinero_sync.cli.init_questions import ask  # noqa: PLC0415 - only where a person is

        given = _asked(lambda: ask(facts, suggested))
    answers = starting_answers.completed(given, suggested, facts)
    text = starting_config.starting_text(facts, answers, connection.sections, today)
    starting_config.write_checked(output, text, facts)
    click.echo(NEXT.format(file=output))


def _connection(common: Common) -> "Connection":
    """Take the keys from the configuration named with -c, else from the environment."""
    from dinero_sync.config import connection  # noqa: PLC0415 - pydantic is slow to import
    from dinero_sync.config.load import find_config  # noqa: PLC0415 - the same
    from dinero_sync.logs import set_up_logs  # noqa: PLC0415 - structlog too

    remember_command()
    set_up_logs(verbosity=common.verbosity, log_format=common.log_format)
    if common.config_path is not None:
        return connection.connection_in(find_config(common.config_path))
    return connection.connection_from_environment()


def _asked(ask: "Callable[[], Answers]") -> "Answers":
    try:
        return ask()
    except click.Abort:
        raise UsageError(
            "The questions weren't answered to the end; nothing was written. Where nobody can "
            "answer: dinero-sync init --yes, or --answers FILE"
        ) from None


def chosen_company(seen: "list[Organization]", wanted: int | None, *, asks: bool) -> "Organization":
    """Return the company meant; raises UsageError where nobody can answer."""
    by_number = {str(each.organization_id): each for each in seen}
    if wanted is not None and str(wanted) in by_number:
        return by_number[str(wanted)]
    listed = "\n".join(f"  {each.organization_id}  {each.name}" for each in seen)
    if not asks:
        raise UsageError(
            f"Several companies could be meant:\n{listed}\n"
            "Answer with the right one's number: organization_id"
        )
    click.echo(f"Which company?\n{listed}")
    return by_number[click.prompt("Its number", type=click.Choice(list(by_number)))]
