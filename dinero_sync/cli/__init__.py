"""The command line; a command is imported only when it is used.

What is imported is none of it garbage. To look for some in it again and again while it comes, and
once more when the process ends, would take a third of a short command's time.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TextIO

USUAL = gc.get_threshold()
LATE = 200_000
"""New objects before garbage is looked for: more than imports make, and no more than 20 MB."""


def main() -> None:
    """Run the command named on the command line and exit with its status."""
    gc.set_threshold(LATE)
    from dinero_sync.cli.streams import (  # noqa: PLC0415 - `import dinero_sync.cli` is free
        arguments_of,
        open_streams,
    )

    open_streams()
    try:
        status = status_of(arguments_of(sys.argv[1:]))
    finally:
        for stream in (sys.stdout, sys.stderr):
            let_go_of(stream)
        gc.freeze()
    sys.exit(status)


def status_of(arguments: Sequence[str]) -> int:
    """Run a command in this process, and return the status that it ends with."""
    import click  # noqa: PLC0415 - the same

    from dinero_sync.cli.failures import explain_usage  # noqa: PLC0415 - the same
    from dinero_sync.cli.group import dinero_sync  # noqa: PLC0415 - the same

    try:
        status = dinero_sync.main(list(arguments), "dinero-sync", standalone_mode=False)
    except click.ClickException as error:
        status = explain_usage(error)
    except SystemExit as ended:
        status = ended.code
    return status if isinstance(status, int) else 0


def end_of_imports() -> None:
    """Look for garbage as usual from now on, but never in what is there so far."""
    if gc.get_threshold()[0] == LATE:  # not where others call us in a process of theirs
        gc.freeze()
        gc.set_threshold(*USUAL)


def let_go_of(stream: TextIO) -> None:
    """Write what waits in a stream; give up what nobody takes.

    Python would complain of that, and end with a status of its own.
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
