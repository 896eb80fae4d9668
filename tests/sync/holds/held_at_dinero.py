"""Orders that are held on their way in Dinero, or once they are booked, one for each sentence."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from bookkeeper import theirs
from held_orders_of_the_shop import GERMAN, REDEEMED, Happening, second_hand, sold
from person import Held, Json, Situation, nothing
from second_hand import SOLD_LAMP
from shop import BANK, BUSINESS, CARD, ORDER_ID, PUBLIC, a_line, raw_order, unpaid_order

from dinero_sync.dinero import invoices
from dinero_sync.dinero.invoices import InvoiceSummary, InvoiceTotals

EMAIL = "anna.proeve@example.com"
TWICE: Json = {"products": [a_line(amount=2)], "total_price": Decimal(250), "vat": Decimal(50)}
BY_EMAIL: Json = {"name": "all", "when": {"zone": "dk"}, "by": "email"}
TO_PUBLIC: Json = {"name": "public", "when": {"buyer": "public"}, "by": "e_invoice"}
STRIPE: Json = {
    "name": "Stripe",
    "when": {"gateway_id": CARD},
    "paid": True,
    "deposit_account": 55080,
}


def lose_the_state_folder(situation: Situation) -> None:
    """Lose what was remembered."""
    shutil.rmtree(situation.business.state_folder)


def booked_and_changed(change: Json = TWICE, **order: Any) -> Happening:  # noqa: ANN401 - any field
    """Change an order after its invoice was booked, where no credit note is proposed."""

    def happens(situation: Situation) -> None:
        situation.business.config["credits"] = {"returns": "off"}
        sold(**order)(situation)
        situation.business.wait(minutes=1)
        situation.business.change(**change)
        situation.business.run_once()

    return happens


def booked_and_cancelled(situation: Situation) -> None:
    """Cancel an order after its invoice was booked, where no credit note is proposed."""
    situation.business.config["credits"] = {"returns": "off"}
    sold()(situation)
    situation.business.wait(minutes=1)
    situation.business.change(status="cancelled")
    situation.business.run_once()


def cancelled_and_booked_by_hand(situation: Situation) -> None:
    """Book the draft of a cancelled order by hand, and lose how far the shop was read."""
    business = situation.business
    business.config["sync"]["booking"] = "draft"
    sold()(situation)
    business.change(status="cancelled")
    business.run_once()
    situation.bookkeeper.book(business.invoice())
    (business.state_folder / "watermark.json").unlink()
    business.run_once()


def forgotten_and_changed(situation: Situation) -> None:
    """Change an order whose invoice is booked and forgotten."""
    sold()(situation)
    lose_the_state_folder(situation)
    situation.business.wait(minutes=1)
    situation.business.change(**TWICE)
    situation.business.run_once()


def forgotten_and_overpaid(situation: Situation) -> None:
    """Let somebody credit an order whose payment and invoice are forgotten then."""
    sold()(situation)
    situation.bookkeeper.credit(situation.business.invoice())
    situation.business.wait(hours=1)
    lose_the_state_folder(situation)
    situation.business.run_once()


def drafted(situation: Situation) -> None:
    """Make a draft, and be stopped before it is compared with the order."""
    business = situation.business
    business.sell(raw_order(ORDER_ID + 1, email="bo@example.com"))
    business.run_once()
    business.sell(raw_order())
    comparison_with_others = 1
    business.fault(
        "status_before", "*/invoices*", "GET", status=503, times=None, skip=comparison_with_others
    )
    business.run_once()
    business.sandbox.clear_faults()


def draft_edited(situation: Situation) -> None:
    """Edit the draft in Dinero."""
    drafted(situation)
    situation.bookkeeper.reprice_draft(situation.business.invoice(), Decimal(1))
    situation.business.run_once()


def draft_put_right(situation: Situation) -> None:
    """Put the draft right."""
    situation.bookkeeper.reprice_draft(situation.business.invoice(), Decimal(125))


def draft_deleted(situation: Situation) -> None:
    """Delete the draft in Dinero."""
    drafted(situation)
    situation.bookkeeper.delete_draft(situation.business.invoice())
    situation.business.run_once()


def draft_no_longer_due(situation: Situation) -> None:
    """Cancel an order that has a draft."""
    drafted(situation)
    situation.business.wait(minutes=1)
    situation.business.change(status="cancelled")
    situation.business.run_once()


def in_the_books_already(situation: Situation) -> None:
    """Let somebody else have booked an invoice that names the order."""
    theirs(situation.bookkeeper, ExternalReference="10427")
    sold()(situation)


def two_contacts(situation: Situation) -> None:
    """Let Dinero have the buyer twice."""
    for _ in range(2):
        situation.bookkeeper.create_contact(Email=EMAIL)
    sold()(situation)


def merge_contacts(situation: Situation) -> None:
    """Delete one of them."""
    situation.bookkeeper.delete_contact(next(iter(situation.business.sandbox.contacts)))


def refused_for_the_country(situation: Situation) -> None:
    """Let Dinero know no country."""
    where = "dinero_sync.sandbox.dinero.contact_rules.countries"
    situation.meanwhile(patch(where, dict))
    sold()(situation)
    situation.business.sandbox.complaints.clear()  # Dinero was meant to refuse


def refused_no_more(situation: Situation) -> None:
    """Correct what Dinero refused."""
    situation.undo()
    situation.business.wait(minutes=1)
    situation.business.change(tracking_number="1")


def refused(situation: Situation) -> None:
    """Let Dinero refuse the booking without naming a field of the order."""
    situation.business.fault("status_before", "*/book", "POST", status=400, body="refusal")
    sold()(situation)


def not_sent_by_email(situation: Situation) -> None:
    """Let Dinero refuse to send an e-mail."""
    situation.business.config["sending"] = [BY_EMAIL]
    situation.business.fault("status_before", "*/email", "POST", status=400, body="refusal")
    sold()(situation)


def not_sent_as_e_invoice(situation: Situation) -> None:
    """Let Dinero refuse to send an e-invoice."""
    situation.business.config["sending"] = [TO_PUBLIC]
    situation.business.sandbox.change_settings(e_invoice_delivery="refused")
    sold(**PUBLIC)(situation)


def ean_corrected(situation: Situation) -> None:
    """Correct the EAN number on the contact in Dinero."""
    situation.business.sandbox.change_settings(e_invoice_delivery="sent")


def paid_in_part(situation: Situation) -> None:
    """Register a part of the payment by hand."""
    business = situation.business
    business.config["sync"]["trigger"] = "shipped"
    shipped: Json = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}
    business.sell(unpaid_order(payment_gateway_id=BANK, **shipped))
    business.run_once()
    situation.bookkeeper.pay(business.invoice(), Decimal(25))
    business.wait(days=1)
    business.change(paid=1, paid_time="2026-12-11 09:00:00")
    business.run_once()


def delete_the_payment(situation: Situation) -> None:
    """Delete the payment in Dinero."""
    invoice = situation.business.invoice()
    invoice.payments.clear()
    invoice.timestamp = situation.business.sandbox.new_timestamp()


def rate_untold(situation: Situation) -> None:
    """Sell in euro, while Dinero doesn't tell what that is in kroner."""

    def untold(record: InvoiceTotals | InvoiceSummary) -> Any:  # noqa: ANN401 - the same kind
        return replace(record, total_dkk=None)

    totals, summary = invoices.invoice_totals, invoices.invoice_summary
    situation.meanwhile(patch.object(invoices, "invoice_totals", lambda wire: untold(totals(wire))))
    situation.meanwhile(
        patch.object(invoices, "invoice_summary", lambda wire: untold(summary(wire)))
    )
    situation.business.config["payment_types"] = [STRIPE]
    situation.business.config["shoporama"]["currency"] = "EUR"
    sold()(situation)


