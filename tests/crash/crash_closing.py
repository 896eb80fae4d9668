"""A period that is closed under kills: its folder is the old or the new one, whole."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from crash_desk import Desk
from crash_inside import give_inside
from crash_orders import an_order

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy

FOLDER = "state/closed"
"""In the state folder, so that what changes in it is found there."""
CLOSE = ("close", f"{datetime.now(COPENHAGEN):%Y-%m}", "-o", FOLDER)


def closed_once(desk: Desk) -> None:
    """Close a period in which one order is booked, and book another one."""
    _sell_and_book(desk, 1)
    assert give_inside(desk, *CLOSE) == 0
    _sell_and_book(desk, 2)


def _sell_and_book(desk: Desk, order_id: int) -> None:
    desk.sandbox.add_orders([an_order(order_id, desk.sandbox.now(), buyer=order_id)])
    give_inside(desk, "run")


def pack_violations(folder: Path) -> Iterator[str]:
    """Hold the files against their sums; a folder that was moved aside is put back by the next."""
    there = folder if folder.exists() else folder.with_name(f".{folder.name}.old")
    found = {each.name: each.read_bytes() for each in there.glob("*")}
    listed = found.pop("SHA256SUMS", b"").decode().splitlines()
    told = {name: sum_ for sum_, _, name in (line.partition("  ") for line in listed)}
    if not told or told != {name: hashlib.sha256(each).hexdigest() for name, each in found.items()}:
        yield f"The folder of the closed period isn't whole: {sorted(found)}."


def closed_violations(desk: Desk) -> Iterator[str]:
    """Compare the folder of a closed period with the journal, once everything is quiet."""
    folder = desk.folder / FOLDER
    yield from pack_violations(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with closing(open_copy(desk.state)) as db:
        head = effects.head(db)
    if manifest["journal_head"] != head:
        yield "The closed period isn't that of the journal."
    if manifest["exit_code"] != 0:
        yield f"The period was closed with {manifest['exit_code']}."
    beside = [each.name for each in folder.parent.glob(f".{folder.name}*")]
    if beside:
        yield f"Files were left beside the closed period: {beside}."
