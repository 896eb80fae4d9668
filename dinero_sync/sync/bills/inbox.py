"""The files in which bills come: found, known again by their content, and put away.

Nothing is deleted, and nothing is written over: a file is moved once what came of it is in the
journal, and a file with its name that is there already keeps it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.errors import StateError
from dinero_sync.journal.folder.files import beside, sync_folder, write_whole

DONE, HELD = "done", "held"
"""The folders in an inbox that take what is over, and what waits for a person."""
NOTE = ".txt"
"""What the name of the text beside a held file ends in."""
BESIDE = (".yaml", ".yml")
"""What the names of files end in that say what a bill beside them says."""
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

    Raises StateError where the folder isn't there or can't be read.
    """
    try:
        for folder in (inbox, inbox / HELD):
            if folder == inbox or folder.is_dir():
                for path in _papers(folder):
                    yield PaperFile(path=path, digest=digest_of(path), inbox=inbox)
    except OSError as error:
        raise _unreadable(inbox, error) from error


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
    """Yield the files that may be bills: no hidden ones, no texts of ours, no YAML of another."""
    found = sorted(path for path in folder.iterdir() if path.is_file())
    stems = {path.stem for path in found if path.suffix.lower() not in {*BESIDE, NOTE}}
    for path in found:
        is_note = path.suffix == NOTE and path.with_suffix("").name in {each.name for each in found}
        is_beside = path.suffix.lower() in BESIDE and path.stem in stems
        if not (path.name.startswith(".") or is_note or is_beside):
            yield path


def digest_of(path: Path) -> str:
    """Return the hash of a file's content, and of the YAML beside it."""
    digest = hashlib.sha256()
    for each in (path, *_beside(path)):
        with each.open("rb") as file:
            while part := file.read(PART):
                digest.update(part)
    return digest.hexdigest()


def _beside(path: Path) -> list[Path]:
    if path.suffix.lower() in BESIDE:
        return []
    found = (path.with_suffix(ending) for ending in BESIDE)
    return [each for each in found if each.is_file()]


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
        moved = [paper.path, *_beside(paper.path)]
        if paper.path.parent != target:
            free = _free_stem(target, moved, paper.digest)
            if told.is_file():
                told.rename(target / f"{free}{paper.path.suffix}{NOTE}")
            for each in reversed(moved):
                each.rename(target / f"{free}{each.suffix}")
            sync_folder(target)
            sync_folder(paper.path.parent)
            told = target / f"{free}{paper.path.suffix}{NOTE}"
    except OSError as error:
        raise StateError(
            f"The bill {paper.path} can't be moved to {target} ({error.strerror}). What came of it "
            "is known, and nothing is posted twice. Let the user that runs dinero-sync write to the "
            "inbox; the next run moves it."
        ) from error
    if note is not None:
        beside(told).unlink(missing_ok=True)
        write_whole(told, note)


def _free_stem(folder: Path, moved: Sequence[Path], digest: str) -> str:
    """Return a name under which nothing is there yet, whatever the ending."""
    stem = moved[0].stem
    for candidate in (stem, f"{stem}-{digest[:HASH_DIGITS]}", *_counted(stem)):
        if not any((folder / f"{candidate}{each.suffix}").exists() for each in moved):
            return candidate
    raise AssertionError  # the names are endless


def _counted(stem: str) -> Iterator[str]:
    count = 1
    while True:
        count += 1
        yield f"{stem} ({count})"


def _unreadable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"The bills at {path} can't be read ({error.strerror}). No bill was posted; orders aren't "
        "concerned. Make the folder (bills.inbox), and let the user that runs dinero-sync read and "
        "write there."
    )
