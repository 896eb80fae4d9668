"""What each channel was told: a file in the state folder, for each configuration one.

Losing it tells again, and never less. Where the folder can't be written, as on a full disk, it is
kept where the machine has a folder for this process until it is started anew: otherwise each run
would tell that the disk is full.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.journal.folder.files import replace_whole
from dinero_sync.notify.message import NotToldError

VERSION = 1
IN_PLACE = ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR")
"""systemd.exec(5), and the XDG base directory specification."""

Told = Mapping[str, frozenset[str]]
"""What was told, by the channel."""


def memory_of(folder: Path, shop: str) -> Path:
    """Return the file of a shop, by the name of its configuration.

    Shops that were given one state folder are refused for it, and the people of each hear of that.
    """
    return folder / ("notified.json" if shop == "config" else f"notified-{shop}.json")


def told_in(memory: Path) -> Told:
    """Return what was told; nothing where nothing is known of it."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        there = [path for path in _places(memory) if path.is_file()]
        newest = max(there, key=lambda path: path.stat().st_mtime)
        kept = json.loads(newest.read_text(encoding="utf-8"))
        if kept["version"] == VERSION:
            return {str(name): frozenset(keys) for name, keys in kept["channels"].items()}
    return {}


def remember(memory: Path, told: Told) -> None:
    """Keep what was told; raises NotToldError where no folder takes it."""
    channels = {name: sorted(keys) for name, keys in sorted(told.items())}
    text = json.dumps({"version": VERSION, "channels": channels}, indent=1) + "\n"
    first, *others = _places(memory)
    for path in (first, *others):
        with suppress(OSError):
            replace_whole(path, text)
            for other in others if path == first else ():
                other.unlink(missing_ok=True)
            return
    raise NotToldError(
        spoken(
            "What was told can't be remembered: {path} can't be written. Each run will tell it "
            "again. Mend the disk or the folder's permissions.",
            path=first,
        )
    )


def _places(memory: Path) -> list[Path]:
    named = (os.environ.get(name, "").split(":")[0] for name in IN_PLACE)
    mark = hashlib.sha256(os.fsencode(memory)).hexdigest()[:12]  # of several shops, whose it is
    others = (Path(each) / f"dinero-sync-{mark}-notified.json" for each in named if each)
    return [memory, *others]
