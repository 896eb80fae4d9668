"""The month as its shop's owner goes through it, by the installed command, and checked.

Every order is booked as it was paid; goods come back, and an order is cancelled; six providers pay
out, and two buyers' banks take money back. At the end each clearing account holds what is still to
come, and each invoice is paid that should be.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.month import trade
from dinero_sync.sandbox.month.files import (
    BANK_FILE,
    HELD_BACK,
    Month,
    bank_statement,
    settlement_files,
)
from dinero_sync.sandbox.month.rules import CLEARING, INBOX, month_config
from dinero_sync.sandbox.month.trade import captured, order_id
from dinero_sync.sandbox.stage import DONE, HELD, Stage, say
from dinero_sync.sandbox.state import Sandbox

GIFT_CARD_DEBT, SINGLE_PURPOSE_DEBT, REDEEMED = 63080, 63085, 55090
NOTHING = Decimal("0.00")
MUG, TOWEL = "KRUS-01:1", "VISK-04:1"


def play(sandbox: Sandbox, folder: Path) -> list[str]:
    """Play the month in a shop that has no orders yet; returns what went wrong."""
    stage, month = _begin(sandbox, folder)
    faults = [
        *_sold(stage),
        *_went_back(sandbox, stage, month),
        *_paid_out(stage, month),
        *_decided(stage),
        *_proved(sandbox, stage, month),
    ]
    return [*faults, *(complaint.message for complaint in sandbox.complaints)]


def _begin(sandbox: Sandbox, folder: Path) -> tuple[Stage, Month]:
    stage, first = Stage(folder), trade.month_before(sandbox.today())
    sandbox.catalogue.gateways[:] = trade.raw_gateways()
    sandbox.add_orders(trade.raw_orders(first))
    stage.begin(month_config(sandbox.url, first))
    (stage.folder / INBOX).mkdir()
    return stage, Month(first, sandbox.orders)


def _sold(stage: Stage) -> Iterator[str]:
    say(
        "A month of a shop: six ways to pay, gift cards, and an invoice to be paid later.\n"
        "Every order is booked, with its payment on the clearing account of its provider:\n"
    )
    yield from _run(stage, DONE, "run", "--table")


def _went_back(sandbox: Sandbox, stage: Stage, month: Month) -> Iterator[str]:
    say(
        "\nA mug and a towel come back: two credit notes. The mug's refund is registered at once,\n"
        "for Clearhaus names no orders; the towel's waits until MobilePay tells of it:\n"
    )
    mug, towel = (
        (f"#{number}", "--reason", "Retur", "--date", f"{month.day(number)}")
        for number in (trade.MUG_RETURNED, trade.TOWEL_RETURNED)
    )
    yield from _run(stage, DONE, "credit", *mug, "--line", MUG)
    yield from _run(stage, DONE, "credit", *towel, "--line", TOWEL)
    sandbox.change_order(order_id(trade.CANCELLED), {"status": "cancelled"})
    say(f"\nOrder {trade.CANCELLED} is cancelled in the shop. Its credit note is proposed:\n")
    yield from _run(stage, HELD, "run", "--table")
    yield from _run(stage, DONE, "credit", f"#{trade.CANCELLED}", "--accept")


def _paid_out(stage: Stage, month: Month) -> Iterator[str]:
    for name, text in settlement_files(month).items():
        (stage.folder / INBOX / name).write_text(text, encoding="utf-8")
    statement = stage.folder / BANK_FILE
    statement.write_text(bank_statement(month), encoding="utf-8")
    say(
        "\nSix providers' settlement files come, and the bank's statement, which tells what\n"
        "Stripe's file doesn't. One is of a form that waits for one look:\n"
    )
    yield from _run(stage, HELD, "payouts", "--statement", str(statement))
    say("\nIt was read rightly:\n")
    yield from _run(stage, DONE, "retry", "payout:klarna:XISA93DJ")
    yield from _run(stage, HELD, "run", "--table")


def _decided(stage: Stage) -> Iterator[str]:
    lost, owed = f"#{trade.CHARGED_BACK}", f"#{trade.OWED_AGAIN}"
    say("\nTwo buyers' banks took their money back, as the files tell:\n")
    yield from _run(stage, DONE, "status")
    say("\nOne sale is given up, and one buyer is to pay again:\n")
    yield from _run(stage, HELD, "credit", lost, "--all", "--reason", "Indsigelse")
    yield from _run(stage, DONE, "resolve", owed, "--reopen")
    yield from _run(stage, DONE, "run", "--table")


def _proved(sandbox: Sandbox, stage: Stage, month: Month) -> Iterator[str]:
    period = ("--from", f"{month.first}", "--until", f"{month.last}")
    say("\nWhat each clearing account holds, and what that is made of:\n")
    yield from _run(stage, DONE, "clearing", *period)
    say("\nAnd whether every order of the month is in the books, once and to the øre:\n")
    yield from _run(stage, DONE, "reconcile", "--from", f"{month.first}", "--to", f"{month.last}")
    yield from _faults_of_accounts(sandbox, stage.ask("clearing", *period)["accounts"])
    yield from _faults_of_invoices(sandbox)


def _run(stage: Stage, expected: int, *words: str) -> Iterator[str]:
    status = stage.run(*words)
    if status != expected:
        yield f"{' '.join(words)} ended with {status}, not {expected}."


def still_to_come(sandbox: Sandbox) -> dict[int, Decimal]:
    """Return what each account should hold after the month, by what was captured and paid out."""
    left = dict.fromkeys((*CLEARING.values(), REDEEMED), NOTHING)
    left[CLEARING["card"]] = captured(sandbox.orders, trade.STILL_TO_COME)
    left[CLEARING["klarna"]] = HELD_BACK
    return left


def owed_to_card_holders() -> dict[int, Decimal]:
    """Return what the accounts of gift cards hold: what was sold and not used, without VAT."""
    used = sum((each.gift_card for each in trade.BOUGHT), NOTHING)
    multi, single = (trade.GIFT_CARDS[kind] for kind in ("multi_purpose", "single_purpose"))
    without_vat = single.price / (1 + Decimal(single.vat) / 100)
    return {GIFT_CARD_DEBT: used - multi.price, SINGLE_PURPOSE_DEBT: -without_vat}


def still_owed(sandbox: Sandbox) -> dict[int, Decimal]:
    """Return what the buyers of the month still owe, by order: all others owe nothing."""
    open_again = captured(sandbox.orders, trade.OWED_AGAIN)
    return {
        trade.OWED_AGAIN: open_again,
        trade.INVOICED: captured(sandbox.orders, trade.INVOICED),
    }


def _faults_of_accounts(sandbox: Sandbox, told: list[Json]) -> Iterator[str]:
    """Compare the books' accounts with what should be left, and `clearing` with both."""
    balances, expected_there = sandbox.organisation.balances(), still_to_come(sandbox)
    for account, expected in (expected_there | owed_to_card_holders()).items():
        if balances.get(account, NOTHING) != expected:
            yield f"Account {account} holds {balances.get(account)}, not {expected}."
    statements = {each["account"]: each for each in told}
    for account, expected in expected_there.items():
        statement = statements[account]
        named = [Decimal(each["amount"]) for each in (*statement["open"], *statement["kept"])]
        if Decimal(statement["closing"]) != expected or sum(named, NOTHING) != expected:
            yield f"What clearing tells of {account} isn't {expected}."


def _faults_of_invoices(sandbox: Sandbox) -> Iterator[str]:
    """Compare what is owed on each invoice with what the buyer still has to pay."""
    owed = {f"shoporama:{order_id(number)}": left for number, left in still_owed(sandbox).items()}
    invoices = list(sandbox.organisation.invoices.values())
    for invoice in invoices:
        name = str(invoice.fields["ExternalReference"])
        expected = owed.get(name, NOTHING)
        if not invoice.is_booked or invoice.remaining != expected:
            yield f"{name}: {invoice.remaining} is owed, not {expected}."
    if len(invoices) != len(sandbox.orders):
        yield f"The shop's {len(sandbox.orders)} orders have {len(invoices)} invoices."
    say(
        f"\n{len(invoices)} invoices: {len(invoices) - len(owed)} are paid, or credited and paid "
        f"back.\nOrder {trade.OWED_AGAIN} is to be paid again, and {trade.INVOICED} is on credit."
    )
