"""Contacts that somebody made, merged or deleted in Dinero while our directory had no look at them.

Changes are read only when a buyer isn't in the directory, and after a day; an order is mended in
the same run where Dinero no longer has the contact that the directory names.
"""

import pytest
from bookkeeper import Bookkeeper, theirs
from business import Business
from shop import ORDER_ID, Json, raw_order

from dinero_sync.domain.identity import contact_guid
from dinero_sync.errors import ExitCode
from dinero_sync.sandbox import credentials
from dinero_sync.sync.run.run import RunOptions, run

EMAIL = "anna.proeve@example.com"
BERTA: Json = {"email": "berta@example.com", "order_name": "Berta Prøve"}
OURS = str(contact_guid(credentials.ORGANIZATION_ID, EMAIL))
SECOND = ORDER_ID + 1
CHANGES = "GET contacts"


def live_contacts(business: Business) -> list[str]:
    return [each.guid for each in business.sandbox.contacts.values() if each.deleted_at is None]


def delete(business: Business, *guids: str) -> None:
    """Let somebody delete contacts in Dinero."""
    for guid in guids:
        contact = business.sandbox.contacts[guid]
        contact.deleted_at = contact.updated_at = business.sandbox.now()


@pytest.fixture
def known(business: Business) -> Business:
    """Let a first run make a buyer known, who then buys again."""
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(SECOND))
    return business


@pytest.fixture
def by_email(business: Business, bookkeeper: Bookkeeper) -> tuple[Business, str]:
    """Let a first run find a buyer whose contact a person made, and the buyer buy again."""
    guid = bookkeeper.create_contact(Email=EMAIL)
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(SECOND))
    return business, guid


# What it costs


def test_an_order_of_a_known_buyer_costs_five_calls(known: Business) -> None:
    finished = known.run_once()

    draft = known.invoice(SECOND).guid
    assert finished.calls("dinero") == [
        "GET invoices",
        "POST invoices",
        "GET invoices",
        f"POST invoices/{draft}/book",
        f"POST invoices/{draft}/payments",
    ]


def test_an_order_of_a_new_buyer_costs_seven(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(SECOND, **BERTA))

    finished = business.run_once()

    assert len(finished.calls("dinero")) == 7
    assert finished.calls("dinero").count(CHANGES) == 1


def test_new_buyers_cost_one_reading_of_changes_together(known: Business) -> None:
    known.sell(*(raw_order(ORDER_ID + n, email=f"{n}@example.com") for n in (2, 3, 4)))

    assert known.run_once().calls("dinero").count(CHANGES) == 1


@pytest.mark.parametrize(("hours", "readings"), [(23, 0), (24, 1)])
def test_the_directory_is_never_older_than_a_day(
    business: Business, hours: int, readings: int
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.wait(hours=hours)
    business.sell(raw_order(SECOND, last_modified="2026-12-11 10:00:00"))

    finished = business.run_once()

    assert finished.calls("dinero").count(CHANGES) == readings
    assert business.invoice(SECOND).is_booked


def test_a_day_without_orders_reads_no_contacts(known: Business) -> None:
    known.run_once()
    known.wait(days=2)

    assert known.run_once().calls("dinero") == []


def test_a_dry_run_asks_as_seldom(known: Business) -> None:
    assert CHANGES not in known.run_once(dry_run=True).calls("dinero")


# Somebody deleted the contact


@pytest.mark.parametrize("form", ["code_65", "deleted_at"])
def test_a_contact_that_a_person_made_and_deleted_is_made_anew_in_the_same_run(
    by_email: tuple[Business, str], form: str
) -> None:
    business, guid = by_email
    business.sandbox.change_settings(deleted_answers=form)
    delete(business, guid)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert live_contacts(business) == [OURS]
    assert business.invoice(SECOND).fields["ContactGuid"] == OURS
    assert business.invoice(SECOND).is_booked
    assert business.order(SECOND).standing == "done"


def test_a_contact_that_was_merged_with_another_is_replaced_by_that_one(
    by_email: tuple[Business, str], bookkeeper: Bookkeeper
) -> None:
    business, guid = by_email
    kept = bookkeeper.create_contact(Email=EMAIL)
    delete(business, guid)

    business.run_once()

    assert live_contacts(business) == [kept]
    assert business.invoice(SECOND).fields["ContactGuid"] == kept


def test_a_contact_that_dinero_knows_nothing_of_any_more_is_made_anew(known: Business) -> None:
    del known.sandbox.contacts[OURS]

    known.run_once()

    assert live_contacts(known) == [OURS]
    assert known.invoice(SECOND).is_booked


def test_many_orders_of_a_deleted_contact_read_changes_once(known: Business) -> None:
    known.sell(*(raw_order(ORDER_ID + number) for number in (2, 3)))
    delete(known, OURS)

    finished = known.run_once()

    assert finished.result.outcomes() == {"booked": 3}
    assert finished.calls("dinero").count(CHANGES) == 1
    assert finished.writes().count(f"POST contacts/{OURS}/restore") == 1


def test_a_contact_deleted_before_the_booking_is_mended_in_the_same_run(known: Business) -> None:
    known.meanwhile("POST", "*/book", lambda: delete(known, OURS))

    finished = known.run_once()

    assert finished.exit_code == ExitCode.OK
    assert live_contacts(known) == [OURS]
    assert known.order(SECOND).standing == "done"


def test_a_draft_that_names_a_deleted_contact_is_made_to_name_another(
    by_email: tuple[Business, str], bookkeeper: Bookkeeper
) -> None:
    business, guid = by_email
    business.config["sync"]["booking"] = "draft"
    business.run_once()
    kept = bookkeeper.create_contact(Email=EMAIL)
    delete(business, guid)

    finished = business.book(SECOND)

    assert finished.exit_code == ExitCode.OK
    assert business.invoice(SECOND).fields["ContactGuid"] == kept
    assert business.invoice(SECOND).is_booked


def test_a_refusal_about_a_contact_that_is_there_holds_the_order(known: Business) -> None:
    delete(known, OURS)
    known.meanwhile("GET", f"*/contacts/{OURS}", lambda: restore(known))

    finished = known.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert known.order(SECOND).reason == "rejected_by_dinero"


def restore(business: Business) -> None:
    """Let somebody bring the contact back."""
    business.sandbox.contacts[OURS].deleted_at = None


def test_an_update_of_a_contact_that_was_deleted_brings_it_back(business: Business) -> None:
    business.config["contacts"] = {"update": True}
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(SECOND, order_address="Nyvej 1"))
    delete(business, OURS)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert live_contacts(business) == [OURS]
    assert business.order(SECOND).standing == "done"


