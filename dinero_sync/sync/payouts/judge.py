"""What becomes of a payout that was read: a record with a plan, one that is held, or one known."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import LedgerVoucher, canonical_json, hash_of
from dinero_sync.domain.hold import HeldError, Hold, HoldReason, SkipReason
from dinero_sync.domain.identity import payout_name
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.payout import BankLine, Partial, Payout, Settlement, Source
from dinero_sync.domain.step import ORDER, TEXT, Sentence, command, sentence
from dinero_sync.journal import effects
from dinero_sync.journal.database import meta
from dinero_sync.journal.documents import Document, DocumentKind, Rung, Standing
from dinero_sync.journal.money.went_back import WentBack
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import (
    ACCEPTED,
    LEADING,
    OF_FILES,
    REGISTERED,
    UNMATCHED,
    PayoutRecord,
)
from dinero_sync.journal.papers.record import is_settled
from dinero_sync.posting.payouts.plan import Known, is_before_start, plan_payout
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.settlements.refusal import Refusal
from dinero_sync.sync.payouts.gathering import (
    Gathered,
    arrived,
    gather,
    kind_of,
    on_clearing,
    went_back,
)
from dinero_sync.sync.work.inbox import PaperFile
from dinero_sync.sync.work.outcome import climbed, held, skipped

HASH_DIGITS = 16
RETRY = "retry"
"""Under which a person's decision to go on names the reason of the hold."""
LOOKS = frozenset({HoldReason.PAYOUT_UNPROVEN, HoldReason.PAYOUT_NET_UNTOLD})
"""Holds for one look, which ends both."""
LOOKED_AT = "settlement_forms_looked_at"
"""Under which the journal keeps the forms of files that a person looked at once."""


def forms_looked_at(db: sqlite3.Connection) -> frozenset[str]:
    """Return the forms of files that a person looked at once."""
    return frozenset(filter(None, (meta(db, LOOKED_AT) or "").split("\n")))


