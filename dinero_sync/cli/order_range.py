"""The options that limit a run, or a plan of one, to days and to single orders."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Day(click.ParamType):
    """A day, written like 2026-12-01."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read a day; click tells what is wrong with any other text."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"{value!r} is no day; write the day like 2026-12-01.", param, ctx)


DAY = Day()


def range_options(command: Decorated) -> Decorated:
    """Offer ``since`` and ``until`` as days, and ``order_names``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--since", type=DAY, help="Orders paid (or shipped) on this day or later."),
    click.option("--until", type=DAY, help="Orders paid (or shipped) on this day or earlier."),
    click.option(
        "--order",
        "order_names",
        metavar="ORDER",
        multiple=True,
        help="Only this order; may be repeated. Overrides no rule.",
    ),
)
