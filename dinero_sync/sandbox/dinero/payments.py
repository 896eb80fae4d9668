"""Payments of booked invoices."""

from decimal import Decimal

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import Invoice, Payment
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.errors import NOT_FOUND, Refusal, invalid
from dinero_sync.sandbox.dinero.invoices import check_timestamp, day, known_live, touch
from dinero_sync.sandbox.dinero.ledger import open_year, post_payment, post_payment_removed
from dinero_sync.sandbox.dinero.pricing import ZERO, rounded

DKK = "DKK"
DKK_RATE = Decimal(100)


def add_payment(call: Call) -> Answer:
    """``POST invoices/{guid}/payments``: booked invoices only; more than is owed is accepted."""
    invoice = _booked(call)
    check_timestamp(call, invoice)
    payment = _from_body(call, invoice)
    open_year(call.organisation, payment.date)
    invoice.payments.append(payment)
    post_payment(call.organisation, invoice, payment)
    touch(call, invoice)
    return json_answer(
        {
            "Guid": payment.guid,
            "TimeStamp": invoice.timestamp,
            "RelatedVoucherGuid": payment.voucher,
        }
    )


def list_payments(call: Call) -> Answer:
    """``GET /v2/…/invoices/{guid}/payments``."""
    invoice = _booked(call)
    return json_answer(
        {
            "Payments": [payment_row(invoice, payment) for payment in invoice.payments],
            "RemainingAmount": invoice.remaining,
            "PaidAmount": invoice.paid,
            "InvoiceTotalIncludingReminderExpenses": invoice.totals.gross,
            "RemainderAsFeeAvailable": invoice.remaining > 0,
        }
    )


def delete_payment(call: Call) -> Answer:
    """``DELETE invoices/{guid}/payments/{paymentGuid}``."""
    invoice = _booked(call)
    check_timestamp(call, invoice)
    guid = same_guid(call.path["paymentGuid"])
    payment = next((item for item in invoice.payments if item.guid == guid), None)
    if payment is None:
        raise Refusal("The payment was not found.", code=NOT_FOUND, status=404)
    if payment.ledger_item or payment.set_off:
        raise Refusal("The payment is no money on an account and can't be removed here.")
    invoice.payments.remove(payment)
    post_payment_removed(call.organisation, invoice, payment)
    touch(call, invoice)
    return json_answer({"TimeStamp": invoice.timestamp})


def _booked(call: Call) -> Invoice:
    invoice = known_live(call)
    if not invoice.is_booked:
        raise Refusal("A draft has no payments.")
    return invoice


def _from_body(call: Call, invoice: Invoice) -> Payment:
    body = call.body
    amount = rounded(Decimal(body["Amount"]))
    in_currency = _in_currency(body, invoice, amount)
    remainder = max(invoice.remaining - in_currency, ZERO)
    return Payment(
        guid=new_guid(),
        deposit_account=_deposit_account(call),
        amount=amount,
        amount_in_currency=in_currency,
        fee=remainder if body["RemainderIsFee"] else ZERO,
        description=body["Description"],
        external_reference=body.get("ExternalReference"),
        date=day(call, "PaymentDate"),
    )


def _in_currency(body: Json, invoice: Invoice, amount: Decimal) -> Decimal:
    if invoice.currency == DKK:
        return amount
    given = body.get("AmountInForeignCurrency")
    if not given:
        raise invalid(
            "AmountInForeignCurrency",
            f"Is required: the invoice is in foreign currency ({invoice.currency}).",
        )
    return rounded(Decimal(given))


def _deposit_account(call: Call) -> int:
    number: int = call.body["DepositAccountNumber"]
    account = call.organisation.deposit_accounts.get(number)
    if account is None or account.hidden:
        raise invalid("DepositAccountNumber", "There is no such deposit account.")
    return number


def payment_row(invoice: Invoice, payment: Payment) -> Json:
    """Return the payment as the list shows it; a ledger item's has no deposit account."""
    in_currency = payment.amount_in_currency or payment.amount
    kind = "LedgerItem" if payment.ledger_item else "DepositPayment"
    if payment.set_off:
        kind = "Invoice" if invoice.is_credit else "CreditNote"
    return {
        "Guid": payment.guid,
        "DepositAccountNumber": payment.deposit_account if kind == "DepositPayment" else None,
        "Currency": invoice.currency,
        "ExchangeRate": rounded(payment.amount / in_currency * DKK_RATE),
        "PaymentClass": kind,
        "RelatedVoucherId": payment.voucher,
        "ExternalReference": payment.external_reference,
        "PaymentDate": payment.date.isoformat(),
        "Description": payment.description,
        "Amount": payment.amount,
    }


HANDLERS: Handlers = {
    "AddInvoicePayment": add_payment,
    "ListInvoicePaymentsV2": list_payments,
    "DeleteInvoicePayment": delete_payment,
    "ListCreditNotePayments": list_payments,
}
