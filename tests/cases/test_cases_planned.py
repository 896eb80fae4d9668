"""Order and rules in, documents out: what a bookkeeper would have written, to the øre."""

from decimal import Decimal

import pytest
from case_files import Case, Json, case_named, cases
from case_plan import chart, configuration, order_of, planned

from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import round_to_ore, vat_inside
from dinero_sync.posting.days.received import payment_day
from dinero_sync.posting.plan import refuse_differing_totals
from dinero_sync.posting.settings import Trigger


def as_written(line: InvoiceLine) -> Json:
    return {
        "text": line.description,
        "comment": line.comments,
        "account": line.account,
        "vat_code": chart().entry[line.account].vat_code,
        "quantity": line.quantity,
        "price": line.unit_price,
        "vat": round_to_ore(vat_inside(line.amount, line.vat_rate)),
    }


def test_the_lines_are_those_of_the_bookkeeper(case: Case) -> None:
    lines = [as_written(line) for line in planned(case).invoice.lines]

    assert lines == [{"comment": None, **line} for line in case.invoice["lines"]]


def test_the_rows_without_amounts_are_those_of_the_bookkeeper(case: Case) -> None:
    assert list(planned(case).invoice.texts) == case.invoice.get("texts", [])


def test_the_lines_come_to_what_the_customer_pays(case: Case) -> None:
    plan, paid = planned(case), order_of(case, configuration(case)).total

    assert plan.invoice.total == case.invoice["total"] == paid + plan.paid_by_card


def test_a_draft_with_the_vat_of_the_bookkeeper_may_be_booked(case: Case) -> None:
    invoice = planned(case).invoice

    for vat in case.invoice["vat"]:
        refuse_differing_totals(invoice, invoice.currency, case.invoice["total"], vat)
    assert round_to_ore(invoice.vat) in case.invoice["vat"]


def test_the_invoice_is_in_the_buyer_s_language_and_the_order_s_currency(case: Case) -> None:
    invoice = planned(case).invoice

    expected = (case.invoice["language"], case.invoice.get("currency", "DKK"))
    assert (invoice.language, invoice.currency) == expected


def test_an_invoice_without_vat_says_why_and_no_other_does(case: Case) -> None:
    reference, _, reason = planned(case).invoice.comment.partition("\n")

    assert case.number in reference
    assert reason == case.invoice.get("comment", "")


def test_the_terms_are_those_of_the_payment_type(case: Case) -> None:
    terms = planned(case).invoice.terms

    assert terms is not None
    assert (terms.type, terms.days) == (case.invoice["terms"], case.invoice.get("days"))


def test_the_payment_is_what_the_customer_paid_or_there_is_none(case: Case) -> None:
    payment, order = planned(case).payment, order_of(case, configuration(case))

    written = payment and {
        "account": payment.deposit_account,
        "amount": payment.amount,
        "foreign_amount": payment.foreign_amount,
        "date": payment_day(order, case.day, Trigger.PAID),
    }
    expected = case.expected.get("payment")
    assert written == (expected and {"foreign_amount": None, **expected})


def test_what_a_gift_card_paid_is_what_the_bookkeeper_takes_off_its_debt(case: Case) -> None:
    use = planned(case).gift_card

    written = use and {
        "text": use.item.description,
        "date": use.item.date,
        "account": use.payment.deposit_account,
        "debt_account": use.item.account,
        "amount": use.item.amount,
    }
    assert written == case.expected.get("gift_card")
    assert use is None or use.payment.amount == use.item.amount
    assert use is None or use.item.balancing_account == use.payment.deposit_account


def test_the_ledger_items_are_those_of_the_bookkeeper(case: Case) -> None:
    items = [
        {
            "text": item.description,
            "date": item.date,
            "account": item.account,
            "vat_code": item.vat_code,
            "balancing_account": item.balancing_account,
            "balancing_vat_code": item.balancing_vat_code,
            "amount": item.amount,
        }
        for item in planned(case).ledger_items
    ]

    assert items == case.expected.get("ledger_items", [])


def test_a_company_abroad_is_a_debtor_with_its_vat_number_and_country() -> None:
    case = case_named("d-eu-business")
    contact = planned(case).contact

    assert case.expected["contact"] == {
        "name": contact.name,
        "country": contact.country,
        "vat_number": contact.vat_number,
    }


@pytest.mark.parametrize("country", ["GB", "US", "FO", "GL"])
def test_all_the_world_outside_the_eu_is_treated_as_norway_is(country: str) -> None:
    norway = case_named("f-export")
    elsewhere = norway.with_order(order_country_id=country, order_zipcode="100")

    lines = [as_written(line) for line in planned(elsewhere).invoice.lines]
    assert [(line["account"], line["vat"]) for line in lines] == [(1255, 0), (1255, 0)]


def test_a_gift_card_that_is_used_is_a_line_of_its_own_and_lowers_no_price() -> None:
    *goods, card = planned(case_named("g-gift-card-used")).invoice.lines

    assert sum((line.amount for line in goods), Decimal(0)) == Decimal("549.00")
    assert (card.account, card.amount) == (63085, Decimal("-200.00"))


def test_the_sale_of_a_gift_card_touches_no_revenue_account() -> None:
    sold = [case for case in cases() if case.name.startswith("h-")]

    used = {line.account for case in sold for line in planned(case).invoice.lines}
    assert used == {63080, 63085}


def test_from_no_row_of_the_invoice_the_margin_of_second_hand_goods_can_be_told() -> None:
    plan = planned(case_named("c-second-hand"))
    (item,) = plan.ledger_items

    shown = " ".join(
        [
            plan.invoice.comment,
            *plan.invoice.texts,
            *(f"{line.description} {line.comments}" for line in plan.invoice.lines),
        ]
    )
    assert item.amount == 850
    assert [number for number in ("600", "850", "680", "170") if number in shown] == []
