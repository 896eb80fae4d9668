"""What must come of the shop's orders, told from their raw JSON alone.

Nothing of the program under test is used here: the rules are those of the configuration that the
sandbox offers, applied by hand.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

DEPOSIT_ACCOUNTS = {"quickpayv10": 55010, "mobilepay": 55020, "paypal": 55030}
BANK_TRANSFER, BANK_ACCOUNT = 82, 55000
INVOICE = 81

Trigger = Literal["paid", "shipped"]


@dataclass(frozen=True)
class Expected:
    """The booked invoice that a due order must be."""

    total: Decimal
    invoice_day: date
    deposit_account: int | None
    """None leaves the invoice open."""
    payment_day: date | None


def expected_invoices(orders: list[dict[str, Any]], trigger: Trigger) -> dict[str, Expected]:
    """Return the invoices of the orders that are due, by external reference."""
    return {
        f"shoporama:{order['order_id']}": _expected(order, trigger)
        for order in orders
        if _is_due(order, trigger)
    }


def sold_for(orders: list[dict[str, Any]], trigger: Trigger) -> Decimal:
    """Return what the orders that are due were sold for."""
    return sum((_total(order) for order in orders if _is_due(order, trigger)), Decimal(0))


def _is_due(order: dict[str, Any], trigger: Trigger) -> bool:
    if order["status"] == "cancelled" or not _total(order):
        return False
    return bool(_moment(order, _trigger_of(order, trigger)))


def _expected(order: dict[str, Any], trigger: Trigger) -> Expected:
    account = _deposit_account(order)
    return Expected(
        total=_total(order),
        invoice_day=_day(_moment(order, _trigger_of(order, trigger))),
        deposit_account=account,
        payment_day=None if account is None else _day(_moment(order, "paid")),
    )


def _trigger_of(order: dict[str, Any], trigger: Trigger) -> Trigger:
    """Return the order's trigger: what is sold on invoice is due once it is shipped."""
    return "shipped" if int(order["payment_gateway_id"]) == INVOICE else trigger


def _moment(order: dict[str, Any], trigger: Trigger) -> str:
    """Return the shop's text for when it happened, empty when it didn't."""
    return str(order["paid_time" if trigger == "paid" else "sent_time"] or "")


def _day(text: str) -> date:
    """Return the day of a time as the shop writes it, in Copenhagen."""
    return date.fromisoformat(text[:10])


def _total(order: dict[str, Any]) -> Decimal:
    return Decimal(str(order["total_price"])).quantize(Decimal("0.01"))


def _deposit_account(order: dict[str, Any]) -> int | None:
    gateway = int(order["payment_gateway_id"])
    if gateway == INVOICE:
        return None
    return BANK_ACCOUNT if gateway == BANK_TRANSFER else DEPOSIT_ACCOUNTS[order["payment_gateway"]]
