"""Payments of purchase vouchers on credit; Dinero knows no identity of ours for them.

Source: https://api.dinero.dk/openapi/index.html
"""

from uuid import UUID

from dinero_sync.dinero.answers import Wire, amount_of, decoded, one, text_of, timestamp_of
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.payments import PaymentRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write
from dinero_sync.domain.papers.bill import VoucherPayment


def of_voucher(transport: Transport, guid: UUID) -> list[PaymentRecord]:
    """List the payments of a booked voucher on credit."""
    found = transport.read_list("v1", f"purchase-vouchers/{guid}/payments", {})
    return [decoded(_payment, wire) for wire in found]


def register(guid: UUID, payment: VoucherPayment, timestamp: str) -> Write[str]:
    """Register a payment of the voucher ``guid``, which answers the voucher's new version.

    ``timestamp`` must have been taken before the voucher's payments were looked at: whoever pays
    in between makes it stale (StaleTimestampError), and nothing is paid twice.
    """
    foreign = payment.foreign_amount
    body: Body = {
        **timestamp_body(timestamp),
        "DepositAccountNumber": payment.deposit_account,
        "Amount": payment.amount,
        **({} if foreign is None else {"AmountInForeignCurrency": foreign}),
        "Description": payment.description,
        "RemainderIsFee": False,
        "ExternalReference": payment.reference,
        "PaymentDate": payment.day,
    }
    path = f"purchase-vouchers/{guid}/payments"
    return Write("POST", "v1", path, to_json(body), one(timestamp_of))


def _payment(wire: Wire) -> PaymentRecord:
    return PaymentRecord(
        reference=text_of(wire, "ExternalReference"), amount=amount_of(wire, "Amount")
    )
