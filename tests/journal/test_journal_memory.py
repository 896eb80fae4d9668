"""What saves calls: known contacts, master data of the day, calls made, runs that ended."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from builders import NOW

from dinero_sync.journal import contacts, runs
from dinero_sync.journal.cache import keep, recall
from dinero_sync.journal.calls import (
    KeptCall,
    kept_calls,
    record_call,
    record_next_call,
)
from dinero_sync.journal.contacts import KnownContact
from dinero_sync.journal.database import open_journal

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
ACCOUNTS = dict[str, int]
ANNA, FIRM, TOWN = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(tmp_path)
    yield connection
    connection.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(tmp_path)
    yield connection
    connection.close()


def a_contact(guid: UUID, email: str = "", vat_number: str = "", ean: str = "") -> KnownContact:
    return KnownContact(guid=guid, email=email, vat_number=vat_number, ean=ean)


def test_contacts_are_found_by_ean_then_vat_number_then_email(db: sqlite3.Connection) -> None:
    live = [
        a_contact(ANNA, email="anna@example.com"),
        a_contact(FIRM, email="anna@example.com", vat_number="DK13585628"),
        a_contact(TOWN, vat_number="DK13585628", ean="5798000416604"),
    ]
    contacts.refresh(db, live, [], NOW)

    def found(ean: str, vat_number: str, email: str) -> list[UUID]:
        return contacts.found_by(db, ean=ean, vat_number=vat_number, email=email)

    assert found("5798000416604", "DK13585628", "anna@example.com") == [TOWN]
    assert found("", "DK13585628", "anna@example.com") == [FIRM, TOWN]
    assert found("", "", "anna@example.com") == [ANNA, FIRM]
    assert found("", "", "someone@example.com") == []
    assert found("", "", "") == []


def test_a_contact_that_dinero_deleted_is_forgotten(db: sqlite3.Connection) -> None:
    contacts.refresh(db, [a_contact(ANNA), a_contact(FIRM)], [], NOW)
    contacts.refresh(db, [], [ANNA], NOW + MINUTE)

    assert [contacts.is_known(db, guid) for guid in (ANNA, FIRM)] == [False, True]
    assert contacts.read_until(db) == NOW + MINUTE


def test_a_contact_whose_email_changed_is_found_by_the_new_one_alone(
    db: sqlite3.Connection,
) -> None:
    contacts.remember(db, a_contact(ANNA, email="old@example.com"))
    contacts.remember(db, a_contact(ANNA, email="new@example.com"))

    assert contacts.found_by(db, ean="", vat_number="", email="old@example.com") == []
    assert contacts.found_by(db, ean="", vat_number="", email="new@example.com") == [ANNA]


def test_an_email_address_is_kept_as_a_hash_alone(db: sqlite3.Connection) -> None:
    contacts.remember(db, a_contact(ANNA, email="anna@example.com"))

    assert "anna" not in "\n".join(db.iterdump())


def test_addresses_that_an_earlier_version_kept_are_hashed_and_still_find_their_contacts(
    db: sqlite3.Connection,
) -> None:
    db.execute("INSERT INTO contacts VALUES (?, 'anna@example.com', '', '')", (str(ANNA),))

    contacts.refresh(db, [], [], NOW)

    assert contacts.found_by(db, ean="", vat_number="", email="anna@example.com") == [ANNA]
    assert "anna" not in "\n".join(db.iterdump())


def test_a_new_journal_has_read_no_contacts(db: sqlite3.Connection) -> None:
    assert contacts.read_until(db) is None


@pytest.mark.parametrize(
    ("age", "known"),
    [
        (timedelta(0), True),
        (DAY - SECOND, True),
        (DAY, False),
        (-SECOND, False),
    ],
    ids=["read just now", "almost a day old", "a day old", "the clock was set back"],
)
def test_master_data_is_known_for_a_day(
    db: sqlite3.Connection, age: timedelta, *, known: bool
) -> None:
    keep(db, "accounts", ACCOUNTS, {"sales": 1000}, NOW)

    assert recall(db, "accounts", ACCOUNTS, NOW + age) == ({"sales": 1000} if known else None)


def test_master_data_read_again_replaces_the_old(db: sqlite3.Connection) -> None:
    keep(db, "accounts", ACCOUNTS, {"sales": 1000}, NOW - DAY)
    keep(db, "accounts", ACCOUNTS, {"sales": 1010}, NOW)

    assert recall(db, "accounts", ACCOUNTS, NOW) == {"sales": 1010}


def test_master_data_never_read_is_unknown(db: sqlite3.Connection) -> None:
    assert recall(db, "accounts", ACCOUNTS, NOW) is None


def test_master_data_that_another_version_kept_is_read_again(db: sqlite3.Connection) -> None:
    keep(db, "accounts", list[str], ["1000 Salg"], NOW)

    assert recall(db, "accounts", ACCOUNTS, NOW) is None


@pytest.mark.parametrize(("age", "known"), [(89 * DAY, True), (90 * DAY, False), (-SECOND, False)])
def test_a_time_of_its_own_may_be_named(
    db: sqlite3.Connection, age: timedelta, *, known: bool
) -> None:
    keep(db, "number", ACCOUNTS, {"sales": 1000}, NOW)

    found = recall(db, "number", ACCOUNTS, NOW + age, kept_for=90 * DAY)

    assert found == ({"sales": 1000} if known else None)


def test_calls_of_all_processes_count_and_each_service_by_itself(
    db: sqlite3.Connection, other: sqlite3.Connection
) -> None:
    record_call(db, "dinero", NOW)
    record_call(other, "dinero", NOW)
    record_call(other, "shoporama", NOW)

    assert len(list(kept_calls(db, "dinero", NOW, MINUTE))) == 2
    assert len(list(kept_calls(other, "dinero", NOW, MINUTE))) == 2
    assert len(list(kept_calls(db, "shoporama", NOW, MINUTE))) == 1


@pytest.mark.parametrize(
    ("age", "counted"),
    [(timedelta(0), 1), (MINUTE - SECOND, 1), (MINUTE, 0), (-SECOND, 0)],
    ids=["now", "within the minute", "a minute ago", "the clock was set back"],
)
def test_a_call_counts_for_a_minute(db: sqlite3.Connection, age: timedelta, counted: int) -> None:
    record_call(db, "dinero", NOW)

    assert len(list(kept_calls(db, "dinero", NOW + age, MINUTE))) == counted


def test_calls_older_than_a_day_are_forgotten(db: sqlite3.Connection) -> None:
    for age in (DAY + SECOND, DAY, timedelta(0)):
        record_call(db, "shoporama", NOW - age)
    record_call(db, "shoporama", NOW)

    assert db.execute("SELECT COUNT(*) FROM calls").fetchone()[0] == 3


def test_a_call_is_kept_with_the_answers_time_of_the_one_before(
    db: sqlite3.Connection, other: sqlite3.Connection
) -> None:
    first = record_next_call(db, "dinero", NOW - 20 * SECOND, None)
    record_call(other, "shoporama", NOW - 19 * SECOND)
    answered = KeptCall(first, NOW - 12 * SECOND)

    second = record_next_call(db, "dinero", NOW - 10 * SECOND, answered)

    kept = [answered, KeptCall(second, NOW - 10 * SECOND)]
    assert list(kept_calls(other, "dinero", NOW, MINUTE)) == kept
    assert len(list(kept_calls(db, "shoporama", NOW, MINUTE))) == 1


@pytest.mark.parametrize(("age", "kept"), [(MINUTE, 0), (MINUTE - SECOND, 1), (-DAY, 0)], ids=str)
def test_only_the_calls_of_the_minute_are_listed_and_none_to_come(
    db: sqlite3.Connection, age: timedelta, kept: int
) -> None:
    record_next_call(db, "dinero", NOW - age, None)

    assert len(list(kept_calls(db, "dinero", NOW, MINUTE))) == kept


def test_a_run_is_remembered_from_its_begin_to_its_end(db: sqlite3.Connection) -> None:
    assert runs.last(db) is None

    runs.begin(db, "first", NOW)
    begun = runs.last(db)
    runs.finish(db, "first", NOW + MINUTE, 3, {"outcomes": {"held": 1}})
    ended = runs.last(db)

    assert begun == runs.RunRecord(
        run_id="first", started=NOW, finished=None, exit_code=None, summary=None
    )
    assert ended == runs.RunRecord(
        run_id="first",
        started=NOW,
        finished=NOW + MINUTE,
        exit_code=3,
        summary={"outcomes": {"held": 1}},
    )


def test_the_last_run_is_the_one_that_began_last_whatever_the_clock_said(
    db: sqlite3.Connection,
) -> None:
    for name, began in (("b", NOW), ("c", datetime(2027, 12, 1, tzinfo=UTC)), ("a", NOW)):
        runs.begin(db, name, began)
    runs.finish(db, "c", NOW + MINUTE, 0, {})

    last = runs.last(db)

    assert last is not None
    assert last.run_id == "a"
