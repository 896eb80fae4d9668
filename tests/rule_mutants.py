"""``make mutants`` puts small faults into the rules and the money code, for the tests to notice.

mutmut makes each fault in a copy, below ``mutants/``, and runs the tests that touch the function.
Exits 1 when fewer are noticed than ``--at-least`` percent, when one that isn't has no line in
``docs/mutants.md``, or when tests fail without any fault: they would seem to notice every mutant.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPY = ROOT / "mutants"
PAGE = ROOT / "docs" / "mutants.md"
ENVIRONMENT = {**os.environ, "HYPOTHESIS_PROFILE": "same"}
"""Every property is tried with the same examples each time."""
MUTMUT = Path(sys.executable).with_name("mutmut")
UNCHANGED = """
import json, sys, pytest
options = json.loads(sys.argv[1])
names = sorted(json.load(open("mutmut-stats.json"))["duration_by_test"])
pytest.main(["--collect-only", "-qqq", *options, *names])
sys.exit(pytest.main(["-q", *options, *names]))
"""
"""Finds the tests twice in one process and runs them by name, as mutmut does for each mutant."""
NOTICED = ("killed", "timeout")
"""A fault that leads to an endless loop is noticed, too."""
NAME = re.compile(r"^\s+dinero_sync\.(?P<module>[\w.]+)\.x_?(?P<function>\S+?)__mutmut_\d+: ")


def main() -> int:
    """Try every mutant from the beginning; returns 1 where the tests notice too few."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--at-least", type=float, required=True, help="percent")
    arguments.add_argument("--workers", type=int, default=2)
    wanted = arguments.parse_args()
    shutil.rmtree(COPY, ignore_errors=True)
    _mutmut("run", "--max-children", str(wanted.workers), shown=True)
    if not _passes_unchanged():
        _say("tests fail in the copy without any fault: the score would mean nothing")
        return 1
    _mutmut("export-cicd-stats")
    counts = json.loads((COPY / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    survivors = unnoticed(_mutmut("results").splitlines())
    score = percent_noticed(counts)
    _say(f"{counts['total']} mutants, {score:.1f} % noticed (wanted: {wanted.at_least:g} %)")
    unexplained = without_a_line(survivors, PAGE.read_text(encoding="utf-8"))
    for line in unexplained:
        _say(f"no line in {PAGE.relative_to(ROOT)}: {line.strip()}")
    return int(score < wanted.at_least or bool(unexplained))


def percent_noticed(counts: Mapping[str, int]) -> float:
    """Return the part of all mutants that a test noticed, in percent."""
    return 100 * sum(counts[kind] for kind in NOTICED) / counts["total"]


def unnoticed(results: list[str]) -> list[str]:
    """Return the lines of ``mutmut results`` but for those of mutants that a test noticed."""
    return [line for line in results if not line.endswith(NOTICED)]


def without_a_line(survivors: list[str], page: str) -> list[str]:
    """Return the survivors whose function the page doesn't name."""
    return [line for line in survivors if f"`{function_of(line)}`" not in page]


def function_of(line: str) -> str:
    """Read ``posting.due.judge`` from a line of ``mutmut results``."""
    found = NAME.match(line)
    if found is None:
        return line
    return f"{found['module']}.{found['function'].strip('ǁ').replace('ǁ', '.')}"


def _passes_unchanged() -> bool:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = settings["tool"]["mutmut"]["pytest_add_cli_args"]
    command = [sys.executable, "-c", UNCHANGED, json.dumps(options)]
    ended = subprocess.run(
        command, cwd=COPY, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False
    )
    return ended.returncode == 0


def _mutmut(*arguments: str, shown: bool = False) -> str:
    ended = subprocess.run(
        [str(MUTMUT), *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=None if shown else subprocess.PIPE,
        text=True,
        check=True,
    )
    return ended.stdout or ""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
