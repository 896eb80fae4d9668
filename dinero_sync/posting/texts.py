"""The words on an invoice: Danish for Danish buyers, English for the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.documents import MarginScheme
from dinero_sync.domain.order import Address
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import Trigger

DANISH_READERS = frozenset({"DK", "FO", "GL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language; ``language`` is Dinero's name for it."""

    language: str
    decimal_sign: str
    invoice: str
    order: str
    your_reference: str
    of_date: str
    events: Mapping[Trigger, str]
    """What stands before the day of a sale whose invoice bears another."""
    pieces: str
    product: str
    """What stands before its number where a product has no name."""
    shipping: str
    normal_price: str
    discount: str
    reverse_charge: str
    """What an invoice without VAT to a business in the EU says (momsbekendtgørelsen § 62, Directive
    2006/112/EC art. 226 (11))."""
    buyer_vat_number: str
    reversed: str
    """What an invoice says of goods that a Danish business pays the VAT of (Directive 2006/112/EC
    art. 199a and 226 (11a))."""
    buyer_cvr_number: str
    reversed_sum: str
    export: str
    """What an invoice without VAT to a buyer outside the EU says."""
    free_of_charge: str
    foreign_vat: str
    gift_card_used: str
    rounding: str
    margin_schemes: Mapping[MarginScheme, str]
    """What an invoice must say on goods of each margin scheme (Directive 2006/112/EC art. 226
    (14), momsbekendtgørelsen § 122, which gives the Danish words alone); no VAT may be shown on
    them, or follow from it (momsloven § 71 a)."""
    margin_sum: str
    other_sum: str
    country: str
    credit_note: str
    credited: str
    part_of: str
    """Stands before what only an amount is taken off."""

    def credit_heading(self, number: str) -> str:
        """Name the credit note and the order it is for."""
        return f"{self.credit_note}, {self.order.lower()} {number}"

    def credits(self, number: int, day: date) -> str:
        """Refer to the invoice that a credit note is for."""
        return f"{self.credited} {number} {self.of_date} {day:%d-%m-%Y}."

    def heading(self, number: str) -> str:
        """Name the document and the order it is for."""
        return f"{self.invoice}, {self.order.lower()} {number}"

    def comment(self, number: str, ordered: date) -> str:
        """Refer to the order and the day it was placed."""
        return f"{self.order} {number} {self.of_date} {ordered:%d-%m-%Y}."

    def happened(self, trigger: Trigger, day: date) -> str:
        """Tell the day on which the order was paid, or the goods were sent."""
        return f"{self.events[trigger]} {day:%d-%m-%Y}."

    def gift(self, pieces: Decimal, product: str) -> str:
        """Name something that the customer gets for nothing."""
        return f"{self.number(pieces)} {self.pieces} {product} – {self.free_of_charge}"

    def counted(self, text: str) -> tuple[Decimal | None, str]:
        """Read ``3 stk. Krus``: how many, and of what; None where no number stands before it."""
        number = rf"([0-9]+(?:{re.escape(self.decimal_sign)}[0-9]+)?)"
        found = re.fullmatch(rf"{number} {re.escape(self.pieces)} ((?s:.+))", text)
        if found is None:
            return None, text
        return Decimal(found[1].replace(self.decimal_sign, ".")), found[2]

    def separate_sums(
        self, *, margin: Decimal | None, reverse_charge: Decimal | None, other: Decimal | None
    ) -> tuple[str, ...]:
        """Sum goods of a margin scheme, under reverse charge, and all others, in what is paid.

        None where there are none of them; empty where there is but one of the three.
        """
        sums = (
            (self.margin_sum, margin),
            (self.reversed_sum, reverse_charge),
            (self.other_sum, other),
        )
        rows = tuple(f"{name}: {self._amount(value)}" for name, value in sums if value is not None)
        return rows if len(rows) > 1 else ()

    def foreign_vat_of(self, country: str, rate: Decimal, net: Decimal) -> str:
        """Name the VAT of another country: ``VAT DE 19 % of 550.00``."""
        return (
            f"{self.foreign_vat} {country} {self.number(rate)} % {self.of_date} {self._amount(net)}"
        )

    def exemption(self, zone: Zone, vat_number: str | None) -> str | None:
        """Say why an invoice carries no VAT; None where no such note belongs on it."""
        if zone is Zone.WORLD:
            return self.export
        if zone is Zone.EU and vat_number is not None:
            return f"{self.reverse_charge} {self.buyer_vat_number} {vat_number}"
        return None

    def reversed_to(self, vat_number: str) -> str:
        """Say that the buyer pays the VAT, with the CVR number, whose VAT number has DK before."""
        return f"{self.reversed} {self.buyer_cvr_number} {vat_number.removeprefix('DK')}"

    def reduction(self, normal: Decimal, share: Decimal, name: str) -> str:
        """Tell the price before discounts, and what these took off the line."""
        label = f"{self.discount} {name}".strip()
        return f"{self.normal_price} {self._amount(normal)}; {label}: -{self._amount(share)}"

    def number(self, value: Decimal) -> str:
        """Write a number without needless zeros: ``1,25``."""
        return f"{value.normalize():f}".replace(".", self.decimal_sign)

    def _amount(self, amount: Decimal) -> str:
        return f"{amount:.2f}".replace(".", self.decimal_sign)


