"""The command ``dinero-sync``: its common options, its commands, and how errors end it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dinero_sync import __version__
from dinero_sync.cli.context import Common
from dinero_sync.cli.failures import expected, explain, explain_fault
from dinero_sync.errors import ExitCode, StoppedError

COMMANDS = {
    "init": "setup",
    "run": "runs",
    "plan": "runs",
    "apply": "runs",
    "connect": "setup",
    "status": "books",
    "show": "orders",
    "explain": "orders",
    "retry": "orders",
    "skip": "orders",
    "adopt": "orders",
    "resolve": "orders",
    "book": "runs",
    "bills": "papers",
    "payouts": "papers",
    "credit": "money",
    "verify": "books",
    "doctor": "setup",
    "rules": "rules",
    "settlements": "settlements",
    "templates": "templates",
    "margin": "books",
    "clearing": "money",
    "reconcile": "money",
    "close": "proof",
    "evidence": "proof",
    "export": "proof",
    "procedures": "proof",
    "sandbox": "setup",
    "completion": "setup",
}
"""Each command's module in ``cli/commands``, in the order in which ``--help`` lists them."""


class CommandGroup(click.Group):
    """Imports a command's module when it is used, and turns errors into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dinero_sync.cli.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - each is named after its function
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; expected errors are explained, without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (click.Abort, KeyboardInterrupt):
            stopped = StoppedError("Stopped. What was begun is known; the next run goes on.")
            ctx.exit(int(_explained(stopped, ctx.find_object(Common) or Common())))
        except BrokenPipeError:  # the reader of our output has left, and has what it wanted
            ctx.exit(int(ExitCode.OK))
        except Exception as error:  # noqa: BLE001 - the last place that can tell the operator
            ctx.exit(int(_explained(error, ctx.find_object(Common) or Common())))


def _explained(error: Exception, common: Common) -> ExitCode:
    known = expected(error)
    if known is None:
        explain_fault(error, common)
        return ExitCode.STATE
    explain(known, common)
    return known.exit_code


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 2 wrong usage; 3 orders are held for you; 4 something is in doubt; "
    "70 state folder damaged; 75 temporary, the next run goes on; 77 no access to Dinero, or to "
    "Shoporama; "
    "78 configuration.",
)
@click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="The configuration file. Otherwise: $DINERO_SYNC_CONFIG, ./config.yaml, the user's "
    "config folder, /etc/dinero-sync/config.yaml.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@click.option("-q", "--quiet", is_flag=True, help="Log only problems and outcomes.")
@click.option(
    "--log-format",
    type=click.Choice(["json", "text"]),
    help="How to log to stderr. Without it: short lines at a terminal, JSON elsewhere.",
)
@click.version_option(__version__, prog_name="dinero-sync")
@click.pass_context
def dinero_sync(
    ctx: click.Context,
    config_path: Path | None,
    verbose: bool,  # noqa: FBT001 - click passes options by name
    quiet: bool,  # noqa: FBT001 - the same
    log_format: str | None,
) -> None:
    """Move orders from a Shoporama webshop into Dinero as booked, paid invoices.

    Exactly once, to the øre. Connect once, then let cron or systemd start `run`.

    \b
    Examples:
      dinero-sync connect
      dinero-sync run --since 2026-12-01 --dry-run
      dinero-sync status
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    ctx.obj = Common(
        config_path=config_path, verbosity=int(verbose) - int(quiet), log_format=log_format
    )
