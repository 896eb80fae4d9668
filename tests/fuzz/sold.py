"""What an invented shop sold, in exact fractions: nothing here knows how the program reckons.

A sale is drawn as its shop knows it: where the goods go, what each line costs with which VAT, whose
VAT that is, and what a discount was for. From that alone follows what the books must hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

Choice = TypeVar("Choice")
ORE = Decimal("0.01")


class Whose(Enum):
    """In what way a line is taxed."""

    DANISH = "Danish VAT"
    FOREIGN = "another country's VAT"
    NONE = "no VAT"
    MARGIN = "VAT of the margin"
    CARD = "a gift card that is sold"


@dataclass(frozen=True, slots=True)
class Place:
    """Where goods go."""

    country: object
    """As the shop writes it: an id of its list, an ISO code, or the id as a text."""
    zip_code: object
    area: str
    """``dk``, ``world``, or the code of the EU country whose VAT consumers pay."""


PLACES = (
    *4 * (Place(45, "8000", "dk"),),
    Place("DK", 999, "dk"),
    Place("45", "0900", "dk"),
    Place("FO", "100", "world"),
    Place(45, "FO-100", "world"),
    Place(68, "3900", "world"),
    Place(57, "10115", "DE"),
    Place("DE", 1067, "DE"),
    Place(163, "211 42", "SE"),
    Place("FI", "00100", "FI"),
    Place("FI", 2200, "FI"),
    Place("FI", "22100", "world"),
    Place("NL", "1011 AB", "NL"),
    Place("ES", 3501, "ES"),
    Place("ES", "35001", "world"),
    Place(128, "0153", "world"),
    Place("UK", "SW1A 1AA", "world"),
    Place("GB", "bt15gs", "GB"),
    Place("FR", 9700, "FR"),
    Place("EL", "10431", "GR"),
)
RATES_OF = {
    "DE": ("19", "7"),
    "SE": ("25", "12", "6"),
    "FI": ("25.5", "13.5", "10"),
    "NL": ("21", "9"),
    "ES": ("21", "10"),
    "GB": ("20", "5"),
    "FR": ("20", "5.5"),
    "GR": ("24", "13"),
}
"""Standard and reduced rates in December 2026."""
NUMBERS_OF = {
    "dk": ("90000039", "CVR 90000039", "DK-90 00 00 39", "SE 90000039"),
    "DE": ("DE136695976", "DE 136 695 976", "136695976"),
    "NL": ("NL004495445B01", "NL 0044.95.445.B01"),
    "ES": ("ESB58378431", "B58378431"),
    "FI": ("FI20774740", "2077474-0"),
    "SE": ("SE123456789701",),
}
"""VAT numbers as people type them."""
EANS = ("5798009999993", "EAN 5798 0099 99993", "5798-0099-99993")
NO_NUMBERS = ("", "nej", "0", "ingen")


@dataclass(frozen=True, slots=True)
class Shop:
    """How a shop sells, and what its rules say."""

    oss: bool
    single_purpose: bool
    individual: bool
    rounding: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An order line."""

    sku: str
    quantity: Decimal
    price: Decimal
    """Of one, gross."""
    rate: Decimal
    whose: Whose

    @property
    def amount(self) -> Decimal:
        """What the customer pays for it, to the øre."""
        return (self.quantity * self.price).quantize(ORE, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is paid, after discounts, exactly."""

    amount: Fraction
    rate: Decimal
    whose: Whose

    @property
    def vat(self) -> Fraction:
        """The VAT within it."""
        return self.amount * Fraction(self.rate) / (100 + Fraction(self.rate))


class Discount(Enum):
    """What a shop gives off, and of what."""

    NOTHING = "nothing"
    ON_GOODS = "off all goods"
    ON_ONE_KIND = "off the goods of one VAT"
    ABOVE_ALL = "worth more than the order"
    ABOVE_GOODS = "worth more than the goods"
    GIFT_CARD = "a gift card that pays"


class Freight(Enum):
    """The VAT of freight beside goods of several rates."""

    HIGHEST = "the highest of the goods"
    LOWEST = "the lowest of the goods"
    BY_GROSS = "in proportion to the goods"
    BY_NET = "in proportion to the goods without VAT"


class Stated(Enum):
    """How a shop states the order's VAT."""

    NOT = "not at all"
    EXACTLY = "unrounded"
    ROUNDED = "rounded"
    BY_LINE = "rounded by the line"
    BY_PIECE = "rounded by the piece"


class Written(Enum):
    """How a shop writes the rates of its lines."""

    PERCENT = "in percent"
    TEXT = "in percent, as texts"
    RECKONED = "reckoned back from amounts"
    FRACTION = "as fractions"
    NOT = "not at all"


@dataclass(frozen=True, kw_only=True)
class Sale:
    """A sale, as its shop knows it."""

    shop: Shop
    place: Place
    collected: bool
    buyer: str
    """``consumer``, ``business`` or ``public``."""
    number: str
    ean: str
    lines: tuple[Line, ...]
    off_line: Line | None
    """A discount that is a line of its own, with a negative price."""
    freight: Decimal
    freight_vat: Freight
    discount: Discount
    voucher: Decimal
    """What it took off, or paid."""
    face: Decimal
    """What it is worth."""
    kind: int
    """Of which line's VAT the goods are that it is for."""
    stated: Stated
    written: Written
    floats: bool
    """Whether amounts are written as binary fractions come out."""
    parts: tuple[Part, ...] = field(default=())

    @property
    def total(self) -> Decimal:
        """What the customer pays, with what a gift card pays."""
        off = self.off_line.amount if self.off_line else Decimal(0)
        return sum((each.amount for each in self.lines), self.freight) + off - self.voucher

    def sum_of(self, *whose: Whose) -> Fraction:
        """Sum the parts that are taxed so."""
        return sum((each.amount for each in self.parts if each.whose in whose), Fraction(0))

    def vat_of(self, *whose: Whose) -> Fraction:
        """Sum the VAT in the parts that are taxed so."""
        return sum((each.vat for each in self.parts if each.whose in whose), Fraction(0))

    @property
    def vat(self) -> Fraction:
        """All VAT that the customer was charged."""
        return sum((each.vat for each in self.parts), Fraction(0))


def area_of(place: Place, *, collected: bool) -> str:
    """Return whose VAT rules a sale is under."""
    return "dk" if collected else place.area


def taxed(area: str, buyer: str, shop: Shop) -> tuple[Whose, tuple[str, ...]]:
    """Return whose VAT ordinary goods bear, and the rates that they can have."""
    if area == "dk":
        return Whose.DANISH, ("25",)
    if area == "world" or buyer != "consumer":
        return Whose.NONE, ("0",)
    return (Whose.FOREIGN, RATES_OF[area]) if shop.oss else (Whose.DANISH, ("25",))


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    """Draw a sale, with all that a shop may make of it."""

    def one(values: Sequence[Choice]) -> Choice:
        return values[draw(st.integers(0, len(values) - 1))]

    shop = _shop(one)
    place = one(PLACES)
    collected = place.area != "dk" and one((True, *5 * (False,)))
    area = area_of(place, collected=collected)
    buyer, number, ean = _buyer(one, place, area)
    tax = taxed(area, buyer, shop)
    lines = tuple(_line(draw, one, area, shop, tax) for _ in range(one((1, 1, 2, 2, 3, 5))))
    freight = one((Decimal(0), Decimal(49), Decimal("39.95"), _amount(draw, 20_000)))
    ordinary = any(each.whose not in {Whose.MARGIN, Whose.CARD} for each in lines)
    if area not in {"dk", "world"} and not ordinary:  # whose VAT it bears is for nobody to say here
        freight = Decimal(0)
    sale = Sale(
        shop=shop,
        place=place,
        collected=collected,
        buyer=buyer,
        number=number,
        ean=ean,
        lines=lines,
        off_line=None,
        freight=freight,
        freight_vat=one(tuple(Freight)),
        discount=Discount.NOTHING,
        voucher=Decimal(0),
        face=Decimal(0),
        kind=one(range(len(lines))),
        stated=one((*Stated, Stated.ROUNDED, Stated.EXACTLY)),
        written=one((*3 * (Written.PERCENT,), *Written)),
        floats=one((True, False)),
    )
    sale = _with_discount_line(draw, one, sale)
    sale = _with_voucher(draw, one, sale)
    return replace(sale, parts=parts_of(sale))


One = Callable[[Sequence[Choice]], Choice]


def _shop(one: Callable[[Sequence[bool]], bool]) -> Shop:
    oss = one((True, False))
    single = one((True, False)) and not oss
    return Shop(oss, single, one((True, False)), one((True, False)))


def _amount(draw: st.DrawFn, most: int) -> Decimal:
    return draw(st.integers(0, most)) * ORE


def _buyer(one: Callable[[Sequence[str]], str], place: Place, area: str) -> tuple[str, str, str]:
    """Return who buys, with the VAT number and the EAN as they were typed."""
    kind = one(("consumer", "consumer", "business", "public"))
    if kind == "public" and area == place.area == "dk":
        return kind, one(NO_NUMBERS), one(EANS)
    if kind == "business" and area == place.area and area in NUMBERS_OF:
        return kind, one(NUMBERS_OF[area]), one(NO_NUMBERS)
    return "consumer", one(NO_NUMBERS), one(NO_NUMBERS)


def _line(
    draw: st.DrawFn,
    one: Callable[[Sequence[str]], str],
    area: str,
    shop: Shop,
    tax: tuple[Whose, tuple[str, ...]],
) -> Line:
    whose, rates = tax
    fine = one(("øre", "øre", "øre", "finer"))
    price = (
        draw(st.integers(100, 200_000)) * ORE
        if fine == "øre"
        else draw(st.integers(10**4, 10**7)) / Decimal(10**4)
    )
    quantity = Decimal(one(("1", "1", "1", "2", "3", "7", "100", "0.5", "1.25", "0.333", "2.4")))
    what = one(("KRUS", "KRUS", "KRUS", "BRUGT", "GAVE", "FRI"))
    if what == "BRUGT" and area != "world":
        return Line("BRUGT-1", Decimal(1), price, Decimal(0), Whose.MARGIN)
    if what == "GAVE":
        rate = Decimal(25 if shop.single_purpose else 0)
        return Line("GAVE-1", Decimal(1), Decimal(one(("100", "500"))), rate, Whose.CARD)
    if what == "FRI" and area == "dk":
        return Line("FRI-1", quantity, price, Decimal(0), Whose.NONE)
    return Line("KRUS-1", quantity, price, Decimal(one(rates)), whose)


def _with_discount_line(draw: st.DrawFn, one: Callable[[Sequence[bool]], bool], sale: Sale) -> Sale:
    of = sale.lines[sale.kind]
    alike = [each for each in sale.lines if each.rate == of.rate and each.whose is of.whose]
    most = sum((each.amount for each in alike), Decimal(0))
    if not one((True, *5 * (False,))) or of.whose is Whose.CARD or most < 1:
        return sale
    off = -draw(st.integers(1, int(most / ORE / 2))) * ORE
    return replace(sale, off_line=Line("RABAT", Decimal(1), off, of.rate, of.whose))


def _with_voucher(
    draw: st.DrawFn, one: Callable[[Sequence[Discount]], Discount], sale: Sale
) -> Sale:
    kind = one((*3 * (Discount.NOTHING,), *Discount))
    goods = sum((each.amount for each in reducible(sale)), Decimal(0))
    goods += sale.off_line.amount if sale.off_line else Decimal(0)
    of = sale.lines[sale.kind]
    alike = [each for each in reducible(sale) if _alike(each, of)]
    of_one = sum((each.amount for each in alike), Decimal(0))
    of_one += sale.off_line.amount if sale.off_line and alike else Decimal(0)
    cards = any(each.whose is Whose.CARD for each in sale.lines)
    most = {
        Discount.NOTHING: Decimal(0),
        Discount.ON_GOODS: goods,
        Discount.ON_ONE_KIND: of_one,
        Discount.ABOVE_ALL: Decimal(0) if cards else goods + sale.freight,
        Discount.ABOVE_GOODS: Decimal(0) if cards else goods,
        Discount.GIFT_CARD: sale.total,
    }[kind]
    if most <= 0:
        return sale
    if kind in {Discount.ABOVE_ALL, Discount.ABOVE_GOODS}:
        face = most + draw(st.integers(1, 50_000)) * ORE
        return replace(sale, discount=kind, voucher=most, face=face)
    voucher = draw(st.integers(1, int(most / ORE))) * ORE
    return replace(sale, discount=kind, voucher=voucher, face=voucher)


def reducible(sale: Sale) -> list[Line]:
    """Return the lines that a discount can be for: no gift card's face value is reduced."""
    return [each for each in sale.lines if each.whose is not Whose.CARD]


def _alike(line: Line, other: Line) -> bool:
    return (line.rate, line.whose) == (other.rate, other.whose)


def parts_of(sale: Sale) -> tuple[Part, ...]:
    """Return what is paid for each line and the freight, after discounts."""
    amounts = [Fraction(each.amount) for each in sale.lines]
    if sale.off_line is not None:
        of = [each.whose is not Whose.CARD and _alike(each, sale.off_line) for each in sale.lines]
        amounts = _less(amounts, of, Fraction(-sale.off_line.amount))
    if sale.discount in {Discount.ON_GOODS, Discount.ABOVE_GOODS, Discount.ABOVE_ALL}:
        goods = [each.whose is not Whose.CARD for each in sale.lines]
        on_goods = sum((n for n, good in zip(amounts, goods, strict=True) if good), Fraction(0))
        amounts = _less(amounts, goods, min(Fraction(sale.voucher), on_goods))
    if sale.discount is Discount.ON_ONE_KIND:
        of_kind = [
            each.whose is not Whose.CARD and _alike(each, sale.lines[sale.kind])
            for each in sale.lines
        ]
        amounts = _less(amounts, of_kind, Fraction(sale.voucher))
    lines = [
        Part(amount, each.rate, each.whose)
        for amount, each in zip(amounts, sale.lines, strict=True)
    ]
    free = sale.discount is Discount.ABOVE_ALL
    return (*lines, *_freight(sale, lines, Fraction(0) if free else Fraction(sale.freight)))


def _less(amounts: list[Fraction], of: list[bool], off: Fraction) -> list[Fraction]:
    whole = sum((n for n, taken in zip(amounts, of, strict=True) if taken), Fraction(0))
    return [
        n - (off * n / whole if taken and whole else 0)
        for n, taken in zip(amounts, of, strict=True)
    ]


def _freight(sale: Sale, lines: list[Part], amount: Fraction) -> list[Part]:
    """Tax the freight as the goods are; beside others than ordinary goods as these would be."""
    if not amount:
        return []
    area = area_of(sale.place, collected=sale.collected)
    whose, rates = taxed(area, sale.buyer, sale.shop)
    goods = [each for each in lines if each.whose in {whose, Whose.NONE}]
    if not goods and sale.stated is Stated.NOT:  # nothing of what the shop says names another
        rate = max(each.rate for each in lines)
        return [Part(amount, rate, Whose.DANISH if rate else Whose.NONE)]
    found = sorted({each.rate for each in goods}) or [Decimal(rates[0])]
    if sale.freight_vat is Freight.HIGHEST or len(found) == 1:
        return [Part(amount, found[-1], whose if found[-1] else Whose.NONE)]
    if sale.freight_vat is Freight.LOWEST:
        return [Part(amount, found[0], whose if found[0] else Whose.NONE)]
    weights = {
        rate: sum(
            (
                each.amount - (each.vat if sale.freight_vat is Freight.BY_NET else 0)
                for each in goods
                if each.rate == rate
            ),
            Fraction(0),
        )
        for rate in found
    }
    if not any(weights.values()):
        return [Part(amount, found[-1], whose if found[-1] else Whose.NONE)]
    return [
        Part(amount * weight / sum(weights.values()), rate, whose if rate else Whose.NONE)
        for rate, weight in weights.items()
    ]
