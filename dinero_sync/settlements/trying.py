"""Tries a shop's own files: whether each is read as it is expected to be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.domain.papers.payout import Payout, Settlement, Source
from dinero_sync.settlements.reading import read
from dinero_sync.settlements.refusal import Refusal, RefusedFileError

READ = "read"
COMPARED = ("gross", "refunds", "chargebacks", "fees", "vat", "other", "net", "currency")
Expected = Mapping[str, object]
"""What is said of a payout, by the names of its parts; ``date`` and ``movements`` besides."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise."""

    what: str
    expected: object
    found: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a file."""

    differences: tuple[Difference, ...] = ()
    settlement: Settlement | None = None
    refusal: Refusal | None = None
    """Why it is refused, whether that was expected or not."""


def try_file(
    path: Path, sources: Sequence[Source], payouts: Mapping[str, Expected], refused: str | None
) -> Tried:
    """Read a file, and compare what it says with ``payouts`` by their ids, or with a refusal."""
    try:
        settlement = read(path, sources)
    except RefusedFileError as error:
        found = error.refusal
        is_expected = refused == found.code
        difference = Difference("refused", refused or READ, found.code)
        return Tried(differences=() if is_expected else (difference,), refusal=found)
    if refused is not None:
        return Tried(differences=(Difference("refused", refused, READ),), settlement=settlement)
    return Tried(differences=tuple(_differences(settlement, payouts)), settlement=settlement)


def look_at(path: Path, sources: Sequence[Source]) -> Tried:
    """Read a file of which nothing is expected yet."""
    try:
        return Tried(settlement=read(path, sources))
    except RefusedFileError as error:
        return Tried(refusal=error.refusal)


def _differences(settlement: Settlement, expected: Mapping[str, Expected]) -> Iterator[Difference]:
    found = {each.id: each for each in settlement.payouts}
    if list(expected) != list(found):
        yield Difference("payouts", tuple(expected), tuple(found))
    for name in expected:
        if name in found:
            yield from _parts_that_differ(found[name], expected[name])


def _parts_that_differ(payout: Payout, expected: Expected) -> Iterator[Difference]:
    has = parts_of(payout)
    for part, value in expected.items():
        if has[part] != value:
            yield Difference(f"{payout.id} {part}", value, has[part])


def parts_of(payout: Payout) -> dict[str, object]:
    """Return what a payout is made of, by the names that are expected of it."""
    return {
        "date": payout.day,
        **{each: getattr(payout, each) for each in COMPARED},
        "movements": len(payout.movements),
    }
