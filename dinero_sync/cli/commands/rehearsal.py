"""The command to rehearse with: sandbox."""

import os
import shlex
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

import click

from dinero_sync.cli.calling import called
from dinero_sync.cli.context import Common, command
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import say
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import StateError, UsageError
from dinero_sync.texts.screens.saying import tell

MARK = "# Made by `dinero-sync sandbox --write`, which replaces it at every start.\n"
"""The first line of a configuration to rehearse with: such a file may be replaced."""
FOR_THE_OWNER = 0o600


@command("sandbox")
@click.option("--port", type=int, default=8899, show_default=True, help="0 for any free port.")
@click.option(
    "--write",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the configuration to this file, with a state folder of its own beside it.",
)
@click.option(
    "--orders",
    type=click.Choice(["seeded", "practice", "none"]),
    help="What the shop begins with; practice: besides, some orders that are held. By default "
    "practice with --write, else seeded.",
)
@click.option(
    "--auth",
    type=click.Choice(["api_key", "visma_connect"]),
    default="api_key",
    show_default=True,
    help="How the configuration connects to Dinero.",
)
@click.option(
    "--calls-per-minute", type=int, help="Answer 429 beyond so many; without it, no limit."
)
def sandbox(  # noqa: PLR0913 - click passes each option by its name
    common: Common,
    *,
    port: int,
    file: Path | None,
    orders: str | None,
    auth: Literal["api_key", "visma_connect"],
    calls_per_minute: int | None,
) -> None:
    """Serve a made-up Shoporama and a made-up Dinero on this machine, to rehearse with.

    With --write the configuration is in a file, ready to use, and some orders are held, each for a
    reason of its own that you can solve. Without it the configuration is printed, to be pasted. Its
    books are a page for your browser. Serves until you press Ctrl-C. Nothing leaves this machine,
    and nothing is kept: the next start begins anew, and so does the state folder of --write.

    \b
    Examples:
      dinero-sync sandbox --write rehearsal.yaml
      dinero-sync sandbox --auth visma_connect --calls-per-minute 60
    """
    from dinero_sync.sandbox import demo_config, running_sandbox

    language = language_of(common)
    if file is not None:
        _refuse_other_file(file)
    chosen = orders or ("seeded" if file is None else "practice")
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        with running_sandbox(port, orders=chosen, calls_per_minute=calls_per_minute) as running:
            if file is None:
                say(demo_config(running.url, auth=auth))
            else:
                state = Path(f"{file.stem}-state")
                _begin_anew(file, demo_config(running.url, auth=auth, state_dir=str(state)), state)
            show(_how_to_use(running.url, file, language), err=True)
            signal.sigwait(signals)
    except ImportError as error:
        raise UsageError(
            spoken(
                "The sandbox needs more packages; run: {python} -m pip install flask jsonschema",
                python=shlex.quote(sys.executable),
            )
        ) from error
    except SystemExit:  # how the server says that it can't have the port
        raise UsageError(
            spoken(
                "Port {port} can't be used. Name another with --port, or 0 for any free one.",
                port=port,
            )
        ) from None


def _refuse_other_file(file: Path) -> None:
    """Raise UsageError for a file that isn't one to rehearse with: it may be the real one."""
    is_ours = False
    with suppress(OSError, UnicodeDecodeError):
        is_ours = file.read_text(encoding="utf-8").startswith(MARK)
    if not is_ours and (file.exists() or file.is_symlink()):
        raise UsageError(
            spoken(
                "{file} is there already, and wasn't made by the sandbox. Nothing was written. "
                "Name another file: dinero-sync sandbox --write FILE",
                file=file,
            )
        )


def _begin_anew(file: Path, text: str, state: Path) -> None:
    """Write the configuration for its owner alone; what an earlier sandbox knew is gone with it."""
    try:
        if file.exists():  # one of ours: its state folder knows books that are no more
            shutil.rmtree(file.parent / state, ignore_errors=True)
            file.unlink()
        new = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_THE_OWNER)
        with os.fdopen(new, "w", encoding="utf-8") as opened:
            opened.write(f"{MARK}{text}")
    except OSError as error:
        raise StateError(
            spoken("{path} can't be written ({strerror}).", path=file, strerror=error.strerror)
        ) from error


def _how_to_use(url: str, file: Path | None, language: Language) -> list[str]:
    """Say what to do with it, in another terminal."""
    if file is None:
        return list(wrapped(tell("sandbox.printed", language, url=url)))
    commands = [f"  {called(file)} {each}" for each in ("doctor", "plan", "run", "status")]
    begin = tell("sandbox.written", language, file=str(file), url=url)
    return [*wrapped(begin), *commands, *wrapped(tell("sandbox.ends", language, url=url))]
