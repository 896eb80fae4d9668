"""Why an order was booked as it was, or would be, from the journal alone."""

from dataclasses import dataclass

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import NO_CHART, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Order
from dinero_sync.journal.orders import OrderRecord, Rung, Standing
from dinero_sync.posting.explain import ExplainedLine, explain_lines
from dinero_sync.posting.payment_type import find_payment_type
from dinero_sync.posting.plan import plan_sale
from dinero_sync.posting.sale import Sale, post_charges
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.posting.totals import AccountTotal, account_totals
from dinero_sync.sync.memory import Memory


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
    sale: Sale | None
    """None where the present rules come to nothing."""
    plan: Plan | None
    """What was decided; for an order without a decision, what would be."""
    lines: tuple[ExplainedLine, ...]
    totals: tuple[AccountTotal, ...]
    """Ledger items among them; together they are the invoice's total."""
    rules_changed: bool
    """Whether the present rules, accounts or catalogue would give other lines than the plan's."""
    hold: Hold | None
    """Why the present rules come to nothing."""

    @property
    def trigger(self) -> Trigger:
        """Return the event that makes the order due."""
        own = self.payment_type.trigger if self.payment_type else None
        return own or self.settings.trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class _Present:
    """What the present rules make of an order, as far as they come."""

    order: Order | None = None
    payment_type: PaymentType | None = None
    sale: Sale | None = None
    plan: Plan | None = None
    hold: Hold | None = None


def explain_order(memory: Memory, record: OrderRecord) -> Explanation:
    """Explain an order that the journal knows; asks nobody, and writes nothing."""
    present = _present(memory, record)
    chart = memory.chart or NO_CHART
    decided = record.plan if record.rung.reached(Rung.PLANNED) else None
    plan = decided if record.standing is Standing.SKIPPED else decided or present.plan
    same = plan is not None and present.plan is not None and _posts_the_same(plan, present.plan)
    posted = post_charges(present.sale) if same and present.sale else ()
    lines = (
        explain_lines(plan, posted, present.sale if same else None, memory.settings, chart)
        if plan
        else ()
    )
    return Explanation(
        record=record,
        settings=memory.settings,
        chart=chart,
        order=present.order,
        payment_type=present.payment_type,
        sale=present.sale,
        plan=plan,
        lines=lines,
        totals=account_totals([plan], chart) if plan else (),
        rules_changed=decided is not None and present.order is not None and not same,
        hold=present.hold,
    )


def _present(memory: Memory, record: OrderRecord) -> _Present:
    """Go through what a run does as far as it comes; the first hold ends it."""
    found = _Present()
    try:
        order = memory.order(record)
        if order is None:
            return found
        found = _Present(order=order)
        payment_type = find_payment_type(order, memory.settings.payment_types)
        found = _Present(order=order, payment_type=payment_type)
        if memory.chart is None:
            return found
        sale = memory.sale(order, memory.chart)
        found = _Present(order=order, payment_type=payment_type, sale=sale)
        plan = plan_sale(sale, record.invoice_day or accounting_date(order.changed))
    except HeldError as error:
        return _Present(
            order=found.order,
            payment_type=found.payment_type,
            sale=found.sale,
            hold=error.hold,
        )
    return _Present(order=order, payment_type=payment_type, sale=sale, plan=plan)


def _posts_the_same(one: Plan, other: Plan) -> bool:
    return one.invoice.lines == other.invoice.lines and one.ledger_items == other.ledger_items
