"""What people decided is carried to another state folder, and counts there."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import journal_id, reading
from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox import credentials
from dinero_sync.sync.decisions.file import DecisionFile, read_decisions, write_decisions
from dinero_sync.sync.decisions.importing import (
    Came,
    Taken,
    judged,
    refuse_another_company,
    taken_over,
)
from dinero_sync.sync.decisions.known import Decided, Decision, known_decisions
from dinero_sync.sync.run import resolve
from dinero_sync.sync.run.by_hand import open_state, skip_order

OTHER = ORDER_ID + 1


def decided(business: Business) -> list[Decision]:
    """Return what `state export` would write."""
    with reading(business.state_folder) as db:
        return known_decisions(db)


def imported(business: Business, decisions: list[Decision]) -> list[Taken]:
    """Take decisions over as `state import` does."""
    config = business.loaded()
    with business.in_a_process(), open_state(config) as (db, _):
        return list(taken_over(db, decisions, business.sandbox.now()))


def lose_the_folder(business: Business) -> None:
    shutil.rmtree(business.state_folder)


@pytest.fixture
def ended(business: Business) -> Business:
    """Let a person skip one held order, and adopt another."""
    business.sell(raw_order(payment_gateway_id=90), raw_order(OTHER, payment_gateway_id=90))
    business.run_once()
    with business.at_work() as place:
        skip_order(place, business.order(), "a test order")
        skip_order(place, business.order(OTHER), "invoice 2041", SkipReason.BOOKED_ELSEWHERE)
    for order_id in (ORDER_ID, OTHER):  # from now on they would be booked
        business.change(order_id, payment_gateway_id=77)
    return business


def test_a_lost_folder_with_decisions_imported_books_no_order_that_was_ended(
    ended: Business,
) -> None:
    kept = decided(ended)
    lose_the_folder(ended)

    came = imported(ended, kept)
    finished = ended.run_once()

    assert [(each.decision.decision, each.came) for each in came] == [
        (Decided.SKIP, Came.IMPORTED),
        (Decided.ADOPT, Came.IMPORTED),
    ]
    assert finished.result.outcomes() == {}
    assert ended.invoices() == []
    assert ended.order().reason == SkipReason.BY_OPERATOR
    assert ended.order(OTHER).note == "invoice 2041"


def test_without_the_import_they_are_due_again(ended: Business) -> None:
    lose_the_folder(ended)

    assert ended.run_once().result.outcomes() == {"booked": 2}


def test_a_second_import_changes_nothing(ended: Business) -> None:
    kept = decided(ended)
    lose_the_folder(ended)
    imported(ended, kept)

    again = imported(ended, decided(ended))

    assert {each.came for each in again} == {Came.KNOWN}
    assert decided(ended) == kept


def test_what_was_decided_here_is_never_overwritten(ended: Business) -> None:
    kept = decided(ended)
    ended.retry(again=True)
    ended.run_once()

    with reading(ended.state_folder) as db:
        looked_at = list(judged(db, kept))
    came = imported(ended, kept)

    assert [each.came for each in looked_at] == [Came.CONFLICTING, Came.KNOWN]
    assert [each.came for each in came] == [Came.CONFLICTING, Came.KNOWN]
    assert ended.order().standing is Standing.DONE


def test_an_order_that_is_booked_here_stays_so(ended: Business) -> None:
    kept = decided(ended)
    lose_the_folder(ended)
    ended.run_once()

    came = imported(ended, kept)

    assert [(each.came, each.why) for each in came] == [(Came.CONFLICTING, "it is booked here")] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"status": "cancelled"},
        {"products": [a_line(amount=2)], "total_price": 250, "vat": 50},
    ],
)
def test_what_was_accepted_counts_once_it_is_held_again(
    business: Business, change: dict[str, Any]
) -> None:
    business.sell(raw_order())
    business.run_once()
    business.wait(minutes=1)
    business.change(**change)
    business.run_once()
    assert business.order().standing is Standing.HELD
    with business.at_work() as place:
        resolve.accept(place, resolve.gather(place, business.order()), "credited by hand")
    kept = decided(business)
    lose_the_folder(business)

    before = imported(business, kept)
    business.run_once()
    after = imported(business, kept)
    business.wait(hours=7)
    business.run_once()

    assert [each.decision for each in kept] == [Decided.ACCEPT]
    assert [each.came for each in before] == [Came.WAITING]
    assert [each.came for each in after] == [Came.IMPORTED]
    assert business.order().standing is Standing.DONE


def test_the_file_is_read_as_it_was_written_and_holds_no_buyer(
    ended: Business, tmp_path: Path
) -> None:
    file = a_file(ended)
    path = tmp_path / "decisions.json"

    write_decisions(path, file)
    write_decisions(path, file)

    assert read_decisions(path) == file
    assert path.stat().st_mode & 0o777 == 0o600
    told = json.loads(path.read_text())["decisions"][0]
    assert told.keys() == {
        *("subject", "number", "document", "decision", "note", "decided", "content", "file")
    }


def a_file(business: Business) -> DecisionFile:
    with reading(business.state_folder) as db:
        return DecisionFile(
            organization_id=credentials.ORGANIZATION_ID,
            journal=journal_id(db),
            made=business.sandbox.now(),
            decisions=tuple(known_decisions(db)),
        )


def test_another_journals_export_is_never_overwritten(ended: Business, tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    write_decisions(path, a_file(ended))
    lose_the_folder(ended)
    ended.run_once()

    with pytest.raises(UsageError, match="decisions of another journal"):
        write_decisions(path, a_file(ended))

    assert len(read_decisions(path).decisions) == 2


@pytest.mark.parametrize("content", ["", "{}", '{"kind": "something else"}'])
def test_another_file_is_neither_overwritten_nor_read(
    ended: Business, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "decisions.json"
    path.write_text(content)

    with pytest.raises(UsageError, match="holds no decisions"):
        write_decisions(path, a_file(ended))
    with pytest.raises(UsageError, match="holds no decisions"):
        read_decisions(path)
    assert path.read_text() == content


def test_another_companys_decisions_are_refused() -> None:
    with pytest.raises(UsageError, match="company 1 in Dinero"):
        refuse_another_company("d.json", 1, 2)
