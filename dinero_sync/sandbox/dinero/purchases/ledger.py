"""Entries that purchases make, in kroner; each voucher's entries add up to 0.00."""

from decimal import Decimal

from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.company import (
    CREDITORS,
    PURCHASE_EXCHANGE_DIFFERENCES,
    vat_account,
)
from dinero_sync.sandbox.dinero.invoice_rules import DKK_PER_UNIT
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded
from dinero_sync.sandbox.dinero.purchases.kept import Purchase, PurchasePayment
from dinero_sync.sandbox.dinero.purchases.rules import contact_of
from dinero_sync.sandbox.dinero.vat_return import Entry


def post_purchase(organisation: Organisation, voucher: Purchase, number: int) -> None:
    """Debit each account its net and the VAT account the VAT; credit what paid, or the creditors.

    A credit note does the opposite.
    """
    sign = -1 if voucher.is_credit_note else 1
    left = ZERO
    for line in voucher.lines:
        net, vat = dkk(voucher, line.net), dkk(voucher, line.vat)
        left += net + vat
        _add(organisation, voucher, number, line.account or 0, sign * net, line.code)
        if line.code:
            _add(organisation, voucher, number, vat_account(line.code), sign * vat, line.code)
    other = CREDITORS if voucher.is_on_credit else voucher.fields["DepositAccountNumber"]
    _add(organisation, voucher, number, other, -sign * left, None)


def post_purchase_payment(
    organisation: Organisation, voucher: Purchase, payment: PurchasePayment, *, sign: int = 1
) -> None:
    """Debit the creditors what is settled and credit the account that paid."""
    settled = dkk(voucher, payment.amount_in_currency)
    for account, amount in (
        (CREDITORS, settled),
        (payment.deposit_account, -payment.amount),
        (PURCHASE_EXCHANGE_DIFFERENCES, payment.amount - settled),
    ):
        _add(organisation, voucher, voucher.number or 0, account, sign * amount, None, payment)


def dkk(voucher: Purchase, amount: Decimal) -> Decimal:
    """Return an amount in kroner, at the sandbox's rate of the day."""
    return rounded(amount * Decimal(DKK_PER_UNIT[voucher.currency]))


def _add(  # noqa: PLR0913, PLR0917 - an entry has that many parts
    organisation: Organisation,
    voucher: Purchase,
    number: int,
    account: int,
    amount: Decimal,
    code: str | None,
    payment: PurchasePayment | None = None,
) -> None:
    if amount == 0:
        return
    lines = (line.fields.get("Description") for line in voucher.lines)
    title = payment.description if payment else next(filter(None, lines), None)
    organisation.entries.append(
        Entry(
            account=account,
            amount=amount,
            date=payment.date if payment else voucher.date,
            voucher_number=number,
            voucher_guid=payment.voucher if payment else voucher.guid,
            description=title or "Bilag",
            vat_code=code,
            contact_guid=contact_of(voucher.fields),
        )
    )
