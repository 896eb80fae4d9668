"""The command line; a command is imported only when it is used."""

import os
import sys
from typing import TextIO


def main() -> None:
    """Run the command named on the command line and exit with its status."""
    import click  # noqa: PLC0415 - `import dinero_sync.cli` is free

    from dinero_sync.cli.failures import explain_usage  # noqa: PLC0415 - the same
    from dinero_sync.cli.group import dinero_sync  # noqa: PLC0415 - the same
    from dinero_sync.cli.streams import arguments_of, open_streams  # noqa: PLC0415 - the same

    open_streams()
    try:
        status = dinero_sync.main(arguments_of(sys.argv[1:]), "dinero-sync", standalone_mode=False)
    except click.ClickException as error:
        status = explain_usage(error)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _let_go_of(stream)
    sys.exit(status if isinstance(status, int) else 0)


def _let_go_of(stream: TextIO) -> None:
    """Give up what nobody takes: Python would complain of it, and end with its own status."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
