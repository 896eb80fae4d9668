"""What is news: what began or ended since it was told, and none of it twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

ALARM = "alarm"


class Kind(StrEnum):
    """What sort of thing needs somebody, the most urgent first."""

    ALARM = ALARM
    """Orders aren't booked, whatever they are."""
    IN_DOUBT = "in_doubt"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that needs a person."""

    kind: Kind
    code: str
    """An alarm's or a reason's."""
    key: str
    """The same thing bears the same key in every run; it holds no personal data."""
    name: str = ""
    """What a person calls it: an order's number."""

    @property
    def remembered(self) -> str:
        """Return what is kept of it once it was told."""
        return f"{self.kind}:{self.code}:{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a channel is to be told."""

    begun: tuple[Matter, ...]
    works_again: bool
    """An alarm ended, and no other began."""
    is_over: bool
    """Nothing needs anybody any more."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Name it for programs."""
        begun = dict.fromkeys(
            each.code if each.kind is Kind.ALARM else str(each.kind) for each in self.begun
        )
        ended = (("works_again", self.works_again), ("over", self.is_over))
        return (*begun, *(code for code, is_so in ended if is_so))


def news(told: Collection[str], now: Iterable[Matter], unseen: Collection[str] = ()) -> News | None:
    """Return what is news to who was ``told`` that; None where nothing is.

    ``unseen`` of it may still be so though it isn't among ``now``: nobody could look.
    """
    matters = list(now)
    there = {*unseen, *(each.remembered for each in matters)}
    begun = (each for each in matters if each.remembered not in told)
    ended = [each for each in told if each not in there]
    found = News(
        begun=tuple(sorted(begun, key=lambda each: list(Kind).index(each.kind))),
        works_again=any(map(_is_alarm, ended)) and not any(map(_is_alarm, there)),
        is_over=bool(ended) and not there,
    )
    return found if found.codes else None


def _is_alarm(remembered: str) -> bool:
    return remembered.startswith(f"{ALARM}:")
