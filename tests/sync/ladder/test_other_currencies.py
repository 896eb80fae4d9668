"""Orders in another currency: the invoice in it, the payment at the rate of invoice or provider."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import next_step_of
from shop import CARD, ORDER_ID, a_line, raw_order

from dinero_sync.dinero import invoices
from dinero_sync.dinero.invoices import InvoiceSummary, InvoiceTotals

STRIPE: dict[str, Any] = {
    "name": "Stripe",
    "when": {"gateway_id": CARD},
    "paid": True,
    "deposit_account": 55080,
}


@pytest.fixture
def in_euro(business: Business) -> Business:
    """Sell goods for 112.50 EUR, which is 839.25 kr. at the sandbox's rate of 7.46."""
    business.config["payment_types"] = [STRIPE]
    business.config["shoporama"]["currency"] = "EUR"
    business.sell(raw_order(products=[a_line(unit_price=Decimal("112.50"))]))
    return business


def test_the_payment_is_what_the_invoice_is_in_kroner(in_euro: Business) -> None:
    in_euro.run_once()

    (payment,) = in_euro.invoice().payments
    assert (payment.amount, payment.amount_in_currency) == (Decimal("839.25"), Decimal("112.50"))
    assert in_euro.invoice().remaining == 0
    assert in_euro.order().total_dkk == Decimal("839.25")


def test_the_providers_rate_leaves_the_difference_to_dinero(in_euro: Business) -> None:
    in_euro.config["payment_types"] = [STRIPE | {"exchange_rate": 7.448}]

    in_euro.run_once()

    (payment,) = in_euro.invoice().payments
    assert payment.amount == Decimal("837.90")
    assert in_euro.sandbox.organisation.balances()[1445] == Decimal("1.35")


def test_a_payment_after_a_lost_answer_is_registered_once(in_euro: Business) -> None:
    in_euro.fault("reset_after", "*/payments", "POST")

    in_euro.run_once()
    in_euro.run_once()

    assert in_euro.payments() == [Decimal("839.25")]
    assert in_euro.order().standing == "done"


def test_a_payment_after_a_lost_state_folder_asks_dinero_for_the_rate(in_euro: Business) -> None:
    in_euro.fault("status_before", "*/payments", "POST", status=503, times=None)
    in_euro.run_once()
    in_euro.sandbox.clear_faults()
    for path in in_euro.state_folder.iterdir():
        path.unlink()

    in_euro.run_once()

    assert in_euro.payments() == [Decimal("839.25")]
    assert in_euro.order(ORDER_ID).standing == "done"


def test_a_rate_that_is_written_in_after_booking_counts_for_the_payment(in_euro: Business) -> None:
    in_euro.config["sync"]["trigger"] = "shipped"
    in_euro.change(paid=0, paid_time="", status="sent", sent_time="2026-12-09 14:00:00")
    in_euro.run_once()
    assert in_euro.order().reason == "awaiting_payment"

    in_euro.config["payment_types"] = [STRIPE | {"exchange_rate": 7.448}]
    in_euro.wait(hours=7)
    in_euro.change(paid=1, paid_time="2026-12-10 15:00:00")
    in_euro.run_once()

    assert in_euro.payments() == [Decimal("837.90")]


def test_a_rate_that_dinero_doesnt_tell_holds_the_payment_until_it_is_written_in(
    in_euro: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def untold(record: InvoiceTotals | InvoiceSummary) -> InvoiceTotals | InvoiceSummary:
        return replace(record, total_dkk=None)

    totals, summary = invoices.invoice_totals, invoices.invoice_summary
    monkeypatch.setattr(invoices, "invoice_totals", lambda wire: untold(totals(wire)))
    monkeypatch.setattr(invoices, "invoice_summary", lambda wire: untold(summary(wire)))

    in_euro.run_once()

    assert in_euro.order().reason == "currency_not_allowed"
    assert "exchange_rate" in (next_step_of(in_euro.order()) or "")
    assert in_euro.invoice().is_booked
    in_euro.config["payment_types"] = [STRIPE | {"exchange_rate": 7.448}]
    in_euro.change(tracking_number="1")
    in_euro.run_once()
    assert in_euro.payments() == [Decimal("837.90")]
