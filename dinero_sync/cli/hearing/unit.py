"""What a run leaves for the report of the systemd unit that it runs in.

That report is another service, started after the run: it reads neither the books nor the
configuration, and the program may be gone by then. So it is left what it needs, where both may
look: in the unit's runtime folder. A command of the unit's own after the run couldn't do it:
systemd 252 hands it no credentials.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode

FOLDER, INVOCATION = "RUNTIME_DIRECTORY", "INVOCATION_ID"
"""systemd.exec(5)."""
TOLD = "told."
"""Before the invocation's id: a line for each run in it, for there may be several shops."""
STATUS = "status."
"""Before the same: what ``status`` says, where a run ended so that this says it all."""
LANGUAGE = "language"
READABLE = 0o640
"""For the user of the report, which is in our group."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit's invocation that this process belongs to."""

    folder: Path
    invocation: str

    @classmethod
    def here(cls) -> "Unit | None":
        """Return the one that this process runs in; None where it runs in none."""
        folder = os.environ.get(FOLDER, "").split(":")[0]
        invocation = os.environ.get(INVOCATION, "")
        return cls(Path(folder), invocation) if folder and invocation.isalnum() else None

    def leave(self, exit_code: ExitCode, language: Language, shown: str, *, all_know: bool) -> None:
        """Leave how a run ended, whether whoever it concerns was told, and in which language.

        Where that can't be written, the report tells all of it again.
        """
        with suppress(OSError):
            self._remove_older()
            self._write(LANGUAGE, f"{language}\n", os.O_TRUNC)
            told = "told" if all_know else "untold"
            self._write(f"{TOLD}{self.invocation}", f"{told} {int(exit_code)}\n", os.O_APPEND)
            if shown:
                self._write(f"{STATUS}{self.invocation}", f"{shown}\n", os.O_APPEND)

    def _remove_older(self) -> None:
        for path in (*self.folder.glob(f"{TOLD}*"), *self.folder.glob(f"{STATUS}*")):
            if not path.name.endswith(f".{self.invocation}"):
                path.unlink(missing_ok=True)

    def _write(self, name: str, text: str, how: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | how
        with os.fdopen(os.open(self.folder / name, flags, READABLE), "ab") as file:
            os.fchmod(file.fileno(), READABLE)  # whatever the umask is
            file.write(text.encode())
