"""Gift cards (gavekort): VAT when a single-purpose one is sold, or a multi-purpose one is used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import (
    BuyerKind,
    MarginScheme,
    PaymentTerms,
    PaymentTermsType,
    Plan,
)
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.identity import gift_card_guid
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.step import ORDER, Yaml, command, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.charges import card_used, pays_with_gift_card
from dinero_sync.posting.conditions import kind_of
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
SINGLE = settings(
    gift_cards=GiftCards(
        kind=GiftCardKind.SINGLE_PURPOSE,
        account=63085,
        sold_as=ProductCondition(sku=("GAVE*",)),
        voucher_codes=("GK-*",),
    )
)
MULTI = replace(
    SINGLE,
    gift_cards=GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE,
        account=63080,
        sold_as=ProductCondition(sku=("GAVE*",)),
        voucher_codes=("GK-*",),
    ),
)
REDEEMED = replace(
    MULTI,
    gift_cards=GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE,
        account=63080,
        sold_as=ProductCondition(sku=("GAVE*",)),
        voucher_codes=("GK-*",),
        redeemed_account=55090,
    ),
)
A_CARD = a_line(sku="GAVEKORT-200", name="Gavekort", unit_price=Decimal("200.00"))
PAID_WITH_CARD = an_order(
    lines=(a_line(unit_price=Decimal("500.00")),),
    shipping_price=Decimal("49.00"),
    voucher_code="gk-77",
    voucher_amount=Decimal("200.00"),
    vat=Decimal("69.80"),
)


def planned(order: Order, rules: PostingSettings) -> Plan:
    return plan_order(order, a_payment_type(), DAY, rules, a_chart())


def held(order: Order, rules: PostingSettings) -> Hold:
    with pytest.raises(HeldError) as caught:
        planned(order, rules)
    return caught.value.hold


def rows(plan: Plan) -> list[tuple[int, Decimal, Decimal]]:
    return [(line.account, line.amount, line.vat_rate) for line in plan.invoice.lines]


def test_a_single_purpose_card_is_taxed_when_it_is_sold() -> None:
    plan = planned(an_order(lines=(A_CARD,)), SINGLE)

    assert rows(plan) == [(63085, Decimal("200.00"), Decimal(25))]
    assert plan.invoice.lines[0].rule == "gift_cards"


def test_a_multi_purpose_card_is_a_debt_whatever_vat_the_shop_put_on_it() -> None:
    for rate in (Decimal(25), Decimal(0)):
        order = an_order(lines=(replace(A_CARD, vat_rate=rate),))

        assert rows(planned(order, MULTI)) == [(63080, Decimal("200.00"), Decimal(0))]


def test_a_card_sold_beside_goods_leaves_the_goods_where_they_belong() -> None:
    order = an_order(lines=(A_CARD, a_line()))

    assert [account for account, *_ in rows(planned(order, MULTI))] == [63080, 1000]


def test_a_rule_on_gift_cards_comes_before_their_common_account() -> None:
    rules = replace(SINGLE, rules=(a_rule(1000, "kort", line=(LineKind.GIFT_CARD,)),))

    assert rows(planned(an_order(lines=(A_CARD,)), rules)) == [
        (1000, Decimal("200.00"), Decimal(25))
    ]


def test_a_single_purpose_card_that_is_used_pays_with_the_vat_it_bore() -> None:
    plan = planned(PAID_WITH_CARD, SINGLE)

    assert rows(plan) == [
        (1000, Decimal("500.00"), Decimal(25)),
        (1350, Decimal("49.00"), Decimal(25)),
        (63085, Decimal("-200.00"), Decimal(25)),
    ]
    assert plan.invoice.lines[-1].description == (
        "Indløst gavekort (moms afregnet ved salget af kortet) gk-77"
    )
    assert [line.comments for line in plan.invoice.lines] == [None, None, None]
    assert (plan.invoice.total, plan.invoice.vat) == (Decimal("349.00"), Decimal("69.80"))
    assert plan.payment is not None
    assert plan.payment.amount == Decimal("349.00")


def test_the_shop_may_state_the_vat_before_or_after_the_card() -> None:
    before = replace(PAID_WITH_CARD, vat=Decimal("109.80"))

    assert rows(planned(before, SINGLE)) == rows(planned(PAID_WITH_CARD, SINGLE))


def test_a_multi_purpose_card_that_is_used_is_held_because_it_is_a_payment() -> None:
    hold = held(PAID_WITH_CARD, MULTI)

    assert hold.reason is HoldReason.GIFT_CARD_USED
    assert "for 200.00" in message(hold)
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


def test_one_that_pays_all_is_held_as_an_order_of_nothing() -> None:
    order = replace(PAID_WITH_CARD, voucher_amount=Decimal("549.00"), total=Decimal(0))

    hold = held(replace(order, vat=Decimal("109.80")), MULTI)

    assert hold.reason is HoldReason.ZERO_TOTAL_WITH_VOUCHER
    assert sentence("settle_all_by_hand") in hold.steps
    assert sentence("settle_part_by_hand") in held(PAID_WITH_CARD, MULTI).steps


def test_what_is_to_be_pasted_for_cards_is_whole_lines() -> None:
    (to_paste,) = (each for each in held(PAID_WITH_CARD, MULTI).steps if isinstance(each, Yaml))

    assert "".join(map(str, to_paste.parts)).endswith(
        "  redeemed_account: 55090  # Gavekort indløst\n"
    )


def redeemed(order: Order, rules: PostingSettings = REDEEMED) -> Plan:
    return planned(order, rules)


def test_a_multi_purpose_card_that_is_used_is_a_payment_of_the_full_price() -> None:
    plan = redeemed(PAID_WITH_CARD)

    assert rows(plan) == [
        (1000, Decimal("500.00"), Decimal(25)),
        (1350, Decimal("49.00"), Decimal(25)),
    ]
    assert (plan.invoice.total, plan.invoice.vat) == (Decimal("549.00"), Decimal("109.80"))
    assert [(each.reference, each.deposit_account, each.amount) for each in plan.payments] == [
        ("shoporama:4815162:payment", 55010, Decimal("349.00")),
        ("shoporama:4815162:payment:gift_card", 55090, Decimal("200.00")),
    ]
    assert plan.paid_by_card == Decimal("200.00")
    assert plan.payments[1].description == f"Gavekort gk-77, ordre {PAID_WITH_CARD.number}"


def test_what_a_card_paid_is_moved_to_the_debt_on_the_invoice_s_day() -> None:
    use = redeemed(PAID_WITH_CARD).gift_card

    assert use is not None
    assert (use.item.account, use.item.balancing_account) == (63080, 55090)
    assert (use.item.amount, use.item.date) == (Decimal("200.00"), DAY)
    assert (use.item.vat_code, use.item.balancing_vat_code) == (None, None)
    assert use.item.description == f"Gavekort gk-77, ordre {PAID_WITH_CARD.number}"
    company = REDEEMED.organization_id
    assert use.item.guid == gift_card_guid(company, PAID_WITH_CARD.order_id)


@pytest.mark.parametrize("vat", [Decimal(0), None])
def test_a_multi_purpose_card_that_pays_all_is_the_one_payment(vat: Decimal | None) -> None:
    order = replace(
        PAID_WITH_CARD, voucher_amount=Decimal("549.00"), total=Decimal("0.00"), vat=vat
    )

    plan = redeemed(order)

    assert (plan.invoice.total, plan.invoice.vat) == (Decimal("549.00"), Decimal("109.80"))
    assert [each.deposit_account for each in plan.payments] == [55090]
    assert plan.invoice.terms is not None
    assert plan.invoice.terms.type == "Paid"


def test_a_single_purpose_card_that_pays_all_leaves_an_invoice_of_nothing() -> None:
    order = replace(
        PAID_WITH_CARD, voucher_amount=Decimal("549.00"), total=Decimal("0.00"), vat=Decimal(0)
    )

    plan = planned(order, SINGLE)

    assert rows(plan)[-1] == (63085, Decimal("-549.00"), Decimal(25))
    assert (plan.invoice.total, plan.invoice.vat) == (Decimal(0), Decimal(0))
    assert plan.payments == ()
    assert plan.invoice.terms is not None
    assert plan.invoice.terms.type == "Paid"


def test_an_invoice_of_nothing_is_paid_also_where_others_are_paid_later() -> None:
    order = replace(
        PAID_WITH_CARD, voucher_amount=Decimal("549.00"), total=Decimal("0.00"), vat=Decimal(0)
    )
    terms = PaymentTerms(type=PaymentTermsType.NETTO, days=14)
    later = a_payment_type(deposit_account=None, terms=terms)

    found = plan_order(order, later, DAY, SINGLE, a_chart()).invoice.terms

    assert found == PaymentTerms(type=PaymentTermsType.PAID, days=None)


def test_a_multi_purpose_card_pays_for_what_bears_no_danish_vat() -> None:
    order = replace(
        PAID_WITH_CARD,
        lines=(a_line(unit_price=Decimal("500.00"), vat_rate=Decimal(0)),),
        delivery=an_address(country="NO", zip_code="0150", city="Oslo"),
        vat=Decimal(0),
    )
    rules = replace(REDEEMED, rules=(a_rule(1255, zone=(Zone.WORLD,)),))

    assert rows(redeemed(order, rules)) == [
        (1255, Decimal("500.00"), Decimal(0)),
        (1255, Decimal("49.00"), Decimal(0)),
    ]


EXEMPT_BESIDE = replace(
    PAID_WITH_CARD,
    lines=(
        *PAID_WITH_CARD.lines,
        a_line(sku="FRI-1", name="Bog", unit_price=Decimal("100.00"), vat_rate=Decimal(0)),
    ),
    shipping_price=Decimal("60.00"),
    voucher_amount=Decimal("60.00"),
    total=Decimal("600.00"),
)
"""Goods with VAT and without, freight, and a card that pays a part."""
EXEMPT = replace(REDEEMED, rules=(a_rule(1050, "exempt", vat_rate=(Decimal(0),)),))


def test_freight_is_divided_as_the_vat_of_the_full_price_proves() -> None:
    plan = redeemed(replace(EXEMPT_BESIDE, vat=Decimal("110.00")), EXEMPT)  # 500 and 50 of freight

    freight = [line.amount for line in plan.invoice.lines if line.description.startswith("Fragt")]
    assert (plan.invoice.total, plan.paid_by_card) == (Decimal("660.00"), Decimal("60.00"))
    assert sorted(freight) == [Decimal("10.00"), Decimal("50.00")]


@pytest.mark.parametrize(
    "vat",
    [
        "101.82",  # of no reading
        "102.00",  # of what the card leaves, where the freight has the VAT of the dearer goods
        "100.00",  # freight without VAT, or the freight divided and the card taken off
        None,
    ],
)
def test_freight_beside_goods_of_several_rates_is_held_where_the_full_price_does_not_prove_it(
    vat: str | None,
) -> None:
    order = replace(EXEMPT_BESIDE, vat=None if vat is None else Decimal(vat))

    assert held(order, EXEMPT).reason is HoldReason.UNKNOWN_VAT


def test_a_card_of_the_freights_price_is_held_where_the_vat_may_be_of_either() -> None:
    """100.00 is the VAT of 549.00 with freight without VAT, and of 500.00 that is left to pay."""
    order = replace(
        PAID_WITH_CARD,
        voucher_amount=Decimal("49.00"),
        total=Decimal("500.00"),
        vat=Decimal("100.00"),
    )

    hold = held(order, REDEEMED)

    assert (hold.reason, hold.text) == (HoldReason.UNKNOWN_VAT, "unknown_vat.both_told")
    assert hold.facts["rates"] == (Decimal(25),)
    assert redeemed(replace(order, vat=Decimal("109.80"))).paid_by_card == Decimal("49.00")


def test_what_costs_nothing_tells_no_rate_of_the_freight_that_a_card_pays() -> None:
    free = a_line(sku="FRI-2", unit_price=Decimal(0), vat_rate=Decimal(12))
    order = replace(PAID_WITH_CARD, lines=(*PAID_WITH_CARD.lines, free))

    assert redeemed(order).paid_by_card == Decimal("200.00")
    both = replace(order, voucher_amount=Decimal(49), total=Decimal(500), vat=Decimal(100))
    assert held(both, REDEEMED).facts["rates"] == (Decimal(25),)


def test_vat_of_nothing_on_what_is_left_to_pay_contradicts_goods_with_vat() -> None:
    hold = held(replace(PAID_WITH_CARD, vat=Decimal(0)), REDEEMED)

    assert hold.reason is HoldReason.UNKNOWN_VAT


def test_where_a_card_pays_all_and_no_vat_is_told_freight_beside_several_rates_is_held() -> None:
    order = replace(EXEMPT_BESIDE, voucher_amount=Decimal("660.00"), total=Decimal(0), vat=None)

    hold = held(order, EXEMPT)

    assert (hold.reason, hold.text) == (HoldReason.UNKNOWN_VAT, "unknown_vat.rates_told")


def test_a_multi_purpose_card_on_an_order_in_another_currency_is_held() -> None:
    hold = held(replace(PAID_WITH_CARD, currency="EUR"), REDEEMED)

    assert hold.text == "gift_card_used.other_currency"
    assert "200.00 EUR" in message(hold)
    assert hold.steps == (sentence("settle_other_currency_by_hand"), command("adopt", ORDER))


def test_goods_that_a_card_pays_and_a_card_that_is_sold_are_apart() -> None:
    order = replace(
        PAID_WITH_CARD,
        lines=(*PAID_WITH_CARD.lines, replace(A_CARD, vat_rate=Decimal(0))),
        total=Decimal("549.00"),
        vat=Decimal("109.80"),
    )

    plan = redeemed(order)

    assert [account for account, *_ in rows(plan)] == [1000, 63080, 1350]
    assert (plan.invoice.total, plan.paid_by_card) == (Decimal("749.00"), Decimal("200.00"))


def test_a_voucher_with_another_code_is_a_discount() -> None:
    order = replace(PAID_WITH_CARD, voucher_code="SOMMER15")

    assert sum(amount for _, amount, _ in rows(planned(order, SINGLE))) == Decimal("349.00")
    assert len(rows(planned(order, SINGLE))) == 2


def test_cards_that_are_only_sold_leave_all_vouchers_discounts() -> None:
    assert SINGLE.gift_cards is not None
    sold_only = replace(SINGLE, gift_cards=replace(SINGLE.gift_cards, voucher_codes=()))

    assert len(rows(planned(PAID_WITH_CARD, sold_only))) == 2


@pytest.mark.parametrize(
    ("rules", "account", "needed"), [(SINGLE, 63080, "25 %"), (MULTI, 63085, "0 %")]
)
def test_an_account_that_doesnt_fit_the_cards_legal_kind_is_refused(
    rules: PostingSettings, account: int, needed: str
) -> None:
    assert rules.gift_cards is not None
    wrong = replace(rules, gift_cards=replace(rules.gift_cards, account=account))

    hold = held(an_order(lines=(A_CARD,)), wrong)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert f"belongs on an account with {needed} VAT, but account {account}" in message(hold)


def test_a_card_is_no_sale_of_goods_into_the_eu() -> None:
    berlin = an_address(country="DE", zip_code="10115")
    order = an_order(lines=(A_CARD,), billing=berlin, delivery=berlin)

    assert planned(order, SINGLE).distance_sale is None


def test_the_lines_of_cards_name_what_chose_their_account() -> None:
    assert [line.rule for line in planned(PAID_WITH_CARD, SINGLE).invoice.lines] == [
        "sales_account",
        "shipping_account",
        "gift_cards",
    ]


@pytest.mark.parametrize(("worth", "pays"), [("0", False), ("0.50", True), ("1", True)])
def test_a_card_pays_whatever_is_on_it(worth: str, *, pays: bool) -> None:
    order = an_order(voucher_code="GK-1", voucher_amount=Decimal(worth))

    assert pays_with_gift_card(order, SINGLE) is pays


BERLIN = an_address(country="DE", zip_code="10115")
OSLO = an_address(country="NO", zip_code="0150")
HAMBURG = an_address(country="DE", zip_code="20095", company="Muster GmbH")


@pytest.mark.parametrize(
    ("rule", "sold", "rate"),
    [
        (a_rule(1255, zone=(Zone.WORLD,)), {"billing": OSLO, "delivery": OSLO}, 0),
        (
            a_rule(1100, zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)),
            {"billing": HAMBURG, "delivery": HAMBURG, "vat_number": "DE136695976"},
            0,
        ),
        (
            a_rule(1151, zone=(Zone.EU,), foreign_vat_account=64200),
            {"billing": BERLIN, "delivery": BERLIN},
            25,
        ),
        (a_rule(1001, zone=(Zone.EU,)), {"billing": BERLIN, "delivery": BERLIN}, 25),
    ],
    ids=["an export", "to an EU business", "by OSS", "to an EU consumer"],
)
@pytest.mark.parametrize("cards", [SINGLE, MULTI], ids=["single-purpose", "multi-purpose"])
def test_a_card_goes_on_its_account_whatever_the_rules_say_of_goods(
    cards: PostingSettings, rule: Rule, sold: dict[str, Any], rate: int
) -> None:
    card = replace(A_CARD, vat_rate=Decimal(rate))

    plan = planned(an_order(lines=(card,), **sold), replace(cards, rules=(rule,)))

    assert cards.gift_cards is not None
    assert [(line.account, line.amount) for line in plan.invoice.lines] == [
        (cards.gift_cards.account, Decimal("200.00"))
    ]


def test_a_rule_that_names_gift_cards_takes_them_and_no_foreign_vat_out_of_them() -> None:
    rule = a_rule(63080, line=(LineKind.GIFT_CARD,), foreign_vat_account=64200)
    card = replace(A_CARD, vat_rate=Decimal(25))

    plan = planned(an_order(lines=(card,)), replace(MULTI, rules=(rule,)))

    assert [(line.account, line.rule) for line in plan.invoice.lines] == [(63080, rule.name)]


@pytest.mark.parametrize(("category", "kind"), [("Gavekort", "gift_card"), ("Gebyr", "fee")])
def test_cards_and_fees_may_be_known_by_the_catalogue(category: str, kind: str) -> None:
    assert SINGLE.gift_cards is not None
    rules = replace(
        SINGLE,
        gift_cards=replace(SINGLE.gift_cards, sold_as=ProductCondition(category=("Gave*",))),
        fees=ProductCondition(category=("Gebyr",)),
    )
    products = {501: Product(product_id=501, categories=(category,))}

    assert kind_of(a_line(), rules, products) is LineKind(kind)


OF_OTHER_VAT = {
    "export": (
        a_rule(1255, zone=(Zone.WORLD,)),
        {"delivery": an_address(country="NO", zip_code="0150")},
        0,
    ),
    "another country's VAT": (
        a_rule(1151, zone=(Zone.EU,), foreign_vat_account=64200),
        {"delivery": BERLIN},
        19,
    ),
    "second-hand goods": (a_rule(1051, margin_scheme=MarginScheme.USED_GOODS), {}, 25),
    "goods without VAT": (a_rule(1050), {}, 0),
}


@pytest.mark.parametrize("case", OF_OTHER_VAT)
@pytest.mark.parametrize("beside", [(), (a_line(),)], ids=["alone", "beside a mug"])
def test_a_single_purpose_card_pays_only_what_bears_the_vat_it_bore(
    case: str, beside: tuple[OrderLine, ...]
) -> None:
    rule, order, rate = OF_OTHER_VAT[case]
    goods = a_line(sku="ANDET", unit_price=Decimal(500), vat_rate=Decimal(rate))
    condition = replace(rule.when, product=ProductCondition(sku=("ANDET",)))
    danish = a_rule(1000, country=("DE",), vat_rate=(Decimal(25),))
    rest = a_rule(1000, zone=tuple(Zone))
    rules = replace(SINGLE, rules=(replace(rule, when=condition), danish, rest))
    used = {"voucher_code": "GK-1", "voucher_amount": Decimal(100)}

    hold = held(an_order(lines=(goods, *beside), **used, **order), rules)

    assert hold.reason is HoldReason.GIFT_CARD_USED
    assert "paid 100 of" in message(hold)


def test_a_single_purpose_card_may_pay_for_another_card_beside_goods() -> None:
    order = an_order(lines=(A_CARD, a_line()), voucher_code="GK-1", voucher_amount=Decimal(100))

    assert rows(planned(order, SINGLE))[-1] == (63085, Decimal(-100), Decimal(25))


UNTAXED_CARD = replace(A_CARD, vat_rate=Decimal(0))
FREE_FREIGHT = a_rule(
    1300, "fragt", line=(LineKind.SHIPPING,), zone=(Zone.DK,), vat_rate=(Decimal(0),)
)
FEE = a_line(product_id=None, sku="payment_fee", name="Betalingsgebyr", vat_rate=Decimal(0))


@pytest.mark.parametrize("rules", [(), (FREE_FREIGHT,)], ids=["no rule", "a rule for freight"])
@pytest.mark.parametrize("cards", [SINGLE, MULTI], ids=["single-purpose", "multi-purpose"])
@pytest.mark.parametrize(
    "beside",
    [
        {"lines": (UNTAXED_CARD,), "shipping_price": Decimal(39)},
        {"lines": (UNTAXED_CARD, FEE)},
        {"lines": (UNTAXED_CARD, FEE), "shipping_price": Decimal(39)},
    ],
    ids=["freight", "a fee of the checkout", "both"],
)
def test_a_card_alone_never_tells_the_vat_of_what_is_charged_beside_it(
    beside: dict[str, Any], cards: PostingSettings, rules: tuple[Rule, ...]
) -> None:
    hold = held(an_order(**beside), replace(cards, rules=rules))

    assert hold.text == "unknown_vat.beside_cards"
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


@pytest.mark.parametrize(
    ("order", "account", "rate"),
    [
        ({"vat": Decimal("7.80")}, 1350, 25),
        ({"vat": Decimal(0)}, 1300, 0),
        ({"lines": (UNTAXED_CARD, a_line())}, 1350, 25),
        ({"lines": (UNTAXED_CARD, a_line(sku="BOG", vat_rate=Decimal(0)))}, 1300, 0),
        ({"lines": (A_CARD,)}, 1350, 25),
        ({"billing": OSLO, "delivery": OSLO}, 1255, 0),
    ],
    ids=["stated", "stated as none", "goods", "exempt goods", "a taxed card", "abroad"],
)
def test_freight_beside_a_card_has_the_vat_that_something_else_tells(
    order: dict[str, Any], account: int, rate: int
) -> None:
    exempt = a_rule(1050, sku=("BOG",))
    rules = replace(MULTI, rules=(a_rule(1255, zone=(Zone.WORLD,)), FREE_FREIGHT, exempt))
    sold = {"lines": (UNTAXED_CARD,), "shipping_price": Decimal(39), **order}

    plan = planned(an_order(**sold), rules)

    assert rows(plan)[-1] == (account, Decimal(39), Decimal(rate))


def of_both_kinds(*rules: Rule) -> PostingSettings:
    """Return the rules of a shop with both kinds of cards."""
    assert REDEEMED.gift_cards is not None
    single = GiftCards(
        kind=GiftCardKind.SINGLE_PURPOSE, account=63085, voucher_codes=("GK-K*", "KURSUS")
    )
    cards = replace(REDEEMED.gift_cards, single_purpose=single)
    return replace(REDEEMED, gift_cards=cards, rules=rules)


SINGLE_SOLD = a_rule(63085, "kurser", line=(LineKind.GIFT_CARD,), sku=("GAVEKORT-K*",))
BOTH = of_both_kinds(SINGLE_SOLD)


@pytest.mark.parametrize(
    ("code", "account"),
    [("GK-1", 63080), ("gk-k1", 63085), ("KURSUS", 63085), ("KURSUS-2", None), ("", None)],
)
def test_of_two_kinds_the_code_tells_which_card_pays(code: str, account: int | None) -> None:
    used = card_used(replace(PAID_WITH_CARD, voucher_code=code), BOTH)

    assert (used.account if used else None) == account


def test_of_two_kinds_one_pays_on_the_invoice_and_the_other_beside_it() -> None:
    single = planned(replace(PAID_WITH_CARD, voucher_code="GK-K7"), BOTH)
    multi = planned(PAID_WITH_CARD, BOTH)

    assert rows(single)[-1] == (63085, Decimal("-200.00"), Decimal(25))
    assert (single.gift_card, single.invoice.total) == (None, Decimal("349.00"))
    assert multi == planned(PAID_WITH_CARD, REDEEMED)


@pytest.mark.parametrize("shop_rate", [Decimal(25), Decimal(0)])
def test_of_two_kinds_a_rule_tells_which_are_sold_with_vat(shop_rate: Decimal) -> None:
    single = replace(A_CARD, sku="GAVEKORT-K300", unit_price=Decimal(300), vat_rate=shop_rate)
    order = an_order(lines=(A_CARD, single))

    assert rows(planned(order, BOTH)) == [
        (63080, Decimal(200), Decimal(0)),
        (63085, Decimal(300), Decimal(25)),
    ]
    assert [row[0] for row in rows(planned(order, of_both_kinds()))] == [63080, 63080]


def test_of_two_kinds_the_single_purpose_one_pays_only_what_bears_the_vat_it_bore() -> None:
    order = replace(
        PAID_WITH_CARD,
        lines=(a_line(unit_price=Decimal("500.00"), vat_rate=Decimal(0)),),
        delivery=an_address(country="NO", zip_code="0150", city="Oslo"),
        vat=Decimal(0),
    )
    rules = of_both_kinds(a_rule(1255, zone=(Zone.WORLD,)))

    assert held(replace(order, voucher_code="GK-K7"), rules).text == "gift_card_used.single_purpose"
    assert planned(order, rules).paid_by_card == Decimal("200.00")


def test_cards_may_be_told_apart_by_the_single_purpose_codes_alone() -> None:
    assert BOTH.gift_cards is not None
    rules = replace(BOTH, gift_cards=replace(BOTH.gift_cards, voucher_codes=()))

    assert card_used(PAID_WITH_CARD, rules) is None
    assert card_used(replace(PAID_WITH_CARD, voucher_code="GK-K7"), rules) is not None
