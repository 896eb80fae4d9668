"""What docs/reliability.md promises is shown by tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
NAME_OF_TEST = re.compile(r"`(test_\w+)`")
DEFINITION = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def existing_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for path in files for name in DEFINITION.findall(path.read_text(encoding="utf-8"))}


def rows() -> list[str]:
    """Return the rows of the page's tables that tell of something that goes wrong."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line.startswith("| ") and line.count("|") == 5]
    return [line for line in told if not line.startswith(("| What goes wrong", "| ---"))]


def test_every_test_that_the_page_names_exists() -> None:
    named = set(NAME_OF_TEST.findall(PAGE.read_text(encoding="utf-8")))

    assert len(named) > 20
    assert named - existing_tests() == set()


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.split("|")[1].strip()))
def test_everything_that_can_go_wrong_is_shown_by_a_test(row: str) -> None:
    assert NAME_OF_TEST.search(row)


def test_the_page_names_the_commands_that_prove_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in ("crash", "mutants-exactly-once"):
        assert f"`make {target}`" in text
        assert re.search(rf"^{target}:", targets, re.MULTILINE)
