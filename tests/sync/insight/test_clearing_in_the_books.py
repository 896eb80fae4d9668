"""What the journal knows of clearing accounts is found among Dinero's own entries."""

import json
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import COPENHAGEN, Business, SandboxClock, set_clock
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.errors import UsageError
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder.lock import LockHeldError
from dinero_sync.posting.clearing.ours import Cause, Column
from dinero_sync.posting.clearing.statement import Statement
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit

CARDS, MOBILEPAY, BANK, FEES = 55010, 55020, 55000, 7420
GIFT_CARDS, REDEEMED = 63080, 55090
DAY = date(2026, 12, 8)
BY_GIFT_CARD: dict[str, Any] = {"voucher_code": "GK-1", "voucher_discount_amount": Decimal(25)}


def cleared(
    business: Business, account: int = CARDS, first: date | None = None, last: date | None = None
) -> Statement:
    config, clock = business.loaded(), SandboxClock(business.sandbox)
    accounts = chosen(clearing_accounts(config), account, None)
    with business.in_a_process():
        found = clear(config, "config.yaml", clock, accounts, first=first, last=last)
    (statement,) = found.statements
    return statement


def note_item(
    business: Business, subject: str | int, kind: str, amounts: dict[int, str], **raw: object
) -> None:
    """Have a ledger item in Dinero and in the journal, as those who post it keep it."""
    moved = {account: Decimal(amount) for account, amount in amounts.items()}
    left = -sum(moved.values(), Decimal(0))
    books = business.sandbox.organisation
    voucher = by_hand.post(books, DAY, f"{kind} {subject}", {**moved, CARDS: left})
    lines = [
        {"amount": str(amount), "account": account, "balancing_account": CARDS}
        for account, amount in moved.items()
    ]
    plan = json.dumps({"guid": voucher, "date": str(DAY), "lines": lines})
    with closing(open_journal(business.state_folder)) as db:
        db.execute(
            "INSERT OR IGNORE INTO subjects (subject, kind, number, raw, currency, seen_undue,"
            " not_elsewhere) VALUES (?, ?, ?, ?, 'DKK', 0, 0)",
            (subject, kind, str(subject), json.dumps(raw)),
        )
        db.execute(
            "INSERT INTO documents (subject, document, chain, place, document_kind, standing, rung,"
            " looks, settings, day, plan, plan_version)"
            " VALUES (?, ?, ?, 9, ?, 'done', 'booked', 0, '', ?, ?, 1)",
            (subject, kind, kind, kind, str(DAY), plan),
        )


@pytest.fixture
def sold(business: Business) -> Business:
    """Sell two mugs, paid by card on 8 December."""
    business.sell(raw_order(), raw_order(ORDER_ID + 1))
    business.run_once()
    return business


def test_what_a_provider_kept_back_is_named_where_its_source_clears_the_account(
    sold: Business,
) -> None:
    source = {"name": "Kort", "paid_to": BANK, "fee_account": FEES}
    sold.config["payouts"] = {
        "sources": [
            {**source, "id": "kort", "format": "clearhaus", "clearing_account": CARDS},
            {**source, "id": "app", "format": "vipps_mobilepay", "clearing_account": MOBILEPAY},
        ]
    }
    for place, (of, kept) in enumerate((("kort", "-38.00"), ("app", "-2.00"), ("kort", "0.00"))):
        name = f"payout:{of}:{place}"
        note_item(sold, name, "payout", {BANK: "50"}, source=of, other=kept)

    (kept_back,) = cleared(sold).kept

    assert (kept_back.name, kept_back.amount) == ("payout:kort:0", Decimal("38.00"))
    assert kept_back.since == DAY


def test_payments_are_found_by_the_vouchers_that_dinero_named(sold: Business) -> None:
    found = cleared(sold)

    assert (found.columns[Column.SALES], found.difference) == (Decimal(250), Decimal(0))
    assert [each.number for each in found.open] == ["10427", "10428"]


def test_a_payment_that_was_deleted_on_its_invoice_is_named(
    sold: Business, bookkeeper: Bookkeeper
) -> None:
    invoice = sold.invoice()
    path = f"invoices/{invoice.guid}/payments/{invoice.payments[0].guid}"
    bookkeeper.send("DELETE", path, {"Timestamp": invoice.timestamp})

    found = cleared(sold)

    (difference,) = found.differences
    assert (difference.ours.name, difference.cause) == ("10427", Cause.REVERSED)
    assert found.difference == Decimal(-125)


def test_a_payment_whose_answer_was_lost_is_found_by_its_text(business: Business) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/payments", "POST", times=1)
    business.run_once()
    business.run_once()

    found = cleared(business)

    assert (found.columns[Column.SALES], found.difference) == (Decimal(125), Decimal(0))
    assert found.unexplained == ()


