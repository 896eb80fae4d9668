"""A terminal for a command to run in, as a person looks at one."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

from desk import COMMAND, DEADLINE_SECONDS, Desk, Finished

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""Sequences that set colours or weight (ECMA-48, SGR)."""
SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ERASE_LINE = "\x1b[2K"
CHUNK = 65536


def run_in_terminal(desk: Desk, *arguments: str, columns: int = 100) -> Finished:
    """Run the installed command with all three streams at a terminal; both outputs as stdout."""
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {**desk.environment(), "TERM": "xterm-256color"}
    try:
        process = subprocess.Popen(
            [COMMAND, *arguments],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            cwd=desk.folder,
            env=environment,
        )
    finally:
        os.close(terminal)
    try:
        shown = _read_to_the_end(screen)
        status = process.wait(DEADLINE_SECONDS)
    finally:
        os.close(screen)
    return desk.checked(status, shown, "")


def _read_to_the_end(screen: int) -> str:
    """Linux says EIO when the last process has left the terminal."""
    parts = []
    while True:
        try:
            part = os.read(screen, CHUNK)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


def plain(shown: str) -> str:
    """Return what was shown without colours, weight and movements of the cursor."""
    return SEQUENCES.sub("", shown)


def lines_on_screen(shown: str) -> list[str]:
    """Return the lines as they stay on the screen, without what was erased on each."""
    return [plain(line.rsplit(ERASE_LINE, 1)[-1]).strip("\r") for line in shown.split("\n")]
