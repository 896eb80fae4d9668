"""Entries that booking and payments make, in kroner; each voucher's entries add up to 0.00."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from dinero_sync.sandbox.dinero.books import (
    AccountingYear,
    Invoice,
    Organisation,
    Payment,
)
from dinero_sync.sandbox.dinero.call import same_guid
from dinero_sync.sandbox.dinero.company import (
    DEBTORS,
    EXCHANGE_DIFFERENCES,
    FEES,
    calendar_year,
    vat_account,
)
from dinero_sync.sandbox.dinero.errors import NO_ACCOUNTING_YEAR, Refusal
from dinero_sync.sandbox.dinero.invoice_rules import DKK_PER_UNIT
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded
from dinero_sync.sandbox.dinero.vat_return import Entry

Sums: TypeAlias = dict[tuple[int, str | None], Decimal]
"""Amounts by account and VAT code."""


def open_year(organisation: Organisation, day: date) -> None:
    """Make sure that ``day`` can be booked on; the next possible year is created (code 47 else)."""
    if any(year.holds(day) for year in organisation.years):
        return
    following = _following_year(organisation.years)
    if not following.holds(day):
        raise Refusal("The date is outside the accounting years.", code=NO_ACCOUNTING_YEAR)
    organisation.years.append(following)


def _following_year(years: Iterable[AccountingYear]) -> AccountingYear:
    return calendar_year(max(year.last for year in years).year + 1)


def post_invoice(organisation: Organisation, invoice: Invoice, number: int) -> None:
    """Debit the debtors with the gross, credit each account its net and the VAT account the VAT.

    A credit note's entries are the other way round.
    """
    sign = -1 if invoice.is_credit else 1
    gross = _dkk(invoice, invoice.totals.gross)
    taxes = _taxes(invoice)
    nets: Sums = {}
    for line in invoice.lines:
        key = (line.account.number, line.account.vat_code)
        nets[key] = nets.get(key, ZERO) + _dkk(invoice, line.net)
    _make_up(nets, gross - sum(taxes.values()))
    _add(organisation, invoice, DEBTORS, sign * gross, invoice.date, number, None)
    for (account, code), amount in (taxes | nets).items():
        _add(organisation, invoice, account, -sign * amount, invoice.date, number, code)


def _taxes(invoice: Invoice) -> Sums:
    """Add up the VAT by code, in kroner; together it is what the invoice says."""
    taxes: Sums = {}
    for line in invoice.lines:
        if line.rate and line.account.vat_code:
            key = (vat_account(line.account.vat_code), line.account.vat_code)
            taxes[key] = taxes.get(key, ZERO) + line.gross - line.net
    _make_up(taxes, invoice.totals.vat)
    return {key: _dkk(invoice, amount) for key, amount in taxes.items()}


def _make_up(amounts: Sums, total: Decimal) -> None:
    """Let the largest amount take what rounding left, so that all add up to ``total``."""
    if amounts:
        largest = max(amounts, key=lambda key: abs(amounts[key]))
        amounts[largest] += total - sum(amounts.values())


def post_payment(organisation: Organisation, invoice: Invoice, payment: Payment) -> None:
    """Debit the deposit account (and the fee) and credit the debtors."""
    _post_payment(organisation, invoice, payment, sign=1)


def post_payment_removed(organisation: Organisation, invoice: Invoice, payment: Payment) -> None:
    """Reverse the entries of a payment."""
    _post_payment(organisation, invoice, payment, sign=-1)


def _post_payment(
    organisation: Organisation, invoice: Invoice, payment: Payment, *, sign: int
) -> None:
    settled = _dkk(invoice, payment.amount_in_currency + payment.fee)
    fee = _dkk(invoice, payment.fee)
    postings = (
        (payment.deposit_account, payment.amount),
        (FEES, fee),
        (DEBTORS, -settled),
        (EXCHANGE_DIFFERENCES, settled - fee - payment.amount),
    )
    for account, amount in postings:
        number = invoice.number or 0
        _add(
            organisation,
            invoice,
            account,
            sign * amount,
            payment.date,
            number,
            None,
            payment=payment,
        )


def _add(  # noqa: PLR0913, PLR0917 - an entry has that many parts
    organisation: Organisation,
    invoice: Invoice,
    account: int,
    amount: Decimal,
    day: date,
    number: int,
    vat_code: str | None,
    payment: Payment | None = None,
) -> None:
    if amount == 0:
        return
    entry = Entry(
        account=account,
        amount=amount,
        date=day,
        voucher_number=number,
        voucher_guid=payment.voucher if payment else invoice.guid,
        description=payment.description if payment else _title(invoice),
        vat_code=vat_code,
        contact_guid=same_guid(invoice.fields.get("ContactGuid") or "") or None,
    )
    organisation.entries.append(entry)


def _title(invoice: Invoice) -> str:
    title: str = invoice.fields.get("Description") or "Faktura"
    return title


def _dkk(invoice: Invoice, amount: Decimal) -> Decimal:
    return rounded(amount * Decimal(DKK_PER_UNIT[invoice.currency]))
