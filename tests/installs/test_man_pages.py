"""Each command has a manual page, made from its own help, that man finds no fault with."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from dinero_sync.cli.group import COMMANDS, dinero_sync

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man")
    subprocess.run([sys.executable, ROOT / "packaging" / "man_pages.py", folder], check=True)
    return folder


def test_every_command_has_a_page(pages: Path) -> None:
    context = click.Context(dinero_sync)
    groups = {
        name: command
        for name in COMMANDS
        if isinstance(command := dinero_sync.get_command(context, name), click.Group)
    }
    inner = {
        f"dinero-sync-{name}-{each}.1"
        for name, group in groups.items()
        for each in group.list_commands(context)
    }

    there = {path.name for path in pages.iterdir()}

    assert there == {"dinero-sync.1", *(f"dinero-sync-{name}.1" for name in COMMANDS), *inner}


def test_a_page_says_what_the_help_says(pages: Path) -> None:
    text = (pages / "dinero-sync-run.1").read_text(encoding="utf-8")

    assert r"\fB\-\-dry\-run\fR" in text
    assert r"dinero\-sync run \-\-order 4815162" in text
    assert r"\fBdinero\-sync\fR(1)" in text


def test_the_first_page_has_the_exit_codes_and_the_places(pages: Path) -> None:
    text = (pages / "dinero-sync.1").read_text(encoding="utf-8")

    assert "78 configuration" in text
    assert r"\fI/var/lib/dinero\-sync\fR" in text
    assert all(rf"\fBdinero\-sync\-{name}\fR(1)" in text for name in COMMANDS)


@pytest.mark.slow
def test_man_finds_no_fault_with_any_page(pages: Path) -> None:
    groff = ["groff", "-ww", "-man", "-Tutf8", "-K", "utf8", "-z"]
    try:
        subprocess.run([*groff, "/dev/null"], check=True)
    except FileNotFoundError:
        pytest.skip("groff is not installed here")
    for page in sorted(pages.iterdir()):
        shown = subprocess.run([*groff, page], capture_output=True, text=True, check=False)

        assert (shown.returncode, shown.stderr) == (0, ""), page.name
