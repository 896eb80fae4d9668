"""A bill in the inbox becomes one voucher, however its file is called and often it comes."""

import subprocess
import sys
from contextlib import closing
from decimal import Decimal

import pytest
from bill_files import REFERENCE, SUPPLIER, Bills

from dinero_sync.domain.step import sentence
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.upkeep.verification import verify
from dinero_sync.texts import telling


def test_a_bill_becomes_one_booked_voucher_with_its_document(bills: Bills) -> None:
    content = bills.put().read_bytes()

    finished = bills.run()

    voucher = bills.voucher()
    (kept,) = bills.business.sandbox.organisation.files.values()
    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert (voucher.number, voucher.gross, voucher.vat) == (1, Decimal("937.50"), Decimal("187.50"))
    assert voucher.fields["ExternalReference"] == REFERENCE
    assert (voucher.fields["FileGuid"], kept.content) == (kept.guid, content)
    assert bills.balances() == {7300: 750, 64060: Decimal("187.50"), 55000: Decimal("-937.50")}
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


def test_its_outcome_is_logged_without_the_supplier_s_name(bills: Bills) -> None:
    bills.put(vat_number=None)

    (event,) = bills.run().events("bill.outcome")

    assert (event["outcome"], event["total"], event["currency"]) == ("booked", "937.50", "DKK")
    assert event["voucher"] == bills.voucher().guid
    assert "shoporama" not in str(event).lower()


def test_copies_in_one_folder_and_later_ones_are_one_voucher(bills: Bills) -> None:
    bills.put("a")
    bills.put("b")

    first = bills.run()
    bills.put("a")
    bills.put("c")
    again = bills.run()

    assert [outcome for _, outcome, _ in bills.came(first)] == ["booked", "known"]
    assert [outcome for _, outcome, _ in bills.came(again)] == ["known", "known"]
    assert again.calls("dinero") == []
    assert bills.voucher().number == 1
    assert len(bills.files()) == 8, "nothing is deleted, and nothing written over"


def test_a_bill_with_the_number_of_another_is_held(bills: Bills) -> None:
    bills.put("first")
    bills.run()

    bills.put("second", amounts="[{rate: 25, net: 80.00, vat: 20.00}]", total="100.00")
    finished = bills.run()

    assert bills.came(finished) == [("second.pdf", "held", "bill_differs")]
    assert finished.exit_code == 3
    assert len(bills.vouchers()) == 1


@pytest.mark.parametrize("first_is_posted", [True, False])
def test_a_credit_note_with_an_invoice_s_number_is_held_and_posted_as_its_hold_says(
    bills: Bills, *, first_is_posted: bool
) -> None:
    """Of a supplier that numbers both apart."""
    if not first_is_posted:
        bills.settings["rules"] = []
    bills.put("faktura")
    bills.run()
    bills.put("kreditnota", kind="credit_note")
    held = bills.run()
    assert ("kreditnota.pdf", "held", "bill_differs") in bills.came(held)
    (name,) = (each.record.name for each in held.result.bills if each.reason == "bill_differs")
    words, pasted = telling.blocks(bills.record(name).lead.steps)
    assert "kreditnota.yaml" in words[1]

    bills.rule()
    (bills.inbox / "held" / "kreditnota.yaml").write_text(pasted[1], encoding="utf-8")
    bills.run()

    assert bills.record(f"{REFERENCE}-K").standing is Standing.DONE
    assert sorted(each.is_credit_note for each in bills.vouchers()) == [False, True]
    assert bills.balances() == {55000: Decimal("-937.50"), 63000: Decimal("937.50")}
    assert not list((bills.inbox / "held").iterdir())


def test_a_held_bill_that_is_corrected_is_the_same_one(bills: Bills) -> None:
    bills.settings["rules"] = []
    bills.put(amounts="[{rate: 25, net: 80.00, vat: 20.00}]", total="100.00")
    bills.run()
    bills.rule()
    for path in (bills.inbox / "held").iterdir():
        path.unlink()
    bills.put()

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert bills.voucher().gross == Decimal("937.50")


