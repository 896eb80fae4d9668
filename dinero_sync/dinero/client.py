"""The calls about companies, contacts, invoices and their payments, each with its meaning.

How a call can end: :mod:`dinero_sync.dinero.transport`. Ledger items and mail-outs have modules of
their own.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from dinero_sync.dinero import contacts, invoices, organisations, payments
from dinero_sync.dinero.answers import decoded, written
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.body import timestamp_body
from dinero_sync.dinero.contacts import ContactRecord
from dinero_sync.dinero.errors import DELETED, DeletedError
from dinero_sync.dinero.invoices import DraftVersion, InvoiceRecord, InvoiceSummary, InvoiceTotals
from dinero_sync.dinero.organisations import (
    ACCOUNT_FIELDS,
    DEPOSIT_FIELDS,
    AccountingYear,
    Organization,
)
from dinero_sync.dinero.payments import InvoicePayments
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Contact, Invoice, Payment
from dinero_sync.http import HttpClient


class DineroClient:
    """Dinero, as one organisation."""

    def __init__(
        self, http: HttpClient, base_url: str, organization_id: int | None, tokens: BearerAuth
    ) -> None:
        """Talk to ``base_url`` through ``http`` about one organisation (firma).

        Without one, only :meth:`organizations` can be asked.
        """
        self._http = http
        self.transport = Transport(http, base_url, organization_id, tokens)

    @property
    def calls(self) -> int:
        """Return how many requests were sent."""
        return self._http.calls

    def organizations(self) -> list[Organization]:
        """List the companies that the connection may see; works without a plan."""
        listed = self.transport.read_organizations()
        return [decoded(organisations.organization, wire) for wire in listed]

    def chart(self) -> Chart:
        """Read accounts and VAT types (three calls)."""
        entry = self.transport.read_list("v1", "accounts/entry", {"fields": ACCOUNT_FIELDS})
        deposit = self.transport.read_list("v1", "accounts/deposit", {"fields": DEPOSIT_FIELDS})
        rates = self.transport.read_list("v1", "vatTypes", {})
        accounts = [decoded(organisations.account, wire) for wire in entry]
        deposits = [decoded(organisations.account, wire) for wire in deposit]
        return Chart(
            entry={account.number: account for account in accounts},
            deposit={account.number: account for account in deposits},
            vat_rates=dict(decoded(organisations.vat_type, wire) for wire in rates),
        )

    def accounting_years(self) -> list[AccountingYear]:
        """Read the accounting years that exist."""
        years = self.transport.read_list("v1", "accountingyears", {})
        return [decoded(organisations.accounting_year, wire) for wire in years]

    def contacts_changed_since(self, moment: datetime | None) -> Iterator[ContactRecord]:
        """List contacts created, changed or deleted at or after ``moment``; all with None."""
        query = {"fields": contacts.CONTACT_FIELDS}
        if moment is not None:
            query["changesSince"] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for wire in self.transport.pages("v2", "contacts", query):
            yield decoded(contacts.contact, wire)

    def contact(self, guid: UUID) -> ContactRecord:
        """Read one contact; raises NotFoundError or DeletedError."""
        return decoded(contacts.contact, self.transport.read_object("v1", f"contacts/{guid}"))

    def create_contact(self, contact: Contact) -> None:
        """Create a contact under its own guid; raises AlreadyExistsError when it is taken."""
        self.transport.write(
            "POST", "v1", "contacts", contacts.contact_body(contact), has_identity=True
        )

    def update_contact(self, guid: UUID, contact: Contact) -> None:
        """Make the contact ``guid`` say what ``contact`` says (two calls).

        Dinero replaces a contact as a whole, so it is read first, and what an order doesn't tell
        (telephone, payment terms, how invoices are sent) stays as it is. Raises NotFoundError or
        DeletedError, and then nothing was changed.
        """
        present = self.transport.read_object("v1", f"contacts/{guid}")
        if decoded(contacts.contact, present).deleted:
            raise DeletedError("the contact was deleted", DELETED)
        body = contacts.contact_update_body(contact, present)
        self.transport.write("PUT", "v2", f"contacts/{guid}", body, has_identity=True)

    def restore_contact(self, guid: UUID) -> None:
        """Bring back a deleted contact."""
        self.transport.write("POST", "v1", f"contacts/{guid}/restore", None, has_identity=True)

    def create_draft(self, invoice: Invoice, contact_guid: UUID) -> DraftVersion:
        """Create a draft under its own guid; raises AlreadyExistsError when it is taken."""
        body = invoices.invoice_body(invoice, contact_guid)
        answer = self.transport.write("POST", "v1", "invoices", body, has_identity=True)
        return written(invoices.draft_version, answer)

    def replace_draft(self, invoice: Invoice, contact_guid: UUID, timestamp: str) -> DraftVersion:
        """Replace a draft's content; raises StaleTimestampError when somebody changed it."""
        body = invoices.draft_update_body(invoice, contact_guid, timestamp)
        answer = self.transport.write("PUT", "v1.2", f"invoices/{invoice.guid}", body)
        return written(invoices.draft_version, answer)

    def delete_draft(self, guid: UUID, timestamp: str) -> None:
        """Delete a draft; a booked invoice is refused by Dinero."""
        self.transport.write("DELETE", "v1", f"invoices/{guid}", timestamp_body(timestamp))

    def drafts(self) -> Iterator[InvoiceTotals]:
        """List all drafts with their totals: one call for up to a thousand."""
        query = {"fields": invoices.TOTALS_FIELDS, "statusFilter": "Draft"}
        for wire in self.transport.pages("v1", "invoices", query):
            yield decoded(invoices.invoice_totals, wire)

    def invoices(self, first: date, last: date) -> Iterator[InvoiceSummary]:
        """List the invoices dated in a range of days, and all drafts: one call for a thousand."""
        query = {"fields": invoices.SUMMARY_FIELDS, "startDate": str(first), "endDate": str(last)}
        for wire in self.transport.pages("v1", "invoices", query):
            yield decoded(invoices.invoice_summary, wire)

    def invoice(self, guid: UUID) -> InvoiceRecord:
        """Read one invoice; raises NotFoundError or DeletedError."""
        return decoded(invoices.invoice, self.transport.read_object("v1", f"invoices/{guid}"))

    def book(self, guid: UUID, timestamp: str) -> InvoiceRecord:
        """Book a draft, which can't be undone; raises StaleTimestampError when it changed."""
        body = timestamp_body(timestamp)
        answer = self.transport.write("POST", "v1", f"invoices/{guid}/book", body)
        return written(invoices.invoice, answer)

    def payments(self, guid: UUID) -> InvoicePayments:
        """List the payments of an invoice."""
        wire = self.transport.read_object("v2", f"invoices/{guid}/payments")
        return decoded(payments.invoice_payments, wire)

    def pay(self, guid: UUID, payment: Payment, day: date, timestamp: str) -> str:
        """Register a payment and return the invoice's new version.

        ``timestamp`` must have been taken before the invoice's payments were looked at: then a
        payment made by somebody else in between makes it stale, and nothing is paid twice. Raises
        StaleTimestampError in that case.
        """
        body = payments.payment_body(payment, day, timestamp)
        answer = self.transport.write("POST", "v1", f"invoices/{guid}/payments", body)
        return written(payments.new_timestamp, answer)