def test_a_lost_state_folder_knows_its_payments_again(sold: Business) -> None:
    (sold.state_folder / "journal.sqlite3").unlink()
    sold.run_once()

    found = cleared(sold)

    assert (found.columns[Column.SALES], found.other) == (Decimal(250), Decimal(0))
    assert found.differences == ()


def test_a_payout_names_its_orders_and_takes_its_fees_along(sold: Business) -> None:
    sold.config["payouts"] = {
        "sources": [
            {
                "id": "kort",
                "name": "Kort",
                "format": "clearhaus",
                "clearing_account": CARDS,
                "paid_to": BANK,
                "fee_account": FEES,
            }
        ]
    }
    matched = [[ORDER_ID, "125"]]
    note_item(sold, "payout:kort:1", "payout", {BANK: "123.25", FEES: "1.75"}, matched=matched)

    found = cleared(sold)

    assert (found.columns[Column.PAYOUTS], found.columns[Column.FEES]) == (
        Decimal("-123.25"),
        Decimal("-1.75"),
    )
    assert (found.closing, found.difference, found.unexplained) == (Decimal(125), Decimal(0), ())
    assert [each.number for each in found.open] == ["10428"]


def test_a_refund_leaves_the_account_and_what_is_open_of_its_order(sold: Business) -> None:
    part = CreditOptions(wanted=Wanted(amount=Decimal(25)), reason="Retur")
    with sold.at_work() as place:
        make_credit(place, decide_credit(place, sold.order(), part), part.reason)

    found = cleared(sold)

    assert (found.columns[Column.REFUNDS], found.difference) == (Decimal(-25), Decimal(0))
    assert [each.amount for each in found.open] == [Decimal(100), Decimal(125)]


def test_what_a_gift_card_paid_comes_and_goes_on_its_own_account(business: Business) -> None:
    business.config["posting"] = {
        "gift_cards": {
            "kind": "multi_purpose",
            "account": GIFT_CARDS,
            "voucher_codes": "GK-*",
            "redeemed_account": REDEEMED,
        }
    }
    business.sell(raw_order(**BY_GIFT_CARD), raw_order(ORDER_ID + 1, **BY_GIFT_CARD))
    business.run_once()

    found = cleared(business, REDEEMED)

    assert found.columns[Column.SALES] == Decimal(50)
    assert found.columns[Column.PAYOUTS] == Decimal(-50)
    assert {found.in_dinero, found.difference, found.other} == {Decimal(0)}
    assert found.open == ()
    assert cleared(business).columns[Column.SALES] == Decimal(200)


def test_what_a_gift_card_paid_is_open_until_its_debt_is_settled(business: Business) -> None:
    test_what_a_gift_card_paid_comes_and_goes_on_its_own_account(business)
    business.sell(raw_order(ORDER_ID + 2, **BY_GIFT_CARD))
    business.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    business.run_once()
    business.sandbox.clear_faults()

    found = cleared(business, REDEEMED)

    assert [(each.number, each.amount) for each in found.open] == [("10429", Decimal(25))]
    assert (found.in_dinero, found.difference) == (Decimal(25), Decimal(0))


def test_a_payment_in_another_currency_is_compared_in_kroner(business: Business) -> None:
    business.config["shoporama"]["currency"] = "EUR"
    business.sell(raw_order(products=[a_line(unit_price=Decimal("112.50"))]))
    business.run_once()

    found = cleared(business)

    assert (found.columns[Column.SALES], found.difference) == (Decimal("839.25"), Decimal(0))


def test_a_new_year_opens_with_what_the_old_one_left(sold: Business, sandbox: Sandbox) -> None:
    set_clock(sandbox, datetime(2027, 1, 5, 12, 0, tzinfo=COPENHAGEN))
    late = "2027-01-04 10:00:00"
    sold.sell(raw_order(ORDER_ID + 2, time=late, paid_time=late, last_modified=late))
    sold.run_once()

    this_year, both = cleared(sold), cleared(sold, first=date(2026, 12, 1))

    assert (this_year.opening, this_year.columns[Column.SALES]) == (Decimal(250), Decimal(125))
    assert (both.opening, both.columns[Column.SALES]) == (Decimal(0), Decimal(375))
    assert (this_year.difference, both.difference) == (Decimal(0), Decimal(0))
    assert len(this_year.open) == len(both.open) == 3


def test_what_is_dated_after_the_period_is_not_in_it(sold: Business) -> None:
    found = cleared(sold, last=DAY - timedelta(days=1))

    assert (found.closing, found.open) == (Decimal(0), ())


def test_a_run_at_work_moves_what_is_compared(sold: Business) -> None:
    with sold.at_work(), pytest.raises(LockHeldError):
        cleared(sold)


def test_an_account_that_is_no_clearing_account_is_refused(sold: Business) -> None:
    with pytest.raises(UsageError, match="55010 Kort"):
        cleared(sold, account=55099)
