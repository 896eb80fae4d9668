"""Goods whose VAT a Danish business pays itself (momsloven § 46, stk. 1, nr. 8-10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import (
    ENTRY_ACCOUNTS,
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_account,
    an_address,
    an_order,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import BuyerKind, MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
NOTHING = Decimal(0)
PHONES = a_rule(1255, "mobiler", sku=("MOBIL*",), reverse_charge=True)
FREIGHT = a_rule(
    1255,
    "fragt til mobiler",
    line=(LineKind.SHIPPING,),
    buyer=(BuyerKind.BUSINESS,),
    reverse_charge=True,
)
RULES = settings(rules=(PHONES,))
CAFE = an_address(company="Café Prøve ApS")
PHONE = a_line(
    product_id=7,
    sku="MOBIL-1",
    name="Mobiltelefon",
    unit_price=Decimal("4000.00"),
    vat_rate=NOTHING,
)
COVER = a_line(product_id=8, sku="COVER-1", name="Cover", unit_price=Decimal("125.00"))
WORDS = "Omvendt betalingspligt – køber afregner momsen."
OWN_CODE = an_account(1256, "Salg med omvendt betalingspligt", "UOB")


def sold(**order: object) -> Order:
    """Return the phone, sold to the café without VAT."""
    usual = {"lines": (PHONE,), "billing": CAFE, "delivery": CAFE, "vat_number": "90000039"}
    return an_order(**{**usual, **order})


def planned(order: Order, rules: PostingSettings = RULES) -> Plan:
    chart = a_chart([*ENTRY_ACCOUNTS, OWN_CODE])
    chart = replace(chart, vat_rates={**chart.vat_rates, "UOB": NOTHING})
    return plan_order(order, a_payment_type(), DAY, rules, chart)


def held(order: Order, rules: PostingSettings = RULES) -> Hold:
    with pytest.raises(HeldError) as caught:
        planned(order, rules)
    return caught.value.hold


def accounts(plan: Plan) -> list[tuple[int, Decimal, Decimal]]:
    return [(line.account, line.amount, line.vat_rate) for line in plan.invoice.lines]


def with_rule(**changes: object) -> PostingSettings:
    return settings(rules=(replace(PHONES, **changes),))  # type: ignore[arg-type]


def test_the_invoice_says_who_pays_the_vat_with_the_buyers_cvr_number() -> None:
    plan = planned(sold())

    assert accounts(plan) == [(1255, Decimal("4000.00"), NOTHING)]
    assert plan.invoice.lines[0].comments == WORDS
    assert plan.invoice.comment.splitlines()[1:] == [f"{WORDS} Købers CVR-nr. 90000039"]
    assert (plan.contact.vat_number, plan.invoice.texts) == ("DK90000039", ())


def test_a_rule_may_say_all_that_the_law_asks() -> None:
    rule = a_rule(
        1255,
        "mobiler",
        zone=(Zone.DK,),
        buyer=(BuyerKind.BUSINESS,),
        vat_rate=(NOTHING,),
        sku=("MOBIL*",),
        reverse_charge=True,
    )

    plan = planned(sold(vat=NOTHING), settings(rules=(rule,)))

    assert accounts(plan) == [(1255, Decimal("4000.00"), NOTHING)]


@pytest.mark.parametrize("number", ["DK 90 00 00 39", "CVR-nr. 90000039", "90000039"])
def test_the_number_may_be_typed_as_people_do(number: str) -> None:
    assert "Købers CVR-nr. 90000039" in planned(sold(vat_number=number)).invoice.comment


@pytest.mark.parametrize("account", [1256, 1050])
def test_the_account_may_have_a_code_of_the_companys_own_or_none(account: int) -> None:
    plan = planned(sold(), with_rule(account=account))

    assert accounts(plan) == [(account, Decimal("4000.00"), NOTHING)]


def test_no_account_of_sales_to_the_eu_takes_it() -> None:
    hold = held(sold(), with_rule(account=1100))

    assert (hold.reason, hold.text) == (
        HoldReason.ACCOUNT_VAT_MISMATCH,
        "account_vat_mismatch.reported_elsewhere",
    )


def test_no_account_with_vat_takes_it() -> None:
    assert held(sold(), with_rule(account=1000)).text == "account_vat_mismatch.charged"


def test_without_the_word_an_account_of_box_c_takes_nothing_danish() -> None:
    hold = held(sold(), with_rule(reverse_charge=False))

    assert hold.text == "account_vat_mismatch.reported_elsewhere"
    assert "write reverse_charge: true into the rule" in next_step(hold.steps)


# Who buys.


@pytest.mark.parametrize(
    "buyer",
    [
        {"vat_number": ""},
        {"vat_number": "", "billing": an_address()},
        {"vat_number": "90000038", "billing": an_address()},
        {"vat_number": "DE136695976"},
        {"vat_number": "NO123456785"},
    ],
    ids=["company without number", "consumer", "a wrong digit", "German number", "Norwegian"],
)
def test_whoever_is_no_danish_business_is_held(buyer: dict[str, object]) -> None:
    hold = held(sold(**buyer))

    assert (hold.reason, hold.text) == (
        HoldReason.INVALID_VAT_NUMBER,
        "invalid_vat_number.not_danish",
    )
    steps = next_step(hold.steps)
    assert "put its company name and its CVR number on the order" in steps
    assert "dinero-sync adopt" in steps


def test_a_company_whose_number_has_a_wrong_digit_is_held() -> None:
    assert held(sold(vat_number="90000038")).reason is HoldReason.INVALID_VAT_NUMBER


@pytest.mark.parametrize("when", [{}, {"zone": (Zone.DK,), "vat_rate": (NOTHING,)}])
def test_a_rule_for_businesses_says_the_same_to_a_consumer(when: dict[str, object]) -> None:
    condition = replace(PHONES.when, buyer=(BuyerKind.BUSINESS,), **when)  # type: ignore[arg-type]

    hold = held(sold(vat_number="", billing=an_address()), with_rule(when=condition))

    assert hold.text == "invalid_vat_number.not_danish"


def test_no_later_rule_for_exempt_goods_takes_a_consumers_phone() -> None:
    exempt = a_rule(1050, "momsfri", zone=(Zone.DK,), vat_rate=(NOTHING,))
    businesses = replace(PHONES, when=replace(PHONES.when, buyer=(BuyerKind.BUSINESS,)))
    consumer = sold(vat_number="", billing=an_address())

    hold = held(consumer, settings(rules=(businesses, exempt)))

    assert hold.text == "invalid_vat_number.not_danish"


def test_a_rule_that_asks_for_consumers_without_vat_has_thought_of_them() -> None:
    exempt = a_rule(1050, "momsfri", buyer=(BuyerKind.CONSUMER,), vat_rate=(NOTHING,))
    businesses = replace(PHONES, when=replace(PHONES.when, buyer=(BuyerKind.BUSINESS,)))
    consumer = sold(vat_number="", billing=an_address())

    assert accounts(planned(consumer, settings(rules=(businesses, exempt))))[0][0] == 1050


def test_a_private_buyer_who_typed_a_cvr_number_counts_as_its_sole_trader() -> None:
    plan = planned(sold(billing=an_address()))

    assert plan.contact.kind is BuyerKind.BUSINESS
    assert "Købers CVR-nr. 90000039" in plan.invoice.comment


def test_a_public_body_needs_its_cvr_number_beside_the_ean() -> None:
    public = sold(ean="5798009999993", vat_number="")

    hold = held(public)

    assert "put its CVR number on the order in the shop as well" in next_step(hold.steps)
    with_number = planned(replace(public, vat_number="90000039"))
    assert "Købers CVR-nr. 90000039" in with_number.invoice.comment


def test_a_rule_for_businesses_alone_tells_how_public_bodies_are_taken() -> None:
    businesses = replace(PHONES, when=replace(PHONES.when, buyer=(BuyerKind.BUSINESS,)))

    hold = held(sold(ean="5798009999993"), settings(rules=(businesses,)))

    assert "buyer: [business, public]" in next_step(hold.steps)
    assert "public" in message(hold)


# What bears VAT, and what leaves Denmark, is none.


@pytest.mark.parametrize("number", ["", "90000039"])
def test_a_phone_with_danish_vat_is_sold_as_any_other_goods(number: str) -> None:
    phone = replace(PHONE, vat_rate=Decimal(25))

    plan = planned(sold(lines=(phone,), vat_number=number))

    assert accounts(plan) == [(1000, Decimal("4000.00"), Decimal(25))]
    assert "betalingspligt" not in plan.invoice.comment


def test_a_business_in_another_eu_country_buys_by_the_rule_for_the_eu() -> None:
    berlin = an_address(company="Muster GmbH", country="DE", zip_code="10115")
    eu = a_rule(1100, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
    order = sold(billing=berlin, delivery=berlin, vat_number="DE136695976")

    plan = planned(order, settings(rules=(PHONES, eu)))

    assert accounts(plan) == [(1100, Decimal("4000.00"), NOTHING)]
    assert "intra-Community" in plan.invoice.comment


def test_a_danish_business_that_has_it_sent_to_germany_is_no_domestic_sale() -> None:
    berlin = an_address(company="Café Prøve ApS", country="DE", zip_code="10115")
    eu = a_rule(1100, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))

    hold = held(sold(delivery=berlin), settings(rules=(PHONES, eu)))

    assert hold.text == "invalid_vat_number.not_in_eu"


def test_an_export_goes_by_the_rule_for_exports() -> None:
    nuuk = an_address(company="Prøve ApS", country="GL", zip_code="3900")
    export = a_rule(1255, "eksport", zone=(Zone.WORLD,))

    plan = planned(sold(billing=nuuk, delivery=nuuk), settings(rules=(PHONES, export)))

    assert "Eksport – momsfri." in plan.invoice.comment
    assert WORDS not in plan.invoice.comment


def test_a_second_hand_phone_stays_under_the_margin_scheme() -> None:
    used = a_rule(1051, "brugt", sku=("MOBIL-B*",), margin_scheme=MarginScheme.USED_GOODS)
    margin = Margin(method=MarginMethod.COLLECTIVE, account=None)
    rules = settings(rules=(used, PHONES), margin=margin)
    second_hand = replace(PHONE, product_id=9, sku="MOBIL-B1", unit_price=Decimal("1000.00"))

    plan = planned(sold(lines=(PHONE, second_hand, COVER), vat=Decimal("25.00")), rules)

    assert [line.account for line in plan.invoice.lines] == [1255, 1051, 1000]
    assert plan.invoice.lines[1].margin_scheme is MarginScheme.USED_GOODS
    assert plan.invoice.texts == (
        "Heraf varer efter fortjenstmargenordningen: 1000,00",
        "Heraf varer med omvendt betalingspligt (uden moms): 4000,00",
        "Heraf øvrige varer og fragt: 125,00",
    )


# Orders with other goods.


def test_phones_and_covers_are_summed_apart() -> None:
    plan = planned(sold(lines=(PHONE, COVER), vat=Decimal("25.00")))

    assert accounts(plan) == [
        (1255, Decimal("4000.00"), NOTHING),
        (1000, Decimal("125.00"), Decimal(25)),
    ]
    assert [line.comments for line in plan.invoice.lines] == [WORDS, None]
    assert plan.invoice.texts == (
        "Heraf varer med omvendt betalingspligt (uden moms): 4000,00",
        "Heraf øvrige varer og fragt: 125,00",
    )


def test_a_cover_without_vat_is_held_with_a_rule_that_names_it() -> None:
    cover = replace(COVER, vat_rate=NOTHING)

    hold = held(sold(lines=(PHONE, cover), vat=NOTHING))

    assert hold.text == "account_vat_mismatch.charged"
    assert "product_id: 8" in next_step(hold.steps)
    assert "If 25 % VAT is due, make the invoice in Dinero by hand" in next_step(hold.steps)


@pytest.mark.parametrize(
    ("vat", "phone", "cover"),
    [("25.00", "3900.00", "125.00"), ("5.00", "4000.00", "25.00"), ("24.39", "3903.03", "121.97")],
    ids=["off the phone", "off the cover", "off both"],
)
def test_a_discount_goes_where_the_orders_own_vat_says(vat: str, phone: str, cover: str) -> None:
    order = sold(
        lines=(PHONE, COVER),
        voucher_code="RABAT",
        voucher_amount=Decimal("100.00"),
        vat=Decimal(vat),
    )

    assert [amount for _, amount, _ in accounts(planned(order))] == [Decimal(phone), Decimal(cover)]


def test_a_discount_that_nobody_places_is_held() -> None:
    order = sold(
        lines=(PHONE, COVER), voucher_code="RABAT", voucher_amount=Decimal("100.00"), vat=None
    )

    assert held(order).reason is HoldReason.UNKNOWN_VAT


def test_a_discount_between_phones_and_exempt_goods_is_no_guess_either() -> None:
    exempt = a_rule(1050, "momsfri", zone=(Zone.DK,), vat_rate=(NOTHING,))
    book = replace(COVER, vat_rate=NOTHING)
    order = sold(
        lines=(PHONE, book), voucher_code="RABAT", voucher_amount=Decimal("100.00"), vat=NOTHING
    )

    assert held(order, settings(rules=(PHONES, exempt))).reason is HoldReason.UNKNOWN_VAT


def test_freight_with_vat_beside_phones_stays_with_vat() -> None:
    plan = planned(sold(lines=(PHONE, COVER), shipping_price=Decimal("50.00"), vat=Decimal(35)))

    assert accounts(plan)[-1] == (1350, Decimal("50.00"), Decimal(25))


def test_freight_without_vat_needs_a_rule_and_the_one_to_paste_is_it() -> None:
    order = sold(shipping_price=Decimal("50.00"), vat=NOTHING)

    hold = held(order)

    assert "line: shipping, vat_rate: 0, zone: dk, buyer: business" in next_step(hold.steps)
    plan = planned(order, settings(rules=(PHONES, FREIGHT)))
    assert accounts(plan)[-1] == (1255, Decimal("50.00"), NOTHING)
    assert plan.invoice.texts == ()


def test_freight_divided_as_its_goods_follows_each_part() -> None:
    order = sold(
        lines=(replace(PHONE, unit_price=Decimal("100.00")), COVER),
        shipping_price=Decimal("45.00"),
        vat=Decimal("30.00"),
    )

    plan = planned(order, settings(rules=(PHONES, FREIGHT)))

    assert accounts(plan)[2:] == [
        (1255, Decimal("20.00"), NOTHING),
        (1350, Decimal("25.00"), Decimal(25)),
    ]


def test_freight_alone_is_never_under_reverse_charge() -> None:
    order = sold(lines=(COVER,), shipping_price=Decimal("50.00"), vat=Decimal("25.00"))

    hold = held(order, settings(rules=(PHONES, FREIGHT)))

    assert hold.text == "account_vat_mismatch.reversed_freight_alone"
    assert "name them in the rule" in next_step(hold.steps)


def test_a_gift_card_is_no_goods_yet() -> None:
    cards = GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE,
        account=63080,
        sold_as=ProductCondition(sku=("MOBIL-GAVE*",)),
    )
    card = replace(PHONE, product_id=10, sku="MOBIL-GAVEKORT", unit_price=Decimal("500.00"))

    plan = planned(sold(lines=(card,)), settings(rules=(PHONES,), gift_cards=cards))

    assert accounts(plan) == [(63080, Decimal("500.00"), NOTHING)]


def test_an_english_reader_is_told_too() -> None:
    malmo = an_address(company="Café Prøve ApS", country="SE", zip_code="21142")

    plan = planned(sold(billing=malmo, vat_number="DK90000039"))

    assert "Buyer's CVR no. 90000039" in plan.invoice.comment


def test_a_rule_without_a_condition_takes_what_businesses_buy_without_vat() -> None:
    anything = Rule(name="alt", when=a_rule(0).when, account=1255, reverse_charge=True)

    plan = planned(sold(lines=(PHONE, COVER), vat=Decimal("25.00")), settings(rules=(anything,)))

    assert [line.account for line in plan.invoice.lines] == [1255, 1000]
