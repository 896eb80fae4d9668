"""What the commands have in common: the configuration file, logging, and how orders are named."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dinero_sync.errors import ExitCode, UsageError

if TYPE_CHECKING:
    import sqlite3

    from dinero_sync.config.model import Config
    from dinero_sync.journal.orders import OrderRecord

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
    named = [] if common.config_path is None else ["-c", str(common.config_path)]
    return shlex.join(["dinero-sync", *named, command, str(file)])


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
