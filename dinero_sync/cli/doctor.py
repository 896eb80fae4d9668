"""``dinero-sync doctor``: asks the live services everything that reading can tell."""

from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, json_option, prepare
from dinero_sync.cli.streams import json_text
from dinero_sync.errors import worst

if TYPE_CHECKING:
    from dinero_sync.sync.setup.findings import Diagnosis

MARKS = {"fine": "ok  ", "note": "note", "problem": "!!  "}


@click.command("doctor")
@click.option(
    "--rebuild",
    is_flag=True,
    help="Make a damaged journal anew by reading the shop and Dinero; asks nothing else.",
)
@json_option
@config_option
@click.pass_obj
def command(common: Common, *, rebuild: bool, as_json: bool) -> None:
    """Ask Shoporama and Dinero everything that reading can tell; write nothing.

    Says what each answer means for the configuration. Run it before the first run, after a change
    of the configuration, and when something is odd. With --rebuild the damaged journal is moved
    aside, never overwritten, and what was booked is found in Dinero by its identity. What people
    decided (skip, adopt, accepted notes) is found nowhere else: it is listed, to be decided again.

    \b
    Examples:
      dinero-sync doctor
      dinero-sync doctor --json
      dinero-sync doctor --rebuild
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, config_file = prepare(common)
    from dinero_sync.clock import SystemClock  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.setup.doctor import examine  # noqa: PLC0415 - the same

    clock = SystemClock(float(config.sync.deadline_minutes) * 60)
    if rebuild:
        from dinero_sync.cli.work import undisturbed  # noqa: PLC0415 - slow to import
        from dinero_sync.sync.run.rebuild import rebuild as rebuild_journal  # noqa: PLC0415 - slow

        with undisturbed():
            rebuilt = rebuild_journal(config, config_file, clock)
        from dinero_sync.cli.rebuild_report import as_text  # noqa: PLC0415 - beside its use

        click.echo(as_text(rebuilt))
        return
    findings = []
    for finding in examine(config, config_file, clock):
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        click.echo(json_text([_data(each) for each in findings]))
    raise SystemExit(int(worst(each.exit_code for each in findings)))


def _print(finding: "Diagnosis") -> None:
    click.echo(f"{MARKS[finding.verdict]}  {finding.question}")
    for text in (finding.answer, finding.meaning):
        for line in text.splitlines():
            click.echo(f"      {line}")


def _data(finding: "Diagnosis") -> dict[str, object]:
    return {
        "question": finding.question,
        "verdict": str(finding.verdict),
        "answer": finding.answer,
        "meaning": finding.meaning,
        "exit_code": int(finding.exit_code),
    }
