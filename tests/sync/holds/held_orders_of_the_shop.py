"""Orders that are held before anything is made of them in Dinero, one for each sentence."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from person import Held, Json, Situation
from second_hand import RULES as SECOND_HAND
from second_hand import SOLD_CHAIR, SOLD_LAMP
from shop import (
    BUSINESS,
    CARD,
    GERMAN_BUSINESS,
    GERMANY,
    ORDER_ID,
    PUBLIC,
    a_line,
    raw_order,
)

from dinero_sync.sandbox.dinero.books import Account

SWEDEN, NORWAY = 163, 128
NO_RULES: Json = {"sales_account": 1000, "shipping_account": 1350, "rules": []}
GERMAN: Json = {"order_country_id": GERMANY, "order_zipcode": "20095", "order_city": "Hamburg"}
SWEDISH: Json = {"order_country_id": SWEDEN, "order_zipcode": "211 42", "order_city": "Malmö"}
NORWEGIAN: Json = {"order_country_id": NORWAY, "order_zipcode": "0153", "order_city": "Oslo"}
CANARIAN: Json = {"order_country_id": "ES", "order_zipcode": "35001"}
WITHOUT_VAT: Json = {"products": [a_line(vat=0)]}
MUG = a_line()
BOOK = a_line(own_id="BOG", name="Bog", vat=0)
CARD_SOLD = a_line(own_id="GAVEKORT-100", name="Gavekort", unit_price=Decimal(100), vat=0)
OSS: Json = {
    "name": "OSS",
    "when": {"zone": "eu", "buyer": "consumer", "country": "DE"},
    "account": 1151,
    "foreign_vat_account": 64200,
}
MULTI_PURPOSE: Json = {
    "kinds": {"gift_card": {"sku": "GAVEKORT*"}},
    "gift_cards": {"kind": "multi_purpose", "account": 63080, "voucher_codes": "GK-*"},
}
REDEEMED: Json = {
    **MULTI_PURPOSE,
    "gift_cards": {**MULTI_PURPOSE["gift_cards"], "redeemed_account": 55090},
}
SINGLE_PURPOSE: Json = {
    "kinds": {"gift_card": {"sku": "GAVEKORT*"}},
    "gift_cards": {"kind": "single_purpose", "account": 63085, "voucher_codes": "GK-*"},
}
Happening = Callable[[Situation], None]


def sold(
    raw: Mapping[str, Any] | None = None,
    *,
    without: Iterable[str] = (),
    posting: Json | None = None,
    before: Happening = lambda _: None,
    **fields: Any,  # noqa: ANN401 - whatever the shop may send
) -> Happening:
    """Sell an order; ``raw`` are fields as the shop sends them, from which nothing follows."""

    def happens(situation: Situation) -> None:
        business = situation.business
        if posting is not None:
            business.config["posting"] = deepcopy(posting)
        before(situation)
        order = {**raw_order(**fields), **(raw or {})}
        business.sell({name: each for name, each in order.items() if name not in without})
        business.run_once()

    return happens


def refusing(path: str) -> Happening:
    """Let the shop refuse a list to the key."""

    def happens(situation: Situation) -> None:
        situation.business.fault(
            "status_before",
            path,
            service="shoporama",
            status=403,
            body="empty",
            times=None,
        )

    return happens


def by_gateway_name(situation: Situation) -> None:
    """Ask for a gateway's name, which the key may not read."""
    situation.business.config["payment_types"] = [
        {"name": "Kort", "when": {"gateway_name": "Kort*"}, "paid": True, "deposit_account": 55010}
    ]
    refusing("*/payment-gateway")(situation)


def name_the_gateway(situation: Situation) -> None:
    """Name the gateway by its id, as a sentence says."""
    situation.business.config["payment_types"][0]["when"] = {"gateway_id": CARD}


def new_account(situation: Situation, number: int, name: str, code: str | None) -> int:
    """Create an account in Dinero, as a remark in YAML says."""
    situation.business.sandbox.organisation.accounts[number] = Account(number, name, code)
    return number


