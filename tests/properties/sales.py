"""Sales of the shop: each as the shop tells it, and as the books should have it in the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from dinero_sync.domain.hold import HoldReason

Json = dict[str, Any]
ORE = Decimal("0.01")
FIRST_ORDER = 4815162
DENMARK, NORWAY = 45, 128


class Way(Enum):
    """A way to pay: the shop's gateway, the event that books it, whether money is registered."""

    CARD = (77, "quickpayv10", "paid", True)
    TRANSFER = (82, "other", "paid", True)
    MOBILE = (78, "mobilepay", "shipped", True)
    INVOICE = (81, "other", "shipped", False)

    def __init__(self, gateway: int, code: str, trigger: str, registers: bool) -> None:  # noqa: FBT001 - the columns of the table above
        """Take a row of the table."""
        self.gateway = gateway
        self.code = code
        self.trigger = trigger
        self.registers = registers


BUYERS: dict[str, Json] = {
    "consumer": {"email": "anna.proeve@example.com"},
    "same consumer": {"email": " Anna.Proeve@Example.com "},
    "consumer without e-mail": {"email": ""},
    "business": {
        "order_company_name": "Café Prøve ApS",
        "vat_number": "90000039",
        "email": "faktura@cafe.example",
    },
    "public": {
        "order_company_name": "Prøvekommunens Skole",
        "ean_number": "5798009999993",
        "email": "skole@kommune.example",
    },
    "abroad": {
        "email": "unni@example.no",
        "order_country_id": NORWAY,
        "order_zipcode": "0153",
        "order_city": "Oslo",
    },
}


@dataclass(kw_only=True)
class Sale:
    """What really happened to an order, told by those who did it."""

    order_id: int
    way: Way
    buyer: str = "consumer"
    pieces: Sequence[tuple[Decimal | int, Decimal]]
    """Number and unit price, gross, of each order line: pieces or metres, kroner or less."""
    freight: Decimal = Decimal(0)
    voucher: Decimal = Decimal(0)
    paid: bool = False
    shipped: bool = field(default=False, repr=False)
    cancelled: bool = field(default=False, repr=False)
    ended: bool = field(default=False, repr=False)
    """A person skipped it."""
    settled: bool = field(default=False, repr=False)
    """A person accepted a change after booking."""
    by_hand: set[str] = field(default_factory=set, repr=False)
    """What was done in Dinero by hand: ``edited``, ``deleted``, ``booked``, ``paid``."""
    changed_after_booking: bool = field(default=False, repr=False)

    @property
    def total(self) -> Decimal:
        """Return what the customer pays."""
        lines = ((number * price).quantize(ORE, ROUND_HALF_UP) for number, price in self.pieces)
        return sum(lines, self.freight) - self.voucher

    @property
    def vat(self) -> Decimal:
        """Return the Danish VAT in the total."""
        share = Decimal(0) if self.buyer == "abroad" else Decimal("0.2")
        return (self.total * share).quantize(ORE, ROUND_HALF_UP)

    @property
    def is_due(self) -> bool:
        """Tell whether the sale belongs in the books now."""
        happened = self.paid if self.way.trigger == "paid" else self.shipped
        return happened and not self.cancelled

    def amounts(self) -> Json:
        """Return the fields of the shop's order that a price decides."""
        rate = 0 if self.buyer == "abroad" else 25
        return {
            "products": [
                {
                    "product_id": 900101 + at,
                    "own_id": f"KRUS-{at}",
                    "name": "Krus",
                    "amount": number,
                    "unit_price": price,
                    "vat": rate,
                    "attributes": [],
                }
                for at, (number, price) in enumerate(self.pieces)
            ],
            "total_price": self.total,
            "vat": self.vat,
        }

    def as_order(self, placed: str) -> Json:
        """Return the order as the shop lists it when it was just placed."""
        return {
            "order_id": self.order_id,
            "webshop_order_id": self.order_id - FIRST_ORDER + 10427,
            "time": placed,
            "last_modified": placed,
            "status": "sent" if self.shipped else "new",
            "paid": int(self.paid),
            "paid_time": placed if self.paid else "",
            "sent_time": placed if self.shipped else "",
            "order_name": "Anna Prøve",
            "order_company_name": "",
            "order_address": "Prøvevej 7",
            "order_zipcode": "8000",
            "order_city": "Aarhus C",
            "order_country_id": DENMARK,
            "phone": "+4500000000",
            "vat_number": "",
            "ean_number": "",
            "del_country_id": "",
            "shipping_id": 301,
            "shipping_price": self.freight,
            "payment_gateway_id": self.way.gateway,
            "payment_gateway": self.way.code,
            "voucher_code": "VINTER" if self.voucher else "",
            "voucher_discount_amount": self.voucher,
            **BUYERS[self.buyer],
            **self.amounts(),
        }

    def causes_of_a_hold(self) -> Iterator[HoldReason]:
        """Name every reason for which a person may rightly be asked about the sale."""
        if "deleted" in self.by_hand or self.ended:
            yield HoldReason.DRAFT_DELETED
        if "edited" in self.by_hand:
            yield HoldReason.TOTALS_DIFFER
        if "paid" in self.by_hand:
            yield HoldReason.PAID_DIFFERENTLY
        if self.changed_after_booking:
            yield HoldReason.CHANGED_AFTER_BOOKING
            yield HoldReason.DOCUMENT_DIFFERS
            yield HoldReason.PAID_DIFFERENTLY
        if self.cancelled:
            yield HoldReason.CANCELLED_AFTER_BOOKING
            yield HoldReason.NO_LONGER_DUE
            yield HoldReason.DOCUMENT_DIFFERS


PRICES = st.sampled_from(
    [Decimal(text) for text in ("0.01", "33.33", "125.00", "149.95", "1249", "133.3333")]
)
NUMBERS = st.sampled_from([Decimal(text) for text in ("1", "2", "3", "1.25")])
PIECES = st.lists(st.tuples(NUMBERS, PRICES), min_size=1, max_size=3)


@st.composite
def sales(draw: st.DrawFn, *, due: bool = False) -> Sale:
    """Draw a sale that was just made, and where asked for is due at once; it has no id yet."""
    sale = Sale(
        order_id=0,
        way=draw(st.sampled_from(Way)),
        buyer=draw(st.sampled_from(sorted(BUYERS))),
        pieces=draw(PIECES),
        freight=draw(st.sampled_from([Decimal(0), Decimal("49.00")])),
        paid=draw(st.booleans()),
    )
    if due:
        sale.paid = sale.paid or sale.way.trigger == "paid"
        sale.shipped = sale.way.trigger == "shipped"
    if draw(st.booleans()):
        most = int(sale.total / ORE) - 1
        sale.voucher = draw(st.integers(0, most)) * ORE
    return sale
