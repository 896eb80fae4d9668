"""The calls about companies, contacts, invoices and their payments, each with its meaning.

How a call can end: :mod:`dinero_sync.dinero.transport`. Ledger items and mail-outs have modules of
their own.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from dinero_sync.dinero import decode, encode
from dinero_sync.dinero.answers import decoded, written
from dinero_sync.dinero.errors import DELETED, DeletedError
from dinero_sync.dinero.transport import TokenRenewal, Transport
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Contact, Invoice, Payment
from dinero_sync.http import HttpClient

CONTACT_FIELDS = "ContactGuid,Email,VatNumber,EanNumber,CountryKey,IsPerson,DeletedAt"
INVOICE_FIELDS = "Guid,Currency,TotalInclVat,TotalExclVat,TotalInclVatInDkk"
SUMMARY_FIELDS = (
    "Guid,Number,Date,ExternalReference,Description,ContactGuid,Currency,TotalInclVat,TotalExclVat,"
    "TotalInclVatInDkk,Status"
)
ACCOUNT_FIELDS = "AccountNumber,Name,VatCode,IsHidden,IsDefaultSalesAccount"
DEPOSIT_FIELDS = "AccountNumber,Name,IsHidden,IsDefault"
"""Unless it is asked for, the list doesn't tell which deposit accounts are hidden."""


