"""``tokens.json``: private, written as a whole, and never overwritten when it can't be read."""

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from auth_helpers import NOW, printed, tokens_for

from dinero_sync.errors import StateError, TemporaryError
from dinero_sync.journal.folder import home as home_module
from dinero_sync.journal.folder.token_file import TokenFile


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_tokens_come_back_as_they_were_saved(tmp_path: Path) -> None:
    tokens = replace(tokens_for(), refresh_expires_at=NOW)
    file = TokenFile(tmp_path)

    file.save(tokens)

    assert file.read() == tokens


def test_tokens_of_an_api_key_have_no_refresh_token(tmp_path: Path) -> None:
    tokens = replace(tokens_for(), refresh_token=None, organization_id=None)
    file = TokenFile(tmp_path)

    file.save(tokens)

    assert file.read() == tokens


def test_only_the_owner_may_read_the_file_its_folder_and_its_lock(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    file = TokenFile(folder)

    with file.alone():
        file.save(tokens_for())

    assert mode_of(folder) == 0o700
    assert {path.name: mode_of(path) for path in folder.iterdir()} == {
        "tokens.json": 0o600,
        "tokens.lock": 0o600,
    }


def test_a_file_that_others_could_read_is_private_after_the_next_save(tmp_path: Path) -> None:
    file = TokenFile(tmp_path)
    file.path.write_text("{}")
    file.path.chmod(0o644)

    file.save(tokens_for())

    assert mode_of(file.path) == 0o600


def test_there_are_no_tokens_before_the_first_connection(tmp_path: Path) -> None:
    assert TokenFile(tmp_path / "missing").read() is None
    assert not (tmp_path / "missing").exists()


def damaged_contents() -> dict[str, bytes]:
    folder_independent = {
        "version": 1,
        "access_token": "SECRET-access-1",
        "expires_at": "2026-12-01T10:00:00+00:00",
        "obtained_at": "2026-12-01T09:00:00+00:00",
        "issued_to": "somebody",
        "refresh_token": "SECRET-refresh-1",
        "refresh_expires_at": None,
        "organization_id": 123456,
    }
    whole = json.dumps(folder_independent)
    return {
        "empty": b"",
        "half written": whole[: len(whole) // 2].encode(),
        "not UTF-8": b"\xff\xfe\x00",
        "a list": b"[]",
        "a field missing": whole.replace('"issued_to"', '"issued"').encode(),
        "a wrong type": whole.replace("123456", '"123456"').encode(),
        "a time without a zone": whole.replace("+00:00", "").encode(),
        "from a newer version": whole.replace('"version": 1', '"version": 2').encode(),
    }


@pytest.mark.parametrize("content", damaged_contents().values(), ids=damaged_contents().keys())
def test_a_file_that_cannot_be_read_stops_the_run_and_stays_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    file = TokenFile(tmp_path)
    file.path.write_bytes(content)

    with pytest.raises(StateError) as caught:
        file.read()

    assert f"mv {file.path} {file.path}.damaged\n  dinero-sync connect" in str(caught.value)
    assert "SECRET" not in printed(caught.value)
    assert file.path.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    file = TokenFile(tmp_path)
    file.path.mkdir()

    with pytest.raises(StateError, match=r"A folder is in its place(.|\n)*mv .*tokens\.json"):
        file.read()


def test_pinning_the_company_changes_nothing_else(tmp_path: Path) -> None:
    file = TokenFile(tmp_path)
    file.save(tokens_for())

    file.pin(654321)

    assert file.read() == replace(tokens_for(), organization_id=654321)


def test_pinning_without_a_connection_writes_nothing(tmp_path: Path) -> None:
    file = TokenFile(tmp_path)

    file.pin(654321)

    assert not file.path.exists()


def test_a_dry_run_creates_no_folder_and_takes_no_lock_where_there_is_none(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "missing", dry_run=True)

    with file.alone():
        file.save(tokens_for())

    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_saves_a_renewed_token_where_there_is_a_folder(tmp_path: Path) -> None:
    file = TokenFile(tmp_path, dry_run=True)

    file.save(tokens_for())

    assert TokenFile(tmp_path).read() == tokens_for()


def test_a_renewal_that_never_ends_elsewhere_is_left_to_the_next_run(tmp_path: Path) -> None:
    impatient = TokenFile(tmp_path, lock_seconds=0)

    with (
        TokenFile(tmp_path).alone(),
        pytest.raises(TemporaryError, match="The next run goes on by itself"),
        impatient.alone(),
    ):
        pytest.fail("the lock was given twice")


def test_a_lock_that_cannot_be_taken_is_a_fault_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tokens.lock").mkdir()

    with pytest.raises(StateError, match=r"mv .*tokens\.lock"), TokenFile(tmp_path).alone():
        pytest.fail("a folder was locked like a file")


def test_a_copy_of_the_folder_says_where_its_tokens_are_at_home(tmp_path: Path) -> None:
    home, copy = tmp_path / "state", tmp_path / "copy"
    TokenFile(home).save(tokens_for())
    shutil.copytree(home, copy)

    assert TokenFile(home).copied_from() is None
    assert str(TokenFile(copy).copied_from()).endswith(f":{home}")


def test_a_folder_that_was_moved_or_put_back_is_at_home(tmp_path: Path) -> None:
    home, kept = tmp_path / "state", tmp_path / "backup"
    TokenFile(home).save(tokens_for())
    shutil.copytree(home, kept)

    moved = home.rename(tmp_path / "moved")
    assert TokenFile(moved).copied_from() is None

    shutil.copytree(kept, home)
    assert TokenFile(home).copied_from() is None


def test_another_machine_is_not_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = tmp_path / "machine-id"
    monkeypatch.setattr(home_module, "MACHINE_IDS", (ids,))
    ids.write_text("0123456789abcdef0123456789abcdef\n")
    TokenFile(tmp_path).save(tokens_for())

    ids.write_text("fedcba9876543210fedcba9876543210\n")
    assert TokenFile(tmp_path).copied_from() is not None
    ids.write_text("uninitialized\n")
    assert TokenFile(tmp_path).copied_from() is None, "one whose first start isn't over"
    ids.unlink()
    assert TokenFile(tmp_path).copied_from() is None, "a container that has no id"
    assert "0123456789abcdef0123" not in TokenFile(tmp_path).path.read_text()


def test_tokens_of_an_earlier_version_are_at_home_everywhere(tmp_path: Path) -> None:
    file = TokenFile(tmp_path)
    file.save(tokens_for())
    told = json.loads(file.path.read_text())
    del told["home"]
    file.path.write_text(json.dumps(told))

    assert file.copied_from() is None
    assert file.read() == tokens_for()
