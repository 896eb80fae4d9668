"""Where every shop of a folder stands: what needs somebody, the worst first."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from dinero_sync.cli import status_of
from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common, ending_with
from dinero_sync.cli.failures import in_words
from dinero_sync.cli.language import language_of
from dinero_sync.cli.reports.tables import cut
from dinero_sync.cli.shops.doubles import LOOK_SECONDS
from dinero_sync.cli.shops.each import Folder, Outcome, as_data, opened, options_for, outcomes
from dinero_sync.cli.shops.folder import Shop
from dinero_sync.cli.shops.forks import Stopping, Task, done_at_once, stoppable
from dinero_sync.cli.shops.voices import Voices
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show, width, wrapped
from dinero_sync.domain.step import Language
from dinero_sync.errors import SEVERITY, ExitCode, worst
from dinero_sync.journal.documents import Standing
from dinero_sync.logs import of_shop
from dinero_sync.sync.run.alarms import NEEDS_A_PERSON
from dinero_sync.texts.screens.saying import tell

WAITING = ("attention", "bills", "payouts")
"""What a shop's status lists of what waits for a person."""


def status_of_all(common: Common, path: Path, *, as_json: bool) -> None:
    """Print what needs somebody in the shops of a folder, and end with the worst status.

    Shops that need nobody share a line.
    """
    folder = opened(common, path, Voices(common, shown_later=not as_json))
    with stoppable() as stopping:
        found = sorted(outcomes(folder, ["status", "--json"], stopping), key=_rank)
        with ending_with(worst(each.exit_code for each in found)):
            if as_json:
                click.echo(json_text({each.shop: as_data(each) for each in found}))
            else:
                _show(folder, found, stopping)


def _rank(outcome: Outcome) -> tuple[int, str]:
    """Order shops by what is the matter with them, and then by their names."""
    return SEVERITY.index(_worst_of(outcome)), outcome.shop


def _worst_of(outcome: Outcome) -> ExitCode:
    """Return the status that stands for what needs somebody."""
    if outcome.data is None:
        return outcome.exit_code
    if not outcome.data["needs_you"]:
        return ExitCode.OK
    if outcome.data["alarms"]:
        return _of_last_run(outcome.data)
    waiting = (each for kind in WAITING for each in outcome.data[kind])
    in_doubt = any(each.get("standing") == Standing.IN_DOUBT for each in waiting)
    return ExitCode.IN_DOUBT if in_doubt else ExitCode.HELD


def _of_last_run(data: Mapping[str, Any]) -> ExitCode:
    """Return how the last run ended, where that is the alarm; else that runs are missing."""
    code = (data["last_run"] or {}).get("exit_code")
    return ExitCode(code) if code in NEEDS_A_PERSON else ExitCode.TEMPORARY


def _show(folder: Folder, found: Sequence[Outcome], stopping: Stopping) -> None:
    """Show each shop that needs somebody by its own status, and name the others."""
    language = language_of(folder.common)
    files = {shop.name: shop for shop in folder.shops}
    silent = [each.shop for each in found if _worst_of(each) is ExitCode.OK]
    for each in found[: len(found) - len(silent)]:
        show([head(each, language)])
        if each.data is not None:  # it was read a moment ago, in a process of its own
            with of_shop(each.shop):
                status_of(_words(folder.common, files[each.shop]))
        elif each.error is not None:
            show(wrapped(to_paste(in_words(each.error, language))))
        else:
            show(_told(folder.common, files[each.shop], stopping).splitlines())
        show([""])
    if silent:
        told = tell("operating.shops.silent", language, count=len(silent), names=", ".join(silent))
        show([cut(told, width())])


def head(outcome: Outcome, language: Language) -> Line:
    """Return the heading above a shop's status: what is the matter with it."""
    code, alarms = _worst_of(outcome), (outcome.data or {}).get("alarms")
    told = f"operating.shops.needs.{int(code)}"
    if alarms and code is ExitCode.TEMPORARY:  # which stands for several alarms
        told = f"notify.what.{alarms[0]['code']}"
    what = tell(told, language)
    return Line(tell("operating.shops.head", language, shop=outcome.shop, what=what), Tone.HEADING)


def _words(common: Common, shop: Shop, *options: str) -> list[str]:
    return [*options_for(common, shop), *options, "status"]


def _told(common: Common, shop: Shop, stopping: Stopping) -> str:
    """Return what a shop's own status tells a person in place of a result, in their language."""
    told = bytearray()
    work = partial(status_of, _words(common, shop, "--log-format", "text"))
    task = Task(shop=shop.name, work=work, seconds=LOOK_SECONDS)
    for _ in done_at_once([task], 1, stopping, lambda _, piece: told.extend(piece)):
        pass
    return told.decode(errors="replace").strip()
