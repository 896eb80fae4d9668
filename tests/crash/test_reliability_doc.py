"""What docs/reliability.md promises is shown by tests that exist, as docs/proof.md says."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROMISES = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PROOF = (ROOT / "docs" / "proof.md").read_text(encoding="utf-8")
NAME_OF_TEST = re.compile(r"`(test_\w+)`")
DEFINITION = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
ROW = re.compile(r"^\| (?!What goes wrong|-)(.*) \|$", re.MULTILINE)


def existing_tests() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for path in files for name in DEFINITION.findall(path.read_text(encoding="utf-8"))}


def rows(page: str, columns: int) -> dict[str, str]:
    """Return the rows of such tables in a page: what goes wrong, to the last column."""
    cells = (row.split(" | ") for row in ROW.findall(page))
    return {row[0]: row[-1] for row in cells if len(row) == columns}


def test_every_test_that_the_page_names_exists() -> None:
    named = set(NAME_OF_TEST.findall(PROOF))

    assert len(named) > 20
    assert named - existing_tests() == set()


def test_everything_that_can_go_wrong_is_shown_by_a_test() -> None:
    shown = {what for what, tests in rows(PROOF, 2).items() if NAME_OF_TEST.search(tests)}

    promised = rows(PROMISES, 3)
    assert len(promised) > 50
    assert promised.keys() - shown == set()


def test_nothing_is_shown_that_isnt_promised() -> None:
    shown = {what for what, tests in rows(PROOF, 2).items() if NAME_OF_TEST.search(tests)}

    assert shown - rows(PROMISES, 3).keys() == set()


def test_the_page_names_the_commands_that_prove_it() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in ("crash", "mutants-exactly-once"):
        assert f"`make {target}`" in PROOF
        assert re.search(rf"^{target}:", targets, re.MULTILINE)
