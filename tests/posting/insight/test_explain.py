"""The facts that an explanation is told from: zone, buyer, contact, conditions, each line."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_line, a_payment_type, a_rule, an_address, an_order, money, settings

from dinero_sync.domain.documents import BuyerKind, MarginScheme, Plan
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.conditions import Condition, condition_text
from dinero_sync.posting.insight.explain import (
    BuyerReason,
    ContactKeyKind,
    ExplainedLine,
    ZoneReason,
    buyer_reason,
    contact_key_kind,
    explain_lines,
    zone_reason,
)
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.sale import post_charges
from dinero_sync.posting.settings import (
    LineKind,
    Margin,
    MarginMethod,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    RuleCondition,
    Undecided,
)

DAY = date(2026, 12, 3)
USED = a_rule(1051, "brugt", category=("Brugt*",), margin_scheme=MarginScheme.USED_GOODS)
USED_GOODS = settings(rules=(USED,), margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052))


def explained(
    rules: PostingSettings,
    products: dict[int, Product] | None = None,
    **order: Any,  # noqa: ANN401 - Order itself refuses what it lacks
) -> tuple[Plan, tuple[ExplainedLine, ...]]:
    sale = sale_of(an_order(**order), a_payment_type(), rules, a_chart(), products=products or {})
    plan = plan_sale(sale, DAY)
    return plan, explain_lines(plan, post_charges(sale), sale, rules, a_chart())


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (RuleCondition(), "{}"),
        (
            RuleCondition(zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)),
            "{zone: eu, buyer: business}",
        ),
        (
            RuleCondition(line=(LineKind.SHIPPING,), vat_rate=(Decimal("25.0"), Decimal(0))),
            "{line: shipping, vat_rate: [25, 0]}",
        ),
        (
            RuleCondition(product=ProductCondition(sku=("T-*",), product_id=(501,))),
            '{sku: "T-*", product_id: 501}',
        ),
        (PaymentTypeCondition(gateway_name=("0123",)), '{gateway_name: "0123"}'),
        (PaymentTypeCondition(gateway=("",)), '{gateway: ""}'),
        (PaymentTypeCondition(gateway_name=("Kø*",)), '{gateway_name: "Kø*"}'),
    ],
    ids=str,
)
def test_a_condition_is_told_as_it_stands_in_the_configuration(when: Condition, text: str) -> None:
    assert condition_text(when) == text


@pytest.mark.parametrize(
    ("country", "zip_code", "reason"),
    [
        ("DK", "8000", ZoneReason.COUNTRY),
        ("NO", "0150", ZoneReason.COUNTRY),
        ("DK", "3900", ZoneReason.POST_CODE),
        ("ES", "35001", ZoneReason.POST_CODE),
        ("GB", "BT1 1AA", ZoneReason.POST_CODE),
        ("GB", "SW1A 1AA", ZoneReason.COUNTRY),
        ("MC", "98000", ZoneReason.COUNTED_AS_EU),
    ],
)
def test_a_zone_comes_from_the_country_or_the_postal_code(
    country: str, zip_code: str, reason: ZoneReason
) -> None:
    delivery = an_address(country=country, zip_code=zip_code)

    assert zone_reason(an_order(delivery=delivery), settings()) is reason


@pytest.mark.parametrize(
    ("company", "vat_number", "ean", "reason"),
    [
        ("", "", "", BuyerReason.NEITHER),
        ("Prøve ApS", "", "", BuyerReason.COMPANY_WITHOUT_VAT_NUMBER),
        ("", "12345670", "", BuyerReason.VAT_NUMBER_WITHOUT_COMPANY),
        ("", "12345674", "", BuyerReason.SOLE_TRADER),
        ("Prøve ApS", "nej", "", BuyerReason.COMPANY_WITHOUT_VAT_NUMBER),
        ("Prøve ApS", "12345674", "", BuyerReason.COMPANY_WITH_VAT_NUMBER),
        ("Prøve Kommune", "", "5798009999993", BuyerReason.EAN),
    ],
)
def test_a_buyer_counts_by_ean_company_and_vat_number(
    company: str, vat_number: str, ean: str, reason: BuyerReason
) -> None:
    order = an_order(billing=an_address(company=company), vat_number=vat_number, ean=ean)

    assert buyer_reason(order, settings(), confirmed=False) is reason


@pytest.mark.parametrize(
    ("confirmed", "reason"),
    [
        (True, BuyerReason.COMPANY_WITH_VAT_NUMBER),
        (False, BuyerReason.UNCONFIRMED_VAT_NUMBER),
    ],
)
def test_a_business_that_vies_does_not_confirm_is_told_as_such(
    confirmed: bool,  # noqa: FBT001 - a parameter of the test
    reason: BuyerReason,
) -> None:
    billing = an_address(company="Probe GmbH", country="DE")
    order = an_order(billing=billing, delivery=billing, vat_number="DE136695976")
    rules = settings(check_vat_numbers=True, unconfirmed=Undecided.CHARGE)

    assert buyer_reason(order, rules, confirmed=confirmed) is reason


@pytest.mark.parametrize(
    ("overrides", "shared", "kind"),
    [
        ({}, False, ContactKeyKind.EMAIL),
        ({}, True, ContactKeyKind.SHARED),
        ({"email": ""}, False, ContactKeyKind.ORDER),
        (
            {"billing": an_address(company="Prøve ApS"), "vat_number": "13585628"},
            False,
            ContactKeyKind.VAT_NUMBER,
        ),
        ({"ean": "5798009999993"}, False, ContactKeyKind.EAN),
    ],
    ids=str,
)
def test_the_contact_s_key_is_told_by_its_kind_alone(
    overrides: dict[str, Any],
    shared: bool,  # noqa: FBT001 - a parameter of the test
    kind: ContactKeyKind,
) -> None:
    plan, _ = explained(settings(shared_contacts=shared), **overrides)

    assert contact_key_kind(plan.contact) is kind


def test_a_line_is_told_with_its_price_voucher_and_rule() -> None:
    rule = a_rule(1000, "krus", sku=("KRUS*",))

    _, (mug,) = explained(
        settings(rules=(rule,)), voucher_code="JUL", voucher_amount=money("12.50")
    )

    assert (mug.normal, mug.voucher_share) == (money("125.00"), money("12.50"))
    assert (mug.rule, mug.kind, mug.charged_rate) == (rule, LineKind.PRODUCT, Decimal(25))
    assert (mug.account_name, mug.vat_code) == ("Salg af varer/ydelser m/moms", "U25")


def test_second_hand_goods_are_told_with_their_purchase_price() -> None:
    used = Product(product_id=501, categories=("Brugt",), purchase_price=money("40.00"))

    _, (line,) = explained(
        USED_GOODS, {501: used}, lines=(a_line(quantity=Decimal(2), vat_rate=Decimal(0)),)
    )

    assert line.margin_scheme is MarginScheme.USED_GOODS
    assert line.purchase_price == money("80.00")


def test_ordinary_goods_are_told_without_their_purchase_price() -> None:
    new = Product(product_id=501, categories=("Nyt",), purchase_price=money("40.00"))

    _, (line,) = explained(USED_GOODS, {501: new})

    assert (line.margin_scheme, line.purchase_price) == (None, None)


@pytest.mark.parametrize("products", [{}, {501: Product(product_id=501, purchase_price=None)}])
def test_a_purchase_price_that_nobody_knows_is_told_as_unknown(
    products: dict[int, Product],
) -> None:
    used = a_rule(1051, "brugt", sku=("KRUS*",), margin_scheme=MarginScheme.USED_GOODS)
    margin = Margin(method=MarginMethod.COLLECTIVE, account=None)

    _, (line,) = explained(settings(rules=(used,), margin=margin), products)

    assert line.margin_scheme is MarginScheme.USED_GOODS
    assert line.purchase_price is None


def test_foreign_vat_is_told_with_its_account_and_stands_on_a_line_of_its_own() -> None:
    oss = a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200)
    german = an_address(country="DE", zip_code="10115")

    _, (goods, vat) = explained(
        settings(rules=(oss,)), lines=(a_line(vat_rate=Decimal(19)),), delivery=german
    )

    assert (goods.foreign_vat_account, goods.charged_rate) == (64200, Decimal(19))
    assert (vat.line.account, vat.foreign_vat_account, vat.kind) == (64200, None, None)
    assert (goods.foreign_vat, vat.foreign_vat) == (vat.line.amount, None)


def test_foreign_vat_is_what_the_voucher_and_the_net_leave_of_the_price() -> None:
    oss = a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200)
    german = an_address(country="DE", zip_code="10115")

    _, (goods, _) = explained(
        settings(rules=(oss,)),
        lines=(a_line(vat_rate=Decimal(19)),),
        delivery=german,
        voucher_code="JUL",
        voucher_amount=money("25.00"),
    )

    assert (goods.line.amount, goods.foreign_vat) == (money("84.03"), money("15.97"))


def test_danish_vat_is_no_foreign_vat() -> None:
    _, (goods,) = explained(settings())

    assert goods.foreign_vat is None


def test_lines_without_their_charges_are_told_from_the_plan_alone() -> None:
    plan, _ = explained(settings())

    (line,) = explain_lines(plan, (), None, settings(), a_chart(()))

    assert line.line == plan.invoice.lines[0]
    assert (line.normal, line.kind, line.account_name) == (None, None, "")
