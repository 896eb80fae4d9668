"""What a payout is held for, and how each hold ends by what it says."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from payout_files import CLEARING, EXCHANGE, FEES, NAME, ON_THE_WAY, SALES, PayoutFiles, paid_out
from shop import CARD, a_line, raw_order

from dinero_sync.errors import ConfigError, UsageError
from dinero_sync.sync.run.payouts.by_hand import accept_unmatched, release_payout

WITHOUT_NET = SALES


@pytest.fixture(autouse=True)
def order(payouts: PayoutFiles) -> None:
    payouts.business.sell(raw_order())


def release(payouts: PayoutFiles, name: str = NAME, *, by_name: bool = True) -> None:
    now = payouts.business.sandbox.now()
    payouts.decide(lambda db, record: release_payout(db, record, now, by_name=by_name), name)


def statement(payouts: PayoutFiles, *rows: tuple[str, str, str]) -> Path:
    """Write a statement of a bank at Bankdata."""
    into = io.StringIO()
    csv.writer(into, delimiter=";").writerows(
        [("Dato", "Tekst", "Beløb", "Saldo"), *((*row, "0,00") for row in rows)]
    )
    path = payouts.inbox.parent / "bank.csv"
    path.write_bytes(into.getvalue().encode("cp1252"))
    return path


def test_a_file_that_does_not_add_up_is_refused_whole(payouts: PayoutFiles) -> None:
    path = payouts.put(rows=(*SALES, paid_out("97.74")))

    first = payouts.run()
    again = payouts.run()

    assert [each[1:] for each in payouts.came(first)] == [("held", "payout_file_refused")]
    assert [first.exit_code, again.exit_code] == [3, 3]
    assert (len(first.events("payout.outcome")), again.events("payout.outcome")) == (1, [])
    assert (payouts.items(), again.calls("dinero")) == ([], [])
    assert payouts.files() == ["held/afregning.csv", "held/afregning.csv.txt"]

    (payouts.inbox / "held" / path.name).unlink()
    payouts.put()
    mended = payouts.run()

    assert payouts.came(mended) == [("238", "booked", None)]
    assert mended.exit_code == 0


def test_a_refused_file_that_is_taken_away_needs_nobody_any_more(payouts: PayoutFiles) -> None:
    path = payouts.put(rows=(*SALES, paid_out("97.74")))
    payouts.run()
    (payouts.inbox / "held" / path.name).unlink()

    finished = payouts.run()

    assert (finished.exit_code, finished.calls("dinero")) == (0, [])


def test_a_refused_file_is_read_again_when_the_configuration_changes(payouts: PayoutFiles) -> None:
    chargeback = ("238", "2026-12-08", "Tvist", "10427", "-10.00", "0.00")
    payouts.put(rows=(*SALES, chargeback, paid_out("87.75")))
    payouts.run()
    (source,) = payouts.settings["sources"]
    types = {**source["columns"]["types"], "chargeback": ["Tvist"]}
    payouts.source(columns={**source["columns"], "types": types})

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert finished.exit_code == 3  # the order of the chargeback waits
    assert payouts.files() == ["done/afregning.csv"]


def test_a_net_that_the_file_does_not_tell_waits_for_one_look(payouts: PayoutFiles) -> None:
    payouts.put(rows=WITHOUT_NET)

    first = payouts.run()
    release(payouts)
    second = payouts.run()

    assert payouts.came(first) == [("238", "held", "payout_net_untold")]
    assert payouts.came(second) == [("238", "booked", None)]
    assert payouts.files() == ["done/afregning.csv"]


def test_a_bank_statement_proves_the_net(payouts: PayoutFiles) -> None:
    payouts.put(rows=WITHOUT_NET)
    payouts.run()
    bank = statement(payouts, ("11.12.2026", "VIABILL", "97,75"), ("11.12.2026", "Løn", "-9,00"))

    finished = payouts.look(statements=[bank])

    assert payouts.came(finished) == [("238", "booked", None)]


def test_a_bank_statement_with_another_net_proves_nothing(payouts: PayoutFiles) -> None:
    payouts.put(rows=WITHOUT_NET)
    bank = statement(payouts, ("11.12.2026", "VIABILL", "95,00"))

    finished = payouts.look(statements=[bank])

    assert payouts.came(finished) == [("238", "held", "payout_net_untold")]


def test_a_statement_that_cannot_be_read_is_said_and_nothing_posted(payouts: PayoutFiles) -> None:
    path = payouts.put()

    finished = payouts.look(statements=[path])

    assert isinstance(finished.result.stopped, UsageError)
    assert (payouts.items(), payouts.files()) == ([], ["afregning.csv"])


@pytest.mark.parametrize(("code", "posted"), [("I25", "0.45"), (None, "0")])
def test_the_vat_of_fees_is_that_of_the_configuration(
    payouts: PayoutFiles, code: str | None, posted: str
) -> None:
    if code:
        payouts.source(fee_vat=code)
    payouts.put()

    payouts.run()

    moved = payouts.booked()
    assert moved[FEES] == Decimal("2.25") - Decimal(posted)
    assert sum(moved.values()) == 0


def test_another_vat_in_the_file_is_held_and_mended_by_what_it_says(payouts: PayoutFiles) -> None:
    (source,) = payouts.settings["sources"]
    columns = {**source["columns"], "vat": "Moms"}
    payouts.source(columns=columns)
    rows = (
        ("Udbetaling", "Dato", "Type", "Ordrenr", "Beløb", "Gebyr", "Moms"),
        ("238", "2026-12-08", "Køb", "10427", "125.00", "-2.25", "-0.45"),
        ("238", "2026-12-09", "Udbetalt", "", "-122.75", "0.00", "0.00"),
    )
    (payouts.inbox / "fil.csv").write_text("\n".join(";".join(row) for row in rows) + "\n")

    first = payouts.run()
    payouts.source(columns=columns, fee_vat="I25")
    second = payouts.run()

    assert payouts.came(first) == [("238", "held", "payout_fee_vat")]
    assert payouts.came(second) == [("238", "booked", None)]


def in_euro(payouts: PayoutFiles) -> None:
    (source,) = payouts.settings["sources"]
    payouts.source(columns={**source["columns"], "currency": "EUR"}, exchange_account=EXCHANGE)


def test_a_payout_in_another_currency_needs_a_rate(payouts: PayoutFiles) -> None:
    in_euro(payouts)
    payouts.put()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "held", "payout_currency")]
    assert payouts.items() == []


def test_movements_without_an_order_are_accepted_with_a_reason(payouts: PayoutFiles) -> None:
    other = ("238", "2026-12-08", "Køb", "77777", "10.00", "0.00")
    payouts.put(rows=(*SALES, other, paid_out("107.75")))
    first = payouts.run()
    now = payouts.business.sandbox.now()

    payouts.decide(lambda db, record: accept_unmatched(db, record, "sold at a fair", now))

    assert (first.exit_code, payouts.run().exit_code) == (3, 0)
    with pytest.raises(UsageError, match="no movements without an order"):
        payouts.decide(lambda db, record: accept_unmatched(db, record, "again", now))


@pytest.mark.parametrize("key", ["clearing_account", "paid_to", "fee_account"])
def test_an_account_that_dinero_lacks_is_a_problem_of_the_configuration(
    payouts: PayoutFiles, key: str
) -> None:
    payouts.source(**{key: 59999})
    payouts.put()

    finished = payouts.run()

    assert isinstance(finished.result.stopped, ConfigError)
    assert (finished.exit_code, payouts.items()) == (78, [])
    assert payouts.files() == ["afregning.csv"]


def test_a_payout_that_comes_to_nothing_is_skipped(payouts: PayoutFiles) -> None:
    payouts.put(rows=(("238", "2026-12-08", "Køb", "10427", "0.00", "0.00"),))
    payouts.run()

    release(payouts)
    finished = payouts.run()

    assert payouts.came(finished) == [("238", "skipped", "zero_total")]


def test_fees_above_the_sales_go_back_to_the_clearing_account(payouts: PayoutFiles) -> None:
    fee = ("238", "2026-12-08", "Abonnement", "", "0.00", "-149.00")
    payouts.put(rows=(*SALES, fee))
    payouts.run()
    release(payouts)

    payouts.run()

    assert payouts.booked() == {
        ON_THE_WAY: Decimal("-51.25"),
        FEES: Decimal("151.25"),
        CLEARING: Decimal("-100.00"),
    }


@pytest.fixture
def sold_in_euro(payouts: PayoutFiles) -> PayoutFiles:
    """Sell goods for 112.50 EUR, which is 839.25 kr. on the clearing account."""
    payouts.business.config["shoporama"]["currency"] = "EUR"
    payouts.business.config["payment_types"] = [
        {"name": "card", "when": {"gateway_id": CARD}, "paid": True, "deposit_account": CLEARING}
    ]
    goods = [a_line(unit_price=Decimal("112.50"))]
    payouts.business.sell(raw_order(order_id=2, webshop_order_id=20427, products=goods))
    payouts.business.run_once()
    return payouts


def test_a_payout_in_euro_is_posted_at_the_rate_of_the_bank(sold_in_euro: PayoutFiles) -> None:
    payouts = sold_in_euro
    in_euro(payouts)
    sale = ("EUR-238", "2026-12-08", "Køb", "20427", "112.50", "-2.50")
    payouts.put(rows=(sale, paid_out("110.00", "EUR-238")))
    bank = statement(payouts, ("11.12.2026", "VIABILL EUR-238", "814,00"))

    finished = payouts.look(statements=[bank])

    assert payouts.came(finished) == [("EUR-238", "booked", None)]
    assert payouts.booked() == {
        ON_THE_WAY: Decimal("814.00"),
        FEES: Decimal("18.50"),
        EXCHANGE: Decimal("6.75"),
        CLEARING: Decimal("-839.25"),
    }
    of_the_other_order = Decimal("932.50")
    assert payouts.business.sandbox.organisation.balances()[CLEARING] == of_the_other_order


def test_orders_in_euro_that_are_paid_out_in_kroner_leave_the_difference_to_the_exchange(
    sold_in_euro: PayoutFiles,
) -> None:
    payouts = sold_in_euro
    payouts.source(exchange_account=EXCHANGE)
    sale = ("238", "2026-12-08", "Køb", "20427", "835.00", "-12.00")
    payouts.put(rows=(sale, paid_out("823.00")))

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "booked", None)]
    assert payouts.booked()[CLEARING] == Decimal("-835.00")


def test_retrying_all_is_no_look_at_any(payouts: PayoutFiles) -> None:
    payouts.put(rows=WITHOUT_NET)
    payouts.run()

    release(payouts, by_name=False)

    assert payouts.came(payouts.run()) == [("238", "held", "payout_net_untold")]
    assert payouts.items() == []


MOBILEPAY = """\
Date;Timestamp;Amount;Message;Transaction Type;Transfer Reference;Transfer Date;\
Payment Transaction ID;User Name
08-12-2026;2026-12-08T10:00:00+01:00;125,00;10427;Payment;T-1;09-12-2026;m-1;Ida
08-12-2026;2026-12-08T11:00:00+01:00;25,00;10427;Payment;T-2;10-12-2026;m-2;Ida
"""


def test_the_first_of_an_unproven_form_waits_for_one_look(payouts: PayoutFiles) -> None:
    accounts = {"clearing_account": 55020, "paid_to": ON_THE_WAY, "fee_account": FEES}
    source = {"id": "mp", "name": "MobilePay", "format": "mobilepay", **accounts}
    payouts.settings["sources"] = [source]
    (payouts.inbox / "mp.csv").write_text(MOBILEPAY, encoding="utf-8")

    first = payouts.run()
    release(payouts, "payout:mp:T-1")
    second = payouts.run()

    assert payouts.came(first) == [(each, "held", "payout_unproven") for each in ("T-1", "T-2")]
    assert payouts.came(second) == [("T-1", "booked", None), ("T-2", "held", "payout_net_untold")]
    bank = statement(payouts, ("11.12.2026", "MobilePay T-2", "25,00"))
    assert payouts.came(payouts.look(statements=[bank])) == [
        ("T-1", "known", None),
        ("T-2", "booked", None),
    ]
    assert payouts.booked() == {ON_THE_WAY: Decimal("150.00"), 55020: Decimal("-150.00")}


def test_a_file_named_elsewhere_is_read_again_there_once_a_person_looked(
    payouts: PayoutFiles,
) -> None:
    path = payouts.put(rows=WITHOUT_NET).rename(payouts.inbox.parent / "hentet.csv")
    held = payouts.look(path)
    release(payouts)

    finished = payouts.run()

    assert payouts.came(held) == [("238", "held", "payout_net_untold")]
    assert payouts.came(finished) == [("238", "booked", None)]
    assert (path.exists(), payouts.files()) == (True, [])


def test_a_file_named_elsewhere_that_is_gone_by_then_is_asked_for(payouts: PayoutFiles) -> None:
    path = payouts.put(rows=WITHOUT_NET).rename(payouts.inbox.parent / "hentet.csv")
    payouts.look(path)
    release(payouts)
    path.unlink()

    finished = payouts.run()

    assert payouts.came(finished) == [("238", "held", "payout_file_refused")]

    payouts.put(rows=(*SALES, paid_out("97.75")))
    assert payouts.came(payouts.run()) == [("238", "booked", None)]


def test_a_source_that_is_taken_out_has_its_payouts_held_until_it_is_back(
    payouts: PayoutFiles,
) -> None:
    payouts.business.sandbox.change_settings(
        ledger_booking_questions=1000, ledger_booking_seconds=1_000_000
    )
    payouts.put()
    payouts.run()
    (payouts.inbox / "afregning.csv").unlink()
    (source,) = payouts.settings["sources"]
    payouts.source(id="other")

    without = [payouts.run(), payouts.run()]
    payouts.settings["sources"] = [source]
    payouts.business.sandbox.change_settings(ledger_booking_questions=1)
    again = payouts.run()

    assert payouts.came(without[0]) == [("238", "held", "payout_file_refused")]
    assert [each.exit_code for each in without] == [3, 3]
    assert payouts.came(again) == [("238", "booked", None)]
    assert again.exit_code == 0


def test_an_inbox_that_is_not_there_is_a_problem_of_the_configuration(
    payouts: PayoutFiles,
) -> None:
    payouts.inbox.rmdir()

    finished = payouts.run()

    assert isinstance(finished.result.stopped, ConfigError)
    assert finished.exit_code == 78