LOST = [
    ("POST", "*/invoices", 0),
    ("GET", f"*/contacts/{OURS}", 0),
    ("GET", "*/contacts", 0),
    ("POST", "*/contacts", 0),
    ("POST", "*/restore", 0),
    ("POST", "*/invoices", 1),
]
"""The calls that mend an order whose contact is gone: method, path, how many such come before."""


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "status_after"])
@pytest.mark.parametrize("times", [1, None])
@pytest.mark.parametrize("call", LOST, ids=lambda call: f"{call[0]} {call[1]} {call[2]}")
def test_an_answer_lost_on_the_way_doubles_nothing_and_leaves_no_doubt(
    known: Business, kind: str, times: int | None, call: tuple[str, str, int]
) -> None:
    method, path, skip = call
    delete(known, OURS)
    known.fault(kind, path, method, times=times, skip=skip)
    known.run_once()
    known.sandbox.clear_faults()

    known.run_once()
    known.run_once()

    assert live_contacts(known) == [OURS]
    assert known.invoice(SECOND).is_booked
    assert len(known.invoices()) == 2
    assert known.begun(SECOND) == set()
    assert known.order(SECOND).standing == "done"


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 6, 7])
def test_a_run_that_stops_while_it_mends_an_order_is_finished_by_the_next(
    known: Business, steps: int
) -> None:
    delete(known, OURS)
    known.run_once(stop_after_steps=steps)

    known.run_once()

    assert live_contacts(known) == [OURS]
    assert len(known.invoices()) == 2
    assert known.order(SECOND).standing == "done"


def test_progress_never_says_that_more_was_done_than_there_is(
    known: Business,
) -> None:
    delete(known, OURS)
    told: list[tuple[int, int]] = []

    known.do(lambda place: run(place, RunOptions(), lambda done, of: told.append((done, of))))

    assert told[0] == (1, 5)
    assert told[-1] == (7, 7)


# Somebody made another


def test_a_second_contact_of_a_known_buyer_is_met_after_a_day(
    by_email: tuple[Business, str], bookkeeper: Bookkeeper
) -> None:
    business, guid = by_email
    bookkeeper.create_contact(Email=EMAIL)
    business.run_once()
    assert business.invoice(SECOND).fields["ContactGuid"] == guid

    business.wait(days=1)
    business.sell(raw_order(ORDER_ID + 2, last_modified="2026-12-11 11:00:00"))
    business.run_once()

    assert business.order(ORDER_ID + 2).reason == "several_contacts"


def test_a_second_contact_changes_nothing_where_one_has_our_identity(
    known: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.create_contact(Email=EMAIL)
    known.wait(days=1)

    known.run_once()

    assert known.invoice(SECOND).fields["ContactGuid"] == OURS


def test_contacts_that_were_merged_are_seen_by_the_next_run(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    kept, merged = (bookkeeper.create_contact(Email=EMAIL) for _ in range(2))
    business.sell(raw_order())
    business.run_once()
    delete(business, merged)
    business.sell(raw_order(SECOND))

    business.run_once()

    assert business.invoice(SECOND).fields["ContactGuid"] == kept


def test_an_invoice_to_a_contact_that_is_unknown_to_us_is_compared_by_its_buyer(
    known: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ContactGuid=bookkeeper.create_contact(Email=EMAIL))

    finished = known.run_once()

    assert known.order(SECOND).reason == "maybe_booked_elsewhere"
    assert finished.calls("dinero").count(CHANGES) == 1


def test_invoices_to_contacts_that_are_gone_read_changes_once_a_run(
    known: Business, bookkeeper: Bookkeeper
) -> None:
    gone = [bookkeeper.create_contact(Email=f"{n}@example.com") for n in range(2)]
    for guid in gone:
        theirs(bookkeeper, ContactGuid=guid)
    delete(known, *gone)
    known.sell(raw_order(ORDER_ID + 2))

    finished = known.run_once()

    assert finished.result.outcomes() == {"booked": 2}
    assert finished.calls("dinero").count(CHANGES) == 1


def test_a_draft_whose_buyer_changed_finds_the_contact_that_is_there(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    berta = bookkeeper.create_contact(Email=BERTA["email"], Name="Berta Prøve")
    business.change(**BERTA)

    business.book()

    assert business.invoice().fields["ContactGuid"] == berta
