"""What must hold once everything is quiet; each violation is a sentence.

One contact per buyer, one invoice per order, one payment per invoice, totals to the øre, nothing
undue, accounts that add up, a journal that says so, and no repetition without a look.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from itertools import chain
from pathlib import Path

from crash_bills import ExpectedBill, bill_violations
from crash_orders import Expected
from crash_payouts import ExpectedPayout, is_of_payout, payout_violations
from records import message_of

from dinero_sync.domain.step import Language
from dinero_sync.journal import effects, orders
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.effects import Phase
from dinero_sync.journal.upkeep.verification import verify
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.dinero.company import DEBTORS
from dinero_sync.sandbox.state import RequestRecord, Sandbox
from dinero_sync.texts.screens.saying import tell

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
QUESTIONS = ("/ledgeritems/status", "/ledgeritems/ledgers", "/vouchers/purchase/similar")
"""Paths that are asked by POST and change nothing."""
REDEEMED, DEBT = 55090, 63080
"""Where payments by gift cards are registered, and the debt to those who hold cards."""
LABELS_OF_AN_ORDER = "order_labels"
LABELLED = ["VIP", "dinero-ok"]
"""What booked orders bear where labels are written: the shop's own label stays."""
HTTP_OK = 200
SERVER_ERROR = 500
DOCUMENT = re.compile(r"/(?:invoices|creditnotes)/([^/]+)")
GARBLING_FAULTS = frozenset(
    {"html", "truncated", "hang_before", "hang_after", "status_before", "status_after"}
)
SENT_AGAIN = "Sent again without a look"
AT_REST = {
    "booked": frozenset({Standing.DONE}),
    "draft": frozenset({Standing.OPEN}),
    "none": frozenset({Standing.OPEN, Standing.SKIPPED}),
}
"""How the journal may say that an order stands, by the document that it has."""


def violations(
    sandbox: Sandbox,
    state_folder: Path,
    expected: Sequence[Expected],
    bills: Sequence[ExpectedBill] = (),
    payouts: Sequence[ExpectedPayout] = (),
) -> list[str]:
    """Compare books and journal with what must have come of the orders, and of files."""
    return [
        *bill_violations(sandbox, state_folder, bills),
        *payout_violations(sandbox, state_folder, payouts),
        *_contacts(sandbox, expected),
        *_invoices(sandbox, expected),
        *_credit_notes(sandbox, expected),
        *_accounts(sandbox, expected),
        *_items(sandbox, expected),
        *_labels(sandbox),
        *journal_violations(state_folder, expected),
        *blind_repetitions(sandbox.requests),
        *(f"Dinero complains: {each.message}" for each in sandbox.complaints),
    ]


def _labels(sandbox: Sandbox) -> Iterator[str]:
    """Compare the labels of booked orders, where the shop shows any, with what they must be.

    A shop that was in trouble may be spared labels for a day; none is ever written twice.
    """
    troubled = any(each.fault not in {None, "kill"} for each in sandbox.requests)
    for order_id, order in sandbox.orders.items():
        found = order.get(LABELS_OF_AN_ORDER)
        if found not in (None, LABELLED) and not (troubled and found == LABELLED[:1]):
            yield f"Order {order_id} has the labels {found}, and not {LABELLED}."
        path = f"/shoporama/REST/order/{order_id}"
        written = [each for each in sandbox.requests if (each.method, each.path) == ("PATCH", path)]
        done = [each for each in written if each.status == HTTP_OK and each.fault is None]
        if len(done) > 1:
            yield f"Order {order_id} was labelled {len(done)} times."


def writes(requests: Iterable[RequestRecord]) -> list[RequestRecord]:
    """Return the requests that could have changed something at Dinero."""
    return [
        each
        for each in requests
        if each.service == "dinero"
        and each.method in WRITING_METHODS
        and not each.path.endswith(QUESTIONS)
    ]


