"""A provider's bill whose fees payouts post is linked to its payout, as long as Dinero links it."""

from contextlib import closing

import pytest
from bill_files import REFERENCE, Bills
from payout_files import NAME, PayoutFiles, paid_out

from dinero_sync.journal.database import open_copy
from dinero_sync.sync.payouts.fee_bills import FeeLink, fee_links

ANOTHER = (
    ("239", "2026-12-15", "Køb", "10428", "50.00", "-0.75"),
    paid_out("49.25", "239", "2026-12-16"),
)


@pytest.fixture
def bills(bills: Bills) -> Bills:
    """Let the bills be ViaBill's, which its payouts settle."""
    bills.rule(
        name="ViaBill",
        when={"name": "ViaBill*"},
        account=None,
        vat=None,
        paid_from=None,
        settled_by="viabill",
    )
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


BILL = REFERENCE.replace("1042", "77")


def linked_files(payouts: PayoutFiles) -> list[str | None]:
    return [each.fields.get("FileGuid") for each in payouts.items()]


def links(payouts: PayoutFiles, name: str = NAME) -> list[FeeLink]:
    with closing(open_copy(payouts.business.state_folder)) as db:
        return fee_links(db, payouts.record(name))


def test_a_bill_that_is_there_first_is_linked_when_its_payout_is_posted(
    bills: Bills, payouts: PayoutFiles
) -> None:
    payouts.business.sandbox.change_settings(file_ready_seconds=1)
    put_bill(bills)
    payouts.put()

    finished = payouts.run()

    (file,) = bills.business.sandbox.organisation.files
    assert bills.came(finished) == [("viabill-77.pdf", "known", "settled_by_payouts")]
    assert payouts.came(finished) == [("238", "booked", None)]
    assert linked_files(payouts) == [file]
    assert bills.vouchers() == []
    assert links(payouts) == [FeeLink(bill=BILL, payout=NAME, is_proved=True, is_linked=True)]
