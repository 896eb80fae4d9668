"""``dinero-sync completion``: lets the shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

VARIABLE = "_DINERO_SYNC_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> None:
    """Print the shell's completion script.

    \b
    Examples:
      dinero-sync completion bash > ~/.local/share/bash-completion/completions/dinero-sync
      dinero-sync completion fish > ~/.config/fish/completions/dinero-sync.fish
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows every shell that the argument admits
    click.echo(kind(ctx.find_root().command, {}, "dinero-sync", VARIABLE).source())
