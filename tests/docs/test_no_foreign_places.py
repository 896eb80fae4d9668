"""Nothing that is published refers to the machine that it was written on."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from published_texts import ROOT

HOME_FOLDERS = re.compile(r"(?<![\w.$}>])/(?:work|root|Users)/")
"""Folders in which somebody works; others, like /etc or /opt, are the reader's own."""
HOSTS_OF_PACKAGES = re.compile(r"(?:index-url|find-links|extra-index|proxy)\s*[=:]\s*\S*://")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files under version control, or, in a source archive, all that came with it."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"],  # noqa: S607 - git is where the user has it
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or [
        path for folder in ("dinero_sync", "tests", "cron") for path in (ROOT / folder).rglob("*.*")
    ]
    return tuple(path for path in files if path.is_file() and path != Path(__file__))


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if pattern.search(line)
    ]


def test_no_line_names_a_folder_of_the_author_s_machine() -> None:
    assert lines_with(HOME_FOLDERS) == []


def test_no_line_names_a_host_that_packages_come_from() -> None:
    assert lines_with(HOSTS_OF_PACKAGES) == []


@pytest.mark.parametrize(
    "line", ['open("/' + 'work/main/x")', "see /" + "root/.config", "in /" + "Users/me/code"]
)
def test_such_a_line_would_be_noticed(line: str) -> None:
    assert HOME_FOLDERS.search(line)


def test_there_are_files_to_look_at() -> None:
    assert len(tracked_files()) > 100
