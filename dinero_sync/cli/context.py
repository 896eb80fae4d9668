"""What the commands have in common: the configuration file, logging, and how orders are named."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from dinero_sync.cli.calling import called
from dinero_sync.errors import ExitCode, UsageError

if TYPE_CHECKING:
    import sqlite3

    from dinero_sync.config.model import Config
    from dinero_sync.journal.orders import OrderRecord

GIVEN = f"{__name__}.given"
"""Under this name click's contexts keep the command that was given, like ``dinero-sync run``."""
FREE_TEXT = frozenset({"reason", "note", "accept"})
"""Options in which a person may write anything, a name as well: never told in a log."""
LONGEST_ID = 18
"""Digits; a longer number is no id of any order."""
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The options that stand before the command."""

    config_path: Path | None = None
    verbosity: int = 0
    log_format: str | None = None


def config_option(command: Decorated) -> Decorated:
    """Accept ``-c`` after the command as well."""

    def remember(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().obj = ctx.obj = replace(ctx.obj, config_path=value)

    return click.option(
        "-c",
        "--config",
        type=click.Path(path_type=Path),
        callback=remember,
        expose_value=False,
        help="The configuration file.",
    )(command)


def json_option(command: Decorated) -> Decorated:
    """Offer output for programs."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON for programs to stdout."
    )(command)


def order_arguments(*, required: bool) -> Callable[[Decorated], Decorated]:
    """Take one or more orders."""
    return click.argument("order_names", metavar="ORDER...", nargs=-1, required=required)


def command_line(common: Common, command: str, file: Path) -> str:
    """Write a command on a file to paste, for the configuration that was named this time."""
    return f"{called(common.config_path)} {shlex.join([command, str(file)])}"


def prepare(common: Common) -> "tuple[Config, str]":
    """Set up logging and load the configuration; returns it with the file's name.

    Raises ConfigError with every problem.
    """
    import structlog  # noqa: PLC0415 - slow to import, and --help needs none of it

    from dinero_sync.config.load import (  # noqa: PLC0415 - pydantic is slow to import
        config_warnings,
        find_config,
        load_config,
    )
    from dinero_sync.logs import set_up_logs  # noqa: PLC0415 - structlog too

    remember_command()
    set_up_logs(verbosity=common.verbosity, log_format=common.log_format)
    path = find_config(common.config_path)
    config = load_config(path)
    log = structlog.get_logger()
    for problem in config_warnings(path):
        log.warning(
            "config.warning",
            file=problem.file,
            line=problem.line,
            key=problem.key,
            message=problem.message,
        )
    return config, str(path)


def remember_command() -> None:
    """Remember the command that was given, for errors that say how to give it otherwise."""
    context = click.get_current_context()
    context.meta[GIVEN] = _given(context)


def _given(context: click.Context) -> str:
    """Write the command that was given, to be given again; what a person wrote is left out."""
    told = [
        parameter
        for parameter in context.command.params
        if parameter.name in context.params
        and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
    ]
    words = (word for each in told for word in _words(each, context.params[each.name or ""]))
    program, *path = context.command_path.split()
    common = context.find_object(Common) or Common()
    named = [] if common.config_path is None else ["-c", shlex.quote(str(common.config_path))]
    return " ".join([program, *named, *path, *words])


def _words(parameter: click.Parameter, value: object) -> Iterator[str]:
    values = value if isinstance(value, tuple) else (value,)
    for each in values:
        if isinstance(parameter, click.Option):
            yield max(parameter.opts, key=len)
        if not (isinstance(parameter, click.Option) and parameter.is_flag):
            yield "TEXT" if parameter.name in FREE_TEXT else shlex.quote(str(each))


@contextmanager
def ending_with(status: ExitCode) -> Iterator[None]:
    """Print within this what came of work that is done, then end with its exit status.

    A reader of our output that has left (``| head``) changes nothing about that status.
    """
    with suppress(BrokenPipeError, SystemExit):  # by the latter rich says the same, with status 1
        yield
    raise SystemExit(int(status))


def order_named(db: "sqlite3.Connection", name: str) -> "OrderRecord":
    """Find an order in the journal by ``4815162`` (order id) or ``#10427`` (the number shown).

    Raises UsageError for one that isn't known.
    """
    from dinero_sync.journal import orders  # noqa: PLC0415 - pydantic is slow to import

    record = None
    if name.startswith("#"):
        record = orders.with_number(db, name[1:])
    elif name.isdecimal() and len(name) <= LONGEST_ID:
        record = orders.load(db, int(name))
    if record is None:
        raise UsageError(
            f"Order {name} isn't known here. Give Shoporama's order id, or the number the customer "
            "sees as '#10427' in quotes. An order that no run has read yet is looked at, and "
            "nothing is booked, by: dinero-sync plan --order ID"
        )
    return record
