"""Orders, bills and payouts that are held, each for one reason; see ``texts.yaml``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from builders import (
    START,
    a_chart,
    a_gateway,
    a_line,
    a_payment_type,
    a_plan,
    a_rule,
    an_account,
    an_address,
    an_order,
    at,
    plan_order,
    settings,
)
from faulty_papers import HELD_PAPERS
from faulty_rules import CHART, FOREIGN, MARGIN, SINGLE, USED

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Address, Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.posting.days.received import refuse_paid_earlier
from dinero_sync.posting.distance_sales import refuse_above_threshold
from dinero_sync.posting.due import judge
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.plan import refuse_differing_totals
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    HandedOver,
    LineKind,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    Rule,
    Trigger,
)

DAY = date(2026, 12, 3)
SHIPPED = Trigger.SHIPPED
SECOND_HAND = settings(rules=(USED,), margin=MARGIN)
JACKET = a_line(product_id=42, sku="BRUGT-7", name="Jakke", unit_price=Decimal(900))
OF_THE_CATALOGUE = settings(rules=(a_rule(1050, category=("Bøger*",)),))
NOTHING_TAXED = a_chart([an_account(1000, "Salg"), an_account(2000, "Andet", "U25")])
LAST = a_chart([an_account(1000, "Salg"), an_account(1999, "Andet salg", "U25")])
SERVICES = Chart(
    entry={
        1000: an_account(1000, "Salg", "U25"),
        1050: an_account(1050, "Salg u/moms"),
        1260: an_account(1260, "Ydelser til udlandet", "UVC"),
    },
    deposit={},
    vat_rates={"U25": Decimal(25), "UVC": Decimal(0)},
)
COUNTRIES = a_chart(
    [
        *CHART.entry.values(),
        an_account(1002, "Fjernsalg EU privat m/dansk moms - DE", "U25"),
        an_account(1003, "Fjernsalg EU privat m/dansk moms - SE", "U25"),
    ]
)
ODD = a_chart([*CHART.entry.values(), an_account(1000, "Salg", "XYZ")])


def abroad(country: str, zip_code: str) -> Address:
    """Return an address in another country."""
    return an_address(country=country, zip_code=zip_code)


OSLO, BERLIN = abroad("NO", "0150"), abroad("DE", "10115")
BELFAST = abroad("GB", "BT1 1AA")


def plan(order: Order, rules: PostingSettings | None = None, chart: Chart | None = None) -> object:
    """Plan an order that is held."""
    return plan_order(order, a_payment_type(), DAY, rules or settings(), chart or a_chart())


def sold_at(rate: int | str, delivery: Address, chart: Chart | None = None) -> object:
    """Plan a mug whose VAT rate the common account doesn't have."""
    return plan(an_order(lines=(a_line(vat_rate=Decimal(rate)),), delivery=delivery), None, chart)


def second_hand(rules: PostingSettings = SECOND_HAND, **order: object) -> object:
    """Plan a second-hand jacket that nobody knows the purchase price of."""
    return plan(an_order(lines=(JACKET,), **order), rules)


def unread(listed: ShopList) -> Unread:
    """Return why a list of the shop can't be read."""
    return Unread(listed=listed, refused=True, why="Shoporama answered 403.")


def of_unread(listed: ShopList, rules: PostingSettings, **line: object) -> object:
    """Plan a product of which the shop's list of ``listed`` can't be read."""
    product = Product(product_id=7, unread=(unread(listed),))
    order = an_order(lines=(a_line(product_id=7, **line),))
    return plan_order(order, a_payment_type(), DAY, rules, a_chart(), products={7: product})


def judged(trigger: Trigger = Trigger.PAID, **order: object) -> object:
    """Ask whether an order is due on 10 December 2026."""
    today = date(2026, 12, 10)
    return judge(an_order(**order), trigger, START, seen_undue=False, today=today)


