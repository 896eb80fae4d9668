"""What the tests of the shop's side share: an order, a shop that answers, a clock."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import responses
from requests import PreparedRequest

from dinero_sync.domain.order import Gateway
from dinero_sync.http import HttpClient
from dinero_sync.shoporama.client import ShopAuth, ShopClient
from dinero_sync.shoporama.fields import WIRE_NAMES
from dinero_sync.shoporama.masters import Masters
from dinero_sync.shoporama.reader import ReaderSettings

BASE_URL = "https://www.shoporama.dk/REST"
ORDERS_URL = f"{BASE_URL}/order"
API_KEY = "SECRET-0f1e2d3c4b5a69788796a5b4c3d2e1f0"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SAMPLE = Path(__file__).with_name("paid_and_shipped_order.json")
SETTINGS = ReaderSettings(zone=COPENHAGEN, currency="DKK", names=WIRE_NAMES)
MASTERS = Masters(
    gateways={77: Gateway(gateway_id=77, code="quickpayv10", name="Kort")},
    shipping_names={301: "GLS pakkeshop"},
    countries={45: "DK", 57: "DE"},
)

Raw = dict[str, Any]


class InstantClock:
    """A clock whose pauses pass at once and are written down."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def check(self) -> None:
        """Never stop a test."""


def shop(scheme: str = "Shoporama", clock: InstantClock | None = None) -> ShopClient:
    http = HttpClient(
        service="Shoporama",
        timeout_seconds=5,
        clock=clock or InstantClock(),
        read_only=True,
        waits_for_limit=False,
        auth=ShopAuth(API_KEY, scheme),
    )
    return ShopClient(http, f"{BASE_URL}/")


def sample_order(**changes: object) -> Raw:
    """Return the sample order with fields replaced; ``...`` takes a field out."""
    raw: Raw = json.loads(SAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)
    raw |= changes
    return {name: value for name, value in raw.items() if value is not ...}


def small_order(order_id: int, last_modified: str, **changes: object) -> Raw:
    """Return as much of an order as a list reading looks at."""
    return {"order_id": order_id, "time": last_modified, "last_modified": last_modified, **changes}


def envelope(orders: list[Raw], offset: int = 0, total: int | None = None) -> str:
    paging = {
        "offset": offset,
        "limit": 100,
        "count": len(orders),
        "total": len(orders) if total is None else total,
    }
    return json.dumps({"paging": paging, "orders": orders})


def query_of(request: PreparedRequest) -> dict[str, str]:
    pairs = parse_qs(urlsplit(request.url or "").query)
    return {str(name): str(values[0]) for name, values in pairs.items()}


def serve_list(
    orders: Callable[[int], list[Raw]], page_size: int = 100
) -> Callable[[PreparedRequest], tuple[int, dict[str, str], str]]:
    """Answer ``/order`` from a list that may be another one at each call (counted from 1)."""
    calls = 0

    def answer(request: PreparedRequest) -> tuple[int, dict[str, str], str]:
        nonlocal calls
        calls += 1
        offset = int(query_of(request)["offset"])
        everything = orders(calls)
        page = everything[offset : offset + page_size]
        return 200, {}, envelope(page, offset, len(everything))

    return answer


def put_list(orders: Callable[[int], list[Raw]], page_size: int = 100) -> None:
    responses.add_callback(responses.GET, ORDERS_URL, callback=serve_list(orders, page_size))
