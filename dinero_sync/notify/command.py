"""By a program of the operator's: the message on its stdin, the facts in its environment."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from dinero_sync.domain.spoken import spoken
from dinero_sync.notify.message import SECONDS, ChannelRefusedError, Message, NotToldError

HANDED_ON = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR")
"""What a program may need of our environment; keys and tokens stand in other variables."""
SUBJECT = "DINERO_SYNC_SUBJECT"


def run_command(command: Sequence[str], message: Message) -> None:
    """Run the program; raises NotToldError where it fails.

    ChannelRefusedError where it can't be started. Nothing of what it says is kept: it may repeat
    the message.
    """
    known = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - the operator's own program, by the configuration
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**known, SUBJECT: message.subject, **message.facts},
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise ChannelRefusedError(
            spoken(
                "The program of notify.command can't be started ({name}). Write its whole path, "
                "and let the user that dinero-sync runs as start it.",
                name=type(error).__name__,
            )
        ) from None
    try:
        process.communicate(f"{message.text}\n".encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise NotToldError(
            spoken(
                "The program of notify.command was ended: it took longer than {seconds} seconds.",
                seconds=int(SECONDS),
            )
        ) from None
    if process.returncode:
        raise NotToldError(
            spoken(
                "The program of notify.command ended with status {status}.",
                status=process.returncode,
            )
        )
