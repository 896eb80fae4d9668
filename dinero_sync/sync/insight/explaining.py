"""Why an order was booked as it was, or would be, from the journal alone."""

from dataclasses import dataclass

from dinero_sync.domain.chart import NO_CHART, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import Hold, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.posting.contact import buyer_kind
from dinero_sync.posting.days.received import agreed_trigger, trigger_of
from dinero_sync.posting.insight.explain import ExplainedLine, explain_lines
from dinero_sync.posting.insight.totals import AccountTotal, account_totals
from dinero_sync.posting.sale import post_charges
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.sync.intake.remembered import TOLD_BY_CATALOGUE, Memory, NeverRead

HELD_FOR_WANT_OF_ANSWER = TOLD_BY_CATALOGUE | {
    HoldReason.UNCONFIRMED_VAT_NUMBER,
    HoldReason.UNKNOWN_COUNTRY,
    HoldReason.UNKNOWN_PAYMENT_TYPE,
}
"""What a run holds an order for also when the shop or VIES gave no answer to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that decided about one order."""

    record: OrderRecord
    settings: PostingSettings
    chart: Chart
    """Without accounts where Dinero was never read."""
    order: Order | None
    """None where it can't be read, or was removed for its age."""
    payment_type: PaymentType | None
    plan: Plan | None
    """What was decided; for an order without a decision, what would be."""
    lines: tuple[ExplainedLine, ...]
    totals: tuple[AccountTotal, ...]
    """Ledger items among them; together they are the invoice's total."""
    rules_changed: bool
    """Whether the present rules, accounts or catalogue would give other lines than the plan's."""
    hold: Hold | None
    """Why the present rules come to nothing."""
    never_read: NeverRead | None
    """What the present rules ask for and no run has read: how they come out isn't known."""
    vat_number_confirmed: bool
    """Whether the buyer is taken as one whose VAT number VIES confirms; without meaning where the
    rules don't ask."""

    @property
    def trigger(self) -> Trigger:
        """Return the event that makes the order due."""
        if self.order is None:
            return agreed_trigger(self.payment_type, self.settings)
        return trigger_of(self.order, self.payment_type, self.settings)


def explain_order(memory: Memory, record: OrderRecord) -> Explanation:
    """Explain an order that the journal knows; asks nobody, and writes nothing."""
    recalled = memory.decide(record)
    order, present = recalled.order, recalled.decision
    chart = memory.chart or NO_CHART
    decided = record.plan if record.rung.reached(Rung.PLANNED) else None
    plan = decided if record.standing is Standing.SKIPPED else decided or present.plan
    same = plan is not None and present.plan is not None and _posts_the_same(plan, present.plan)
    sale = present.sale if same else None
    posted = post_charges(sale) if sale else ()
    is_unknown = recalled.never_read is not None or present.unread is not None
    said = _said_by_run(record) if is_unknown else None
    never_read = None if said else recalled.never_read
    return Explanation(
        record=record,
        settings=memory.settings,
        chart=chart,
        order=order,
        payment_type=present.payment_type,
        plan=plan,
        lines=explain_lines(plan, posted, sale, memory.settings, chart) if plan else (),
        totals=account_totals([plan], chart) if plan else (),
        rules_changed=decided is not None and not (same or order is None or never_read),
        hold=said or present.hold,
        never_read=never_read,
        vat_number_confirmed=_vat_number_confirmed(memory, order, decided),
    )


def _said_by_run(record: OrderRecord) -> Hold | None:
    """Return the hold of an order that a run asked about, and got no answer that it could keep."""
    if record.standing is not Standing.HELD or record.reason not in HELD_FOR_WANT_OF_ANSWER:
        return None
    held = record.current
    reason = HoldReason(record.reason)
    return Hold(reason=reason, text=held.text or AS_WRITTEN, facts=held.facts, steps=held.steps)


def _vat_number_confirmed(memory: Memory, order: Order | None, decided: Plan | None) -> bool:
    """Tell what VIES said; where that isn't known, what was decided about the order.

    An order without a decision is told by what it says of its buyer.
    """
    known = memory.vat_number_confirmed(order) if order else None
    if known is not None or order is None or decided is None:
        return known is not False
    return decided.contact.kind is buyer_kind(order)


def _posts_the_same(one: Plan, other: Plan) -> bool:
    return one.invoice.lines == other.invoice.lines and one.ledger_items == other.ledger_items