def test_a_credit_note_s_document_is_its_own_after_a_lost_state_folder(bills: Bills) -> None:
    bills.put("faktura")
    bills.run()
    bills.business.config["sync"]["state_dir"] = str(bills.business.state_folder) + "-new"
    bills.business.state_folder = bills.business.state_folder.with_name("state-new")
    content = bills.put("kreditnota", kind="credit_note").read_bytes()

    bills.run()

    (note,) = (each for each in bills.vouchers() if each.is_credit_note)
    kept = bills.business.sandbox.organisation.files[note.fields["FileGuid"]]
    assert kept.content == content


def test_a_lost_state_folder_makes_no_second_voucher(bills: Bills) -> None:
    path = bills.put()
    bills.run()
    bills.business.config["sync"]["state_dir"] = str(bills.business.state_folder) + "-new"
    bills.business.state_folder = bills.business.state_folder.with_name("state-new")
    bills.put()

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert bills.voucher().number == 1
    assert bills.record().lead.document_number == 1
    assert not path.exists()


def test_a_bill_on_credit_is_owed_to_its_supplier_until_it_falls_due(bills: Bills) -> None:
    bills.rule(paid_from=None, on_credit=True)
    bills.put(due="2026-12-17")

    bills.run()

    voucher = bills.voucher()
    contact = bills.business.sandbox.contacts[voucher.fields["ContactGuid"]]
    assert voucher.fields["PaymentDate"] == "2026-12-17"
    assert (contact.fields["Name"], contact.fields["VatNumber"]) == ("Shoporama ApS", SUPPLIER[2:])
    assert bills.balances()[63000] == Decimal("-937.50")


def test_a_supplier_is_one_contact_also_after_it_was_deleted(bills: Bills) -> None:
    bills.rule(paid_from=None, on_credit=True)
    bills.put("a")
    bills.run()
    (contact,) = bills.business.sandbox.contacts.values()
    contact.deleted_at = contact.updated_at = bills.business.sandbox.now()

    bills.put("b", number='"1043"')
    finished = bills.run()

    assert bills.came(finished) == [("b.pdf", "booked", None)]
    assert [each.deleted_at for each in bills.business.sandbox.contacts.values()] == [None]


def test_what_was_paid_in_kroner_of_a_bill_in_euro_is_registered(bills: Bills) -> None:
    bills.rule(account=2100, vat="IEUY")
    bills.put(
        vat_number="IE6388047V",
        currency="EUR",
        amounts="[{rate: 0, net: 100.00}]",
        total="100.00",
        kroner_paid="747.10",
    )

    bills.run()

    (payment,) = bills.voucher().payments
    assert (payment.amount, payment.amount_in_currency) == (Decimal("747.10"), Decimal(100))
    assert bills.balances() == {
        2100: Decimal("746.00"),
        2400: Decimal("1.10"),
        55000: Decimal("-747.10"),
    }


def test_a_credit_note_is_booked_under_an_identity_of_ours(bills: Bills) -> None:
    bills.put(kind="credit_note")

    finished = bills.run()

    voucher = bills.voucher()
    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert voucher.is_credit_note
    assert bills.balances() == {7300: -750, 64060: Decimal("-187.50"), 63000: Decimal("937.50")}


def test_fees_that_payouts_post_are_kept_as_documents_alone(bills: Bills) -> None:
    bills.rule(account=None, vat=None, paid_from=None, settled_by="stripe")
    bills.put()

    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "known", "settled_by_payouts")]
    assert (bills.vouchers(), len(bills.business.sandbox.organisation.files)) == ([], 1)
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


def test_several_rates_are_lines_of_their_own(bills: Bills) -> None:
    bills.rule(vat={25: "I25", 0: "none"})
    bills.put(amounts="[{rate: 25, net: 80.00, vat: 20.00}, {rate: 0, net: 10.00}]", total="110.00")

    bills.run()

    assert [(line.code, line.gross) for line in bills.voucher().lines] == [
        ("I25", Decimal(100)),
        (None, Decimal(10)),
    ]


