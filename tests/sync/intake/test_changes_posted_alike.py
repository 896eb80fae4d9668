"""A booked order that changes in the shop is compared by what would be posted and reported."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import message_of, next_step_of
from second_hand import RULES, SOLD_LAMP
from shop import BUSINESS, GERMAN_BUSINESS, GERMANY, MOBILEPAY, PUBLIC, a_line, raw_order

from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind
from dinero_sync.sync.run.resolve import accept, gather
from dinero_sync.texts.telling import said

Json = dict[str, Any]
A, B = a_line(amount=2, unit_price=Decimal(50)), a_line(product_id=7, own_id="B", name="Kande")
HALF = a_line(unit_price=Decimal(50))
GERMAN: Json = {
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
    "order_city": "Hamburg",
}
PICK_UP = 303
OSS: Json = {
    "name": "OSS",
    "when": {"zone": "eu", "buyer": "consumer"},
    "account": 1151,
    "foreign_vat_account": 64200,
}
GERMAN_VAT: Json = {**GERMAN, "products": [a_line(vat=19)], "vat": Decimal("19.96")}
DEARER: Json = {"products": [a_line(unit_price=Decimal(200))], "total_price": 200, "vat": 40}


def booked(business: Business, **fields: Any) -> None:  # noqa: ANN401 - whatever the shop may send
    """Book and pay an order."""
    business.sell(raw_order(**fields))
    business.run_once()
    assert business.order().standing == "done", message_of(business.order())


def changed(business: Business, **fields: Any) -> ExitCode:  # noqa: ANN401 - as above
    """Change it, let a run look, and make sure that nothing was done in Dinero."""
    business.wait(minutes=1)
    business.change(**fields)
    finished = business.run_once()
    assert finished.writes() == []
    assert len(business.invoices()) == 1
    return finished.exit_code


def told(business: Business) -> str:
    return message_of(business.order())


@pytest.mark.parametrize(
    ("sold", "change"),
    [
        (BUSINESS, {"vat_number": "DK 90000039"}),
        (BUSINESS, {"vat_number": "CVR 90 00 00 39"}),
        (GERMAN_BUSINESS | {"products": [a_line(vat=0)]}, {"vat_number": "de 136 695 976"}),
        (GERMAN_BUSINESS | {"products": [a_line(vat=0)]}, {"order_zipcode": "D-20095"}),
        (GERMAN, {"order_zipcode": "20 095"}),
        (PUBLIC, {"ean_number": "EAN 5798-0099-99993"}),
        ({}, {"ean_number": "nej"}),
        ({}, {"vat_number": "0"}),
        ({}, {"order_company_name": "Café Prøve"}),
        ({}, {"order_name": "Anna Proeve", "order_city": "Århus C", "order_zipcode": " 8000"}),
        ({}, {"products": [a_line(own_id="KRUS-02")]}),
        ({}, {"products": [a_line(product_id=900102, name="Kop")]}),
        ({}, {"voucher_code": "VINTER"}),
        ({}, {"vat": Decimal("25.0000001")}),
        ({}, {"vat": None}),
        ({}, {"shipping_id": 302}),
        ({}, {"products": [a_line(vat=Decimal("24.9962"))]}),
        ({"products": [A]}, {"products": [HALF, HALF]}),
        ({"products": [A]}, {"products": [a_line(unit_price=Decimal(100))]}),
        ({"products": [A, B]}, {"products": [B, A]}),
        (
            {"products": [A]},
            {"products": [A, a_line(unit_price=Decimal(25))], "voucher_discount_amount": 25},
        ),
        (GERMAN_BUSINESS | {"products": [a_line(vat=0)]}, {"del_country_id": ""}),
        ({"payment_gateway_id": MOBILEPAY}, {"payment_gateway_id": 77}),
    ],
)
def test_a_change_that_posts_alike_is_no_hold(business: Business, sold: Json, change: Json) -> None:
    booked(business, **sold)

    assert changed(business, **change) == ExitCode.OK
    assert business.order().standing == "done"
    assert changed(business, tracking_number="1") == ExitCode.OK


def test_a_second_change_is_compared_with_the_order_as_it_was_before_it(business: Business) -> None:
    booked(business, **BUSINESS)

    for number in ("DK 90000039", "DK-90000039", "90 00 00 39"):
        assert changed(business, vat_number=number) == ExitCode.OK
    assert changed(business, vat_number="13585628") == ExitCode.HELD


def test_freight_taken_out_of_a_line_is_no_matter_where_both_go_to_the_same_account(
    business: Business,
) -> None:
    business.config["posting"]["shipping_account"] = 1000
    booked(business)
    goods = [a_line(unit_price=Decimal(100))]

    assert changed(business, products=goods, shipping_price=25) == ExitCode.OK


def test_freight_taken_out_of_a_line_says_which_accounts_would_take_what(
    business: Business,
) -> None:
    booked(business)
    goods = [a_line(unit_price=Decimal(100))]

    assert changed(business, products=goods, shipping_price=25) == ExitCode.HELD
    assert told(business) == (
        "The books are right in what the customer pays, 125.00 DKK. But the order was changed in "
        "the shop after invoice 1001 was booked, and would now be posted otherwise: 100.00 "
        "instead of 125.00 on account 1000; 25.00 instead of 0.00 on account 1350."
    )
    assert str(next_step_of(business.order())).startswith(
        "If the sale is as it was booked, nothing is to be done in Dinero. Say so: "
        "dinero-sync resolve ORDER --accept NOTE. If the change is right, make a credit note"
    )


@pytest.mark.parametrize(
    ("sold", "change"),
    [
        (BUSINESS, {"vat_number": "13585628"}),
        ({}, {**BUSINESS, "email": "anna.proeve@example.com"}),
        ({}, {"ean_number": "5798009999993"}),
        (PUBLIC, {"ean_number": ""}),
        (GERMAN_BUSINESS | {"products": [a_line(vat=0)]}, {"vat_number": "DE129273398"}),
        ({}, {"del_country_id": GERMANY}),
    ],
    ids=["another number", "a business after all", "EAN", "no EAN", "German number", "to Germany"],
)
def test_where_only_what_is_reported_differs_the_books_are_right_and_no_credit_note_is_asked_for(
    business: Business, sold: Json, change: Json
) -> None:
    business.config["posting"]["rules"] = [business.config["posting"]["rules"][0]]
    booked(business, **sold)

    assert changed(business, **change) == ExitCode.HELD
    assert told(business).startswith("The books are right: the same amounts")
    steps = str(next_step_of(business.order()))
    assert "resolve ORDER --accept NOTE" in steps
    assert "credit note" not in steps


def test_a_number_that_moves_the_sale_to_another_account_says_so(business: Business) -> None:
    business.config["posting"]["rules"][0]["when"] = {"zone": "dk", "buyer": "business"}
    business.config["posting"]["rules"][0]["account"] = 1001
    booked(business)

    assert changed(business, **BUSINESS) == ExitCode.HELD
    assert "125.00 instead of 0.00 on account 1001" in told(business)
    assert told(business).startswith("The books are right in what the customer pays")


def test_in_danish_the_books_are_right_comes_first_as_well(business: Business) -> None:
    booked(business)
    changed(business, products=[a_line(unit_price=Decimal(100))], shipping_price=25)

    hold = business.order().current
    in_danish = said(str(hold.text), hold.facts, Language.DANISH)

    assert in_danish.startswith("Regnskabet er rigtigt")
    assert "25,00 i stedet for 0,00 på konto 1350" in in_danish


def test_where_nobody_can_say_how_it_would_be_posted_that_is_said(business: Business) -> None:
    booked(business)

    assert changed(business, products=[a_line(vat=12)], vat=Decimal("13.39")) == ExitCode.HELD
    assert told(business).startswith("The books are right in what the customer pays, 125.00 DKK")
    assert "it would be held as account_vat_mismatch" in told(business)


def test_goods_that_are_collected_after_all_are_another_sale(business: Business) -> None:
    posting = business.config["posting"]
    posting["rules"].insert(0, OSS)
    posting["handed_over"] = {"in_denmark": [PICK_UP]}
    booked(business, **GERMAN_VAT)

    assert changed(business, shipping_id=302) == ExitCode.OK
    assert changed(business, shipping_id=PICK_UP) == ExitCode.HELD
    assert told(business).startswith("The books are right in what the customer pays")


def test_a_freight_method_that_a_rule_asks_for_is_another_sale(business: Business) -> None:
    express = {"name": "express", "when": {"freight": "302"}, "account": 1001}
    business.config["posting"]["rules"].insert(0, express)
    booked(business)

    assert changed(business, shipping_id=302) == ExitCode.HELD
    assert "125.00 instead of 0.00 on account 1001" in told(business)


def test_vat_owed_to_another_country_is_reported_to_that_country(business: Business) -> None:
    """Sweden and Croatia have the same rate, and the account is the same."""
    business.config["posting"]["rules"].insert(0, OSS)
    business.config["shoporama"]["countries"] = {901: "SE", 902: "HR"}
    booked(business, order_country_id=901, order_zipcode="21142", order_city="Malmö")

    assert changed(business, order_zipcode="211 42") == ExitCode.OK
    there = {"order_country_id": 902, "order_zipcode": "10000", "order_city": "Zagreb"}
    assert changed(business, **there) == ExitCode.HELD
    assert told(business).startswith("The books are right: the same amounts")


def test_another_way_of_paying_is_no_matter_unless_a_rule_asks_for_it(business: Business) -> None:
    unknown = 90
    booked(business)

    assert changed(business, payment_gateway_id=unknown) == ExitCode.OK
    mobile = {"name": "mobile", "when": {"payment_type": "MobilePay"}, "account": 1001}
    business.config["posting"]["rules"].insert(0, mobile)
    assert changed(business, payment_gateway_id=77) == ExitCode.OK
    assert changed(business, payment_gateway_id=MOBILEPAY, payment_gateway="mobilepay")
    assert "125.00 instead of 0.00 on account 1001" in told(business)


def test_a_buyer_counted_as_a_consumer_for_want_of_confirmation_may_be_spelled_otherwise(
    business: Business,
) -> None:
    business.config["posting"]["eu_vat_numbers"] |= {"check": "vies", "unconfirmed": "charge"}
    business.sandbox.change_settings(unregistered_vat_numbers=["DE136695976"])
    booked(business, **GERMAN_BUSINESS)

    assert changed(business, vat_number="DE 136 695 976") == ExitCode.OK
    assert changed(business, vat_number="DE129273398") == ExitCode.HELD


def test_a_number_that_vies_doesnt_know_says_so_of_a_sale_without_vat(business: Business) -> None:
    business.config["posting"]["eu_vat_numbers"] |= {"check": "vies"}
    business.sandbox.change_settings(unregistered_vat_numbers=["DE129273398"])
    booked(business, **GERMAN_BUSINESS, products=[a_line(vat=0)])
    business.sandbox.change_settings(vies_is_down=True)

    assert changed(business, vat_number="de 136695976") == ExitCode.OK
    business.sandbox.change_settings(vies_is_down=False)
    assert changed(business, vat_number="DE129273398") == ExitCode.HELD
    assert "it would be held as unconfirmed_vat_number" in told(business)


def test_the_rules_having_changed_meanwhile_is_no_change_of_the_order(business: Business) -> None:
    booked(business, **BUSINESS)
    mugs = {"name": "mugs", "when": {"sku": "KRUS-*"}, "account": 1001}
    business.config["posting"]["rules"].insert(0, mugs)

    assert changed(business, vat_number="DK 90000039") == ExitCode.OK
    assert changed(business, vat_number="DK-90000039") == ExitCode.OK


def test_a_category_that_no_rule_asks_for_is_no_matter(business: Business) -> None:
    posters = {"name": "posters", "when": {"category": "Plakater"}, "account": 1001}
    business.config["posting"]["rules"].insert(0, posters)
    booked(business)
    for category in business.sandbox.catalogue.categories:
        category["name"] = f"{category['name']} og mere"
    business.wait(days=2)

    assert changed(business, products=[a_line(own_id="KRUS-1")]) == ExitCode.OK


def test_a_purchase_price_that_is_another_since_is_no_change_of_the_order(
    business: Business,
) -> None:
    business.config["posting"] |= {**RULES}
    booked(business, products=[SOLD_LAMP])
    product = business.sandbox.catalogue.products[SOLD_LAMP["product_id"]]
    product["purchase_price"] = "1.00"
    business.wait(days=2)

    assert changed(business, products=[{**SOLD_LAMP, "own_id": "BRUGT-1042b"}]) == ExitCode.OK


def test_another_margin_for_the_same_price_is_another_sale(business: Business) -> None:
    business.config["posting"] |= {**RULES}
    booked(business, products=[SOLD_LAMP])
    mug = a_line(unit_price=SOLD_LAMP["unit_price"])

    assert changed(business, products=[mug]) == ExitCode.HELD
    assert "1450.00 instead of 0.00 on account 1000" in told(business)


def test_a_held_change_ends_when_the_order_is_made_to_post_as_before(business: Business) -> None:
    booked(business, products=[A])
    assert changed(business, **DEARER) == ExitCode.HELD

    back = {"products": [HALF, HALF], "total_price": 100, "vat": 20}
    assert changed(business, **back) == ExitCode.OK
    assert business.order().standing == "done"


def test_what_a_person_accepted_is_what_later_changes_are_compared_with(business: Business) -> None:
    booked(business, products=[A])
    changed(business, **DEARER)
    with business.at_work() as place:
        accept(place, gather(place, business.order()), "a new invoice was made by hand")

    split = [a_line(unit_price=Decimal(150)), HALF]
    assert changed(business, products=split) == ExitCode.OK
    back = {"products": [A], "total_price": 100, "vat": 20}
    assert changed(business, **back) == ExitCode.HELD


def test_a_cancellation_that_a_person_dealt_with_is_one_until_it_is_taken_back(
    business: Business,
) -> None:
    booked(business)
    assert changed(business, status="cancelled") == ExitCode.HELD
    with business.at_work() as place:
        accept(place, gather(place, business.order()), "a credit note was made")

    assert changed(business, products=[a_line(own_id="KRUS-2")]) == ExitCode.OK
    assert changed(business, status="new") == ExitCode.HELD
    assert business.order().reason == "changed_after_booking"
    assert "The books are right" not in told(business)


def test_an_order_that_could_not_be_read_meanwhile_is_compared_with_what_was_booked(
    business: Business,
) -> None:
    booked(business, **BUSINESS)
    assert changed(business, total_price="mange") == ExitCode.HELD

    fixed = {"total_price": Decimal(125), "vat_number": "DK 90000039"}
    assert changed(business, **fixed) == ExitCode.OK


def test_where_the_journal_was_changed_it_is_compared_with_what_was_booked(
    business: Business,
) -> None:
    booked(business, **BUSINESS)
    with business.at_work() as place:
        orders.save(place.db, replace(business.order(), raw="nonsense"))

    assert changed(business, vat_number="DK 90000039") == ExitCode.OK
    assert changed(business, **DEARER) == ExitCode.HELD


def test_a_first_look_that_finds_nothing_asks_nobody(business: Business) -> None:
    booked(business, **BUSINESS)
    business.wait(minutes=1)
    business.change(order_name="Bo", order_address="Nyvej 2", status="sent", tracking_number="1")

    assert business.run_once().calls("dinero") == []


def test_while_the_catalogue_cannot_be_asked_the_changed_order_waits(business: Business) -> None:
    business.config["posting"] |= {**RULES}
    booked(business)
    business.wait(minutes=1)
    business.change(products=[a_line(product_id=900102)])
    business.fault("status_before", "*/product*", service="shoporama", times=None, status=500)

    assert business.run_once().exit_code == ExitCode.TEMPORARY
    business.sandbox.clear_faults()
    assert business.run_once().exit_code == ExitCode.OK
    assert business.order().standing == "done"
    invoice = business.order().document(DocumentKind.INVOICE)
    assert invoice is not None
    assert invoice.reason is None
