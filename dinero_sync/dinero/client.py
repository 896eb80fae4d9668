"""The calls to Dinero's API that this program makes, each with its meaning.

Reads either answer or raise a TemporaryError. Writes have three ends: they return (done), they
raise a RejectedError (nothing happened), or they raise InDoubtError (sent, no clear answer).

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Protocol, TypeVar
from uuid import UUID

from dinero_sync.dinero import decode, encode, errors
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Contact, Invoice, Payment
from dinero_sync.errors import TemporaryError
from dinero_sync.http import BROWNOUT, Answer, HttpClient, NoAnswerError, unexpected

SERVICE = "Dinero"
PAGE_SIZE = 1000
"""The largest page that Dinero serves."""
CONTACT_FIELDS = "ContactGuid,Name,Email,VatNumber,EanNumber,CountryKey,IsPerson,DeletedAt"
INVOICE_FIELDS = "Guid,ExternalReference,Currency,TotalInclVat,TotalExclVat"
SUMMARY_FIELDS = (
    "Guid,Number,Date,ExternalReference,Description,ContactGuid,TotalInclVat,TotalExclVat,Status"
)
ACCOUNT_FIELDS = "AccountNumber,Name,VatCode,IsHidden"

Decoded = TypeVar("Decoded")


class TokenRenewal(Protocol):
    """What the client needs of authorisation besides the header: a second chance."""

    def renew_refused(self) -> None:
        """Renew the access token that Dinero just refused."""


class DineroClient:
    """Dinero, as one organisation."""

    def __init__(
        self, http: HttpClient, base_url: str, organization_id: int | None, tokens: TokenRenewal
    ) -> None:
        """Talk to ``base_url`` through ``http`` about one organisation (firma).

        Without one, only :meth:`organizations` can be asked.
        """
        self._http = http
        self._base = base_url.rstrip("/")
        self._organization_id = organization_id
        self._tokens = tokens

    @property
    def calls(self) -> int:
        """Return how many requests were sent."""
        return self._http.calls

    def organizations(self) -> list[decode.Organization]:
        """List the companies that the connection may see; works without a plan."""
        answer = self._read_answer(f"{self._base}/v1.1/organizations", {})
        return [_decoded(decode.organization, wire) for wire in decode.list_of(answer)]

    def chart(self) -> Chart:
        """Read accounts and VAT types (three calls)."""
        entry = self._read_list("v1", "accounts/entry", {"fields": ACCOUNT_FIELDS})
        deposit = self._read_list("v1", "accounts/deposit", {})
        rates = self._read_list("v1", "vatTypes", {})
        accounts = [_decoded(decode.account, wire) for wire in entry]
        deposits = [_decoded(decode.account, wire) for wire in deposit]
        return Chart(
            entry={account.number: account for account in accounts},
            deposit={account.number: account for account in deposits},
            vat_rates=dict(_decoded(decode.vat_type, wire) for wire in rates),
        )

    def accounting_years(self) -> list[decode.AccountingYear]:
        """Read the accounting years that exist."""
        years = self._read_list("v1", "accountingyears", {})
        return [_decoded(decode.accounting_year, wire) for wire in years]

    def contacts_changed_since(self, moment: datetime | None) -> Iterator[decode.ContactRecord]:
        """List contacts created, changed or deleted at or after ``moment``; all with None."""
        query = {"fields": CONTACT_FIELDS}
        if moment is not None:
            query["changesSince"] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for wire in self._pages("v2", "contacts", query):
            yield _decoded(decode.contact, wire)

    def contact(self, guid: UUID) -> decode.ContactRecord:
        """Read one contact; raises NotFoundError or DeletedError."""
        return _decoded(decode.contact, self._read_object("v1", f"contacts/{guid}"))

    def create_contact(self, contact: Contact) -> None:
        """Create a contact under its own guid; raises AlreadyExistsError when it is taken."""
        self._write("POST", "v1", "contacts", encode.contact_body(contact), has_identity=True)

    def restore_contact(self, guid: UUID) -> None:
        """Bring back a deleted contact."""
        self._write("POST", "v1", f"contacts/{guid}/restore", None, has_identity=True)

    def create_draft(self, invoice: Invoice, contact_guid: UUID) -> decode.DraftVersion:
        """Create a draft under its own guid; raises AlreadyExistsError when it is taken."""
        body = encode.invoice_body(invoice, contact_guid)
        answer = self._write("POST", "v1", "invoices", body, has_identity=True)
        return _written(decode.draft_version, answer)

    def replace_draft(
        self, invoice: Invoice, contact_guid: UUID, timestamp: str
    ) -> decode.DraftVersion:
        """Replace a draft's content; raises StaleTimestampError when somebody changed it."""
        body = encode.draft_update_body(invoice, contact_guid, timestamp)
        answer = self._write("PUT", "v1.2", f"invoices/{invoice.guid}", body)
        return _written(decode.draft_version, answer)

    def delete_draft(self, guid: UUID, timestamp: str) -> None:
        """Delete a draft; a booked invoice is refused by Dinero."""
        self._write("DELETE", "v1", f"invoices/{guid}", encode.timestamp_body(timestamp))

    def drafts(self) -> Iterator[decode.InvoiceTotals]:
        """List all drafts with their totals: one call for up to a thousand."""
        query = {"fields": INVOICE_FIELDS, "statusFilter": "Draft"}
        for wire in self._pages("v1", "invoices", query):
            yield _decoded(decode.invoice_totals, wire)

    def invoices(self, first: date, last: date) -> Iterator[decode.InvoiceSummary]:
        """List the invoices dated in a range of days, and all drafts: one call for a thousand."""
        query = {"fields": SUMMARY_FIELDS, "startDate": str(first), "endDate": str(last)}
        for wire in self._pages("v1", "invoices", query):
            yield _decoded(decode.invoice_summary, wire)

    def invoice(self, guid: UUID) -> decode.InvoiceRecord:
        """Read one invoice; raises NotFoundError or DeletedError."""
        return _decoded(decode.invoice, self._read_object("v1", f"invoices/{guid}"))

    def book(self, guid: UUID, timestamp: str) -> decode.InvoiceRecord:
        """Book a draft, which can't be undone; raises StaleTimestampError when it changed."""
        body = encode.timestamp_body(timestamp)
        answer = self._write("POST", "v1", f"invoices/{guid}/book", body)
        return _written(decode.invoice, answer)

    def payments(self, guid: UUID) -> decode.InvoicePayments:
        """List the payments of an invoice."""
        wire = self._read_object("v2", f"invoices/{guid}/payments")
        return _decoded(decode.invoice_payments, wire)

    def pay(self, guid: UUID, payment: Payment, day: date, timestamp: str) -> str:
        """Register a payment and return the invoice's new version.

        ``timestamp`` must have been taken before the invoice's payments were looked at: then a
        payment made by somebody else in between makes it stale, and nothing is paid twice. Raises
        StaleTimestampError in that case.
        """
        body = encode.payment_body(payment, day, timestamp)
        answer = self._write("POST", "v1", f"invoices/{guid}/payments", body)
        return _written(decode.new_timestamp, answer)

    def _url(self, version: str, path: str) -> str:
        return f"{self._base}/{version}/{self._organization_id}/{path}"

    def _pages(self, version: str, path: str, query: dict[str, str]) -> Iterator[decode.Wire]:
        page = 0
        while True:
            asked = {**query, "page": str(page), "pageSize": str(PAGE_SIZE)}
            answer = self._read_answer(self._url(version, path), asked)
            items, size = decode.collection_of(answer)
            yield from items
            if not items or len(items) < size:
                return
            page += 1

    def _read_object(self, version: str, path: str) -> decode.Wire:
        return decode.object_of(self._read_answer(self._url(version, path), {}))

    def _read_list(self, version: str, path: str, query: dict[str, str]) -> list[decode.Wire]:
        return decode.list_of(self._read_answer(self._url(version, path), query))

    def _read_answer(self, url: str, query: dict[str, str]) -> Answer:
        answer = self._with_second_chance(lambda: self._http.get(url, query))
        if answer.ok:
            return answer
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in {
            HTTPStatus.TOO_MANY_REQUESTS,
            BROWNOUT,
        }:
            raise unexpected(SERVICE, answer)
        raise decode.error_of(answer)

    def _write(
        self,
        method: str,
        version: str,
        path: str,
        body: encode.Body | None,
        *,
        has_identity: bool = False,
    ) -> Answer:
        url, text = self._url(version, path), "" if body is None else encode.to_json(body)
        try:
            answer = self._with_second_chance(
                lambda: self._http.write(method, url, text, repeatable=has_identity)
            )
        except NoAnswerError as error:
            raise errors.InDoubtError(str(error)) from error
        if answer.ok:
            return _clear(answer)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise unexpected(SERVICE, answer)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == BROWNOUT:
            raise errors.InDoubtError(str(unexpected(SERVICE, answer)), service_failed=True)
        raise decode.error_of(answer)

    def _with_second_chance(self, send: Callable[[], Answer]) -> Answer:
        """Send; where the token is refused renew it once. A refused request has no effect."""
        answer = send()
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._tokens.renew_refused()
            answer = send()
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise errors.NotConnectedError(
                "Dinero doesn't accept the connection. Nothing was booked. "
                "Connect again: dinero-sync connect"
            )
        if answer.status == HTTPStatus.FORBIDDEN:
            raise _no_right(answer)
        return answer


