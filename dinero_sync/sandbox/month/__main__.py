"""``python -m dinero_sync.sandbox.month``: the second act of ``make demo``."""

import sys
from pathlib import Path

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.month.play import play
from dinero_sync.sandbox.stage import say

FOLDER = Path(".demo/month")


def main() -> int:
    """Play the month; returns 0, or 1 where the books are wrong or a command ended unexpectedly."""
    with running_sandbox(orders="none") as sandbox:
        faults = play(sandbox, FOLDER)
    for fault in faults:
        say(f"WRONG: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
