"""A payout becomes one booked ledger item, and its file is put away."""

from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from payout_files import CLEARING, FEES, NAME, ON_THE_WAY, SALES, PayoutFiles, paid_out
from shop import raw_order

from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox import credentials


def test_a_payout_is_posted_with_its_fees(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())
    payouts.put()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert finished.exit_code == 0
    assert payouts.booked() == {
        ON_THE_WAY: Decimal("97.75"),
        FEES: Decimal("2.25"),
        CLEARING: Decimal("-100.00"),
    }
    (item,) = payouts.items()
    namespace = uuid5(NAMESPACE_URL, "urn:dinero-sync")
    key = f"{credentials.ORGANIZATION_ID}:payout:viabill:238"
    assert item.guid == str(uuid5(namespace, key))
    assert str(item.date) == "2026-12-09"
    assert [each["Description"] for each in item.lines] == [
        "Udbetaling viabill 238",
        "Gebyr viabill 238",
    ]
    assert payouts.files() == ["done/afregning.csv"]
    record = payouts.record()
    assert (record.standing, record.is_unmatched) == (Standing.DONE, False)
    assert record.lead.document_number == item.voucher_number
    (line,) = finished.events("payout.outcome")
    assert (line["payout_id"], line["source"], line["net"]) == ("238", "viabill", "97.75")
    assert (line["outcome"], line["ledger_item"]) == ("booked", item.guid)


def test_what_the_provider_keeps_stays_on_the_clearing_account(payouts: PayoutFiles) -> None:
    kept = ("238", "2026-12-08", "Tilbageholdt", "", "-10.00", "0.00")
    payouts.put(rows=(*SALES, kept, paid_out("87.75")))

    payouts.run()

    assert payouts.booked()[CLEARING] == Decimal("-90.00")


def test_an_inbox_without_anything_new_costs_no_call(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())
    payouts.put()
    payouts.run()

    again = payouts.run()

    assert again.calls("dinero") == []
    assert payouts.came(again) == []


def test_a_dry_run_posts_nothing_and_leaves_the_file(payouts: PayoutFiles) -> None:
    payouts.put()

    finished = payouts.run(dry_run=True)

    assert payouts.came(finished) == [("238", "planned", None)]
    assert (payouts.items(), payouts.files()) == ([], ["afregning.csv"])


def test_movements_without_an_order_count_until_a_person_accepts_them(
    payouts: PayoutFiles,
) -> None:
    payouts.put()

    first = payouts.run()
    again = payouts.run()

    assert payouts.came(first) == [("238", "booked", None)]
    assert [first.exit_code, again.exit_code] == [3, 3]
    assert payouts.record(NAME).told["unmatched"] == [
        ["10427", "125", "sale"],
        ["10427", "-25", "refund"],
    ]
