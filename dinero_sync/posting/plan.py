"""From an order to the documents that should exist in Dinero, and whether they say what it does."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import (
    BuyerKind,
    Contact,
    GiftCardUse,
    Invoice,
    Plan,
    Sending,
)
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid, invoice_reference
from dinero_sync.domain.money import ORE
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.posting.buyers.emails import email_of
from dinero_sync.posting.charges import OR_BY_HAND, pays_with_gift_card
from dinero_sync.posting.conditions import NO_PRODUCTS, Products, any_name, any_of
from dinero_sync.posting.contact import (
    counted_as,
    counts_as_less,
    not_confirmed,
    plan_contact,
    refuse_unconfirmed,
    refuse_unfit_for_reverse_charge,
)
from dinero_sync.posting.days.received import trigger_of
from dinero_sync.posting.distance_sales import distance_sale
from dinero_sync.posting.gift_cards.used import (
    refuse_card_on_other_vat,
    refuse_unregistrable,
    use_of,
)
from dinero_sync.posting.lines import invoice_lines, text_rows
from dinero_sync.posting.margin import margin_items
from dinero_sync.posting.payments import payment_of, terms_of
from dinero_sync.posting.sale import PostedCharge, Sale, post_charges
from dinero_sync.posting.settings import PaymentType, PostingSettings, SendCondition
from dinero_sync.posting.texts import address_text, texts_for


def sending_of(sale: Sale) -> Sending | None:
    """Return how the first rule that takes the order sends its invoice; None when none does.

    A rule by e-mail takes no order without an e-mail address, one by e-invoice only public buyers.
    It takes one with an address that can't be one: that it couldn't be sent there is told.
    """
    ways = (rule.by for rule in sale.settings.sending if _takes(rule.when, sale))
    return next((way for way in ways if _can_go(way, sale)), None)


def _can_go(way: Sending, sale: Sale) -> bool:
    if way is Sending.EMAIL:
        return bool(sale.order.email.strip())
    return sale.buyer is BuyerKind.PUBLIC


def _takes(when: SendCondition, sale: Sale) -> bool:
    return (
        any_of(when.zone, sale.zone)
        and any_of(when.country, sale.country)
        and any_of(when.buyer, sale.buyer)
        and any_name(when.payment_type, sale.payment_type.name if sale.payment_type else "")
    )


HALF_ORE = ORE / 2
"""Dinero rounds VAT line by line, so each line may be off by this much."""


def totals_agree(invoice: Invoice, total: Decimal, vat: Decimal) -> bool:
    """Tell whether a document has the total of ``invoice``, and its VAT to half an øre a line."""
    return total == invoice.total and abs(vat - invoice.vat) <= HALF_ORE * len(invoice.lines)


def refuse_differing_totals(invoice: Invoice, currency: str, total: Decimal, vat: Decimal) -> None:
    """Compare a draft's ``total`` and ``vat`` in Dinero with the invoice we meant.

    The total must be equal; the VAT may differ by half an øre a line. Raises HeldError otherwise:
    the draft then stays a draft.
    """
    if currency == invoice.currency and totals_agree(invoice, total, vat):
        return
    raise HeldError(
        HoldReason.TOTALS_DIFFER,
        "",
        (sentence("mend_draft"), command("retry", ORDER)),
        total=total,
        currency=currency,
        vat=vat,
        meant=invoice.total,
        meant_currency=invoice.currency,
        meant_vat=invoice.vat,
    )


def sale_of(  # noqa: PLR0913 - an order, and each thing that decides about it
    order: Order,
    payment_type: PaymentType | None,
    settings: PostingSettings,
    chart: Chart,
    *,
    products: Products = NO_PRODUCTS,
    vat_number_confirmed: bool = False,
) -> Sale:
    """Put an order together with what decides about its lines.

    ``products`` is what the catalogue says of the order's products, where the rules ask;
    ``vat_number_confirmed`` is what VIES says of the buyer's VAT number.
    """
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


def plan_sale(sale: Sale, day: date, event_day: date | None = None) -> Plan:
    """Plan the documents of a sale, dated ``day``; it was paid or shipped on ``event_day``.

    That is told where it isn't the same: an invoice names the day of delivery or prepayment where
    it bears another (momsbekendtgørelsen chapter 12).

    Pure: the same order, rules, chart and catalogue always give the same plan. Raises HeldError
    where the rules leave a question open.
    """
    order, settings = sale.order, sale.settings
    refuse_unregistrable(sale)
    posted = _posted(sale)
    refuse_card_on_other_vat(sale, posted)
    refuse_unconfirmed(sale, posted)
    refuse_unfit_for_reverse_charge(sale, posted)
    sending = sending_of(sale)
    contact = plan_contact(
        order, settings.organization_id, sale.buyer, shared=settings.shared_contacts
    )
    invoice = _invoice(sale, posted, contact, day, event_day or day)
    gift_card = use_of(sale, day)
    _refuse_other_total(sale, invoice, gift_card)
    return Plan(
        contact=contact,
        invoice=invoice,
        payment=payment_of(order, sale.payment_type),
        payment_type=sale.payment_type.name if sale.payment_type else None,
        ledger_items=margin_items(sale, posted, day),
        distance_sale=distance_sale(sale, posted),
        sending=sending,
        send_to=email_of(order.email) if sending is Sending.EMAIL else None,
        reference=order.reference or None,
        gift_card=gift_card,
    )


def _posted(sale: Sale) -> tuple[PostedCharge, ...]:
    """Post the charges; what fits no account because VIES doesn't confirm the buyer says so."""
    try:
        return post_charges(sale)
    except HeldError as error:
        if error.hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH and counts_as_less(sale):
            raise not_confirmed() from error
        raise


