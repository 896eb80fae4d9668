"""What came as a file, as the journal knows it: what bills and payouts have in common."""

import json
from abc import ABC
from dataclasses import dataclass, replace
from typing import Any, Self

from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.hold import SkipReason
from dinero_sync.journal.documents import Document, Rung, Standing, Subject, SubjectRecord

ALSO = "also"
"""Under which the raw text keeps the hashes of other files in which the same came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord(SubjectRecord, ABC):
    """A bill or a payout, with the documents that are made of it."""

    name: str
    """The whole name, by which people name it, too."""
    not_elsewhere: bool = False
    """A person said that nothing else in Dinero is this one's."""

    def owns(self, key: str) -> bool:  # noqa: ARG002 - each of them: what came as a file has one chain
        """Tell whether a document is, or was, one of its chain."""
        return True

    @property
    def subject(self) -> Subject:
        """The whole name."""
        return self.name

    @property
    def lead(self) -> Document:
        """The document that leads: a voucher, or a ledger item."""
        return self.documents[0]

    @property
    def rung(self) -> Rung:
        """The last recovery point of the document that leads."""
        return self.lead.rung

    @property
    def told(self) -> dict[str, Any]:
        """What its file said, and what was found out about that."""
        found: dict[str, Any] = json.loads(self.raw)
        return found

    @property
    def digest(self) -> str:
        """The hash of the file that it was read from last."""
        return str(self.told.get("sha256") or "")

    @property
    def path(self) -> str | None:
        """Where that file lies; None where it is in the inbox."""
        path = self.told.get("path")
        return path if isinstance(path, str) else None

    @property
    def file(self) -> str:
        """The name of the file that it was read from last."""
        return str(self.told.get("file") or "")

    def telling(self, **more: object) -> Self:
        """Return it with more told of it."""
        return replace(self, raw=canonical_json({**self.told, **more}))

    def seen_in(self, digest: str) -> Self:
        """Return it with another file in which it came: that is known from now on."""
        told = self.told
        if told.get("sha256") == digest:
            return self
        also = [*(told.get(ALSO) or []), digest]
        return self.telling(**{ALSO: list(dict.fromkeys(also))})


def is_settled(record: PaperRecord) -> bool:
    """Tell whether nothing more becomes of it by itself, but for a person's word to book.

    A bill whose file was taken away is read again when it comes again.
    """
    if record.reason == SkipReason.FILE_GONE:
        return False
    return record.standing in {Standing.DONE, Standing.SKIPPED, Standing.OPEN}
