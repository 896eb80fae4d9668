"""A shop with an order wherever a version with the first tables could leave one."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from bookkeeper import Bookkeeper
from second_hand import RULES, SOLD_CHAIR, SOLD_LAMP
from shop import BANK, BUSINESS, INVOICE, PUBLIC, a_line, raw_order, unpaid_order
from shop_life import Life

Json = dict[str, Any]
SHIPPED: Json = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}
ON_ACCOUNT: Json = {"payment_gateway_id": BANK, **SHIPPED}
UNKNOWN_GATEWAY = 99
PAID_LATER: Json = {
    "name": "Bank",
    "when": {"gateway_name": "Bank*"},
    "paid": True,
    "deposit_account": 55000,
    "trigger": "shipped",
}
SENDING: list[Json] = [
    {"name": "public", "when": {"buyer": "public"}, "by": "e_invoice"},
    {"name": "businesses", "when": {"buyer": "business"}, "by": "email"},
]
ANOTHER_INVOICE = UUID(int=7)
SECOND_HAND: Json = {"products": [SOLD_LAMP]}
DEATHS: dict[str, tuple[Json, tuple[str, str, str]]] = {
    "died before its contact": ({}, ("POST", "*/contacts", "before")),
    "died after its contact": ({}, ("POST", "*/contacts", "after")),
    "died before its draft": ({}, ("POST", "*/invoices", "before")),
    "died after its draft": ({}, ("POST", "*/invoices", "after")),
    "died before its booking": ({}, ("POST", "*/invoices/*/book", "before")),
    "died after its booking": ({}, ("POST", "*/invoices/*/book", "after")),
    "died before its payment": ({}, ("POST", "*/payments", "before")),
    "died after its payment": ({}, ("POST", "*/payments", "after")),
    "died before its margin": (SECOND_HAND, ("POST", "*/ledgeritems", "before")),
    "died after its margin": (SECOND_HAND, ("POST", "*/ledgeritems", "after")),
    "died before its margin's booking": (SECOND_HAND, ("POST", "*/ledgeritems/book", "before")),
    "died after its margin's booking": (SECOND_HAND, ("POST", "*/ledgeritems/book", "after")),
    "died between margin and payment": (SECOND_HAND, ("POST", "*/payments", "before")),
    "died before its sending": (BUSINESS, ("POST", "*/email", "before")),
    "died after its sending": (BUSINESS, ("POST", "*/email", "after")),
    "died between sending and payment": (BUSINESS, ("POST", "*/payments", "before")),
}
"""At which request of which order's the command dies."""


def live(life: Life) -> None:
    """Go through everything, one thing after the other."""
    _configure(life)
    _what_runs_leave(life)
    _what_happens_afterwards(life)
    _what_people_decide(life)
    _what_waits_as_drafts(life)
    _what_dies(life)
    _what_gets_no_answer(life)


def _configure(life: Life) -> None:
    rules = life.config["posting"]["rules"]
    life.config["posting"] |= {**RULES, "rules": [*RULES["rules"], *rules]}
    life.config["sending"] = SENDING
    types = [each for each in life.config["payment_types"] if "Bank" not in each["name"]]
    life.config["payment_types"] = [PAID_LATER, *types]


def _what_runs_leave(life: Life) -> None:
    life.sell("paid")
    life.sell("margin done", **SECOND_HAND)
    life.sell("sent", **{**BUSINESS, "email": "sent@cafe.example"})
    life.sell("on invoice", unpaid_order, payment_gateway_id=INVOICE, **SHIPPED)
    life.sell("awaiting payment", unpaid_order, **ON_ACCOUNT)
    life.sell("paid later", unpaid_order, **ON_ACCOUNT)
    life.sell("unpaid", unpaid_order)
    life.sell("unknown payment type", payment_gateway_id=UNKNOWN_GATEWAY)
    life.sell("no purchase price", products=[SOLD_CHAIR])
    life.sell("cancelled", status="cancelled")
    before: Json = {"time": "2026-11-20 10:00:00", "paid_time": "2026-11-20 10:05:00"}
    life.sell("before the start", **before, last_modified="2026-12-08 10:00:00")
    straddling: Json = {"time": "2026-11-28 10:00:00", "paid_time": "2026-12-02 10:05:00"}
    life.sell("straddling", **straddling)
    life.sell("adopted", **straddling)
    life.sell("skipped", payment_gateway_id=UNKNOWN_GATEWAY)
    life.sell("changed")
    life.sell("changed and accepted")
    life.sell("cancelled after booking", products=[a_line(), a_line()])
    life.sell("paid differently", unpaid_order, **ON_ACCOUNT)
    life.behave(e_invoice_delivery="refused")
    life.sell("not sent", **{**PUBLIC, "email": "skole@kommune.example"})
    life.give("run")
    life.behave(e_invoice_delivery="sent")
    life.behave(ledger_booking_seconds=1_000_000, ledger_booking_questions=1000)
    life.sell("margin not booked", **SECOND_HAND)
    life.give("run")


