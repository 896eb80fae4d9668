"""However a payout comes, and whoever was there before, it is in the books once."""

import shutil
from datetime import date
from decimal import Decimal

import pytest
from payout_files import CLEARING, FEES, NAME, ON_THE_WAY, SALES, PayoutFiles, paid_out
from shop import raw_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sync.run.payouts.by_hand import release_payout, skip_payout

ITEMS = "*/ledgeritems"
BOOK = "*/ledgeritems/book"
ONCE = {ON_THE_WAY: Decimal("97.75"), FEES: Decimal("2.25"), CLEARING: Decimal("-100.00")}


@pytest.fixture(autouse=True)
def order(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())


def release(payouts: PayoutFiles, day: date | None = None) -> None:
    now = payouts.business.sandbox.now()
    payouts.decide(lambda db, record: release_payout(db, record, now, day=day))


def test_a_copy_under_another_name_is_known(payouts: PayoutFiles) -> None:
    payouts.put()
    payouts.put("kopi.csv")
    first = payouts.run()
    payouts.put("senere.csv")

    again = payouts.run()

    assert payouts.came(first) == [("238", "booked", None)] * 2
    assert payouts.came(again) == [("238", "known", None)]
    assert again.calls("dinero") == []
    assert payouts.booked() == ONCE
    assert payouts.files() == ["done/afregning.csv", "done/kopi.csv", "done/senere.csv"]


def test_another_export_of_the_same_payout_is_known(payouts: PayoutFiles) -> None:
    payouts.put()
    payouts.run()
    other = (*SALES, paid_out("97.75"), ("239", "2026-12-10", "Køb", "", "80.00", "-1.00"))
    payouts.put("længere.csv", (*other, paid_out("79.00", "239", "2026-12-10")))

    again = payouts.run()

    assert payouts.came(again) == [("238", "known", None), ("239", "booked", None)]
    assert payouts.booked() == {
        ON_THE_WAY: Decimal("176.75"),
        FEES: Decimal("3.25"),
        CLEARING: Decimal("-180.00"),
    }


def test_the_same_payout_with_another_sum_is_held(payouts: PayoutFiles) -> None:
    payouts.put()
    payouts.run()
    payouts.put("rettet.csv", (*SALES[:1], paid_out("122.75")))

    again = payouts.run()

    assert [each[1:] for each in payouts.came(again)] == [("held", "payout_differs")]
    assert again.exit_code == 3
    assert payouts.booked() == ONCE
    assert payouts.record().standing is Standing.DONE
    assert "held/rettet.csv" in payouts.files()


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncated"])
@pytest.mark.parametrize("path", [ITEMS, BOOK])
def test_a_lost_answer_is_read(payouts: PayoutFiles, kind: str, path: str) -> None:
    payouts.put()
    payouts.business.fault(kind, path, "POST")

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked() == ONCE


def test_a_lost_state_folder_costs_no_second_item(payouts: PayoutFiles) -> None:
    payouts.put()
    payouts.run()
    shutil.rmtree(payouts.business.state_folder)
    payouts.put("igen.csv")

    again = payouts.run()

    assert payouts.came(again) == [("238", "booked", None)]
    assert payouts.booked() == ONCE


def test_a_lost_state_folder_and_another_file_is_seen(payouts: PayoutFiles) -> None:
    payouts.put()
    payouts.run()
    shutil.rmtree(payouts.business.state_folder)
    payouts.put("igen.csv", (*SALES[:1], paid_out("122.75")))

    again = payouts.run()

    assert payouts.came(again) == [("238", "held", "payout_item_differs")]
    assert payouts.booked() == ONCE


def by_bookkeeper(payouts: PayoutFiles, day: date, **amounts: str) -> None:
    """Let the bookkeeper who posted by hand until yesterday post this payout too."""
    accounts = {"net": ON_THE_WAY, "fee": FEES, "clearing": CLEARING}
    told = {accounts[name]: Decimal(amount) for name, amount in amounts.items()}
    by_hand.post(payouts.business.sandbox.organisation, day, "ViaBill", told)


@pytest.mark.parametrize(
    "amounts",
    [
        {"net": "97.75", "fee": "2.25", "clearing": "-100.00"},
        {"net": "97.75", "clearing": "-97.75"},
    ],
    ids=["net and fee", "net alone"],
)
@pytest.mark.parametrize("day", [date(2026, 12, 9), date(2026, 12, 10)], ids=["day", "bank's day"])
def test_one_that_the_bookkeeper_posted_yesterday_is_held(
    payouts: PayoutFiles, amounts: dict[str, str], day: date
) -> None:
    by_bookkeeper(payouts, day, **amounts)
    payouts.put()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "held", "maybe_posted_elsewhere")]
    assert (payouts.items(), finished.exit_code) == ([], 3)
    note = (payouts.inbox / "held" / "afregning.csv.txt").read_text(encoding="utf-8")
    assert f"dinero-sync adopt {NAME}" in note


