"""Orders that are held for the day of a document, one for each sentence.

It is 10 December; the order is paid on the 8th, and the books are closed up to the 9th.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from held_orders_of_the_shop import REDEEMED, Happening, second_hand, sold
from person import Held, Situation
from second_hand import SOLD_LAMP
from shop import BANK, CARD

from dinero_sync.sandbox.dinero.books import AccountingYear

CLOSED = date(2026, 12, 9)
UNPAID_CARD: dict[str, Any] = {"name": "Kort", "when": {"gateway_id": CARD}, "paid": False}


def close(situation: Situation) -> None:
    """Close the books."""
    situation.business.config["dinero"]["closed_until"] = CLOSED.isoformat()


def closed_before(path: str, **order: Any) -> Happening:  # noqa: ANN401 - any field
    """Close the books when an order is booked, and what comes at ``path`` isn't there yet."""

    def happens(situation: Situation) -> None:
        business = situation.business
        business.fault("status_before", path, "POST", status=503, times=None)
        sold(**order)(situation)
        business.sandbox.clear_faults()
        close(situation)
        business.run_once()

    return happens


def margin_closed(situation: Situation) -> None:
    """Close the books before the margin of a sale is posted that registers no payment."""
    second_hand(situation)
    situation.business.config["payment_types"] = [UNPAID_CARD]
    closed_before("*/ledgeritems", products=[SOLD_LAMP])(situation)


def gift_card_closed(situation: Situation) -> None:
    """Close the books before a gift card's debt is settled on a sale that no money pays."""
    situation.business.config["payment_types"] = [UNPAID_CARD]
    of_card = {"voucher_code": "GK-1", "voucher_discount_amount": Decimal(25)}
    closed_before("*/ledgeritems", posting=REDEEMED, **of_card)(situation)


def no_year(situation: Situation) -> None:
    """Have no accounting year in Dinero that the order's day lies in."""
    years = situation.business.sandbox.organisation.years
    years[:] = [AccountingYear(date(2020, 1, 1), date(2020, 12, 31))]
    sold()(situation)


def open_year(situation: Situation) -> None:
    """Create the year."""
    years = situation.business.sandbox.organisation.years
    years[:] = [AccountingYear(date(2026, 1, 1), date(2026, 12, 31))]


def paid_last_month(situation: Situation) -> None:
    """Ship in December what was paid by bank in November."""
    situation.business.config["sync"] |= {"trigger": "shipped", "start_date": "2026-11-01"}
    days: dict[str, Any] = {
        "time": "2026-11-28 10:15:00",
        "last_modified": "2026-11-28 10:15:00",
        "paid_time": "2026-11-30 23:50:00",
        "sent_time": "2026-12-05 14:00:00",
    }
    sold(payment_gateway_id=BANK, status="sent", **days)(situation)


OF_DAYS: Mapping[str, Held] = {
    "paid_before_invoice": Held(happens=paid_last_month),
    "period_closed.invoice": Held(happens=sold(before=close)),
    "period_closed.gift_card": Held(happens=gift_card_closed),
    "period_closed.margin": Held(happens=margin_closed),
    "period_closed.payment": Held(happens=closed_before("*/payments")),
    "rejected_by_dinero.no_year": Held(happens=no_year, done={"open_accounting_year": open_year}),
}