def write_the_rate(situation: Situation) -> None:
    """Write the provider's rate in the payment type."""
    situation.business.config["payment_types"] = [{**STRIPE, "exchange_rate": 7.448}]


def margin_changed(situation: Situation) -> None:
    """Let somebody change the margin's item before it is booked."""
    business = situation.business
    business.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    sold(products=[SOLD_LAMP], before=second_hand)(situation)
    business.sandbox.clear_faults()
    (item,) = business.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(1)
    business.run_once()


def correct_the_item(situation: Situation) -> None:
    """Correct the item in the ledger."""
    (item,) = situation.business.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(850)


PART_BY_GIFT_CARD: Json = {"voucher_code": "GK-1", "voucher_discount_amount": Decimal(25)}


def paid_by_gift_card(situation: Situation) -> None:
    """Sell an order that a multi-purpose gift card pays a part of."""
    sold(posting=REDEEMED, **PART_BY_GIFT_CARD)(situation)


def gift_card_changed(situation: Situation) -> None:
    """Let somebody change the item that settles a gift card's debt before it is booked."""
    business = situation.business
    business.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    paid_by_gift_card(situation)
    business.sandbox.clear_faults()
    (item,) = business.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(1)
    business.run_once()


def correct_the_card(situation: Situation) -> None:
    """Correct the item in the ledger."""
    (item,) = situation.business.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(25)


