"""Folders of files that belong together: written whole, or not at all.

A folder can't be replaced in one step: the old one is moved aside, the new one takes its place, and
then the old one is removed. Whoever dies in between leaves the old or the new one whole; a folder
that was moved aside is put back by the next look.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.folder.files import FOLDER_MODE, beside, sync_folder, write_whole
from dinero_sync.journal.folder.trouble import file_trouble

MANIFEST = "manifest.json"
"""What is in every such folder, and in no other; its ``files`` are the others' names."""
SUMS = "SHA256SUMS"
"""The name of the list that ``sha256sum -c`` reads."""


def earlier(folder: Path) -> dict[str, str] | None:
    """Return the files of the pack that is in ``folder``; None where there is none.

    Raises UsageError where the folder holds anything else, which would be lost.
    """
    aside = _aside(folder)
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    known = _known(folder)
    there = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    strangers = [name for name in there if name not in known]
    if not known or strangers:
        told = ", ".join(strangers) or folder.name
        raise UsageError(
            spoken(
                "{folder} holds what this command didn't write: {names}. Nothing was written. Move "
                "that elsewhere, or name another folder.",
                folder=str(folder),
                names=told,
            )
        )
    return {name: (folder / name).read_text(encoding="utf-8") for name in there}


def _known(folder: Path) -> frozenset[str]:
    """Return the names of the files that a manifest tells of; none where there is no such one."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return frozenset({MANIFEST, SUMS, *told["files"]})
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()


def write_pack(folder: Path, files: Mapping[str, str]) -> None:
    """Let ``folder`` hold just these files, for their owner alone; what was in it is replaced.

    Raises StateError where the disk refuses; the old folder stays then.
    """
    new, aside = beside(folder), _aside(folder)
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=FOLDER_MODE, parents=True)
        for name, content in files.items():
            write_whole(new / name, content)
        if aside.exists():
            shutil.rmtree(aside)
        if folder.exists():
            folder.rename(aside)
        new.rename(folder)
        sync_folder(folder.resolve().parent)
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise file_trouble(error, spoken("{path} can't be written", path=folder), folder) from error


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")
