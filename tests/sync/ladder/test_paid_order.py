"""A paid order becomes one booked, paid invoice, to the øre."""

from datetime import date
from decimal import Decimal

import pytest
from business import Business
from shop import GERMAN_BUSINESS, ORDER_ID, a_line, raw_order

from dinero_sync.errors import ExitCode

DEBTORS, OUTPUT_VAT, CARD_MONEY = 53000, 64000, 55010


def test_a_paid_order_becomes_one_booked_and_paid_invoice(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once()

    (invoice,) = business.invoices()
    assert invoice.is_booked
    assert (invoice.totals.gross, invoice.totals.vat) == (Decimal("125.00"), Decimal("25.00"))
    assert business.payments() == [Decimal("125.00")]
    assert finished.exit_code == ExitCode.OK
    assert finished.result.outcomes() == {"booked": 1}


def test_the_money_stands_on_the_accounts_that_the_rules_name(business: Business) -> None:
    business.sell(raw_order(shipping_price=Decimal("49.00")))

    business.run_once()

    balances = business.sandbox.organisation.balances()
    assert balances == {
        1000: Decimal("-100.00"),
        1350: Decimal("-39.20"),
        DEBTORS: Decimal("0.00"),
        CARD_MONEY: Decimal("174.00"),
        OUTPUT_VAT: Decimal("-34.80"),
    }
    assert sum(balances.values()) == 0


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [("33.33", 3, "99.99"), ("0.07", 7, "0.49"), ("149.95", 2, "299.90"), ("678.01", 1, "678.01")],
)
def test_the_invoice_says_the_total_of_the_order_to_the_ore(
    business: Business, price: str, quantity: int, total: str
) -> None:
    business.sell(raw_order(products=[a_line(unit_price=Decimal(price), amount=quantity)]))

    business.run_once()

    assert business.invoice().totals.gross == Decimal(total)
    assert business.invoice().remaining == 0


def test_a_voucher_is_spread_over_the_lines_and_the_total_stays_exact(business: Business) -> None:
    lines = [a_line(unit_price=Decimal("100.00"), amount=3), a_line(unit_price=Decimal("49.95"))]
    business.sell(
        raw_order(products=lines, voucher_code="TAK", voucher_discount_amount=Decimal("33.35"))
    )

    business.run_once()

    invoice = business.invoice()
    assert [line.gross for line in invoice.lines] == [Decimal("271.41"), Decimal("45.19")]
    assert invoice.totals.gross == Decimal("316.60")
    assert "rabat TAK" in invoice.lines[0].fields["Comments"]


@pytest.mark.parametrize(
    ("paid_time", "day"),
    [
        ("2026-12-08 23:59:59", date(2026, 12, 8)),
        ("2026-12-09 00:00:00", date(2026, 12, 9)),
        ("2026-12-08T23:30:00Z", date(2026, 12, 9)),
    ],
)
def test_invoice_and_payment_are_dated_the_copenhagen_day_the_order_was_paid(
    business: Business, paid_time: str, day: date
) -> None:
    business.sell(raw_order(paid_time=paid_time, last_modified="2026-12-09 08:00:00"))

    business.run_once()

    invoice = business.invoice()
    assert (invoice.date, invoice.payments[0].date) == (day, day)


def test_invoice_and_payment_refer_to_the_order(business: Business) -> None:
    business.sell(raw_order())

    business.run_once()

    invoice = business.invoice()
    assert invoice.guid == "452c54aa-74d7-5bb0-b7a0-994c2ed29b59"
    assert invoice.fields["ExternalReference"] == f"shoporama:{ORDER_ID}"
    assert invoice.payments[0].external_reference == f"shoporama:{ORDER_ID}:payment"
    assert invoice.payments[0].description == "Kort, ordre 10427"


def test_a_danish_invoice_has_danish_words_and_the_address_of_the_order(business: Business) -> None:
    business.sell(raw_order())

    business.run_once()

    fields = business.invoice().fields
    assert fields["Language"] == "da-DK"
    assert fields["Address"] == "Anna Prøve\nPrøvevej 7\n8000 Aarhus C"
    assert fields["Description"] == "Faktura, ordre 10427"
    assert fields["Comment"] == "Ordre 10427 af 08-12-2026."
    assert fields["PaymentConditionType"] == "Paid"


def test_a_foreign_invoice_is_in_english_and_names_the_country(business: Business) -> None:
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))

    business.run_once()

    fields = business.invoice().fields
    assert fields["Language"] == "en-GB"
    assert fields["Address"].endswith("20095 Hamburg\nDE")


def test_the_run_says_what_came_of_the_order(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once()

    (outcome,) = finished.events("order.outcome")
    expected = {
        "order_id": ORDER_ID,
        "outcome": "booked",
        "reason": None,
        "invoice_guid": "452c54aa-74d7-5bb0-b7a0-994c2ed29b59",
        "invoice_number": 1001,
        "total": "125.00",
        "currency": "DKK",
    }
    assert {name: outcome[name] for name in expected} == expected


def test_a_second_run_writes_nothing(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    again = business.run_once()

    assert again.writes() == []
    assert again.result.outcomes() == {}


def test_an_idle_run_makes_one_call_to_the_shop_and_none_to_dinero(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    idle = business.run_once()

    assert [request.service for request in idle.requests] == ["shoporama"]
    assert idle.result.calls == {"shoporama": 1, "dinero": 0}


def test_a_shop_without_orders_costs_one_call(business: Business) -> None:
    finished = business.run_once()

    assert [request.service for request in finished.requests] == ["shoporama"]
    assert finished.exit_code == ExitCode.OK


def test_a_prepaid_order_of_a_known_buyer_costs_three_changes_at_dinero(business: Business) -> None:
    business.sell(raw_order())
    first = business.run_once()
    business.sell(raw_order(ORDER_ID + 1))

    second = business.run_once()

    kinds = [call.rsplit("/", maxsplit=1)[-1] for call in second.writes()]
    assert kinds == ["POST invoices", "book", "payments"]
    assert len(first.writes()) == 4


def test_no_payment_is_registered_where_no_payment_types_are_configured(business: Business) -> None:
    business.config["payment_types"] = []
    business.sell(raw_order())

    finished = business.run_once()

    invoice = business.invoice()
    assert invoice.is_booked
    assert invoice.payments == []
    assert invoice.fields["PaymentConditionType"] is None
    assert finished.result.outcomes() == {"booked": 1}
