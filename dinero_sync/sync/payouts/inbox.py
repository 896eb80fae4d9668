"""The files in which payouts come: found in the inbox, or named."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dinero_sync.errors import ConfigError, Problem, StateError
from dinero_sync.sync.work.inbox import HELD, PaperFile, digest_of, inbox_of, is_note


def files_in(inbox: Path) -> Iterator[PaperFile]:
    """Yield the files of an inbox, and those held in it, by their names.

    Raises ConfigError where the folder isn't there, StateError where it can't be read.
    """
    if not inbox.is_dir():
        raise ConfigError(
            [
                Problem(
                    key="payouts.inbox",
                    message=f"there is no folder {inbox}. No payout was posted; orders aren't "
                    "concerned. Make it, for the user that runs dinero-sync, or correct the key",
                )
            ]
        )
    try:
        for folder in (inbox, inbox / HELD):
            if folder.is_dir():
                for path in sorted(folder.iterdir()):
                    if path.is_file() and not path.name.startswith(".") and not is_note(path):
                        yield PaperFile(path=path, digest=digest_of((path,)), inbox=inbox)
    except OSError as error:
        raise _unreadable(inbox, error) from error


def files_named(paths: Sequence[Path], inbox: Path | None) -> Iterator[PaperFile]:
    """Yield files that were named; those in the inbox are moved as usual."""
    for path in paths:
        whole = path.resolve()
        try:
            digest = digest_of((whole,))
        except OSError as error:
            raise _unreadable(path, error) from error
        yield PaperFile(path=whole, digest=digest, inbox=inbox_of(whole, inbox))


def _unreadable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"The settlement files at {path} can't be read ({error.strerror}). No payout was posted; "
        "orders aren't concerned. Make the folder (payouts.inbox), and let the user that runs "
        "dinero-sync read and write there."
    )
