"""Whatever a shop sells: the right total with the right VAT, or a hold that can be solved.

The sales are drawn as their shop knows them (:mod:`sold`), written as shops write (:mod:`written`),
read and decided about as a run does; what comes out is held against what was sold.
"""

import os
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from builders import a_chart, a_payment_type, a_rule, settings
from hypothesis import given
from hypothesis import settings as tried
from sold import Discount, Sale, Shop, Stated, Whose, Written, reducible, sales
from written import PARCEL, PICK_UP, as_order, stated_vat

from dinero_sync.domain.documents import BuyerKind, MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.hold import HoldReason as Reason
from dinero_sync.domain.product import Product
from dinero_sync.domain.step import Command, Yaml
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.due import Never
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    HandedOver,
    LineKind,
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
    Rounding,
)
from dinero_sync.shoporama.masters import masters_of
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.intake.decide import decide
from dinero_sync.sync.intake.facts import DistanceSales, Facts
from dinero_sync.texts.telling import message, next_step

SHARDS = 8
"""So that several workers share the examples."""
IN_THE_GATE = 40_000
IS_GATE = os.environ.get("HYPOTHESIS_PROFILE") == "gate"
EXAMPLES = IN_THE_GATE // SHARDS if IS_GATE else tried().max_examples
"""Of each shard."""
MASTERS = masters_of(
    [{"payment_gateway_id": 77, "name": "Kort", "gateway": "quickpayv10"}],
    [{"shipping_id": PARCEL, "name": "GLS"}, {"shipping_id": PICK_UP, "name": "Afhentning"}],
    [
        {"country_id": number, "code": code}
        for number, code in ((45, "DK"), (57, "DE"), (163, "SE"), (128, "NO"), (68, "GL"))
    ],
)
CHART = a_chart()
FACTS = Facts(
    day=date(2026, 12, 3),
    chart=CHART,
    products={
        number: Product(product_id=number, purchase_price=Decimal(1)) for number in range(900, 910)
    },
    vat_number_confirmed=True,
    distance_sales=DistanceSales(),
)
DISTANCE_SALES = Decimal(74_400)
"""Kroner: 10,000 EUR a year, without VAT."""
CHEAP = 7
"""Kroner: below it, VAT in whole øre may be that of Denmark's rate and of another country's."""
GIFT_CARD_DEBTS = {63080, 63085}
FOREIGN_DEBT = 64200


@cache
def rules_of(shop: Shop) -> PostingSettings:
    """Return rich rules of a shop."""
    consumers = (
        a_rule(1151, "OSS", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,), foreign_vat_account=64200)
        if shop.oss
        else a_rule(1001, "EU", zone=(Zone.EU,), line=(LineKind.PRODUCT,))
    )
    return settings(
        rules=(
            a_rule(1051, "brugt", sku=("BRUGT*",), margin_scheme=MarginScheme.USED_GOODS),
            a_rule(1050, "fri", sku=("FRI*",), vat_rate=(Decimal(0),), zone=(Zone.DK,)),
            a_rule(
                1300, "fragt", line=(LineKind.SHIPPING,), vat_rate=(Decimal(0),), zone=(Zone.DK,)
            ),
            a_rule(1100, "EU B2B", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS, BuyerKind.PUBLIC)),
            a_rule(1255, "eksport", zone=(Zone.WORLD,)),
            consumers,
        ),
        payment_types=(a_payment_type(),),
        gift_cards=GiftCards(
            kind=GiftCardKind.SINGLE_PURPOSE if shop.single_purpose else GiftCardKind.MULTI_PURPOSE,
            account=63085 if shop.single_purpose else 63080,
            sold_as=ProductCondition(sku=("GAVE*",)),
            voucher_codes=("GK-*",),
            redeemed_account=None if shop.single_purpose else 55090,
        ),
        margin=Margin(
            method=MarginMethod.INDIVIDUAL if shop.individual else MarginMethod.COLLECTIVE,
            account=1052 if shop.individual else None,
        ),
        rounding=Rounding(limit=Decimal("0.05"), account=1490) if shop.rounding else None,
        handed_over=HandedOver(in_denmark=(str(PICK_UP),), elsewhere=()),
    )


@cache
def reader_of(shop: Shop) -> ReaderSettings:
    """Return how the shop's orders are read."""
    limit = Decimal("0.05") if shop.rounding else Decimal(0)
    return ReaderSettings(zone=ZoneInfo("Europe/Copenhagen"), currency="DKK", rounding_limit=limit)


def decided(sale: Sale) -> Plan | Hold | Never:
    """Read and decide about the order, as a run does."""
    try:
        order = read_order(as_order(sale), MASTERS, reader_of(sale.shop))
    except HeldError as error:
        return error.hold
    found = decide(order, FACTS, rules_of(sale.shop))
    outcome = found.plan or found.hold or found.never
    assert outcome is not None
    return outcome


@pytest.mark.parametrize("shard", range(SHARDS))
@tried(max_examples=EXAMPLES)
@given(sale=sales())
def test_it_is_booked_as_it_was_sold_or_held_with_a_way_out(shard: int, sale: Sale) -> None:  # noqa: ARG001 - other examples each
    outcome = decided(sale)

    if isinstance(outcome, Hold):
        check_hold(outcome, sale)
    elif isinstance(outcome, Plan):
        check_books(outcome, sale)
    else:
        assert sale.total == 0


