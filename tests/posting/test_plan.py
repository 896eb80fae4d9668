"""A due order becomes a contact, an invoice and perhaps a payment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    at,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import PaymentTerms, PaymentTermsType, Plan
from dinero_sync.domain.order import Address, Order
from dinero_sync.posting.days.received import payment_day
from dinero_sync.posting.payments import payment_of
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.settings import PaymentType, Received, Trigger
from dinero_sync.posting.texts import address_text

DAY = date(2026, 12, 5)


def planned(order: Order, payment_type: PaymentType | None = None) -> Plan:
    return plan_order(order, payment_type, DAY, settings(), a_chart())


def test_the_invoice_carries_the_identity_of_its_order() -> None:
    invoice = planned(an_order()).invoice

    assert invoice.guid == UUID("452c54aa-74d7-5bb0-b7a0-994c2ed29b59")
    assert invoice.reference == "shoporama:4815162"


@pytest.mark.parametrize(
    ("given", "kept", "comment"),
    [
        ("PO 77", "PO 77", "Ordre 10427 af 03-12-2026.\nDeres reference: PO 77"),
        ("", None, "Ordre 10427 af 03-12-2026."),
    ],
)
def test_the_buyers_own_reference_stands_on_the_invoice(
    given: str, kept: str | None, comment: str
) -> None:
    plan = planned(an_order(reference=given))

    assert plan.reference == kept
    assert plan.invoice.comment == comment


@pytest.mark.parametrize(
    ("trigger", "country", "said"),
    [
        (Trigger.PAID, "DK", "Ordre 10427 af 03-12-2026.\nBetalt den 30-11-2026."),
        (Trigger.SHIPPED, "DK", "Ordre 10427 af 03-12-2026.\nLeveret den 30-11-2026."),
        (Trigger.PAID, "SE", "Order 10427 of 03-12-2026.\nPaid on 30-11-2026."),
        (Trigger.SHIPPED, "SE", "Order 10427 of 03-12-2026.\nDelivered on 30-11-2026."),
    ],
)
def test_an_invoice_that_bears_another_day_than_its_sale_names_the_sales(
    trigger: Trigger, country: str, said: str
) -> None:
    order = an_order(billing=an_address(country=country))
    sale = sale_of(order, None, settings(trigger=trigger), a_chart())

    moved = plan_sale(sale, DAY, date(2026, 11, 30)).invoice

    assert (moved.date, moved.comment) == (DAY, said)
    same_day = plan_sale(sale, DAY, DAY).invoice
    assert same_day == plan_sale(sale, DAY).invoice
    assert same_day.comment == said.partition("\n")[0]


def test_an_order_whose_money_came_at_once_names_the_day_it_was_paid() -> None:
    at_once = a_payment_type(received=Received.AT_ONCE)
    sale = sale_of(an_order(), at_once, settings(trigger=Trigger.SHIPPED), a_chart())

    comment = plan_sale(sale, DAY, date(2026, 11, 30)).invoice.comment

    assert comment.endswith("\nBetalt den 30-11-2026.")


def test_the_invoice_is_dated_the_day_it_was_judged_due() -> None:
    assert planned(an_order()).invoice.date == DAY


@pytest.mark.parametrize(
    ("country", "language", "heading", "comment"),
    [
        ("DK", "da-DK", "Faktura, ordre 10427", "Ordre 10427 af 03-12-2026."),
        ("FO", "da-DK", "Faktura, ordre 10427", "Ordre 10427 af 03-12-2026."),
        ("GL", "da-DK", "Faktura, ordre 10427", "Ordre 10427 af 03-12-2026."),
        ("SE", "en-GB", "Invoice, order 10427", "Order 10427 of 03-12-2026."),
    ],
)
def test_the_invoice_names_the_order_in_danish_or_else_in_english(
    country: str, language: str, heading: str, comment: str
) -> None:
    invoice = planned(an_order(billing=an_address(country=country))).invoice

    assert (invoice.language, invoice.heading, invoice.comment) == (language, heading, comment)


def test_the_order_was_placed_on_its_copenhagen_day() -> None:
    order = an_order(created=at("2026-12-03", "00:30"))

    assert planned(order).invoice.comment == "Ordre 10427 af 03-12-2026."


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (an_address(), "Anna Prøve\nPrøvevej 7\n8000 Aarhus C"),
        (
            an_address(company="Prøvefirma ApS"),
            "Prøvefirma ApS\nAnna Prøve\nPrøvevej 7\n8000 Aarhus C",
        ),
        (
            an_address(zip_code="0150", city="Oslo", country="NO"),
            "Anna Prøve\nPrøvevej 7\n0150 Oslo\nNO",
        ),
        (an_address(street="", zip_code="", city=""), "Anna Prøve"),
    ],
)
def test_the_address_on_the_invoice_is_the_orders_and_names_a_foreign_country(
    address: Address, text: str
) -> None:
    assert address_text(address) == text
    assert planned(an_order(billing=address)).invoice.address == text


def test_an_order_without_a_payment_type_has_neither_payment_nor_terms() -> None:
    plan = planned(an_order())

    assert (plan.payment, plan.payment_type, plan.invoice.terms) == (None, None, None)


def test_a_payment_carries_the_orders_reference_total_and_payment_type() -> None:
    plan = planned(an_order(), a_payment_type(name="MobilePay", deposit_account=55020))

    assert plan.payment_type == "MobilePay"
    assert plan.payment is not None
    assert plan.payment.reference == "shoporama:4815162:payment"
    assert (plan.payment.deposit_account, plan.payment.amount) == (55020, Decimal("125.00"))
    assert plan.payment.description == "MobilePay, ordre 10427"


def test_a_payment_in_another_currency_waits_for_dineros_rate() -> None:
    payment = planned(an_order(currency="EUR"), a_payment_type()).payment

    assert payment is not None
    assert (payment.amount, payment.foreign_amount) == (None, Decimal("125.00"))


def test_a_payment_in_another_currency_is_reckoned_at_the_rate_of_its_payment_type() -> None:
    payment_type = a_payment_type(exchange_rate=Decimal("7.448"))
    payment = planned(an_order(currency="EUR"), payment_type).payment

    assert payment is not None
    assert (payment.amount, payment.foreign_amount) == (Decimal("931.00"), Decimal("125.00"))


def test_an_invoice_in_another_currency_is_planned_where_no_payment_is_registered() -> None:
    assert planned(an_order(currency="EUR")).invoice.currency == "EUR"


@pytest.mark.parametrize("trigger", Trigger)
def test_a_payment_is_dated_the_copenhagen_day_it_was_paid(trigger: Trigger) -> None:
    order = an_order(paid_at=at("2026-12-04", "00:10"))

    assert payment_day(order, DAY, trigger) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("trigger", "dated"),
    [(Trigger.PAID, DAY), (Trigger.SHIPPED, date(2026, 12, 8))],
    ids=["being paid made it due: the invoice's day", "else: the day of the change"],
)
def test_a_payment_whose_day_isnt_told_is_never_dated_by_guesswork(
    trigger: Trigger, dated: date
) -> None:
    order = an_order(paid_at=None, changed=at("2026-12-08"))

    assert payment_day(order, DAY, trigger) == dated


def test_the_same_order_always_gives_the_same_plan() -> None:
    assert planned(an_order()) == planned(an_order())


def test_every_account_that_settings_name_is_listed_once_with_its_key() -> None:
    rules = (a_rule(1255), a_rule(1000), a_rule(1300), a_rule(1255))

    assert settings(rules=rules).entry_accounts() == {
        1000: "posting.sales_account",
        1350: "posting.shipping_account",
        1255: "posting.rules[0].account",
        1300: "posting.rules[2].account",
    }


def test_every_deposit_account_that_settings_name_is_listed_with_its_key() -> None:
    later = replace(a_payment_type(name="Faktura"), deposit_account=None)

    assert settings(payment_types=(later, a_payment_type())).deposit_accounts() == {
        55010: "payment_types[1].deposit_account"
    }


def test_a_paid_order_has_terms_that_say_so() -> None:
    assert planned(an_order(), a_payment_type()).invoice.terms == PaymentTerms(
        type=PaymentTermsType.PAID, days=None
    )


def test_an_invoice_that_is_paid_later_has_the_terms_of_its_payment_type() -> None:
    terms = PaymentTerms(type=PaymentTermsType.NETTO, days=14)
    later = a_payment_type(deposit_account=None, terms=terms)

    assert planned(an_order(), later).invoice.terms == terms


def test_a_payment_in_kroner_has_no_foreign_amount() -> None:
    payment = payment_of(an_order(), a_payment_type())

    assert payment is not None
    assert (payment.amount, payment.foreign_amount) == (an_order().total, None)


def test_danish_goods_without_vat_need_no_note() -> None:
    order = an_order(lines=(a_line(vat_rate=Decimal(0)),))
    books = settings(rules=(a_rule(1050),))

    invoice = plan_order(order, None, DAY, books, a_chart()).invoice

    assert invoice.comment == "Ordre 10427 af 03-12-2026."


def test_an_order_of_freight_alone_is_planned() -> None:
    order = an_order(lines=(), shipping_price=Decimal(39), vat=Decimal("7.80"))

    (line,) = planned(order).invoice.lines

    assert (line.account, line.amount) == (1350, Decimal(39))
