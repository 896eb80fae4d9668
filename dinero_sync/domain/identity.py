"""The identities of everything we create in Dinero.

Each follows from the order alone, so that a repeated call can be recognised by Dinero itself:
the guids of invoices and contacts may be chosen by the client, and a second use is refused. These
functions never change: a changed identity is a second document.
"""

import hashlib
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "urn:dinero-sync")
LONGEST_REFERENCE = 128
"""What Dinero takes as an ``ExternalReference``."""
HASH_DIGITS = 16


def _guid(organization_id: int, kind: str, key: str) -> UUID:
    return uuid5(NAMESPACE, f"{organization_id}:{kind}:{key}")


def invoice_guid(organization_id: int, order_id: int) -> UUID:
    """Return the guid of the invoice of an order."""
    return _guid(organization_id, "invoice", str(order_id))


def margin_guid(organization_id: int, order_id: int, position: int) -> UUID:
    """Return the guid of the ledger item of the margin on an order line, counted from 1."""
    return _guid(organization_id, "margin", f"{order_id}:{position}")


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


def payment_reference(order_id: int) -> str:
    """Return the ``ExternalReference`` of the payment of an order; payments have no own Guid."""
    return f"shoporama:{order_id}:payment"


def bill_reference(vat_number: str | None, supplier: str, number: str) -> str:
    """Return the ``ExternalReference`` of a bill's voucher, which names the bill in the journal."""
    by_name = "".join(supplier.lower().split())
    reference = f"bill:{vat_number or by_name}:{''.join(number.split())}"
    if len(reference) <= LONGEST_REFERENCE:
        return reference
    return f"{reference[: LONGEST_REFERENCE - HASH_DIGITS - 1]}:{_hash(reference)}"


def file_name(reference: str) -> str:
    """Return the name, without its ending, under which a bill's document is uploaded."""
    return f"bilag-{_hash(reference)}"


def supplier_guid(organization_id: int, vat_number: str | None, supplier: str) -> UUID:
    """Return the guid of a supplier's contact: by VAT number with its prefix, else by name."""
    by_name = "".join(supplier.lower().split())
    return _guid(organization_id, "supplier", vat_number or by_name)


def purchase_credit_guid(organization_id: int, reference: str) -> UUID:
    """Return the guid of the purchase credit note of a supplier's credit note."""
    return _guid(organization_id, "purchase_credit", reference)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]