def test_the_bookkeepers_is_adopted(payouts: PayoutFiles) -> None:
    by_bookkeeper(payouts, date(2026, 12, 9), net="97.75", fee="2.25", clearing="-100.00")
    payouts.put()
    payouts.run()
    with payouts.business.at_work() as place:
        skip_payout(place, payouts.record(), "posted by hand", SkipReason.BOOKED_ELSEWHERE)

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "skipped", "booked_elsewhere")]
    assert (payouts.items(), finished.exit_code) == ([], 0)
    assert payouts.files() == ["done/afregning.csv"]


def test_another_of_the_same_sum_is_posted_once_a_person_said_so(payouts: PayoutFiles) -> None:
    by_bookkeeper(payouts, date(2026, 12, 9), net="97.75", clearing="-97.75")
    payouts.put()
    payouts.run()
    release(payouts)

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked() == ONCE


def test_two_payouts_of_ours_with_one_sum_are_two(payouts: PayoutFiles) -> None:
    rows = tuple(
        (payout, *row[1:]) for payout in ("238", "239") for row in (*SALES, paid_out("97.75"))
    )
    payouts.put(rows=rows)
    payouts.run()
    shutil.rmtree(payouts.business.state_folder)
    payouts.put("igen.csv", rows)

    again = payouts.run()

    assert payouts.came(again) == [("238", "booked", None), ("239", "booked", None)]
    assert payouts.booked() == {account: 2 * amount for account, amount in ONCE.items()}


def test_a_payout_from_before_the_start_is_never_posted(payouts: PayoutFiles) -> None:
    payouts.settings["start_date"] = "2026-12-10"
    payouts.put()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "skipped", "before_start")]
    assert (payouts.items(), finished.exit_code) == ([], 0)
    assert payouts.files() == ["done/afregning.csv"]


def test_movements_of_orders_from_before_the_start_are_named_and_need_nobody(
    payouts: PayoutFiles,
) -> None:
    old = ("238", "2026-11-29", "Køb", "10001", "300.00", "0.00")
    payouts.put(rows=(old, *SALES, paid_out("397.75")))

    finished = payouts.run()

    assert (payouts.came(finished), finished.exit_code) == ([("238", "booked", None)], 0)
    assert payouts.record().told["before_start"] == "300"


def test_a_day_in_a_reported_period_is_for_a_person_to_choose(payouts: PayoutFiles) -> None:
    payouts.business.config["dinero"]["closed_until"] = "2026-12-09"
    payouts.put()

    first = payouts.run()
    release(payouts, date(2026, 12, 10))
    second = payouts.run()

    assert ("238", "held", "period_closed") in payouts.came(first)
    assert payouts.came(second) == [("238", "booked", None)]
    assert [str(each.date) for each in payouts.items()] == ["2026-12-10"]


@pytest.mark.parametrize("was_posted", [True, False])
def test_a_lost_state_folder_holds_no_payout_that_was_posted_before_the_period_closed(
    payouts: PayoutFiles, *, was_posted: bool
) -> None:
    if was_posted:
        payouts.put()
        payouts.run()
        shutil.rmtree(payouts.business.state_folder)
    payouts.business.config["dinero"]["closed_until"] = "2026-12-09"
    payouts.put()

    payouts.run()

    record = payouts.record()
    assert (record.standing, record.reason) == (
        (Standing.DONE, None) if was_posted else (Standing.HELD, "period_closed")
    )
    assert len(payouts.items()) == int(was_posted)


def test_an_item_that_somebody_deleted_is_not_made_again(payouts: PayoutFiles) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    drafted = payouts.run()
    (item,) = payouts.items()
    item.deleted = True

    booked = payouts.book()

    assert payouts.came(drafted) == [("238", "drafted", None)]
    assert payouts.came(booked) == [("238", "held", "payout_item_differs")]
    assert payouts.booked() == {}


def test_a_draft_is_booked_by_a_persons_word(payouts: PayoutFiles) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    again = payouts.run()

    booked = payouts.book()

    assert again.calls("dinero") == []
    assert payouts.came(booked) == [("238", "booked", None)]
    assert payouts.booked() == ONCE


def test_a_draft_that_somebody_changed_is_held(payouts: PayoutFiles) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    (item,) = payouts.items()
    item.lines[0]["Amount"] = Decimal("90.00")

    booked = payouts.book()

    assert payouts.came(booked) == [("238", "held", "payout_item_differs")]


OTHER_FEES = 7220
BY_OTHER_ACCOUNTS = {ON_THE_WAY: Decimal("97.75"), OTHER_FEES: Decimal("2.25"), CLEARING: -100}


