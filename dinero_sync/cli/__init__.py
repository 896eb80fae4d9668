"""The command line: one file a command, each imported only when it is used."""

import sys


def main() -> None:
    """Run the command named on the command line and exit with its status."""
    from dinero_sync.cli.group import dinero_sync  # noqa: PLC0415 - `import dinero_sync.cli` is free

    dinero_sync(args=sys.argv[1:], prog_name="dinero-sync")
