"""A chargeback holds its order, and has its two ends: it is credited, or the buyer owes again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from business import Business
from crediting import credit, give, held, sell_in_euro, ways_out
from payout_files import CLEARING, FEES, ON_THE_WAY, SOLD, PayoutFiles, back, paid_out
from shop import ORDER_ID, raw_order, unpaid_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.money.went_back import CHARGEBACK, WentBack
from dinero_sync.sync.ladder.refund import owe_again, pay_back
from dinero_sync.sync.ladder.step import Climb
from dinero_sync.sync.payouts.chargebacks import note_what_went_back
from dinero_sync.sync.run.by_hand import refuse_to_release, skip_order
from dinero_sync.sync.run.credit.reopening import reopened
from dinero_sync.sync.run.resolve import Choice, gather

CHAIN = "chargeback:viabill:239:1"


def taken(payouts: PayoutFiles, amount: str = "125.00") -> None:
    """Put the file of a payout by which the buyer's bank took money back."""
    released = ("239", "2026-12-10", "Tilbageholdt", "", "300.00", "0.00")
    net = Decimal("300.00") - Decimal(amount)
    rows = (released, back(amount, "2026-12-10", "239", "Indsigelse"))
    payouts.put("b.csv", (*rows, paid_out(f"{net}", "239", "2026-12-10")))


def chargeback(payouts: PayoutFiles) -> OrderRecord:
    with payouts.business.at_work(dry_run=True) as place:
        return orders.loaded(place.db, ORDER_ID, CHAIN)


@pytest.fixture
def charged_back(payouts: PayoutFiles) -> PayoutFiles:
    """Sell a mug and have it paid out; then the buyer's bank takes the money back."""
    payouts.business.sell(raw_order())
    payouts.waits_on_clearing()
    payouts.put("a.csv", (SOLD, paid_out("122.75")))
    payouts.run()
    taken(payouts)
    return payouts


def clearing(payouts: PayoutFiles) -> Decimal:
    """Return what is left on the clearing account, but for what the provider released."""
    return payouts.business.sandbox.organisation.balances()[CLEARING] + 300


def test_it_holds_the_order_and_the_payout_is_posted(charged_back: PayoutFiles) -> None:
    finished = charged_back.run()

    assert charged_back.came(finished) == [("239", "booked", None)]
    assert finished.exit_code == ExitCode.HELD
    found = chargeback(charged_back)
    assert (found.standing, found.reason) == (Standing.HELD, "chargeback")
    assert found.current.facts["amount"] == Decimal(125)
    assert charged_back.business.order().standing is Standing.DONE
    (line,) = finished.events("order.outcome")
    assert (line["outcome"], line["reason"], line["total"]) == ("held", "chargeback", "125.00")
    with pytest.raises(UsageError, match="waits for your word"):
        refuse_to_release(found, again=False)
    assert charged_back.run().calls("dinero") == []


def test_it_ends_by_a_credit_note(charged_back: PayoutFiles) -> None:
    charged_back.run()

    credited = credit(charged_back.business, everything=True)

    assert credited.exit_code == ExitCode.OK
    assert charged_back.refunds() == [(Decimal(-125), date(2026, 12, 10))]
    assert clearing(charged_back) == 0
    assert chargeback(charged_back).standing is Standing.DONE
    assert charged_back.run().exit_code == ExitCode.OK


def test_it_ends_once_the_buyer_owes_again(charged_back: PayoutFiles) -> None:
    charged_back.run()

    finished = charged_back.business.do(
        lambda place: reopened(place, charged_back.business.order())
    )

    assert finished.exit_code == ExitCode.OK
    assert charged_back.refunds() == [(Decimal(-125), date(2026, 12, 10))]
    assert charged_back.business.invoice().remaining == Decimal(125)
    assert clearing(charged_back) == 0
    assert chargeback(charged_back).standing is Standing.DONE
    assert charged_back.run().calls("dinero") == []
    with pytest.raises(UsageError, match="No chargeback"):
        charged_back.business.do(lambda place: reopened(place, charged_back.business.order()))


