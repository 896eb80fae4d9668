"""Whether VAT numbers are valid: asked at VIES, and kept in the journal."""

import sqlite3
from datetime import datetime, timedelta

from dinero_sync.clock import Clock
from dinero_sync.domain.documents import canonical_json
from dinero_sync.errors import OwnSideError, TemporaryError, sentence_of
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import NoAnswerError
from dinero_sync.journal import effects
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.vies import BASE_URL, ViesAnswer, ask, normal
from dinero_sync.way_out import UnreachableError

VALID_FOR = timedelta(days=90)
INVALID_FOR = timedelta(days=1)
"""A number may be registered any day, and a sale waits for it."""


class VatNumbers:
    """What VIES says about VAT numbers, asked no oftener than needed; for one run."""

    def __init__(
        self,
        http: HttpClient,
        db: sqlite3.Connection,
        clock: Clock,
        *,
        requester: str = "",
        base_url: str = BASE_URL,
    ) -> None:
        """Ask through ``http`` for the shop with the VAT number ``requester``; keep in ``db``."""
        self._http = http
        self._db = db
        self._clock = clock
        self._requester = requester
        self._base_url = base_url
        self._trouble: TemporaryError | None = None

    def check(self, vat_number: str) -> ViesAnswer:
        """Return what VIES says of a VAT number, or said within the time that it is kept.

        Raises TemporaryError when it can't tell and nothing is kept. Once no answer came it isn't
        asked again, so that a run waits for it once and not for every order.
        """
        now = self._clock.now()
        name = _name(vat_number)
        kept = recall(self._db, name, ViesAnswer, now, kept_for=VALID_FOR)
        if kept is not None and (kept.valid or now - kept.asked_at < INVALID_FOR):
            return kept
        answer = self._ask(vat_number, now)
        keep(self._db, name, ViesAnswer, answer, now)
        return answer

    def _ask(self, vat_number: str, now: datetime) -> ViesAnswer:
        if self._trouble is not None:
            raise self._trouble
        try:
            return ask(
                self._http, vat_number, now, requester=self._requester, base_url=self._base_url
            )
        except (UnreachableError, NoAnswerError) as error:
            self._trouble = error
            raise
        except OwnSideError as error:
            # Of the way to VIES alone: Shoporama was reached a moment ago, and all orders but those
            # that need the register go on.
            self._trouble = TemporaryError(sentence_of(error))
            raise self._trouble from error


def remembered_as_valid(db: sqlite3.Connection, vat_number: str) -> bool | None:
    """Tell whether VIES last said that a VAT number is valid; None where it never told."""
    known = recall_however_old(db, _name(vat_number), ViesAnswer)
    return None if known is None else known.valid


def keep_evidence(
    db: sqlite3.Connection, order_id: int, vat_number: str, now: datetime, run_id: str
) -> None:
    """Write what VIES last said of a VAT number among an order's effects, once for each answer.

    What is kept for asking rarely is replaced by later answers; what a sale without VAT rests on
    must stay (momsloven § 34).
    """
    answer = recall_however_old(db, _name(vat_number), ViesAnswer)
    body = canonical_json(answer) if answer else ""
    known = {each.body for each in effects.of_subject(db, order_id)}
    if answer is None or body in known:
        return
    effects.append(
        db,
        at=now,
        run_id=run_id,
        subject=order_id,
        kind=EffectKind.VAT_NUMBER,
        phase=Phase.DONE,
        body=body,
    )


def _name(vat_number: str) -> str:
    return f"vies_{normal(vat_number)}"