def form_of(source: str, report: str) -> str:
    """Name the form of a file: whose it is, and which report."""
    return f"{source}: {report}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutJudgement:
    """How a payout stands by what its file says."""

    record: PayoutRecord
    is_known: bool = False
    """Whether it is settled already: nothing is to be done."""
    went_back: Mapping[int, Sequence[WentBack]] = field(default_factory=dict)
    """What went back of each order, where the payout was read without a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutJudge:
    """By what payouts are judged."""

    db: sqlite3.Connection
    settings: PayoutSettings
    settings_hash: str
    chart: Callable[[], Chart]
    """Asked for only where a payout needs it."""
    bank: Sequence[BankLine]
    """What bank statements say."""
    is_posted: Callable[[LedgerVoucher], bool]
    """Tells whether Dinero has a payout's ledger item booked."""
    now: datetime

    def refused(self, paper: PaperFile, refusal: Refusal) -> PayoutJudgement:
        """Hold a file that was refused as a whole, under a name of its own."""
        hold = Hold(
            reason=HoldReason.PAYOUT_FILE_REFUSED,
            text=HoldReason.PAYOUT_FILE_REFUSED,
            facts={
                "file": paper.path.name,
                "seen": Sentence(f"refused.{refusal.code}", refusal.facts),
            },
            steps=refusal.steps,
        )
        return self._of_file(paper, hold)

    def read(self, paper: PaperFile, file: Settlement, payout: Payout) -> PayoutJudgement:
        """Plan a payout, hold it, skip it, or find it settled."""
        source = self.settings.source(file.source)
        found = gather(self.db, payout, source, self.settings.orders_from)
        judged = self._read(paper, file, payout, found)
        if judged.record.standing is Standing.HELD:
            return judged
        return replace(judged, went_back=went_back(judged.record.name, payout, found))

    def _read(
        self, paper: PaperFile, file: Settlement, payout: Payout, found: Gathered
    ) -> PayoutJudgement:
        name = payout_name(file.source, payout.id)
        known, source = store.load(self.db, name), self.settings.source(file.source)
        content = hash_of((payout.currency, payout.net))
        if known is not None and (is_settled(known) or known.rung.reached(Rung.POSTED)):
            if known.content != content and known.standing is not Standing.SKIPPED:
                return self._of_file(paper, _differs(payout, known), payout.id)
            if not self.waits_by_others(known):
                seen = known.seen_in(paper.digest)
                return PayoutJudgement(record=seen, is_known=is_settled(known))
        record = replace(
            known or PayoutRecord(name=name, number=payout.id),
            raw=_raw(paper, file, payout, found, known),
            total=payout.net,
            currency=payout.currency,
            content=content,
        )
        if is_before_start(payout, self.settings):
            return PayoutJudgement(record=self._by(skipped(record, SkipReason.BEFORE_START)))
        try:
            self._refuse_unseen(record, file, payout)
            plan = self._plan(payout, source, self._known(record, payout, found))
        except HeldError as error:
            return PayoutJudgement(record=self._held(record, error.hold))
        if plan is None:
            return PayoutJudgement(record=self._by(skipped(record, SkipReason.ZERO_TOTAL)))
        return PayoutJudgement(record=self._planned(record, plan))

    def _plan(self, payout: Payout, source: Source, known: Known) -> LedgerVoucher | None:
        """Plan a payout; one of a closed day as it was posted, where the journal forgot that.

        Raises HeldError.
        """
        try:
            return plan_payout(payout, source, self.settings, self.chart(), known)
        except HeldError as error:
            if error.hold.reason is not HoldReason.PERIOD_CLOSED:
                raise
            opened = replace(self.settings, closed_until=None)
            plan = plan_payout(payout, source, opened, self.chart(), known)
            if plan is None or not self.is_posted(plan):
                raise
            return plan

    def waits_by_others(self, known: PayoutRecord) -> bool:
        """Tell whether a payout waits as a draft that was planned by other settings."""
        return known.standing is Standing.OPEN and known.settings != self.settings_hash

    def partial(self, paper: PaperFile, file: Settlement, part: Partial) -> PayoutJudgement:
        """Hold a payout of which a file tells the end alone, unless it is known from another."""
        name = payout_name(file.source, part.id)
        known = store.load(self.db, name)
        is_whole = known is not None and known.content is not None
        if known is not None and (is_whole or is_settled(known)):
            return PayoutJudgement(record=known.seen_in(paper.digest), is_known=is_settled(known))
        record = replace(
            known or PayoutRecord(name=name, number=part.id),
            raw=canonical_json(
                {**_of_paper(paper, file), "id": part.id, "date": part.day, "net": part.net}
            ),
            total=part.net,
            currency=part.currency,
        )
        if part.day < self.settings.start_date:
            return PayoutJudgement(record=self._by(skipped(record, SkipReason.BEFORE_START)))
        hold = Hold(
            reason=HoldReason.PAYOUT_PARTIAL,
            text=HoldReason.PAYOUT_PARTIAL,
            facts={"day": part.day, "net": part.net, "currency": part.currency},
            steps=(
                sentence("settlement_whole_payout"),
                sentence("or_payout_by_hand"),
                command("skip", ORDER, "--reason", TEXT),
            ),
        )
        return PayoutJudgement(record=self._held(record, hold))

    def _refuse_unseen(self, record: PayoutRecord, file: Settlement, payout: Payout) -> None:
        """Raise HeldError for a payout that a person is to look at once before it is posted."""
        if LOOKS & effects.decided(self.db, record.name, RETRY):
            return
        look = (sentence("look_at_payout"), command("show", ORDER))
        if not file.is_proven and form_of(file.source, file.report) not in forms_looked_at(self.db):
            raise HeldError(
                HoldReason.PAYOUT_UNPROVEN,
                "",
                (*look, sentence("if_payout_is_right"), command("retry", ORDER)),
                report=file.report,
                net=payout.net,
                fees=abs(payout.fees),
                currency=payout.currency,
            )
        if not payout.net_is_told and not self._is_proved_by_bank(payout):
            raise HeldError(
                HoldReason.PAYOUT_NET_UNTOLD,
                "",
                (
                    sentence("give_bank_statement"),
                    command("payouts", "--statement", "FILE"),
                    sentence("or_compare_with_bank"),
                    command("retry", ORDER),
                ),
                net=payout.net,
                currency=payout.currency,
            )

    def _is_proved_by_bank(self, payout: Payout) -> bool:
        got = arrived(payout, self.bank)
        return got is not None and (payout.currency != KRONER or got == payout.net)

    def _known(self, record: PayoutRecord, payout: Payout, found: Gathered) -> Known:
        return Known(
            arrived=arrived(payout, self.bank),
            on_clearing=on_clearing(payout, found),
            chosen_days=effects.chosen_days(self.db, record.name),
        )

    def _of_file(self, paper: PaperFile, hold: Hold, more: str = "") -> PayoutJudgement:
        """Hold a file, or what it says of one payout, under a name that follows from the file."""
        name = f"{OF_FILES}{paper.digest[:HASH_DIGITS]}{more and f':{more}'}"
        known = store.load(self.db, name)
        if known is not None and is_settled(known):
            return PayoutJudgement(record=known, is_known=True)
        record = known or PayoutRecord(name=name, number=paper.path.name)
        told = canonical_json(_of_paper(paper, None))
        return PayoutJudgement(record=self._held(replace(record, raw=told), hold))

    def _held(self, record: PayoutRecord, hold: Hold) -> PayoutRecord:
        return self._by(held(replace(record, documents=(_unplanned(record),)), hold, self.now))

    def _planned(self, record: PayoutRecord, plan: LedgerVoucher) -> PayoutRecord:
        """Return the payout with its plan, from the first rung where that is another."""
        before = record.plan
        is_same = before is not None and before.fingerprint() == plan.fingerprint()
        if is_same and record.standing is Standing.OPEN:
            return self._by(record)
        if is_same and record.standing in {Standing.WORKING, Standing.IN_DOUBT}:
            return self._by(climbed(record, record.current.rung))
        lead = Document(
            key=str(DocumentKind.PAYOUT),
            kind=DocumentKind.PAYOUT,
            rung=Rung.PLANNED,
            day=plan.date,
            plan=plan,
        )
        return self._by(replace(record, documents=(lead,)))

    def _by(self, record: PayoutRecord) -> PayoutRecord:
        return record.having(replace(record.lead, settings=self.settings_hash))


