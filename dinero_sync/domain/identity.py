"""The identities of everything we create in Dinero.

Each follows from the order, or from the bill, alone, so that a repeated call can be recognised by
Dinero itself: the guids of invoices and contacts may be chosen by the client, and a second use is
refused. These functions never change: a changed identity is a second document.
"""

import re
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "urn:dinero-sync")

LONGEST_REFERENCE = 128
"""What Dinero takes as an ``ExternalReference``."""
OF_CHARGEBACKS = ":chargeback:"
OUR_REFERENCE = re.compile(r"shoporama:(\d+)(?::.*)?")
OUR_CREDIT = re.compile(r"shoporama:(\d+):credit:(.+)")
OF_HASH = 32
"""How many hexadecimal digits tell two references apart that are too long."""


def _guid(organization_id: int, kind: str, key: str) -> UUID:
    return uuid5(NAMESPACE, f"{organization_id}:{kind}:{key}")


def invoice_guid(organization_id: int, order_id: int) -> UUID:
    """Return the guid of the invoice of an order."""
    return _guid(organization_id, "invoice", str(order_id))


def margin_guid(organization_id: int, order_id: int, position: int) -> UUID:
    """Return the guid of the ledger item of the margin on an order line, counted from 1."""
    return _guid(organization_id, "margin", f"{order_id}:{position}")


def credit_guid(organization_id: int, order_id: int, key: str) -> UUID:
    """Return the guid of a credit note of an order.

    ``key`` counts those that a person made, from 1; one that follows from a return in the shop has
    ``return:`` and the return's id.
    """
    return _guid(organization_id, "credit", f"{order_id}:{key}")


def margin_reversal_guid(
    organization_id: int, order_id: int, position: int, credit_key: str
) -> UUID:
    """Return the guid of the ledger item that takes back what a credit note does of a margin."""
    return _guid(organization_id, "margin", f"{order_id}:{position}:credit:{credit_key}")


def gift_card_guid(organization_id: int, order_id: int) -> UUID:
    """Return the guid of the ledger item that takes what a gift card paid off its debt."""
    return _guid(organization_id, "gift_card", str(order_id))


def gift_card_return_guid(organization_id: int, order_id: int, credit_key: str) -> UUID:
    """Return the guid of the ledger item that makes debt of what a credit note gives to a card."""
    return _guid(organization_id, "gift_card", f"{order_id}:credit:{credit_key}")


def later_invoice_guid(organization_id: int, order_id: int, count: int) -> UUID:
    """Return the guid of an invoice of what came to an order later; ``count`` is from 2."""
    return _guid(organization_id, "invoice", f"{order_id}:{count}")


def contact_guid(organization_id: int, contact_key: str) -> UUID:
    """Return the guid of the contact that :func:`contact_key` names."""
    return _guid(organization_id, "contact", contact_key)


def contact_key(order_id: int, ean: str | None, vat_number: str | None, email: str | None) -> str:
    """Name the contact of an order: by EAN, else VAT number, else e-mail, else the order itself.

    ``vat_number`` is given only for businesses and carries its country prefix; ``email`` is given
    only for persons.
    """
    if ean:
        return ean
    if vat_number:
        return vat_number.replace(" ", "").upper()
    if email and email.strip():
        return email.strip().lower()
    return f"order:{order_id}"


def invoice_reference(order_id: int) -> str:
    """Return the ``ExternalReference`` of the invoice of an order."""
    return f"shoporama:{order_id}"


def order_in(reference: str) -> str | None:
    """Return the id of the order that a reference of ours is about; None for any other reference.

    The reference of an invoice, a credit note, a payment or a refund.
    """
    found = OUR_REFERENCE.fullmatch(reference.strip())
    return found.group(1) if found else None


def payment_reference(order_id: int) -> str:
    """Return the ``ExternalReference`` of the payment of an order; payments have no own Guid."""
    return f"shoporama:{order_id}:payment"


