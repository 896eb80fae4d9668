"""A shop owner's whole way at a terminal of 80 columns, in Danish, as the screen showed it.

``python tests/system/recorded_session.py`` records it anew, to be read before it is kept.
"""

import json
import os
import pty
import re
import struct
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from fcntl import ioctl
from pathlib import Path
from threading import Thread

import pyte
import yaml
from desk import DEADLINE_SECONDS, Desk, folder_in_memory
from sandbox_process import SandboxProcess, sandbox_process
from warm_command import start_warm

from dinero_sync.sandbox.shop.buyers import DANISH_CONSUMERS
from dinero_sync.sandbox.shop.catalogue import MUG
from dinero_sync.sandbox.shop.sale import Sale, raw_order

RECORD = Path(__file__).with_name("recorded_session.txt")
COLUMNS, LINES = 80, 400
PROMPT = b": "
"""What ends a question."""
BEGIN = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
MONTH_SECONDS = 31 * 24 * 3600
FIRST_ID, FIRST_NUMBER = 4815162, 10427
NEW_GATEWAY = {"payment_gateway": "viabill", "payment_gateway_id": 99}
"""A way to pay that the shop takes into use after the configuration was written."""
KEYS = ("shoporama", "dinero")
TIME_OF_DAY = re.compile(r"(?<=kl\. )\d\d\.\d\d")
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d{5}")
FOLDER = re.compile(r"(?<=/)tmp\w{8}(?=/)")


class Session:
    """A terminal, and what was typed and shown there."""

    def __init__(self, desk: Desk, sandbox: SandboxProcess) -> None:
        self.desk = desk
        self.sandbox = sandbox
        self.shown: list[str] = []
        self.later_seconds = 0.0
        self.begun = time.time()

    @property
    def shift_seconds(self) -> float:
        """By how much the clocks of the command and of both services are moved."""
        return BEGIN.timestamp() - self.begun + self.later_seconds

    def set_clocks(self, later_seconds: float = 0.0) -> None:
        self.later_seconds += later_seconds
        self.sandbox.change_settings(clock_shift_seconds=self.shift_seconds)

    def says(self, remark: str) -> None:
        self.shown.append(f"# {remark}\n")

    def types(self, *arguments: str, answers: Sequence[str] = ()) -> int:
        """Give a command; what it shows is kept, as it stays on the screen."""
        self.shown.append(f"$ dinero-sync {' '.join(arguments)}")
        with a_terminal(answers) as (terminal, shown):
            command = start_warm(
                arguments,
                folder=self.desk.folder,
                environment=self.desk.environment() | {"TERM": "xterm-256color"},
                files=[terminal] * 3,
                clock_shift_seconds=self.shift_seconds,
            )
            status = command.end(DEADLINE_SECONDS)
        self.shown.append(masked(on_screen("".join(shown))) + "\n")
        return status


def masked(text: str) -> str:
    """Leave out what differs each time: minutes, ports, names of folders."""
    return FOLDER.sub("tmp_folder0", PORT.sub("12345", TIME_OF_DAY.sub("10.00", text)))


def on_screen(shown: str) -> str:
    """Return what a terminal shows in the end, from its first line on."""
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.Stream(screen).feed(shown)
    return "\n".join(line.rstrip() for line in screen.display).rstrip()


@contextmanager
def a_terminal(answers: Sequence[str]) -> Iterator[tuple[Path, list[str]]]:
    """Open a terminal where questions are answered; what it showed is whole after the block."""
    screen, terminal = pty.openpty()
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    shown: list[str] = []
    reader = Thread(target=_read_and_answer, args=(screen, shown, answers))
    reader.start()
    try:
        yield Path(os.ttyname(terminal)), shown
    finally:
        os.close(terminal)
        reader.join(DEADLINE_SECONDS)
        os.close(screen)


def _read_and_answer(screen: int, shown: list[str], answers: Sequence[str]) -> None:
    """Read until the last process has left the terminal, of which Linux tells by EIO."""
    read, left = b"", list(answers)
    while True:
        try:
            read += os.read(screen, 65536)
        except OSError:
            break
        if read.endswith(PROMPT) and left:
            os.write(screen, f"{left.pop(0)}\n".encode())
    shown.append(read.decode())


def an_order(place: int, now: datetime, **sale: object) -> dict[str, object]:
    """Sell a mug, a day ago."""
    usual = {"buyer": DANISH_CONSUMERS[place], "basket": ((MUG, 1 + place % 3),), "days_ago": 1.0}
    sold = Sale(**(usual | sale))  # type: ignore[arg-type]  # its fields
    return raw_order(sold, FIRST_ID + place, FIRST_NUMBER + place, now)


def record(desk: Desk, sandbox: SandboxProcess) -> str:
    """Go the whole way; returns what the screen showed."""
    session = Session(desk, sandbox)
    session.set_clocks()
    keys = yaml.safe_load(sandbox.config_text("api_key", "paid"))
    desk.write_config(yaml.safe_dump({name: keys[name] for name in KEYS}))
    desk.config.rename(desk.folder / "keys.yaml")
    sandbox.sell(*(an_order(place, BEGIN) for place in range(3)))
    sandbox.sell(an_order(3, BEGIN, state="unpaid"))
    _first_day(session)
    _hold_is_mended(session)
    _month_later(session)
    return "\n".join(session.shown)


def _first_day(session: Session) -> None:
    session.says("Den første dag")
    session.types("-c", "keys.yaml", "init", answers=["2026-12-01", *[""] * 40])
    session.types("connect")
    session.types("doctor")
    session.types("status")
    session.types("plan", "--order", f"#{FIRST_NUMBER}")
    session.types("run")
    session.types("status")


def _hold_is_mended(session: Session) -> None:
    session.says("Butikken får en ny betalingsmåde")
    new = [an_order(place, BEGIN) | NEW_GATEWAY for place in (4, 5)]
    session.sandbox.sell(*new)
    session.types("run")
    session.types("status")
    session.says("Posten fra skærmen sættes ind i config.yaml")
    paste(session.desk)
    session.types("run")
    session.types("explain", str(FIRST_NUMBER + 4))
    session.types("status")


def _month_later(session: Session) -> None:
    session.says("En måned senere har ingen startet den")
    session.set_clocks(MONTH_SECONDS)
    session.types("status")
    now = BEGIN + timedelta(seconds=MONTH_SECONDS)
    session.sandbox.sell(an_order(6, now), an_order(7, now))
    session.types("run")
    session.types("status")


def paste(desk: Desk) -> None:
    """Paste the entry that the held orders' next step gives, as a person does."""
    (held, *_) = json.loads(desk.run("status", "--json").stdout)["attention"]
    _, _, entry = held["next_step"].partition("payment_types:\n")
    text = desk.config.read_text(encoding="utf-8")
    desk.write_config(text.replace("payment_types:\n", f"payment_types:\n{entry}\n", 1))


def main() -> None:
    """Record the session anew."""
    with folder_in_memory() as folder, sandbox_process("none") as sandbox:
        desk = a_danish_desk(folder)
        RECORD.write_text(record(desk, sandbox), encoding="utf-8")


def a_danish_desk(folder: Path) -> Desk:
    """Return a desk whose machine is set up for Denmark."""
    return Desk(folder, {"LC_MESSAGES": "da_DK.UTF-8", "TZ": "Europe/Copenhagen"})


if __name__ == "__main__":
    main()