def _what_happens_afterwards(life: Life) -> None:
    life.wait(hours=7)
    for name in ("changed", "changed and accepted"):
        life.change(name, products=[a_line(amount=2)], total_price=250, vat=50)
    life.change("cancelled after booking", status="cancelled")
    life.change("paid later", paid=1, paid_time="2026-12-10 15:00:00")
    life.change("paid differently", paid=1, paid_time="2026-12-10 16:00:00")
    keeper = Bookkeeper(life.sandbox)
    with keeper.session:
        _interfere(life, keeper)
    life.note()
    life.sell("booked elsewhere", products=[a_line(unit_price=Decimal(333))])
    life.give("run")
    life.behave(ledger_booking_seconds=1, ledger_booking_questions=2)


def _interfere(life: Life, keeper: Bookkeeper) -> None:
    """Register a payment that isn't ours, and book an invoice that names an order to come."""
    reference = f"shoporama:{life.names['paid differently']}"
    invoices = list(life.sandbox.invoices.values())
    (invoice,) = (each for each in invoices if each.fields["ExternalReference"] == reference)
    keeper.pay(invoice, invoice.totals.gross)
    line = {"BaseAmountValue": 333.0, "Quantity": 1, "Discount": 0, "AccountNumber": 1000}
    guid = keeper.create_invoice(
        Guid=str(ANOTHER_INVOICE),
        ContactGuid=str(invoice.fields["ContactGuid"]),
        Date="2026-12-08",
        Comment=f"Webordre: {life.next_number}.",
        ShowLinesInclVat=True,
        ProductLines=[{**line, "Description": "Krus", "Unit": "parts"}],
    )
    keeper.book(life.sandbox.invoices[guid])


def _what_people_decide(life: Life) -> None:
    life.give("skip", str(life.names["skipped"]), "--reason", "booked by hand")
    life.give("adopt", str(life.names["adopted"]), "--note", "invoice 2041")
    note = "a credit note was made"
    life.give("resolve", str(life.names["changed and accepted"]), "--accept", note)


def _what_waits_as_drafts(life: Life) -> None:
    life.config["sync"]["booking"] = "draft"
    _give_run_for(life, "draft")
    _give_run_for(life, "draft of second-hand goods", **SECOND_HAND)
    _give_run_for(life, "draft of a cancelled order")
    life.change("draft of a cancelled order", status="cancelled")
    life.give("run", "--order", str(life.names["draft of a cancelled order"]))
    life.config["sync"]["booking"] = "automatic"


def _what_dies(life: Life) -> None:
    for name, (fields, killed) in DEATHS.items():
        _give_run_for(life, name, killed=killed, **{**fields, "email": f"{killed[2]}@example.com"})


def _what_gets_no_answer(life: Life) -> None:
    life.fault("reset_after", "POST", "*/book", times=None)
    life.fault("status_before", "GET", "*/invoices/*", times=None)
    _give_run_for(life, "in doubt")


def _give_run_for(
    life: Life, name: str, *, killed: tuple[str, str, str] | None = None, **fields: object
) -> None:
    """Sell an order, and let a run see to it alone."""
    life.sell(name, raw_order, **fields)
    life.give("run", "--order", str(life.names[name]), killed=killed)