DANISH = Texts(
    language="da-DK",
    decimal_sign=",",
    invoice="Faktura",
    order="Ordre",
    your_reference="Deres reference",
    of_date="af",
    events={Trigger.PAID: "Betalt den", Trigger.SHIPPED: "Leveret den"},
    pieces="stk.",
    product="Vare",
    shipping="Fragt",
    normal_price="Normalpris",
    discount="rabat",
    reverse_charge="Omvendt betalingspligt – momsfri leverance til andet EU-land.",
    buyer_vat_number="Købers momsnr.",
    reversed="Omvendt betalingspligt – køber afregner momsen.",
    buyer_cvr_number="Købers CVR-nr.",
    reversed_sum="Heraf varer med omvendt betalingspligt (uden moms)",
    export="Eksport – momsfri.",
    free_of_charge="uden beregning",
    foreign_vat="Moms",
    gift_card_used="Indløst gavekort (moms afregnet ved salget af kortet)",
    rounding="Øredifference",
    margin_schemes={
        scheme: f"Fortjenstmargenordning – {goods} – køber har ikke fradrag for momsen"
        for scheme, goods in {
            MarginScheme.USED_GOODS: "brugte genstande",
            MarginScheme.ART: "kunstgenstande",
            MarginScheme.COLLECTORS: "samlerobjekter og antikviteter",
        }.items()
    },
    margin_sum="Heraf varer efter fortjenstmargenordningen",
    other_sum="Heraf øvrige varer og fragt",
    country="DK",
    credit_note="Kreditnota",
    credited="Krediterer faktura",
    part_of="Afslag på",
)
ENGLISH = Texts(
    language="en-GB",
    decimal_sign=".",
    invoice="Invoice",
    order="Order",
    your_reference="Your reference",
    of_date="of",
    events={Trigger.PAID: "Paid on", Trigger.SHIPPED: "Delivered on"},
    pieces="pcs.",
    product="Product",
    shipping="Shipping",
    normal_price="Normal price",
    discount="discount",
    reverse_charge="Reverse charge – VAT exempt intra-Community supply.",
    buyer_vat_number="Buyer's VAT no.",
    reversed="Reverse charge (omvendt betalingspligt) – the buyer pays the VAT.",
    buyer_cvr_number="Buyer's CVR no.",
    reversed_sum="Of this, goods under reverse charge (without VAT)",
    export="Export – VAT exempt.",
    free_of_charge="free of charge",
    foreign_vat="VAT",
    gift_card_used="Gift card used (VAT was paid when it was sold)",
    rounding="Rounding",
    margin_schemes={
        scheme: f"{DANISH.margin_schemes[scheme]}\n(Margin scheme – {goods} – no VAT deduction for "
        "the buyer)"
        for scheme, goods in {
            MarginScheme.USED_GOODS: "second-hand goods",
            MarginScheme.ART: "works of art",
            MarginScheme.COLLECTORS: "collector's items and antiques",
        }.items()
    },
    margin_sum="Of this, goods under the margin scheme",
    other_sum="Of this, other goods and shipping",
    country="",
    credit_note="Credit note",
    credited="Credits invoice",
    part_of="Reduction of",
)


def texts_for(country: str) -> Texts:
    """Return the words for a buyer in ``country``."""
    return DANISH if country in DANISH_READERS else ENGLISH


def texts_in(language: str) -> Texts:
    """Return the words of a language, by Dinero's name for it."""
    return DANISH if language == DANISH.language else ENGLISH


def address_text(address: Address) -> str:
    """Write an address as it stands on the invoice; the country only outside Denmark."""
    place = f"{address.zip_code} {address.city}".strip()
    country = "" if address.country == DANISH.country else address.country
    parts = (address.company, address.name, address.street, place, country)
    return "\n".join(part for part in parts if part)