def gift_card_not_booked(situation: Situation) -> None:
    """Let Dinero take the item of a gift card and not book it for hours."""
    slowly = {"ledger_booking_questions": 10_000, "ledger_booking_seconds": 10_000_000}
    situation.business.sandbox.change_settings(**slowly)
    paid_by_gift_card(situation)
    situation.business.wait(hours=7)
    situation.business.run_once()


def paid_by_hand_at_once(situation: Situation) -> None:
    """Let somebody register all that was paid before the gift card is."""
    business, keeper = situation.business, situation.bookkeeper
    business.meanwhile(
        "POST", "*/payments", lambda: keeper.pay_in_between(business.invoice(), Decimal(125))
    )
    paid_by_gift_card(situation)


def margin_never_posted(situation: Situation) -> None:
    """Forget a sale by the collective method, and go over to the individual one."""
    business = situation.business
    second_hand(situation)
    individual = business.config["posting"]
    business.config["posting"] = {**individual, "margin_scheme": {"method": "collective"}}
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()
    business.config["posting"] = individual
    lose_the_state_folder(situation)
    business.run_once()


def margin_not_booked(situation: Situation) -> None:
    """Let Dinero take a margin and not book it for hours."""
    slowly = {"ledger_booking_questions": 10_000, "ledger_booking_seconds": 10_000_000}
    situation.business.sandbox.change_settings(**slowly)
    sold(products=[SOLD_LAMP], before=second_hand)(situation)
    situation.business.wait(hours=7)
    situation.business.run_once()


def book_the_item(situation: Situation) -> None:
    """Book the item in the ledger."""
    (item,) = situation.business.sandbox.organisation.ledger_items.values()
    item.status = "Booked"


AT_DINERO: Mapping[str, Held] = {
    "cancelled_after_booking": Held(happens=booked_and_cancelled),
    "cancelled_after_booking.or_unpaid": Held(happens=cancelled_and_booked_by_hand),
    "changed_after_booking": Held(happens=booked_and_changed()),
    "changed_after_booking.same_postings": Held(
        happens=booked_and_changed({"vat_number": "13585628"}, **BUSINESS)
    ),
    "changed_after_booking.same_total": Held(happens=booked_and_changed(GERMAN)),
    "changed_after_booking.would_be_held": Held(
        happens=booked_and_changed({"vat_number": "90000038"}, **BUSINESS)
    ),
    "currency_not_allowed.payment": Held(
        happens=rate_untold, done={"say_exchange_rate": write_the_rate}
    ),
    "document_differs": Held(happens=forgotten_and_changed),
    "draft_deleted": Held(happens=draft_deleted),
    "gift_card_differs": Held(
        happens=gift_card_changed, done={"book_or_correct_item": correct_the_card}
    ),
    "gift_card_not_booked": Held(happens=gift_card_not_booked, done={"book_item": book_the_item}),
    "paid_differently.gift_card": Held(
        happens=paid_by_hand_at_once, done={"delete_wrong_payment": delete_the_payment}
    ),
    "margin_differs": Held(happens=margin_changed, done={"book_or_correct_item": correct_the_item}),
    "margin_missing": Held(happens=margin_never_posted),
    "margin_not_booked": Held(happens=margin_not_booked, done={"book_item": book_the_item}),
    "maybe_booked_elsewhere": Held(happens=in_the_books_already),
    "no_longer_due": Held(happens=draft_no_longer_due),
    "not_sent.as_e_invoice": Held(
        happens=not_sent_as_e_invoice, done={"correct_ean": ean_corrected}
    ),
    "not_sent.by_email": Held(happens=not_sent_by_email, done={"correct_email": nothing}),
    "paid_differently": Held(
        happens=paid_in_part, done={"delete_wrong_payment": delete_the_payment}
    ),
    "paid_differently.overpaid": Held(
        happens=forgotten_and_overpaid, done={"register_what_went_back": nothing}
    ),
    "rejected_by_dinero": Held(happens=refused, done={"mend_what_dinero_names": nothing}),
    "rejected_by_dinero.field": Held(
        happens=refused_for_the_country, done={"correct_refused_field": refused_no_more}
    ),
    "several_contacts": Held(happens=two_contacts, done={"merge_contacts": merge_contacts}),
    "totals_differ": Held(happens=draft_edited, done={"mend_draft": draft_put_right}),
}
