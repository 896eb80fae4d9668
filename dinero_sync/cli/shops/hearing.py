"""The commands of ``notify`` for every shop of a folder: what each says, under the shop's name."""

from pathlib import Path

from dinero_sync.cli.context import Common, ending_with
from dinero_sync.cli.shops.each import Outcome, opened, outcomes
from dinero_sync.cli.shops.forks import stoppable
from dinero_sync.cli.shops.voices import Voices
from dinero_sync.cli.terminal import Line, Tone, show
from dinero_sync.errors import worst


def notify_all(common: Common, path: Path, command: str) -> None:
    """Give ``notify test`` or ``notify watch`` for each shop, and end with the worst status.

    A shop of which there is nothing to say isn't named.
    """
    folder = opened(common, path, Voices(common))
    with stoppable() as stopping:
        found = sorted(outcomes(folder, ["notify", command], stopping), key=_name)
    with ending_with(worst(each.exit_code for each in found)):
        for each in found:
            if each.printed.strip():
                show([Line(each.shop, Tone.HEADING), *each.printed.splitlines(), ""])


def _name(outcome: Outcome) -> str:
    """Order shops by their names, whichever ended first.

    A screen that is the same each morning is read faster, and mails of cron can be compared.
    """
    return outcome.shop
