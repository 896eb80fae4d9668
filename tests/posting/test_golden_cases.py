"""Order in, invoice out: the worked cases, to the øre."""

from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, settings
from golden_cases import CONSUMER_WITH_FREIGHT, GERMAN_COMPANY, GOLDEN_CASES, GoldenCase

from dinero_sync.domain.documents import PaymentTermsType, Plan
from dinero_sync.domain.money import round_to_ore, vat_inside
from dinero_sync.posting.check import refuse_differing_totals
from dinero_sync.posting.plan import plan_order

DAY = date(2026, 12, 3)

each_case = pytest.mark.parametrize("case", GOLDEN_CASES, ids=lambda case: case.name)


def planned(case: GoldenCase) -> Plan:
    return plan_order(case.order, case.payment_type, DAY, settings(rules=case.rules), a_chart())


@each_case
def test_the_lines_are_those_of_the_bookkeeper(case: GoldenCase) -> None:
    lines = planned(case).invoice.lines

    assert [(line.description, line.quantity, line.unit_price, line.account) for line in lines] == [
        (description, Decimal(quantity), Decimal(price), account)
        for description, quantity, price, account, _ in case.lines
    ]


@each_case
def test_the_vat_of_each_line_is_that_of_the_bookkeeper(case: GoldenCase) -> None:
    lines = planned(case).invoice.lines

    assert [round_to_ore(vat_inside(line.amount, line.vat_rate)) for line in lines] == [
        Decimal(vat) for *_, vat in case.lines
    ]


@each_case
def test_a_reduced_line_tells_its_normal_price_and_what_the_voucher_took(case: GoldenCase) -> None:
    assert tuple(line.comments for line in planned(case).invoice.lines) == case.comments


@each_case
def test_the_total_is_what_the_customer_pays(case: GoldenCase) -> None:
    assert planned(case).invoice.total == Decimal(case.total) == case.order.total


@each_case
def test_a_draft_with_the_right_totals_may_be_booked(case: GoldenCase) -> None:
    invoice = planned(case).invoice

    for vat in case.vat:
        refuse_differing_totals(invoice, "DKK", Decimal(case.total), Decimal(vat))
    assert round_to_ore(invoice.vat) == Decimal(case.vat[-1])


@each_case
def test_the_invoice_speaks_the_language_of_the_buyer(case: GoldenCase) -> None:
    assert planned(case).invoice.language == case.language


@each_case
def test_the_payment_is_what_the_customer_paid_or_there_is_none(case: GoldenCase) -> None:
    payment = planned(case).payment

    assert (payment and (payment.deposit_account, payment.amount)) == (
        case.paid and (55010, Decimal(case.paid))
    )


def test_a_paid_order_has_an_invoice_with_the_terms_paid() -> None:
    terms = planned(CONSUMER_WITH_FREIGHT).invoice.terms

    assert terms is not None
    assert (terms.type, terms.days) == (PaymentTermsType.PAID, None)


def test_an_order_to_be_paid_later_has_the_terms_of_its_payment_type() -> None:
    terms = planned(GERMAN_COMPANY).invoice.terms

    assert terms is not None
    assert (terms.type, terms.days) == (PaymentTermsType.NETTO, 14)


def test_a_company_abroad_is_a_debtor_with_its_vat_number_and_country() -> None:
    contact = planned(GERMAN_COMPANY).contact

    assert (contact.name, contact.attention) == ("Muster GmbH", "Erika Muster")
    assert (contact.vat_number, contact.country) == ("DE136695976", "DE")
