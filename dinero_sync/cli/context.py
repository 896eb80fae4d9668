"""What the commands have in common: options, arguments, and how a command ends.

This imports click alone, as the commands' modules do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from dinero_sync.errors import ExitCode

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


def language_option(command: Decorated) -> Decorated:
    """Let the reader choose the language, as ``language``."""
    return click.option(
        "--language",
        type=click.Choice(["da", "en"]),
        help="Tell it in Danish or in English, whatever the configuration's language is.",
    )(command)


def order_argument(command: Decorated) -> Decorated:
    """Take one order, as ``order_name``."""
    return click.argument("order_name", metavar="ORDER")(command)


def orders_argument(command: Decorated) -> Decorated:
    """Take any number of orders, as ``order_names``."""
    return click.argument("order_names", metavar="ORDER...", nargs=-1)(command)


def day(text: str) -> date:
    """Read a day of the command line, written like 2026-12-01; raises BadParameter for others."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write the day like 2026-12-01.") from None


def range_options(command: Decorated) -> Decorated:
    """Limit a run, or a plan of one: to ``since`` and ``until`` as days, and to ``order_names``."""
    for option in reversed(_RANGE):
        command = option(command)
    return command


_RANGE = (
    click.option("--since", type=day, help="Orders paid (or shipped) on this day or later."),
    click.option("--until", type=day, help="Orders paid (or shipped) on this day or earlier."),
    click.option(
        "--order",
        "order_names",
        metavar="ORDER",
        multiple=True,
        help="Only this order; may be repeated. Overrides no rule.",
    ),
)


@contextmanager
def ending_with(status: ExitCode) -> Iterator[None]:
    """Print within this what came of work that is done, then end with its exit status.

    A reader of our output that has left (``| head``) changes nothing about that status.
    """
    with suppress(BrokenPipeError, SystemExit):  # by the latter rich says the same, with status 1
        yield
    raise SystemExit(int(status))
