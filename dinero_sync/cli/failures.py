"""Telling the operator what went wrong: in words at a terminal, as log events for machines."""

import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common
from dinero_sync.cli.help import as_asked
from dinero_sync.cli.language import language_of
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import (
    ConfigError,
    DineroSyncError,
    ExitCode,
    Problem,
    StateError,
    sentence_of,
)
from dinero_sync.texts.screens.saying import tell

RUN = "run"
IN_PLACE_OF_A_RUN = {
    "next_run": "try_again",
    "and_next_run": "and_try_again",
    "from_where_it_stopped": "and_try_again",
    "goes_on": "give_it_again",
}
"""What texts say of the next run, and what is said where none comes by itself."""


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
                filename=error.filename or spoken("A file or the output"),
                strerror=error.strerror or error,
            )
        )
    return None


def explain(error: DineroSyncError, common: Common) -> None:
    """Write ``error`` to stderr in the form that the reader there expects."""
    if _asked_for_json(common) or (is_read_by_machines(common) and _is_event(error)):
        _log_error(error, common)
    else:
        _tell(in_words(error, language_of(common)))


def explain_usage(error: click.ClickException) -> int:
    """Tell of a command line that isn't understood; returns the exit status."""
    context = getattr(error, "ctx", None)
    common = (context.find_object(Common) if context else None) or Common()
    if _asked_for_json(common) or (is_read_by_machines(common) and _is_run(context)):
        message = error.format_message()
        _log(common, "error", "command.failed", message=message, exit_code=error.exit_code)
    else:
        from dinero_sync.cli.usage import usage_in_words  # noqa: PLC0415 - only who mistypes waits

        language = language_of(as_asked(context) if context else common)
        _tell(usage_in_words(error, context, language))
    return error.exit_code


def explain_fault(error: Exception, common: Common) -> None:
    """Say that the program itself is at fault, and where; its text may hold data, and is left out.

    At a terminal with ``-v`` the traceback is shown whole.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-6:])
    named = {"name": type(error).__name__, "where": where}
    if _asked_for_json(common) or (is_read_by_machines(common) and _is_run()):
        message = tell("failures.fault", Language.ENGLISH, **named)
        _log(common, "critical", "program.fault", message=message, exit_code=int(ExitCode.STATE))
        return
    message = tell("failures.fault", language_of(common), **named)
    if common.verbosity > 0:
        message = "".join([*traceback.format_exception(error), message])
    _tell(message)


def in_words(error: DineroSyncError, language: Language) -> str:
    """Say what an error says, in the reader's language."""
    from dinero_sync.texts.telling import in_language  # noqa: PLC0415 - most commands end well

    if isinstance(error, ConfigError):
        count = len(error.problems)
        told = tell("failures.problems", language, count=count)
        said = (
            replace(each, key=_named_key(each), message=in_language(each.message, language))
            for each in error.problems
        )
        return "\n".join([told, "", *map(str, said)])
    return for_who_waits(in_language(sentence_of(error), language), language)


def _named_key(problem: Problem) -> str:
    return f"{problem.key} ({problem.named})" if problem.named else problem.key


def for_who_waits(text: str, language: Language) -> str:
    """Say whose turn it is where no run follows by itself, as after ``connect``: the reader's."""
    if _is_run():
        return text
    for waiting, here in IN_PLACE_OF_A_RUN.items():
        said, meant = (tell(f"failures.{each}", language) for each in (waiting, here))
        text = text.replace(said, meant)
    return text


def _tell(text: str) -> None:
    """Write to stderr; where nobody can read that, the exit status tells all the same."""
    with suppress(OSError):
        show(wrapped(text), err=True)


def _asked_for_json(common: Common) -> bool:
    return common.log_format == "json"


def is_read_by_machines(common: Common) -> bool:
    """Tell whether nobody looks on, and nobody said how to log."""
    return common.log_format is None and not sys.stderr.isatty()


def _is_event(error: DineroSyncError) -> bool:
    """Tell whether an error is an event of the log: a run's, and problems of a configuration.

    Anything else is an answer to whoever gave the command, wherever that goes.
    """
    return isinstance(error, ConfigError) or _is_run()


def _is_run(context: click.Context | None = None) -> bool:
    """Tell whether the command is ``run``, which a timer starts and nobody waits for."""
    known = context or click.get_current_context(silent=True)
    return known is not None and RUN in {known.info_name, known.find_root().invoked_subcommand}


def _log_error(error: DineroSyncError, common: Common) -> None:
    if isinstance(error, ConfigError):
        for problem in error.problems:
            place = {name: getattr(problem, name) for name in ("file", "line", "column", "key")}
            _log(common, "error", "config.problem", **place, message=to_paste(problem.message))
        return
    message = to_paste(str(error))
    if error.exit_code is ExitCode.OK:
        _log(common, "warning", "command.ended", message=message)
    else:
        _log(common, "error", "command.failed", message=message, exit_code=int(error.exit_code))


def _log(common: Common, level: str, event: str, **fields: object) -> None:

    from dinero_sync.logs import get_logger, set_up_logs  # noqa: PLC0415 - slow; most end well

    set_up_logs(verbosity=common.verbosity, log_format="json")
    getattr(get_logger(), level)(event, **fields)
