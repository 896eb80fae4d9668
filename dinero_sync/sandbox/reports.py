"""What the sandbox tells about itself: addresses and credentials, and the state of the books."""

from dataclasses import asdict

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Invoice, LedgerItem, Organisation, Payment
from dinero_sync.sandbox.dinero.contacts import contact_row, invoiced_contacts
from dinero_sync.sandbox.dinero.invoice_wire import read_model
from dinero_sync.sandbox.dinero.mailouts import mailout_row
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox


def info(sandbox: Sandbox) -> Json:
    """Return every address and credential, and the day before the first seeded order."""
    url = sandbox.url
    return {
        "url": url,
        "start_date": sandbox.start_date.isoformat(),
        "requests_made": sandbox.request_count,
        "shoporama": {
            "base_url": f"{url}/shoporama/REST",
            "api_key": credentials.SHOP_TOKEN,
            "time_zone": "Europe/Copenhagen",
        },
        "dinero": {
            "base_url": f"{url}/dinero",
            "organization_id": credentials.ORGANIZATION_ID,
            "organizations": [_organisation(item) for item in sandbox.organisations.values()],
        },
        "visma_connect": {
            "authorize_url": f"{url}/visma/connect/authorize",
            "token_url": f"{url}/visma/connect/token",
            "client_id": credentials.VISMA_CLIENT_ID,
            "client_secret": credentials.VISMA_CLIENT_SECRET,
            "redirect_uris": list(sandbox.settings.redirect_uris),
        },
        "api_key": {
            "token_url": f"{url}/authz/dineroapi/oauth/token",
            "client_id": credentials.API_KEY_CLIENT_ID,
            "client_secret": credentials.API_KEY_CLIENT_SECRET,
            "api_key": credentials.API_KEY,
        },
    }


def _organisation(organisation: Organisation) -> Json:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "vat_number": organisation.vat_number,
        "has_pro": organisation.has_pro,
    }


def books(sandbox: Sandbox) -> Json:
    """Return contacts, sales documents with payments, ledger items, balances and entries.

    Documents carry the API's own names; balances and entries are in kroner, debit positive.
    """
    organisation = sandbox.organisation
    invoiced = invoiced_contacts(organisation)
    return {
        "contacts": [contact_row(contact, invoiced) for contact in organisation.contacts.values()],
        "invoices": [_invoice(sandbox, invoice) for invoice in organisation.invoices.values()],
        "credit_notes": [_invoice(sandbox, note) for note in organisation.credit_notes.values()],
        "ledger_items": [_ledger_item(item) for item in organisation.ledger_items.values()],
        "balances": {str(account): amount for account, amount in organisation.balances().items()},
        "entries": [_entry(entry) for entry in organisation.entries],
    }


def _invoice(sandbox: Sandbox, invoice: Invoice) -> Json:
    document = read_model(invoice, sandbox.organisation, sandbox.today())
    payments = [_payment(payment) for payment in invoice.payments]
    mailouts = [mailout_row(mailout) for mailout in invoice.mailouts]
    own = {"Payments": payments, "Mailouts": mailouts, "RemainingAmount": invoice.remaining}
    return document | own


def _ledger_item(item: LedgerItem) -> Json:
    return {
        "Id": item.guid,
        "Version": item.version,
        "Status": "Deleted" if item.deleted else item.status,
        "VoucherNumber": item.voucher_number,
        "VoucherDate": item.date.isoformat(),
        "Lines": item.lines,
    }


def _payment(payment: Payment) -> Json:
    is_money = not payment.ledger_item and not payment.set_off
    return {
        "Guid": payment.guid,
        "DepositAccountNumber": payment.deposit_account if is_money else None,
        "Amount": payment.amount,
        "Description": payment.description,
        "ExternalReference": payment.external_reference,
        "PaymentDate": payment.date.isoformat(),
    }


def _entry(entry: Entry) -> Json:
    return asdict(entry) | {"date": entry.date.isoformat()}