def _unplanned(record: PayoutRecord) -> Document:
    return replace(LEADING, looks=record.looks, plan=record.plan)


def _of_paper(paper: PaperFile, file: Settlement | None) -> dict[str, object]:
    told: dict[str, object] = {
        "file": paper.path.name,
        "path": str(paper.path) if paper.inbox is None else None,
        "sha256": paper.digest,
    }
    if file is not None:
        told |= {"source": file.source, "format": file.format, "report": file.report}
    return told


def _raw(
    paper: PaperFile,
    file: Settlement,
    payout: Payout,
    found: Gathered,
    known: PayoutRecord | None,
) -> str:
    before: dict[str, Any] = known.told if known is not None else {}
    own = found.compared
    registered = None
    if own is not None:
        account = own.period.account
        registered = {"account": account, "sales": own.sales, "refunds": own.refunds}
    return canonical_json(
        {
            **_of_paper(paper, file),
            "id": payout.id,
            "date": payout.day,
            "currency": payout.currency,
            "gross": payout.gross,
            "refunds": payout.refunds,
            "chargebacks": payout.chargebacks,
            "fees": payout.fees,
            "vat": payout.vat,
            "other": payout.other,
            "net": payout.net,
            "period": payout.period,
            REGISTERED: registered,
            "before_start": found.before_start,
            "matched": [[order_id, each.amount] for each, order_id in found.matching.matched],
            UNMATCHED: [
                [each.reference, each.amount, kind_of(each)] for each in found.matching.unmatched
            ],
            ACCEPTED: before.get(ACCEPTED),
        }
    )


def _differs(payout: Payout, known: PayoutRecord) -> Hold:
    return Hold(
        reason=HoldReason.PAYOUT_DIFFERS,
        text=HoldReason.PAYOUT_DIFFERS,
        facts={
            "payout": known.name,
            "net": payout.net,
            "currency": payout.currency,
            "known": known.total or 0,
        },
        steps=(
            sentence("if_payout_was_corrected"),
            command("skip", ORDER, "--reason", TEXT),
        ),
    )