def won(payouts: PayoutFiles) -> None:
    """Put the file of a payout by which the provider gives the money back."""
    payouts.settings["sources"].append(
        {
            "id": "stripe",
            "name": "Stripe",
            "format": "stripe",
            "references": ["*#{number}"],
            "clearing_account": CLEARING,
            "paid_to": ON_THE_WAY,
            "fee_account": FEES,
        }
    )
    (payouts.inbox / "c.csv").write_text(
        "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,currency,"
        "gross,fee,net,reporting_category,description\n"
        "po_1,2026-12-10 01:00:00,txn_1,2026-12-09 10:00:00,dkk,125.00,0.00,125.00,"
        "dispute_reversal,Shop order #10427\n"
        "po_1,2026-12-10 01:00:00,txn_2,2026-12-09 10:00:00,dkk,-125.00,0.00,-125.00,payout,\n"
    )


def test_one_that_the_shop_won_ends_by_itself(charged_back: PayoutFiles) -> None:
    charged_back.run()
    won(charged_back)

    charged_back.run()

    assert chargeback(charged_back).standing is Standing.DONE
    assert charged_back.refunds() == []
    with pytest.raises(UsageError, match="No chargeback"):
        charged_back.business.do(lambda place: reopened(place, charged_back.business.order()))


def test_one_that_was_won_after_it_ended_is_told(charged_back: PayoutFiles) -> None:
    charged_back.run()
    credit(charged_back.business, everything=True)
    won(charged_back)

    charged_back.run()

    with charged_back.business.at_work() as place:
        (chain,) = orders.held_chains(place.db, charged_back.business.order())
        assert chain.current.text == "chargeback.won"
        skip_order(place, chain, "invoiced again by hand")
    assert len(charged_back.refunds()) == 1


@pytest.mark.slow
def test_what_a_credit_note_took_of_it_is_not_owed_again(charged_back: PayoutFiles) -> None:
    charged_back.run()
    credit(charged_back.business, amount=Decimal(25))
    assert chargeback(charged_back).standing is Standing.HELD

    charged_back.business.do(lambda place: reopened(place, charged_back.business.order()))

    day = date(2026, 12, 10)
    assert charged_back.refunds() == [(Decimal(-25), day), (Decimal(-100), day)]
    assert charged_back.business.invoice().remaining == Decimal(100)
    assert clearing(charged_back) == 0


@pytest.mark.slow
def test_it_may_be_ended_by_hand(charged_back: PayoutFiles) -> None:
    charged_back.run()

    with charged_back.business.at_work() as place:
        (chain,) = orders.held_chains(place.db, charged_back.business.order())
        skip_order(place, chain, "we object")

    assert chargeback(charged_back).standing is Standing.SKIPPED
    assert charged_back.run().exit_code == ExitCode.OK


@pytest.mark.parametrize("kind", ["reset_after", pytest.param("truncated", marks=pytest.mark.slow)])
def test_a_lost_answer_is_read(charged_back: PayoutFiles, kind: str) -> None:
    charged_back.run()
    charged_back.business.fault(kind, "*/payments", "POST")

    charged_back.business.do(lambda place: reopened(place, charged_back.business.order()))

    assert charged_back.refunds() == [(Decimal(-125), date(2026, 12, 10))]
    assert chargeback(charged_back).standing is Standing.DONE


def test_an_order_that_was_adopted_is_dealt_with_by_hand(payouts: PayoutFiles) -> None:
    payouts.business.sell(unpaid_order())
    payouts.run()
    with payouts.business.at_work() as place:
        skip_order(place, payouts.business.order(), "invoice 7", SkipReason.BOOKED_ELSEWHERE)
    taken(payouts)

    payouts.run()

    found = chargeback(payouts)
    assert (found.standing, found.current.text) == (Standing.HELD, "chargeback.elsewhere")


def in_a_closed_period(payouts: PayoutFiles) -> None:
    """Say that the buyer owes again, once the chargeback's period is closed."""
    payouts.business.config["dinero"]["closed_until"] = "2026-12-10"
    payouts.business.wait(days=1)
    payouts.business.do(lambda place: reopened(place, payouts.business.order()))


@pytest.mark.parametrize("way", [pytest.param(0, marks=pytest.mark.slow), 1])
def test_a_closed_period_holds_it_until_a_day_is_chosen(
    way: int, charged_back: PayoutFiles
) -> None:
    charged_back.run()
    in_a_closed_period(charged_back)
    chain = held(charged_back.business)
    assert chain.current.text == "period_closed.chargeback"
    words = ways_out(chain)[way][1]

    give(charged_back.business, words)

    assert charged_back.refunds() == [(Decimal(-125), date.fromisoformat(words[3]))]
    assert chargeback(charged_back).standing is Standing.DONE