def _no_right(answer: Answer) -> errors.NotConnectedError:
    if decode.error_code(answer) in errors.NO_PRO:
        return errors.NotConnectedError(
            "The company's Dinero subscription doesn't include the API. Nothing was booked. "
            "Choose Dinero Pro or Total under Indstillinger → Abonnement, then run again."
        )
    return errors.NotConnectedError(
        "The connection has no right to this company in Dinero. Nothing was booked. Check "
        "dinero.organization_id, or connect as a user of that company: dinero-sync connect"
    )


def _decoded(decoder: Callable[[decode.Wire], Decoded], wire: decode.Wire) -> Decoded:
    try:
        return decoder(wire)
    except KeyError as error:
        raise errors.UnintelligibleError(
            f"An answer from Dinero lacks {error}. The next run tries again."
        ) from None
    except (ValueError, TypeError, AttributeError):  # their texts may quote what Dinero sent
        raise errors.UnintelligibleError(
            f"Dinero's {decoder.__name__} has another form than expected. The next run tries again."
        ) from None


def _clear(answer: Answer) -> Answer:
    """Return the answer to a write, which may be empty; anything but JSON leaves it in doubt."""
    if answer.text.strip() and decode.parsed(answer) is None:
        raise errors.InDoubtError(
            "Dinero answered a change with something that isn't its API's form, so it isn't known "
            "whether it happened. It is read there before anything is tried again."
        )
    return answer


def _written(decoder: Callable[[decode.Wire], Decoded], answer: Answer) -> Decoded:
    """Decode the answer to a write; what can't be understood leaves the write in doubt."""
    try:
        return _decoded(decoder, decode.object_of(answer))
    except TemporaryError as error:
        raise errors.InDoubtError(str(error)) from error
