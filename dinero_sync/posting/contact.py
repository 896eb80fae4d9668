"""Whom the invoice is made out to, as what the buyer counts, and what a VAT number must be worth.

Without VAT may be sold to a buyer who is registered in another EU country; the seller has to be
able to prove it (momsloven § 34, stk. 1, nr. 1). Where the goods go and the number's own prefix
decide: a buyer may live elsewhere. A few goods are sold so to Danish businesses (§ 46, stk. 1).
"""

from collections.abc import Iterable

from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import contact_guid, contact_key
from dinero_sync.domain.order import Address, Order
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.abroad.handed_over import zone_of_goods
from dinero_sync.posting.account_holds import no_reverse_charge, reversed_freight_alone
from dinero_sync.posting.buyers.emails import email_of
from dinero_sync.posting.buyers.numbers import (
    EU_PREFIXES,
    cvr_number,
    full_vat_number,
    has_eu_prefix,
    is_eu_number,
    is_no_number,
    location_number,
)
from dinero_sync.posting.charges import BY_HAND, OR_BY_HAND
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import LineKind, PostingSettings, Undecided


def buyer_kind(order: Order) -> BuyerKind:
    """Tell who buys: a public body by its EAN, a business by its VAT number.

    A number that is one of the EU by its form needs no company name beside it: sole traders have
    none. Any other number makes a business of a company alone.
    """
    if location_number_of(order):
        return BuyerKind.PUBLIC
    number = vat_number_of(order)
    if number and (order.billing.company or is_eu_number(number)):
        return BuyerKind.BUSINESS
    return BuyerKind.CONSUMER


def location_number_of(order: Order) -> str | None:
    """Return the buyer's EAN, also where it stands in a Dane's field for the VAT number.

    No VAT number of the EU has thirteen digits alone.
    """
    found = location_number(order.ean)
    if found is None and order.billing.country == "DK" and is_no_number(order.ean):
        return location_number(order.vat_number)
    return found


def vat_number_of(order: Order) -> str:
    """Return the buyer's VAT number with its prefix; empty when the order has none.

    A CVR number that stands in the field for the EAN is one, where no other is given.
    """
    written, billing = order.vat_number, order.billing
    if is_no_number(written):
        return full_vat_number(cvr_number(order.ean) or "", "DK")
    if location_number(written) and billing.country == "DK":
        return ""
    return full_vat_number(written, billing.country, billing.zip_code)


def plan_contact(
    order: Order, organization_id: int, kind: BuyerKind, *, shared: bool = False
) -> Contact:
    """Plan the contact of an order whose buyer counts as ``kind``.

    With ``shared``, consumers of a country are one contact without personal data; the buyer's
    address is on the invoice. Raises HeldError for an EAN or a VAT number that can't be one.
    """
    ean = _checked_location_number(order)
    if shared and kind is BuyerKind.CONSUMER:
        return _shared_contact(order.billing.country, organization_id)
    vat_number = _checked_vat_number(order) if kind is not BuyerKind.CONSUMER else None
    email = email_of(order.email)
    key = contact_key(
        order.order_id, ean, vat_number, email if kind is BuyerKind.CONSUMER else None
    )
    billing = order.billing
    company = billing.company if kind is not BuyerKind.CONSUMER else ""
    name = company or billing.name or billing.company or f"Webshopkunde, ordre {order.number}"
    return Contact(
        guid=contact_guid(organization_id, key),
        key=key,
        kind=kind,
        name=name,
        attention=_attention(kind, billing, name),
        street=billing.street,
        zip_code=billing.zip_code,
        city=billing.city,
        country=billing.country,
        email=email,
        vat_number=vat_number,
        ean=ean,
    )


def _attention(kind: BuyerKind, billing: Address, name: str) -> str | None:
    """Return the person at a company; Dinero demands one with an EAN, else there may be none."""
    if kind is BuyerKind.PUBLIC:
        return billing.name or name
    return billing.name or None if billing.company and kind is BuyerKind.BUSINESS else None


def _shared_contact(country: str, organization_id: int) -> Contact:
    key = f"shared:{country}"
    return Contact(
        guid=contact_guid(organization_id, key),
        key=key,
        kind=BuyerKind.CONSUMER,
        name=f"Webshopkunder {country}",
        attention=None,
        street="",
        zip_code="",
        city="",
        country=country,
        email=None,
        vat_number=None,
        ean=None,
    )


