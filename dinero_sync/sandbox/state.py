"""Everything the sandbox knows: both vendors' data, the log, the complaints, the faults.

One lock guards it. Every request is processed as a whole under that lock, as if the vendors
handled one request at a time.
"""

import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from threading import Event, RLock
from urllib.parse import parse_qsl

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.clock import copenhagen_day, real_time, shop_time
from dinero_sync.sandbox.config_text import first_due_day
from dinero_sync.sandbox.dinero.books import Contact, Invoice, Organisation
from dinero_sync.sandbox.dinero.company import start_organisations
from dinero_sync.sandbox.faults import FaultScript, parse_fault
from dinero_sync.sandbox.settings import Settings
from dinero_sync.sandbox.shop import seed
from dinero_sync.sandbox.shop.catalogue import Catalogue, start_catalogue
from dinero_sync.sandbox.shop.practice import Practice, practice_orders
from dinero_sync.sandbox.tokens import AccessTokens
from dinero_sync.sandbox.visma.consents import Consents

FIRST_TIMESTAMP = 0x20A5EA8
FIRST_MAILOUT_ID = 8_400_001
OPEN_FORM_FIELDS = ("grant_type", "scope", "redirect_uri", "client_id")


@dataclass(slots=True)
class RequestRecord:
    """One request to a vendor."""

    number: int
    service: str
    method: str
    path: str
    query: str
    raw_body: bytes
    content_type: str
    status: int | None = None
    """None when the connection was closed without an answer."""
    fault: str | None = None
    interruption: Event = field(default_factory=Event)
    """Is set when the request is to end although its fault lets it hang."""

    @property
    def body(self) -> JsonValue:
        """The parsed body; of a form, the fields that aren't secret."""
        if not self.raw_body:
            return None
        text = self.raw_body.decode(errors="replace")
        if "form" in self.content_type:
            return {name: value for name, value in parse_qsl(text) if name in OPEN_FORM_FIELDS}
        try:
            return json.loads(text)
        except ValueError:
            return text

    def as_json(self) -> Json:
        """Describe the request for a person or a test."""
        return {
            "number": self.number,
            "service": self.service,
            "method": self.method,
            "path": self.path,
            "query": dict(parse_qsl(self.query, keep_blank_values=True)),
            "body": self.body,
            "status": self.status,
            "fault": self.fault,
        }


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a request that the real service would drop or tolerate in silence."""

    request: int
    method: str
    path: str
    message: str


class Sandbox:
    """The state of all services; ``url`` is where they listen."""

    def __init__(self, settings: Settings) -> None:
        """Start with ``settings``, which :meth:`reset` returns to."""
        self.url = ""
        self.lock = RLock()
        self.interruption = Event()
        self._first_settings = settings
        self.reset()

    def reset(self) -> None:
        """Return everything to how it was at the start."""
        with self.lock:
            self.interruption.set()
            self.interruption = Event()
            self.settings = self._first_settings
            self.started_at = self.now()
            self.faults = FaultScript()
            self.complaints: list[Complaint] = []
            self.requests: deque[RequestRecord] = deque(maxlen=self.settings.keep_requests)
            self.request_count = 0
            self.current: RequestRecord | None = None
            self._last_timestamp = FIRST_TIMESTAMP
            self._mailout_ids = count(FIRST_MAILOUT_ID)
            self.recent_calls: dict[int, deque[datetime]] = {}
            self.access_tokens = AccessTokens()
            self.consents = Consents()
            self._reset_vendors()

    def _reset_vendors(self) -> None:
        today = copenhagen_day(self.started_at)
        self.catalogue: Catalogue = start_catalogue()
        self.orders: dict[int, Json] = {}
        self.returns: list[Json] = []
        self.shop_calls: dict[tuple[str, date], int] = {}
        self.shop_refused: set[str] = set()
        self.organisations: dict[int, Organisation] = start_organisations(
            today, self.settings.first_invoice_number
        )
        self.practice: dict[int, Practice] = {}
        if self.settings.orders != "none":
            self.add_orders(seed.seeded_orders(self.started_at, self.settings.seed))
        if self.settings.orders == "practice":
            held = practice_orders(self.started_at)
            self.practice = {each.order["order_id"]: each for each in held}
            self.add_orders(each.order for each in held)

    def now(self) -> datetime:
        """Return the services' time, aware, in UTC."""
        return real_time(self.settings.clock_shift_seconds)

    def today(self) -> date:
        """Return the services' day in Copenhagen."""
        return copenhagen_day(self.now())

    @property
    def start_date(self) -> date:
        """A day before every seeded order."""
        return first_due_day(self.started_at)

    def change_settings(self, **changes: JsonValue) -> None:
        """Change settings from now on; raises ValueError at an unknown name."""
        with self.lock:
            self.settings = self.settings.changed(changes)

    def complain(self, message: str) -> None:
        """Record that the request being processed did something Dinero or the shop ignores."""
        about = self.current
        if about is not None:
            self.complaints.append(Complaint(about.number, about.method, about.path, message))

    def begin(self, record: RequestRecord) -> None:
        """Give a request its number and put it into the log."""
        self.request_count += 1
        record.number = self.request_count
        record.interruption = self.interruption
        self.requests.append(record)

    def add_orders(self, orders: Iterable[Json]) -> None:
        """Add raw orders to the shop, or replace those with the same ``order_id``.

        Raises ValueError at an order without one.
        """
        with self.lock:
            for order in orders:
                if "order_id" not in order:
                    raise ValueError("An order needs order_id.")
                self.orders[int(order["order_id"])] = dict(order)

    def change_order(self, order_id: int, changes: Json) -> Json:
        """Merge ``changes`` into an order; ``last_modified`` moves to now unless it is given.

        Raises KeyError when the shop has no such order.
        """
        with self.lock:
            order = self.orders[order_id]
            order.update({"last_modified": shop_time(self.now()), **changes})
            return order

    def add_fault(self, script: Json) -> None:
        """Add a fault; raises ValueError when the script is wrong."""
        fault = parse_fault(script)
        if fault.kind == "kill" and self.settings.client_pid is None:
            raise ValueError("A fault of kind kill needs the setting client_pid first.")
        with self.lock:
            self.faults.faults.append(fault)

    def clear_faults(self) -> None:
        """Forget the faults still to come."""
        with self.lock:
            self.faults = FaultScript()

    def new_timestamp(self) -> str:
        """Make the next version stamp of a document, like ``00000000020A5EA9``."""
        self._last_timestamp += 1
        return f"{self._last_timestamp:016X}"

    def new_mailout_id(self) -> int:
        """Make the number of the next mail-out, which counts over all companies."""
        return next(self._mailout_ids)

    @property
    def organisation(self) -> Organisation:
        """The company that the shop belongs to."""
        return self.organisations[credentials.ORGANIZATION_ID]

    @property
    def contacts(self) -> dict[str, Contact]:
        """The contacts of that company by guid."""
        return self.organisation.contacts

    @property
    def invoices(self) -> dict[str, Invoice]:
        """The invoices of that company by guid."""
        return self.organisation.invoices

    @property
    def credit_notes(self) -> dict[str, Invoice]:
        """The credit notes of that company by guid."""
        return self.organisation.credit_notes
