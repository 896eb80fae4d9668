"""What differs between two sets of figures, each named by where it stands."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from dinero_sync.cli.reports.proof.pages import cell

NOTHING = "–"
"""Stands for what one side lacks."""


def changes(before: str, now: str) -> Iterator[str]:
    """Yield a row of Markdown for each figure of a JSON file that isn't what it was.

    What stands in a list is known by all that it says: a row of it is there, or gone.
    """
    yield from _between("", json.loads(before), json.loads(now))


def _between(path: str, before: object, now: object) -> Iterator[str]:
    if before == now:
        return
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in sorted({*before, *now}):
            inner = f"{path}.{name}" if path else str(name)
            yield from _between(inner, before.get(name), now.get(name))
    elif isinstance(before, list) and isinstance(now, list):
        yield from _rows(path, before, now)
    else:
        yield f"- `{path}`: {_told(before)} → {_told(now)}"


def _rows(path: str, before: list[object], now: list[object]) -> Iterator[str]:
    then, since = (Counter(map(_written, each)) for each in (before, now))
    yield from (f"- `{path}`: {_told(row)} → {NOTHING}" for row in (then - since).elements())
    yield from (f"- `{path}`: {NOTHING} → {_told(row)}" for row in (since - then).elements())


def _written(row: object) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False)


def _told(value: object) -> str:
    if value is None:
        return NOTHING
    return cell(value if isinstance(value, str) else _written(value))
