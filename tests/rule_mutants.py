"""``make mutants`` puts small faults into the rules and the money code, for the tests to notice.

mutmut makes each fault in a copy, below ``mutants/``, and runs the tests that touch the function.
Exits 1 when fewer are noticed than ``--at-least`` percent, or when one that isn't has no line in
``docs/mutants.md``.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPY = ROOT / "mutants"
PAGE = ROOT / "docs" / "mutants.md"
MUTMUT = Path(sys.executable).with_name("mutmut")
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
    _mutmut("export-cicd-stats")
    counts = json.loads((COPY / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    survivors = _mutmut("results").splitlines()
    score = percent_noticed(counts)
    _say(f"{counts['total']} mutants, {score:.1f} % noticed (wanted: {wanted.at_least:g} %)")
    unexplained = without_a_line(survivors, PAGE.read_text(encoding="utf-8"))
    for line in unexplained:
        _say(f"no line in {PAGE.relative_to(ROOT)}: {line.strip()}")
    return int(score < wanted.at_least or bool(unexplained))


def percent_noticed(counts: Mapping[str, int]) -> float:
    """Return the part of all mutants that a test noticed, in percent."""
    return 100 * sum(counts[kind] for kind in NOTICED) / counts["total"]


def without_a_line(survivors: list[str], page: str) -> list[str]:
    """Return the survivors whose function the page doesn't name."""
    return [line for line in survivors if f"`{function_of(line)}`" not in page]


def function_of(line: str) -> str:
    """Read ``posting.due.judge`` from a line of ``mutmut results``."""
    found = NAME.match(line)
    if found is None:
        return line
    return f"{found['module']}.{found['function'].strip('ǁ').replace('ǁ', '.')}"


def _mutmut(*arguments: str, shown: bool = False) -> str:
    """Run mutmut with the same examples of every property each time."""
    ended = subprocess.run(
        [str(MUTMUT), *arguments],
        cwd=ROOT,
        env={**os.environ, "HYPOTHESIS_PROFILE": "same"},
        stdout=None if shown else subprocess.PIPE,
        text=True,
        check=True,
    )
    return ended.stdout or ""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
