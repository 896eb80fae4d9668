"""One answer: whose word it is, and whether asking again is worth it; pure functions of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError
from dinero_sync.way_out import UnreachableError

ATTEMPTS = 4
BROWNOUT = 480
"""Dinero's status for a random failure of an endpoint that is about to be removed."""
NOT_ABOUT_THE_REQUEST = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
)
"""Answers that say nothing about what an earlier try of the same request did."""
NEVER_AN_ANSWER = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.TOO_EARLY}
)
"""What gateways say of themselves (RFC 9110 § 15.5.9 and 15.5.20, RFC 8470 § 5.2), in any form."""
LONGEST_RETRY_AFTER_SECONDS = 300.0
SHORTEST_WAIT_SECONDS = 1.0
"""After any 429, or one that names no time worth naming would be asked again without a pause."""
SECONDS_AFTER_RATE_LIMIT = 60.0
"""What Dinero's documentation asks for when a 429 names no time."""


class NoAnswerError(TemporaryError):
    """The request was sent and no complete answer came back: it may have happened or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def ok(self) -> bool:
        """Tell whether the status says success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_page(self) -> bool:
        """Tell whether it is a web page, which no API of ours speaks in.

        The body tells: programs in PHP call their JSON ``text/html`` unless they take care.
        """
        return self.text.lstrip().startswith("<")

    def json(self, as_object: Callable[[list[tuple[str, object]]], object] = dict) -> object:
        """Parse the body with exact numbers; raises ValueError where it isn't JSON.

        ``as_object`` makes an object of its names and values.
        """
        return json.loads(
            self.text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=as_object,
        )


def _refuse_constant(name: str) -> object:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON (RFC 8259 § 6) and no amounts."""
    raise ValueError(f"{name} is no number in JSON")


OwnWord = Callable[[Answer], bool]
"""Tells whether a refusal (4xx) comes in a form that the service itself uses."""


def is_no_page(answer: Answer) -> bool:
    """Tell whether a refusal can be a service's own whose forms aren't documented."""
    return not answer.is_page


def is_clear(answer: Answer, own_word: OwnWord = is_no_page) -> bool:
    """Tell whether an answer is the service's own word on what came of the request.

    A redirect isn't, nor is a web page, whatever its status, nor what gateways say of themselves.
    A 429 counts in any form: nothing was done.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if answer.ok:
        return not answer.is_page
    if has_failed(answer) or answer.status in NEVER_AN_ANSWER:
        return False
    return answer.status >= HTTPStatus.BAD_REQUEST and own_word(answer)


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read ``Retry-After``, in seconds or as a date (RFC 9110 § 10.2.3); None when unusable."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_RETRY_AFTER_SECONDS)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER_SECONDS)


def seconds_until_retry(  # noqa: PLR0913 - what is known of a call when it ended
    outcome: Answer | TemporaryError,
    attempt: int,
    *,
    repeatable: bool,
    waits_for_limit: bool = True,
    own_word: OwnWord = is_no_page,
    now: datetime,
) -> float | None:
    """Say how long to wait before trying again, or None to let ``outcome`` stand.

    ``repeatable`` is true for reads and for writes that the other end recognises by an identity.
    ``attempt`` counts from 1. A 429 is waited for as often as it comes: the pause itself ends at
    the run's deadline. Without ``waits_for_limit`` it stands: its limit is a day's.
    """
    if isinstance(outcome, Answer) and outcome.status == HTTPStatus.TOO_MANY_REQUESTS:
        return _seconds_of_limit(outcome, now) if waits_for_limit else None
    if attempt >= ATTEMPTS:
        return None
    backoff = float(2 ** (attempt - 1))
    if isinstance(outcome, UnreachableError):
        return backoff
    is_unclear = isinstance(outcome, TemporaryError) or not is_clear(outcome, own_word)
    return backoff if repeatable and is_unclear else None


def _seconds_of_limit(answer: Answer, now: datetime) -> float:
    named = retry_after_seconds(answer.headers, now)
    return SECONDS_AFTER_RATE_LIMIT if named is None else max(named, SHORTEST_WAIT_SECONDS)


def has_failed(answer: Answer) -> bool:
    """Tell whether the other end failed, and nobody knows how far it came."""
    return answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == BROWNOUT


def unexpected(service: str, answer: Answer) -> TemporaryError:
    """Build the error for an answer after which nobody knows what came of the request."""
    if has_failed(answer) or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TemporaryError(
            spoken(
                "{service} answered with status {status}. This is trouble at their end; the "
                "next run goes on by itself.",
                service=service,
                status=answer.status,
            )
        )
    form = spoken("a web page") if answer.is_page else spoken("not in its API's form")
    return TemporaryError(
        spoken(
            "{service} was asked, and the answer is not its own word (status {status}, "
            "{form}): something at their end or on the way there, like a gateway or a "
            "proxy, answered in its place. The next run goes on by itself; if this "
            "lasts, check the address (base_url) of that service in the configuration, "
            "and the network that this machine is in.",
            service=service,
            status=answer.status,
            form=form,
        )
    )