def check_hold(hold: Hold, sale: Sale) -> None:
    """See that it is for a reason, and that something can be done about it here."""
    assert message(hold)
    assert next_step(hold.steps)
    assert [each for each in hold.steps if isinstance(each, Command | Yaml)], hold
    assert hold.reason in reasons_of(sale), message(hold)


def check_books(plan: Plan, sale: Sale) -> None:
    """Compare what is booked with what was sold, to half an øre a line and a share."""
    lines = plan.invoice.lines
    near = Fraction(1, 100) * (len(lines) + len(sale.parts)) + _apart(sale)
    used_card = sale.voucher if sale.discount is Discount.GIFT_CARD else Decimal(0)
    card = used_card if sale.shop.single_purpose else Decimal(0)
    by_card = used_card - card
    assert plan.invoice.total == sale.total + by_card
    assert plan.paid_by_card == by_card
    assert sum(each.amount or 0 for each in plan.payments) == plan.invoice.total
    assert plan.invoice.total > 0 or card

    danish = sum(
        (Fraction(line.amount) * Fraction(line.vat_rate) / (100 + Fraction(line.vat_rate)))
        for line in lines
    )
    single = Whose.CARD if sale.shop.single_purpose else Whose.DANISH
    assert abs(danish - sale.vat_of(Whose.DANISH, single) + Fraction(card) / 5) <= near, (
        "Danish VAT"
    )

    foreign = sum((line.amount for line in lines if line.account == FOREIGN_DEBT), Decimal(0))
    assert abs(Fraction(foreign) - sale.vat_of(Whose.FOREIGN)) <= near, "foreign VAT"

    debts = sum((line.amount for line in lines if line.account in GIFT_CARD_DEBTS), Decimal(0))
    assert debts == sale.sum_of(Whose.CARD) - Fraction(card), "debt to holders of gift cards"

    used = sum((line.amount for line in lines if line.margin_scheme), Decimal(0))
    assert abs(Fraction(used) - sale.sum_of(Whose.MARGIN)) <= near * 5, "second-hand goods"


def _apart(sale: Sale) -> Fraction:
    """Return how far the VAT that the shop states, and reports, is from the exact one."""
    stated = stated_vat(sale)
    return Fraction(0) if stated is None else abs(stated - sale.vat)


def reasons_of(sale: Sale) -> set[Reason]:
    """Return for what a person may rightly be asked about the sale."""
    return {reason for reason, is_so in _questions(sale) if is_so}


def _questions(sale: Sale) -> list[tuple[Reason, bool]]:
    goods = reducible(sale)
    kinds = {(each.rate, each.whose) for each in goods if each.amount}
    cards = any(each.whose is Whose.CARD for each in sale.lines)
    rates = {each.rate for each in sale.lines if each.amount}
    several = len(kinds) > 1
    all_danish = {(each.whose, each.rate) for each in sale.parts if each.amount} <= {
        (Whose.DANISH, Decimal(25)),
        (Whose.CARD, Decimal(25)),
    }
    pays = sale.discount is Discount.GIFT_CARD
    worth = sale.total + (sale.voucher if pays else Decimal(0))
    voucher_unclear = bool(sale.voucher) and not pays and (several or cards)
    free_freight = bool(sale.voucher) and sale.voucher == sale.freight
    freight_unclear = bool(sale.freight) and (len(rates) > 1 or several or cards)
    unproven = sale.written is Written.FRACTION and (
        sale.stated is Stated.NOT or sale.vat < Fraction(1, 100)
    )
    untold = sale.written is Written.NOT or unproven
    same_rate = {
        each.whose for each in sale.lines if sale.off_line and each.rate == sale.off_line.rate
    }
    by_piece = sale.stated is Stated.BY_PIECE
    abroad = any(each.whose is Whose.FOREIGN for each in sale.lines)
    # in whole øre, 25.5 % is told from 25 % from some kroner on
    cheap = any(each.whose is Whose.FOREIGN and 0 < each.amount < CHEAP for each in sale.parts)
    beside_others = any(each.whose in {Whose.MARGIN, Whose.CARD} for each in sale.lines)
    beside_no_goods = all(each.whose in {Whose.MARGIN, Whose.CARD} for each in sale.lines)
    odd = sale.off_line is not None and sale.off_line.whose in {Whose.MARGIN, Whose.NONE}
    return [
        (Reason.GIFT_CARD_USED, pays and sale.shop.single_purpose and not all_danish),
        (Reason.ACCOUNT_VAT_MISMATCH, bool(sale.freight) and beside_no_goods),
        (Reason.ACCOUNT_VAT_MISMATCH, freight_unclear and (beside_others or by_piece)),
        # what no line tells may be read otherwise, and then its account doesn't take it
        (Reason.ACCOUNT_VAT_MISMATCH, untold),
        (Reason.ACCOUNT_VAT_MISMATCH, cheap and (by_piece or sale.written is Written.RECKONED)),
        (Reason.ACCOUNT_VAT_MISMATCH, 0 < sale.freight < 1 and abroad),
        (Reason.DISTANCE_SALES_THRESHOLD, not sale.shop.oss and worth > DISTANCE_SALES),
        (Reason.ZERO_TOTAL_WITH_VOUCHER, sale.total == 0 and not pays),
        (Reason.UNKNOWN_VAT, voucher_unclear or freight_unclear or untold),
        (Reason.UNKNOWN_VAT, free_freight and beside_others),
        (
            Reason.NEGATIVE_AMOUNT,
            sale.off_line is not None and (len(same_rate) > 1 or odd or untold),
        ),
    ]