def account_with_code(number: int, code: str | None) -> Happening:
    """Let an account in Dinero have a VAT code."""

    def happens(situation: Situation) -> None:
        account = situation.business.sandbox.organisation.accounts[number]
        account.vat_code = code

    return happens


def all_in_euro(situation: Situation) -> None:
    """Say that the whole shop sells in euro."""
    situation.business.config["shoporama"]["currency"] = "EUR"


def too_deep() -> object:
    """Return what is nested too deeply to be kept."""
    extras: object = "x"
    for _ in range(500):
        extras = [extras]
    return extras


UNREADABLE: Mapping[str, Held] = {
    "unreadable_order.missing": Held(
        happens=sold({"total_price": "", "grand_total": Decimal(125)}),
        right={"total_price": Decimal(125)},
        called={"total": "grand_total"},
    ),
    "unreadable_order.missing_in_line": Held(
        happens=sold({"products": [a_line(amount="", antal=1)]}),
        right={"products": [MUG]},
        called={"line_quantity": "antal"},
    ),
    "unreadable_order.unclear": Held(
        happens=sold({"total_price": "a lot", "grand_total": Decimal(125)}),
        right={"total_price": Decimal(125)},
        called={"total": "grand_total"},
    ),
    "unreadable_order.unclear_in_line": Held(
        happens=sold({"products": [a_line(unit_price="dyr", price_of_one=Decimal(125))]}),
        right={"products": [MUG]},
        called={"line_unit_price": "price_of_one"},
    ),
    "unreadable_order.no_lines": Held(
        happens=sold({"lines_of_order": [MUG]}, without=["products"]),
        right={"products": [MUG]},
        called={"products": "lines_of_order"},
    ),
    "unreadable_order.line_unclear": Held(
        happens=sold({"products": ["Krus"], "lines_of_order": [MUG]}),
        right={"products": [MUG]},
        called={"products": "lines_of_order"},
    ),
    "unreadable_order.paid_not_told": Held(
        happens=sold({"is_paid": 1}, without=["paid", "paid_time"]),
        right={"paid": 1},
        called={"paid": "is_paid"},
    ),
    "unreadable_order.too_deep": Held(happens=sold(extras=too_deep()), right={"extras": ""}),
    "unknown_status.named": Held(happens=sold({"status": "processing"}), right={"status": "new"}),
    "unknown_status.unnamed": Held(
        happens=sold({"status": "i gang (delvist)"}),
        right={"status": "new"},
        called={"WORD_IN_YOUR_SHOP": "i gang (delvist)"},
    ),
    "currency_not_allowed.named": Held(
        happens=sold({"currency": "EUR"}), done={"book_by_hand_or_other_currency": all_in_euro}
    ),
    "currency_not_allowed.unnamed": Held(
        happens=sold({"currency": "kr."}),
        not_so=frozenset({"book_by_hand_or_other_currency"}),
    ),
}

