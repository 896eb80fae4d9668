"""Where a state folder is at home: its machine and its place on it, by which a copy is known.

A folder that was moved, or put back where it was, is at home; a copy of it elsewhere isn't. Two
machines that were copied whole, their ids included, can't be told apart.
"""

import hashlib
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
"""Where a machine's id is, see machine-id(5); containers often have none."""


def home_of(folder: Path) -> dict[str, str]:
    """Return where ``folder`` is, as a file in it remembers it.

    The machine's id isn't to be told as it is (machine-id(5)): it is hashed. What isn't known is
    left out.
    """
    told = {"host": socket.gethostname(), "folder": str(folder.resolve())}
    with suppress(OSError):
        told["inode"] = str(folder.stat().st_ino)
    machine = _machine()
    return told if machine is None else {**told, "machine": machine}


def is_at_home(folder: Path, kept: Mapping[str, str]) -> bool:
    """Tell whether ``folder`` is where ``kept`` says: that machine, and that folder or its place.

    What either doesn't know counts as the same.
    """
    now = home_of(folder)
    if kept.get("machine", now.get("machine")) != now.get("machine", kept.get("machine")):
        return False
    return any(kept.get(name) in {None, now.get(name)} for name in ("folder", "inode"))


def _machine() -> str | None:
    for path in MACHINE_IDS:
        with suppress(OSError):
            text = path.read_text(encoding="ascii", errors="replace").strip()
            if text and text != "uninitialized":
                return hashlib.sha256(f"dinero-sync {text}".encode()).hexdigest()[:16]
    return None
