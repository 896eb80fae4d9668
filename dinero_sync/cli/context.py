"""What the commands have in common: options, arguments, and how a command ends.

This imports click alone, as the commands' modules do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from dinero_sync.cli.help import ToldCommand, ToldGroup
from dinero_sync.cli.typed import day
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

LANGUAGES = [str(each) for each in sorted(Language)]
LOG_FORMATS = ["json", "text"]
CONFIG_FILE = click.Path(path_type=Path, readable=False)
"""Whether it can be read, and what to do where not, its reader says."""
LANGUAGE_HELP = spoken("Tell it in Danish or in English, whatever the configuration's language is.")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for programs to stdout."
)
folder_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    required=True,
    metavar="FOLDER",
    help="The folder to write; one that this command wrote before is replaced.",
)
order_argument = click.argument("order_name", metavar="ORDER")
orders_argument = click.argument("order_names", metavar="ORDER...", nargs=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The options that stand before the command."""

    config_path: Path | None = None
    verbosity: int = 0
    log_format: str | None = None
    language: Language | None = None
    """The one asked for; see :mod:`dinero_sync.cli.language`."""
    no_pager: bool = False
    """Whether long screens go to the terminal as short ones do."""


def command(
    name: str, of: click.Group | None = None
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function that takes :class:`Common` first, and then its own options.

    The command accepts the common options after its name as well.
    """

    def made(function: Callable[..., Any]) -> click.Command:
        new = click.command(name, cls=ToldCommand)(click.pass_obj(function))
        new.params += common_options()
        if of is not None:
            of.add_command(new)
        return new

    return made


def group(name: str) -> Callable[[Callable[..., Any]], ToldGroup]:
    """Make a group of commands, whose help accepts the common options as well."""

    def made(function: Callable[..., Any]) -> ToldGroup:
        new = click.group(name, cls=ToldGroup)(function)
        new.params += common_options()
        return new

    return made


def common_options() -> list[click.Option]:
    """Return the options of :class:`Common` as they stand after a command's name.

    Those that change how is logged stand in the help of the program alone.
    """
    return [
        _common(["-c", "--config"], "config_path", CONFIG_FILE, help="The configuration file."),
        _common(["--language"], "language", click.Choice(LANGUAGES), help=LANGUAGE_HELP),
        _common(["--no-pager"], "no_pager", is_flag=True, flag_value=True, hidden=True),
        _common(["--log-format"], "log_format", click.Choice(LOG_FORMATS), hidden=True),
        _common(["-v", "--verbose"], "verbosity", is_flag=True, flag_value=1, hidden=True),
        _common(["-q", "--quiet"], "verbosity", is_flag=True, flag_value=-1, hidden=True),
    ]


def _common(
    names: list[str],
    attribute: str,
    type: click.ParamType[Any] | None = None,  # noqa: A002 - click's name for it
    **settings: Any,  # noqa: ANN401 - whatever click's options take
) -> click.Option:
    """Make an option that is remembered as an attribute of :class:`Common`."""

    def remember(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401
        if value is not None:
            known = Language(value) if attribute == "language" else value
            changed: dict[str, Any] = {attribute: known}
            ctx.find_root().obj = ctx.obj = replace(ctx.obj, **changed)

    return click.Option(
        names, type=type, default=None, callback=remember, expose_value=False, **settings
    )


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
