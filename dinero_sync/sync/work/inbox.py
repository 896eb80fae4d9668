"""The files that come into an inbox: known again by their content, and put away.

Nothing is deleted, and nothing is written over: a file is moved once what came of it is in the
journal, and a file with its name that is there already keeps it.
"""

import hashlib
import itertools
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError, Problem, StateError
from dinero_sync.journal.documents import SubjectRecord
from dinero_sync.journal.folder.files import beside, sync_folder, write_whole
from dinero_sync.texts import telling

DONE, HELD = "done", "held"
"""The folders in an inbox that take what is over, and what waits for a person."""
NOTE = ".txt"
"""What the name of the text beside a held file ends in."""
HASH_DIGITS = 8
PART = 1 << 20
WIDTH = 92
"""Of the text beside a held file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """One file with bills or payouts in it."""

    path: Path
    digest: str
    """The hash of its content, and of what stands beside it."""
    inbox: Path | None
    """The inbox that it is in; None for one named elsewhere, which stays where it is."""

    @property
    def is_held(self) -> bool:
        """Tell whether it waits in the inbox for a person."""
        return self.inbox is not None and self.path.parent == self.inbox / HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """How one kind of papers lies in the folder that is its inbox."""

    key: str
    """The configuration's for the folder."""
    made: str
    """What is posted of them."""
    called: str
    """What they are called at the beginning of a sentence."""
    listed: Callable[[Path], Iterable[Path]]
    """Returns the files of a folder that may be such papers."""
    whole: Callable[[Path], Sequence[Path]]
    """Returns a file with what stands beside it and belongs to it."""

    def files_in(self, folder: Path) -> Iterator[PaperFile]:
        """Yield the files of an inbox, and those held in it, by their names.

        Raises ConfigError where the folder isn't there, StateError where it can't be read.
        """
        if not folder.is_dir():
            raise ConfigError(
                [
                    Problem(
                        key=self.key,
                        message=spoken(
                            "there is no folder {folder}. No {made} was posted; orders aren't "
                            "concerned. Make it, for the user that runs dinero-sync, or correct "
                            "the key",
                            folder=folder,
                            made=self.made,
                        ),
                    )
                ]
            )
        with self.readable(folder):
            for each in (folder, folder / HELD):
                for path in self.listed(each) if each.is_dir() else ():
                    if not is_note(path):
                        digest = digest_of(self.whole(path))
                        yield PaperFile(path=path, digest=digest, inbox=folder)

    def files_named(self, paths: Sequence[Path], folder: Path | None) -> Iterator[PaperFile]:
        """Yield files that were named; those in the inbox are moved as usual."""
        for path in paths:
            whole = path.resolve()
            with self.readable(path):
                digest = digest_of(self.whole(whole))
            yield PaperFile(path=whole, digest=digest, inbox=inbox_of(whole, folder))

    def put_away(self, paper: PaperFile, folder: str, note: str | None = None) -> None:
        """Move a file, with what belongs to it, to a folder of its inbox: :func:`put_away`."""
        if paper.inbox is not None:
            put_away(paper, self.whole(paper.path), folder, note)

    @contextmanager
    def readable(self, path: Path) -> Iterator[None]:
        """Raise StateError where what is read or moved within can't be."""
        try:
            yield
        except OSError as error:
            raise StateError(
                spoken(
                    "{called} at {path} can't be read ({why}). No {made} was posted; orders aren't "
                    "concerned. Make the folder ({key}), and let the user that runs dinero-sync "
                    "read and write there.",
                    called=self.called,
                    path=path,
                    why=error.strerror,
                    made=self.made,
                    key=self.key,
                )
            ) from error


def inbox_of(whole: Path, inbox: Path | None) -> Path | None:
    """Return the inbox that a named file is in; None for one that is elsewhere."""
    if inbox is None:
        return None
    folder = inbox.resolve()
    return folder if whole.parent in {folder, folder / HELD} else None


def is_note(path: Path) -> bool:
    """Tell whether a file is a text that was written beside a held one."""
    return path.parent.name == HELD and path.suffix == NOTE and bool(Path(path.stem).suffix)


def digest_of(paths: Iterable[Path]) -> str:
    """Return the hash of what files hold together."""
    digest = hashlib.sha256()
    for each in paths:
        with each.open("rb") as file:
            while part := file.read(PART):
                digest.update(part)
    return digest.hexdigest()


def put_away(paper: PaperFile, moved: Sequence[Path], folder: str, note: str | None = None) -> None:
    """Move a file of an inbox to a folder in it; ``moved`` is it and what goes with it.

    ``note`` is written beside it there; without one, what an earlier note said is over, and that is
    removed. Raises StateError where the disk refuses; the next run moves it then.
    """
    if paper.inbox is None:
        return
    target = paper.inbox / folder
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        told = paper.path.with_name(f"{paper.path.name}{NOTE}")
        if paper.path.parent != target:
            free = _free_stem(target, moved, paper.digest)
            if note is None and is_note(told):
                told.unlink(missing_ok=True)
            for each in moved:  # what is beside a bill comes last: finish_moves knows it by that
                each.rename(target / f"{free}{each.suffix}")
            sync_folder(target)
            sync_folder(paper.path.parent)
            told = target / f"{free}{paper.path.suffix}{NOTE}"
    except OSError as error:
        raise StateError(
            spoken(
                "{path} can't be moved to {target} ({why}). What came of it is known, and nothing "
                "is posted twice. Let the user that runs dinero-sync write to the inbox; the next "
                "run moves it.",
                path=paper.path,
                target=target,
                why=error.strerror,
            )
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


def note_of(records: Iterable[SubjectRecord], language: Language | None) -> str:
    """Write why each is held and what to do, in the configured language, else in both."""
    languages = (language,) if language else (Language.DANISH, Language.ENGLISH)
    return "\n".join(_note(each, languages) for each in records)


def _note(record: SubjectRecord, languages: Iterable[Language]) -> str:
    told = "\n\n".join("\n".join(_lines(record, each)) for each in languages)
    return f"{record.subject}\n\n{told}\n"


def _lines(record: SubjectRecord, language: Language) -> Iterator[str]:
    document = record.current
    if document.text is not None:
        yield from _wrapped(telling.said(document.text, document.facts, language))
    yield ""
    told = telling.next_step(document.steps, language, order=str(record.subject))
    words, _, block = told.partition("\n")
    yield from _wrapped(words)
    if block:
        yield block.rstrip("\n")


def _wrapped(text: str) -> list[str]:
    """Break sentences into lines; a command among them may be broken at its spaces only."""
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)
