"""What packages are made of: scripts that a shell reads, names that agree with the program's."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from dinero_sync import __version__

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
CONTAINER = PACKAGING / "container"
SCRIPTS = [
    *(PACKAGING / "deb" / name for name in ("build", "postinst", "prerm", "postrm")),
    *(CONTAINER / name for name in ("build", "dinero-sync")),
    ROOT / "cron" / "set-up",
]
MAINTAINERS = ("postinst", "prerm", "postrm")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_script_can_be_read_by_any_shell(script: Path) -> None:
    shell = shutil.which("dash") or "/bin/sh"

    read = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)

    assert (read.returncode, read.stderr) == (0, "")
    assert script.stat().st_mode & 0o111 == 0o111
    assert re.search(r"^set -eu?$", script.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_container_is_nobody_s_root_and_asks_no_shell() -> None:
    text = (CONTAINER / "Containerfile").read_text(encoding="utf-8")

    assert re.findall(r"^FROM (.+)", text, re.MULTILINE) == ["scratch"]
    assert "USER 10001:10001" in text
    assert 'ENTRYPOINT ["/usr/bin/dinero-sync"]' in text
    assert not re.search(r"^(RUN|SHELL) ", text, re.MULTILINE)


def test_the_number_of_the_user_is_the_same_in_the_image_and_for_its_folders() -> None:
    numbers = {
        number
        for name in ("Containerfile", "build", "dinero-sync")
        for number in re.findall(r"\b1000\d\b", (CONTAINER / name).read_text(encoding="utf-8"))
    }

    assert numbers == {"10001"}


@pytest.mark.parametrize("script", MAINTAINERS)
def test_no_script_of_the_package_removes_the_state(script: str) -> None:
    text = (PACKAGING / "deb" / script).read_text(encoding="utf-8")
    removes = [line for line in text.splitlines() if re.match(r"\s*rm\b.*-\w*r", line)]

    assert not [line for line in removes if "/var/lib" in line]


def test_the_package_is_told_which_python_it_was_built_for() -> None:
    text = (PACKAGING / "deb" / "control").read_text(encoding="utf-8")

    assert "python3 (>= @PYTHON@), python3 (<< @NEXT@~)" in text


@pytest.mark.parametrize("page", ["README.md", "docs/running.md", "docs/drift.md"])
def test_pages_name_the_files_of_this_version(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    named = re.findall(r"dinero_sync-(\d[\d.]*\d)-py3|dinero-sync:(\d[\d.]*\d)", text)
    assert named
    assert {one or other for one, other in named} == {__version__}


def test_the_wheel_says_what_an_index_asks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["readme"] == "README.md"
    assert project["requires-python"] == ">=3.11"
    assert project["license"] == "MIT"
    assert {"keywords", "classifiers", "description"} <= project.keys()
    assert "urls" not in project, "none is named before there is one"