def test_one_that_no_account_paid_is_registered_by_hand(charged_back: PayoutFiles) -> None:
    charged_back.run()
    (paid,) = charged_back.business.invoice().payments
    parts = [replace(paid, amount=Decimal(60)), replace(paid, amount=Decimal(65))]
    parts[1].deposit_account = 55000
    charged_back.business.invoice().payments[:] = parts
    charged_back.business.do(lambda place: reopened(place, charged_back.business.order()))
    chain = held(charged_back.business)
    assert chain.current.text == "paid_differently.chargeback"

    give(charged_back.business, ways_out(chain)[0][1])

    assert chargeback(charged_back).standing is Standing.DONE
    assert charged_back.run().exit_code == ExitCode.OK


def test_each_way_out_that_it_names_is_a_command(charged_back: PayoutFiles) -> None:
    charged_back.run()

    given = [words for _, words in ways_out(held(charged_back.business))]

    assert given == [
        ("credit", "ORDER", "--amount", "125.00", "--reason", "TEXT"),
        ("resolve", "ORDER", "--reopen"),
        ("skip", "ORDER", "--reason", "TEXT"),
    ]


def test_resolve_tells_what_there_is_to_choose(charged_back: PayoutFiles) -> None:
    charged_back.run()

    with charged_back.business.at_work() as place:
        found = gather(place, chargeback(charged_back))

    assert found.choices() == (Choice.CREDIT, Choice.REOPEN, Choice.SKIP)


def test_payouts_have_no_buyer_who_owes(charged_back: PayoutFiles) -> None:
    with (
        charged_back.business.at_work() as place,
        pytest.raises(UsageError, match="no buyer"),
    ):
        reopened(place, charged_back.record())


def test_a_refund_whose_answer_was_lost_ends_the_chargeback_all_the_same(
    charged_back: PayoutFiles,
) -> None:
    charged_back.run()
    charged_back.business.fault("reset_after", "*/payments", "POST")

    credit(charged_back.business, everything=True)

    assert len(charged_back.refunds()) == 1
    assert chargeback(charged_back).standing is Standing.DONE


def test_what_is_owed_again_in_another_currency_has_the_rate_of_the_payment(
    business: Business,
) -> None:
    sell_in_euro(business)
    row = WentBack(
        payout="payout:stripe:po_1",
        kind=CHARGEBACK,
        place=1,
        day=date(2026, 12, 9),
        amount=Decimal("50.00"),
        currency="EUR",
    )
    with business.at_work() as place:
        list(note_what_went_back(place.ledger, {ORDER_ID: [row]}))

    business.do(lambda place: reopened(place, business.order()))

    (_, back_) = business.invoice().payments
    assert (back_.amount, back_.amount_in_currency) == (Decimal("-373.00"), Decimal("-50.00"))
    assert business.invoice().remaining == Decimal("50.00")


def test_one_in_another_currency_than_the_invoice_is_dealt_with_by_hand(
    charged_back: PayoutFiles,
) -> None:
    row = WentBack(
        payout="payout:stripe:po_1",
        kind=CHARGEBACK,
        place=1,
        day=date(2026, 12, 9),
        amount=Decimal("16.80"),
        currency="EUR",
    )
    with charged_back.business.at_work() as place:
        (chain,) = note_what_went_back(place.ledger, {ORDER_ID: [row]})

    assert chain.current.text == "chargeback.elsewhere"


def test_one_of_more_than_the_invoice_is_dealt_with_by_hand(charged_back: PayoutFiles) -> None:
    taken(charged_back, "125.01")

    charged_back.run()

    chain = held(charged_back.business)
    assert chain.current.text == "chargeback.elsewhere"
    assert [words for _, words in ways_out(chain)] == [("skip", "ORDER", "--reason", "TEXT")]


def test_the_file_may_come_again(charged_back: PayoutFiles) -> None:
    charged_back.run()
    taken(charged_back)

    again = charged_back.run()

    assert charged_back.came(again) == [("239", "known", None)]
    assert chargeback(charged_back).standing is Standing.HELD


@pytest.mark.parametrize("take", [pay_back, owe_again])
def test_what_has_no_plan_is_a_fault_of_the_program(
    take: Callable[[Climb, OrderRecord], OrderRecord], charged_back: PayoutFiles
) -> None:
    with charged_back.business.at_work() as place, pytest.raises(LookupError, match="no plan"):
        take(Climb(ledger=place.ledger), charged_back.business.order())