def _contacts(sandbox: Sandbox, expected: Sequence[Expected]) -> Iterator[str]:
    live = [each for each in sandbox.contacts.values() if each.deleted_at is None]
    buyers = [each for each in live if each.fields["Email"]]
    found = sorted(str(contact.fields["Email"]) for contact in buyers)
    wanted = sorted({each.email for each in expected if each.has_contact})
    if found != wanted:
        yield f"{len(wanted)} buyers have {len(found)} contacts."


def _invoices(sandbox: Sandbox, expected: Sequence[Expected]) -> Iterator[str]:
    live = [each for each in sandbox.invoices.values() if each.deleted_at is None]
    references = {f"shoporama:{each.order_id}": each for each in expected}
    for invoice in live:
        if invoice.fields["ExternalReference"] not in references:
            yield f"An invoice of nobody's order: {invoice.fields['ExternalReference']}."
    for reference, order in references.items():
        of_order = [each for each in live if each.fields["ExternalReference"] == reference]
        yield from _invoices_of(order, of_order)


def _invoices_of(order: Expected, invoices: Sequence[Invoice]) -> Iterator[str]:
    wanted = 0 if order.document == "none" else 1
    if len(invoices) != wanted:
        yield f"Order {order.order_id} has {len(invoices)} invoices, not {wanted}."
    for invoice in invoices:
        if invoice.is_booked != (order.document == "booked"):
            yield f"Order {order.order_id}: booked is {invoice.is_booked}."
        if invoice.totals.gross != order.total:
            yield f"Order {order.order_id} of {order.total} is invoiced as {invoice.totals.gross}."
        money = [each for each in invoice.payments if not each.set_off]
        paid = [(each.deposit_account, each.amount) for each in money]
        due = _due(order)
        if paid != due:
            yield f"Order {order.order_id} is paid {paid}, not {due}."
        if len(invoice.mailouts) != order.sent:
            yield f"Order {order.order_id} was sent {len(invoice.mailouts)} times."


def _due(order: Expected) -> list[tuple[int | None, Decimal]]:
    """Return the payments that an order must have, the first one first: account, amount."""
    account = order.deposit_account
    due = [
        (REDEEMED, order.by_gift_card),
        (account, order.by_money),
        (account, -order.back_in_money),
        (REDEEMED, -order.to_gift_card),
        (account, -order.owed_again),
    ]
    return [(number, amount) for number, amount in due if amount and number is not None]


def _credit_notes(sandbox: Sandbox, expected: Sequence[Expected]) -> Iterator[str]:
    """Compare the credit notes: one, booked, for each order that is credited."""
    live = [each for each in sandbox.credit_notes.values() if each.deleted_at is None]
    found = sorted((each.is_booked, each.totals.gross) for each in live)
    wanted = sorted((True, order.credited) for order in expected if order.credited)
    if found != wanted:
        yield f"The credit notes (booked, total) are {found}, not {wanted}."


def _accounts(sandbox: Sandbox, expected: Sequence[Expected]) -> Iterator[str]:
    """Compare what is owed and what was paid, and add everything up."""
    balances = sandbox.organisation.balances()
    if sum(balances.values()) != 0:
        yield f"The accounts add up to {sum(balances.values())}."
    wanted: dict[int, Decimal] = {}
    for order in expected:
        if order.document == "booked":
            account = order.deposit_account or DEBTORS
            left = order.by_money - order.back_in_money - order.owed_again - order.paid_out
            wanted[account] = wanted.get(account, Decimal(0)) + left
            debt = order.by_gift_card - order.to_gift_card
            wanted[DEBT] = wanted.get(DEBT, Decimal(0)) + debt
    for account in {REDEEMED, DEBT, *(each.deposit_account or DEBTORS for each in expected)}:
        found = balances.get(account, Decimal(0))
        if found != wanted.get(account, Decimal(0)):
            yield f"Account {account} holds {found}, not {wanted.get(account, 0)}."