SUMS: Mapping[str, Held] = {
    "lines_do_not_add_up.parts": Held(
        happens=sold(
            {"total_price": Decimal(164), "vat": Decimal("32.80")},
            porto=Decimal(49),
            rabat=Decimal(10),
        ),
        right={"shipping_price": Decimal(49), "voucher_discount_amount": Decimal(10)},
        called={"shipping_price": "porto", "voucher_discount_amount": "rabat"},
    ),
    "lines_do_not_add_up.parts, by an øre": Held(
        happens=sold(
            products=[a_line(amount=3, unit_price=Decimal("33.33"))],
            total_price=Decimal(100),
            vat=Decimal(20),
        ),
        right={"total_price": Decimal("99.99")},
    ),
    "lines_do_not_add_up.many_parts": Held(
        happens=sold(
            {"total_price": Decimal(1375), "vat": Decimal(275)},
            products=[a_line() for _ in range(12)],
            porto=Decimal(25),
            rabat=Decimal(150),
        ),
        right={"shipping_price": Decimal(25), "voucher_discount_amount": Decimal(150)},
        called={"shipping_price": "porto", "voucher_discount_amount": "rabat"},
    ),
    "lines_do_not_add_up.without_vat": Held(
        happens=sold(
            products=[a_line(unit_price=Decimal(100), price_with_vat=Decimal(125))],
            total_price=Decimal(125),
            vat=Decimal(25),
        ),
        right={"products": [MUG]},
        called={"line_unit_price": "price_with_vat"},
    ),
    "lines_do_not_add_up.other_field, a fee": Held(
        happens=sold({"total_price": Decimal(154), "vat": Decimal("30.80"), "gebyr": Decimal(29)}),
        right={"total_price": Decimal(125), "vat": Decimal(25)},
        not_so=frozenset({"name_tip"}),
    ),
    "lines_do_not_add_up.other_field, a tip": Held(
        happens=sold({"total_price": Decimal(145), "vat": Decimal(25), "drikke": Decimal(20)}),
        right={"total_price": Decimal(125)},
        not_so=frozenset({"name_fee"}),
        done={"name_tip": lambda situation: add_rule(situation, {"sku": "tip"}, 1050)},
    ),
    "lines_do_not_add_up.invoice": Held(
        happens=sold(
            {
                "voucher_discount_amount": Decimal("125.02"),
                "total_price": Decimal("0.01"),
                "vat": "",
            },
            posting={**NO_RULES, "rounding": {"limit": 0.05, "account": 1490}},
        ),
        right={"voucher_discount_amount": Decimal(100), "total_price": Decimal(25), "vat": 5},
    ),
    "negative_amount": Held(
        happens=sold({"shipping_price": Decimal(-10), "total_price": Decimal(115)}),
        right={"shipping_price": 0, "voucher_discount_amount": 10, "vat": 23},
    ),
    "negative_amount.pieces": Held(
        happens=sold({"products": [a_line(amount=-1)], "total_price": 0}),
        right={"products": [MUG], "total_price": Decimal(125)},
    ),
    "negative_amount.price": Held(
        happens=sold({"products": [a_line(unit_price=Decimal(-125))], "total_price": 0}),
        right={"products": [MUG], "total_price": Decimal(125)},
    ),
    "negative_amount.discount_line": Held(
        happens=sold(products=[MUG, a_line(own_id="RABAT", unit_price=Decimal(-25), vat=0)]),
    ),
}


def add_rule(situation: Situation, when: Json, account: int) -> None:
    """Add a rule that a sentence describes."""
    rules = situation.business.config["posting"]["rules"]
    rules.insert(0, {"name": "said", "when": when, "account": account})


COUNTRIES: Mapping[str, Held] = {
    "unknown_country.missing": Held(
        happens=sold({"order_country_id": "", "land": "DK"}),
        right={"order_country_id": 45},
        called={"order_country_id": "land"},
    ),
    "unknown_country.unclear": Held(
        happens=sold({"order_country_id": "Ruritanien", "land": "Danmark"}),
        right={"order_country_id": 45},
        called={"order_country_id": "land"},
    ),
    "unknown_country.part": Held(
        happens=sold({"order_country_id": "XI", "order_zipcode": "SW1A 1AA", "land": "DK"}),
        right={"order_country_id": 45, "order_zipcode": "8000"},
        called={"order_country_id": "land"},
    ),
    "unknown_country.unlisted": Held(
        happens=sold({"order_country_id": 4711}), blank={"4711": "DK"}
    ),
    "unknown_country.unread": Held(happens=sold(before=refusing("*/country")), blank={"45": "DK"}),
    "unknown_country.maybe_collected": Held(happens=sold({"shipping_id": 303, **GERMAN})),
    "unknown_country.freight_unnamed": Held(
        happens=sold(
            {"shipping_id": 999, **GERMAN},
            posting={**NO_RULES, "handed_over": {"in_denmark": ["Afhentning*"]}},
        )
    ),
}

