"""A person who credits orders, and does what their held credit notes say."""

from datetime import date
from decimal import Decimal

from business import Business, Finished
from shop import CARD, ORDER_ID, a_line, raw_order

from dinero_sync.domain.step import Command, Sentence
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sync.run import resolve
from dinero_sync.sync.run.by_hand import refuse_to_release, release, skip_order
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.workplace import Workplace

WAYS = {"everything", "amount", "goods", "freight"}


def credit(business: Business, order_id: int = ORDER_ID, **options: object) -> Finished:
    """Credit an order in one of the ``WAYS``; what else is given are the command's options."""
    wanted = Wanted(**{name: options.pop(name) for name in list(options) if name in WAYS})  # type: ignore[arg-type]
    chosen = CreditOptions(wanted=wanted, reason="Retur", **options)  # type: ignore[arg-type]

    def work(place: Workplace) -> RunResult:
        found = decide_credit(place, business.order(order_id), chosen)
        return make_credit(place, found, chosen.reason)

    return business.do(work)


def held(business: Business, order_id: int = ORDER_ID) -> OrderRecord:
    """Return the one chain of an order that waits for a person."""
    with business.at_work(dry_run=True) as place:
        (chain,) = orders.held_chains(place.db, orders.loaded(place.db, order_id))
    return chain


def ways_out(chain: OrderRecord) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each way that a hold offers: the sentences, and the words of the command after them.

    A sentence at the end, without a command, is a way by itself.
    """
    found, said = [], list[str]()
    for step in chain.current.steps:
        if isinstance(step, Sentence):
            said.append(step.text)
        elif isinstance(step, Command):
            found.append((tuple(said), step.words))
            said = []
    return [*found, (tuple(said), ())] if said else found


def give(business: Business, words: tuple[str, ...]) -> None:
    """Give a command about what is held, and let the next run go on."""
    chain = held(business)
    with business.at_work() as place:
        match words:
            case ("retry", _, *_):
                refuse_to_release(chain, again=False)
                day = date.fromisoformat(words[3]) if words[2:3] == ("--date",) else None
                release(place.db, chain, place.clock.now(), day=day)
            case ("skip", *_):
                skip_order(place, chain, "done by hand")
            case ("resolve", _, "--accept", _):
                resolve.accept(place, resolve.gather(place, chain), "right as it is")
            case other:
                raise AssertionError(f"no hold of a credit note has said {other!r} before")
    business.run_once()


def sell_in_euro(business: Business) -> None:
    """Sell goods for 112.50 EUR, which is 839.25 kr. at the sandbox's rate, paid by Stripe."""
    stripe = {
        "name": "Stripe",
        "when": {"gateway_id": CARD},
        "paid": True,
        "deposit_account": 55080,
    }
    business.config["payment_types"] = [stripe]
    business.config["shoporama"]["currency"] = "EUR"
    business.sell(raw_order(products=[a_line(unit_price=Decimal("112.50"))]))
    business.run_once()
