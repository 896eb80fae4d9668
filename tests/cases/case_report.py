"""A case as a text to be looked over: order, rules, documents, entries, VAT return."""

import textwrap
from collections.abc import Iterator
from decimal import Decimal

from case_books import Settled, Voucher
from case_files import Case
from case_plan import account_name, chart, configuration, order_of, planned

from dinero_sync.domain.documents import InvoiceLine, Plan
from dinero_sync.domain.order import Order


def report(settled: Settled) -> str:
    """Write the text of a case."""
    case = settled.case
    plan = planned(case)
    parts = (
        [case.title["en"], case.title["da"], case.source["en"]],
        _section("ORDER", _order(order_of(case, configuration(case)))),
        _section("CONFIGURATION", iter(case.config.rstrip().splitlines())),
        _section("INVOICE", _invoice(case, plan)),
        _section("PAYMENT", _payment(plan)),
        _section("GIFT CARD", _gift_card(plan)),
        _section("LEDGER ITEMS", _ledger_items(plan)),
        _section("ENTRIES", _entries(settled.vouchers)),
        _section("VAT RETURN", _vat_return(settled)),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _section(heading: str, lines: Iterator[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return [heading, *found] if found else []


def _order(order: Order) -> Iterator[str]:
    yield f"{order.number}, to {order.delivery.country}, paid by {order.gateway.name}"
    for line in order.lines:
        yield f"{line.quantity} × {line.unit_price}  {line.name}, VAT {line.vat_rate} %"
    if order.shipping_price:
        yield f"{order.shipping_price}  freight, {order.shipping_name}"
    if order.voucher_amount:
        yield f"-{order.voucher_amount}  voucher {order.voucher_code}"
    yield f"{order.total} {order.currency}, of it VAT {order.vat}"


def _invoice(case: Case, plan: Plan) -> Iterator[str]:
    invoice = plan.invoice
    yield f"{case.day}, {invoice.language}, {invoice.currency}"
    for line in invoice.lines:
        yield from _line(line)
    yield from (f"       {text}" for text in invoice.texts)
    yield f"total {invoice.total}"
    yield from textwrap.wrap(invoice.comment.replace("\n", " "), 96)


def _line(line: InvoiceLine) -> Iterator[str]:
    code = chart().entry[line.account].vat_code or "none"
    yield (
        f"{line.account:<6} {code:<6} {line.quantity} × {line.unit_price:>8}  {line.description}"
        f"  [{line.rule}]"
    )
    if line.comments:
        yield from (f"       {row}" for row in line.comments.splitlines())


def _payment(plan: Plan) -> Iterator[str]:
    if plan.payment is None:
        return
    foreign = f" for {plan.payment.foreign_amount} {plan.invoice.currency}"
    paid = foreign if plan.payment.foreign_amount is not None else ""
    yield f"{plan.payment.deposit_account}  {plan.payment.amount} DKK{paid}"


def _gift_card(plan: Plan) -> Iterator[str]:
    if plan.gift_card is None:
        return
    item = plan.gift_card.item
    yield f"{plan.gift_card.payment.deposit_account}  {item.amount} DKK  {item.description}"
    yield f"  moved on {item.date}: debit {item.account}, credit {item.balancing_account}"


def _ledger_items(plan: Plan) -> Iterator[str]:
    for item in plan.ledger_items:
        yield f"{item.date}  {item.amount} DKK  {item.description}"
        yield f"  debit {item.account} (VAT {item.vat_code or 'none'})"
        yield f"  credit {item.balancing_account} (VAT {item.balancing_vat_code or 'none'})"


def _entries(vouchers: tuple[Voucher, ...]) -> Iterator[str]:
    yield f"{'':<52}{'debit':>10}{'credit':>10}"
    for voucher in vouchers:
        yield f"{voucher.kind.replace('_', ' ')} {voucher.number}, {voucher.day}: {voucher.text}"
        for entry in voucher.entries:
            name = f"  {entry.account} {account_name(entry.account)}"
            debit, credit = columns(entry.amount)
            yield f"{name:<52}{debit:>10}{credit:>10}".rstrip()


def columns(amount: Decimal) -> tuple[str, str]:
    """Put an amount into the column of the debits or that of the credits."""
    return (f"{amount:.2f}", "") if amount > 0 else ("", f"{-amount:.2f}")


def _vat_return(settled: Settled) -> Iterator[str]:
    yield from (f"{box:<34}{amount:>10.2f}" for box, amount in settled.boxes.items())
    yield from (f"EU sales list: {row.vat_number}  {row.goods:.2f}" for row in settled.eu_sales)
    if not settled.boxes:
        yield "nothing"
