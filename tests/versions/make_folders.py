"""Makes the state folders in here anew, each by the code of the version that they are of.

Run it as ``python tests/versions/make_folders.py [FOLDER]``, where git and a package index are at
hand. It takes a version's code from git, installs it in a venv of its own, and lets it live through
its story beside its own sandbox. What is kept is the state folder, and in ``world.json`` the shop,
the configuration, and everything that changed something in the books.

A folder that was made isn't made anew for a later change of the program: it is what users have.
A new version of the journal's tables brings a new folder, a new story, and a new line below.
"""

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
FOLDERS = {
    "0.1.0": ("c93610b", "story_of_a_shop"),
    "0.1.0-died": ("c93610b", "story_of_runs_that_died"),
    "0.2.0": ("ba14299", "story_of_a_shop"),
    "before-0.1/8663689": ("8663689", "story_of_an_early_build"),
    "before-0.1/15f1fcc": ("15f1fcc", "story_of_an_early_build"),
    "before-0.1/ea0f7cc": ("ea0f7cc", "story_of_an_early_build"),
}
"""The folders, with the commit whose code makes each, and the story that it lives through."""


def installed(commit: str, folder: Path) -> Path:
    """Install a commit in a venv of its own in ``folder``, and return its Python."""
    command = ["git", "archive", commit]
    source = subprocess.run(command, check=True, cwd=PROJECT, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(source)) as archive:
        archive.extractall(folder, filter="data")
    subprocess.run([sys.executable, "-m", "venv", folder / ".venv"], check=True)
    python = folder / ".venv" / "bin" / "python"
    options = ["--quiet", "--disable-pip-version-check", "--editable"]
    subprocess.run([python, "-m", "pip", "install", *options, f"{folder}[sandbox]"], check=True)
    return python


def main() -> None:
    """Make the folders that are named, or all."""
    for name in sys.argv[1:] or FOLDERS:
        commit, story = FOLDERS[name]
        with TemporaryDirectory() as work:
            python = installed(commit, Path(work, "code"))
            paths = f"{HERE}{os.pathsep}{PROJECT / 'tests' / 'sync'}"
            subprocess.run(
                [python, "-m", "shop_life", story, Path(work, "life"), HERE / name],
                check=True,
                cwd=work,
                env={**os.environ, "PYTHONPATH": paths},
            )


if __name__ == "__main__":
    main()
