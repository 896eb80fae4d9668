"""``dinero-sync rules test``: a shop's own examples against its rules."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, json_option, prepare
from dinero_sync.cli.streams import json_text
from dinero_sync.domain.hold import HoldReason
from dinero_sync.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from dinero_sync.config.model import Config
    from dinero_sync.config.rule_examples import RuleExamples
    from dinero_sync.domain.chart import Chart
    from dinero_sync.posting.settings import PostingSettings
    from dinero_sync.sync.insight.rule_examples import Tried


@click.command("test")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, file: Path, as_json: bool) -> None:
    """Try the examples in FILE on the rules, and tell which rules none of them hits.

    Each example is a short order with what is expected of it: accounts, totals, payment type, or
    a hold. The chart is the one last read from Dinero, or without it the file's own. Asks no
    service. Exits with 3 when an example comes out otherwise than expected.

    \b
    Examples:
      dinero-sync rules test examples.yaml
      dinero-sync rules test examples.yaml --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, config_file = prepare(common)
    from dinero_sync.config.rule_examples import load_examples  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.insight.rule_examples import never_hit, try_example  # noqa: PLC0415 - the same

    written = load_examples(file, map(str, HoldReason))
    settings, chart = _with_chart(config, config_file, written, file)
    tried = [try_example(example, settings, chart) for example in written.examples]
    rules, payment_types = never_hit(tried, settings)
    if as_json:
        data = {
            "examples": [_data(each) for each in tried],
            "rules_never_hit": rules,
            "payment_types_never_hit": payment_types,
        }
        click.echo(json_text(data))
    else:
        _print(tried, rules, payment_types)
    passed = all(each.passed for each in tried)
    raise SystemExit(int(ExitCode.OK if passed else ExitCode.HELD))


def _with_chart(
    config: "Config", config_file: str, written: "RuleExamples", file: Path
) -> "tuple[PostingSettings, Chart]":
    """Return the rules, with the chart last read or the file's own, which has all accounts."""
    from dinero_sync.journal.database import reading  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.insight.rule_examples import chart_of  # noqa: PLC0415 - the same
    from dinero_sync.sync.intake.remembered import recollect  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.books import refuse_unusable_accounts  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    with reading(state_folder(config)) as db:
        memory = recollect(config, config_file, db)
    if memory.chart is not None:
        return memory.settings, memory.chart
    if written.chart is None:
        raise UsageError(
            "Dinero's chart of accounts was never read here, and the file brings none. Either "
            f"connect and run once, or add a chart to {file}:\n\n"
            "chart:\n"
            "  accounts:\n"
            "    - {number: 1000, vat_code: U25}\n"
            "    - {number: 1350, vat_code: U25}\n"
            "  deposit_accounts: [55010]\n"
        )
    chart = chart_of(written.chart)
    refuse_unusable_accounts(memory.settings, chart, config_file)
    return memory.settings, chart


def _print(tried: "list[Tried]", rules: list[str], payment_types: list[str]) -> None:
    for each in tried:
        click.echo(f"{'ok  ' if each.passed else 'FAIL'}  {each.name}")
        for difference in each.differences:
            found = f"expected {difference.expected}, found {difference.found}"
            click.echo(f"      {difference.what}: {found}")
        if each.hold:
            click.echo(f"      {each.hold}")
    passed = sum(1 for each in tried if each.passed)
    click.echo(f"\n{passed} of {len(tried)} examples came out as expected.")
    for kind, names in (("rules", rules), ("payment types", payment_types)):
        if names:
            click.echo(f"No example hits these {kind}: {', '.join(names)}")


def _data(tried: "Tried") -> dict[str, object]:
    return {
        "name": tried.name,
        "passed": tried.passed,
        "differences": [
            {"what": each.what, "expected": each.expected, "found": each.found}
            for each in tried.differences
        ],
        "hold": tried.hold or None,
        "rules": sorted(tried.rules),
        "payment_type": tried.payment_type,
    }
