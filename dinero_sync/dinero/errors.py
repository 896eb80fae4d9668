"""What Dinero's answers mean, one class per meaning.

Codes: https://developer.dinero.dk/documentation/error-and-status/ and the API's own reference.
"""

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import (
    ConfigError,
    ConnectionRefusedByVendorError,
    DineroSyncError,
    Problem,
    TemporaryError,
)

STALE_TIMESTAMP = 58
NOT_FOUND = 40
NO_SUCH_DOCUMENT = 63
DELETED = 65
NOT_SENT = 51
NO_EAN = 56
WRONG_EAN = 57
DUPLICATE = 72
NO_PRO = frozenset({48, 90})
"""48 in older documentation, 90 in the present one."""
EMAIL = "e-mail address"
IN_WORDS = {
    "name": "name",
    "street": "street",
    "zipcode": "postal code",
    "city": "town",
    "countrykey": "country",
    "email": EMAIL,
    "attperson": "person at the buyer",
    "eannumber": "EAN number",
    "vatnumber": "VAT number",
    "address": "address",
    "description": "text of a line",
    "comments": "text below a line",
    "comment": "text of the invoice",
}
"""What of an order stands in a property of Dinero's, whose name is in lower case here."""
GUID_TAKEN = "guidMustBeUnique"
UNKNOWN_CONTACT = "invalidContactId"
UNKNOWN_LEDGER_ITEM = "ledgerItemNotFound"


class RejectedError(Exception):
    """Dinero refused a request: nothing happened. ``str()`` is Dinero's reason, without bodies."""

    def __init__(
        self, reason: str, code: int | None = None, properties: tuple[str, ...] = ()
    ) -> None:
        """Keep Dinero's words, its numeric code, and what it refused, where it gave these."""
        super().__init__(reason)
        self.code = code
        self._properties = properties

    @property
    def fields(self) -> tuple[str, ...]:
        """Return what of the order Dinero refused, in words; empty where that isn't known."""
        names = (name.rpartition(".")[2].lower() for name in self._properties)
        return tuple(dict.fromkeys(IN_WORDS[name] for name in names if name in IN_WORDS))


class AlreadyExistsError(RejectedError):
    """The identity is taken: what we wanted to create is there already."""


class StaleTimestampError(RejectedError):
    """The document changed since it was read: read it again and decide anew."""


class NotFoundError(RejectedError):
    """There is no such document or contact."""


class DeletedError(RejectedError):
    """The document or contact was deleted by somebody."""


class UnknownContactError(RejectedError):
    """The invoice names a contact that isn't there, or was deleted."""


class NotSentError(RejectedError):
    """Dinero couldn't send the invoice: nobody received it."""


class EanRefusedError(RejectedError):
    """The contact has no EAN number (code 56), or one that can't be right (57)."""


class InDoubtError(TemporaryError):
    """A write was sent and no clear answer came: only reading can tell what happened."""

    def __init__(self, text: str, *, service_failed: bool = False) -> None:
        """Keep whether Dinero itself said that it failed (a status of 500 or more)."""
        super().__init__(text)
        self.service_failed = service_failed


class UnintelligibleError(TemporaryError):
    """Dinero answered a read with something that isn't its API's form."""


def question_refused(error: RejectedError) -> DineroSyncError:
    """Build the error for a read that Dinero refuses: an address or a company that isn't there."""
    if isinstance(error, NotFoundError):
        message = spoken(
            "Dinero knows nothing at this address ({error}). Nothing was written. Check "
            "dinero.base_url (https://api.dinero.dk) and dinero.organization_id.",
            error=error,
        )
        return ConfigError([Problem(key="dinero.base_url", message=message)])
    return TemporaryError(
        spoken(
            "Dinero refused a question ({error}). Nothing was changed by it; the next "
            "run tries again.",
            error=error,
        )
    )


class NotConnectedError(ConnectionRefusedByVendorError):
    """Dinero doesn't let us in: no valid token, no right, or no Pro plan."""
