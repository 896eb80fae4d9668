"""The options that limit a run, or a plan of one, to days and to single orders."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

DAY = click.DateTime(["%Y-%m-%d"])
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def range_options(command: Decorated) -> Decorated:
    """Offer ``since`` and ``until`` as days, and ``order_names``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return None if value is None else value.date()


_OPTIONS = (
    click.option(
        "--since", type=DAY, callback=_day, help="Orders paid (or shipped) on this day or later."
    ),
    click.option(
        "--until", type=DAY, callback=_day, help="Orders paid (or shipped) on this day or earlier."
    ),
    click.option(
        "--order",
        "order_names",
        metavar="ORDER",
        multiple=True,
        help="Only this order; may be repeated. Overrides no rule.",
    ),
)
