"""Whatever the rules are and whatever is ordered: held with a reason, or right to the øre."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    personal_data_in,
    plan_order,
    settings,
)
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from dinero_sync.dinero.body import to_json
from dinero_sync.dinero.invoices import invoice_body
from dinero_sync.domain.chart import REPORTED_FOR, REVERSE_CHARGE_CODES
from dinero_sync.domain.documents import BuyerKind, InvoiceLine, MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.money import ORE, is_whole_ore, round_to_ore, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone, zone_of
from dinero_sync.posting.charges import pays_with_gift_card
from dinero_sync.posting.contact import buyer_kind
from dinero_sync.posting.plan import sale_of
from dinero_sync.posting.sale import PostedCharge, post_charges
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
    Rounding,
    Rule,
)
from dinero_sync.texts.telling import message, next_step

CHART = a_chart()
DAY = an_order().created.date()
SKUS = ("KRUS-1", "GAVE-1", "BRUGT-1", "GEBYR")
RATES = tuple(map(Decimal, (25, 0, 19, 12)))
PLACES = (("DK", "2200"), ("DK", "3900"), ("DE", "10115"), ("NO", "0150"), ("GB", "BT1 5GS"))
ACCOUNTS = tuple(number for number in CHART.entry if number < 2000)
PRODUCTS = {
    501: Product(product_id=501, categories=("Brugte lamper",), purchase_price=Decimal(40)),
    502: Product(product_id=502, categories=("Krus",)),
}
prices = st.integers(0, 200_000).map(lambda ore: Decimal(ore) / 100)


def some(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    """Draw a condition: often nothing, else one or two of the values."""
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@composite
def rules(draw: DrawFn, name: str) -> Rule:
    scheme = draw(st.sampled_from([None, None, MarginScheme.USED_GOODS]))
    foreign = None if scheme else draw(st.sampled_from([None, None, 64200]))
    return a_rule(
        draw(st.sampled_from(ACCOUNTS)),
        name,
        margin_scheme=scheme,
        foreign_vat_account=foreign,
        reverse_charge=not scheme and not foreign and draw(st.booleans()),
        line=draw(some(tuple(LineKind))),
        vat_rate=draw(some(RATES)),
        zone=draw(some(tuple(Zone))),
        country=draw(some(("DK", "DE", "NO"))),
        buyer=draw(some(tuple(BuyerKind))),
        sku=draw(some(("KRUS*", "GAVE*", "BRUGT*"))),
        category=draw(some(("Brugt*", "Krus"))),
    )


@composite
def configurations(draw: DrawFn) -> PostingSettings:
    kind = draw(st.sampled_from([None, *GiftCardKind]))
    account = 63085 if kind is GiftCardKind.SINGLE_PURPOSE else 63080
    cards = kind and GiftCards(
        kind=kind,
        account=account,
        sold_as=ProductCondition(sku=("GAVE*",)),
        voucher_codes=("GK-*",),
    )
    method = draw(st.sampled_from([None, *MarginMethod]))
    taxed = 1052 if method is MarginMethod.INDIVIDUAL else None
    return settings(
        rules=tuple(draw(rules(f"rule {at}")) for at in range(draw(st.integers(0, 4)))),
        gift_cards=cards,
        margin=method and Margin(method=method, account=taxed),
        rounding=draw(st.sampled_from([None, Rounding(limit=Decimal("0.05"), account=1490)])),
        fees=draw(st.sampled_from([None, ProductCondition(sku=("GEBYR",))])),
        check_vat_numbers=draw(st.booleans()),
    )


@composite
def orders(draw: DrawFn) -> Order:
    """Draw an order whose lines, freight and voucher add up to its total."""
    country, zip_code = draw(st.sampled_from(PLACES))
    company = draw(st.sampled_from(["", "Muster GmbH"]))
    sold = draw(st.lists(_lines(), max_size=4))
    freight = draw(prices | st.just(Decimal(0)))
    gross = sum((line.amount for line in sold), freight)
    off = draw(st.just(Decimal(0)) | st.integers(0, int(gross * 100)).map(_in_kroner))
    lines = (*sold, *([_discount_line(off, draw(st.sampled_from(RATES)))] if off else []))
    gross -= off
    voucher = draw(st.integers(0, int(gross * 100)).map(lambda ore: Decimal(ore) / 100))
    place = an_address(country=country, zip_code=zip_code, company=company)
    return an_order(
        lines=lines,
        shipping_price=freight,
        voucher_amount=voucher,
        voucher_code=draw(st.sampled_from(["", "JUL10", "GK-1"])),
        billing=place,
        delivery=place,
        vat_number=draw(st.sampled_from(["", "DE136695976", "XI980780684", "DK13585628"])),
        ean=draw(st.sampled_from(["", "5798000416604"])),
        vat=draw(st.none() | _vats(lines, freight, voucher)),
    )


def _in_kroner(ore: int) -> Decimal:
    return Decimal(ore) / 100


def _discount_line(off: Decimal, rate: Decimal) -> OrderLine:
    return a_line(product_id=None, sku="RABAT", name="Rabat", unit_price=-off, vat_rate=rate)


def _vats(
    lines: tuple[OrderLine, ...], freight: Decimal, voucher: Decimal
) -> st.SearchStrategy[Decimal]:
    """Draw the VAT as shops reckon it: a voucher on everything, or on one line; freight alike."""
    taxed = [(line.amount, line.vat_rate or Decimal(0)) for line in lines]
    whole = sum((vat_inside(amount, rate) for amount, rate in taxed), Decimal(0))
    gross = sum((amount for amount, _ in taxed), Decimal(0))
    rates = sorted({rate for _, rate in taxed} | {Decimal(0)})
    on_all = whole * (gross - voucher) / gross if gross > 0 else whole
    on_one = [whole - vat_inside(voucher, rate) for rate in rates]
    by_share = whole * freight / gross if gross > 0 else Decimal(0)
    on_freight = [by_share, *(vat_inside(freight, rate) for rate in rates)]
    meant = [goods + more for goods in (on_all, *on_one) for more in on_freight]
    sensible = [max(vat, Decimal(0)) for vat in meant]
    return st.sampled_from([*sensible, *map(round_to_ore, sensible)])


def _lines() -> st.SearchStrategy[OrderLine]:
    return st.builds(
        a_line,
        product_id=st.sampled_from([501, 502, None]),
        sku=st.sampled_from(SKUS),
        quantity=st.sampled_from([Decimal(text) for text in ("1", "3", "0.5", "1.25", "0.333")]),
        unit_price=prices | st.integers(0, 10**7).map(lambda fine: Decimal(fine) / 10**4),
        vat_rate=st.sampled_from(RATES),
    )


def decide(order: Order, configuration: PostingSettings) -> Plan | Hold:
    try:
        return plan_order(
            order,
            a_payment_type(),
            DAY,
            configuration,
            CHART,
            products=PRODUCTS,
            vat_number_confirmed=order.vat_number.startswith("DE"),
        )
    except HeldError as error:
        return error.hold


@given(orders(), configurations())
def test_an_order_is_held_with_a_reason_or_its_lines_are_its_total(
    order: Order, configuration: PostingSettings
) -> None:
    decided = decide(order, configuration)

    if isinstance(decided, Hold):
        assert message(decided)
        assert next_step(decided.steps)
        assert not personal_data_in(decided)
        return
    assert decided.invoice.total == order.total > 0
    assert all(is_whole_ore(line.unit_price) for line in decided.invoice.lines)


@given(orders(), configurations())
def test_every_line_has_the_vat_that_its_account_and_its_sale_have(
    order: Order, configuration: PostingSettings
) -> None:
    decided = decide(order, configuration)

    for line in _ordinary(decided):
        assert line.vat_rate == CHART.vat_rate(line.account)
        code = CHART.entry[line.account].vat_code or ""
        zone = zone_of(order.delivery.country, order.delivery.zip_code)
        rule = next((each for each in configuration.rules if each.name == line.rule), None)
        if rule is None or not rule.reverse_charge:
            assert REPORTED_FOR.get(code, zone) is zone
        assert code not in REVERSE_CHARGE_CODES or buyer_kind(order) is not BuyerKind.CONSUMER


@given(orders(), configurations())
def test_only_a_danish_business_pays_the_vat_itself_and_its_invoice_says_so(
    order: Order, configuration: PostingSettings
) -> None:
    decided = decide(order, configuration)
    if not isinstance(decided, Plan):
        return

    by = {rule.name for rule in configuration.rules if rule.reverse_charge}
    reversed_ = [line for line in decided.invoice.lines if line.rule in by]
    for line in reversed_:
        assert "køber afregner momsen" in str(line.comments) or "pays the VAT" in str(line.comments)
        assert line.vat_rate == 0
    said = "CVR" in decided.invoice.comment
    assert said is bool(reversed_)
    if reversed_:
        assert zone_of(order.delivery.country, order.delivery.zip_code) is Zone.DK
        assert decided.contact.vat_number == "DK13585628"


@given(orders(), configurations())
def test_goods_that_paid_danish_vat_come_out_with_just_that(
    order: Order, configuration: PostingSettings
) -> None:
    """Where no scheme of its own has a say, the rates of the shop are the rates of the books."""
    plain = replace(
        configuration,
        gift_cards=None,
        rules=tuple(
            replace(rule, margin_scheme=None, foreign_vat_account=None)
            for rule in configuration.rules
        ),
    )
    decided = decide(order, plain)
    sold = sorted(
        line.vat_rate for line in order.lines if line.amount > 0 and line.vat_rate is not None
    )

    if isinstance(decided, Plan):
        lines = decided.invoice.lines[: len(sold)]
        assert sorted(line.vat_rate for line in lines) == sold


@given(orders(), configurations())
@example(an_order(), settings())
def test_what_goes_over_the_wire_is_what_the_customer_paid_never_a_net_amount(
    order: Order, configuration: PostingSettings
) -> None:
    decided = decide(order, configuration)

    if isinstance(decided, Plan):
        body = invoice_body(decided.invoice, UUID(int=1))
        wire = json.loads(to_json(body), parse_float=Decimal)
        rows = [row for row in wire["ProductLines"] if row["LineType"] == "Product"]
        assert wire["ShowLinesInclVat"] is True
        assert sum(row["Quantity"] * row["BaseAmountValue"] for row in rows) == order.total


@given(orders(), configurations())
def test_no_discount_comes_off_a_gift_card_or_moves_vat_that_nothing_proves(
    order: Order, configuration: PostingSettings
) -> None:
    posted = _posted(order, configuration)
    if pays_with_gift_card(order, configuration):
        return
    for each in posted:
        if each.charge.kind is LineKind.GIFT_CARD:
            assert each.charge.amount == each.charge.normal
    goods = [
        each
        for each in posted
        if each.charge.line and each.charge.kind is not LineKind.GIFT_CARD and each.charge.amount
    ]
    if order.vat is None and order.voucher_amount:
        told = {
            (
                each.charge.rate,
                each.posting.margin_scheme,
                each.posting.foreign_vat_account,
                each.posting.reverse_charge,
            )
            for each in goods
        }
        assert len(told) < 2


@given(orders(), configurations())
def test_the_vat_that_is_charged_is_the_vat_that_the_shop_states(
    order: Order, configuration: PostingSettings
) -> None:
    posted = _posted(order, configuration)
    if order.vat is None or not posted or pays_with_gift_card(order, configuration):
        return
    charged = sum((vat_inside(each.charge.amount, each.charge.rate) for each in posted), Decimal(0))
    pieces = sum((line.quantity for line in order.lines), Decimal(2))
    assert abs(charged - order.vat) <= max(ORE * (len(posted) + 1), ORE / 2 * pieces)


def _posted(order: Order, configuration: PostingSettings) -> tuple[PostedCharge, ...]:
    """Post what an order charges for; nothing where it is held."""
    sale = sale_of(order, a_payment_type(), configuration, CHART, products=PRODUCTS)
    try:
        return post_charges(sale)
    except HeldError:
        return ()


def _ordinary(decided: Plan | Hold) -> Iterator[InvoiceLine]:
    """Yield the lines of goods, freight and fees: no used gift card, no rounding."""
    lines = decided.invoice.lines if isinstance(decided, Plan) else ()
    return (line for line in lines if line.account < 2000)
