"""The commands that look at the rules before they count: rules check, rules test, rules replay."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, group, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.cli.typed import day
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from dinero_sync.config.model import Config
    from dinero_sync.config.rule_examples import RuleExamples
    from dinero_sync.domain.chart import Chart
    from dinero_sync.posting.settings import PostingSettings


@group("rules")
def rules() -> None:
    """Check the rules, test them on examples, and replay them on orders already booked.

    \b
    Examples:
      dinero-sync rules check
      dinero-sync rules test examples.yaml
      dinero-sync rules replay --since 2026-12-01
    """


@command("check", rules)
@json_option
def check(common: Common, *, as_json: bool) -> None:
    """Check the rules against Dinero's chart of accounts and against the law.

    Each finding says what is wrong, from which paragraph it follows, and what to write instead.
    Reads Dinero and writes nothing there; the chart is kept for `rules test` and `rules replay`.
    Exits with 78 when there are errors; warnings and hints are left to you.

    \b
    Examples:
      dinero-sync rules check
      dinero-sync rules check --language da
      dinero-sync rules check --json
    """
    from dinero_sync.cli.reports.rules import findings_data, findings_lines
    from dinero_sync.cli.work import clock_of, prepare
    from dinero_sync.sync.insight.rules_check import check_rules

    config, config_file = prepare(common)
    told_in = language_of(common, config)
    findings = check_rules(config, config_file, clock_of(config))
    failed = any(finding.severity == "error" for finding in findings)
    with ending_with(ExitCode.CONFIG if failed else ExitCode.OK):
        if as_json:
            click.echo(json_text(findings_data(findings)))
        else:
            show(findings_lines(findings, told_in))


@command("test", rules)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def test(common: Common, *, file: Path, as_json: bool) -> None:
    """Try the examples in FILE on the rules, and tell which rules none of them hits.

    Each example is a short order with what is expected of it: accounts, totals, payment type, or
    a hold. The chart is the one last read from Dinero, or without it the file's own. Asks no
    service. Exits with 3 when an example comes out otherwise than expected.

    \b
    Examples:
      dinero-sync rules test examples.yaml
      dinero-sync rules test examples.yaml --json
    """
    from dinero_sync.cli.reports import tried as report
    from dinero_sync.cli.work import prepare
    from dinero_sync.config.rule_examples import load_examples
    from dinero_sync.domain.hold import HoldReason
    from dinero_sync.sync.insight.rule_examples import never_hit, try_example

    config, config_file = prepare(common)
    written = load_examples(file, map(str, HoldReason))
    settings, chart = _with_chart(config, config_file, written, file)
    tried = [try_example(example, settings, chart) for example in written.examples]
    rules, payment_types = never_hit(tried, settings)
    if as_json:
        data = {
            "examples": [report.example_data(each) for each in tried],
            "rules_never_hit": rules,
            "payment_types_never_hit": payment_types,
        }
        click.echo(json_text(data))
    else:
        told_in = language_of(common, config)
        show(report.examples_lines(tried, rules, payment_types, told_in))
    passed = all(each.passed for each in tried)
    raise SystemExit(int(ExitCode.OK if passed else ExitCode.HELD))


def _with_chart(
    config: "Config", config_file: str, written: "RuleExamples", file: Path
) -> "tuple[PostingSettings, Chart]":
    """Return the rules, with the chart last read or the file's own, which has all accounts."""
    from dinero_sync.journal.database import reading
    from dinero_sync.sync.insight.rule_examples import chart_of
    from dinero_sync.sync.intake.remembered import recollect
    from dinero_sync.sync.work.books import refuse_unusable_accounts
    from dinero_sync.sync.work.settings import state_folder

    with reading(state_folder(config)) as db:
        memory = recollect(config, config_file, db)
    if memory.chart is not None:
        return memory.settings, memory.chart
    if written.chart is None:
        raise UsageError(
            spoken(
                "Dinero's chart of accounts was never read here, and the file brings none. "
                "Either connect and run once, or add a chart to {file}:\n\n"
                "chart:\n  accounts:\n    - {{number: 1000, vat_code: U25}}\n    - {{number: "
                "1350, vat_code: U25}}\n  deposit_accounts: [55010]\n",
                file=file,
            )
        )
    chart = chart_of(written.chart)
    refuse_unusable_accounts(memory.settings, chart, config_file)
    return memory.settings, chart


@command("replay", rules)
@click.option(
    "--since",
    type=day,
    required=True,
    help="Orders booked for this day or later (Copenhagen).",
)
@click.option(
    "--read-catalogue",
    is_flag=True,
    help="First have the shop asked about goods that no run has read: a call for each product.",
)
@json_option
def replay(common: Common, *, since: date, read_catalogue: bool, as_json: bool) -> None:
    """Tell what the present rules would do to orders that are booked already.

    Shows every posting that would differ, each order that would now be held, and the totals of
    each account then and now. Reads the state folder only, and changes nothing: what is booked
    stays booked. After a change of the chart in Dinero run `rules check` first, which reads it.
    Rules that ask for categories or profiles need what the shop's catalogue says of the goods:
    --read-catalogue reads that, within shoporama.daily_calls, and keeps it.

    \b
    Examples:
      dinero-sync rules replay --since 2026-12-01
      dinero-sync rules replay --since 2026-12-01 --read-catalogue
      dinero-sync rules replay --since 2026-12-01 --json
    """
    from dinero_sync.cli.reports.rules import replay_data, replay_lines
    from dinero_sync.cli.work import reading_state
    from dinero_sync.sync.insight.replay import replay_since
    from dinero_sync.sync.intake.remembered import recollect

    if read_catalogue:
        _read_catalogue(common, since)
    with reading_state(common, at_once=False) as state:
        found = replay_since(recollect(state.config, state.config_file, state.db), since)
    if as_json:
        click.echo(json_text(replay_data(found)))
    else:
        show(replay_lines(found, language_of(common, state.config)))


def _read_catalogue(common: Common, since: date) -> None:
    """Have the shop asked what orders need of its catalogue, and keep it; says before what."""
    from dinero_sync.cli.commands.runs import progress_display
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.insight import unread_products
    from dinero_sync.sync.intake.catalogue import catalogue_for
    from dinero_sync.sync.intake.remembered import recollect

    with undisturbed(), at_work(common) as place:
        language = language_of(common, place.config)

        def told(code: str, **facts: int) -> None:
            show(wrapped(tell(f"rules.replay.{code}", language, **facts)), err=True)

        if not place.settings.asks_catalogue:
            told("not_asked")
            return
        memory = recollect(place.config, place.config_file, place.db)
        wanted = unread_products.products_to_read(memory, since)
        if not wanted:
            told("all_read")
            return
        calls, spare = unread_products.calls_for(memory, wanted), max(place.quota.spare(), 0)
        told("will_read", count=len(wanted), calls=calls, spare=spare)
        shop = catalogue_for(place.settings, place.shop, place.db, place.clock, place.quota)
        with progress_display(common, language, "rules.replay.reading") as progress:
            unread = unread_products.read_products(shop, memory, wanted, progress)
        if unread and place.quota.spare() <= 0:
            told("still_unread", count=unread)
