"""Whom the invoice is made out to, as what the buyer counts, and what a VAT number must be worth.

Without VAT may be sold to a buyer who is registered in another EU country; the seller has to be
able to prove it (momsloven § 34, stk. 1, nr. 1). Where the goods go and the number's own prefix
decide: a buyer may live elsewhere.
"""

from collections.abc import Iterable

from stdnum import ean as gln
from stdnum.eu import vat as eu_vat

from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import contact_guid, contact_key
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.domain.zone import EU_COUNTRIES, Zone, zone_of
from dinero_sync.posting.abroad.handed_over import zone_of_goods
from dinero_sync.posting.sale import PostedCharge, Sale
from dinero_sync.posting.settings import PostingSettings, Undecided

GLN_DIGITS = 13
VAT_PREFIX = {"GR": "EL", "MC": "FR"}
"""Where the prefix of a VAT number isn't the country's code; Monaco's are French."""
NORTHERN_IRELAND = "XI"
"""The prefix of British numbers that count as an EU country's, for goods (Windsor Framework)."""
EU_PREFIXES = EU_COUNTRIES - {"GR"} | {"EL", NORTHERN_IRELAND}


def buyer_kind(order: Order) -> BuyerKind:
    """Tell who buys: a public body by its EAN, a business by company and VAT number."""
    if location_number(order.ean):
        return BuyerKind.PUBLIC
    if order.billing.company and order.vat_number:
        return BuyerKind.BUSINESS
    return BuyerKind.CONSUMER


def location_number(text: str) -> str | None:
    """Return an EAN/GLN of 13 digits with a right check digit, without spaces; else None."""
    digits = text.replace(" ", "")
    return digits if len(digits) == GLN_DIGITS and gln.is_valid(digits) else None


def full_vat_number(text: str, country: str, zip_code: str = "") -> str:
    """Write a VAT number with its prefix and without spaces, dots or dashes.

    The prefix is that of ``country``, except where the number already is one of another EU
    country, as of a buyer who is registered in several. A British number of Northern Ireland stays
    one: only with XI is it worth something in the EU, and nobody but the buyer can say so.
    """
    compact = "".join(sign for sign in text.upper() if sign.isalnum())
    prefix = _prefix(country, zip_code)
    if not compact or compact.startswith(prefix):
        return compact
    if country == "GB" and compact.startswith(country):
        return compact
    own = prefix + compact.removeprefix(country)
    elsewhere = compact[:2] in EU_PREFIXES and eu_vat.is_valid(compact)
    return compact if elsewhere and not eu_vat.is_valid(own) else own


def vat_number_of(order: Order) -> str:
    """Return the buyer's VAT number with its prefix; empty when the order has none."""
    return full_vat_number(order.vat_number, order.billing.country, order.billing.zip_code)


def _prefix(country: str, zip_code: str) -> str:
    in_eu = zone_of(country, zip_code) is Zone.EU
    return NORTHERN_IRELAND if country == "GB" and in_eu else VAT_PREFIX.get(country, country)


def plan_contact(
    order: Order, organization_id: int, kind: BuyerKind, *, shared: bool = False
) -> Contact:
    """Plan the contact of an order whose buyer counts as ``kind``.

    With ``shared``, consumers of a country are one contact without personal data; the buyer's
    address is on the invoice. Raises HeldError for a VAT number that can't be one.
    """
    if shared and kind is BuyerKind.CONSUMER:
        return _shared_contact(order.billing.country, organization_id)
    ean = location_number(order.ean) if kind is BuyerKind.PUBLIC else None
    vat_number = _checked_vat_number(order) if kind is not BuyerKind.CONSUMER else None
    email = order.email.strip() or None
    key = contact_key(
        order.order_id, ean, vat_number, email if kind is BuyerKind.CONSUMER else None
    )
    billing = order.billing
    company = billing.company if kind is not BuyerKind.CONSUMER else ""
    name = company or billing.name or billing.company
    return Contact(
        guid=contact_guid(organization_id, key),
        key=key,
        kind=kind,
        name=name or f"Webshopkunde, ordre {order.number}",
        attention=billing.name if kind is not BuyerKind.CONSUMER and billing.name else None,
        street=billing.street,
        zip_code=billing.zip_code,
        city=billing.city,
        country=billing.country,
        email=email,
        vat_number=vat_number,
        ean=ean,
    )


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


def _checked_vat_number(order: Order) -> str | None:
    """Return the VAT number of a business or public buyer, checked by format alone."""
    if not order.vat_number:
        return None
    number = vat_number_of(order)
    if number[:2] in EU_PREFIXES and not eu_vat.is_valid(number):
        raise HeldError(HoldReason.INVALID_VAT_NUMBER, "form", (sentence("correct_number"),))
    return number


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
    return HeldError(HoldReason.INVALID_VAT_NUMBER, "not_in_eu", (sentence("ask_for_eu_number"),))


def not_confirmed() -> HeldError:
    """Say that a sale without VAT rests on a VAT number that VIES doesn't confirm."""
    return HeldError(
        HoldReason.UNCONFIRMED_VAT_NUMBER,
        "",
        (
            sentence("ask_for_right_number"),
            command("retry", ORDER),
            sentence("sold_with_vat_after_all"),
        ),
    )
