"""The version in pyproject.toml is the package's own, and CHANGELOG.md tells what it brought."""

import re
import tomllib

from published_texts import CHANGELOG, ROOT

from dinero_sync import __version__

HEADING = re.compile(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def project() -> dict[str, str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)["project"]
    return found


def test_the_package_tells_the_project_s_version() -> None:
    assert project()["version"] == __version__


def test_the_newest_section_of_the_changelog_is_this_version() -> None:
    sections = HEADING.findall(CHANGELOG.read_text(encoding="utf-8"))

    assert sections[0][0] == project()["version"]
    assert [day for _, day in sections] == sorted((day for _, day in sections), reverse=True)


def test_the_section_says_something() -> None:
    text = CHANGELOG.read_text(encoding="utf-8")

    newest = HEADING.split(text)[3]
    assert newest.count("\n- ") > 0
