"""Telling the operator what went wrong: in words at a terminal, as log events for machines."""

import sys
import traceback
from contextlib import suppress
from pathlib import Path

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common
from dinero_sync.cli.streams import say
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, DineroSyncError, ExitCode, StateError


def expected(error: Exception) -> DineroSyncError | None:
    """Return the expected error that ``error`` is or stands for; None for a fault of ours."""
    import sqlite3  # noqa: PLC0415 - only commands that use it pay for it

    if isinstance(error, DineroSyncError):
        return error
    if type(error).__module__ == "dinero_sync.dinero.errors":
        from dinero_sync.dinero.errors import (  # noqa: PLC0415 - loaded by then
            RejectedError,
            question_refused,
        )

        return question_refused(error) if isinstance(error, RejectedError) else None
    if isinstance(error, sqlite3.Error):
        from dinero_sync.journal.folder.trouble import journal_trouble  # noqa: PLC0415 - loaded by then

        return journal_trouble(error, Path("journal.sqlite3"))
    if isinstance(error, OSError):
        return StateError(
            spoken(
                "{filename} can't be used ({strerror}). Mend its permissions or the disk, "
                "then run again; what was begun is known and is never done twice.",
                filename=error.filename or "A file or the output",
                strerror=error.strerror or error,
            )
        )
    return None


def explain(error: DineroSyncError, common: Common) -> None:
    """Write ``error`` to stderr in the form that the reader there expects."""
    if not _as_json(common):
        _tell(to_paste(_words(error)))
    elif isinstance(error, ConfigError):
        for problem in error.problems:
            place = {name: getattr(problem, name) for name in ("file", "line", "column", "key")}
            _log(common, "error", "config.problem", **place, message=to_paste(problem.message))
    elif error.exit_code is ExitCode.OK:
        _log(common, "warning", "command.ended", message=to_paste(str(error)))
    else:
        message = to_paste(str(error))
        _log(common, "error", "command.failed", message=message, exit_code=int(error.exit_code))


def explain_usage(error: click.ClickException) -> int:
    """Tell of a command line that isn't understood; returns the exit status."""
    if sys.stderr.isatty():
        error.show()
    else:
        message = error.format_message()
        _log(Common(), "error", "command.failed", message=message, exit_code=error.exit_code)
    return error.exit_code


def explain_fault(error: Exception, common: Common) -> None:
    """Say that the program itself is at fault, and where; its text may hold data, and is left out.

    At a terminal with ``-v`` the traceback is shown whole.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-6:])
    message = (
        f"A fault of the program: {type(error).__name__} at {where}. What was begun is known and "
        "is never done twice. Please report this line to the maintainers."
    )
    if _as_json(common):
        _log(common, "critical", "program.fault", message=message, exit_code=int(ExitCode.STATE))
        return
    if common.verbosity > 0:
        message = "".join([*traceback.format_exception(error), message])
    _tell(message)


def _tell(text: str) -> None:
    """Write to stderr; where nobody can read that, the exit status tells all the same."""
    with suppress(OSError):
        say(text, err=True)


def _as_json(common: Common) -> bool:
    return common.log_format == "json" or (common.log_format is None and not sys.stderr.isatty())


def _log(common: Common, level: str, event: str, **fields: object) -> None:

    from dinero_sync.logs import get_logger, set_up_logs  # noqa: PLC0415 - slow; most end well

    set_up_logs(verbosity=common.verbosity, log_format="json")
    getattr(get_logger(), level)(event, **fields)


def _words(error: DineroSyncError) -> str:
    if isinstance(error, ConfigError):
        count = len(error.problems)
        noun = "problem" if count == 1 else "problems"
        return f"The configuration has {count} {noun}; nothing was done.\n\n{error}"
    return str(error)
