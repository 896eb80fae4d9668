"""The words on an invoice: Danish for Danish buyers, English for the rest."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.money import danish
from dinero_sync.domain.order import Address
from dinero_sync.domain.zone import Zone

DANISH_READERS = frozenset({"DK", "FO", "GL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language; ``language`` is Dinero's name for it."""

    language: str
    invoice: str
    order: str
    of_date: str
    pieces: str
    shipping: str
    normal_price: str
    discount: str
    reverse_charge: str
    """What an invoice without VAT to a business in the EU says (Directive 2006/112/EC art. 226)."""
    buyer_vat_number: str
    export: str
    """What an invoice without VAT to a buyer outside the EU says."""
    country: str

    def heading(self, number: str) -> str:
        """Name the document and the order it is for."""
        return f"{self.invoice}, {self.order.lower()} {number}"

    def comment(self, number: str, ordered: date) -> str:
        """Refer to the order and the day it was placed."""
        return f"{self.order} {number} {self.of_date} {ordered:%d-%m-%Y}."

    def exemption(self, zone: Zone, vat_number: str | None) -> str | None:
        """Say why an invoice carries no VAT; None where no such note belongs on it."""
        if zone is Zone.WORLD:
            return self.export
        if zone is Zone.EU and vat_number is not None:
            return f"{self.reverse_charge} {self.buyer_vat_number} {vat_number}"
        return None

    def reduction(self, normal: Decimal, share: Decimal, code: str) -> str:
        """Tell the price before the voucher and what the voucher took off the line."""
        label = f"{self.discount} {code}".strip()
        return f"{self.normal_price} {danish(normal)}; {label}: -{danish(share)}"


DANISH = Texts(
    language="da-DK",
    invoice="Faktura",
    order="Ordre",
    of_date="af",
    pieces="stk.",
    shipping="Fragt",
    normal_price="Normalpris",
    discount="rabat",
    reverse_charge="Omvendt betalingspligt – momsfri leverance til andet EU-land.",
    buyer_vat_number="Købers momsnr.",
    export="Eksport – momsfri.",
    country="DK",
)
ENGLISH = Texts(
    language="en-GB",
    invoice="Invoice",
    order="Order",
    of_date="of",
    pieces="pcs.",
    shipping="Shipping",
    normal_price="Normal price",
    discount="discount",
    reverse_charge="Reverse charge – VAT exempt intra-Community supply.",
    buyer_vat_number="Buyer's VAT no.",
    export="Export – VAT exempt.",
    country="",
)


def texts_for(country: str) -> Texts:
    """Return the words for a buyer in ``country``."""
    return DANISH if country in DANISH_READERS else ENGLISH


def address_text(address: Address) -> str:
    """Write an address as it stands on the invoice; the country only outside Denmark."""
    place = f"{address.zip_code} {address.city}".strip()
    country = "" if address.country == DANISH.country else address.country
    parts = (address.company, address.name, address.street, place, country)
    return "\n".join(part for part in parts if part)