def _checked_location_number(order: Order) -> str | None:
    """Return the EAN of a public buyer; raises HeldError for a field that holds something else.

    Whoever fills it wants an electronic invoice, and taken for a private buyer would get none.
    """
    ean = location_number_of(order)
    if ean is not None or is_no_number(order.ean) or cvr_number(order.ean):
        return ean
    steps = (sentence("correct_ean_of_order"), command("adopt", ORDER))
    raise HeldError(HoldReason.INVALID_VAT_NUMBER, "ean", steps)


def _checked_vat_number(order: Order) -> str | None:
    """Return the VAT number of a business or public buyer, checked by format alone."""
    number = vat_number_of(order)
    if not number:
        return None
    if has_eu_prefix(number) and not is_eu_number(number):
        steps = (sentence("correct_number"), *OR_BY_HAND)
        raise HeldError(HoldReason.INVALID_VAT_NUMBER, "form", steps)
    return number


def refuse_unfit_for_reverse_charge(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold an order under reverse charge whose buyer isn't shown to be a business in Denmark.

    Its CVR number has to be on the invoice, and is checked by its form. Freight and fees follow
    goods under reverse charge; alone they bear VAT. Raises HeldError.
    """
    reversed_ = [each for each in posted if each.posting.reverse_charge]
    if not reversed_:
        return
    rule = reversed_[0].posting.rule
    number = vat_number_of(sale.order)
    if sale.buyer is BuyerKind.CONSUMER or number[:2] != "DK" or not is_eu_number(number):
        raise no_reverse_charge(rule, sale.buyer)
    if not any(each.charge.kind is LineKind.PRODUCT for each in reversed_):
        raise reversed_freight_alone(rule)


OTHER_EU_PREFIXES = EU_PREFIXES - {"DK"}


def needs_confirmation(order: Order, settings: PostingSettings) -> bool:
    """Tell whether the EU's register (VIES) is to be asked about the buyer's VAT number."""
    return (
        settings.check_vat_numbers
        and buyer_kind(order) is not BuyerKind.CONSUMER
        and zone_of_goods(order, settings) is Zone.EU
        and _is_registered_elsewhere(order)
    )


def counted_as(order: Order, settings: PostingSettings, *, confirmed: bool) -> BuyerKind:
    """Return what the buyer counts as, ``confirmed`` being what VIES says of the VAT number."""
    kind = buyer_kind(order)
    charge = settings.unconfirmed is Undecided.CHARGE and kind is BuyerKind.BUSINESS
    if charge and not confirmed and needs_confirmation(order, settings):
        return BuyerKind.CONSUMER
    return kind


def counts_as_less(sale: Sale) -> bool:
    """Tell whether a business counts as a consumer because its VAT number isn't confirmed."""
    return sale.buyer is not buyer_kind(sale.order)


def refuse_unconfirmed(sale: Sale, posted: Iterable[PostedCharge]) -> None:
    """Hold a sale without VAT into the EU to a business or public body that may not have it.

    That is one without a VAT number of another EU country, or whose number isn't confirmed where
    it is asked about. Raises HeldError.
    """
    exempt = any(each.is_exempt for each in posted)
    if not exempt or sale.zone is not Zone.EU or sale.buyer is BuyerKind.CONSUMER:
        return
    if not _is_registered_elsewhere(sale.order):
        raise _not_registered()
    if needs_confirmation(sale.order, sale.settings) and not sale.vat_number_confirmed:
        raise not_confirmed()


def _is_registered_elsewhere(order: Order) -> bool:
    """Tell whether the buyer's VAT number is, by its prefix, one of an EU country but Denmark."""
    return vat_number_of(order)[:2] in OTHER_EU_PREFIXES


def _not_registered() -> HeldError:
    steps = (sentence("ask_for_eu_number"), *BY_HAND)
    return HeldError(HoldReason.INVALID_VAT_NUMBER, "not_in_eu", steps)


def not_confirmed() -> HeldError:
    """Say that a sale without VAT rests on a VAT number that VIES doesn't confirm."""
    return HeldError(
        HoldReason.UNCONFIRMED_VAT_NUMBER,
        "",
        (
            sentence("ask_for_right_number"),
            command("retry", ORDER),
            sentence("sold_with_vat_after_all"),
            *BY_HAND,
        ),
    )
