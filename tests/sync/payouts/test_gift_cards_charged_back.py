"""An order that a gift card and money paid, and whose money a buyer's bank took back."""

import shutil
from decimal import Decimal

import pytest
from crediting import credit
from payout_files import CLEARING, PayoutFiles, back, paid_out
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.run.credit.reopening import reopened

DEBT, REDEEMED = 63080, 55090
BY_CARD, KEPT = Decimal("200.00"), Decimal(1000)


@pytest.fixture
def paid_out_once(payouts: PayoutFiles) -> PayoutFiles:
    """Sell for 549.00, of which a gift card pays 200.00, and have the 349.00 paid out."""
    payouts.business.config["posting"] = {
        "gift_cards": {
            "kind": "multi_purpose",
            "account": DEBT,
            "voucher_codes": "GK-*",
            "redeemed_account": REDEEMED,
        }
    }
    payouts.business.sell(
        raw_order(
            products=[a_line(unit_price=Decimal("500.00"))],
            shipping_price=Decimal("49.00"),
            voucher_code="GK-77",
            voucher_discount_amount=BY_CARD,
        )
    )
    payouts.waits_on_clearing()
    sale = ("238", "2026-12-08", "Køb", "10427", "349.00", "0.00")
    payouts.put("a.csv", (sale, paid_out("349.00")))
    payouts.run()
    return payouts


def told(payouts: PayoutFiles, payout: str, amount: str, kind: str = "Retur") -> None:
    """Put the file of a payout by which money went back, besides what the provider had kept."""
    day = "2026-12-10"
    kept = (payout, day, "Tilbageholdt", "", str(KEPT), "0.00")
    rows = (kept, back(amount, day, payout, kind))
    payouts.put(f"{payout}.csv", (*rows, paid_out(f"{KEPT - Decimal(amount)}", payout, day)))
    payouts.run()


def owed_again(payouts: PayoutFiles, amount: str) -> None:
    """Let a buyer's bank take money back, which the buyer owes again."""
    told(payouts, "239", amount, "Indsigelse")
    payouts.business.do(lambda place: reopened(place, payouts.business.order()))


def went_back(payouts: PayoutFiles) -> list[tuple[int, Decimal]]:
    """Return what was paid back on the invoice: account, amount."""
    payments = payouts.business.invoice().payments
    return [(each.deposit_account, each.amount) for each in payments if each.amount < 0]


def balances(payouts: PayoutFiles, files: int) -> dict[int, Decimal]:
    """Return what the accounts of money and cards hold, but for what the provider had kept."""
    payouts.business.wait(minutes=1)
    found = payouts.business.sandbox.organisation.balances()
    found[CLEARING] += files * KEPT
    return {each: found[each] for each in (CLEARING, DEBT, REDEEMED, 53000) if found.get(each)}


def test_money_that_is_owed_again_is_not_given_back_from_the_card(
    paid_out_once: PayoutFiles,
) -> None:
    owed_again(paid_out_once, "349.00")

    credit(paid_out_once.business, everything=True)
    paid_out_once.run()

    assert went_back(paid_out_once) == [(CLEARING, Decimal(-349)), (REDEEMED, -BY_CARD)]
    assert balances(paid_out_once, 1) == {}


def test_what_is_left_in_money_waits_for_its_file_and_the_rest_for_none(
    paid_out_once: PayoutFiles,
) -> None:
    owed_again(paid_out_once, "100.00")
    credit(paid_out_once.business, everything=True)
    assert went_back(paid_out_once) == [(CLEARING, Decimal(-100))]

    told(paid_out_once, "240", "249.00")
    paid_out_once.run()

    assert went_back(paid_out_once)[1:] == [(CLEARING, Decimal(-249)), (REDEEMED, -BY_CARD)]
    assert balances(paid_out_once, 2) == {}


def test_what_forgotten_credit_notes_gave_back_is_told_by_dinero(
    paid_out_once: PayoutFiles,
) -> None:
    credit(paid_out_once.business, amount=Decimal(300))
    told(paid_out_once, "239", "300.00")
    shutil.rmtree(paid_out_once.business.state_folder)
    for name in paid_out_once.files():
        path = paid_out_once.inbox / name
        path.rename(paid_out_once.inbox / path.name)
    paid_out_once.run()

    credit(paid_out_once.business, everything=True)
    told(paid_out_once, "240", "49.00")
    paid_out_once.run()

    assert went_back(paid_out_once)[1:] == [(CLEARING, Decimal(-49)), (REDEEMED, -BY_CARD)]
    assert balances(paid_out_once, 2) == {}
    with paid_out_once.business.at_work(dry_run=True) as place:
        chain = orders.loaded(place.db, ORDER_ID, "credit:2")
    assert chain.standing is Standing.DONE
