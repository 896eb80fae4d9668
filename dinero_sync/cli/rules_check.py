"""``dinero-sync rules check``: the rules against the live chart and the law."""

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, ending_with, json_option, prepare
from dinero_sync.cli.streams import json_text
from dinero_sync.errors import ExitCode

if TYPE_CHECKING:
    from dinero_sync.domain.finding import Finding

MARKS = {"error": "!!  ", "warning": "!   ", "hint": "note"}


@click.command("check")
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, as_json: bool) -> None:
    """Check the rules against Dinero's chart of accounts and against the law.

    Each finding says what is wrong, from which paragraph it follows, and what to write instead.
    Reads Dinero and writes nothing there; the chart is kept for `rules test` and `rules replay`.
    Exits with 78 when there are errors; warnings and hints are left to you.

    \b
    Examples:
      dinero-sync rules check
      dinero-sync rules check --json
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, config_file = prepare(common)
    from dinero_sync.clock import SystemClock  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.insight.rules_check import check_rules  # noqa: PLC0415 - the same

    clock = SystemClock(float(config.sync.deadline_minutes) * 60)
    findings = check_rules(config, config_file, clock)
    failed = any(finding.severity == "error" for finding in findings)
    with ending_with(ExitCode.CONFIG if failed else ExitCode.OK):
        if as_json:
            click.echo(json_text([_data(each) for each in findings]))
        else:
            for finding in findings:
                _print(finding)
            click.echo(_summary(findings))


def _print(finding: "Finding") -> None:
    click.echo(f"{MARKS[finding.severity]}  {finding.key}")
    mending, _, yaml = finding.mending.partition("\n\n")
    source = f"Source: {finding.source}" if finding.source else ""
    for text in (finding.message, source, mending):
        for line in textwrap.wrap(text, 92):
            click.echo(f"      {line}")
    if yaml:
        click.echo("\n" + textwrap.indent(yaml.rstrip("\n"), " " * 8))
    click.echo()


def _summary(findings: "list[Finding]") -> str:
    if not findings:
        return "Nothing was found."
    counts = Counter(str(finding.severity) for finding in findings)
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts.items())


def _data(finding: "Finding") -> dict[str, object]:
    return {
        "severity": str(finding.severity),
        "key": finding.key,
        "message": finding.message,
        "source": finding.source,
        "mending": finding.mending,
    }
