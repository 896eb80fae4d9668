"""The command that tries a shop's own settlement files: settlements test."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, group, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dinero_sync.config.model import Config
    from dinero_sync.settlements.trying import Tried

EXPECTED = ".yaml"
TONES = {"ok": Tone.DONE, "fail": Tone.IN_DOUBT, "new": Tone.WAITING}
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
    from dinero_sync.cli.work import prepare

    config, _ = prepare(common)
    files = _files(folder)
    tried = {each.name: _tried(each, config) for each in files}
    passed = not any(each.differences for each in tried.values())
    with ending_with(ExitCode.OK if passed else ExitCode.HELD):
        if as_json:
            click.echo(json_text({"files": [_data(name, each) for name, each in tried.items()]}))
        else:
            told_in = language_of(common, config)
            for name, each in tried.items():
                has_test = _beside(folder / name) is not None
                show(_told(name, each, told_in, has_test=has_test))


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


def _told(
    name: str, tried: "Tried", language: Language, *, has_test: bool
) -> "Iterator[str | Line]":
    from dinero_sync.cli.reports.order import indented
    from dinero_sync.settlements.trying import parts_of
    from dinero_sync.texts.telling import next_step, refused

    code = ("fail" if tried.differences else "ok") if has_test else "new"
    yield Line(f"{tell(f'rules.tried.{code}', language):<4}  {name}", TONES[code])
    for each in tried.differences:
        expected, found = _shown(each.expected, language), _shown(each.found, language)
        told = tell("rules.tried.found", language, what=each.what, expected=expected, found=found)
        yield from wrapped(told, 6)
    if tried.refusal is not None and (tried.differences or not has_test):
        yield from wrapped(refused(tried.refusal.code, tried.refusal.facts, language), 6)
        yield from indented(next_step(tried.refusal.steps, language).rstrip())
    if tried.settlement is not None and not has_test:
        yield f"format: {tried.settlement.format}"
        yield "payouts:"
        for payout in tried.settlement.payouts:
            parts = {part: value for part, value in parts_of(payout).items() if value is not None}
            yaml = ", ".join(
                f"{part}: {_shown(value, Language.ENGLISH)}" for part, value in parts.items()
            )
            yield f"  - {{id: {json_text(payout.id)}, {yaml}}}"


def _shown(value: object, language: Language) -> str:
    from decimal import Decimal

    if isinstance(value, tuple):
        each = ", ".join(_shown(part, language) for part in value)
        return each or tell("rules.tried.nothing", language)
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _data(name: str, tried: "Tried") -> dict[str, object]:
    return {
        "file": name,
        "passed": not tried.differences,
        "differences": [asdict(each) for each in tried.differences],
        "refused": None if tried.refusal is None else tried.refusal.code,
        "payouts": [] if tried.settlement is None else _payouts(tried),
    }


def _payouts(tried: "Tried") -> list[dict[str, object]]:
    from dinero_sync.settlements.trying import parts_of

    assert tried.settlement is not None  # noqa: S101 - asked before
    return [{"id": each.id, **parts_of(each)} for each in tried.settlement.payouts]
