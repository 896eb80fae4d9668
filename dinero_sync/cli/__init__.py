"""The command line: one file a command, each imported only when it is used."""

import sys


def main() -> None:
    """Run the command named on the command line and exit with its status."""
    import click  # noqa: PLC0415 - `import dinero_sync.cli` is free

    from dinero_sync.cli.failures import explain_usage  # noqa: PLC0415 - the same
    from dinero_sync.cli.group import dinero_sync  # noqa: PLC0415 - the same

    try:
        status = dinero_sync.main(sys.argv[1:], "dinero-sync", standalone_mode=False)
    except click.ClickException as error:
        status = explain_usage(error)
    sys.exit(status if isinstance(status, int) else 0)
