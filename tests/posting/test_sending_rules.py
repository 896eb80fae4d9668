"""Which invoices Dinero sends to the buyer: the first rule that takes the order says how."""

from datetime import date
from typing import Any

import pytest
from builders import a_chart, a_payment_type, an_address, an_order, plan_order, settings

from dinero_sync.domain.documents import BuyerKind, Sending
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import PaymentType, SendCondition, SendRule

CARD = a_payment_type(name="Kort")
E_INVOICE = SendRule(name="ean", when=SendCondition(country=("SE",)), by=Sending.E_INVOICE)


def sent(
    *rules: SendRule,
    payment_type: PaymentType | None = CARD,
    **buyer: Any,  # noqa: ANN401 - Order itself refuses what it lacks
) -> Sending | None:
    """Plan an order that goes to Sweden; unless told otherwise a Danish consumer's."""
    order = an_order(delivery=an_address(country="SE", zip_code="11122"), **buyer)
    plan = plan_order(order, payment_type, date(2026, 12, 3), settings(sending=rules), a_chart())
    assert plan.send_to == (order.email.strip() if plan.sending is Sending.EMAIL else None)
    return plan.sending


def by_mail(**when: Any) -> SendRule:  # noqa: ANN401 - the condition refuses what it lacks
    return SendRule(name="mail", when=SendCondition(**when), by=Sending.EMAIL)


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"zone": (Zone.DK, Zone.EU)},
        {"country": ("SE",)},
        {"buyer": (BuyerKind.CONSUMER,)},
        {"payment_type": ("Kort",)},
        {"zone": (Zone.EU,), "country": ("SE",), "buyer": (BuyerKind.CONSUMER,)},
    ],
    ids=str,
)
def test_a_rule_sends_the_orders_that_meet_its_condition(when: dict[str, Any]) -> None:
    assert sent(by_mail(**when)) is Sending.EMAIL


@pytest.mark.parametrize(
    "when",
    [
        {"zone": (Zone.DK,)},
        {"country": ("DK",)},
        {"buyer": (BuyerKind.PUBLIC,)},
        {"payment_type": ("Faktura",)},
    ],
    ids=str,
)
def test_a_rule_sends_no_order_that_meets_its_condition_in_part(when: dict[str, Any]) -> None:
    met = {
        "zone": (Zone.EU,),
        "country": ("SE",),
        "buyer": (BuyerKind.CONSUMER,),
        "payment_type": ("Kort",),
    }

    assert sent(by_mail(**{**met, **when})) is None
    assert sent(by_mail(**when)) is None


def test_the_first_rule_that_takes_the_order_says_how() -> None:
    rules = (by_mail(country=("DK",)), E_INVOICE, by_mail())

    assert sent(*rules, ean="5798009999993") is Sending.E_INVOICE


def test_an_e_invoice_goes_to_public_buyers_alone() -> None:
    assert sent(E_INVOICE) is None
    assert sent(E_INVOICE, by_mail()) is Sending.EMAIL


def test_an_order_without_an_e_mail_address_gets_no_mail() -> None:
    assert sent(by_mail(), email=" ") is None


def test_an_order_without_a_payment_type_meets_no_condition_on_one() -> None:
    assert sent(by_mail(payment_type=("Kort",)), payment_type=None) is None
    assert sent(by_mail(), payment_type=None) is Sending.EMAIL


def test_without_rules_nothing_is_sent() -> None:
    assert sent() is None


def test_a_mail_goes_to_the_address_on_the_order() -> None:
    order = an_order(email=" anna@example.com ")

    plan = plan_order(order, CARD, date(2026, 12, 3), settings(sending=(by_mail(),)), a_chart())

    assert plan.send_to == "anna@example.com"
