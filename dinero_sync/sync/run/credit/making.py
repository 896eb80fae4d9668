"""A credit note of a booked order, as a person asks for it: decided, journalled, delivered."""

from dataclasses import dataclass, replace
from datetime import date

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.documents import CreditPlan, Share
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.chains import credit_chain
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.effects import CHOSEN_DAY
from dinero_sync.posting.credit.left import total_left
from dinero_sync.posting.credit.note import CardAccounts, Terms, credit_plan
from dinero_sync.posting.credit.selection import SelectionError, Wanted, chosen
from dinero_sync.sync.run.by_hand import note_decision
from dinero_sync.sync.run.credit.credited import Credited, credited
from dinero_sync.sync.run.credit.later_chains import deliver_chains
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.work.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditOptions:
    """What a person asked for."""

    wanted: Wanted
    reason: str
    refunds: bool = True
    to_gift_card: bool = False
    """Give the buyer a gift card in place of the money."""
    day: date | None = None
    """The accounting date; None for today."""
    again: bool = False
    """Make it though the same was credited before."""


def decide_credit(place: Workplace, record: OrderRecord, options: CreditOptions) -> OrderRecord:
    """Return an order with the credit note that is asked for, begun or not; costs some reading.

    The same selection while one is unfinished is that one. Raises UsageError for what can't be
    credited, with what is left, and for what was credited before, unless it is to be done again.
    """
    found = credited(place, record)
    name = options.wanted.name()
    same = [each for each in found.earlier if each.credit and each.credit.selection == name]
    unfinished = next((each for each in same if each.standing is not Standing.DONE), None)
    if unfinished is not None:
        return unfinished
    shares = _shares(found, options.wanted)
    if (same or shares in found.recalled) and not options.again:
        raise UsageError(
            spoken(
                "The same was credited before for order #{number}. If it is to be credited once "
                "more, give the same command with --again.",
                number=record.number,
            )
        )
    plan = credit_plan(found.sold, shares, found.left, _terms(place, found, options))
    return credit_record(found, found.next_key, plan)


def credit_record(found: Credited, key: str, plan: CreditPlan) -> OrderRecord:
    """Return an order with a new credit note, made out to the contact of its invoice."""
    chain = credit_chain(found.record, key, plan)
    return chain.having(replace(chain.sale, contact_guid=found.contact_guid))


def _shares(found: Credited, wanted: Wanted) -> tuple[Share, ...]:
    try:
        return chosen(found.sold.booked, wanted, found.left)
    except SelectionError as error:
        left = total_left(found.left)
        raise UsageError(
            spoken(
                "That can't be credited of invoice {invoice}, order #{number}: {why}. In all "
                "{left} {currency} are left of it. Nothing was credited.",
                invoice=found.sold.invoice_number,
                number=found.record.number,
                why=error.why,
                left=round_to_ore(left),
                currency=found.sold.plan.invoice.currency,
            )
        ) from None


def _terms(place: Workplace, found: Credited, options: CreditOptions) -> Terms:
    today = accounting_date(place.clock.now())
    day = options.day or today
    if not found.sold.plan.invoice.date <= day <= today:
        raise UsageError(
            spoken(
                "A credit note of invoice {invoice} is dated from {invoiced}, the day of the "
                "invoice, to today, and not {day}. Nothing was credited.",
                invoice=found.sold.invoice_number,
                invoiced=found.sold.plan.invoice.date,
                day=day,
            )
        )
    return Terms(
        key=found.next_key,
        day=day,
        reason=options.reason,
        selection=options.wanted.name(),
        refunds=options.refunds,
        to_gift_card=_card_accounts(place, found) if options.to_gift_card else None,
    )


def _card_accounts(place: Workplace, found: Credited) -> CardAccounts:
    """Return where a gift card is booked; raises UsageError where the configuration can't say."""
    cards = place.settings.gift_cards
    if cards is not None and cards.is_multi_purpose and cards.redeemed_account is not None:
        if found.sold.plan.invoice.currency == KRONER:
            return CardAccounts(redeemed=cards.redeemed_account, debt=cards.account)
        raise UsageError(
            spoken(
                "Order #{number} is in {currency}, and gift cards are in kroner. Nothing was "
                "credited. Credit it without --refund-to.",
                number=found.record.number,
                currency=found.sold.plan.invoice.currency,
            )
        )
    raise UsageError(
        spoken(
            "--refund-to gift_card needs gift cards of several purposes in the configuration, "
            "with the account where they are registered (posting.gift_cards: kind: "
            "multi_purpose, and redeemed_account). Nothing was credited."
        )
    )


def make_credit(
    place: Workplace, record: OrderRecord, reason: str, chosen: date | None = None
) -> RunResult:
    """Journal a credit note and take it up the ladder; one that is there goes on.

    ``chosen`` is the day that a person named for it: it is taken though its period be closed.
    Expected errors are in the result, as with a run.
    """

    def work(result: RunResult) -> None:
        if orders.load(place.db, record.order_id, record.chain) is None:
            day = {} if chosen is None else {CHOSEN_DAY: chosen.isoformat()}
            decision = {"credit": reason, "document": record.chain, **day}
            note_decision(place.db, record, place.clock.now(), decision)
            orders.save(place.db, record)
        deliver_chains(place, [record], result)

    return ended(place, work)
