"""``dinero-sync rules``: looks at the rules before they count."""

import click

from dinero_sync.cli.lazy import LazyCommands

COMMANDS = ("check", "test", "replay")


@click.group("rules", cls=LazyCommands, names=COMMANDS, prefix="rules_")
def command() -> None:
    """Check the rules, test them on examples, and replay them on orders already booked.

    \b
    Examples:
      dinero-sync rules check
      dinero-sync rules test examples.yaml
      dinero-sync rules replay --since 2026-12-01
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
