"""From an order to the documents that should exist in Dinero."""

from collections.abc import Sequence
from datetime import date

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import (
    Contact,
    Invoice,
    Payment,
    PaymentTerms,
    PaymentTermsType,
    Plan,
    Sending,
)
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid, invoice_reference, payment_reference
from dinero_sync.domain.money import round_to_ore
from dinero_sync.domain.order import Order
from dinero_sync.posting.contact import plan_contact
from dinero_sync.posting.distance_sales import distance_sale
from dinero_sync.posting.gift_card import refuse_card_on_other_vat
from dinero_sync.posting.lines import invoice_lines, text_rows
from dinero_sync.posting.margin import margin_items
from dinero_sync.posting.product_facts import NO_PRODUCTS, Products
from dinero_sync.posting.sale import PostedCharge, Sale, post_charges
from dinero_sync.posting.sending import sending_of
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.posting.texts import address_text, texts_for
from dinero_sync.posting.vat_number import (
    counted_as,
    counts_as_less,
    not_confirmed,
    refuse_unconfirmed,
)

KRONER = "DKK"


def plan_order(  # noqa: PLR0913 - an order, and each thing that decides about it
    order: Order,
    payment_type: PaymentType | None,
    day: date,
    settings: PostingSettings,
    chart: Chart,
    *,
    products: Products = NO_PRODUCTS,
    vat_number_confirmed: bool = False,
) -> Plan:
    """Plan the documents of a due order, dated ``day``.

    ``products`` is what the catalogue says of the order's products, where the rules ask;
    ``vat_number_confirmed`` is what VIES says of the buyer's VAT number. Pure: the same order,
    rules, chart and catalogue always give the same plan. Raises HeldError where the rules leave a
    question open.
    """
    sale = sale_of(
        order,
        payment_type,
        settings,
        chart,
        products=products,
        vat_number_confirmed=vat_number_confirmed,
    )
    return plan_sale(sale, day)


def sale_of(  # noqa: PLR0913 - as above
    order: Order,
    payment_type: PaymentType | None,
    settings: PostingSettings,
    chart: Chart,
    *,
    products: Products = NO_PRODUCTS,
    vat_number_confirmed: bool = False,
) -> Sale:
    """Put an order together with what decides about its lines, as in :func:`plan_order`."""
    return Sale(
        order=order,
        buyer=counted_as(order, settings, confirmed=vat_number_confirmed),
        payment_type=payment_type,
        settings=settings,
        chart=chart,
        texts=texts_for(order.billing.country),
        products=products,
        vat_number_confirmed=vat_number_confirmed,
    )


def plan_sale(sale: Sale, day: date) -> Plan:
    """Plan the documents of a sale, dated ``day``; raises HeldError as :func:`plan_order`."""
    order, settings = sale.order, sale.settings
    posted = _posted(sale)
    refuse_card_on_other_vat(sale, posted)
    refuse_unconfirmed(sale, posted)
    sending = sending_of(sale)
    contact = plan_contact(
        order, settings.organization_id, sale.buyer, shared=settings.shared_contacts
    )
    invoice = _invoice(sale, posted, contact, day)
    _refuse_other_total(order, invoice)
    return Plan(
        contact=contact,
        invoice=invoice,
        payment=payment_of(order, sale.payment_type),
        payment_type=sale.payment_type.name if sale.payment_type else None,
        ledger_items=margin_items(sale, posted, day),
        distance_sale=distance_sale(sale, posted),
        sending=sending,
        send_to=order.email.strip() if sending is Sending.EMAIL else None,
    )


def _posted(sale: Sale) -> tuple[PostedCharge, ...]:
    """Post the charges; what fits no account because VIES doesn't confirm the buyer says so."""
    try:
        return post_charges(sale)
    except HeldError as error:
        if error.hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH and counts_as_less(sale):
            raise not_confirmed() from error
        raise


def payment_of(order: Order, payment_type: PaymentType | None) -> Payment | None:
    """Plan the payment of an order; None where its payment type registers none."""
    if payment_type is None or payment_type.deposit_account is None:
        return None
    in_kroner = order.currency == KRONER
    rate = payment_type.exchange_rate
    known = order.total if in_kroner else rate and round_to_ore(order.total * rate)
    return Payment(
        reference=payment_reference(order.order_id),
        deposit_account=payment_type.deposit_account,
        amount=known,
        foreign_amount=None if in_kroner else order.total,
        description=f"{payment_type.name}, ordre {order.number}",
    )


def payment_day(order: Order, invoice_day: date, trigger: Trigger) -> date:
    """Return the day the payment of a paid order is dated.

    That is the day it was paid; where the shop doesn't tell it, the invoice's day when being paid
    made the order due, else the day of the change that made it paid.
    """
    if order.paid_at is not None:
        return accounting_date(order.paid_at)
    return invoice_day if trigger is Trigger.PAID else accounting_date(order.changed)


def _invoice(sale: Sale, posted: Sequence[PostedCharge], contact: Contact, day: date) -> Invoice:
    order, texts = sale.order, sale.texts
    return Invoice(
        guid=invoice_guid(sale.settings.organization_id, order.order_id),
        reference=invoice_reference(order.order_id),
        date=day,
        currency=order.currency,
        language=texts.language,
        heading=texts.heading(order.number),
        comment=_comment(sale, posted, contact),
        address=address_text(order.billing),
        terms=_terms(sale.payment_type),
        lines=invoice_lines(sale, posted),
        texts=text_rows(sale, posted),
    )


def _refuse_other_total(order: Order, invoice: Invoice) -> None:
    """Hold an order whose invoice would be another amount, or nothing to pay."""
    if invoice.total == order.total and order.total > 0:
        return
    raise HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        f"The order's total is {order.total}, and its lines, freight and voucher make an invoice "
        f"of {invoice.total}. An invoice must be what the customer paid, and more than 0. Nothing "
        "is booked.",
        "Correct the order in the shop (is its voucher more than its goods and freight?); it is "
        "then read again by itself.",
    )


def _comment(sale: Sale, posted: Sequence[PostedCharge], contact: Contact) -> str:
    """Refer to the order; where anything on the invoice is sold without VAT, say why."""
    order = sale.order
    reference = sale.texts.comment(order.number, accounting_date(order.created))
    if not any(each.is_exempt for each in posted):
        return reference
    exemption = sale.texts.exemption(sale.zone, contact.vat_number)
    return f"{reference}\n{exemption}" if exemption else reference


def _terms(payment_type: PaymentType | None) -> PaymentTerms | None:
    if payment_type is None:
        return None
    if payment_type.deposit_account is not None:
        return PaymentTerms(type=PaymentTermsType.PAID, days=None)
    return payment_type.terms
