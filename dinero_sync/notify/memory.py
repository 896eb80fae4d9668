"""``notified.json`` in the state folder: what each channel was told.

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

FILE_NAME = "notified.json"
VERSION = 1
IN_PLACE = ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR")
"""systemd.exec(5), and the XDG base directory specification."""

Told = Mapping[str, frozenset[str]]
"""What was told, by the channel."""


def told_in(folder: Path) -> Told:
    """Return what was told; nothing where nothing is known of it."""
    there = [path for path in _places(folder) if path.is_file()]
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        newest = max(there, key=lambda path: path.stat().st_mtime)
        kept = json.loads(newest.read_text(encoding="utf-8"))
        if kept["version"] == VERSION:
            return {str(name): frozenset(keys) for name, keys in kept["channels"].items()}
    return {}


def remember(folder: Path, told: Told) -> None:
    """Keep what was told; raises NotToldError where no folder takes it."""
    channels = {name: sorted(keys) for name, keys in sorted(told.items())}
    text = json.dumps({"version": VERSION, "channels": channels}, indent=1) + "\n"
    first, *others = _places(folder)
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


def _places(folder: Path) -> list[Path]:
    named = (os.environ.get(name, "").split(":")[0] for name in IN_PLACE)
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]  # of several shops, whose it is
    others = (Path(each) / f"dinero-sync-{mark}-{FILE_NAME}" for each in named if each)
    return [folder / FILE_NAME, *others]
