"""Folders of files that belong together: whoever dies leaves the old or the new one whole."""

import json
import shutil
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from dinero_sync.errors import StateError, UsageError
from dinero_sync.journal.folder.files import write_whole
from dinero_sync.journal.folder.packs import MANIFEST, earlier, write_pack


class KilledError(Exception):
    """Stands for a process that ends there."""


def pack(text: str) -> dict[str, str]:
    return {"a.txt": text, MANIFEST: json.dumps({"files": {"a.txt": ""}})}


def test_a_pack_is_read_as_it_was_written_and_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    write_pack(folder, {**pack("one"), "b.txt": "gone later"})
    manifest = json.dumps({"files": {"a.txt": "", "b.txt": ""}})
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")

    write_pack(folder, pack("two"))

    assert earlier(folder) == pack("two")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [each.name for each in tmp_path.iterdir()] == ["closed"]


def test_there_is_none_where_nothing_is_or_an_empty_folder(tmp_path: Path) -> None:
    assert earlier(tmp_path / "new") is None
    assert earlier(tmp_path) is None


@pytest.mark.parametrize("step", range(7))
def test_whoever_dies_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, steps = tmp_path / "closed", iter(range(100))
    write_pack(folder, pack("one"))
    write, rename, remove = write_whole, Path.rename, shutil.rmtree

    def die_here() -> None:
        if next(steps) == step:
            raise KilledError

    def writing(path: Path, content: str | bytes) -> None:
        die_here()
        write(path, content)

    def renaming(self: Path, target: Path) -> Path:
        die_here()
        return rename(self, target)

    def removing(path: Path, ignore_errors: bool = False) -> None:  # noqa: FBT001, FBT002 - shutil's
        die_here()
        remove(path, ignore_errors=ignore_errors)

    with monkeypatch.context() as patched:
        patched.setattr("dinero_sync.journal.folder.packs.write_whole", writing)
        patched.setattr(Path, "rename", renaming)
        patched.setattr(shutil, "rmtree", removing)
        with suppress(KilledError):
            write_pack(folder, pack("two"))

    assert earlier(folder) in (pack("one"), pack("two"))
    write_pack(folder, pack("three"))
    assert earlier(folder) == pack("three")
    assert [each.name for each in tmp_path.iterdir()] == ["closed"]


@pytest.mark.parametrize("manifest", ["{", "[]", '{"files": 1}', '{"files": ["a.txt"]}'])
def test_what_somebody_else_wrote_is_left_alone(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match=r"note\.txt"):
        earlier(tmp_path)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StateError, match="can't be written"):
        write_pack(tmp_path / "file" / "closed", pack("one"))