VAT: Mapping[str, Held] = {
    "unknown_vat.nothing_told": Held(
        happens=sold({"vat": "", "products": [a_line(vat="")]}), right={"vat": Decimal(25)}
    ),
    "unknown_vat.rates_told": Held(
        happens=sold({"vat": "", "products": [MUG, a_line(vat="")], "total_price": Decimal(250)}),
        right={"vat": Decimal(50), "products": [MUG, MUG]},
    ),
    "unknown_vat.amount_told": Held(
        happens=sold({"vat": Decimal("12.34"), "products": [a_line(vat="")]}),
        right={"vat": Decimal(25)},
    ),
    "unknown_vat.both_told": Held(
        happens=sold(
            {"vat": Decimal("1.23")},
            products=[MUG, a_line(vat=12)],
            shipping_price=Decimal(39),
        ),
        right={"vat": Decimal("57.80"), "products": [MUG, MUG]},
    ),
    "unknown_vat.differs": Held(happens=sold({"vat": Decimal(20)}), right={"vat": Decimal(25)}),
    "unknown_vat.no_such_rate": Held(
        happens=sold({"vat": "", "products": [a_line(vat=Decimal("24.5678"))]}),
        right={"products": [MUG]},
    ),
    "unknown_vat.discount": Held(
        happens=sold(
            {"vat": ""},
            products=[MUG, BOOK],
            voucher_code="JUL10",
            voucher_discount_amount=Decimal(25),
            posting={
                **NO_RULES,
                "rules": [{"name": "bøger", "when": {"sku": "BOG"}, "account": 1050}],
            },
        )
    ),
    "unknown_vat.discount_with_vat": Held(
        happens=sold(
            {"vat": Decimal("3.33")},
            products=[MUG, BOOK],
            voucher_code="JUL10",
            voucher_discount_amount=Decimal(25),
            posting={
                **NO_RULES,
                "rules": [{"name": "bøger", "when": {"sku": "BOG"}, "account": 1050}],
            },
        )
    ),
    "unknown_vat.discount_on_card": Held(
        happens=sold(
            products=[CARD_SOLD],
            voucher_code="JUL10",
            voucher_discount_amount=Decimal(10),
            posting={**NO_RULES, **MULTI_PURPOSE},
        )
    ),
    "unknown_vat.beside_cards": Held(
        happens=sold(
            {"vat": ""},
            products=[CARD_SOLD],
            shipping_price=Decimal(39),
            posting={**NO_RULES, **MULTI_PURPOSE},
        ),
        right={"vat": Decimal("7.80")},
    ),
}

PAYMENT_TYPES: Mapping[str, Held] = {
    "unknown_payment_type.no_entry": Held(
        happens=sold(payment_gateway_id=4711, payment_gateway="bitcoin"),
        blank={"deposit_account": 55080},
    ),
    "unknown_payment_type.no_name": Held(
        happens=sold(payment_gateway_id=None, payment_gateway=""),
        blank={"deposit_account": 55080},
    ),
    "unknown_payment_type.unread": Held(
        happens=sold(before=by_gateway_name), done={"or_name_gateway": name_the_gateway}
    ),
}

