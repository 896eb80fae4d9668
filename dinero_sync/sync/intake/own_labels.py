"""Our own label is no change of an order: what the shop moved by it is read as it was before.

The shop's time of the last change moves with a label, perhaps; and where the shop tells no day of
payment or shipping, that time dates the invoice. An order that somebody else changed since shows
another time, and is read as it is.
"""

from collections.abc import Collection, Mapping
from sqlite3 import Connection

from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.labels import written
from dinero_sync.journal.labels.written import Moved, Written
from dinero_sync.shoporama.labels import FIELDS
from dinero_sync.shoporama.reader import ReaderSettings
from dinero_sync.shoporama.replies import RawObject, raw_text
from dinero_sync.sync.intake.raw_orders import parsed


def without_our_label(
    raw: Mapping[str, object], known: OrderRecord | None, db: Connection
) -> tuple[Mapping[str, object], str]:
    """Return an order as the shop shows it, and its text, without what our last label moved.

    Raises RecursionError for one that is nested too deep.
    """
    text = raw_text(raw)
    if known is None or text == known.raw:
        return raw, text
    was = as_it_was(dict(raw), written.last(db, known.order_id))
    return was, raw_text(was)


def as_it_was(raw: RawObject, written: Written | None) -> RawObject:
    """Return an order without what our last label moved, while nobody moved it again."""
    moved = None if written is None else written.moved
    if moved is None:
        return raw
    before, after = parsed(moved.before), parsed(moved.after)
    if any(raw.get(name) != value for name, value in after.items()):
        return raw
    was = {name: before.get(name) if name in after else value for name, value in raw.items()}
    return {name: value for name, value in was.items() if name in before or name not in after}


def moved_by(was: RawObject, shown: RawObject, reader: ReaderSettings) -> Moved | None:
    """Return what a label moved between two readings; None where something else differs, too."""
    names = {*FIELDS, *reader.names["last_modified"]}
    if _without(was, names) != _without(shown, names):
        return None
    return Moved(before=raw_text(_only(was, names)), after=raw_text(_only(shown, names)))


def _only(raw: RawObject, names: Collection[str]) -> RawObject:
    return {name: value for name, value in raw.items() if name in names}


def _without(raw: RawObject, names: Collection[str]) -> RawObject:
    return {name: value for name, value in raw.items() if name not in names}
