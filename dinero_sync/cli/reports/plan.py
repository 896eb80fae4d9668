"""What a run would do, for people and for programs: documents, totals, orders that are held."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from dinero_sync.cli.reports.order import WHY, needs_you, order_data
from dinero_sync.cli.reports.tables import (
    UNKNOWN,
    amount,
    count_and_sum,
    line_row,
    row,
    trimmed,
)
from dinero_sync.cli.reports.totals import net_table, total_data
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import (
    GiftCardUse,
    InvoiceLine,
    LedgerItem,
    Plan,
    Sending,
)
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.posting.insight.totals import AccountTotal, account_totals
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.run.plan_file import PlanFile, plan_of
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions
from dinero_sync.sync.work.workplace import Workplace

SENDING = {Sending.EMAIL: "by e-mail", Sending.E_INVOICE: "as an e-invoice (EAN)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a dry run found."""

    plan: PlanFile
    orders: list[tuple[OrderRecord, Plan]]
    """The orders to deliver in the order of their days, each with what is left to do."""
    chart: Chart | None
    """None where there is nothing to deliver."""
    totals: tuple[AccountTotal, ...]
    held: list[OrderRecord]


def look_ahead(place: Workplace, options: RunOptions, result: RunResult) -> Planned:
    """Collect what a dry run would deliver, and which orders it covers that are held."""
    records = [orders.loaded(place.db, order_id) for order_id in result.planned]
    chart = place.books().chart if records else None
    plans = [_left_to_do(record) for record in records]
    held = orders.standing(place.db, (Standing.HELD, Standing.IN_DOUBT))
    delivered = frozenset(result.planned)
    others = [
        each
        for each in held
        if each.order_id not in delivered and options.covers(each.order_id, each.invoice_day)
    ]
    return Planned(
        plan=plan_of(place, records),
        orders=list(zip(records, plans, strict=True)),
        chart=chart,
        totals=account_totals(plans, chart) if chart else (),
        held=others,
    )


def _left_to_do(record: OrderRecord) -> Plan:
    """Return an order's plan; where the invoice is booked, without it and without what was done."""
    plan = planned(record)
    if not record.rung.reached(Rung.BOOKED):
        return plan
    return replace(
        plan,
        invoice=replace(plan.invoice, lines=(), texts=()),
        ledger_items=plan.ledger_items if _is_left(record, DocumentKind.MARGIN) else (),
        sending=plan.sending if _is_left(record, DocumentKind.SENDING) else None,
        gift_card=plan.gift_card if _is_left(record, DocumentKind.GIFT_CARD) else None,
    )


def _is_left(record: OrderRecord, kind: DocumentKind) -> bool:
    document = record.document(kind)
    return document is not None and not document.is_done


def as_data(shown: Planned, result: RunResult) -> dict[str, object]:
    """Return the plan for programs."""
    return {
        "exit_code": result.exit_code,
        "stopped": result.stopped,
        **asdict(shown.plan),
        "orders": [
            {**asdict(order), "total": record.total, "currency": record.currency}
            for order, (record, _) in zip(shown.plan.orders, shown.orders, strict=True)
        ],
        "totals": [total_data(total) for total in shown.totals],
        "held": [order_data(each, *WHY) for each in shown.held],
        "calls": result.calls,
    }


def as_text(shown: Planned, result: RunResult, follow_up: str | None) -> str:
    """Write the plan for a shop owner; ``follow_up`` delivers it, where it was kept in a file."""
    return "\n".join(_lines(shown, result, follow_up)).strip("\n")


def _lines(shown: Planned, result: RunResult, follow_up: str | None) -> Iterator[str]:
    for record, plan in shown.orders:
        yield from _order(record, plan, shown.chart)
    if shown.totals:
        yield from net_table(shown.totals)
    yield from _held(shown.held)
    yield ""
    if result.stopped is not None:
        yield "The plan isn't complete, for the reading was stopped; no file was written."
    elif not shown.orders:
        yield "Nothing to deliver."
    else:
        noun = "order" if len(shown.orders) == 1 else "orders"
        yield f"{len(shown.orders)} {noun} to deliver. Nothing was written to Dinero."
    if follow_up is not None:
        yield "The plan is kept. It holds names and addresses; delete its file when it is applied:"
        yield f"  {follow_up}"


def _order(record: OrderRecord, plan: Plan, chart: Chart | None) -> Iterator[str]:
    yield f"#{record.number}  (order id {record.order_id})"
    if record.rung.reached(Rung.BOOKED) or chart is None:
        yield f"  Invoice {record.invoice_number} is booked; what is left to do:"
    else:
        yield f"  Invoice dated {plan.invoice.date}, to {_contact(plan)}; terms: {_terms(plan)}"
        yield from (_line(line, plan.invoice.currency, chart) for line in plan.invoice.lines)
        yield from (f"  {text}" for text in plan.invoice.texts)
        yield row("Total", plan.invoice.total, plan.invoice.currency)
    yield from (_ledger_item(item) for item in plan.ledger_items)
    if plan.sending is not None:
        yield f"  Sent by Dinero: {SENDING[plan.sending]}"
    if plan.gift_card is not None:
        yield _gift_card(plan.gift_card)
    if plan.payment is not None or record.document(DocumentKind.GIFT_CARD) is None:
        yield _payment(record, plan)
    yield ""


def _contact(plan: Plan) -> str:
    if plan.contact.key.startswith("shared:"):
        return f"the shared contact for consumers in {plan.contact.country}"
    return f"a {plan.contact.kind} in {plan.contact.country}"


def _terms(plan: Plan) -> str:
    terms = plan.invoice.terms
    if terms is None:
        return "the contact's"
    return str(terms.type) if terms.days is None else f"{terms.type} {terms.days}"


def _line(line: InvoiceLine, currency: str, chart: Chart) -> str:
    account = chart.entry[line.account]
    code = f"{account.vat_code or 'no VAT code'}, {trimmed(line.vat_rate)} %"
    named = f"{line.account} {account.name} ({code}; {line.rule})"
    return f"{line_row(line, currency)}  {named}"


def _ledger_item(item: LedgerItem) -> str:
    posted = row("Ledger item (finansbilag)", item.amount, "DKK")
    code = item.balancing_vat_code or "no VAT code"
    return f"{posted}  from {item.account} to {item.balancing_account} ({code})"


def _gift_card(use: GiftCardUse) -> str:
    paid = row(f"Paid by gift card, dated {use.item.date}", use.item.amount, "DKK")
    account = use.payment.deposit_account
    return f"{paid}  deposit account {account}, off the debt on {use.item.account}"


def _payment(record: OrderRecord, plan: Plan) -> str:
    payment = plan.payment
    if payment is None:
        return "  No payment is registered; the invoice stays open"
    when = f"dated {record.payment_day}" if record.payment_day else "once the shop says it is paid"
    if record.payment_day and record.payment_day < plan.invoice.date:
        when += ", before its invoice"
    label = f"Payment ({plan.payment_type}), {when}"
    paid = row(label, payment.amount, "DKK")
    if payment.foreign_amount is not None:
        paid = row(label, payment.foreign_amount, plan.invoice.currency)
    return f"{paid}  deposit account {payment.deposit_account}"


def _held(held: list[OrderRecord]) -> Iterator[str]:
    if held:
        yield ""
        yield f"Not delivered, for they are held: {count_and_sum(held)}"
    for record in held:
        yield from needs_you(record, amount(record.total, record.currency) or UNKNOWN)
