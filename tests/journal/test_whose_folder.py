"""The state folder is one user's: nobody else writes in it, and what others left there is named."""

import os
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW
from other_user import UID, as_user, give, let_through, only_root
from told_status import status_of

from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.errors import DamagedStateError, ExitCode, StateError
from dinero_sync.journal import database, watermark
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder import lock, owners, token_file
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.folder.token_file import TokenFile

OTHER_UID = 23456
TOKENS = Tokens(
    access_token="an access token",
    expires_at=NOW + timedelta(hours=1),
    obtained_at=NOW,
    issued_to="somebody",
    refresh_token=None,
    refresh_expires_at=None,
    organization_id=None,
)
pytestmark = only_root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the state folder of another user, with a journal and a connection."""
    folder = open_state_folder(tmp_path / "state")
    open_journal(folder).close()
    TokenFile(folder).save(TOKENS)
    with run_lock(folder):
        pass
    give(folder)
    let_through(tmp_path)
    return folder


def owners_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_uid for path in (folder, *folder.iterdir())}


WRITING: list[Callable[[Path], object]] = [
    open_state_folder,
    lambda folder: TokenFile(folder).save(TOKENS),
    lambda folder: TokenFile(folder, dry_run=True).save(TOKENS),
    lambda folder: TokenFile(folder, dry_run=True).alone().__enter__(),
]


@pytest.mark.parametrize("write", WRITING, ids=["any", "save", "dry run", "renew"])
def test_root_writes_nothing_in_another_users_folder(
    folder: Path, write: Callable[[Path], object]
) -> None:
    before = owners_in(folder)

    with pytest.raises(StateError, match=f"belongs to #{UID}, and this command runs as root") as no:
        write(folder)

    assert no.value.exit_code is ExitCode.STATE
    assert f"sudo -u '#{UID}' dinero-sync COMMAND" in str(no.value)
    assert owners_in(folder) == before


def test_root_may_read_there(folder: Path) -> None:
    before = owners_in(folder)

    assert status_of(folder).counts == {}

    assert owners_in(folder) == before


def test_a_folder_is_another_users_or_ours_or_not_there(folder: Path) -> None:
    assert owners.is_another_users(folder)
    assert not owners.is_another_users(folder.parent)
    assert not owners.is_another_users(folder / "away")


def test_any_other_user_is_told_whose_it_is(folder: Path) -> None:
    for command in (open_state_folder, status_of):
        with pytest.raises(StateError, match=f"belongs to #{UID}, and this command") as refused:
            as_user(lambda: command(folder), OTHER_UID, OTHER_UID)  # noqa: B023 - called at once
        assert not isinstance(refused.value, DamagedStateError)


def test_its_own_user_uses_it(folder: Path) -> None:
    assert as_user(lambda: open_state_folder(folder)) == folder


OPENING: list[Callable[[Path], object]] = [
    open_state_folder,
    status_of,
    lambda folder: TokenFile(folder).read(),
    lambda folder: watermark.load(folder, "journal"),
]


@pytest.mark.parametrize("command", OPENING, ids=["any", "status", "tokens", "watermark"])
def test_all_files_that_root_left_there_are_named_at_once_with_what_gives_them_back(
    folder: Path, command: Callable[[Path], object]
) -> None:
    left = ["journal.sqlite3", "watermark.json", "tokens.json", "run.lock"]
    (folder / "watermark.json").touch(mode=0o600)
    for name in left:
        give(folder / name, 0, 0)

    with pytest.raises(StateError) as refused:
        as_user(lambda: command(folder))

    assert not isinstance(refused.value, DamagedStateError)
    paths = " ".join(str(folder / name) for name in left)
    assert f"sudo chown {UID}:{UID} {paths}" in str(refused.value)
    assert "They aren't damaged" in str(refused.value)


def test_a_file_that_no_command_opens_may_be_anybodys(folder: Path) -> None:
    (folder / "journal.sqlite3.backup").touch(mode=0o600)

    assert as_user(lambda: open_state_folder(folder)) == folder


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """Return a volume as Kubernetes gives one to a group (fsGroup)."""
    volume = tmp_path / "volume"
    volume.mkdir()
    os.chown(volume, 0, UID)
    volume.chmod(0o2775)
    let_through(tmp_path)
    return volume


def test_a_volume_that_was_given_to_our_group_is_used_as_it_is(volume: Path) -> None:
    def work() -> list[int]:
        with closing(open_journal(open_state_folder(volume))):
            TokenFile(volume).save(TOKENS)
        assert owners.is_shared(volume)
        return [stat.S_IMODE(path.stat().st_mode) for path in (volume, *sorted(volume.iterdir()))]

    assert as_user(work) == [0o2775, 0o600, 0o600]


def test_a_volume_of_a_group_that_isnt_ours_is_not(volume: Path) -> None:
    with pytest.raises(StateError, match="belongs to root"):
        as_user(lambda: open_state_folder(volume), OTHER_UID, OTHER_UID)


def test_root_leaves_a_volume_to_the_user_who_works_there(volume: Path) -> None:
    as_user(lambda: open_journal(open_state_folder(volume)).close())

    with pytest.raises(StateError, match=f"sudo -u '#{UID}'"):
        open_state_folder(volume)


def test_a_folder_of_our_own_is_not_shared(folder: Path) -> None:
    assert not as_user(lambda: owners.is_shared(folder))
    assert not owners.is_shared(folder / "nowhere")


def test_the_files_looked_at_are_those_that_the_commands_open() -> None:
    assert set(owners.USED) == {
        database.FILE_NAME,
        database.HOT_NAME,
        watermark.FILE_NAME,
        token_file.FILE_NAME,
        lock.LOCK_NAME,
        token_file.LOCK_NAME,
    }
