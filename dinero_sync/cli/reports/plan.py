"""What a run would do, for people and for programs: documents, totals, orders that are held."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from dinero_sync.cli.failures import in_words
from dinero_sync.cli.reports.groups import needs_you
from dinero_sync.cli.reports.order import WHY, order_data
from dinero_sync.cli.reports.tables import Sums, line_row, row, trimmed, with_more
from dinero_sync.cli.reports.totals import net_table, total_data
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import GiftCardUse, InvoiceLine, LedgerItem, Plan, Sending
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.posting.insight.totals import AccountTotal, account_totals
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.run.plan_file import PlanFile, plan_of
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions
from dinero_sync.sync.work.workplace import Workplace
from dinero_sync.texts.screens.saying import tell

SENDING = {Sending.EMAIL: "plan.sent_by_email", Sending.E_INVOICE: "plan.sent_as_e_invoice"}


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


def as_lines(
    shown: Planned,
    result: RunResult,
    follow_up: str | None,
    language: Language,
    *,
    summary: bool = False,
) -> Iterator[str | Line]:
    """Write the plan for a shop owner, or its ``summary``: without the documents one by one.

    ``follow_up`` delivers it, where it was kept in a file.
    """
    for record, plan in shown.orders if not summary else ():
        yield from _order(record, plan, shown.chart, language)
    if shown.totals:
        yield from net_table(shown.totals, language)
        yield ""
    if shown.held:
        held = Sums(shown.held).told(language)
        yield Line(tell("plan.held", language, sum=held), Tone.HEADING)
        yield from needs_you(shown.held, language)
        yield ""
    yield from _ending(shown, result, language)
    if summary and shown.orders:
        yield from wrapped(tell("plan.look_closer", language))
    if follow_up is not None:
        yield from wrapped(tell("plan.kept", language))
        yield f"  {follow_up}"


def _ending(shown: Planned, result: RunResult, language: Language) -> Iterator[str | Line]:
    if result.stopped is not None:
        yield from wrapped(in_words(result.stopped, language))
        yield Line(tell("plan.incomplete", language), Tone.IN_DOUBT)
    elif not shown.orders:
        yield tell("plan.nothing", language)
    else:
        total = Sums(record for record, _ in shown.orders).sum(language)
        count = len(shown.orders)
        yield Line(tell("plan.deliver", language, count=count, sum=total), Tone.DONE)


def _order(
    record: OrderRecord, plan: Plan, chart: Chart | None, language: Language
) -> Iterator[str | Line]:
    name = tell("plan.order", language, number=record.number, id=record.order_id)
    yield Line(name, Tone.HEADING)
    if record.rung.reached(Rung.BOOKED) or chart is None:
        number = record.invoice_number or 0
        yield from wrapped(tell("plan.is_booked", language, number=number), 2)
    else:
        yield from _invoice(plan, chart, language)
    for item in plan.ledger_items:
        yield from _ledger_item(item, language)
    if plan.sending is not None:
        yield f"  {tell(SENDING[plan.sending], language)}"
    if plan.gift_card is not None:
        yield from _gift_card(plan.gift_card, language)
    if plan.payment is not None or record.document(DocumentKind.GIFT_CARD) is None:
        yield from _payment(record, plan, language)
    yield ""


def _invoice(plan: Plan, chart: Chart, language: Language) -> Iterator[str]:
    invoice = plan.invoice
    contact, terms = _contact(plan, language), _terms(plan, language)
    yield from wrapped(
        tell("plan.invoice", language, day=invoice.date, contact=contact, terms=terms), 4, "  "
    )
    for line in invoice.lines:
        yield from _line(line, invoice.currency, chart, language)
    for text in invoice.texts:
        yield from wrapped(text, 2)
    yield row(tell("plan.total", language), invoice.total, invoice.currency, language)


def _contact(plan: Plan, language: Language) -> str:
    country = plan.contact.country
    if plan.contact.key.startswith("shared:"):
        return tell("plan.shared_contact", language, country=country)
    return tell("plan.contact", language, kind=str(plan.contact.kind), country=country)


def _terms(plan: Plan, language: Language) -> str:
    terms = plan.invoice.terms
    if terms is None:
        return tell("plan.contacts_terms", language)
    return str(terms.type) if terms.days is None else f"{terms.type} {terms.days}"


def _line(line: InvoiceLine, currency: str, chart: Chart, language: Language) -> Iterator[str]:
    account = chart.entry[line.account]
    code = account.vat_code or tell("plan.no_code", language)
    named = f"{line.account} {account.name} ({code}, {trimmed(line.vat_rate, language)} %)"
    yield from with_more(line_row(line, currency, language), f"{named}: {line.rule}")


def _ledger_item(item: LedgerItem, language: Language) -> Iterator[str]:
    told = tell(
        "plan.from_to",
        language,
        account=item.account,
        balancing=item.balancing_account,
        code=item.balancing_vat_code or tell("plan.no_code", language),
    )
    label = tell("plan.ledger_item", language)
    yield from with_more(row(label, item.amount, KRONER, language), told)


def _gift_card(use: GiftCardUse, language: Language) -> Iterator[str]:
    label = tell("plan.gift_card", language, day=use.item.date)
    told = tell(
        "plan.off_the_debt",
        language,
        account=use.payment.deposit_account,
        debt=use.item.account,
    )
    yield from with_more(row(label, use.item.amount, KRONER, language), told)


def _payment(record: OrderRecord, plan: Plan, language: Language) -> Iterator[str]:
    payment = plan.payment
    if payment is None:
        yield f"  {tell('plan.no_payment', language)}"
        return
    day, name = record.payment_day, plan.payment_type or ""
    if day is None:
        label = tell("plan.payment_later", language, name=name)
    else:
        code = "plan.payment_early" if day < plan.invoice.date else "plan.payment"
        label = tell(code, language, name=name, day=day)
    paid, currency = payment.amount, KRONER
    if payment.foreign_amount is not None:
        paid, currency = payment.foreign_amount, plan.invoice.currency
    told = tell("plan.deposit_account", language, account=payment.deposit_account)
    yield from with_more(row(label, paid, currency, language), told)
