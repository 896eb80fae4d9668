"""The calls to Shoporama's REST API that this program makes, and the header that opens the shop.

All of the calls read but one, which changes an order's labels (:mod:`.labels`). The header has
three forms that Shoporama has documented: with the word ``Shoporama``, with ``Bearer``, and the
bare token.

Sources: https://www.shoporama.dk/index/rest (paths, paging, quota, the word ``Shoporama``) and
https://www.shoporama.dk/en/article/rest-api (resources, the bare token, ``Bearer``).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from zoneinfo import ZoneInfo

from requests import PreparedRequest
from requests.auth import AuthBase

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem, TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import Answer, is_clear
from dinero_sync.shoporama.labels import Relabelling, refused
from dinero_sync.shoporama.replies import (
    NOTHING_LOST,
    SERVICE,
    Page,
    RawObject,
    failure,
    object_of,
    page_of,
    quota_spent,
    raw_text,
)

SENDABLE = re.compile(r"[!-~]+")
"""Printable ASCII without spaces: what fits into a header."""
UNUSABLE_KEY = Problem(
    key="shoporama.api_key",
    message=spoken(
        "the key is empty, or holds a space, a line break or a letter outside ASCII, "
        "so it can't be sent. Copy it again from Account → Webshop → API access in "
        "Shoporama."
    ),
)
PAGE_SIZE = 100
"""The largest page that every public client of Shoporama asks for."""
REMOVED = "410 gone"
"""All that the shop answers about a removed product, as plain text and whatever the status."""
GROWTH_ALLOWED = 1000
"""How many orders may come in while a list is read: a list that outgrows this never ends."""
LONGEST_BARE_LIST = 100_000
"""A day's quota of full pages."""


class AuthScheme(StrEnum):
    """The values of ``shoporama.auth_scheme``."""

    SHOPORAMA = "Shoporama"
    BEARER = "Bearer"
    BARE = "bare"


class ShopAuth(AuthBase):
    """Puts the shop's API key into each request."""

    def __init__(self, api_key: str, scheme: str = AuthScheme.SHOPORAMA) -> None:
        """Take the key; raises ConfigError for one that no header can carry.

        The check is ours because the HTTP library's own would print the key.
        """
        if not SENDABLE.fullmatch(api_key):
            raise ConfigError([UNUSABLE_KEY])
        bare = AuthScheme(scheme) is AuthScheme.BARE
        self._header = api_key if bare else f"{AuthScheme(scheme)} {api_key}"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = self._header
        return request


def wire_time(moment: datetime, zone: ZoneInfo) -> str:
    """Write ``moment`` for ``last_modified``: ISO 8601 in the shop's zone, without offset.

    In the hour that autumn repeats such a text means two moments. The text returned is one whose
    later reading is at or before ``moment``, so the shop never leaves out an order.
    """
    local = moment.astimezone(zone).replace(microsecond=0)
    hidden_hour = local.replace(fold=1).astimezone(UTC) - local.astimezone(UTC)
    return (local.replace(tzinfo=None) - hidden_hour).isoformat(timespec="seconds")


