"""Commands whose modules are imported only when they are used."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click


class LazyCommands(click.Group):
    """A group of commands, each the ``command`` of a module of this package."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        names: Sequence[str] = (),
        prefix: str = "",
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        """Offer the commands ``names``, in that order; ``prefix`` begins their modules' names."""
        super().__init__(*args, **options)
        self._names = tuple(names)
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in self._names:
            return None
        command = import_module(f"dinero_sync.cli.{self._prefix}{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - every module here has one
        return command
