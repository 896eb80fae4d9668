"""What a person does about bills: mend what holds one, book drafts, skip, adopt, accept."""

from decimal import Decimal

import pytest
from bill_files import HOSTING, REFERENCE, Bills

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import UsageError
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.upkeep.salvage import salvage
from dinero_sync.sync.run.bills.by_hand import (
    accept_bill,
    gather_bill,
    release_bill,
    skip_bill,
)
from dinero_sync.sync.run.papers_by_hand import refuse_to_release


def note_beside(bills: Bills) -> str:
    return (bills.inbox / "held" / "faktura.pdf.txt").read_text(encoding="utf-8")


def skip(bills: Bills, code: SkipReason = SkipReason.BY_OPERATOR) -> None:
    with bills.business.at_work() as place:
        skip_bill(place, bills.record(), "posted by hand", code)


def test_a_bill_without_a_rule_is_held_until_there_is_one(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put()

    held = bills.run()
    told, lying = note_beside(bills), bills.files()
    unchanged = bills.run()
    bills.settings["rules"] = [HOSTING]
    mended = bills.run()

    assert bills.came(held) == [("faktura.pdf", "held", "no_bill_rule")]
    assert "bill:DK13585628:1042" in told
    assert "paid_from: 55000" in told
    assert lying == ["held/faktura.pdf", "held/faktura.pdf.txt", "held/faktura.yaml"]
    assert (bills.came(unchanged), unchanged.calls("dinero"), unchanged.exit_code) == ([], [], 3)
    assert bills.came(mended) == [("faktura.pdf", "booked", None)]
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


def test_a_file_that_cannot_be_read_is_read_again_once_yaml_is_beside_it(bills: Bills) -> None:
    path = bills.put()
    said = path.with_suffix(".yaml").read_text(encoding="utf-8")
    path.with_suffix(".yaml").unlink()

    held = bills.run()
    (bills.inbox / "held" / "faktura.yaml").write_text(said, encoding="utf-8")
    mended = bills.run()

    assert bills.came(held) == [("faktura.pdf", "held", "bill_unreadable")]
    assert bills.came(mended) == [("faktura.pdf", "booked", None)]
    assert mended.exit_code == 0
    assert bills.run().exit_code == 0, "nothing is left of the file that couldn't be read"


def test_a_held_file_that_is_taken_away_ends_and_is_read_again_when_it_comes_again(
    bills: Bills,
) -> None:
    bills.put().with_suffix(".yaml").unlink()
    held = bills.run()
    path = bills.inbox / "held" / "faktura.pdf"
    content = path.read_bytes()
    path.unlink()

    gone = bills.run()
    (bills.inbox / "faktura.pdf").write_bytes(content)
    again = bills.run()

    assert [each.exit_code for each in (held, gone, again)] == [3, 0, 3]
    assert bills.came(again) == [("faktura.pdf", "held", "bill_unreadable")]


@pytest.mark.parametrize(
    ("rule", "said", "reason"),
    [
        ({}, {"date": "2026-11-30"}, "bill_before_start"),
        ({"vat": "IEUY"}, {}, "bill_vat_mismatch"),
        ({}, {"amounts": "[{rate: 0, net: 937.50}]"}, "bill_vat_mismatch"),
        ({}, {"currency": "EUR"}, "paid_amount_unknown"),
    ],
)
def test_what_is_not_clear_is_held_and_asks_nobody_to_write(
    bills: Bills, rule: dict[str, object], said: dict[str, str], reason: str
) -> None:
    bills.rule(**rule)
    bills.put(**said)

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "held", reason)]
    assert finished.writes() == []
    assert finished.exit_code == 3


def test_drafts_wait_for_a_word(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()

    drafted = bills.run()
    again = bills.run()
    booked = bills.book()

    assert bills.came(drafted) == [("faktura.pdf", "drafted", None)]
    assert (bills.came(again), again.calls("dinero")) == ([], [])
    assert bills.came(booked) == [("faktura.pdf", "booked", None)]
    assert bills.voucher().number == 1


def test_a_draft_whose_amount_was_changed_is_not_booked(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    bills.voucher().lines *= 2

    booked = bills.book()

    assert bills.came(booked) == [("faktura.pdf", "held", "voucher_differs")]
    assert bills.voucher().number is None


def test_a_draft_that_was_deleted_is_made_anew_once_a_person_says_so(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    bills.voucher().deleted = True

    gone = bills.book()
    now = bills.business.sandbox.now()
    bills.decide(lambda db, record: release_bill(db, record, now))
    again = bills.run()

    assert bills.came(gone) == [("faktura.pdf", "held", "voucher_gone")]
    assert bills.came(again) == [("faktura.pdf", "drafted", None)]
    assert len(bills.vouchers()) == 1


def test_a_skipped_bill_has_no_draft_and_its_file_is_done(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()

    skip(bills)

    assert bills.vouchers() == []
    assert (bills.record().standing, bills.record().note) == (Standing.SKIPPED, "posted by hand")
    with pytest.raises(UsageError, match="posted by hand"):
        refuse_to_release(bills.record(), again=False)


def test_a_held_bill_that_is_adopted_leaves_the_inbox(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put()
    bills.run()

    skip(bills, SkipReason.BOOKED_ELSEWHERE)
    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "known", "booked_elsewhere")]
    assert [each for each in bills.files() if each.startswith("held")] == []
    assert finished.exit_code == 0


def test_a_booked_bill_cannot_be_skipped(bills: Bills) -> None:
    bills.put()
    bills.run()

    with pytest.raises(UsageError, match="voucher 1"):
        skip(bills)


def test_what_dinero_holds_can_be_accepted(bills: Bills) -> None:
    bills.settings["booking"] = "draft"
    bills.put()
    bills.run()
    voucher = bills.voucher()
    voucher.lines *= 2
    bills.book()
    voucher.number = 7

    with bills.business.at_work() as place:
        found = gather_bill(place, bills.record())
        settled = accept_bill(place, found, "two of them were bought")

    assert found.found is not None
    assert found.found.total == Decimal("1875.00")
    assert (settled.standing, settled.lead.document_number) == (Standing.DONE, 7)
    assert bills.record(REFERENCE).standing is Standing.DONE


def test_a_bill_that_nobody_holds_is_not_released(bills: Bills) -> None:
    bills.put()
    bills.run()

    with pytest.raises(UsageError, match="isn't held"):
        refuse_to_release(bills.record(), again=False)


def test_a_file_that_was_taken_away_is_asked_for(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put()
    bills.run()
    for path in (bills.inbox / "held").iterdir():
        path.unlink()
    now = bills.business.sandbox.now()
    bills.decide(lambda db, record: release_bill(db, record, now))

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "held", "bill_unreadable")]


def test_what_was_decided_about_a_bill_can_be_read_of_a_damaged_journal(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put()
    bills.run()
    skip(bills)

    found = salvage(bills.business.state_folder)

    assert [(each.subject, each.code, each.note) for each in found.decisions] == [
        (REFERENCE, "by_operator", "posted by hand")
    ]
