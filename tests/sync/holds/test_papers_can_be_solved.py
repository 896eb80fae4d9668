"""Holds of bills and payouts that are followed nowhere else end by just what they say."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from bill_files import REFERENCE, Bills
from bookkeeper import Bookkeeper
from payout_files import PayoutFiles

from dinero_sync.domain.step import Command, Sentence, Yaml
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sandbox.dinero.books import AccountingYear
from dinero_sync.sync.run.bills.by_hand import accept_bill, gather_bill, skip_bill
from dinero_sync.sync.run.payouts.by_hand import release_payout, skip_payout
from dinero_sync.texts import telling

ABROAD = "IE6388047V"
IN_EURO: dict[str, Any] = {
    "vat_number": ABROAD,
    "currency": "EUR",
    "amounts": "[{rate: 0, net: 100.00}]",
    "total": "100.00",
}
OF_EURO = REFERENCE.replace("DK13585628", ABROAD)
NO_VAT: dict[str, Any] = {"amounts": "[{rate: 0, net: 100.00}]", "total": "100.00"}


def told(record: PaperRecord) -> list[str]:
    """Return the steps of a hold: sentences by their codes, commands, and YAML as such."""
    return [_named(each) for each in record.current.steps]


def _named(step: object) -> str:
    if isinstance(step, Sentence):
        return step.text
    return step.words[0] if isinstance(step, Command) else "YAML" * isinstance(step, Yaml)


def pasted(record: PaperRecord) -> list[dict[str, Any]]:
    """Return the YAML that a hold gives to paste."""
    found = telling.blocks(record.current.steps)
    return [yaml.safe_load(text) for is_pasted, text in found if is_pasted]


@pytest.mark.parametrize(
    ("rule", "said", "text"),
    [
        ({"vat": "IEUY"}, {}, "bill_vat_mismatch.reverse_charge"),
        ({}, NO_VAT, "bill_vat_mismatch.no_danish_vat"),
        ({"vat": {0: "none"}}, {}, "bill_vat_mismatch.no_code"),
        (
            {"vat": "IVY", "paid_from": None, "on_credit": True},
            {**NO_VAT, "vat_number": None},
            "bill_vat_mismatch.country",
        ),
    ],
)
def test_a_rule_that_does_not_fit_is_corrected_by_what_the_hold_gives_to_paste(
    bills: Bills, rule: dict[str, Any], said: dict[str, Any], text: str
) -> None:
    bills.rule(**rule)
    bills.put(**said)
    (held,) = (each.record for each in bills.run().result.bills)
    assert held.lead.text == text

    bills.rule(**{**rule, **pasted(held)[0]})
    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]


def test_a_bill_of_two_regions_is_made_by_hand_and_skipped(bills: Bills) -> None:
    bills.rule(vat={25: "I25", 0: "IEUY"})
    bills.put(amounts="[{rate: 25, net: 80.00, vat: 20.00}, {rate: 0, net: 10.00}]", total="110.00")
    bills.run()
    assert told(bills.record()) == ["regions_by_hand", "skip"]

    with bills.business.at_work() as place:
        skip_bill(place, bills.record(), "made by hand, in two parts")
    bills.run()

    assert (bills.record().standing, bills.vouchers()) == (Standing.SKIPPED, [])
    assert bills.files() == ["done/faktura.pdf", "done/faktura.yaml"]


@pytest.mark.parametrize("way", [0, 1])
def test_what_was_paid_in_kroner_is_written_or_the_bill_is_left_open(
    bills: Bills, way: int
) -> None:
    bills.rule(account=2100, vat="IEUY")
    path = bills.put(**IN_EURO)
    bills.run()
    held = bills.record(OF_EURO)
    assert held.lead.text == "paid_amount_unknown"

    written, rule = pasted(held)
    if way == 0:
        whole = {**written, "kroner_paid": 747.10}
        (bills.inbox / "held" / path.with_suffix(".yaml").name).write_text(yaml.safe_dump(whole))
    else:
        bills.rule(account=2100, vat="IEUY", paid_from=None, **rule)
    bills.run()

    paid = [each.amount for each in bills.voucher().payments]
    assert bills.record(OF_EURO).standing is Standing.DONE
    assert paid == ([Decimal("747.10")] if way == 0 else [])


def close_the_year(bills: Bills | PayoutFiles) -> None:
    years = bills.business.sandbox.organisation.years
    years[:] = [AccountingYear(date(2020, 1, 1), date(2020, 12, 31))]


def open_the_year(bills: Bills | PayoutFiles) -> None:
    years = bills.business.sandbox.organisation.years
    years[:] = [AccountingYear(date(2026, 1, 1), date(2026, 12, 31))]


def test_a_voucher_that_dinero_refuses_is_booked_once_that_is_mended(bills: Bills) -> None:
    close_the_year(bills)
    bills.put()
    bills.run()
    record = bills.record()
    assert record.current.text == "rejected_by_dinero.voucher"
    assert told(record) == ["see_request", "show", "mend_what_dinero_names", "retry"]

    open_the_year(bills)
    bills.retry()
    finished = bills.run()

    assert bills.came(finished) == [("faktura.pdf", "booked", None)]
    assert len(bills.vouchers()) == 1


def retry(payouts: PayoutFiles) -> None:
    now = payouts.business.sandbox.now()
    payouts.decide(lambda db, record: release_payout(db, record, now))


def test_a_ledger_item_that_dinero_refuses_is_booked_once_that_is_mended(
    payouts: PayoutFiles,
) -> None:
    close_the_year(payouts)
    payouts.put()
    payouts.run()
    assert payouts.record().current.text == "rejected_by_dinero.payout"
    assert told(payouts.record())[2:] == ["mend_what_dinero_names", "retry"]

    open_the_year(payouts)
    retry(payouts)
    payouts.run()

    assert payouts.record().standing is Standing.DONE
    assert len(payouts.items()) == 1


def test_two_contacts_of_one_supplier_are_merged(bills: Bills, bookkeeper: Bookkeeper) -> None:
    bills.rule(paid_from=None, on_credit=True)
    company = {"Name": "Shoporama", "IsPerson": False, "VatNumber": "13585628"}
    first, second = (bookkeeper.create_contact(**company) for _ in range(2))
    bills.put()
    bills.run()
    assert bills.record().current.text == "several_contacts.supplier"
    assert told(bills.record()) == ["merge_contacts", "retry"]

    bookkeeper.delete_contact(second)
    bills.retry()
    bills.run()

    assert bills.record().standing is Standing.DONE
    assert bills.voucher().fields["ContactGuid"] == first


@pytest.fixture
def paid_by_hand(bills: Bills, bookkeeper: Bookkeeper) -> Bills:
    """Have another payment on a voucher, between its booking and its own payment."""
    bills.rule(account=2100, vat="IEUY")
    bills.business.fault("status_before", "*/payments", "POST", status=503, times=None)
    bills.put(**IN_EURO, kroner_paid="747.10")
    bills.run()
    bills.business.sandbox.clear_faults()
    voucher = bills.voucher()
    payment = {
        "DepositAccountNumber": 55000,
        "Amount": 700,
        "AmountInForeignCurrency": 93,
        "Description": "by hand",
        "PaymentDate": "2026-12-03",
        "RemainderIsFee": False,
        "Timestamp": voucher.timestamp,
    }
    bookkeeper.send("POST", f"purchase-vouchers/{voucher.guid}/payments", payment)
    bills.run()
    record = bills.record(OF_EURO)
    assert record.current.text == "paid_differently.voucher"
    steps = ["delete_wrong_payment", "retry", "if_payments_are_right", "resolve"]
    assert told(record) == steps
    return bills


def test_a_wrong_payment_is_deleted_and_ours_made(
    paid_by_hand: Bills, bookkeeper: Bookkeeper
) -> None:
    voucher = paid_by_hand.voucher()
    (wrong,) = voucher.payments
    path = f"purchase-vouchers/{voucher.guid}/payments/{wrong.guid}/{voucher.timestamp}"
    bookkeeper.send("DELETE", path, None)

    paid_by_hand.retry(name=OF_EURO)
    paid_by_hand.run()

    assert [each.amount for each in paid_by_hand.voucher().payments] == [Decimal("747.10")]
    assert paid_by_hand.record(OF_EURO).standing is Standing.DONE


def test_payments_that_are_right_are_accepted(paid_by_hand: Bills) -> None:
    with paid_by_hand.business.at_work() as place:
        found = gather_bill(place, paid_by_hand.record(OF_EURO))
        accept_bill(place, found, "paid in part, the rest is forgiven")
    paid_by_hand.run()

    assert len(paid_by_hand.voucher().payments) == 1
    assert paid_by_hand.record(OF_EURO).standing is Standing.DONE


PARTIAL = "payout:vipps:p-1"


def entry(kind: str, amount: int, after: int, day: str, name: str = "") -> dict[str, Any]:
    return {
        "pspReference": name or f"{kind}-{after}-{day}",
        "time": f"{day}T10:00:00.000Z",
        "ledgerDate": day,
        "entryType": kind,
        "reference": "",
        "currency": "DKK",
        "amount": amount,
        "recipientHandle": "DK:90601",
        "balanceBefore": after - amount,
        "balanceAfter": after,
    }


EARLIER = [entry("payout-scheduled", -3000, 0, "2026-12-02", "p-0")]
BEGUN = [entry("capture", 4000, 4000, "2026-12-02")]
REST = [
    entry("capture", 1000, 5000, "2026-12-03"),
    entry("payout-scheduled", -5000, 0, "2026-12-03", "p-1"),
    entry("capture", 2000, 2000, "2026-12-04"),
    entry("payout-scheduled", -2000, 0, "2026-12-04", "p-2"),
]


@pytest.fixture
def begun_before(payouts: PayoutFiles) -> PayoutFiles:
    """Have a file that begins amid a payout."""
    keys = ("clearing_account", "paid_to", "fee_account")
    accounts = {key: payouts.settings["sources"][0][key] for key in keys}
    payouts.settings["sources"] = [
        {"id": "vipps", "name": "Vipps", "format": "vipps_mobilepay", **accounts}
    ]
    put_report(payouts.inbox / "rest.json", REST)
    payouts.run()
    record = payouts.record(PARTIAL)
    assert record.current.text == "payout_partial"
    assert told(record) == ["settlement_whole_payout", "or_payout_by_hand", "skip"]
    return payouts


def put_report(path: Path, items: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"items": items, "cursor": ""}), encoding="utf-8")


def test_a_payout_that_began_before_its_file_is_posted_from_a_longer_one(
    begun_before: PayoutFiles,
) -> None:
    put_report(begun_before.inbox / "whole.json", [*EARLIER, *BEGUN, *REST])

    begun_before.run()
    release_unproven(begun_before)
    begun_before.run()

    assert begun_before.record(PARTIAL).standing is Standing.DONE


def release_unproven(payouts: PayoutFiles) -> None:
    """Look at the payout, where its form waits for one look."""
    if payouts.record(PARTIAL).reason == "payout_unproven":
        now = payouts.business.sandbox.now()
        payouts.decide(lambda db, record: release_payout(db, record, now), PARTIAL)


def test_a_payout_that_began_before_its_file_is_posted_by_hand_and_skipped(
    begun_before: PayoutFiles,
) -> None:
    with begun_before.business.at_work() as place:
        skip_payout(place, begun_before.record(PARTIAL), "posted by hand")

    begun_before.run()

    assert begun_before.record(PARTIAL).standing is Standing.SKIPPED
