"""A sale without VAT into the EU needs a VAT number that the EU's register confirms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, plan_order, settings

from dinero_sync.domain.documents import BuyerKind, MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address, Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.buyers.numbers import full_vat_number
from dinero_sync.posting.contact import counted_as, needs_confirmation
from dinero_sync.posting.plan import sale_of
from dinero_sync.posting.settings import GiftCardKind, GiftCards, ProductCondition, Undecided
from dinero_sync.texts.telling import message, next_step

REVERSE_CHARGE = a_rule(1100, "EU businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
CHECKED = settings(rules=(REVERSE_CHARGE,), check_vat_numbers=True)
CHARGING = replace(CHECKED, unconfirmed=Undecided.CHARGE)
DANISH = an_address(company="Dansk ApS")
SWISS = an_address(country="CH", zip_code="8001", company="Muster AG")
BELFAST = an_address(country="GB", zip_code="BT1 5GS", company="Sample Ltd")
MONACO = an_address(country="MC", zip_code="98000", company="Exemple SARL")
COMPANY = an_address(country="DE", zip_code="10115", company="Muster GmbH")


def an_eu_order(rate: int = 0) -> Order:
    return an_order(
        lines=(a_line(vat_rate=Decimal(rate)),),
        billing=COMPANY,
        delivery=COMPANY,
        vat_number="DE136695976",
    )


def planned(order: Order, *, confirmed: bool) -> Plan:
    return plan_order(
        order, None, date(2026, 12, 3), CHECKED, a_chart(), vat_number_confirmed=confirmed
    )


def test_a_confirmed_number_lets_the_order_be_sold_without_vat() -> None:
    plan = planned(an_eu_order(), confirmed=True)

    assert [line.account for line in plan.invoice.lines] == [1100]
    assert "Reverse charge" in plan.invoice.comment
    assert "DE136695976" in plan.invoice.comment


def test_without_confirmation_the_order_is_held() -> None:
    with pytest.raises(HeldError) as caught:
        planned(an_eu_order(), confirmed=False)

    hold = caught.value.hold
    assert hold.reason is HoldReason.UNCONFIRMED_VAT_NUMBER
    assert "136695976" not in message(hold) + next_step(hold.steps)


def test_an_order_sold_with_vat_needs_no_confirmation() -> None:
    rules = replace(CHECKED, rules=())
    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), rules, a_chart())

    assert [line.account for line in plan.invoice.lines] == [1000]


def test_goods_that_stay_in_denmark_need_none_either() -> None:
    order = replace(an_eu_order(25), delivery=an_address())
    plan = plan_order(order, None, date(2026, 12, 3), CHECKED, a_chart())

    assert plan.contact.kind is BuyerKind.BUSINESS


def test_by_setting_an_unconfirmed_buyer_counts_as_a_consumer() -> None:
    assert counted_as(an_eu_order(), CHARGING, confirmed=False) is BuyerKind.CONSUMER
    assert counted_as(an_eu_order(), CHARGING, confirmed=True) is BuyerKind.BUSINESS
    assert counted_as(an_eu_order(), CHECKED, confirmed=False) is BuyerKind.BUSINESS


def test_an_unconfirmed_buyer_that_counts_as_a_consumer_pays_vat() -> None:
    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), CHARGING, a_chart())

    assert [(line.account, line.vat_rate) for line in plan.invoice.lines] == [(1000, Decimal(25))]
    assert plan.contact.vat_number is None
    assert plan.distance_sale == Decimal(100)


def test_an_unconfirmed_buyer_that_was_charged_no_vat_is_held_until_the_number_is_confirmed() -> (
    None
):
    with pytest.raises(HeldError) as caught:
        plan_order(an_eu_order(), None, date(2026, 12, 3), CHARGING, a_chart())

    assert caught.value.hold.reason is HoldReason.UNCONFIRMED_VAT_NUMBER


def test_a_line_that_fits_no_account_says_so_whatever_the_register_confirms() -> None:
    misplaced = replace(CHARGING, rules=(a_rule(1000, "everything"),))
    confirmed = an_eu_order()
    consumer = replace(confirmed, vat_number="")

    for order, is_confirmed in ((confirmed, True), (consumer, False)):
        with pytest.raises(HeldError) as caught:
            plan_order(
                order,
                None,
                date(2026, 12, 3),
                misplaced,
                a_chart(),
                vat_number_confirmed=is_confirmed,
            )
        assert caught.value.hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH


@pytest.mark.parametrize("account", [1100, 1151, 1050])
def test_no_rule_lets_an_unconfirmed_buyer_go_without_vat(account: int) -> None:
    rules = replace(CHARGING, rules=(a_rule(account, zone=(Zone.EU,), vat_rate=(Decimal(0),)),))

    with pytest.raises(HeldError) as caught:
        plan_order(an_eu_order(), None, date(2026, 12, 3), rules, a_chart())

    assert caught.value.hold.reason is HoldReason.UNCONFIRMED_VAT_NUMBER


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        (an_eu_order(), True),
        (replace(an_eu_order(), billing=SWISS), True),
        (replace(an_eu_order(), ean="5798000416604"), True),
        (replace(an_eu_order(), vat_number="FR40303265045"), True),
        (replace(an_eu_order(), vat_number="DK13585628", billing=DANISH), False),
        (replace(an_eu_order(), vat_number="CHE-123.456.788", billing=SWISS), False),
        (replace(an_eu_order(), vat_number=""), False),
        (replace(an_eu_order(), delivery=an_address()), False),
        (replace(an_eu_order(), delivery=SWISS), False),
    ],
    ids=[
        "a business in the EU",
        "a Swiss one that is registered there",
        "a public body",
        "one that is registered in a third country",
        "a Danish one",
        "a Swiss one",
        "a consumer",
        "goods that stay in Denmark",
        "goods that leave the EU",
    ],
)
def test_only_numbers_of_other_eu_countries_are_asked_about_for_goods_that_go_there(
    order: Order, *, asked: bool
) -> None:
    assert needs_confirmation(order, CHECKED) is asked
    assert not needs_confirmation(order, settings())


def test_a_shop_that_doesnt_check_numbers_sells_without_vat_by_their_form() -> None:
    rules = replace(CHECKED, check_vat_numbers=False)

    plan = plan_order(an_eu_order(), None, date(2026, 12, 3), rules, a_chart())

    assert [line.account for line in plan.invoice.lines] == [1100]


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_the_register_says_decides_what_the_buyer_counts_as(*, confirmed: bool) -> None:
    sale = sale_of(an_eu_order(), None, CHARGING, a_chart(), vat_number_confirmed=confirmed)

    kind = BuyerKind.BUSINESS if confirmed else BuyerKind.CONSUMER
    assert (sale.buyer, sale.vat_number_confirmed) == (kind, confirmed)


def test_a_number_that_wasnt_asked_about_isnt_confirmed() -> None:
    sale = sale_of(an_eu_order(), None, CHARGING, a_chart())

    assert (sale.buyer, sale.vat_number_confirmed) == (BuyerKind.CONSUMER, False)


def test_a_business_that_pays_danish_vat_reads_nothing_of_a_reverse_charge() -> None:
    rules = replace(CHECKED, rules=())

    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), rules, a_chart())

    assert plan.invoice.comment == "Order 10427 of 03-12-2026."


@pytest.mark.parametrize(
    ("billing", "written"),
    [(DANISH, "13585628"), (SWISS, "whatever"), (COMPANY, "DK13585628")],
    ids=["a Danish number", "a number of another world", "a Danish number abroad"],
)
@pytest.mark.parametrize("check", [True, False])
def test_a_sale_without_vat_into_the_eu_needs_a_number_of_another_eu_country(
    billing: Address, written: str, *, check: bool
) -> None:
    order = replace(an_eu_order(), billing=billing, vat_number=written)
    rules = replace(CHECKED, check_vat_numbers=check)

    with pytest.raises(HeldError) as caught:
        plan_order(order, None, date(2026, 12, 3), rules, a_chart(), vat_number_confirmed=True)

    assert caught.value.hold.reason is HoldReason.INVALID_VAT_NUMBER
    assert "of an EU country other than Denmark" in message(caught.value.hold)
    assert written not in message(caught.value.hold)


def test_the_same_buyer_may_buy_with_danish_vat() -> None:
    order = replace(an_eu_order(25), billing=DANISH, vat_number="13585628")
    plan = plan_order(order, None, date(2026, 12, 3), settings(), a_chart())

    assert plan.contact.vat_number == "DK13585628"


@pytest.mark.parametrize("vat_number", ["", "13585628"])
def test_a_public_body_needs_such_a_number_too(vat_number: str) -> None:
    order = replace(an_eu_order(), ean="5798000416604", billing=DANISH, vat_number=vat_number)

    with pytest.raises(HeldError) as caught:
        plan_order(order, None, date(2026, 12, 3), settings(rules=(a_rule(1100),)), a_chart())

    assert caught.value.hold.reason is HoldReason.INVALID_VAT_NUMBER


@pytest.mark.parametrize("setting", Undecided)
def test_a_public_body_with_an_unconfirmed_number_stays_one_and_is_held(
    setting: Undecided,
) -> None:
    order = replace(an_eu_order(), ean="5798000416604")
    rules = replace(CHECKED, unconfirmed=setting, rules=(a_rule(1100),))

    assert counted_as(order, rules, confirmed=False) is BuyerKind.PUBLIC
    with pytest.raises(HeldError) as caught:
        plan_order(order, None, date(2026, 12, 3), rules, a_chart())
    assert caught.value.hold.reason is HoldReason.UNCONFIRMED_VAT_NUMBER


@pytest.mark.parametrize(
    ("address", "written", "full"),
    [
        (SWISS, "DE 136 695 976", "DE136695976"),
        (BELFAST, "XI 980 7806 84", "XI980780684"),
        (BELFAST, "980780684", "XI980780684"),
        (MONACO, "FR40303265045", "FR40303265045"),
        (MONACO, "40303265045", "FR40303265045"),
    ],
)
def test_the_number_of_a_buyer_registered_elsewhere_keeps_its_own_prefix(
    address: Address, written: str, full: str
) -> None:
    delivery = COMPANY if address is SWISS else address
    order = replace(an_eu_order(), billing=address, delivery=delivery, vat_number=written)

    plan = planned(order, confirmed=True)

    assert plan.contact.vat_number == full
    assert f"Buyer's VAT no. {full}" in plan.invoice.comment


def test_a_british_number_of_northern_ireland_stays_british() -> None:
    order = replace(an_eu_order(), billing=BELFAST, delivery=BELFAST, vat_number="GB980780684")

    with pytest.raises(HeldError) as caught:
        planned(order, confirmed=False)

    assert caught.value.hold.reason is HoldReason.INVALID_VAT_NUMBER
    assert "one of Northern Ireland, with XI, is" in message(caught.value.hold)


def test_a_british_number_isnt_northern_irish_where_the_buyer_isnt() -> None:
    assert full_vat_number("980780684", "GB", "SW1A 1AA") == "GB980780684"
    assert full_vat_number("GB980780684", "GB", "SW1A 1AA") == "GB980780684"


@pytest.mark.parametrize(
    ("written", "country", "full"),
    [
        ("", "DE", ""),
        (" - ", "DE", ""),
        ("GR094259216", "GR", "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("DE12", "CH", "CHDE12"),
        ("136695976DE", "DE", "DE136695976DE"),
    ],
    ids=["none", "none but a dash", "Greek", "Greek digits", "no number at all", "letters behind"],
)
def test_a_number_gets_the_letters_of_its_country_in_front(
    written: str, country: str, full: str
) -> None:
    assert full_vat_number(written, country) == full


def test_goods_of_a_margin_scheme_need_no_number_for_they_are_taxed_here() -> None:
    used = a_rule(1051, margin_scheme=MarginScheme.USED_GOODS)
    rules = replace(CHECKED, rules=(used,))
    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), rules, a_chart())

    assert plan.invoice.comment == "Order 10427 of 03-12-2026."


def test_a_new_item_beside_a_used_one_says_reverse_charge() -> None:
    used = a_rule(1051, sku=("BRUGT*",), margin_scheme=MarginScheme.USED_GOODS)
    rules = replace(CHECKED, rules=(used, REVERSE_CHARGE))
    lines = (a_line(sku="BRUGT-7", vat_rate=Decimal(0)), a_line(vat_rate=Decimal(0)))
    order = replace(an_eu_order(), lines=lines, total=Decimal(250))

    plan = plan_order(order, None, date(2026, 12, 3), rules, a_chart(), vat_number_confirmed=True)

    assert [line.account for line in plan.invoice.lines] == [1051, 1100]
    assert "Reverse charge" in plan.invoice.comment
    assert "DE136695976" in plan.invoice.comment


def test_a_gift_card_that_is_sold_is_no_export() -> None:
    cards = GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE, account=63080, sold_as=ProductCondition(sku=("GAVE",))
    )
    order = an_order(lines=(a_line(sku="GAVE"),), delivery=SWISS)

    plan = plan_order(order, None, date(2026, 12, 3), settings(gift_cards=cards), a_chart())

    assert plan.invoice.comment == "Ordre 10427 af 03-12-2026."
