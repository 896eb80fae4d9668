"""The files in which bills come: found, and put away with what stands beside them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dinero_sync.bills.reading import bill_files, files_of
from dinero_sync.errors import ConfigError, Problem, StateError
from dinero_sync.sync.work import inbox as papers
from dinero_sync.sync.work.inbox import DONE, HELD, NOTE, PaperFile, inbox_of

BESIDE = ".yaml"
"""What the name of a file ends in that says what a bill beside it says."""


def files_in(inbox: Path) -> Iterator[PaperFile]:
    """Yield the files of an inbox, and those held in it, by their names.

    Raises ConfigError where the folder isn't there, StateError where it can't be read.
    """
    if not inbox.is_dir():
        raise ConfigError(
            [
                Problem(
                    key="bills.inbox",
                    message=f"there is no folder {inbox}. No bill was posted; orders aren't "
                    "concerned. Make it, for the user that runs dinero-sync, or correct the key",
                )
            ]
        )
    try:
        for folder in (inbox, inbox / HELD):
            if folder.is_dir():
                for path in _papers(folder):
                    yield PaperFile(path=path, digest=digest_of(path), inbox=inbox)
    except OSError as error:
        raise _unreadable(inbox, error) from error


def finish_moves(inbox: Path, is_known: Callable[[str], bool]) -> None:
    """Move what stood beside a bill after it, where a run died in between.

    ``is_known``: whether a bill with such a digest was read from a document and what was beside it.
    """
    try:
        for path in bill_files(inbox):
            if path.suffix == BESIDE and files_of(path) == (path,):
                after = _moved_before(inbox, path, is_known)
                if after is not None:
                    path.rename(after.with_suffix(BESIDE))
    except OSError as error:
        raise _unreadable(inbox, error) from error


def _moved_before(inbox: Path, beside: Path, is_known: Callable[[str], bool]) -> Path | None:
    """Return the document that was moved without what is beside it."""
    for folder in (inbox / DONE, inbox / HELD):
        for path in sorted(folder.iterdir() if folder.is_dir() else ()):
            alone = path.suffix != BESIDE and not path.with_suffix(BESIDE).exists()
            if (
                alone
                and path.stem.startswith(beside.stem)
                and is_known(papers.digest_of((path, beside)))
            ):
                return path
    return None


def files_named(paths: Sequence[Path], inbox: Path | None) -> Iterator[PaperFile]:
    """Yield files that were named; those in the inbox are moved as usual."""
    for path in paths:
        whole = path.resolve()
        try:
            digest = digest_of(whole)
        except OSError as error:
            raise _unreadable(path, error) from error
        yield PaperFile(path=whole, digest=digest, inbox=inbox_of(whole, inbox))


def _papers(folder: Path) -> Iterator[Path]:
    """Yield the files that may be bills, without the texts that are written beside held ones."""
    for path in bill_files(folder):
        is_note = folder.name == HELD and path.suffix == NOTE and Path(path.stem).suffix
        if not is_note:
            yield path


def digest_of(path: Path) -> str:
    """Return the hash of a file's content, and of the YAML beside it."""
    return papers.digest_of(files_of(path))


def put_away(paper: PaperFile, folder: str, note: str | None = None) -> None:
    """Move a bill's file of an inbox, with what is beside it; see :func:`papers.put_away`."""
    if paper.inbox is not None:
        papers.put_away(paper, files_of(paper.path), folder, note)


def _unreadable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"The bills at {path} can't be read ({error.strerror}). No bill was posted; orders aren't "
        "concerned. Make the folder (bills.inbox), and let the user that runs dinero-sync read and "
        "write there."
    )