def _items(sandbox: Sandbox, expected: Sequence[Expected]) -> Iterator[str]:
    """Compare the margins of second-hand goods, and what gift cards paid: each in its own item.

    A fifth of a margin is VAT; the rest stands on the account of margins. What was credited has one
    more, the other way round.
    """
    items = [each for each in sandbox.organisation.ledger_items.values() if not is_of_payout(each)]
    margins = ([each.margin] * (2 if each.credited else 1) for each in expected if each.margin)
    of_cards = chain.from_iterable((each.by_gift_card, each.to_gift_card) for each in expected)
    cards = (amount for amount in of_cards if amount)
    wanted = sorted(chain(chain.from_iterable(margins), cards))
    found = sorted(Decimal(str(item.fields["Lines"][0]["Amount"])) for item in items)
    if found != wanted:
        yield f"The margins and gift cards are {found}, not {wanted}."
    unbooked = [item.guid for item in items if item.status != "Booked"]
    if unbooked:
        yield f"{len(unbooked)} margins or gift cards aren't booked."


def journal_violations(state_folder: Path, expected: Sequence[Expected]) -> Iterator[str]:
    """Compare a journal with what must have come of the orders."""
    with closing(open_copy(state_folder)) as db:
        for order in expected:
            record = orders.load(db, order.order_id)
            if record is None:
                yield f"Order {order.order_id} isn't in the journal."
                continue
            if record.standing not in AT_REST[order.document]:
                stands = (
                    f"{record.standing} at {record.rung} ({record.reason}: {message_of(record)})"
                )
                yield f"Order {order.order_id} stands as {stands}."
            for later in orders.chains(db, order.order_id)[1:]:
                if later.standing is not Standing.DONE:
                    yield f"{later.chain} of order {order.order_id} stands as {later.standing}."
            begun = sorted(effects.open_intents(db, order.order_id))
            if begun:
                yield f"Order {order.order_id} has changes without an outcome: {', '.join(begun)}."
        for fault in verify(db).faults:
            yield tell(fault.text, Language.ENGLISH, **fault.facts)


def unannounced_writes(state_folder: Path, requests: Iterable[RequestRecord]) -> Iterator[str]:
    """Compare what Dinero was sent with the journal of a process that just died.

    Every change is written down before it is sent, so there are never fewer intents than changes.
    """
    sent = writes(requests)
    if not sent:
        return
    with closing(open_copy(state_folder)) as db:
        (intents,) = db.execute(
            "SELECT COUNT(*) FROM effects WHERE phase = ?", (str(Phase.INTENT),)
        ).fetchone()
    if intents < len(sent):
        yield f"{len(sent)} changes were sent and {intents} are in the journal."


def blind_repetitions(requests: Iterable[RequestRecord]) -> Iterator[str]:
    """Name changes without an identity that were sent again before anybody looked.

    A booking, a payment, or a change of a draft that got no clear answer may have happened. Before
    it is sent again, the invoice has to be read; before a payment, its payments have to be.
    """
    unanswered: set[tuple[str, str, bytes]] = set()
    for request in requests:
        if request.service != "dinero" or not DOCUMENT.search(request.path):
            continue
        key = (request.method, request.path, request.raw_body)
        if request.method == "GET":
            if request.status == HTTP_OK and request.fault is None:
                unanswered = {each for each in unanswered if not _is_settled_by(each[1], request)}
        elif key in unanswered:
            yield f"{SENT_AGAIN}: request {request.number}, {request.path}."
        elif _is_unclear(request):
            unanswered.add(key)


def _is_unclear(request: RequestRecord) -> bool:
    garbled = request.fault in GARBLING_FAULTS
    return garbled or request.status is None or request.status >= SERVER_ERROR


def _is_settled_by(path: str, read: RequestRecord) -> bool:
    """Tell whether ``read`` shows what came of a change sent to ``path``."""
    if path.endswith("/payments"):
        return _document(path) == _document(read.path) and read.path.endswith("/payments")
    return _document(path) == _document(read.path)


def _document(path: str) -> str:
    found = DOCUMENT.search(path)
    return found[1] if found else ""
