"""Which payouts a bill of fees is about: one, those of a month, or none that the sums prove."""

from datetime import date
from decimal import Decimal

import pytest

from dinero_sync.posting.payouts.fee_bills import FeeBill, PaidFees, bill_of, covered


def bill(
    total: str, day: str = "2026-12-31", name: str = "bill:1", currency: str = "DKK"
) -> FeeBill:
    return FeeBill(
        name=name,
        day=date.fromisoformat(day),
        currency=currency,
        total=Decimal(total),
        file_guid=f"file of {name}",
    )


def fees(name: str, amount: str, day: str, currency: str = "DKK") -> PaidFees:
    return PaidFees(name=name, day=date.fromisoformat(day), currency=currency, fees=Decimal(amount))


NOVEMBER = (fees("a", "1.00", "2026-11-10"), fees("b", "2.00", "2026-11-30"))
DECEMBER = (fees("c", "4.00", "2026-12-01"), fees("d", "8.00", "2026-12-31"))
ALL = (*NOVEMBER, *DECEMBER)


@pytest.mark.parametrize(
    ("of", "names", "is_proved"),
    [
        (bill("4.00", "2026-12-01"), "c", True),
        (bill("8.00", "2026-12-24"), "d", True),
        (bill("12.00"), "cd", True),
        (bill("3.00", "2026-12-01"), "ab", True),
        (bill("3.00", "2026-11-30"), "ab", True),
        (bill("5.00", "2026-12-15"), "c", False),
        (bill("15.00"), "cd", False),
        (bill("4.00", currency="EUR"), "", False),
        (bill("4.00", "2027-02-15"), "", False),
        (bill("8.00", "2026-12-23"), "c", False),
        (bill("4.00", "2027-01-01"), "c", True),
        (bill("4.00", "2027-01-02"), "", False),
    ],
)
def test_a_bill_is_about_what_its_sum_proves(of: FeeBill, names: str, *, is_proved: bool) -> None:
    found = covered(of, reversed(ALL))

    assert ("".join(each.name for each in found.payouts), found.is_proved) == (names, is_proved)


def test_two_payouts_of_one_sum_are_told_by_their_month_alone() -> None:
    twins = (fees("a", "4.00", "2026-12-10"), fees("b", "4.00", "2026-12-20"))

    assert not covered(bill("4.00"), twins).is_proved
    assert covered(bill("8.00"), twins).payouts == twins


def test_a_payout_has_the_one_bill_that_proves_to_be_its() -> None:
    of_december, of_c = bill("12.00", name="bill:12"), bill("4.00", "2026-12-02", name="bill:c")

    assert bill_of("d", [of_december], ALL) == of_december
    assert bill_of("d", [of_december, of_c], ALL) == of_december
    assert bill_of("c", [of_december, of_c], ALL) is None
    assert bill_of("a", [of_december], ALL) is None
    assert bill_of("d", [bill("99.00")], ALL) is None