def test_an_inbox_with_nothing_new_and_no_inbox_cost_no_call(bills: Bills) -> None:
    empty = bills.run()
    del bills.business.config["bills"]
    without = bills.run()

    assert empty.calls("dinero") == without.calls("dinero") == []
    assert empty.calls("shoporama") == without.calls("shoporama")


def test_a_dry_run_tells_and_writes_nothing(bills: Bills) -> None:
    bills.put()

    finished = bills.run(dry_run=True)

    assert bills.came(finished) == [("faktura.pdf", "planned", None)]
    assert (finished.writes(), bills.vouchers()) == ([], [])
    assert bills.files() == ["faktura.pdf", "faktura.yaml"]


def test_a_dry_run_tells_copies_and_what_would_be_held(bills: Bills) -> None:
    bills.put("a")
    bills.put("b")
    bills.put("c", kind="credit_note")

    finished = bills.run(dry_run=True)

    assert bills.came(finished) == [
        ("a.pdf", "planned", None),
        ("b.pdf", "known", None),
        ("c.pdf", "held", "bill_differs"),
    ]
    assert (finished.exit_code, finished.writes()) == (3, [])
    assert len(bills.files()) == 6


def test_an_account_that_dinero_lacks_posts_nothing(bills: Bills) -> None:
    bills.rule(account=7301)
    bills.put()

    finished = bills.run()

    assert finished.exit_code == 78
    assert "7301" in str(finished.result.stopped)
    assert bills.files() == ["faktura.pdf", "faktura.yaml"]


def test_a_bill_that_came_through_is_done_in_the_journal(bills: Bills) -> None:
    bills.put()
    bills.run()

    record = bills.record()

    assert (record.standing, record.file) == (Standing.DONE, "faktura.pdf")
    assert record.plan is not None
    assert str(record.plan.voucher_guid) == bills.voucher().guid


def test_a_run_without_bills_imports_nothing_of_theirs() -> None:
    told = "[each for each in sys.modules if each.startswith(('dinero_sync.bills', 'pypdf'))]"
    code = f"import sys, dinero_sync.sync.run.run, dinero_sync.cli.commands.runs; print({told})"

    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )

    assert ended.stdout.strip() == "[]"


def test_an_inbox_that_is_not_there_is_told_and_concerns_no_order(bills: Bills) -> None:
    bills.settings["inbox"] = str(bills.inbox / "nowhere")

    finished = bills.run()

    assert finished.exit_code == 78
    assert "bills.inbox" in str(finished.log)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE documents SET plan = json_set(plan, '$.voucher.lines[0].account', 9999)",
        "UPDATE documents SET plan = json_set(plan, '$.voucher.lines[0].amount', '1.00')",
        "UPDATE documents SET plan = json_set(plan, '$.voucher.date', '2026-12-04')",
        "UPDATE documents SET plan = json_set(plan, '$.voucher.deposit_account', 55010)",
        "UPDATE documents SET plan = json_set(plan, '$.file_guid', 'another')",
        "UPDATE documents SET plan = NULL",
        "DELETE FROM documents",
    ],
)
def test_what_was_decided_about_a_booked_voucher_is_proven(bills: Bills, tampering: str) -> None:
    bills.put()
    bills.run()
    with closing(open_copy(bills.business.state_folder)) as db:
        assert verify(db).faults == ()

        db.execute(tampering)

        assert verify(db).faults == (sentence("verify.paper_decided", name=REFERENCE),)


def test_a_bill_whose_voucher_is_still_to_be_booked_may_be_planned_anew(bills: Bills) -> None:
    bills.business.fault("status_before", "*/book", "POST", status=503, times=None)
    bills.put()
    bills.run()
    with closing(open_copy(bills.business.state_folder)) as db:
        db.execute("UPDATE documents SET plan = NULL")

        assert verify(db).faults == ()
