"""From an order to the documents that should exist in Dinero."""

from datetime import date

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import (
    Contact,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentTerms,
    PaymentTermsType,
    Plan,
)
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid, invoice_reference, payment_reference
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import zone_of
from dinero_sync.posting.contact import plan_contact
from dinero_sync.posting.lines import LineMaker
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.posting.texts import Texts, address_text, texts_for

KRONER = "DKK"


def plan_order(
    order: Order,
    payment_type: PaymentType | None,
    day: date,
    settings: PostingSettings,
    chart: Chart,
) -> Plan:
    """Plan the documents of a due order, dated ``day``.

    Pure: the same order, rules and chart always give the same plan. Raises HeldError where the
    rules leave a question open.
    """
    texts = texts_for(order.billing.country)
    maker = LineMaker(
        order=order, payment_type=payment_type, settings=settings, chart=chart, texts=texts
    )
    lines = maker.invoice_lines()
    contact = plan_contact(order, settings.organization_id)
    invoice = Invoice(
        guid=invoice_guid(settings.organization_id, order.order_id),
        reference=invoice_reference(order.order_id),
        date=day,
        currency=order.currency,
        language=texts.language,
        heading=texts.heading(order.number),
        comment=_comment(order, lines, contact, texts),
        address=address_text(order.billing),
        terms=_terms(payment_type),
        lines=lines,
    )
    return Plan(
        contact=contact,
        invoice=invoice,
        payment=_payment(order, payment_type),
        payment_type=payment_type.name if payment_type else None,
    )


def payment_day(order: Order, invoice_day: date, trigger: Trigger) -> date:
    """Return the day the payment of a paid order is dated.

    That is the day it was paid; where the shop doesn't tell it, the invoice's day when being paid
    made the order due, else the day of the change that made it paid.
    """
    if order.paid_at is not None:
        return accounting_date(order.paid_at)
    return invoice_day if trigger is Trigger.PAID else accounting_date(order.changed)


def _comment(order: Order, lines: tuple[InvoiceLine, ...], contact: Contact, texts: Texts) -> str:
    """Refer to the order; without any VAT on the invoice, say why."""
    reference = texts.comment(order.number, accounting_date(order.created))
    if any(line.vat_rate for line in lines):
        return reference
    zone = zone_of(order.delivery.country, order.delivery.zip_code)
    exemption = texts.exemption(zone, contact.vat_number)
    return f"{reference}\n{exemption}" if exemption else reference


def _terms(payment_type: PaymentType | None) -> PaymentTerms | None:
    if payment_type is None:
        return None
    if payment_type.deposit_account is not None:
        return PaymentTerms(type=PaymentTermsType.PAID, days=None)
    return payment_type.terms


def _payment(order: Order, payment_type: PaymentType | None) -> Payment | None:
    if payment_type is None or payment_type.deposit_account is None:
        return None
    if order.currency != KRONER:
        raise HeldError(
            HoldReason.CURRENCY_NOT_ALLOWED,
            f"The order is in {order.currency}, and payments in other currencies than DKK aren't "
            "registered by this version. The order isn't booked.",
            "Set paid: false on its payment type to have the invoice booked without the payment, "
            "and register the payment in Dinero by hand.",
        )
    return Payment(
        reference=payment_reference(order.order_id),
        deposit_account=payment_type.deposit_account,
        amount=order.total,
        description=f"{payment_type.name}, ordre {order.number}",
    )
