"""What can be set about the sandbox: how the vendors behave where nobody knows, and limits."""

from dataclasses import asdict, dataclass, fields
from typing import Literal

from pydantic import TypeAdapter

from dinero_sync.sandbox.answers import Json

HOUR_SECONDS = 3600
YEAR_SECONDS = 365 * 24 * HOUR_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, each with the value that the vendors document or most probably have."""

    orders: Literal["seeded", "practice", "none"] = "seeded"
    """What the shop starts with, also after a reset; ``practice``: besides, some that are held."""
    seed: int = 1
    """Chooses the invented orders; the same number gives the same orders."""
    clock_shift_seconds: float = 0
    """Added to the clock of all services, so that tokens and quotas run out without waiting."""
    keep_requests: int = 20_000
    """How many requests the log keeps."""

    shop_auth_forms: tuple[str, ...] = ("Shoporama", "Bearer", "bare", "X-Access-Token")
    """The forms of the ``Authorization`` header that the shop accepts, and the other header."""
    shop_daily_calls: int = 1000
    """Calls a day (Copenhagen) for a token, https://www.shoporama.dk/index/rest."""
    shop_page_limit: int = 100
    """The largest page of orders, whatever ``limit`` asks for."""
    shop_filter_ignored: bool = False
    """True plays a shop that ignores ``last_modified`` on orders."""
    shop_sort_by: Literal["order_id", "last_modified"] = "order_id"
    shop_newest_first: bool = True

    calls_per_minute: int | None = None
    """Dinero's limit for an organisation; None is no limit."""
    retry_after: Literal["seconds", "http_date", "absent"] = "absent"
    """Whether, and how, a 429 of the minute limit names the time to wait."""
    access_token_seconds: int = HOUR_SECONDS
    first_invoice_number: int = 1001
    no_pro_code: Literal[90, 48] = 90
    """The code without Dinero Pro: 90 by today's documentation, 48 by older."""
    vat_rounding: Literal["line", "total"] = "line"
    """Whether the VAT of an invoice is rounded line by line or once a rate."""
    deleted_answers: Literal["code_65", "deleted_at"] = "deleted_at"
    """How a deleted contact or draft is answered when it is read; as clients saw it by default."""

    ledger_booking_seconds: float = 1
    """How long the booking of ledger items takes ..."""
    ledger_booking_questions: int = 2
    """... unless its status was asked for that often before: a client that polls needn't wait."""
    ledger_add_answer: Literal["first", "all"] = "all"
    """How adding ledger items answers: the list that clients saw, or the first, as documented."""

    file_ready_seconds: float = 0
    """How long an uploaded file can't be linked yet; clients saw about a second."""

    e_invoice_delivery: Literal["sent", "endpoint_not_found", "refused"] = "sent"
    """What becomes of e-invoices: refused at once (code 51), or found undeliverable later."""

    unregistered_vat_numbers: tuple[str, ...] = ()
    """VAT numbers, with country prefix, that the EU's register (VIES) calls invalid."""
    vies_is_down: bool = False
    """True plays a country's register that doesn't answer."""

    redirect_uris: tuple[str, ...] = ("http://localhost:8765/callback",)
    """The addresses that Visma Connect may send a browser back to, compared exactly."""
    pkce_required: bool = False
    one_time_refresh_tokens: bool = True
    refresh_grace_seconds: float = 0
    """How long a one-time refresh token still works after its use (5 to 60 at Visma, or off)."""
    refresh_reuse_revokes: bool = True
    """Whether a second use of a one-time refresh token ends the whole consent."""
    refresh_token_seconds: int = YEAR_SECONDS

    client_pid: int | None = None
    """The process that a fault of kind ``kill`` ends."""
    kill_at_request: int | None = None
    """Kill the client at the request with this number (counted from 1 since the last reset)."""
    kill_when: Literal["before", "after"] = "before"

    def changed(self, changes: Json) -> "Settings":
        """Return these settings with ``changes``; raises ValueError when they can't be meant."""
        names = {field.name for field in fields(self)}
        unknown = sorted(set(changes) - names)
        if unknown:
            known = ", ".join(sorted(names))
            raise ValueError(f"The sandbox has no setting {', '.join(unknown)}; it has {known}.")
        changed = READER.validate_python(asdict(self) | changes)
        if changed.kill_at_request is not None and changed.client_pid is None:
            raise ValueError("kill_at_request needs client_pid: the process to kill.")
        return changed


READER = TypeAdapter(Settings)
"""Checks the types of settings that come from outside."""
