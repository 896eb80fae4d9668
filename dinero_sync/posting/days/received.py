"""When the money of an order is received, and what that means for the days of its documents.

Where the buyer pays before the goods are sent, the VAT falls due that day (momsloven § 23, stk. 3),
and an invoice is to be made then. Money that is only reserved, as on a card until it is captured
when the goods leave, isn't received yet. The shop says of both that the order is paid, so the
configuration says it for each payment type: ``received``.
"""

import json
from datetime import date

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, Yaml, command, sentence
from dinero_sync.posting.payments import BY_BANK, way_to_pay
from dinero_sync.posting.settings import PaymentType, PostingSettings, Received, Trigger

OFTEN_AT_ONCE = frozenset({"mobilepay", "paypal", "stripe", "swiftpay", "vipps"})
"""Providers by which shops often take the money with the order, and don't only reserve it."""


def agreed_trigger(payment_type: PaymentType | None, settings: PostingSettings) -> Trigger:
    """Return the event that makes orders of a payment type due, as the configuration names it."""
    own = payment_type.trigger if payment_type else None
    return own or settings.trigger


def trigger_of(
    order: Order, payment_type: PaymentType | None, settings: PostingSettings
) -> Trigger:
    """Return the event that makes an order due, and whose day its invoice bears.

    Where the money comes at once that is whichever comes first of payment and shipping.
    """
    agreed = agreed_trigger(payment_type, settings)
    if agreed is Trigger.SHIPPED and comes_at_once(payment_type) and not _shipped_first(order):
        return Trigger.PAID
    return agreed


def comes_at_once(payment_type: PaymentType | None) -> bool:
    """Tell whether the configuration says that the money is received when the order is paid."""
    return payment_type is not None and payment_type.received is Received.AT_ONCE


def _shipped_first(order: Order) -> bool:
    if not order.shipped or not order.paid:
        return order.shipped
    if order.paid_at is None or order.shipped_at is None:
        return False
    return accounting_date(order.shipped_at) < accounting_date(order.paid_at)


def payment_day(order: Order, invoice_day: date, trigger: Trigger) -> date:
    """Return the day a paid order was paid.

    Where the shop doesn't tell it, that is the invoice's day when being paid made the order due,
    else the day of the change that made it paid.
    """
    if order.paid_at is not None:
        return accounting_date(order.paid_at)
    return invoice_day if trigger is Trigger.PAID else accounting_date(order.changed)


def may_precede_invoice(payment_type: PaymentType | None, settings: PostingSettings) -> bool:
    """Tell whether a payment keeps a day before its invoice's, since nobody said what it means.

    Where ``received`` says when the money comes, a payment before the invoice was none yet, and
    bears the invoice's day; so it does where being paid makes the invoice.
    """
    said = payment_type is not None and payment_type.received is not None
    return not said and agreed_trigger(payment_type, settings) is Trigger.SHIPPED


def refuse_paid_earlier(
    order: Order, payment_type: PaymentType | None, settings: PostingSettings, day: date
) -> None:
    """Hold an order paid by bank in an earlier month than its invoice of ``day``.

    Money on the bank is received, so its VAT belongs in the earlier month, which may be another
    VAT period. Nobody said so of the payment type. Raises HeldError.
    """
    if payment_type is None or order.paid_at is None or not order.paid:
        return
    paid = accounting_date(order.paid_at)
    is_earlier = (paid.year, paid.month) < (day.year, day.month)
    unsaid = may_precede_invoice(payment_type, settings)
    if is_earlier and unsaid and _way(payment_type, order) == BY_BANK:
        raise HeldError(
            HoldReason.PAID_BEFORE_INVOICE,
            "",
            (
                sentence("say_received_at_once"),
                received_to_paste(payment_type, Received.AT_ONCE),
                sentence("or_say_received_when_shipped"),
                received_to_paste(payment_type, Received.WHEN_SHIPPED),
                sentence("or_invoice_by_hand"),
                command("adopt", ORDER),
            ),
            payment_type=payment_type.name,
            paid=paid,
            day=day,
        )


def received_to_paste(payment_type: PaymentType, received: Received) -> Yaml:
    """Write a payment type's entry with when its money comes; what else is in it stays."""
    name = json.dumps(payment_type.name, ensure_ascii=False)
    return Yaml(
        f"payment_types:\n  - name: {name}\n    received: {received}  ",
        sentence("rest_of_entry_stays"),
        "\n",
    )


def way_of_type(payment_type: PaymentType) -> str:
    """Return the way to pay that a payment type speaks of by its names, else by its codes."""
    when = payment_type.when
    names = " ".join((*when.gateway_name, payment_type.name))
    return way_to_pay(names) or way_to_pay(" ".join(when.gateway))


def _way(payment_type: PaymentType, order: Order) -> str:
    return way_of_type(payment_type) or way_to_pay(f"{order.gateway.name} {order.gateway.code}")
