"""What bills post, and what is seen of it where Dinero posts more, or tells less."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from bought_bills import CHART, CREDITORS, DAY, GUID, INPUT_VAT, SERVICES_VAT, Posted, bill, entry

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import Answers, BillClass, Bought, Received
from dinero_sync.posting.reconcile.outcome import Cause, Kind, Reconciled


def entries(*posted: Posted, voucher: UUID | None = GUID, text: str = "") -> list[Entry]:
    """Return a voucher's entries, under the number of the bill."""
    made = (entry(account, amount, voucher, text, code=code) for account, amount, code in posted)
    return [replace(each, voucher_number=7) for each in made]


def proved(bought: Bought, there: Sequence[Entry]) -> Reconciled:
    comparison = Comparison(CHART, frozenset())
    comparison.take(Part(documents=(), listed=(), money=(), entries=there, bills=(bought,)))
    return comparison.conclude(DAY, DAY, Answers())


IEUY = bill((2100, "100.00", "IEUY"))
RECKONED: tuple[Posted, ...] = (
    (2100, "100.00", "IEUY"),
    (CREDITORS, "-100.00", None),
    (INPUT_VAT, "25.00", "IEUY"),
    (SERVICES_VAT, "-25.00", "IEUY"),
)


def test_vat_that_the_buyer_reckons_is_owed_and_deducted_where_dinero_posts_it() -> None:
    found = proved(IEUY, entries(*RECKONED))

    assert found.is_proved
    boxes = {name: each.ours for name, each in found.sums.boxes.items() if each.ours}
    assert boxes == {
        "koebsmoms": 25,
        "moms_af_ydelseskoeb_i_udlandet": 25,
        "rubrik_a_ydelser": 100,
    }
    assert {name: each.found for name, each in found.sums.boxes.items() if each.found} == boxes


def test_it_is_named_where_that_vat_is_another_one() -> None:
    there = [*RECKONED[:2], (INPUT_VAT, "20.00", "IEUY"), (SERVICES_VAT, "-20.00", "IEUY")]

    (found,) = proved(IEUY, entries(*there)).differences

    assert (found.cause, abs(found.amount)) == (Cause.EDITED, Decimal(5))


def test_goods_from_the_world_are_in_no_box_a() -> None:
    there = entries((2150, "80.00", "IVV"), (CREDITORS, "-80.00", None))

    found = proved(bill((2150, "80.00", "IVV")), there)

    assert found.is_proved
    assert {name for name, each in found.sums.boxes.items() if each.found} == set()
    assert found.sums.by_purchase_code["IVV"].found == 80


def test_lines_of_one_account_with_and_without_vat_are_told_apart_by_code() -> None:
    there = entries(
        (2250, "80.00", "I25"),
        (2250, "60.00", None),
        (INPUT_VAT, "20.00", "I25"),
        (CREDITORS, "-160.00", None),
    )

    found = proved(bill((2250, "100.00", "I25"), (2250, "60.00", None)), there)

    assert found.is_proved
    assert found.sums.by_purchase_code["I25"].found == 80
    assert (found.sums.purchases.ours, found.sums.purchases.found) == (Decimal(160), Decimal(160))


def test_codes_that_somebody_changed_are_said_once_of_a_bill() -> None:
    bought = bill((2250, "100.00", "I25"), (2250, "60.00", None), (2100, "10.00", "IEUY"))
    owed: tuple[Posted, ...] = ((INPUT_VAT, "20.00", "I25"), (CREDITORS, "-170.00", None))
    as_bought: tuple[Posted, ...] = ((2250, "80.00", "I25"), (2250, "60.00", None))
    swapped: tuple[Posted, ...] = ((2250, "60.00", "I25"), (2250, "80.00", None))
    in_parts: tuple[Posted, ...] = (
        (2250, "50.00", "I25"),
        (2250, "30.00", "I25"),
        (2250, "60.00", None),
        (2250, "5.00", "REP"),
        (2250, "-5.00", "REP"),
    )
    theirs: tuple[Posted, ...] = ((2100, "10.00", "IEUY"),)
    other: tuple[Posted, ...] = ((2100, "10.00", "IEUV"),)

    assert proved(bought, entries(*as_bought, *theirs, *owed)).is_proved
    assert proved(bought, entries(*in_parts, *theirs, *owed)).is_proved
    for changed in (swapped + theirs, as_bought + other, swapped + other):
        (found,) = proved(bought, entries(*changed, *owed)).differences
        assert (found.cause, found.amount, found.kind) == (Cause.EDITED, Decimal(0), Kind.BILL)
        assert found.account == (2100 if changed == as_bought + other else 2250)


def test_lines_that_come_to_nothing_bear_no_code_that_an_entry_would_show() -> None:
    nothing, evened_out = (2250, "0.00", None), ((2150, "5.00", None), (2150, "-5.00", None))
    owed: tuple[Posted, ...] = ((INPUT_VAT, "20.00", "I25"), (CREDITORS, "-100.00", None))
    there = entries((2250, "80.00", "I25"), *owed)
    bought = bill((2250, "100.00", "I25"), nothing, *evened_out)

    assert proved(bought, there).is_proved
    euro = replace(bought.voucher, currency="EUR")
    assert proved(replace(bought, plan=replace(bought.plan, voucher=euro)), there).is_proved


def test_a_voucher_whose_entries_bear_no_name_is_found_by_its_number_and_amounts() -> None:
    there = entries(*RECKONED[:2], voucher=None, text="Konsulent")

    assert proved(IEUY, there).is_proved


def test_codes_that_dinero_tells_of_no_entry_are_no_difference() -> None:
    there = entries((2100, "100.00", None), (CREDITORS, "-100.00", None))

    assert proved(IEUY, there).is_proved


def test_bills_are_counted_by_what_became_of_them() -> None:
    comparison = Comparison(CHART, frozenset())
    comparison.take_received(
        [
            Received(bill_class=BillClass.DRAFT, total=Decimal(10)),
            Received(bill_class=BillClass.DRAFT, total=Decimal(-4)),
            Received(bill_class=BillClass.ELSEWHERE, total=Decimal(7)),
        ]
    )

    sums = comparison.conclude(DAY, DAY, Answers()).sums.bills

    told = {name: (each.orders, each.total) for name, each in sums.items() if each.orders}
    assert told == {BillClass.DRAFT: (2, Decimal(6)), BillClass.ELSEWHERE: (1, Decimal(7))}
