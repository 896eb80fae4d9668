"""A state folder that can't be used is told of in words."""

from pathlib import Path

import pytest
from filelock import FileLock

from dinero_sync.errors import StateError
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder.lock import run_lock


def test_a_journal_whose_folder_is_gone_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="can't be opened"):
        open_journal(tmp_path / "gone")


def test_a_folder_that_can_not_be_locked_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: FileLock) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", refuse)

    with pytest.raises(StateError, match="can't be locked"), run_lock(tmp_path):
        pass
