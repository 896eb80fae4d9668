"""What a run would do: documents, totals, and what is held."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    # An order.
    "order": _("#{number}  (order id {id})"),
    "is_booked": _("Invoice {number} is booked; what is left to do:"),
    "invoice": _("Invoice dated {day}, to {contact}; terms: {terms:word}"),
    "shared_contact": _("the shared contact for consumers in {country}"),
    "contact": _("a {kind:word} in {country}"),
    "contacts_terms": _("the contact's"),
    "total": _("Total"),
    "ledger_item": _("Ledger item (finansbilag)"),
    "from_to": _("from {account} to {balancing} ({code})"),
    "no_code": _("no VAT code"),
    "sent_by_email": _("Sent by Dinero: by e-mail"),
    "sent_as_e_invoice": _("Sent by Dinero: as an e-invoice (EAN)"),
    "no_payment": _("No payment is registered; the invoice stays open"),
    "payment": _("Payment ({name}), dated {day}"),
    "payment_early": _("Payment ({name}), dated {day}, before its invoice"),
    "payment_later": _("Payment ({name}), once the shop says it is paid"),
    "gift_card": _("Paid by gift card, dated {day}"),
    "off_the_debt": _("deposit account {account}, off the debt on {debt}"),
    "deposit_account": _("deposit account {account}"),
    # All of them.
    "account_and_code": _("Account and VAT code"),
    "net": _("Net"),
    "vat": _("Its VAT"),
    "with_vat": _("With VAT"),
    "in_all": _("In all"),
    "none": _("none"),
    "held": _("Not delivered, for they are held: {sum}"),
    "incomplete": _("The plan isn't complete, for the reading was stopped; no file was written."),
    "nothing": _("Nothing to deliver."),
    "deliver": (
        _("1 order to deliver ({sum}). Nothing was written to Dinero."),
        _("{count} orders to deliver ({sum}). Nothing was written to Dinero."),
    ),
    "look_closer": _(
        "Each line of each document: dinero-sync plan. Of one order: dinero-sync plan --order ID"
    ),
    "kept": _(
        "The plan is kept. It holds names and addresses; delete its file when it is applied:"
    ),
}