ACCOUNTS: Mapping[str, Held] = {
    "account_vat_mismatch.leaves_eu": Held(happens=sold(posting=NO_RULES, **NORWEGIAN)),
    "account_vat_mismatch.leaves_eu, from a territory": Held(
        happens=sold(posting=NO_RULES, **CANARIAN)
    ),
    "account_vat_mismatch.charged": Held(happens=sold(**WITHOUT_VAT)),
    "account_vat_mismatch.charged, another country's": Held(
        happens=sold({"vat": Decimal("19.96")}, products=[a_line(vat=19)], **GERMAN),
    ),
    "account_vat_mismatch.charged, no VAT to a consumer": Held(
        happens=sold(**WITHOUT_VAT, **GERMAN), right={"products": [MUG], "vat": Decimal(25)}
    ),
    "account_vat_mismatch.charged, another country's to a business": Held(
        happens=sold({"vat": Decimal("19.96")}, products=[a_line(vat=19)], **GERMAN_BUSINESS),
        right={"products": [a_line(vat=0)], "vat": 0},
    ),
    "account_vat_mismatch.charged_unknown_code": Held(
        happens=sold(posting=NO_RULES, before=account_with_code(1000, "XYZ")),
        blank={"account": lambda situation: new_account(situation, 1010, "Salg", "U25")},
    ),
    "account_vat_mismatch.reported_as_business": Held(
        happens=sold(
            posting={
                **NO_RULES,
                "rules": [{"name": "EU", "when": {"vat_rate": 0}, "account": 1100}],
            },
            **WITHOUT_VAT,
            **GERMAN,
        ),
        right={"products": [MUG], "vat": Decimal(25)},
    ),
    "account_vat_mismatch.reported_elsewhere": Held(
        happens=sold(
            posting={**NO_RULES, "rules": [{"name": "EU", "when": {}, "account": 1100}]},
            **WITHOUT_VAT,
            **NORWEGIAN,
        )
    ),
    "account_vat_mismatch.untaxed_consumer": Held(
        happens=sold(
            posting={
                **NO_RULES,
                "rules": [{"name": "fri", "when": {"sku": "KRUS*"}, "account": 1050}],
            },
            **WITHOUT_VAT,
            **GERMAN,
        ),
        right={"products": [a_line(own_id="SKAAL")], "vat": Decimal(25)},
    ),
    "account_vat_mismatch.danish_under_oss": Held(
        happens=sold(posting={**NO_RULES, "rules": [OSS]}, **SWEDISH)
    ),
    "account_vat_mismatch.danish_under_oss, where 25 % is no rate": Held(
        happens=sold(
            posting={**NO_RULES, "rules": [OSS]},
            **{**GERMAN, "order_country_id": "NL", "order_zipcode": "1011 AB"},
        )
    ),
    "account_vat_mismatch.no_such_rate": Held(
        happens=sold(
            {"vat": Decimal("18.16")},
            products=[a_line(vat=17)],
            posting={**NO_RULES, "rules": [OSS]},
            **GERMAN,
        )
    ),
}


def ask_vies(situation: Situation) -> None:
    """Let the register be asked, which doesn't know the number on the order."""
    business = situation.business
    business.config["posting"]["eu_vat_numbers"] = {
        "check": "vies",
        "vies_url": f"{business.sandbox.url}/vies",
    }
    business.sandbox.change_settings(unregistered_vat_numbers=["DE811907980"])


PHONE = a_line(own_id="MOBIL-1", vat=0)
REVERSED: Json = {
    "name": "mobiler",
    "when": {"zone": "dk", "sku": "MOBIL*"},
    "account": 1255,
    "reverse_charge": True,
}
REVERSED_FREIGHT: Json = {
    "name": "fragt til mobiler",
    "when": {"line": "shipping", "zone": "dk", "buyer": "business", "vat_rate": 0},
    "account": 1255,
    "reverse_charge": True,
}
BUYERS: Mapping[str, Held] = {
    "invalid_vat_number.not_danish": Held(
        happens=sold(products=[PHONE], posting={**NO_RULES, "rules": [REVERSED]}),
        right={"order_company_name": "Café Prøve ApS", "vat_number": "90000039"},
    ),
    "account_vat_mismatch.reversed_freight_alone": Held(
        happens=sold(
            {"vat": Decimal(25)},
            shipping_price=Decimal(50),
            posting={**NO_RULES, "rules": [REVERSED, REVERSED_FREIGHT]},
            **BUSINESS,
        ),
        not_so=frozenset({"name_reversed_goods"}),
    ),
    "invalid_vat_number.form": Held(
        happens=sold(**{**BUSINESS, "vat_number": "90000038"}), right={"vat_number": "90000039"}
    ),
    "invalid_vat_number.ean": Held(
        happens=sold(**{**PUBLIC, "ean_number": "5798009999994"}),
        right={"ean_number": "5798009999993"},
    ),
    "invalid_vat_number.not_in_eu": Held(
        happens=sold(**WITHOUT_VAT, **{**GERMAN_BUSINESS, "vat_number": "DK13585628"}),
        right={"vat_number": "DE136695976"},
    ),
    "unconfirmed_vat_number": Held(
        happens=sold(
            posting={"rules": [{"name": "EU", "when": {"zone": "eu"}, "account": 1100}]},
            before=ask_vies,
            **WITHOUT_VAT,
            **{**GERMAN_BUSINESS, "vat_number": "DE811907980"},
        ),
        right={"vat_number": "DE136695976"},
        done={"ask_for_right_number": lambda situation: situation.correct()},
    ),
}