def gift_card_payment_reference(order_id: int) -> str:
    """Return the ``ExternalReference`` of what a gift card paid of an order, be it all."""
    return f"{payment_reference(order_id)}:gift_card"


def later_invoice_reference(order_id: int, count: int) -> str:
    """Return the ``ExternalReference`` of an invoice of what came to an order later."""
    return f"{invoice_reference(order_id)}:{count}"


def later_payment_reference(order_id: int, count: int) -> str:
    """Return the ``ExternalReference`` of the payment of an invoice of what came later."""
    return f"{later_invoice_reference(order_id, count)}:payment"


def credit_reference(order_id: int, key: str) -> str:
    """Return the ``ExternalReference`` of a credit note; ``key`` as in :func:`credit_guid`."""
    return f"{invoice_reference(order_id)}:credit:{key}"


def credit_in(reference: str) -> tuple[int, str] | None:
    """Return order and key of the credit note that a reference of ours is of; None for others."""
    found = OUR_CREDIT.fullmatch(reference.strip())
    return (int(found.group(1)), found.group(2)) if found else None


def refund_reference(order_id: int, key: str) -> str:
    """Return the ``ExternalReference`` of the refund that a credit note leaves to be made."""
    return f"{invoice_reference(order_id)}:refund:{key}"


def chargeback_reference(order_id: int, key: str) -> str:
    """Return the ``ExternalReference`` of a chargeback after which the buyer owes again.

    ``key`` names the payout whose settlement file tells of it, and which of its chargebacks it is.
    """
    return _short_enough(f"{invoice_reference(order_id)}{OF_CHARGEBACKS}{key}")


def is_of_chargeback(reference: str) -> bool:
    """Tell whether a payment is that of a chargeback, by its ``ExternalReference``."""
    return OF_CHARGEBACKS in reference


def is_of_gift_card(reference: str) -> bool:
    """Tell whether a payment is by a gift card, or back to one, by its ``ExternalReference``."""
    return reference.endswith(":gift_card")


def gift_card_refund_reference(order_id: int, key: str) -> str:
    """Return the ``ExternalReference`` of what a credit note gives back to a gift card."""
    return f"{refund_reference(order_id, key)}:gift_card"


def bill_reference(vat_number: str | None, supplier: str, number: str) -> str:
    """Return the ``ExternalReference`` of the voucher of a bill, which is also the bill's name.

    The same for a PDF, an e-invoice and a copy of one bill: what it says counts, not its file.
    """
    return _short_enough(f"bill:{supplier_key(vat_number, supplier)}:{number}")


def _short_enough(reference: str) -> str:
    if len(reference) <= LONGEST_REFERENCE:
        return reference
    digits = sha256(reference.encode()).hexdigest()[:OF_HASH]
    return f"{reference[: LONGEST_REFERENCE - OF_HASH - 1]}:{digits}"


def supplier_key(vat_number: str | None, name: str) -> str:
    """Name a supplier: by VAT number with its country prefix, else by name without its spaces."""
    if vat_number:
        return vat_number.replace(" ", "").upper()
    return "".join(name.lower().split())


def supplier_guid(organization_id: int, supplier: str) -> UUID:
    """Return the guid of the contact of the supplier that :func:`supplier_key` names."""
    return _guid(organization_id, "supplier", supplier)


def purchase_credit_guid(organization_id: int, reference: str) -> UUID:
    """Return the guid of the purchase credit note of a bill, by its :func:`bill_reference`."""
    return _guid(organization_id, "purchase_credit", reference)


def payout_name(source: str, payout_id: str) -> str:
    """Return what names a payout, in the journal and in commands."""
    return f"payout:{source}:{payout_id}"


def payout_guid(organization_id: int, source: str, payout_id: str) -> UUID:
    """Return the guid of the ledger item of a payout of one of the configured sources."""
    return _guid(organization_id, "payout", f"{source}:{payout_id}")


def document_name(reference: str) -> str:
    """Return the name, without its ending, under which the document of a bill is uploaded."""
    return f"bilag-{sha256(reference.encode()).hexdigest()[:OF_HASH]}"