def paid_by(**gateway: object) -> object:
    """Look for the payment type of an order, where none takes it."""
    none = a_payment_type(when=PaymentTypeCondition(gateway=("bogus",)))
    return find_payment_type(an_order(gateway=a_gateway(**gateway)), (none,))


def asked_of_the_catalogue(**line: object) -> object:
    """Plan a product that the catalogue no longer has."""
    return plan(an_order(lines=(a_line(**line),)), OF_THE_CATALOGUE)


def at_another_rate(rate: Decimal | None, vat: Decimal | None) -> object:
    """Plan an order whose lines have ``rate`` and one other, and whose VAT can't be theirs."""
    rates = (rate, None if rate is None else Decimal(25))
    lines = tuple(a_line(vat_rate=each) for each in rates)
    return plan(an_order(lines=lines, shipping_price=Decimal(39), vat=vat))


def confirmed_by_nobody() -> object:
    """Plan a sale without VAT to a German business that VIES doesn't know."""
    german = an_address(country="DE", zip_code="10115", company="Prüf GmbH")
    mug = a_line(vat_rate=Decimal(0))
    order = an_order(lines=(mug,), billing=german, delivery=german, vat_number="DE136695976")
    return plan(order, settings(rules=(a_rule(1100),), check_vat_numbers=True))


def phone(buyer: tuple[BuyerKind, ...] = (), **order: object) -> object:
    """Plan a phone without VAT, or something else, by a rule for reverse charge."""
    line = a_line(sku="MOBIL-1", vat_rate=Decimal(0))
    phones = a_rule(1255, "phones", sku=("MOBIL*",), buyer=buyer, reverse_charge=True)
    freight = a_rule(1255, "freight", line=(LineKind.SHIPPING,), reverse_charge=True)
    rules = settings(rules=(phones, freight))
    return plan(an_order(**{"lines": (line,), "billing": BUSINESS, **order}), rules)


def used_card() -> object:
    """Plan an order paid with a multi-purpose gift card."""
    cards = replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE, account=63080)
    order = an_order(voucher_amount=Decimal(25), voucher_code="GK-1")
    return plan(order, settings(gift_cards=cards))


def used_card_abroad() -> object:
    """Plan an order to Norway without VAT, paid with a single-purpose gift card."""
    mug = a_line(vat_rate=Decimal(0))
    order = an_order(lines=(mug,), delivery=OSLO, voucher_amount=Decimal(25), voucher_code="GK-1")
    return plan(order, settings(gift_cards=SINGLE, rules=(a_rule(1255),)))


def untaxed_by(rule: Rule, delivery: Address) -> object:
    """Plan a mug without VAT that a rule takes."""
    mug = a_line(vat_rate=Decimal(0))
    return plan(an_order(lines=(mug,), delivery=delivery), settings(rules=(rule,)))


BUSINESS = an_address(company="Prøve ApS")
CARDS = GiftCards(
    kind=GiftCardKind.SINGLE_PURPOSE,
    account=63085,
    sold_as=ProductCondition(sku=("GAVE*",)),
)


def discounted(vat: Decimal | None) -> object:
    """Plan mugs and a book without VAT, with a voucher that may be for either."""
    lines = (a_line(), a_line(sku="BOG", vat_rate=Decimal(0)))
    order = an_order(lines=lines, voucher_code="JUL10", voucher_amount=Decimal(25), vat=vat)
    return plan(order, settings(rules=(a_rule(1050, sku=("BOG",)),)))


GERMANS_BY_OSS = replace(FOREIGN, when=replace(FOREIGN.when, country=("DE",)))


def under_oss(rate: int, delivery: Address, rule: Rule = GERMANS_BY_OSS) -> object:
    """Plan a mug for an EU consumer by a shop under OSS, at a VAT rate in percent."""
    lines = (a_line(vat_rate=Decimal(rate)),)
    order = an_order(lines=lines, billing=delivery, delivery=delivery)
    return plan(order, settings(rules=(rule,)))