class DineroClient:
    """Dinero, as one organisation."""

    def __init__(
        self, http: HttpClient, base_url: str, organization_id: int | None, tokens: TokenRenewal
    ) -> None:
        """Talk to ``base_url`` through ``http`` about one organisation (firma).

        Without one, only :meth:`organizations` can be asked.
        """
        self.transport = Transport(http, base_url, organization_id, tokens)

    @property
    def calls(self) -> int:
        """Return how many requests were sent."""
        return self.transport.calls

    def organizations(self) -> list[decode.Organization]:
        """List the companies that the connection may see; works without a plan."""
        listed = self.transport.read_organizations()
        return [decoded(decode.organization, wire) for wire in listed]

    def chart(self) -> Chart:
        """Read accounts and VAT types (three calls)."""
        entry = self.transport.read_list("v1", "accounts/entry", {"fields": ACCOUNT_FIELDS})
        deposit = self.transport.read_list("v1", "accounts/deposit", {"fields": DEPOSIT_FIELDS})
        rates = self.transport.read_list("v1", "vatTypes", {})
        accounts = [decoded(decode.account, wire) for wire in entry]
        deposits = [decoded(decode.account, wire) for wire in deposit]
        return Chart(
            entry={account.number: account for account in accounts},
            deposit={account.number: account for account in deposits},
            vat_rates=dict(decoded(decode.vat_type, wire) for wire in rates),
        )

    def accounting_years(self) -> list[decode.AccountingYear]:
        """Read the accounting years that exist."""
        years = self.transport.read_list("v1", "accountingyears", {})
        return [decoded(decode.accounting_year, wire) for wire in years]

    def contacts_changed_since(self, moment: datetime | None) -> Iterator[decode.ContactRecord]:
        """List contacts created, changed or deleted at or after ``moment``; all with None."""
        query = {"fields": CONTACT_FIELDS}
        if moment is not None:
            query["changesSince"] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for wire in self.transport.pages("v2", "contacts", query):
            yield decoded(decode.contact, wire)

    def contact(self, guid: UUID) -> decode.ContactRecord:
        """Read one contact; raises NotFoundError or DeletedError."""
        return decoded(decode.contact, self.transport.read_object("v1", f"contacts/{guid}"))

    def create_contact(self, contact: Contact) -> None:
        """Create a contact under its own guid; raises AlreadyExistsError when it is taken."""
        self.transport.write(
            "POST", "v1", "contacts", encode.contact_body(contact), has_identity=True
        )

    def update_contact(self, guid: UUID, contact: Contact) -> None:
        """Make the contact ``guid`` say what ``contact`` says (two calls).

        Dinero replaces a contact as a whole, so it is read first, and what an order doesn't tell
        (telephone, payment terms, how invoices are sent) stays as it is. Raises NotFoundError or
        DeletedError, and then nothing was changed.
        """
        present = self.transport.read_object("v1", f"contacts/{guid}")
        if decoded(decode.contact, present).deleted:
            raise DeletedError("the contact was deleted", DELETED)
        body = encode.contact_update_body(contact, present)
        self.transport.write("PUT", "v2", f"contacts/{guid}", body, has_identity=True)

    def restore_contact(self, guid: UUID) -> None:
        """Bring back a deleted contact."""
        self.transport.write("POST", "v1", f"contacts/{guid}/restore", None, has_identity=True)

    def create_draft(self, invoice: Invoice, contact_guid: UUID) -> decode.DraftVersion:
        """Create a draft under its own guid; raises AlreadyExistsError when it is taken."""
        body = encode.invoice_body(invoice, contact_guid)
        answer = self.transport.write("POST", "v1", "invoices", body, has_identity=True)
        return written(decode.draft_version, answer)

    def replace_draft(
        self, invoice: Invoice, contact_guid: UUID, timestamp: str
    ) -> decode.DraftVersion:
        """Replace a draft's content; raises StaleTimestampError when somebody changed it."""
        body = encode.draft_update_body(invoice, contact_guid, timestamp)
        answer = self.transport.write("PUT", "v1.2", f"invoices/{invoice.guid}", body)
        return written(decode.draft_version, answer)

    def delete_draft(self, guid: UUID, timestamp: str) -> None:
        """Delete a draft; a booked invoice is refused by Dinero."""
        self.transport.write("DELETE", "v1", f"invoices/{guid}", encode.timestamp_body(timestamp))

    def drafts(self) -> Iterator[decode.InvoiceTotals]:
        """List all drafts with their totals: one call for up to a thousand."""
        query = {"fields": INVOICE_FIELDS, "statusFilter": "Draft"}
        for wire in self.transport.pages("v1", "invoices", query):
            yield decoded(decode.invoice_totals, wire)

    def invoices(self, first: date, last: date) -> Iterator[decode.InvoiceSummary]:
        """List the invoices dated in a range of days, and all drafts: one call for a thousand."""
        query = {"fields": SUMMARY_FIELDS, "startDate": str(first), "endDate": str(last)}
        for wire in self.transport.pages("v1", "invoices", query):
            yield decoded(decode.invoice_summary, wire)

    def invoice(self, guid: UUID) -> decode.InvoiceRecord:
        """Read one invoice; raises NotFoundError or DeletedError."""
        return decoded(decode.invoice, self.transport.read_object("v1", f"invoices/{guid}"))

    def book(self, guid: UUID, timestamp: str) -> decode.InvoiceRecord:
        """Book a draft, which can't be undone; raises StaleTimestampError when it changed."""
        body = encode.timestamp_body(timestamp)
        answer = self.transport.write("POST", "v1", f"invoices/{guid}/book", body)
        return written(decode.invoice, answer)

    def payments(self, guid: UUID) -> decode.InvoicePayments:
        """List the payments of an invoice."""
        wire = self.transport.read_object("v2", f"invoices/{guid}/payments")
        return decoded(decode.invoice_payments, wire)

    def pay(self, guid: UUID, payment: Payment, day: date, timestamp: str) -> str:
        """Register a payment and return the invoice's new version.

        ``timestamp`` must have been taken before the invoice's payments were looked at: then a
        payment made by somebody else in between makes it stale, and nothing is paid twice. Raises
        StaleTimestampError in that case.
        """
        body = encode.payment_body(payment, day, timestamp)
        answer = self.transport.write("POST", "v1", f"invoices/{guid}/payments", body)
        return written(decode.new_timestamp, answer)
