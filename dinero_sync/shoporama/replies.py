"""What Shoporama's answers mean: JSON, lists in either shape, and every way to fail.

Error bodies are text (``410 Gone``), and their JSON form isn't documented: they are never parsed,
and none of their words is shown: any of them may be a key or somebody's name. A web page is none of
the shop's answers, whatever its status: it says nothing about the key, an order or the address.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from json.encoder import encode_basestring_ascii

from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.domain.step import sentence
from dinero_sync.errors import (
    ConfigError,
    ConnectionRefusedByVendorError,
    DineroSyncError,
    Problem,
    QuotaError,
    TemporaryError,
)
from dinero_sync.http_answers import Answer, is_clear, unexpected

DEEPEST = 200
"""Levels within each other that an order may have; no real one comes near."""
SERVICE = "Shoporama"
ALWAYS_NEEDED = {"order", "self"}
"""Resources without which there is nothing to do; each other one is needed by some rules alone."""
NOT_SHOWN = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.GONE,
}
"""How the shop says that a key may not read a resource, or that there is none."""
RawObject = dict[str, object]
"""One JSON object, its numbers exact: int or Decimal."""

SPEAKS_OF_QUOTA = re.compile(
    r"quota|too many requests|rate.?limit|daily.{0,20}limit|limit.{0,20}(reached|exceeded)",
    re.IGNORECASE,
)
LONGEST_REFUSAL = 120
"""Characters of the longest text that is taken for a refusal in words."""
COUNT = re.compile(r"[0-9]{1,9}")
"""How many a list holds, as text; no longer than the largest there can be."""
NOTHING_LOST = spoken(
    "Nothing of this answer was used and no order is lost: the next run reads the same days again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, its objects exactly as the shop sent them."""

    items: tuple[RawObject, ...]
    offset: int
    total: int | None
    """How many the whole list holds; None where the shop sends a bare list."""
    unreadable: int = 0
    """How many of its entries are no objects, and aren't among ``items``."""

    @property
    def count(self) -> int:
        """Return how many entries the page holds."""
        return len(self.items) + self.unreadable


class RightMissingError(ConnectionRefusedByVendorError):
    """The key may not read a resource that only some rules need."""

    def __init__(self, status: int, resource: str) -> None:
        """Say which resource, and what to do; ``what`` says only the former, ``words`` as data."""
        self.what = _no_right(status, resource)
        self.words = sentence("right_missing", resource=resource, status=int(status))
        waiting = spoken("Orders that depend on it wait until it may.")
        super().__init__(joined(self.what, _rights(waiting)))


def parsed(answer: Answer) -> object:
    """Parse a successful answer; raises QuotaError or TemporaryError where it isn't JSON."""
    try:
        return json.loads(
            answer.text, parse_float=_exact, parse_int=_whole_number, parse_constant=str
        )
    except (ValueError, RecursionError):
        pass
    if answer.is_page:
        raise TemporaryError(
            spoken(
                "{service} answered with a web page where data was expected. {nothing_lost} "
                "If it stays so, check shoporama.base_url: `dinero-sync doctor`.",
                service=SERVICE,
                nothing_lost=NOTHING_LOST,
            )
        )
    if len(answer.text) <= LONGEST_REFUSAL and SPEAKS_OF_QUOTA.search(answer.text):
        raise quota_spent()
    raise TemporaryError(
        spoken(
            "{service}'s answer can't be read: it is no JSON, or it was cut short. {nothing_lost}",
            service=SERVICE,
            nothing_lost=NOTHING_LOST,
        )
    )


def _exact(digits: str) -> Decimal | str:
    """Read a number with a fraction; one beyond all bounds stays text, which holds its order."""
    try:
        return Decimal(digits)
    except ArithmeticError:
        return digits


def _whole_number(digits: str) -> int | str:
    """Read a whole number; one with more digits than Python reads stays text, as above."""
    try:
        return int(digits)
    except ValueError:
        return digits


def object_of(answer: Answer) -> RawObject:
    """Read an answer that is one object; raises TemporaryError for any other."""
    body = parsed(answer)
    if not isinstance(body, dict):
        raise not_understood(spoken("one object was expected"))
    return body


def page_of(answer: Answer, offset: int) -> Page:
    """Read a list, bare or in its envelope, that was asked for from ``offset``.

    The envelope is ``{"paging": {"offset", "limit", "count", "total"}, "<plural>": […]}``
    (https://www.shoporama.dk/index/rest). Raises TemporaryError where it contradicts itself.
    """
    body = parsed(answer)
    if isinstance(body, list):
        return _page(body, offset, None)
    if not isinstance(body, dict):
        raise not_understood(spoken("a list was expected"))
    paging = body.get("paging")
    if not isinstance(paging, dict):
        paging = {}
    page = _page(_only_list(body, answer.text), offset, _whole(paging.get("total")))
    _check_paging(page, _whole(paging.get("offset")), _whole(paging.get("count")))
    return page


def failure(answer: Answer, resource: str) -> DineroSyncError:
    """Build the error for an answer that isn't a success."""
    status = answer.status
    in_words = not answer.is_page and SPEAKS_OF_QUOTA.search(answer.text)
    if status == HTTPStatus.TOO_MANY_REQUESTS or in_words:
        return quota_spent()
    if not is_clear(answer):
        return unexpected(SERVICE, answer)
    if status in NOT_SHOWN:
        return _not_shown(status, resource)
    return TemporaryError(
        spoken(
            "{service} refused to show “{resource}” (status {status}{size}). "
            "{nothing_lost} If it stays so, `dinero-sync doctor` tells what the shop "
            "accepts.",
            service=SERVICE,
            resource=resource,
            status=status,
            size=_size_of(answer.text),
            nothing_lost=NOTHING_LOST,
        )
    )


