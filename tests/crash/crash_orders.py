"""Orders of an invented shop, and what must come of each, told from its raw JSON alone.

Nothing of the program under test is used here: the rules are those of the configuration that the
sandbox offers, applied by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from dinero_sync.sandbox.clock import shop_time
from dinero_sync.sandbox.shop.buyers import DANISH_CONSUMERS
from dinero_sync.sandbox.shop.catalogue import BANK, CARD, INVOICE, MOBILEPAY, MUG, PAYPAL
from dinero_sync.sandbox.shop.sale import Sale, State, raw_order

Json = dict[str, Any]
Document = Literal["booked", "draft", "none"]

DEPOSIT_ACCOUNTS: Mapping[int, int] = {CARD: 55010, MOBILEPAY: 55020, PAYPAL: 55030, BANK: 55000}
FIRST_NUMBER = 10_000
MUG_COST = Decimal("52.50")
"""What the shop paid for a mug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What Dinero must hold for an order once everything is quiet."""

    order_id: int
    email: str
    total: Decimal
    """In kroner, with VAT."""
    document: Document
    deposit_account: int | None = None
    """Where the whole total is paid, but for what a gift card paid; None leaves it open."""
    has_contact: bool = True
    margin: Decimal = Decimal(0)
    """What is posted as the margin of second-hand goods, in kroner with VAT."""
    sent: bool = False
    """Whether Dinero sends the invoice to the buyer."""
    credited: Decimal = Decimal(0)
    """What one credit note takes back of it, and one refund pays back."""
    owed_again: Decimal = Decimal(0)
    """What is owed again after a chargeback."""
    paid_out: Decimal = Decimal(0)
    """What a payout takes off the account."""
    by_gift_card: Decimal = Decimal(0)
    """What a gift card of several purposes paid of it, which settles that much of a debt."""

    to_gift_card: Decimal = Decimal(0)
    """What of the credit note goes back to a gift card, and not as money."""

    @property
    def by_money(self) -> Decimal:
        """What is paid on the deposit account."""
        return self.total - self.by_gift_card

    @property
    def back_in_money(self) -> Decimal:
        """What of the credit note is paid back on the deposit account."""
        return self.credited - self.to_gift_card


def an_order(  # noqa: PLR0913 - an order is told by that many things
    order_id: int,
    now: datetime,
    *,
    buyer: int = 0,
    gateway: int = CARD,
    mugs: int = 1,
    state: State = "paid",
    days_ago: float = 5.0,
) -> Json:
    """Return a raw order of some mugs by one of the Danish consumers."""
    sale = Sale(
        buyer=DANISH_CONSUMERS[buyer],
        basket=((MUG, mugs),),
        days_ago=days_ago,
        gateway=gateway,
        state=state,
    )
    return raw_order(sale, order_id, FIRST_NUMBER + order_id, now)


def paid_now(now: datetime) -> Json:
    """Return what changes in an order that is paid at ``now``."""
    return {"paid": 1, "paid_time": shop_time(now)}


def shipped_now(now: datetime) -> Json:
    """Return what changes in an order that is shipped at ``now``."""
    return {"status": "sent", "sent_time": shop_time(now)}


def expected_of(order: Mapping[str, Any], document: Document = "booked") -> Expected:
    """Return what must come of an order; ``document`` is what a due order becomes.

    What is sold on invoice is due once it is shipped, everything else once it is paid.
    """
    gateway = int(order["payment_gateway_id"])
    on_invoice = gateway == INVOICE
    due = order["status"] == "sent" if on_invoice else bool(order["paid"])
    pays = due and document == "booked" and not on_invoice
    return Expected(
        order_id=int(order["order_id"]),
        email=str(order["email"]),
        total=Decimal(str(order["total_price"])),
        document=document if due else "none",
        deposit_account=DEPOSIT_ACCOUNTS[gateway] if pays else None,
        has_contact=due,
    )


def as_second_hand(expected: Expected, order: Mapping[str, Any]) -> Expected:
    """Return what must come of an order whose mugs are second-hand and whose invoice is sent."""
    paid = sum(Decimal(str(each["unit_price"])) * each["amount"] for each in order["products"])
    cost = sum(MUG_COST * each["amount"] for each in order["products"])
    return replace(expected, margin=paid - cost, sent=True)


def with_gift_card(order: Json, amount: Decimal) -> Json:
    """Return a raw order of which a gift card pays a part, or all."""
    total = order["total_price"] - amount
    vat = (total / 5).quantize(Decimal("0.01"))
    used = {"voucher_code": "GK-1", "voucher_discount_amount": amount}
    return {**order, **used, "total_price": total, "vat": vat}


def as_paid_by_gift_card(expected: Expected, order: Mapping[str, Any]) -> Expected:
    """Return what must come of an order that a gift card of several purposes paid a part of."""
    amount = Decimal(str(order["voucher_discount_amount"]))
    return replace(expected, total=expected.total + amount, by_gift_card=amount)


def as_credited(expected: Expected) -> Expected:
    """Return what must come of an order that is credited as a whole."""
    return replace(expected, credited=expected.total)


def as_given_back(expected: Expected) -> Expected:
    """Return what must come of an order credited as a whole, of which a card gets back its part."""
    return replace(as_credited(expected), to_gift_card=expected.by_gift_card)


def all_expected(orders: Iterable[Mapping[str, Any]], document: Document) -> list[Expected]:
    """Return what must come of each order."""
    return [expected_of(order, document) for order in orders]
