"""A page as a file: for its owner alone, whole or not at all, and over nothing but such a page."""

from pathlib import Path

from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError
from dinero_sync.journal.folder.files import replace_whole
from dinero_sync.texts.screens.saying import tell

BEGINS = "<!doctype html><!-- dinero-sync reconcile -->"
"""How a page begins that may be written over."""


def refuse_other_file(path: Path, language: Language) -> None:
    """Raise UsageError where something is that isn't a page of ours, or where no folder is."""
    try:
        path.parent.stat()
        is_free = not (path.exists() or path.is_symlink()) or _is_a_page(path)
    except OSError as error:
        raise _unwritten(path, error, language) from error
    if not is_free:
        told = tell("money.reconcile.page.other_file", language, path=str(path))
        raise UsageError(told)


def _is_a_page(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(BEGINS)) == BEGINS.encode()


def write_page(path: Path, page: str, language: Language) -> None:
    """Write a page; what stood there stays where it can't be written whole.

    Raises UsageError where another file is there by now, or the disk refuses.
    """
    refuse_other_file(path, language)
    try:
        replace_whole(path, page)
    except OSError as error:
        raise _unwritten(path, error, language) from error


def _unwritten(path: Path, error: OSError, language: Language) -> UsageError:
    facts = {"path": str(path), "trouble": error.strerror or ""}
    return UsageError(tell("money.reconcile.page.unwritten", language, **facts))