def _not_shown(status: int, resource: str) -> DineroSyncError:
    if resource not in ALWAYS_NEEDED:
        return RightMissingError(status, resource)
    if status == HTTPStatus.UNAUTHORIZED:
        return ConnectionRefusedByVendorError(
            spoken(
                "{service} refused the API key (status 401). No order was read, and nothing "
                "is booked until the key is accepted. Compare shoporama.api_key with Account "
                "→ Webshop → API access in Shoporama; if it is right, try another "
                "shoporama.auth_scheme (Shoporama, Bearer or bare). `dinero-sync doctor` "
                "tells when it works.",
                service=SERVICE,
            )
        )
    if status == HTTPStatus.FORBIDDEN:
        return ConnectionRefusedByVendorError(
            spoken(
                "{refusal} {rights}",
                refusal=_no_right(status, resource),
                rights=_rights(spoken("Nothing is booked until it may.")),
            )
        )
    problem = Problem(
        key="shoporama.base_url",
        message=spoken(
            "there is no “{resource}” at this address (status {status}), so no order was "
            "read. Write https://www.shoporama.dk/REST, or your own shop's domain "
            "followed by /REST in capitals.",
            resource=resource,
            status=status,
        ),
    )
    return ConfigError([problem])


def _no_right(status: int, resource: str) -> str:
    return spoken(
        "{service} doesn't let this API key read “{resource}” (status {status}).",
        service=SERVICE,
        resource=resource,
        status=status,
    )


def quota_spent() -> QuotaError:
    """Build the error for a spent quota."""
    return QuotaError(
        spoken(
            "{service}'s quota of calls for this API key is spent (1,000 a day unless "
            "Shoporama granted more). {nothing_lost} The count of the day stands under "
            "Account → Webshop → API access; run less often, or ask Shoporama for more "
            "and set shoporama.daily_calls.",
            service=SERVICE,
            nothing_lost=NOTHING_LOST,
        )
    )


def not_understood(what: str) -> TemporaryError:
    """Build the error for JSON of another shape."""
    return TemporaryError(
        spoken(
            "{service}'s answer isn't understood: {what}. {nothing_lost}",
            service=SERVICE,
            what=what,
            nothing_lost=NOTHING_LOST,
        )
    )


def raw_text(value: object, levels: int = DEEPEST) -> str:
    """Write raw JSON compactly, every number digit by digit as it was read.

    Raises RecursionError for what is nested deeper than ``levels``, on every Python alike.
    """
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, Decimal) or type(value) is int:  # a truth value is an int, too
        return str(value)
    if isinstance(value, (dict, list)) and not levels:
        raise RecursionError
    if isinstance(value, dict):
        inner = levels - 1
        pairs = [f"{encode_basestring_ascii(key)}:{raw_text(value[key], inner)}" for key in value]
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join([raw_text(entry, levels - 1) for entry in value]) + "]"
    return json.dumps(value)


def _page(entries: list[object], offset: int, total: int | None) -> Page:
    """Take the objects of a list; a broken entry keeps nobody from reading the others."""
    objects = tuple(entry for entry in entries if isinstance(entry, dict))
    unreadable = len(entries) - len(objects)
    return Page(items=objects, offset=offset, total=total, unreadable=unreadable)


def _only_list(body: RawObject, text: str) -> list[object]:
    """Return the list beside ``paging``; its name is the resource's plural."""
    others = [value for key, value in body.items() if key != "paging"]
    lists = [value for value in others if isinstance(value, list)]
    if len(lists) == 1:
        return lists[0]
    if not lists and "paging" in body and all(value in (None, {}, "") for value in others):
        return []
    if not lists and SPEAKS_OF_QUOTA.search(text):
        raise quota_spent()
    raise not_understood(spoken("an envelope with one list was expected"))


def _check_paging(page: Page, offset: int | None, count: int | None) -> None:
    if offset is not None and offset != page.offset:
        raise not_understood(
            spoken(
                "the list was asked for from number {offset} on and came from {offset_after} on, "
                "so reading it would never end",
                offset=page.offset,
                offset_after=offset,
            )
        )
    if count is not None and count != page.count:
        raise not_understood(
            spoken(
                "a page says that it holds {count} and holds {held}",
                count=count,
                held=page.count,
            )
        )
    if page.total is not None and page.total < page.offset + page.count and page.count:
        raise not_understood(
            spoken(
                "a list says that it holds {total} and goes on to {offset}",
                total=page.total,
                offset=page.offset + page.count,
            )
        )


def _whole(value: object) -> int | None:
    if isinstance(value, str) and COUNT.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _rights(meaning: str) -> str:
    return spoken(
        "{meaning} Give the key of shoporama.api_key the right to read orders, "
        "payment gateways, freight methods and countries (products, categories and "
        "profiles too, where rules ask for them) under Account → Webshop → API "
        "access in Shoporama; if it has it, try another shoporama.auth_scheme "
        "(Shoporama, Bearer or bare).",
        meaning=meaning,
    )


def _size_of(text: str) -> str:
    """Tell how long an answer is, without any of its words."""
    return spoken(", {text} characters of text", text=len(text)) if text.strip() else ""
