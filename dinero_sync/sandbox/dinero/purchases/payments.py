"""Payments of booked purchase vouchers on credit."""

from decimal import Decimal

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.call import Call, Handlers, new_guid, same_guid
from dinero_sync.sandbox.dinero.errors import NOT_FOUND, Refusal, invalid, stale
from dinero_sync.sandbox.dinero.invoices import day
from dinero_sync.sandbox.dinero.ledger import open_year
from dinero_sync.sandbox.dinero.pricing import rounded
from dinero_sync.sandbox.dinero.purchases.kept import Purchase, PurchasePayment
from dinero_sync.sandbox.dinero.purchases.ledger import post_purchase_payment
from dinero_sync.sandbox.dinero.purchases.vouchers import check_version, known

DKK_RATE = Decimal(100)


def add_payment(call: Call) -> Answer:
    """``POST purchase-vouchers/{id}/payments``: booked vouchers on credit only."""
    voucher = _booked(call)
    check_version(call, voucher)
    body = call.body
    number = body["DepositAccountNumber"]
    account = call.organisation.deposit_accounts.get(number)
    if account is None or account.hidden:
        raise invalid("DepositAccountNumber", "There is no such deposit account.")
    foreign = body.get("AmountInForeignCurrency")
    if voucher.currency != "DKK" and not foreign:
        raise invalid("AmountInForeignCurrency", "Is required in foreign currency.")
    amount = rounded(Decimal(body["Amount"]))
    payment = PurchasePayment(
        guid=new_guid(),
        deposit_account=number,
        amount=amount,
        amount_in_currency=rounded(Decimal(foreign)) if foreign else amount,
        description=body["Description"],
        external_reference=body.get("ExternalReference"),
        date=day(call, "PaymentDate"),
        voucher=new_guid(),
    )
    open_year(call.organisation, payment.date)
    voucher.payments.append(payment)
    post_purchase_payment(call.organisation, voucher, payment)
    voucher.timestamp = call.sandbox.new_timestamp()
    told = {"TimeStamp": voucher.timestamp, "RelatedVoucherGuid": payment.voucher}
    return json_answer({"Guid": payment.guid, **told})


def list_payments(call: Call) -> Answer:
    """``GET purchase-vouchers/{id}/payments``: a plain list."""
    voucher = _booked(call)
    return json_answer([_row(voucher, payment) for payment in voucher.payments])


def delete_payment(call: Call) -> Answer:
    """``DELETE purchase-vouchers/{id}/payments/{paymentId}/{timestamp}``."""
    voucher = _booked(call)
    if call.path["timestamp"] != voucher.timestamp:
        raise stale()
    guid = same_guid(call.path["paymentId"])
    payment = next((each for each in voucher.payments if each.guid == guid), None)
    if payment is None:
        raise Refusal("The payment was not found.", code=NOT_FOUND, status=404)
    voucher.payments.remove(payment)
    post_purchase_payment(call.organisation, voucher, payment, sign=-1)
    voucher.timestamp = call.sandbox.new_timestamp()
    return json_answer({"TimeStamp": voucher.timestamp})


def _booked(call: Call) -> Purchase:
    voucher = known(call)
    if voucher.number is None or not voucher.is_on_credit:
        raise Refusal("Only a booked voucher on credit has payments.")
    return voucher


def _row(voucher: Purchase, payment: PurchasePayment) -> Json:
    return {
        "Guid": payment.guid,
        "DepositAccountNumber": payment.deposit_account,
        "Currency": voucher.currency,
        "ExchangeRate": rounded(payment.amount / payment.amount_in_currency * DKK_RATE),
        "PaymentClass": "DepositPayment",
        "RelatedVoucherId": payment.voucher,
        "ExternalReference": payment.external_reference,
        "PaymentDate": payment.date.isoformat(),
        "Description": payment.description,
        "Amount": payment.amount,
    }


HANDLERS: Handlers = {
    "AddPurchasePayment": add_payment,
    "ListPurchasePayments": list_payments,
    "DeletePurchasePayment": delete_payment,
}