def collected_by(buyer: Address, **freight: object) -> object:
    """Plan an order to abroad whose freight costs nothing."""
    named = {"shipping_id": None, "shipping_name": "Afhentning, Østergade", **freight}
    by_name = HandedOver(in_denmark=("afhentning i værk*",))
    order = an_order(billing=buyer, delivery=buyer, **named)
    return plan(order, settings(handed_over=by_name))


HELD: dict[str, Callable[[], object]] = {
    "an account with another VAT": lambda: plan(an_order(lines=(a_line(vat_rate=Decimal(0)),))),
    "an account with a VAT code of no known rate": lambda: plan(an_order(), None, ODD),
    "VAT that no account has": lambda: sold_at(25, OSLO, NOTHING_TAXED),
    "goods without VAT into the EU": lambda: sold_at(0, BERLIN),
    "goods with VAT to Norway": lambda: sold_at(25, OSLO),
    "goods with VAT to Greenland": lambda: sold_at(25, abroad("GL", "3900")),
    "goods with VAT to the Canary Islands": lambda: sold_at(25, abroad("ES", "35001")),
    "goods without VAT to Norway": lambda: sold_at(0, OSLO),
    "German VAT": lambda: sold_at(19, BERLIN),
    "German VAT, and no account of debt": lambda: sold_at(
        19, BERLIN, a_chart([an_account(1000, "Salg", "U25"), an_account(1151, "OSS", "UEUV2")])
    ),
    "Danish VAT to Germany on an account without it, beside accounts of countries": lambda: plan(
        an_order(delivery=BERLIN), settings(rules=(a_rule(1050, "books"),)), COUNTRIES
    ),
    "Norwegian VAT": lambda: sold_at("15.0", OSLO),
    "Norwegian VAT, and no account of debt": lambda: plan(
        an_order(lines=(a_line(vat_rate=Decimal(15)),), delivery=OSLO),
        None,
        a_chart([an_account(1000, "Salg", "U25"), an_account(1999, "Eksport", "UVC")]),
    ),
    "Norwegian VAT, and an account for services abroad": lambda: sold_at(15, OSLO, SERVICES),
    "goods with VAT that a rule takes for goods without": lambda: plan(
        an_order(), settings(rules=(a_rule(1050, "books"),))
    ),
    "an export on an account for EU businesses": lambda: untaxed_by(a_rule(1100, "EU"), OSLO),
    "a consumer in the EU on the EU sales list": lambda: untaxed_by(a_rule(1100, "EU"), BERLIN),
    "a consumer in the EU without VAT by a rule": lambda: untaxed_by(a_rule(1050, "all"), BERLIN),
    "an EU business with German VAT": lambda: plan(
        an_order(
            lines=(a_line(vat_rate=Decimal(19)),),
            billing=replace(BUSINESS, country="DE", zip_code="10115"),
            delivery=BERLIN,
            vat_number="DE136695976",
        )
    ),
    "the last account of revenue": lambda: sold_at(25, an_address(), LAST),
    "a margin scheme on an account with VAT": lambda: plan(
        an_order(lines=(JACKET,)), settings(rules=(replace(USED, account=1000),), margin=MARGIN)
    ),
    "a gift card for several purposes": used_card,
    "a gift card for one purpose, used on an export": used_card_abroad,
    "totals that differ": lambda: refuse_differing_totals(
        a_plan().invoice, "EUR", Decimal("124.5"), Decimal("24.9")
    ),
    "an EAN with a wrong digit": lambda: plan(an_order(ean="5798000416605")),
    "a VAT number with a wrong digit": lambda: plan(
        an_order(billing=BUSINESS, vat_number="12345678")
    ),
    "the threshold for sales into the EU": lambda: refuse_above_threshold(
        a_plan(), "DE", Decimal(100), Decimal("74350.5"), Decimal(0)
    ),
    "the threshold for sales into the EU, last year": lambda: refuse_above_threshold(
        a_plan(), "DE", Decimal(100), Decimal(0), Decimal("74400.5")
    ),
    "paid some day, created before the start": lambda: judged(
        created=at("2026-11-28"), paid_at=None
    ),
    "created before the start, paid after": lambda: judged(created=at("2026-11-28")),
    "paid on a day to come": lambda: judged(paid_at=at("2026-12-11")),
    "margins on an account without VAT": lambda: second_hand(
        replace(SECOND_HAND, margin=replace(MARGIN, account=1051))
    ),
    "second-hand goods in euro": lambda: second_hand(currency="EUR"),
    "second-hand goods without a purchase price": second_hand,
    "second-hand goods whose purchase price can't be read": lambda: of_unread(
        ShopList.PRODUCTS, SECOND_HAND, sku="BRUGT-7"
    ),
    "second-hand goods out of the EU": lambda: second_hand(delivery=OSLO),
    "second-hand goods to the Canary Islands": lambda: second_hand(delivery=abroad("ES", "35001")),
    "a gateway with an id": lambda: paid_by(name="Kort på nettet"),
    "a gateway with a code": lambda: paid_by(gateway_id=None, code="kø[1]", name=""),
    "a gateway with a name": lambda: paid_by(gateway_id=None, code="", name="Kort på nettet"),
    "a gateway without a name": lambda: paid_by(code="", name=""),
    "a gateway whose name can't be read": lambda: find_payment_type(
        an_order(gateway=a_gateway(name="", unread=unread(ShopList.GATEWAYS))),
        (a_payment_type(name="Kort", when=PaymentTypeCondition(gateway_name=("Dan*",))),),
    ),
    "a product that was removed": lambda: asked_of_the_catalogue(product_id=7),
    "a product without id": lambda: asked_of_the_catalogue(product_id=None),
    "a product whose number has signs of YAML": lambda: asked_of_the_catalogue(
        product_id=None, sku='19" [sort]'
    ),
    "a product without any number": lambda: asked_of_the_catalogue(product_id=None, sku=""),
    "a product whose categories can't be read": lambda: of_unread(
        ShopList.CATEGORIES, replace(OF_THE_CATALOGUE, sales_account=1001)
    ),
    "lines without a rate": lambda: at_another_rate(None, None),
    "a line without a rate beside some with": lambda: plan(
        an_order(lines=tuple(a_line(vat_rate=rate) for rate in (Decimal(25), Decimal(7), None)))
    ),
    "lines without a rate, and VAT of no common one": lambda: at_another_rate(None, Decimal(7)),
    "VAT that fits an order neither before nor after the gift card": lambda: plan(
        an_order(voucher_amount=Decimal(25), voucher_code="GK-1", vat=Decimal("7.77")),
        settings(gift_cards=SINGLE),
    ),
    "a VAT amount that isn't the lines'": lambda: at_another_rate(Decimal("12.0"), Decimal("1.23")),
    "a Danish business that has goods without VAT sent to Germany": lambda: plan(
        an_order(
            lines=(a_line(vat_rate=Decimal(0)),),
            billing=BUSINESS,
            delivery=BERLIN,
            vat_number="13585628",
        ),
        settings(rules=(a_rule(1100),)),
    ),
    "a phone without VAT to a consumer": phone,
    "a phone without VAT to a consumer, by a rule for businesses": lambda: phone(
        (BuyerKind.BUSINESS,)
    ),
    "a phone without VAT to Norway, by a rule for Danes": lambda: phone(delivery=OSLO),
    "a phone without VAT to a school": lambda: phone(ean="5798009999993"),
    "freight without VAT, and no goods by the same rule": lambda: phone(
        lines=(a_line(),), shipping_price=Decimal(50), vat=Decimal(25), vat_number="13585628"
    ),
    "goods without VAT to a Danish business": lambda: plan(
        an_order(lines=(a_line(vat_rate=Decimal(0)),), billing=BUSINESS, vat_number="13585628")
    ),
    "a VAT number that isn't confirmed": confirmed_by_nobody,
    "a voucher above goods and freight": lambda: plan(
        an_order(voucher_amount=Decimal("125.02"), total=Decimal("0.01"), rounding=Decimal("0.03"))
    ),
    "VAT that isn't what the lines say": lambda: plan(an_order(vat=Decimal("20.00"))),
    "a rate that no country has": lambda: at_another_rate(Decimal("24.5678"), None),
    "a discount on goods of different VAT": lambda: discounted(None),
    "a discount whose VAT tells nothing": lambda: discounted(Decimal("3.33")),
    "a discount on a gift card alone": lambda: plan(
        an_order(lines=(a_line(sku="GAVEKORT"),), voucher_amount=Decimal(25)),
        settings(gift_cards=CARDS),
    ),
    "a voucher above the goods, beside a gift card": lambda: plan(
        an_order(
            lines=(a_line(), a_line(sku="GAVEKORT", unit_price=Decimal(500), vat_rate=Decimal(0))),
            voucher_amount=Decimal(126),
        ),
        settings(gift_cards=replace(CARDS, kind=GiftCardKind.MULTI_PURPOSE, account=63080)),
    ),
    "freight without VAT beside a gift card alone": lambda: plan(
        an_order(lines=(a_line(sku="GAVEKORT", vat_rate=Decimal(0)),), shipping_price=Decimal(39)),
        settings(gift_cards=replace(CARDS, kind=GiftCardKind.MULTI_PURPOSE, account=63080)),
    ),
    "Danish VAT of a Swede, by a shop under OSS": lambda: under_oss(25, abroad("SE", "11122")),
    "Danish VAT of Northern Ireland, by a shop under OSS": lambda: under_oss(25, BELFAST),
    "a rate that Germany doesn't have, by a shop under OSS": lambda: under_oss(13, BERLIN),
    "a rate that Northern Ireland doesn't have, by a shop under OSS": lambda: under_oss(
        13, BELFAST, FOREIGN
    ),
    "a free method that sounds like collection": lambda: collected_by(OSLO),
    "a free method that sounds like collection, by its id": lambda: collected_by(
        BERLIN, shipping_id=303
    ),
    "a freight method without a name": lambda: collected_by(
        BERLIN, shipping_id=303, shipping_name=""
    ),
    "paid by bank in an earlier month than shipped": lambda: refuse_paid_earlier(
        an_order(paid_at=at("2026-11-28"), shipped_at=at("2026-12-03")),
        a_payment_type(
            name="Bankoverførsel", when=PaymentTypeCondition(gateway_id=(3,)), trigger=SHIPPED
        ),
        settings(),
        DAY,
    ),
    "an invoice of a closed day": lambda: refuse_closed("invoice", DAY, DAY),
    "a margin of a closed day": lambda: refuse_closed("margin", DAY, date(2026, 12, 31)),
    "a payment of a closed day": lambda: refuse_closed("payment", DAY, DAY),
    "a bill of a closed day": lambda: refuse_closed("voucher", DAY, DAY),
    "a bill's payment of a closed day": lambda: refuse_closed("voucher_payment", DAY, DAY),
    "a discount line with a rate of its own": lambda: plan(
        an_order(lines=(a_line(), a_line(unit_price=Decimal(-25), vat_rate=Decimal(0))))
    ),
    **HELD_PAPERS,
}
"""What happens, and the call that holds the order."""


def hold_of(case: str) -> Hold:
    """Return why an order, a bill or a payout is held."""
    try:
        HELD[case]()
    except HeldError as error:
        return error.hold
    raise AssertionError(f"not held: {case}")
