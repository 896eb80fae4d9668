"""What real files have done to sums: what counts once, what proves it, what isn't a payout."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from settlement_files import (
    ALTAPAY,
    CLEARHAUS,
    EVERY,
    MYSHOP,
    PAYPAL,
    STRIPE,
    STRIPE_SUMS,
    VIPPS,
    changed,
    mapping_of,
    norwegian,
    paypal,
    read_text,
    refusal,
    sums,
    vipps_item,
    written,
)

from dinero_sync.domain.papers.payout import MovementKind
from dinero_sync.settlements.formats.stripe import BALANCE_REPORT

# What counts once, and what isn't paid out


def test_a_row_of_the_payout_is_no_movement(tmp_path: Path) -> None:
    row = ["po_2", "2026-12-04 01:00:00", "txn_8", *STRIPE[-1][3:6], "-1230.70", "0.00", "-1230.70"]
    rows = [*STRIPE, [*row, "payout", "STRIPE PAYOUT"]]

    settlement = read_text(tmp_path, written(rows), "stripe")

    assert [sums(each) for each in settlement.payouts] == STRIPE_SUMS
    assert [each.net_is_told for each in settlement.payouts] == [False, True]
    wrong = [*rows[:-1], [*row[:6], "-1230.69", "0.00", "-1230.69", "payout", ""]]
    assert refusal(tmp_path, written(wrong), "stripe").code == "payout_sum"


def test_the_transfer_of_the_old_mobilepay_is_no_sale(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, written(MYSHOP, delimiter=";"), "mobilepay").payouts

    assert payout.gross == Decimal(1250)
    assert payout.net == Decimal(1044)
    assert payout.net_is_told


def test_a_fee_beside_its_sale_and_in_a_row_of_its_own_counts_once(tmp_path: Path) -> None:
    (payout,) = read_text(tmp_path, written(VIPPS), "vipps_mobilepay").payouts

    assert payout.fees == Decimal(-70)
    assert [each.kind for each in payout.movements].count(MovementKind.FEE) == 1


def test_a_fee_of_an_earlier_sale_is_a_fee_of_the_later_payout(tmp_path: Path) -> None:
    items = [
        vipps_item("capture", 10000, 10000, reference="10427"),
        vipps_item("payout-scheduled", -10000, 0, pspReference="p-1", time="2026-12-01T20:00:00Z"),
        vipps_item("fees-retained", -120, -120, ledgerDate="2026-12-02"),
        vipps_item("capture", 5000, 4880, ledgerDate="2026-12-02", time="2026-12-02T11:00:00Z"),
        vipps_item(
            "payout-scheduled",
            -4880,
            0,
            ledgerDate="2026-12-02",
            pspReference="p-2",
            time="2026-12-02T20:00:00Z",
        ),
    ]

    first, second = read_text(
        tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay"
    ).payouts

    assert (first.fees, second.fees) == (Decimal(0), Decimal("-1.20"))


def test_days_without_a_payout_are_carried_on(tmp_path: Path) -> None:
    items = [
        vipps_item("capture", 1000, 1000),
        vipps_item("refund", -3000, -2000),
        vipps_item("capture", 5000, 3000, ledgerDate="2026-12-03"),
        vipps_item("payout-scheduled", -3000, 0, ledgerDate="2026-12-03", pspReference="p-1"),
    ]

    (payout,) = read_text(
        tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay"
    ).payouts

    assert sums(payout) == ("60.00", "-30.00", "0.00", "0.00", "0.00", "30.00")


def test_what_is_not_paid_out_yet_waits_for_a_later_file(tmp_path: Path) -> None:
    for name, whole in (("clearhaus", 1), ("mobilepay", 1), ("vipps", 1), ("paypal", 1)):
        format_, text, _ = EVERY[name]
        assert len(read_text(tmp_path, text, format_).payouts) == whole


def test_a_file_of_which_nothing_is_paid_out_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, written(CLEARHAUS[:2]), "clearhaus").code == "nothing_paid_out"
    assert refusal(tmp_path, written(VIPPS[:3]), "vipps_mobilepay").code == "nothing_paid_out"


def test_a_payout_that_began_before_the_file_is_named_and_left(tmp_path: Path) -> None:
    later = [
        vipps_item("capture", 1000, 5000),
        vipps_item("payout-scheduled", -5000, 0, pspReference="p-1"),
        vipps_item("capture", 2000, 2000, ledgerDate="2026-12-02"),
        vipps_item("payout-scheduled", -2000, 0, ledgerDate="2026-12-02", pspReference="p-2"),
    ]
    text = json.dumps({"items": later, "cursor": ""})

    settlement = read_text(tmp_path, text, "vipps_mobilepay")

    assert [each.id for each in settlement.payouts] == ["p-2"]
    assert [(each.id, each.net) for each in settlement.partial] == [("p-1", Decimal(50))]
    alone = json.dumps({"items": later[:2], "cursor": ""})
    assert refusal(tmp_path, alone, "vipps_mobilepay").code == "begins_amid_a_payout"


def test_what_a_withdrawal_leaves_is_carried_to_the_next(tmp_path: Path) -> None:
    rows = changed(PAYPAL, 3, Gross="-900.00", Net="-900.00", Balance="64.40")
    rows = changed(rows, 4, Balance="159.40")
    last = [*rows[3]]
    last[0], last[7], last[9], last[15] = "16/12/2026", "-159.40", "-159.40", "0.00"
    last[11] = f"5{last[11][1:]}"

    first, second = read_text(tmp_path, paypal([*rows, last]), "paypal").payouts

    assert sums(first) == ("1250.00", "-250.00", "0.00", "-35.60", "-64.40", "900.00")
    assert sums(second) == ("100.00", "0.00", "0.00", "-5.00", "64.40", "159.40")


def test_newest_first_is_the_same_as_oldest_first(tmp_path: Path) -> None:
    for rows in (PAYPAL, norwegian()):
        oldest = read_text(tmp_path, written(rows, delimiter=";"), "paypal").payouts
        turned = [rows[0], *rows[:0:-1]]
        assert read_text(tmp_path, written(turned, delimiter=";"), "paypal").payouts == oldest


# Proof


@pytest.mark.parametrize("name", EVERY)
def test_a_file_with_an_amount_changed_is_refused(name: str, tmp_path: Path) -> None:
    format_, text, _ = EVERY[name]
    changes = {
        "stripe": ('"665.99"', '"665.98"'),
        "stripe_api": ('"amount": 67801', '"amount": 67802'),
        "paypal": ('"1205.90"', '"1205.91"'),
        "klarna": ("1093.75", "1093.76"),
        "vipps": ("4000.00,4000.00", "4001.00,4000.00"),
        "vipps_api": ('"amount": 20000', '"amount": 20001'),
        "mobilepay": ("50,00", "-50,00"),
        "myshop": ("1250,00", "1250,01"),
        "clearhaus": ("-145.10", "-145.11"),
        "adyen": ("437.24", "437.25"),
        "altapay": (";-100.00;1.00", ";100.00;1.00"),
        "columns": ("868,75", "868,76"),
    }
    before, after = changes[name]
    assert before in text

    refusal(tmp_path, text.replace(before, after, 1), format_, columns=mapping_of(format_))


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, written([*STRIPE, STRIPE[1]]), "stripe").code == "row_twice"
    text = written([*ALTAPAY, ALTAPAY[1]], delimiter=";")
    assert refusal(tmp_path, text, "altapay").code == "row_twice"
    refusal(tmp_path, paypal([*PAYPAL[:2], *PAYPAL[1:]]), "paypal")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("stripe", '"charge"', '"climate_order"'),
        ("stripe_api", '"charge"', '"climate_order"'),
        ("klarna", "HOLDBACK", "HOLDBACK2"),
        ("vipps", "Capture", "Sale"),
        ("vipps_api", '"capture"', '"sale"'),
        ("mobilepay", "Payment;", "Refund;"),
        ("myshop", "Retainable", "Surprise"),
        ("adyen", "Refunded", "Refounded"),
        ("altapay", "refund", "reserve"),
        ("columns", "Retur", "Bytte"),
    ],
)
def test_a_kind_of_movement_that_nobody_knows_is_never_guessed(
    name: str, before: str, after: str, tmp_path: Path
) -> None:
    format_, text, _ = EVERY[name]

    found = refusal(tmp_path, text.replace(before, after), format_, columns=mapping_of(format_))

    assert found.code == "unknown_type"


# The provider is right, and the report is wrong


@pytest.mark.parametrize(
    ("format_", "titles"),
    [
        ("stripe", "category,description,net_amount,currency"),
        ("stripe", "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Description,Transfer"),
        (
            "stripe",
            ",".join(BALANCE_REPORT),
        ),
        (
            "paypal",
            "Date,Time,Description,Currency,Gross,Fee,Net,Balance,Bank Name,Bank Account",
        ),
        (
            "mobilepay",
            "Event,Currency,Amount,Date and time,Customer name,MP-number,Comment,TransactionID",
        ),
    ],
)
def test_another_report_of_the_provider_is_told_apart(
    format_: str, titles: str, tmp_path: Path
) -> None:
    row = ",".join("1" for _ in titles.split(","))

    found = refusal(tmp_path, f"{titles}\n{row}\n", format_)

    assert found.code == "wrong_report"


def test_a_stripe_row_without_payout_shows_the_report_of_the_balance(tmp_path: Path) -> None:
    rows = changed(STRIPE, 2, automatic_payout_id="", automatic_payout_effective_at="")

    assert refusal(tmp_path, written(rows), "stripe").code == "wrong_report"


def test_the_fees_of_vipps_as_a_topic_of_their_own_are_told_apart(tmp_path: Path) -> None:
    items = [vipps_item("capture-fee", -70, -70), vipps_item("fees-retained", 70, 0)]

    found = refusal(tmp_path, json.dumps({"items": items, "cursor": ""}), "vipps_mobilepay")

    assert found.code == "wrong_report"
