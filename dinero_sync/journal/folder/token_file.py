"""``tokens.json`` in the state folder: the connection to Dinero, for its owner's eyes alone."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError, TemporaryError
from dinero_sync.journal.folder.files import FILE_MODE, open_state_folder, write_whole
from dinero_sync.journal.folder.home import home_of, is_at_home
from dinero_sync.journal.folder.trouble import file_trouble, lock_trouble

FILE_NAME = "tokens.json"
LOCK_NAME = "tokens.lock"
HOME = "home"
"""Under which the file remembers where it is at home, see :mod:`.home`."""
VERSION = 1
LOCK_SECONDS = 300.0
"""Longer than a renewal that meets every time limit on its way."""

Kind = TypeVar("Kind")


class TokenFile:
    """The tokens of one state folder."""

    def __init__(
        self, folder: Path, *, dry_run: bool = False, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        """Look in ``folder``, which is created when something is saved.

        A dry run saves renewed tokens as well, but creates no folder: without one, the tokens of
        an API key last as long as the run.
        """
        self.path = folder / FILE_NAME
        self._folder = folder
        self._dry_run = dry_run
        self._lock_seconds = lock_seconds

    def read(self) -> Tokens | None:
        """Return the tokens, or None when there are none; raises StateError on a damaged file."""
        wire = self._wire()
        if wire is None:
            return None
        try:
            return _tokens(wire)
        except (KeyError, TypeError, ValueError):
            raise self._damaged(spoken("is damaged or half written")) from None

    def copied_from(self) -> str | None:
        """Return where the tokens are at home if that isn't here; None where they are at home.

        Those that an earlier version kept are at home everywhere. Raises as :meth:`read` does.
        """
        kept = (self._wire() or {}).get(HOME)
        if not isinstance(kept, dict) or is_at_home(self._folder, kept):
            return None
        return f"{kept.get('host')}:{kept.get('folder')}"

    def _wire(self) -> dict[str, object] | None:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise self._damaged(spoken("is damaged or half written")) from None
        except OSError as error:
            raise file_trouble(
                error, spoken("{path} can't be read", path=self.path), self.path
            ) from error
        return self._decoded(text)

    def save(self, tokens: Tokens) -> None:
        """Replace the file as a whole, durably; raises StateError when the disk refuses."""
        if self._has_folder():
            write_whole(self.path, _encoded(tokens, home_of(self._folder)))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process renew these tokens while the block runs.

        Raises TemporaryError when another one doesn't finish, StateError when the folder can't be
        used.
        """
        if not self._has_folder():
            yield
            return
        lock = FileLock(
            self._folder / LOCK_NAME,
            timeout=self._lock_seconds,
            mode=FILE_MODE,
            fallback_to_soft=False,
        )
        self._acquire(lock)
        try:
            yield
        finally:
            lock.release()

    def pin(self, organization_id: int) -> None:
        """Write down which company (firma) the connection is for."""
        with self.alone():
            tokens = self.read()
            if tokens is not None:
                self.save(replace(tokens, organization_id=organization_id))

    def _has_folder(self) -> bool:
        if self._dry_run and not self._folder.is_dir():
            return False
        open_state_folder(self._folder)
        return True

    def _acquire(self, lock: FileLock) -> None:
        try:
            lock.acquire()
        except Timeout:
            raise TemporaryError(
                spoken(
                    "Another dinero-sync is still renewing the connection to Dinero with the "
                    "state folder {folder}. The next run goes on by itself.",
                    folder=self._folder,
                )
            ) from None
        except (OSError, NotImplementedError) as error:
            raise lock_trouble(error, self._folder / LOCK_NAME) from error

    def _decoded(self, text: str) -> dict[str, object]:
        try:
            wire: dict[str, object] = json.loads(text)
            version = wire["version"]
            if version == VERSION:
                return wire
        except (KeyError, TypeError, ValueError):
            raise self._damaged(spoken("is damaged or half written")) from None
        raise self._damaged(spoken("was written by another version of dinero-sync"))

    def _damaged(self, what: str) -> DamagedStateError:
        return DamagedStateError(
            spoken(
                "{path} {what}, and was left as it is. Nothing was booked. Move it away, and "
                "connect again:\n  mv {path} {path}.damaged\n  dinero-sync connect",
                path=self.path,
                what=what,
            )
        )


def _encoded(tokens: Tokens, home: Mapping[str, str]) -> str:
    wire = {
        "version": VERSION,
        "access_token": tokens.access_token,
        "expires_at": tokens.expires_at.isoformat(),
        "obtained_at": tokens.obtained_at.isoformat(),
        "issued_to": tokens.issued_to,
        "refresh_token": tokens.refresh_token,
        "refresh_expires_at": _text(tokens.refresh_expires_at),
        "organization_id": tokens.organization_id,
        HOME: home,
    }
    return json.dumps(wire, indent=2) + "\n"


def _tokens(wire: dict[str, object]) -> Tokens:
    return Tokens(
        access_token=_expect(str, wire["access_token"]),
        expires_at=_moment(wire["expires_at"]),
        obtained_at=_moment(wire["obtained_at"]),
        issued_to=_expect(str, wire["issued_to"]),
        refresh_token=_optional(str, wire["refresh_token"]),
        refresh_expires_at=(
            None if wire["refresh_expires_at"] is None else _moment(wire["refresh_expires_at"])
        ),
        organization_id=_optional(int, wire["organization_id"]),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_expect(str, value))
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment


def _optional(kind: type[Kind], value: object) -> Kind | None:
    return None if value is None else _expect(kind, value)


def _expect(kind: type[Kind], value: object) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"not a {kind.__name__}")
    return value