def _invoice(
    sale: Sale, posted: Sequence[PostedCharge], contact: Contact, day: date, event_day: date
) -> Invoice:
    order, texts = sale.order, sale.texts
    return Invoice(
        guid=invoice_guid(sale.settings.organization_id, order.order_id),
        reference=invoice_reference(order.order_id),
        date=day,
        currency=order.currency,
        language=texts.language,
        heading=texts.heading(order.number),
        comment=_comment(sale, posted, contact, None if event_day == day else event_day),
        address=address_text(order.billing),
        terms=terms_of(order, sale.payment_type),
        lines=invoice_lines(sale, posted),
        texts=text_rows(sale, posted),
    )


def _refuse_other_total(sale: Sale, invoice: Invoice, gift_card: GiftCardUse | None) -> None:
    """Hold an order whose invoice would be another amount, or nothing that anything paid."""
    order = sale.order
    by_card = gift_card.item.amount if gift_card else Decimal(0)
    is_sale = order.total > 0 or pays_with_gift_card(order, sale.settings)
    if is_sale and invoice.total == order.total + by_card:
        return
    raise HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        "invoice",
        (sentence("correct_total"), *OR_BY_HAND),
        total=order.total,
        invoice=invoice.total,
    )


def _comment(
    sale: Sale, posted: Sequence[PostedCharge], contact: Contact, event_day: date | None
) -> str:
    """Refer to the order, the shop's and the buyer's; where anything is without VAT, say why.

    ``event_day`` is given where the invoice bears another day.
    """
    order = sale.order
    reference = sale.texts.comment(order.number, accounting_date(order.created))
    if event_day is not None:
        trigger = trigger_of(order, sale.payment_type, sale.settings)
        reference = f"{reference}\n{sale.texts.happened(trigger, event_day)}"
    if order.reference:
        reference = f"{reference}\n{sale.texts.your_reference}: {order.reference}"
    if not any(each.is_exempt for each in posted):
        return reference
    exemption = (
        sale.texts.reversed_to(contact.vat_number)
        if contact.vat_number and any(each.posting.reverse_charge for each in posted)
        else sale.texts.exemption(sale.zone, contact.vat_number)
    )
    return f"{reference}\n{exemption}" if exemption else reference
