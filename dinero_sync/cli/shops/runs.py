"""A run of every shop of a folder, some at once; their statuses count together."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common, ending_with
from dinero_sync.cli.language import language_of
from dinero_sync.cli.shops.each import JOBS, Outcome, as_data, opened, outcomes, tell_of_others
from dinero_sync.cli.shops.folder import Shop
from dinero_sync.cli.shops.forks import stoppable
from dinero_sync.cli.shops.voices import Voices
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show
from dinero_sync.domain.step import Language
from dinero_sync.errors import DineroSyncError, ExitCode, worst
from dinero_sync.logs import get_logger
from dinero_sync.texts.screens.saying import tell

TONES = {ExitCode.OK: None, ExitCode.HELD: Tone.HELD, ExitCode.TEMPORARY: Tone.WAITING}
"""Of a shop's line; of any other status that of a doubt."""


def run_all(common: Common, path: Path, *, jobs: int | None, dry_run: bool, as_json: bool) -> None:
    """Run each shop of a folder, print what came of it, and end with the worst status."""
    began = time.monotonic()
    is_told = as_json or common.verbosity >= 0
    folder = opened(common, path, Voices(common), jobs=jobs or JOBS, reported=is_told)
    arguments = ["run", *(["--dry-run"] if dry_run else []), *(["--json"] if is_told else [])]
    language = language_of(common)
    found = dict[str, dict[str, Any]]()
    codes = list[ExitCode]()
    broke_off = dict[str, DineroSyncError]()
    with stoppable() as stopping:
        for each in outcomes(folder, arguments, stopping):
            codes.append(each.exit_code)
            if each.error is not None:
                broke_off[each.shop] = each.error
            if as_json:
                found[each.shop] = as_data(each)
            elif is_told:
                with suppress(BrokenPipeError):  # a reader that has left stops no shop
                    show([_line(each, _widest(folder.shops), language)])
        if not dry_run:
            tell_of_others(folder, broke_off, stopping)
    code = worst(codes)
    get_logger().info(
        "shops.finished",
        count=len(codes),
        seconds=round(time.monotonic() - began, 3),
        exit_code=int(code),
    )
    with ending_with(code):
        if as_json:
            click.echo(json_text({name: found[name] for name in sorted(found)}))
        elif is_told:
            show(_sum(codes, code, language))


def _widest(shops: Sequence[Shop]) -> int:
    return max(len(shop.name) for shop in shops)


def _line(outcome: Outcome, widest: int, language: Language) -> str | Line:
    code = outcome.exit_code
    text = f"{outcome.shop:<{widest}}  {code:>2}  {_words(outcome, language)}"
    tone = TONES.get(code, Tone.IN_DOUBT)
    return Line(text, tone) if tone else text


def _words(outcome: Outcome, language: Language) -> str:
    """Say in a few words what came of a shop's run."""
    counted = (outcome.data or {}).get("outcomes") or {}
    parts = [f"{count} {tell(f'run.outcome.{name}', language)}" for name, count in counted.items()]
    if outcome.exit_code is not ExitCode.OK:
        parts.insert(0, tell(f"operating.shops.code.{int(outcome.exit_code)}", language))
    elif not parts:
        parts = [
            tell("operating.shops.nothing" if outcome.data else "operating.shops.at_work", language)
        ]
    return ", ".join(parts)


def _sum(codes: Sequence[ExitCode], code: ExitCode, language: Language) -> Iterator[str]:
    yield ""
    yield tell("operating.shops.sum", language, count=len(codes), code=int(code))
    if code is not ExitCode.OK:
        yield to_paste(tell("operating.shops.what_to_do", language))
