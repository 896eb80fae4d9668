"""Telling the operator what went wrong: in words at a terminal, as log events for machines."""

import sys

import click

from dinero_sync.cli.context import Common
from dinero_sync.errors import ConfigError, DineroSyncError, ExitCode


def explain(error: DineroSyncError, common: Common) -> None:
    """Write ``error`` to stderr in the form that the reader there expects."""
    as_json = common.log_format == "json" or (common.log_format is None and not sys.stderr.isatty())
    if not as_json:
        click.echo(_words(error), err=True)
        return
    import structlog  # noqa: PLC0415 - slow to import, and most commands end well

    from dinero_sync.logs import set_up_logs  # noqa: PLC0415 - the same

    set_up_logs(verbosity=common.verbosity, log_format="json")
    log = structlog.get_logger()
    if isinstance(error, ConfigError):
        for problem in error.problems:
            log.error(
                "config.problem",
                file=problem.file,
                line=problem.line,
                column=problem.column,
                key=problem.key,
                message=problem.message,
            )
    elif error.exit_code is ExitCode.OK:
        log.info("command.ended", message=str(error))
    else:
        log.error("command.failed", message=str(error), exit_code=int(error.exit_code))


def _words(error: DineroSyncError) -> str:
    if isinstance(error, ConfigError):
        count = len(error.problems)
        noun = "problem" if count == 1 else "problems"
        return f"The configuration has {count} {noun}; nothing was done.\n\n{error}"
    return str(error)
