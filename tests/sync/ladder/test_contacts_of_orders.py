"""The contact of an order: one per buyer, found before it is created, never chosen by guessing."""

import re
from uuid import UUID

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import BUSINESS, GERMAN_BUSINESS, ORDER_ID, PUBLIC, a_line, raw_order

from dinero_sync.domain.identity import contact_guid
from dinero_sync.errors import ExitCode
from dinero_sync.sandbox import credentials

EMAIL = "anna.proeve@example.com"
OURS = str(contact_guid(credentials.ORGANIZATION_ID, EMAIL))


def live_contacts(business: Business) -> list[str]:
    return [each.guid for each in business.sandbox.contacts.values() if each.deleted_at is None]


def test_a_new_buyer_becomes_a_person_under_an_identity_of_our_own(business: Business) -> None:
    business.sell(raw_order())

    business.run_once()

    contact = business.sandbox.contacts[OURS]
    assert contact.fields["Name"] == "Anna Prøve"
    assert contact.fields["IsPerson"] is True
    assert contact.fields["Email"] == EMAIL
    assert business.invoice().fields["ContactGuid"] == OURS


def test_two_orders_by_one_email_in_different_case_share_a_contact(business: Business) -> None:
    business.sell(raw_order(), raw_order(ORDER_ID + 1, email=" Anna.Proeve@Example.com "))

    business.run_once()

    assert live_contacts(business) == [OURS]
    assert business.invoice(ORDER_ID + 1).fields["ContactGuid"] == OURS


def test_orders_without_an_email_have_a_contact_each(business: Business) -> None:
    business.sell(raw_order(email=""), raw_order(ORDER_ID + 1, email=""))

    business.run_once()

    assert len(live_contacts(business)) == 2


