"""How a ledger item is booked: later than asked for, and then with all its entries at once."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Invoice, LedgerItem, Organisation, Payment
from dinero_sync.sandbox.dinero.call import new_guid, same_guid
from dinero_sync.sandbox.dinero.company import DEBTORS, VAT_RATES, vat_account
from dinero_sync.sandbox.dinero.invoice_rules import DKK_PER_UNIT
from dinero_sync.sandbox.dinero.ledger_item_rules import NO_VAT, SIDES, is_posted
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded, vat_inside
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox

PENDING: Final = "PendingBooking"


def begin_booking(sandbox: Sandbox, item: LedgerItem) -> None:
    """Note that the item is to be booked; nothing is posted yet."""
    item.status = PENDING
    item.booking_since = sandbox.now()
    item.questions = 0
    item.version = sandbox.new_timestamp()


def finish_due_bookings(sandbox: Sandbox) -> None:
    """Book the items whose time has come, in the order in which they were added."""
    wait = timedelta(seconds=sandbox.settings.ledger_booking_seconds)
    for organisation in sandbox.organisations.values():
        for item in organisation.ledger_items.values():
            since = item.booking_since
            if item.status == PENDING and since is not None and since + wait <= sandbox.now():
                _finish(sandbox, organisation, item)


def count_question(sandbox: Sandbox, organisation: Organisation, item: LedgerItem) -> None:
    """Count a question about a booking under way; enough of them end it, so nobody has to wait."""
    if item.status != PENDING:
        return
    item.questions += 1
    if item.questions > sandbox.settings.ledger_booking_questions:
        _finish(sandbox, organisation, item)


def _finish(sandbox: Sandbox, organisation: Organisation, item: LedgerItem) -> None:
    number = item.fields.get("VoucherNumber") or organisation.next_voucher_number
    organisation.next_voucher_number = max(organisation.next_voucher_number, number + 1)
    item.voucher_number = number
    for line in item.lines:
        organisation.entries += _entries(organisation, item, number, line)
        if line.get("IsPaymentForVoucherId"):
            _settle(sandbox, _paid_invoice(organisation, line), item, line)
    item.status = "Booked"
    item.version = sandbox.new_timestamp()


def _entries(
    organisation: Organisation, item: LedgerItem, number: int, line: Json
) -> Iterator[Entry]:
    paid = line.get("IsPaymentForVoucherId")
    contact = _paid_invoice(organisation, line).fields.get("ContactGuid") if paid else None
    for account, amount, code in _postings(organisation, line):
        yield Entry(
            account=account,
            amount=amount,
            date=item.date,
            voucher_number=number,
            voucher_guid=item.guid,
            description=line.get("Description") or "",
            vat_code=code,
            contact_guid=same_guid(contact) if contact else None,
        )


def _postings(organisation: Organisation, line: Json) -> Iterator[tuple[int, Decimal, str | None]]:
    """Give account, amount and VAT code of each posting; a code with a rate splits its side."""
    for side, sign in zip(SIDES, (1, -1), strict=True):
        if not is_posted(line, side):
            continue
        account = line.get(f"{side}Number") or DEBTORS
        code = _vat_code(organisation, account, line.get(f"{side}VatCode"))
        gross = sign * Decimal(line["Amount"])
        vat = vat_inside(gross, VAT_RATES[code][1]) if code else ZERO
        if gross != vat:
            yield account, gross - vat, code
        if vat and code:
            yield vat_account(code), vat, code


def _vat_code(organisation: Organisation, number: int, asked: str | None) -> str | None:
    if asked is not None:
        return None if asked == NO_VAT else asked
    account = organisation.accounts.get(number)
    return account.vat_code if account else None


def _paid_invoice(organisation: Organisation, line: Json) -> Invoice:
    return organisation.invoices[same_guid(line["IsPaymentForVoucherId"])]


def _settle(sandbox: Sandbox, invoice: Invoice, item: LedgerItem, line: Json) -> None:
    """Register the line as a payment: a negative amount pays, at the rate of the invoice."""
    amount = -Decimal(line["Amount"])
    payment = Payment(
        guid=new_guid(),
        deposit_account=line["BalancingAccountNumber"],
        amount=amount,
        amount_in_currency=rounded(amount / Decimal(DKK_PER_UNIT[invoice.currency])),
        fee=ZERO,
        description=line.get("Description") or "Finansbilag",
        external_reference=None,
        date=item.date,
        ledger_item=item.guid,
        voucher=item.guid,
    )
    invoice.payments.append(payment)
    invoice.timestamp = sandbox.new_timestamp()
    invoice.updated_at = sandbox.now()
