"""Changes at Dinero, each written down before it is sent and after its outcome is known."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import TypeVar

from dinero_sync.clock import Clock
from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.errors import AlreadyExistsError, InDoubtError, RejectedError
from dinero_sync.domain.documents import canonical_json
from dinero_sync.errors import DineroSyncError
from dinero_sync.journal import effects
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.sync.pacing import MinuteLimit

Outcome = TypeVar("Outcome")


class Ledger:
    """Dinero and the journal together: no change at Dinero without an intent before it."""

    def __init__(
        self,
        client: DineroClient,
        db: sqlite3.Connection,
        clock: Clock,
        pace: MinuteLimit,
        run_id: str,
    ) -> None:
        """Write through ``client``; keep the record in ``db``."""
        self.client = client
        self.db = db
        self.clock = clock
        self._pace = pace
        self._run_id = run_id

    def change(
        self, order_id: int, kind: EffectKind, request: object, send: Callable[[], Outcome]
    ) -> Outcome:
        """Journal the intent, send, journal the outcome.

        Raises what ``send`` raises. Where nothing happened the journal says so. Without a clear
        answer, or when the process dies, the intent stays open, which means: read at Dinero
        before trying again.
        """
        self._pace.reserve()
        self._note(order_id, kind, Phase.INTENT, request)
        try:
            outcome = send()
        except AlreadyExistsError:  # to be read and adopted, or held
            raise
        except InDoubtError:  # stays open: reading tells what happened
            raise
        except (RejectedError, DineroSyncError) as error:
            self._note(order_id, kind, Phase.REJECTED, str(error))
            raise
        self._note(order_id, kind, Phase.DONE, outcome)
        return outcome

    def adopt(self, order_id: int, kind: EffectKind, found: object) -> None:
        """Journal that a change was found done at Dinero."""
        self._note(order_id, kind, Phase.ADOPTED, found)

    def adopt_begun(self, order_id: int, kinds: Iterable[EffectKind], found: object) -> None:
        """Journal that changes of these kinds were found done, as far as they were begun.

        Without this a change whose answer was lost would stay in doubt for ever.
        """
        for kind in sorted(self.begun(order_id).intersection(kinds)):
            self.adopt(order_id, kind, found)

    def in_doubt(self, order_id: int) -> bool:
        """Tell whether a change was begun for the order whose outcome isn't known."""
        return bool(self.begun(order_id))

    def begun(self, order_id: int) -> set[EffectKind]:
        """Return the kinds of change that were begun for the order and have no outcome."""
        return effects.open_intents(self.db, order_id)

    def knows_done(self, order_id: int, kind: EffectKind) -> bool:
        """Tell whether such a change is known to have happened for the order."""
        done = {Phase.DONE, Phase.ADOPTED}
        lines = effects.of_order(self.db, order_id)
        return any(effect.kind is kind and effect.phase in done for effect in lines)

    def was_found(self, order_id: int, kind: EffectKind) -> bool:
        """Tell whether such a change of the order was found done by reading at Dinero."""
        lines = effects.of_order(self.db, order_id)
        return any(each.kind is kind and each.phase is Phase.ADOPTED for each in lines)

    def first_begun(self, order_id: int, kind: EffectKind) -> datetime | None:
        """Return when such a change of the order was first sent or found, since it was refused."""
        first: datetime | None = None
        for each in effects.of_order(self.db, order_id):
            if each.kind is kind:
                first = None if each.phase is Phase.REJECTED else first or each.at
        return first

    def last_done(self, order_id: int, kind: EffectKind) -> datetime | None:
        """Return when such a change of the order was last answered as done; None if never."""
        lines = effects.of_order(self.db, order_id)
        done = [each.at for each in lines if each.kind is kind and each.phase is Phase.DONE]
        return max(done, default=None)

    def may_have(self, order_id: int, kind: EffectKind) -> bool:
        """Tell whether such a change may have happened: it was begun, and not refused at last."""
        phases = [each.phase for each in effects.of_order(self.db, order_id) if each.kind is kind]
        return bool(phases) and phases[-1] is not Phase.REJECTED

    def _note(self, order_id: int, kind: EffectKind, phase: Phase, body: object) -> None:
        plain = asdict(body) if is_dataclass(body) and not isinstance(body, type) else body
        effects.append(
            self.db,
            at=self.clock.now(),
            run_id=self._run_id,
            order_id=order_id,
            kind=kind,
            phase=phase,
            body=canonical_json(plain),
        )
