"""Why a file is refused, as data: whole, so that nothing of it is ever posted by halves.

The sentences stand in ``texts/refusals.py``. No value of a cell is told but words for kinds of
movements and what payouts are called: anything else may be a person's.
"""

import json
from dataclasses import dataclass

from dinero_sync.domain.step import Fact, Facts, Steps, sentence

LONGEST_WORD = 60
MOST_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a person needs to know about a file that is refused; ``texts`` tells it."""

    code: str
    """Of the sentence that says what was seen; stable."""
    facts: Facts
    steps: Steps


class RefusedFileError(Exception):
    """Raised where a file can't be read and proved as a whole; carries the :class:`Refusal`."""

    def __init__(self, code: str, steps: Steps = (), /, **facts: Fact) -> None:
        """Build the refusal; without ``steps`` the file is to be downloaded again."""
        super().__init__(code)
        again = (sentence("settlement_download_again"),)
        self.refusal = Refusal(code=code, facts=facts, steps=steps or again)


def unknown_type(word: str, column: str) -> RefusedFileError:
    """Build the error of a kind of movement that nobody told us of: it may be anything."""
    steps = (sentence("settlement_by_hand"),)
    return RefusedFileError("unknown_type", steps, type=words([word])[0], column=column)


def quoted(text: str) -> str:
    """Write a text of a file as YAML reads it as the same again, and not too long."""
    return json.dumps(text[:LONGEST_WORD], ensure_ascii=False)


def words(values: list[str]) -> tuple[str, ...]:
    """Return words of a file as they may be shown: not too many, none too long."""
    return tuple(each[:LONGEST_WORD] for each in values[:MOST_WORDS])
