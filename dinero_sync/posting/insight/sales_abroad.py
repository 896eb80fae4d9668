"""What a period's documents come to in the returns on sales to other EU countries.

The OSS return asks for each country and rate, in exact amounts; the EU sales list (EU-salg uden
moms) asks for each buyer's VAT number. A credit note counts negative, in its own period.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.chart import REVERSE_CHARGE_CODES, Chart
from dinero_sync.domain.documents import Contact, Invoice, InvoiceLine
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.zone import EU_COUNTRIES
from dinero_sync.posting.texts import texts_in

NOTHING = Decimal("0.00")
FOREIGN_VAT = re.compile(
    r"\b(?P<name>\w+) (?P<country>[A-Z]{2}) (?P<rate>\d+(?:[.,]\d+)?) % \w+ (?P<net>\d+[.,]\d\d)$"
)
"""How the line with another country's VAT ends, also where a part of it is credited."""
GOODS = REVERSE_CHARGE_CODES[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """A booked invoice or credit note."""

    document: Invoice
    """A credit note's lines are positive, as the invoice's are."""
    invoice: Invoice
    """The invoice itself; what a credit note is for."""
    contact: Contact
    kroner: Decimal | None
    """The document's total in kroner, as Dinero told it; None for one in kroner."""

    @property
    def sign(self) -> int:
        """What the document counts: a credit note takes back."""
        return 1 if self.document is self.invoice else -1

    def in_kroner(self, amount: Decimal) -> Decimal:
        """Return an amount of the document in kroner, by the rate that Dinero took."""
        if self.document.currency == KRONER or self.kroner is None or not self.document.total:
            return amount
        return round_to_ore(amount * self.kroner / self.document.total)


@dataclass(slots=True, kw_only=True)
class ForeignVat:
    """What was sold to consumers of a country at a rate, with that country's VAT."""

    country: str
    rate: Decimal
    """Percent."""
    currency: str
    net: Decimal = NOTHING
    vat: Decimal = NOTHING
    net_kroner: Decimal = NOTHING
    """By the rates that Dinero took, which needn't be the one that the return asks for."""
    vat_kroner: Decimal = NOTHING

    @property
    def is_oss(self) -> bool:
        """Tell whether the OSS return is for it; else another scheme, such as Norway's."""
        return self.country in EU_COUNTRIES


@dataclass(slots=True, kw_only=True)
class ToBusiness:
    """What was sold to one business in another EU country without VAT, in kroner."""

    vat_number: str
    goods: Decimal = NOTHING
    services: Decimal = NOTHING


def foreign_vat(sold: Iterable[Sold]) -> list[ForeignVat]:
    """Sum other countries' VAT by country, rate and currency."""
    sums: dict[tuple[str, Decimal, str], ForeignVat] = {}
    for each in sold:
        for line, match in _told(each.document):
            country, rate = match["country"], _number(match["rate"])
            key = (country, rate, each.document.currency)
            row = sums.setdefault(key, ForeignVat(country=country, rate=rate, currency=key[2]))
            net = _net(each, line, _number(match["net"]), match[0])
            row.net += each.sign * net
            row.vat += each.sign * line.amount
            row.net_kroner += each.sign * each.in_kroner(net)
            row.vat_kroner += each.sign * each.in_kroner(line.amount)
    return [sums[key] for key in sorted(sums)]


def _told(document: Invoice) -> Iterator[tuple[InvoiceLine, re.Match[str]]]:
    name = texts_in(document.language).foreign_vat
    for line in document.lines:
        match = None if line.vat_rate else FOREIGN_VAT.search(line.description)
        if match is not None and match["name"] == name:
            yield line, match


def _net(sold: Sold, line: InvoiceLine, net: Decimal, told: str) -> Decimal:
    """Return the net of a line: of a part that is credited, its share of what the invoice says."""
    if sold.document is sold.invoice:
        return net
    whole = [each.amount for each, match in _told(sold.invoice) if match[0] == told]
    if not whole or not whole[0]:
        return net
    return round_to_ore(net * line.amount / whole[0])


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def to_businesses(sold: Iterable[Sold], chart: Chart) -> list[ToBusiness]:
    """Sum what goes on the EU sales list, by VAT number: by the VAT codes of the lines' accounts.

    What was sold to a buyer without a number has an empty one: it is to be looked at.
    """
    sums: dict[str, ToBusiness] = {}
    for each in sold:
        for line in each.document.lines:
            known = chart.entry.get(line.account)
            if known is None or known.vat_code not in REVERSE_CHARGE_CODES:
                continue
            number = each.contact.vat_number or ""
            row = sums.setdefault(number, ToBusiness(vat_number=number))
            amount = each.sign * each.in_kroner(line.amount)
            if known.vat_code == GOODS:
                row.goods += amount
            else:
                row.services += amount
    return [sums[number] for number in sorted(sums)]