def drafted_by_other_accounts(payouts: PayoutFiles) -> None:
    """Let a payout become a draft, and have its fees go elsewhere from then on."""
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    payouts.source(fee_account=OTHER_FEES)
    payouts.put("igen.csv")


def test_a_draft_that_waits_follows_the_configuration_once_its_file_is_given_again(
    payouts: PayoutFiles,
) -> None:
    drafted_by_other_accounts(payouts)

    again = payouts.run()
    quiet = payouts.run()
    booked = payouts.book()

    assert payouts.came(again) == [("238", "drafted", None)]
    assert quiet.calls("dinero") == []
    assert payouts.came(booked) == [("238", "booked", None)]
    assert payouts.booked() == BY_OTHER_ACCOUNTS
    assert payouts.files() == ["done/afregning.csv", "done/igen.csv"]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncated"])
def test_a_lost_answer_to_a_draft_that_is_corrected_is_read(
    payouts: PayoutFiles, kind: str
) -> None:
    drafted_by_other_accounts(payouts)
    payouts.business.fault(kind, ITEMS, "PUT")

    again = payouts.run()
    booked = payouts.book()

    assert payouts.came(again) == [("238", "drafted", None)]
    assert payouts.came(booked) == [("238", "booked", None)]
    assert payouts.booked() == BY_OTHER_ACCOUNTS


def test_a_draft_that_somebody_changed_is_not_made_to_follow_the_configuration(
    payouts: PayoutFiles,
) -> None:
    drafted_by_other_accounts(payouts)
    (item,) = payouts.items()
    item.lines[0]["Amount"] = Decimal("90.00")

    again = payouts.run()

    assert payouts.came(again) == [("238", "held", "payout_item_differs")]
    assert payouts.items()[0].lines[0]["Amount"] == Decimal("90.00")


def test_a_draft_that_dinero_refuses_to_book_is_booked_by_what_the_configuration_says_then(
    payouts: PayoutFiles,
) -> None:
    payouts.put()
    payouts.business.fault("status_before", BOOK, "POST", status=400, body="refusal")
    refused = payouts.run()
    payouts.source(fee_account=OTHER_FEES)

    finished = payouts.run()

    assert payouts.came(refused) == [("238", "held", "rejected_by_dinero")]
    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked() == BY_OTHER_ACCOUNTS


def test_what_dinero_is_booking_already_is_told_as_it_was_sent(payouts: PayoutFiles) -> None:
    payouts.business.sandbox.change_settings(
        ledger_booking_questions=1000, ledger_booking_seconds=1_000_000
    )
    payouts.put()
    payouts.run()
    payouts.source(fee_account=OTHER_FEES)
    payouts.business.sandbox.change_settings(ledger_booking_questions=1)

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked() == ONCE
    plan = payouts.record().plan
    assert plan is not None
    assert {each.account for each in plan.lines} == {ON_THE_WAY, FEES}


def test_a_skipped_draft_is_deleted(payouts: PayoutFiles) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()

    with payouts.business.at_work() as place:
        skip_payout(place, payouts.record(), "posted by hand")

    assert payouts.items() == []
    assert payouts.record().standing is Standing.SKIPPED


def test_dinero_may_take_hours_to_book(payouts: PayoutFiles) -> None:
    payouts.business.sandbox.change_settings(
        ledger_booking_questions=1000, ledger_booking_seconds=1_000_000
    )
    payouts.put()

    first = payouts.run()
    payouts.business.wait(hours=7)
    late = payouts.run()

    assert payouts.came(first) == [("238", None, None)]
    assert payouts.files() == ["held/afregning.csv", "held/afregning.csv.txt"]
    assert payouts.came(late) == [("238", "held", "payout_not_booked")]

    payouts.business.sandbox.change_settings(ledger_booking_questions=1)
    release(payouts)

    assert payouts.came(payouts.run()) == [("238", "booked", None)]
    assert payouts.booked() == ONCE


def test_what_the_provider_drew_from_the_bank_goes_back_to_the_clearing_account(
    payouts: PayoutFiles,
) -> None:
    refund = ("239", "2026-12-09", "Retur", "10427", "-25.00", "-1.00")
    drawn = ("239", "2026-12-10", "Udbetalt", "", "26.00", "0.00")
    payouts.put(rows=(*SALES, paid_out("97.75"), refund, drawn))

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None), ("239", "booked", None)]
    assert payouts.record("payout:viabill:239").total == Decimal("-26.00")
    assert payouts.booked() == {
        ON_THE_WAY: Decimal("71.75"),
        FEES: Decimal("3.25"),
        CLEARING: Decimal("-75.00"),
    }
