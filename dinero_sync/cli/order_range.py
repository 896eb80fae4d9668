"""The options that limit a run, or a plan of one, to days and to single orders."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def day(text: str) -> date:
    """Read a day of the command line, written like 2026-12-01; raises BadParameter for others."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write the day like 2026-12-01.") from None


def range_options(command: Decorated) -> Decorated:
    """Offer ``since`` and ``until`` as days, and ``order_names``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
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
