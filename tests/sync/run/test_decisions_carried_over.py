"""What people decided is carried to another state folder, and counts there."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bill_files import Bills
from business import Business
from payout_files import SALES, PayoutFiles, paid_out
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import journal_id, reading
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.money import closing
from dinero_sync.journal.papers import bills as bill_store
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
from dinero_sync.sync.run.bills.by_hand import skip_bill
from dinero_sync.sync.run.by_hand import open_state, skip_order
from dinero_sync.sync.run.payouts.by_hand import accept_unmatched, skip_payout

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


def test_a_closed_period_tells_what_was_decided_in_it_also_when_it_was_imported_later(
    ended: Business,
) -> None:
    day, kept = accounting_date(ended.sandbox.now()), decided(ended)
    kept.append(replace(kept[0], subject=OTHER + 1, decided=None))
    lose_the_folder(ended)
    ended.wait(days=40)
    imported(ended, kept)

    with reading(ended.state_folder) as db:
        then = closing.decisions(db, day, day)
        later = closing.decisions(db, day + timedelta(days=30), day + timedelta(days=50))

    assert [each.at for each in then] == [each.decided for each in kept[:2]]
    assert [json.loads(each.told)["imported"] for each in later] == ["unknown"]


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


def test_what_is_held_again_after_it_was_accepted_is_a_question_anew(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    for amount in (2, 3):
        business.wait(minutes=1)
        business.change(products=[a_line(amount=amount)], total_price=125 * amount, vat=25 * amount)
        business.run_once()
        assert decided(business) == []
        if amount == 2:
            with business.at_work() as place:
                resolve.accept(place, resolve.gather(place, business.order()), "credited by hand")
            (accepted,) = decided(business)

    came = imported(business, [replace(accepted, decided=business.sandbox.now())])

    assert [(each.came, each.why) for each in came] == [
        (Came.CONFLICTING, "it says something else here than what was accepted")
    ]


def test_another_note_or_another_end_here_is_in_conflict(ended: Business) -> None:
    skipped, adopted = decided(ended)
    later = ended.sandbox.now() + timedelta(hours=1)

    came = imported(
        ended,
        [
            replace(skipped, note="another one"),
            replace(adopted, decision=Decided.SKIP, decided=later),
            replace(skipped, decision=Decided.ADOPT, decided=None),
        ],
    )

    assert [each.why for each in came] == [
        "its note here: a test order",
        "it was ended here in another way",
        "something else was decided here since",
    ]
    assert decided(ended) == [skipped, adopted]


def test_a_draft_that_was_begun_here_is_ended_by_hand(ended: Business) -> None:
    kept = decided(ended)
    lose_the_folder(ended)
    ended.config["sync"]["booking"] = "draft"
    ended.run_once()

    came = imported(ended, kept)

    assert {each.why for each in came} == {"a draft of it was begun here; end it by hand"}
    assert len(ended.invoices()) == 2


def test_an_order_that_is_held_here_is_ended_by_an_import(ended: Business) -> None:
    kept = [replace(each, decided=None) for each in decided(ended)]
    for order_id in (ORDER_ID, OTHER):
        ended.change(order_id, payment_gateway_id=90)
    lose_the_folder(ended)
    assert ended.run_once().result.outcomes() == {"held": 2}

    came = imported(ended, kept)

    assert {each.came for each in came} == {Came.IMPORTED}
    assert {each.came for each in imported(ended, kept)} == {Came.KNOWN}
    assert [each.decided for each in decided(ended)] == [None, None]


def test_a_credit_note_that_was_ended_stays_so_before_its_order_is_read(business: Business) -> None:
    decision = Decision(
        subject=ORDER_ID,
        number="10427",
        document="credit:return:7",
        decision=Decided.SKIP,
        note="nothing came back",
        decided=business.sandbox.now(),
    )

    came = imported(business, [decision, replace(decision, document="chargeback:1")])
    business.sell(raw_order())

    assert [each.came for each in came] == [Came.IMPORTED, Came.WAITING]
    assert business.run_once().result.outcomes() == {"booked": 1}
    assert [replace(each, content=None) for each in decided(business)] == [decision]


def test_a_bill_that_was_ended_is_not_posted_by_a_new_journal(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    with bills.business.at_work() as place:
        skip_bill(place, bills.record(), "posted by hand")
    kept = decided(bills.business)
    lose_the_folder(bills.business)

    came = imported(bills.business, kept)
    bills.put()
    finished = bills.run()

    assert [each.came for each in came] == [Came.IMPORTED]
    assert bills.came(finished) == [("faktura.pdf", "known", "by_operator")]
    assert bills.vouchers() == []


def test_what_was_accepted_of_a_payout_counts_once_its_file_is_read(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())
    other = ("238", "2026-12-08", "Køb", "77777", "10.00", "0.00")
    rows = (*SALES, other, paid_out("107.75"))
    payouts.put(rows=rows)
    payouts.run()
    now = payouts.business.sandbox.now()
    payouts.decide(lambda db, record: accept_unmatched(db, record, "sold at a fair", now))
    kept = decided(payouts.business)
    lose_the_folder(payouts.business)

    before = imported(payouts.business, kept)
    payouts.put(rows=rows)
    payouts.run()
    after = imported(payouts.business, kept)

    assert [each.decision for each in kept] == [Decided.ACCEPT_MOVEMENTS]
    assert [each.came for each in (*before, *after)] == [Came.WAITING, Came.IMPORTED]
    assert payouts.run().exit_code == 0


def test_a_payout_that_was_ended_is_not_posted_by_a_new_journal(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    with payouts.business.at_work() as place:
        skip_payout(place, payouts.record(), "posted by hand")
    kept = decided(payouts.business)
    lose_the_folder(payouts.business)

    imported(payouts.business, [*kept, *(replace(each, file=None) for each in kept)])
    payouts.put()
    payouts.run()

    assert payouts.items() == []


def test_what_was_accepted_of_a_bill_ends_its_hold(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    bills.voucher().lines *= 2
    bills.book()
    record = bills.record()
    assert record.standing is Standing.HELD
    accepted = Decision(
        subject=record.name,
        number=record.name,
        document=record.chain,
        decision=Decided.ACCEPT,
        note="reversed by hand",
        decided=bills.business.sandbox.now(),
        content=record.content,
    )

    unbooked = imported(bills.business, [accepted])
    save_booked = replace(record, documents=(replace(record.lead, rung=Rung.BOOKED),))
    bills.decide(lambda db, _: bill_store.save(db, save_booked))
    booked = imported(bills.business, [accepted])

    assert [each.came for each in (*unbooked, *booked)] == [Came.WAITING, Came.IMPORTED]
    assert bills.record().standing is Standing.DONE


def test_what_was_accepted_is_kept_as_told_where_nothing_is_held(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    accepted = Decision(
        subject=ORDER_ID,
        number="10427",
        document="invoice",
        decision=Decided.ACCEPT,
        note="credited by hand",
        decided=business.sandbox.now(),
    )

    came = imported(business, [accepted])

    assert [(each.came, each.record) for each in came] == [(Came.IMPORTED, None)]
    assert [each.note for each in decided(business)] == ["credited by hand"]


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


def test_a_file_that_is_gone_or_can_not_be_written_is_told(ended: Business, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_decisions(tmp_path / "none.json")
    with pytest.raises(UsageError, match=r"can't be written \(No such file or directory\)"):
        write_decisions(tmp_path / "none" / "decisions.json", a_file(ended))


def test_another_companys_decisions_are_refused() -> None:
    refuse_another_company("d.json", 2, 2)
    with pytest.raises(UsageError, match="company 1 in Dinero"):
        refuse_another_company("d.json", 1, 2)


@pytest.mark.parametrize("edited", [{"decision": "accept_movements"}, {"subject": 2**70}])
def test_a_file_with_what_nobody_can_have_decided_is_refused_whole(
    ended: Business, tmp_path: Path, edited: dict[str, object]
) -> None:
    file = DecisionFile(
        organization_id=1, journal="j", made=ended.sandbox.now(), decisions=tuple(decided(ended))
    )
    path = tmp_path / "decisions.json"
    write_decisions(path, file)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["decisions"][0] |= edited
    path.write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(UsageError, match="Nothing was imported"):
        read_decisions(path)
