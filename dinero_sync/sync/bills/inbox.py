"""The files in which bills come: found, known again by their content, and put away.

Nothing is deleted, and nothing is written over: a file is moved once what came of it is in the
journal, and a file with its name that is there already keeps it.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.bills.reading import bill_files, files_of
from dinero_sync.errors import ConfigError, Problem, StateError
from dinero_sync.journal.folder.files import beside, sync_folder, write_whole

DONE, HELD = "done", "held"
"""The folders in an inbox that take what is over, and what waits for a person."""
NOTE = ".txt"
"""What the name of the text beside a held file ends in."""
BESIDE = ".yaml"
"""What the name of a file ends in that says what a bill beside it says."""
HASH_DIGITS = 8
PART = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """One file with a bill in it."""

    path: Path
    digest: str
    """The hash of its content, and of what stands beside it."""
    inbox: Path | None
    """The inbox that it is in; None for one named elsewhere, which stays where it is."""

    @property
    def is_held(self) -> bool:
        """Tell whether it waits in the inbox for a person."""
        return self.inbox is not None and self.path.parent == self.inbox / HELD


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
            if alone and path.stem.startswith(beside.stem) and is_known(_digest((path, beside))):
                return path
    return None


def files_named(paths: Sequence[Path], inbox: Path | None) -> Iterator[PaperFile]:
    """Yield files that were named; those in the inbox are moved as usual."""
    for path in paths:
        whole = path.resolve()
        within = inbox is not None and whole.parent in {inbox.resolve(), inbox.resolve() / HELD}
        try:
            digest = digest_of(whole)
        except OSError as error:
            raise _unreadable(path, error) from error
        yield PaperFile(
            path=whole, digest=digest, inbox=inbox.resolve() if within and inbox else None
        )


def _papers(folder: Path) -> Iterator[Path]:
    """Yield the files that may be bills, without the texts that are written beside held ones."""
    for path in bill_files(folder):
        is_note = folder.name == HELD and path.suffix == NOTE and Path(path.stem).suffix
        if not is_note:
            yield path


def digest_of(path: Path) -> str:
    """Return the hash of a file's content, and of the YAML beside it."""
    return _digest(files_of(path))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for each in paths:
        with each.open("rb") as file:
            while part := file.read(PART):
                digest.update(part)
    return digest.hexdigest()


def put_away(paper: PaperFile, folder: str, note: str | None = None) -> None:
    """Move a file of an inbox, with what is beside it, to a folder in it.

    ``note`` is written beside it there. Raises StateError where the disk refuses; the next run
    moves it then.
    """
    if paper.inbox is None:
        return
    target = paper.inbox / folder
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        told = paper.path.with_name(f"{paper.path.name}{NOTE}")
        moved = files_of(paper.path)
        if paper.path.parent != target:
            free = _free_stem(target, moved, paper.digest)
            if told.is_file():
                told.rename(target / f"{free}{paper.path.suffix}{NOTE}")
            for each in moved:  # what is beside a bill comes last: finish_moves knows it by that
                each.rename(target / f"{free}{each.suffix}")
            sync_folder(target)
            sync_folder(paper.path.parent)
            told = target / f"{free}{paper.path.suffix}{NOTE}"
    except OSError as error:
        raise StateError(
            f"The bill {paper.path} can't be moved to {target} ({error.strerror}). What came of "
            "it is known, and nothing is posted twice. Let the user that runs dinero-sync write to "
            "the inbox; the next run moves it."
        ) from error
    if note is not None:
        beside(told).unlink(missing_ok=True)
        write_whole(told, note)


def _free_stem(folder: Path, moved: Sequence[Path], digest: str) -> str:
    """Return a name under which nothing is there yet, whatever the ending."""
    stem, endings = moved[0].stem, [f"{moved[0].suffix}{NOTE}", *(each.suffix for each in moved)]
    counted = (f"{stem} ({count})" for count in itertools.count(2))
    candidates = itertools.chain((stem, f"{stem}-{digest[:HASH_DIGITS]}"), counted)
    return next(
        each
        for each in candidates
        if not any((folder / f"{each}{ending}").exists() for ending in endings)
    )


def _unreadable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"The bills at {path} can't be read ({error.strerror}). No bill was posted; orders aren't "
        "concerned. Make the folder (bills.inbox), and let the user that runs dinero-sync read and "
        "write there."
    )
