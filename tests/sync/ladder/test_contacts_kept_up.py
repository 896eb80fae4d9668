"""Whether contacts that are in Dinero get what new orders say, and consumers who share one."""

import re
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, raw_order

COMPANY: dict[str, Any] = {"order_company_name": "Prøvefirma ApS", "vat_number": "13585628"}


@pytest.fixture
def moved(business: Business) -> Business:
    """Sell to a customer who then moves and buys again."""
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1, order_address="Nyvej 1"))
    return business


def streets(business: Business) -> list[object]:
    return [contact.fields["Street"] for contact in business.sandbox.contacts.values()]


def test_by_default_a_contact_stays_as_it_is_in_dinero(moved: Business) -> None:
    assert not any(call.startswith("PUT contacts") for call in moved.run_once().writes())
    assert streets(moved) == ["Prøvevej 7"]


def test_by_setting_it_gets_the_address_of_the_new_order(moved: Business) -> None:
    moved.config["contacts"] = {"update": True}

    moved.run_once()

    assert streets(moved) == ["Nyvej 1"]


def test_a_contact_that_says_it_already_costs_no_call(moved: Business) -> None:
    moved.config["contacts"] = {"update": True}
    moved.run_once()
    moved.sell(raw_order(ORDER_ID + 2, order_address="Nyvej 1"))

    assert not any(call.startswith("PUT contacts") for call in moved.run_once().writes())


@pytest.mark.parametrize("email", ["", "no address"])
def test_an_order_without_an_address_takes_none_from_a_contact(
    business: Business, email: str
) -> None:
    business.config["contacts"] = {"update": True}
    business.sell(raw_order(**COMPANY))
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1, **COMPANY, order_address="Nyvej 1", email=email))

    business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert (contact.fields["Street"], contact.fields["Email"]) == (
        "Nyvej 1",
        "anna.proeve@example.com",
    )


def test_an_address_that_dinero_refuses_costs_an_update_the_address_alone(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.sandbox.dinero.contact_rules.ADDRESS", re.compile("[ -~]+"))
    business.config["contacts"] = {"update": True}
    business.sell(raw_order(**COMPANY))
    business.run_once()
    business.sell(
        raw_order(ORDER_ID + 1, **COMPANY, order_address="Nyvej 1", email="søren@example.com")
    )

    business.run_once()

    assert streets(business) == ["Nyvej 1"]
    assert business.order(ORDER_ID + 1).standing == "done"


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_an_update_without_an_answer_is_made_again(moved: Business, kind: str) -> None:
    moved.config["contacts"] = {"update": True}
    moved.fault(kind, "*/contacts/*", "PUT", times=None)
    moved.run_once()
    moved.sandbox.clear_faults()

    moved.run_once()

    assert streets(moved) == ["Nyvej 1"]
    assert moved.begun(ORDER_ID + 1) == set()
    assert moved.order(ORDER_ID + 1).standing == "done"


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_an_update_without_an_answer_is_no_doubt_once_contacts_are_to_stay_as_they_are(
    moved: Business, kind: str
) -> None:
    moved.config["contacts"] = {"update": True}
    moved.fault(kind, "*/contacts/*", "PUT", times=None)
    moved.run_once()
    moved.sandbox.clear_faults()
    moved.config["contacts"] = {"update": False}

    moved.run_once()

    assert moved.begun(ORDER_ID + 1) == set()
    assert moved.order(ORDER_ID + 1).standing == "done"


def test_consumers_of_a_country_may_share_a_contact(business: Business) -> None:
    business.config["contacts"] = {"consumers": "shared"}
    business.sell(
        raw_order(), raw_order(ORDER_ID + 1, email="other@example.com", order_name="Bo Prøve")
    )

    business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert contact.fields["Name"] == "Webshopkunder DK"
    assert [order for order in (0, 1) if business.invoice(ORDER_ID + order).is_booked] == [0, 1]
    assert "Prøvevej 7" in str(business.invoice().fields["Address"])