class ShopClient:
    """One shop at Shoporama."""

    def __init__(self, http: HttpClient, base_url: str) -> None:
        """Talk to ``base_url``, which ends in ``/REST``."""
        self._http = http
        self._base = base_url.rstrip("/")

    def order_pages(self, changed_since: datetime | None, zone: ZoneInfo) -> Iterator[Page]:
        """List orders changed at or after ``changed_since``, a page at a time; all with None.

        ``zone`` is that of the shop's times. Raises TemporaryError for a list without an end.
        """
        query = {} if changed_since is None else {"last_modified": wire_time(changed_since, zone)}
        return self._pages("order", query)

    def order(self, order_id: int) -> RawObject | None:
        """Read one order; None when the shop has none with this id."""
        answer = self._http.get(f"{self._base}/order/{order_id}")
        if _is_absent(answer):
            return None
        return object_of(_successful(answer, "order"))

    def product(self, product_id: int) -> RawObject | None:
        """Read one product of the catalogue; None when the shop removed it or never had it."""
        answer = self._http.get(f"{self._base}/product/{product_id}")
        if _is_absent(answer) or answer.text.strip().casefold() == REMOVED:
            return None
        return object_of(_successful(answer, "product"))

    def payment_gateways(self) -> list[RawObject]:
        """List the ways to pay."""
        return self._master_list("payment-gateway")

    def shipping_methods(self) -> list[RawObject]:
        """List the freight methods."""
        return self._master_list("shipping")

    def countries(self) -> list[RawObject]:
        """List the countries that orders name by id."""
        return self._master_list("country")

    def order_returns(self) -> list[RawObject]:
        """List the returns; raises RightMissingError for a key that may not read them."""
        return self._master_list("order-return")

    def categories(self) -> list[RawObject]:
        """List the categories that products name by id."""
        return self._master_list("category")

    def profiles(self) -> list[RawObject]:
        """List the product profiles that products name by id."""
        return self._master_list("profile")

    def itself(self) -> RawObject:
        """Read what the API key belongs to: the cheapest proof that it works."""
        return object_of(self._read("self", {}))

    def relabel(self, change: Relabelling) -> RawObject:
        """Change an order's labels; returns what the answer shows of the order, be it nothing.

        It says the whole list, so a repetition does no harm. Raises LabelsRefusedError for any
        answer but a success, NoAnswerError and UnreachableError without one, and QuotaError.
        """
        url = f"{self._base}/order/{change.order_id}"
        answer = self._http.write("PATCH", url, raw_text(change.body), repeatable=True)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise quota_spent()
        if not answer.ok or answer.is_page:
            raise refused(answer.status)
        try:
            return object_of(answer)
        except TemporaryError:  # nobody documents what it is
            return {}

    def _master_list(self, resource: str) -> list[RawObject]:
        """Read a whole list; a bare one isn't paged (freight methods come so)."""
        items: list[RawObject] = []
        for page in self._pages(resource, {}):
            items.extend(page.items)
            if page.total is None:
                break
        return items

    def _pages(self, resource: str, query: Mapping[str, str]) -> Iterator[Page]:
        previous: Page | None = None
        offset = 0
        longest = LONGEST_BARE_LIST
        while True:
            asked = {**query, "limit": str(PAGE_SIZE), "offset": str(offset)}
            page = page_of(self._read(resource, asked), offset)
            if previous is None and page.total is not None:
                longest = page.total + GROWTH_ALLOWED
            if previous is not None and page.count and page.items == previous.items:
                if _is_whole_list(page):
                    return
                raise _endless(resource, spoken("every page holds the same ones"))
            if offset + page.count > longest:
                raise _endless(resource, spoken("it grows faster than it can be read"))
            yield page
            offset += page.count
            if not page.count or (page.total is not None and offset >= page.total):
                return
            previous = page

    def _read(self, resource: str, query: Mapping[str, str]) -> Answer:
        return _successful(self._http.get(f"{self._base}/{resource}", query), resource)


def _is_absent(answer: Answer) -> bool:
    """Tell whether it is the shop itself that says so, and no gateway's page."""
    return answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE} and is_clear(answer)


def _successful(answer: Answer, resource: str) -> Answer:
    if not answer.ok:
        raise failure(answer, resource)
    return answer


def _is_whole_list(page: Page) -> bool:
    """Tell whether a bare list that comes again is complete rather than cut at the page size."""
    return page.total is None and page.count != PAGE_SIZE


def _endless(resource: str, why: str) -> TemporaryError:
    return TemporaryError(
        spoken(
            "{service}'s list “{resource}” has no end: {why}. {nothing_lost} If it stays "
            "so, no further order is booked: run `dinero-sync doctor`, and tell "
            "Shoporama's support that `offset` has no effect on /REST/{resource}.",
            service=SERVICE,
            resource=resource,
            why=why,
            nothing_lost=NOTHING_LOST,
        )
    )