BY_CATEGORY: Json = {
    **NO_RULES,
    "rules": [{"name": "used", "when": {"category": "Brugt*"}, "account": 1050}],
}


def second_hand(situation: Situation) -> None:
    """Sell second-hand goods by the individual method."""
    situation.business.config["posting"] = deepcopy({**NO_RULES, **SECOND_HAND})


def enter_price(situation: Situation) -> None:
    """Enter the purchase price of the chair in the shop."""
    product = situation.business.sandbox.catalogue.products[int(SOLD_CHAIR["product_id"])]
    product["purchase_price"] = "850.00"


def go_collective(situation: Situation) -> None:
    """Take the collective method in place of what stands there."""
    situation.business.config["posting"]["margin_scheme"] = {"method": "collective"}


def unread_product(situation: Situation) -> None:
    """Sell a second-hand product by its number, whose price the key may not read."""
    second_hand(situation)
    rule = situation.business.config["posting"]["rules"][0]
    situation.business.config["posting"]["rules"] = [{**rule, "when": {"sku": "BRUGT*"}}]
    refusing("*/product/*")(situation)


def in_euro(situation: Situation) -> None:
    """Sell second-hand goods in euro."""
    second_hand(situation)
    situation.business.config["shoporama"]["currency"] = "EUR"


PRODUCTS: Mapping[str, Held] = {
    "unknown_product.removed": Held(
        happens=sold(posting=BY_CATEGORY, products=[a_line(product_id=999_999)])
    ),
    "unknown_product.without_id": Held(
        happens=sold(posting=BY_CATEGORY, products=[a_line(product_id="")])
    ),
    "unknown_product.without_id, nor any number": Held(
        happens=sold(posting=BY_CATEGORY, products=[a_line(product_id="", own_id="")])
    ),
    "unknown_product.unread": Held(
        happens=sold(posting=BY_CATEGORY, before=refusing("*/category"))
    ),
    "purchase_price_missing.missing": Held(
        happens=sold(products=[SOLD_CHAIR], before=second_hand),
        done={"enter_purchase_price": enter_price, "collective_method": go_collective},
    ),
    "purchase_price_missing.unread": Held(
        happens=sold(
            products=[SOLD_LAMP],
            before=unread_product,
        ),
        done={"collective_method": go_collective},
    ),
    "margin_scheme_export": Held(
        happens=sold(products=[{**SOLD_LAMP, "vat": 0}], before=second_hand, **NORWEGIAN),
    ),
    "currency_not_allowed.margin": Held(
        happens=sold(products=[{**SOLD_LAMP, "vat": 0}], before=in_euro)
    ),
}


def sell_in_euro(situation: Situation) -> None:
    """Let the shop sell in euro."""
    situation.business.config["shoporama"]["currency"] = "EUR"


def no_invoice_of_nothing(situation: Situation) -> None:
    """Let Dinero refuse to book an invoice of 0.00."""
    situation.business.fault(
        "status_before", "*/invoices/*/book", "POST", status=400, body="refusal", times=None
    )


