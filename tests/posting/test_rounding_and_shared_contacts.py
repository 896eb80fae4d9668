"""Differences of øre within the limit, and consumers who share a contact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import (
    ORGANIZATION_ID,
    PERSONAL_DATA,
    a_chart,
    an_address,
    an_order,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import contact_guid
from dinero_sync.domain.step import Language
from dinero_sync.posting.contact import plan_contact
from dinero_sync.posting.settings import Rounding
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)


@pytest.mark.parametrize("difference", ["0.03", "-0.03"])
def test_a_difference_within_the_limit_is_a_line_of_its_own(difference: str) -> None:
    rules = settings(rounding=Rounding(limit=Decimal("0.05"), account=1490))
    off = Decimal(difference)
    order = replace(an_order(), total=Decimal(125) + off, rounding=off)

    invoice = plan_order(order, None, DAY, rules, a_chart()).invoice

    assert [(line.account, line.amount) for line in invoice.lines] == [
        (1000, Decimal(125)),
        (1490, off),
    ]
    assert invoice.lines[-1].description == "Øredifference"
    assert (invoice.lines[-1].unit, invoice.lines[-1].rule) == ("parts", "rounding")
    assert invoice.total == order.total


def test_an_order_that_adds_up_has_no_such_line() -> None:
    rules = settings(rounding=Rounding(limit=Decimal("0.05"), account=1490))

    assert len(plan_order(an_order(), None, DAY, rules, a_chart()).invoice.lines) == 1


@pytest.mark.parametrize(
    ("voucher", "total"), [("125.02", "0.01"), ("125.04", "-0.01"), ("125.00", "0.00")]
)
def test_an_order_whose_invoice_isnt_its_total_or_is_nothing_is_held(
    voucher: str, total: str
) -> None:
    rules = settings(rounding=Rounding(limit=Decimal("0.05"), account=1490))
    off = Decimal(total) - (Decimal(125) - Decimal(voucher))
    order = an_order(voucher_amount=Decimal(voucher), total=Decimal(total), rounding=off)

    with pytest.raises(HeldError) as held:
        plan_order(order, None, DAY, rules, a_chart())

    assert held.value.hold.reason is HoldReason.LINES_DO_NOT_ADD_UP
    assert f"total is {total}" in message(held.value.hold)
    for language, called in {Language.ENGLISH: "ORDER", Language.DANISH: "ORDRE"}.items():
        assert next_step(held.value.hold.steps, language).endswith(f": dinero-sync adopt {called}")


def test_consumers_of_a_country_share_a_contact_without_personal_data() -> None:
    plan = plan_order(an_order(), None, DAY, settings(shared_contacts=True), a_chart())

    assert plan.contact == Contact(
        guid=contact_guid(ORGANIZATION_ID, "shared:DK"),
        key="shared:DK",
        kind=BuyerKind.CONSUMER,
        name="Webshopkunder DK",
        attention=None,
        street="",
        zip_code="",
        city="",
        country="DK",
        email=None,
        vat_number=None,
        ean=None,
    )
    told = str(plan.contact)
    assert [part for part in PERSONAL_DATA if part in told] == []
    assert "Prøvevej 7" in plan.invoice.address


def test_shared_contacts_are_one_for_each_country() -> None:
    swede = an_order(billing=an_address(country="SE"))
    first, second = (
        plan_contact(order, 123456, BuyerKind.CONSUMER, shared=True)
        for order in (an_order(), swede)
    )

    assert first.guid != second.guid


def test_a_business_keeps_a_contact_of_its_own() -> None:
    order = an_order(billing=an_address(company="Dansk ApS"), vat_number="25313763")
    plan = plan_order(order, None, DAY, settings(shared_contacts=True), a_chart())

    assert plan.contact.key == "DK25313763"