def test_a_contact_that_is_in_dinero_already_is_used(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs = bookkeeper.create_contact(Email="Anna.Proeve@example.com")
    business.sell(raw_order())

    business.run_once()

    assert live_contacts(business) == [theirs]
    assert business.invoice().fields["ContactGuid"] == theirs


def test_a_contact_made_in_dinero_between_two_runs_is_used(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.run_once()
    theirs = bookkeeper.create_contact(Email="berta@example.com", Name="Berta Prøve")
    business.sell(raw_order(ORDER_ID + 1, email="berta@example.com"))

    business.run_once()

    assert business.invoice(ORDER_ID + 1).fields["ContactGuid"] == theirs


@pytest.mark.parametrize("error", [{"hours": 23}, {"days": 365}])
def test_a_contact_made_while_the_clock_was_ahead_is_used_once_it_is_right(
    business: Business, bookkeeper: Bookkeeper, error: dict[str, float]
) -> None:
    business.wait(**error)
    business.sell(raw_order())
    business.run_once()
    business.wait(**{unit: -number for unit, number in error.items()})
    theirs = bookkeeper.create_contact(Email="berta@example.com", Name="Berta Prøve")
    business.wait(days=3)
    business.sell(
        raw_order(ORDER_ID + 1, email="berta@example.com", last_modified="2026-12-10 11:30:00")
    )

    finished = business.run_once()

    assert business.invoice(ORDER_ID + 1).fields["ContactGuid"] == theirs
    assert finished.calls("dinero").count("GET contacts") == 1


def test_a_company_with_the_same_email_is_not_taken_for_the_person(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    company = bookkeeper.create_contact(Email=EMAIL, Name="Prøve ApS", IsPerson=False)
    business.sell(raw_order())

    business.run_once()

    assert business.invoice().fields["ContactGuid"] == OURS != company


def test_an_order_is_held_when_several_contacts_could_be_the_buyer(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.create_contact(Email=EMAIL)
    bookkeeper.create_contact(Email=EMAIL)
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "several_contacts"
    assert business.invoices() == []


def test_the_order_goes_on_with_the_contact_that_is_left(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    kept, merged = (bookkeeper.create_contact(Email=EMAIL) for _ in range(2))
    business.sell(raw_order())
    business.run_once()

    bookkeeper.delete_contact(merged)
    business.retry()
    business.run_once()

    assert business.invoice().fields["ContactGuid"] == kept


@pytest.mark.parametrize("form", ["code_65", "deleted_at"])
def test_a_contact_of_ours_that_was_deleted_is_brought_back(
    business: Business, bookkeeper: Bookkeeper, form: str
) -> None:
    business.sandbox.change_settings(deleted_answers=form)
    business.sell(raw_order())
    business.run_once()
    bookkeeper.delete_contact(OURS)
    business.sell(raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert f"POST contacts/{OURS}/restore" in finished.writes()
    assert live_contacts(business) == [OURS]
    assert business.invoice(ORDER_ID + 1).is_booked
    assert business.sandbox.complaints == []


def test_a_contact_that_this_journal_never_met_is_adopted(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.state_folder = business.state_folder.with_name("another")
    business.fault("status_before", "*/v2/*/contacts", "GET", status=500)
    business.sell(raw_order(ORDER_ID + 1))

    business.run_once()

    assert live_contacts(business) == [OURS]
    assert len(business.invoices()) == 2


def test_a_contact_whose_answer_was_lost_is_found_and_leaves_no_doubt(business: Business) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/contacts", "POST", times=None)
    business.fault("status_before", "*/contacts/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    assert business.begun() == {"contact"}

    finished = business.run_once()

    assert finished.writes()[0] == "POST invoices"
    assert live_contacts(business) == [OURS]
    assert business.begun() == set()


def test_a_danish_business_carries_its_cvr_number_without_prefix(business: Business) -> None:
    business.sell(raw_order(**BUSINESS))

    business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert contact.fields["Name"] == "Café Prøve ApS"
    assert contact.fields["AttPerson"] == "Anna Prøve"
    assert contact.fields["VatNumber"] == "90000039"
    assert contact.fields["IsPerson"] is False


def test_a_business_is_found_by_its_cvr_number(business: Business, bookkeeper: Bookkeeper) -> None:
    theirs = bookkeeper.create_contact(Name="Café Prøve", IsPerson=False, VatNumber="90000039")
    business.sell(raw_order(**{**BUSINESS, "vat_number": "DK 90 00 00 39"}))

    business.run_once()

    assert business.invoice().fields["ContactGuid"] == theirs


def test_an_eu_business_is_invoiced_without_vat_on_its_own_account(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs = bookkeeper.create_contact(
        Name="Beispiel", IsPerson=False, VatNumber="DE136695976", CountryKey="DE"
    )
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))

    business.run_once()

    (line,) = business.invoice().lines
    assert line.account.number == 1100
    assert business.invoice().totals.vat == 0
    assert business.invoice().fields["ContactGuid"] == theirs


def test_a_public_buyer_carries_its_ean_number(business: Business) -> None:
    business.sell(raw_order(**PUBLIC))

    business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert contact.fields["EanNumber"] == "5798009999993"
    assert contact.fields["AttPerson"] == "Anna Prøve"


def test_the_address_of_a_known_contact_stays_and_the_invoice_has_the_new_one(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1, order_address="Flyttevej 9"))

    business.run_once()

    assert business.sandbox.contacts[OURS].fields["Street"] == "Prøvevej 7"
    assert "Flyttevej 9" in business.invoice(ORDER_ID + 1).fields["Address"]


def test_the_journal_remembers_which_contact_an_invoice_was_made_out_to(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs = bookkeeper.create_contact(Email=EMAIL)
    business.sell(raw_order())

    business.run_once()

    assert business.order().contact_guid == UUID(theirs)


@pytest.mark.parametrize("written", ["anna.example.com", "anna @example.com", "søren@example.com"])
def test_a_bad_email_address_costs_the_email_and_not_the_invoice(
    business: Business, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.sandbox.dinero.contact_rules.ADDRESS", re.compile("[ -~]+"))
    business.sell(raw_order(email=written))

    finished = business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert finished.exit_code == ExitCode.OK
    assert contact.fields["Email"] is None
    assert business.order().standing == "done"


@pytest.mark.parametrize("order_name", ["", "Pia Yde"])
def test_a_public_buyer_has_an_attention_whether_or_not_a_person_is_named(
    business: Business, order_name: str
) -> None:
    business.sell(raw_order(**{**PUBLIC, "order_name": order_name}))

    business.run_once()

    (contact,) = business.sandbox.contacts.values()
    assert contact.fields["AttPerson"] == (order_name or PUBLIC["order_company_name"])
    assert business.order().standing == "done"


def test_an_ean_that_cant_be_one_is_solved_in_the_shop_or_by_hand(business: Business) -> None:
    business.sell(raw_order(**{**PUBLIC, "ean_number": "5798009999994"}))
    assert business.run_once().exit_code == ExitCode.HELD
    assert business.order().reason == "invalid_vat_number"

    business.change(ean_number="EAN 5798-0099-99993")
    business.run_once()

    assert business.order().standing == "done"
    (contact,) = business.sandbox.contacts.values()
    assert contact.fields["EanNumber"] == "5798009999993"


def test_what_dinero_refuses_of_an_order_is_named_in_plain_words(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.sandbox.dinero.contact_rules.countries", dict)
    business.sell(raw_order())

    business.run_once()

    hold = business.order().current
    assert (hold.text, hold.facts) == ("rejected_by_dinero.field", {"fields": ("country",)})
