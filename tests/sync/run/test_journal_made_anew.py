"""A journal that can't be read is made anew by reading; neither service is written to."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from business import READS, Business, SandboxClock
from records import message_of
from shop import BANK, ORDER_ID, a_line, orders_a_minute_apart, raw_order, unpaid_order

from dinero_sync.cli.failures import expected
from dinero_sync.cli.reports.rebuild import as_text
from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode, NewerStateError, StateError, TemporaryError, UsageError
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.run.by_hand import note_decision, skip_order
from dinero_sync.sync.run.rebuild import Rebuilt, rebuild


def rebuilt(business: Business) -> dict[Standing, int]:
    """Rebuild as the command does; returns how many orders stand as what."""
    return made_anew(business).standings


def made_anew(business: Business) -> Rebuilt:
    """Rebuild as the command does, and make sure that nothing was written."""
    before = business.sandbox.request_count
    with business.in_a_process():
        made = rebuild(business.loaded(), str(business.config_file), SandboxClock(business.sandbox))
    requests = [each for each in business.sandbox.requests if each.number > before]
    assert {each.method for each in requests if each.service != "authz"} <= READS
    return made


def damage(business: Business, name: str = "journal.sqlite3") -> None:
    (business.state_folder / name).write_bytes(b"no database, no JSON")


TABLES = ["subjects", "documents", "effects", "bodies", "meta", "runs", "calls"]


def overwrite_root_page_of(table: str, journal: Path) -> None:
    """Fill the first page of a table with garbage, as a dying disk might."""
    with closing(sqlite3.connect(journal)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    with journal.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


@pytest.mark.parametrize("table", TABLES)
def test_garbage_in_any_table_is_told_with_the_way_back_and_mended_by_it(
    business: Business, table: str
) -> None:
    business.sell(*orders_a_minute_apart(2))
    business.run_once()
    overwrite_root_page_of(table, business.state_folder / "journal.sqlite3")
    business.sell(raw_order(ORDER_ID + 9))

    told = trouble_of_a_run(business)
    standings = rebuilt(business)
    business.run_once()

    assert "dinero-sync doctor --rebuild" in told
    assert standings == {Standing.DONE: 2, Standing.WORKING: 1}
    assert len(business.invoices()) == 3


def trouble_of_a_run(business: Business) -> str:
    """Run on a damaged journal; returns what the operator is told."""
    try:
        finished = business.run_once()
    except (StateError, sqlite3.Error) as error:
        return str(expected(error))
    assert finished.exit_code == ExitCode.STATE
    return str(finished.result.stopped)


@pytest.mark.parametrize("damage_to", ["DROP TABLE meta", "DELETE FROM meta"])
def test_a_journal_that_lacks_what_tells_it_apart_is_made_anew(
    business: Business, damage_to: str
) -> None:
    business.sell(raw_order())
    business.run_once()
    with closing(sqlite3.connect(business.state_folder / "journal.sqlite3")) as db:
        db.execute(damage_to)
        db.commit()

    assert rebuilt(business) == {Standing.DONE: 1}


def test_an_emptied_journal_is_damaged_and_no_new_one(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    (business.state_folder / "journal.sqlite3").write_bytes(b"")

    for dry_run in (False, True):
        with pytest.raises(StateError, match="doctor --rebuild"):
            business.run_once(dry_run=dry_run)

    assert rebuilt(business) == {Standing.DONE: 1}


def test_a_journal_that_another_program_holds_is_not_taken_for_a_damaged_one(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    business.run_once()
    monkeypatch.setattr("dinero_sync.journal.database.COMMIT_SECONDS", 0.0)
    before = sorted(path.name for path in business.state_folder.iterdir())

    with closing(sqlite3.connect(business.state_folder / "journal.sqlite3")) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(TemporaryError, match="Another program has the journal"):
            rebuilt(business)

    assert sorted(path.name for path in business.state_folder.iterdir()) == before


def test_a_damaged_journal_stops_every_run(business: Business) -> None:
    business.run_once()
    damage(business)

    with pytest.raises(StateError, match="can't be read"):
        business.run_once()


def test_a_rebuilt_journal_knows_what_is_booked(business: Business) -> None:
    business.sell(*orders_a_minute_apart(3))
    business.run_once()
    damage(business)

    standings = rebuilt(business)

    assert standings == {Standing.DONE: 3}
    assert business.order().invoice_number == 1001


def test_the_run_after_it_writes_nothing_again(business: Business) -> None:
    business.sell(*orders_a_minute_apart(2))
    business.run_once()
    damage(business)
    rebuilt(business)

    finished = business.run_once()

    assert finished.writes() == []
    assert finished.exit_code == ExitCode.OK


def test_the_damaged_files_are_set_aside_and_kept(business: Business) -> None:
    business.run_once()
    damage(business)

    rebuilt(business)

    kept = [path.name for path in business.state_folder.iterdir() if "damaged" in path.name]
    assert len(kept) == 1


@pytest.mark.parametrize("content", [b"\xff", b"{}", b'{"watermark": "soon"}'])
def test_a_damaged_watermark_is_set_aside_too(business: Business, content: bytes) -> None:
    business.sell(raw_order())
    business.run_once()
    (business.state_folder / "watermark.json").write_bytes(content)

    try:
        standings = rebuilt(business)
    except UsageError:  # what names no journal belongs to another one, and counts as none
        standings = {Standing.DONE: 1}

    assert standings == {Standing.DONE: 1}
    assert len(business.invoices()) == 1


def test_a_whole_state_folder_is_left_alone(business: Business) -> None:
    business.run_once()

    with pytest.raises(UsageError, match="nothing to rebuild"):
        rebuilt(business)


def test_without_a_state_folder_there_is_nothing_to_rebuild(business: Business) -> None:
    with pytest.raises(UsageError, match="nothing to rebuild"):
        rebuilt(business)


def test_an_invoice_that_waits_for_its_payment_waits_in_the_new_journal(
    business: Business,
) -> None:
    later = {"name": "Bank", "when": {"gateway_name": "Bank*"}, "paid": True}
    business.config["payment_types"] = [{**later, "deposit_account": 55000, "trigger": "shipped"}]
    business.sell(
        unpaid_order(payment_gateway_id=BANK, status="sent", sent_time="2026-12-09 14:00:00")
    )
    business.run_once()
    damage(business)

    assert rebuilt(business) == {Standing.OPEN: 1}
    assert business.order().reason == "awaiting_payment"


def test_an_invoice_without_a_payment_to_register_is_done(business: Business) -> None:
    business.config["payment_types"] = []
    business.sell(raw_order())
    business.run_once()
    damage(business)

    assert rebuilt(business) == {Standing.DONE: 1}


def test_a_payment_that_is_missing_is_registered_by_the_next_run(business: Business) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=4)
    damage(business)

    standings = rebuilt(business)
    business.run_once()

    assert standings == {Standing.WORKING: 1}
    assert len(business.payments()) == 1


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        (
            {"products": [a_line(amount=2)], "total_price": 250, "vat": 50},
            "document_differs",
            "What differs is the order",
        ),
        ({"status": "cancelled"}, "cancelled_after_booking", "after invoice 1001 was booked"),
    ],
)
def test_an_order_that_is_another_sale_now_is_held(
    business: Business, change: dict[str, Any], reason: str, said: str
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(**change)
    damage(business)

    assert rebuilt(business) == {Standing.HELD: 1}
    assert business.order(ORDER_ID).reason == reason
    assert said in str(message_of(business.order(ORDER_ID)))


def test_a_journal_of_a_newer_version_is_not_taken_for_a_damaged_one(business: Business) -> None:
    business.run_once()
    with closing(sqlite3.connect(business.state_folder / "journal.sqlite3")) as db:
        db.execute("PRAGMA user_version = 999")
    before = sorted(path.name for path in business.state_folder.iterdir())

    with pytest.raises(NewerStateError):
        rebuilt(business)

    assert sorted(path.name for path in business.state_folder.iterdir()) == before


def with_decisions(business: Business) -> None:
    """Let a person skip one order, adopt another, skip and take back a third, accept a fourth."""
    for at in range(4):
        business.sell(raw_order(ORDER_ID + at, payment_gateway_id=90))
    business.run_once()
    business.skip(ORDER_ID, "test order")
    business.skip(ORDER_ID + 2, "not this one")
    business.retry(ORDER_ID + 2, again=True)
    with business.at_work() as place:
        adopted = business.order(ORDER_ID + 1)
        skip_order(place, adopted, "faktura 77", SkipReason.BOOKED_ELSEWHERE)
        now = business.sandbox.now()
        note_decision(place.db, business.order(ORDER_ID + 3), now, {"accept": "it's right"})


def told_by(business: Business) -> str:
    return as_text(made_anew(business))


def test_what_people_decided_is_listed_with_the_command_that_decides_so_again(
    business: Business,
) -> None:
    with_decisions(business)
    overwrite_root_page_of("calls", business.state_folder / "journal.sqlite3")

    told = told_by(business)

    number = business.order().number
    assert f"#{number} was ended without an invoice: test order" in told
    assert f"dinero-sync skip {ORDER_ID} --reason 'test order'" in told
    assert f"dinero-sync adopt {ORDER_ID + 1} --note 'faktura 77'" in told
    assert f"resolve {ORDER_ID + 3} --accept" in told
    assert str(ORDER_ID + 2) not in told
    assert "are due again" in told
    assert "dinero-sync state import FILE" in told
    assert "only a backup" not in told
    assert told.endswith("dinero-sync plan")


@pytest.mark.parametrize("table", ["subjects", "documents", "effects", "bodies"])
def test_what_is_left_of_a_table_is_told_and_that_there_may_be_more(
    business: Business, table: str
) -> None:
    with_decisions(business)
    overwrite_root_page_of(table, business.state_folder / "journal.sqlite3")

    told = told_by(business)

    assert f"dinero-sync skip {ORDER_ID} --reason 'test order'" in told
    assert f"dinero-sync adopt {ORDER_ID + 1} --note 'faktura 77'" in told
    assert "can't tell more: only a backup of the state folder can" in told


def test_a_journal_that_is_no_database_any_more_is_told_to_tell_nothing(
    business: Business,
) -> None:
    with_decisions(business)
    damage(business)

    told = told_by(business)

    assert "can't tell which orders people decided about" in told
    assert "are due again" in told


def test_where_nobody_decided_anything_the_next_run_just_goes_on(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    overwrite_root_page_of("calls", business.state_folder / "journal.sqlite3")

    assert told_by(business) == "The journal is rebuilt: 1 done.\nThe next run goes on."


def test_a_damaged_watermark_forgets_no_decision(business: Business) -> None:
    with_decisions(business)
    damage(business, "watermark.json")

    made = made_anew(business)

    assert made.forgotten is None
    assert business.order().reason == SkipReason.BY_OPERATOR
