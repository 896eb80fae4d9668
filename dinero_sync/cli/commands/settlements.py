"""The command that tries a shop's own settlement files: settlements test."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, group, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from dinero_sync.config.model import Config
    from dinero_sync.settlements.trying import Tried

EXPECTED = ".yaml"
NO_ACCOUNT = 0
"""Reading a file posts nothing, so a source that is there for a test alone has none."""


@group("settlements")
def settlements() -> None:
    """Try settlement files of payment providers.

    \b
    Examples:
      dinero-sync settlements test settlements/
    """


@command("test", settlements)
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def test(common: Common, *, folder: Path, as_json: bool) -> None:
    """Read the settlement files in FOLDER, and compare each with what is expected of it.

    That stands in YAML beside the file: payouts-december.csv.yaml beside payouts-december.csv. For
    a file without one it is shown what it is read as, to be kept once you have looked it over. Asks
    no service and posts nothing. Exits with 3 when a file is read otherwise than expected.

    \b
    Examples:
      dinero-sync settlements test settlements/
      dinero-sync settlements test settlements/ --json
    """
    from dinero_sync.cli.reports import tried as report
    from dinero_sync.cli.work import prepare

    config, _ = prepare(common)
    tried = {each.name: _tried(each, config) for each in _files(folder)}
    passed = not any(each.differences for each in tried.values())
    with ending_with(ExitCode.OK if passed else ExitCode.HELD):
        if as_json:
            files = [report.file_data(name, each) for name, each in tried.items()]
            click.echo(json_text({"files": files}))
        else:
            told_in = language_of(common, config)
            for name, each in tried.items():
                has_test = _beside(folder / name) is not None
                show(report.file_lines(name, each, told_in, has_test=has_test))


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(each for each in folder.iterdir() if _is_settlement(each))
    except OSError as error:
        raise UsageError(
            spoken("{folder} can't be read: {strerror}.", folder=folder, strerror=error.strerror)
        ) from None
    if not files:
        raise UsageError(spoken("No settlement file is in {folder}.", folder=folder))
    return files


def _is_settlement(path: Path) -> bool:
    return path.is_file() and path.suffix != EXPECTED and not path.name.startswith(".")


def _beside(path: Path) -> Path | None:
    """Return the YAML beside a file, which has its name with or without its own ending."""
    names = (path.with_name(f"{path.name}{EXPECTED}"), path.with_suffix(EXPECTED))
    return next((each for each in names if each.exists()), None)


def _tried(path: Path, config: "Config") -> "Tried":
    from dinero_sync.config.inboxes.file_tests import load_file_test
    from dinero_sync.config.inboxes.payouts import columns_of, sources_of
    from dinero_sync.domain.papers.payout import Columns, Source
    from dinero_sync.settlements.trying import look_at, try_file

    sources = sources_of(config.payouts)
    beside = _beside(path)
    if beside is None:
        return look_at(path, sources)
    written = load_file_test(beside)
    if written.format is not None:
        columns = Columns() if written.columns is None else columns_of(written.columns)
        made_up = Source(
            id=written.format,
            format=written.format,
            columns=columns,
            clearing_account=NO_ACCOUNT,
            paid_to=NO_ACCOUNT,
            fee_account=NO_ACCOUNT,
        )
        sources = (made_up,)
    elif written.source is not None:
        sources = tuple(each for each in sources if each.id == written.source)
    expected = {
        each.id: each.model_dump(exclude={"id"}, exclude_unset=True) for each in written.payouts
    }
    return try_file(path, sources, expected, written.refused)
