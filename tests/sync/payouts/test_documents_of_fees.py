"""A provider's bill whose fees payouts post is linked to its payout, as long as Dinero links it."""

from contextlib import closing
from decimal import Decimal

import pytest
from bill_files import REFERENCE, Bills
from payout_files import FEES, NAME, SALES, PayoutFiles, Row, paid_out, shown

from dinero_sync.cli.reports.show import as_data, as_lines
from dinero_sync.domain.step import Language
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.payouts.fee_bills import FeeLink, fee_links

BILL = REFERENCE.replace("1042", "77")
ITEMS = "*/ledgeritems"
SECOND: tuple[Row, ...] = (
    ("239", "2026-12-15", "Køb", "10428", "50.00", "-0.75"),
    paid_out("49.25", "239", "2026-12-16"),
)


@pytest.fixture
def bills(bills: Bills, payouts: PayoutFiles) -> Bills:
    """Let the bills be ViaBill's, which its payouts settle."""
    assert payouts.business is bills.business
    of_viabill = {"name": "ViaBill", "when": {"name": "ViaBill*"}, "settled_by": "viabill"}
    bills.rule(**of_viabill, account=None, vat=None, paid_from=None)
    return bills


def put_bill(
    bills: Bills, total: str = "2.25", day: str = "2026-12-09", number: str = "77"
) -> None:
    bills.put(
        f"viabill-{number}",
        supplier="ViaBill A/S",
        number=f'"{number}"',
        date=day,
        amounts=f"[{{rate: 0, net: {total}, vat: 0.00}}]",
        total=f'"{total}"',
    )


def files(bills: Bills) -> list[str]:
    return list(bills.business.sandbox.organisation.files)


def linked(payouts: PayoutFiles) -> list[str | None]:
    return [each.fields.get("FileGuid") for each in payouts.items()]


def told(payouts: PayoutFiles, name: str = NAME) -> list[tuple[str, bool, bool]]:
    """Return the bills of a payout's fees: whether the sums prove it, whether it is linked."""
    with closing(open_copy(payouts.business.state_folder)) as db:
        found = fee_links(db, payouts.record(name))
    return [(each.bill, each.is_proved, each.is_linked) for each in found]


def test_a_bill_that_is_there_first_is_linked_when_its_payout_is_posted(
    bills: Bills, payouts: PayoutFiles
) -> None:
    payouts.business.sandbox.change_settings(file_ready_seconds=1)
    put_bill(bills)
    payouts.put()

    finished = payouts.run()

    assert bills.came(finished) == [("viabill-77.pdf", "known", "settled_by_payouts")]
    assert payouts.came(finished) == [("238", "booked", None)]
    assert (linked(payouts), bills.vouchers()) == (files(bills), [])
    assert payouts.booked()[FEES] == Decimal("2.25")
    assert told(payouts) == [(BILL, True, True)]


def test_a_bill_that_comes_while_the_payouts_are_drafts_is_linked_before_they_are_booked(
    bills: Bills, payouts: PayoutFiles
) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put(rows=(*SALES, paid_out("97.75"), *SECOND))
    payouts.run()
    put_bill(bills, total="3.00", day="2027-01-01")
    payouts.run()

    finished = payouts.book()

    assert payouts.came(finished) == [("238", "booked", None), ("239", "booked", None)]
    assert linked(payouts) == files(bills) * 2
    assert told(payouts, "payout:viabill:239") == [(BILL, True, True)]


def test_a_bill_that_comes_after_the_booking_is_kept_and_told(
    bills: Bills, payouts: PayoutFiles
) -> None:
    payouts.put()
    payouts.run()
    put_bill(bills, day="2026-12-31")

    payouts.run()

    assert (len(files(bills)), linked(payouts)) == (1, [None])
    assert told(payouts) == [(BILL, True, False)]
    with closing(open_copy(payouts.business.state_folder)) as db:
        found = fee_links(db, bills.record(BILL))
    assert found == [FeeLink(bill=BILL, payout=NAME, is_proved=True, is_linked=False)]


@pytest.mark.parametrize(
    ("total", "how"),
    [
        ("2.25", "the sums agree; its document isn't linked"),
        ("9.00", "of the same month, but the sums don't agree"),
    ],
)
def test_show_tells_each_side_of_the_other(
    bills: Bills, payouts: PayoutFiles, total: str, how: str
) -> None:
    payouts.put()
    payouts.run()
    put_bill(bills, total, day="2026-12-31")
    payouts.run()

    with closing(open_copy(payouts.business.state_folder)) as db:
        for record, other in ((payouts.record(), BILL), (bills.record(BILL), NAME)):
            found = fee_links(db, record)
            told = shown(as_lines(record, [], Language.ENGLISH, fees=found))
            assert f" {other}: {how}" in told
            assert as_data(record, [], fees=found)["fees"] == [
                {"bill": BILL, "payout": NAME, "proved": total == "2.25", "linked": False}
            ]


def test_a_bill_of_another_sum_is_never_linked(bills: Bills, payouts: PayoutFiles) -> None:
    put_bill(bills, total="9.00", day="2026-12-31")
    payouts.put()

    payouts.run()

    assert linked(payouts) == [None]
    assert told(payouts) == [(BILL, False, False)]


def test_a_document_that_a_person_linked_to_the_draft_stays(
    bills: Bills, payouts: PayoutFiles
) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    (item,) = payouts.items()
    item.fields["FileGuid"] = "0" * 32
    put_bill(bills)
    payouts.run()

    payouts.book()

    assert linked(payouts) == ["0" * 32]
    assert told(payouts) == [(BILL, True, False)]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_lost_answer_to_the_linking_is_read(
    bills: Bills, payouts: PayoutFiles, kind: str
) -> None:
    payouts.settings["booking"] = "draft"
    payouts.put()
    payouts.run()
    put_bill(bills)
    payouts.run()
    payouts.business.fault(kind, ITEMS, "PUT")

    finished = payouts.book()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert linked(payouts) == files(bills)
    assert payouts.record().standing is Standing.DONE


def test_a_document_that_dinero_no_longer_has_keeps_no_payout_from_the_books(
    bills: Bills, payouts: PayoutFiles
) -> None:
    put_bill(bills)
    payouts.run()
    bills.business.sandbox.organisation.files.clear()
    payouts.put()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert (linked(payouts), told(payouts)) == ([None], [(BILL, True, False)])