GIFT_CARDS: Mapping[str, Held] = {
    "gift_card_used.other_currency": Held(
        happens=sold(
            posting={**NO_RULES, **REDEEMED},
            before=sell_in_euro,
            voucher_code="GK-1",
            voucher_discount_amount=Decimal(25),
        )
    ),
    "gift_card_used.multi_purpose": Held(
        happens=sold(
            posting={**NO_RULES, **MULTI_PURPOSE},
            voucher_code="GK-1",
            voucher_discount_amount=Decimal(25),
        )
    ),
    "gift_card_used.single_purpose": Held(
        happens=sold(
            posting={
                **NO_RULES,
                **SINGLE_PURPOSE,
                "rules": [{"name": "eksport", "when": {"zone": "world"}, "account": 1255}],
            },
            voucher_code="GK-1",
            voucher_discount_amount=Decimal(25),
            **WITHOUT_VAT,
            **NORWEGIAN,
        )
    ),
    "zero_total_with_voucher.unknown": Held(
        happens=sold(voucher_code="JUL", voucher_discount_amount=Decimal(125))
    ),
    "zero_total_with_voucher.single_purpose": Held(
        happens=sold(
            posting={**NO_RULES, **SINGLE_PURPOSE},
            before=no_invoice_of_nothing,
            voucher_code="GK-1",
            voucher_discount_amount=Decimal(125),
        )
    ),
    "zero_total_with_voucher.multi_purpose": Held(
        happens=sold(
            posting={**NO_RULES, **MULTI_PURPOSE},
            voucher_code="GK-1",
            voucher_discount_amount=Decimal(125),
        )
    ),
}


def sold_much(situation: Situation) -> None:
    """Sell for more than 10,000 EUR to German consumers this year before the order."""
    goods = [a_line(unit_price=Decimal(93_000))]
    early = "2026-12-02 10:00:00"
    situation.business.sell(
        raw_order(
            ORDER_ID - 1, products=goods, time=early, paid_time=early, email="x@x.dk", **GERMAN
        )
    )


def last_year(situation: Situation) -> None:
    """Sell for more than 10,000 EUR in 2026, and the order in January 2027."""
    goods = [a_line(unit_price=Decimal(94_000))]
    business = situation.business
    business.config["posting"] = {**NO_RULES, "above_eu_threshold": "charge"}
    business.sell(raw_order(ORDER_ID - 1, products=goods, email="x@x.dk", **GERMAN))
    business.run_once()
    business.config["posting"] = {**NO_RULES}
    january = "2027-01-05 10:00:00"
    business.wait(days=30)
    business.sell(raw_order(time=january, paid_time=january, **GERMAN))
    business.run_once()


DAYS: Mapping[str, Held] = {
    "distance_sales_threshold.this_year": Held(
        happens=sold(posting=NO_RULES, before=sold_much, **GERMAN)
    ),
    "distance_sales_threshold.last_year": Held(happens=last_year),
    "trigger_day_unknown.not_told": Held(
        happens=sold({"time": "2026-11-28 10:00:00", "paid_time": ""})
    ),
    "trigger_day_unknown.to_come": Held(
        happens=sold({"paid_time": "2026-12-12 10:00:00"}),
        right={"paid_time": "2026-12-09 10:00:00"},
        done={"check_time": lambda situation: situation.correct()},
    ),
    "straddles_start": Held(happens=sold({"time": "2026-11-28 10:00:00"})),
}


def second_hand_on(sales: int, margins: int) -> Json:
    """Return rules for second-hand goods by these accounts."""
    taken = {"line": "product", "sku": "BRUGT*"}
    rule = {"name": "brugt", "when": taken, "account": sales, "margin_scheme": "used_goods"}
    scheme = {"method": "individual", "account": margins}
    return {**NO_RULES, "margin_scheme": scheme, "rules": [rule]}


STOPPED_BEFORE: Mapping[str, Happening] = {
    "account_vat_mismatch.margins": sold(products=[SOLD_LAMP], posting=second_hand_on(1051, 1051)),
    "account_vat_mismatch.required": sold(products=[SOLD_LAMP], posting=second_hand_on(1000, 1052)),
    "account_vat_mismatch.required_unknown_code": sold(
        products=[SOLD_LAMP],
        posting=second_hand_on(1051, 1052),
        before=account_with_code(1051, "XYZ"),
    ),
}
"""Sentences that no order of a run comes to: such rules are refused before it (exit 78)."""

HELD: Mapping[str, Held] = {
    **UNREADABLE,
    **SUMS,
    **COUNTRIES,
    **VAT,
    **PAYMENT_TYPES,
    **ACCOUNTS,
    **BUYERS,
    **PRODUCTS,
    **GIFT_CARDS,
    **DAYS,
}
