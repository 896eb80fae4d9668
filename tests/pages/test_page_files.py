"""A page is written whole, for its owner, and over nothing but a page."""

import stat
from pathlib import Path

import pytest

from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError
from dinero_sync.pages.file import BEGINS, refuse_other_file, write_page

OLD, NEW = f"{BEGINS}<p>old</p>", f"{BEGINS}<p>new</p>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_an_older_page_is_replaced_and_the_new_one_is_private(page: Path) -> None:
    page.write_text(OLD, encoding="utf-8")
    page.chmod(0o644)

    write_page(page, NEW, Language.ENGLISH)

    assert page.read_text(encoding="utf-8") == NEW
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert list(page.parent.iterdir()) == [page]


@pytest.mark.parametrize("content", ["", "<!doctype html><p>Mine</p>", OLD[:20]])
def test_any_other_file_is_left_alone(page: Path, content: str) -> None:
    page.write_text(content, encoding="utf-8")

    with pytest.raises(UsageError, match="isn't a page that reconcile made"):
        write_page(page, NEW, Language.ENGLISH)

    assert page.read_text(encoding="utf-8") == content


def test_neither_a_folder_nor_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "nowhere.html")

    for path in (tmp_path, link):
        with pytest.raises(UsageError, match="findes allerede"):
            refuse_other_file(path, Language.DANISH)


def test_what_the_disk_refuses_leaves_the_older_page(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.write_text(OLD, encoding="utf-8")

    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dinero_sync.pages.file.replace_whole", full)

    with pytest.raises(UsageError, match=r"can't be written \(No space left on device\)"):
        write_page(page, NEW, Language.ENGLISH)
    assert page.read_text(encoding="utf-8") == OLD


def test_a_file_in_no_folder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        refuse_other_file(tmp_path / "none" / "page.html", Language.ENGLISH)
