"""The command about money between payment and payout: clearing."""

from datetime import date

import click

from dinero_sync.cli.context import Common, command, day, ending_with, json_option, language_option
from dinero_sync.cli.streams import json_text, say
from dinero_sync.errors import ExitCode


@command("clearing")
@click.option("--account", type=int, metavar="N", help="Only this account (konto).")
@click.option("--payment-type", metavar="NAME", help="Only the account of this payment type.")
@click.option(
    "--from", "first", type=day, help="The first day; by default the accounting year's first."
)
@click.option("--until", "last", type=day, help="The last day, inclusive; by default today.")
@language_option
@json_option
def clearing(  # noqa: PLR0913 - one for each option
    common: Common,
    *,
    account: int | None,
    payment_type: str | None,
    first: date | None,
    last: date | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Prove the clearing accounts to the øre: what was sold, paid out, and what is still to come.

    Looks for each payment, refund and payout that dinero-sync posted among the entries
    (posteringer) in Dinero, and lists those that are missing or altered, those that somebody else
    posted, and the payments whose payout hasn't come. Reads the state folder and Dinero; changes
    nothing. Ends with 3 where an account holds something else than it should.

    \b
    Examples:
      dinero-sync clearing
      dinero-sync clearing --payment-type Dankort --from 2026-11-01 --until 2026-11-30
      dinero-sync clearing --account 55010 --json
    """
    from dinero_sync.cli.reports.money import clearing as report
    from dinero_sync.cli.work import (
        clock_of,
        language_of,
        language_of_locale,
        prepare,
        stop_on_signals,
        undisturbed,
    )
    from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts

    config, config_file = prepare(common)
    accounts = chosen(clearing_accounts(config), account, payment_type)
    clock = clock_of(config)
    stop_on_signals(clock)
    with undisturbed():
        found = clear(config, config_file, clock, accounts, first=first, last=last)
    with ending_with(ExitCode.HELD if report.differs(found) else ExitCode.OK):
        if as_json:
            click.echo(json_text(report.as_data(found)))
        else:
            say(report.as_text(found, language_of(language, config) or language_of_locale()))
