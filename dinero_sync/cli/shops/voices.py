"""What the processes of shops say on stderr, so that each line is known to be of which.

Where machines read, each line goes on once it is whole: it bears its shop. Where a person reads,
what a shop says stands together under its name, once it has ended.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.context import Common
from dinero_sync.cli.failures import explain, is_read_by_machines
from dinero_sync.cli.terminal import Line, Tone, show
from dinero_sync.errors import DineroSyncError, Problem
from dinero_sync.logs import of_shop

TELLING = frozenset({"config.problem", "command.failed", "command.ended", "program.fault"})
"""Events in place of a result."""
PLACE = ("file", "line", "column", "key")
LOGGED = b"{"
"""What a line of the log begins with."""


class Voices:
    """Gathers what shops say, and passes it on."""

    def __init__(self, common: Common, *, shown_later: bool = False) -> None:
        """Begin with nobody having spoken.

        A person to whom it is ``shown_later``, with what else there is of the shop, isn't told now.
        """
        to_machines = common.log_format == "json" or is_read_by_machines(common)
        self.for_machines = to_machines or shown_later
        """Whether shops are to speak as for machines."""
        self._passed_on = to_machines or not shown_later
        self._common = replace(common, log_format="json") if self.for_machines else common
        self._unsaid = defaultdict[str, bytearray](bytearray)
        self._messages = defaultdict[str, list[str]](list)

    def take(self, shop: str, piece: bytes) -> None:
        """Take a piece of what a shop's process writes."""
        self._unsaid[shop] += piece
        if self.for_machines:
            *lines, self._unsaid[shop] = self._unsaid[shop].split(b"\n")
            for line in lines:
                self._pass_on(shop, bytes(line))

    def _pass_on(self, shop: str, line: bytes) -> None:
        if not line.startswith(LOGGED):
            line = b"%s: %s" % (shop.encode(errors="replace"), line)
        elif any(b'"%s"' % each.encode() in line for each in TELLING):
            with suppress(ValueError):
                self._messages[shop].append(_message(json.loads(line)))
        if self._passed_on:
            _write(line + b"\n")

    def tell(self, shop: str, error: DineroSyncError) -> None:
        """Tell of a shop what its own process can't."""
        self._messages[shop].append(to_paste(str(error)))
        if not self._passed_on:
            return
        with of_shop(shop):
            if not self.for_machines:
                _head(shop)
            explain(error, self._common)

    def end(self, shop: str) -> list[str]:
        """Say what is left of a shop; returns what it told in place of a result."""
        said = bytes(self._unsaid.pop(shop, b""))
        if said and self.for_machines:
            self._pass_on(shop, said)
        elif said:
            _head(shop)
            _write(said)
            self._messages[shop].append(said.decode(errors="replace").strip())
        return self._messages.pop(shop, [])


def _message(event: Mapping[str, Any]) -> str:
    """Return what an event tells, with the place in the configuration that it is about."""
    place = {name: event[name] for name in PLACE if event.get(name)}
    return str(Problem(message=str(event.get("message", "")), **place))


def _head(shop: str) -> None:
    with suppress(OSError):
        show([Line(shop, Tone.HEADING)], err=True)


def _write(said: bytes) -> None:
    """Write to stderr; a reader that has left stops no shop."""
    with suppress(OSError):
        sys.stderr.buffer.write(said)
        sys.stderr.buffer.flush()
