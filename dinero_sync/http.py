"""HTTP as this program wants it: time limits always, no surprises, every call counted.

One :class:`HttpClient` per service. It never follows a redirect on a write, never reads
credentials from ``~/.netrc``, and a read-only one refuses to send anything but reads, which is what
makes a dry run safe: a forgotten ``if`` can't book an invoice.

Retries live here and nowhere else. Whether a call may be repeated is decided by
:func:`seconds_until_retry`, a pure function; only calls that have an identity of their own at the
other end, or that change nothing, are repeated once bytes were sent.

Between us and a service stand proxies and gateways, which answer in its place when they like. Only
:func:`is_clear` answers are the service's own: after any other, nobody knows what happened.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import requests
import tenacity
from requests.auth import AuthBase
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata

from dinero_sync import __version__
from dinero_sync.clock import Clock
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DineroSyncError, TemporaryError, sentence_of
from dinero_sync.http_answers import (
    NOT_ABOUT_THE_REQUEST,
    Answer,
    NoAnswerError,
    OwnWord,
    is_clear,
    is_no_page,
    seconds_until_retry,
    unexpected,
)
from dinero_sync.logs import get_logger
from dinero_sync.way_out import PROXY_VARIABLES, UnreachableError, never_sent, proxy_for, trust

log = get_logger()
WAITING = "http.waiting"
"""The log event of a pause before a call is tried again."""
USER_AGENT = f"dinero-sync/{__version__}"
LONGEST_ANSWER = 4
"""How many of the time limits for one read a whole answer may take."""
PART = 65536


@dataclass(frozen=True, slots=True)
class FilePart:
    """A PDF that is sent as the one part of a form."""

    name: str
    content: bytes

    def encoded(self) -> tuple[bytes, str]:
        """Return the form, and what type of content it is."""
        field = (self.name, self.content, "application/pdf")
        return encode_multipart_formdata({"file": field})


class ReadOnlyError(RuntimeError):
    """A read-only client was asked to write: a fault of the program, never of the operator."""


class HttpClient:
    """A session with one service."""

    def __init__(  # noqa: PLR0913 - each is a property of the session, set once
        self,
        *,
        service: str,
        timeout_seconds: float,
        clock: Clock,
        read_only: bool = False,
        waits_for_limit: bool = True,
        auth: AuthBase | None = None,
        ca_file: Path | None = None,
        before_call: Callable[[], None] | None = None,
        never_called: Callable[[], None] | None = None,
        too_many_calls: Callable[[], None] | None = None,
    ) -> None:
        """Open a session; ``before_call`` runs before each attempt, to keep a rate limit.

        ``never_called`` runs after an attempt that never reached the service, ``too_many_calls``
        after one that the service refused for their number (429). ``waits_for_limit``:
        whether a 429 is over in a minute or so, and worth waiting for. ``ca_file``: certificates
        that are trusted besides the machine's.
        """
        self.service = service
        self.calls = 0
        self.read_only = read_only
        self._waits_for_limit = waits_for_limit
        self._timeout = (timeout_seconds, timeout_seconds)
        self._clock = clock
        self._auth = auth
        self._ca_file = ca_file
        self._before_call = before_call
        self._never_called = never_called
        self._too_many_calls = too_many_calls
        self._proxies: dict[tuple[str | None, ...], dict[str, str]] = {}
        self._session = requests.Session()
        self._session.trust_env = False
        self._headers = {
            **self._session.headers,
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
        }

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        own_word: OwnWord = is_no_page,
    ) -> Answer:
        """Read ``url``; raises UnreachableError or NoAnswerError when no try succeeds.

        OwnSideError, here as in all that follows, when this machine can't send anything.
        """
        return self._with_retries(
            lambda: self._send("GET", url, params, None), repeatable=True, own_word=own_word
        )

    def ask(self, url: str, body: str, *, own_word: OwnWord = is_no_page) -> Answer:
        """Put a question that a service takes by POST: it changes nothing, like a read.

        So it is repeated like one, and a session that may only read puts it too.
        """
        return self._with_retries(
            lambda: self._send("POST", url, None, body), repeatable=True, own_word=own_word
        )

    def write(
        self,
        method: str,
        url: str,
        body: str | FilePart,
        *,
        repeatable: bool,
        own_word: OwnWord = is_no_page,
    ) -> Answer:
        """Send a JSON text, a file, or nothing; ``repeatable`` if the other end knows a repetition.

        Raises UnreachableError when nothing was sent, NoAnswerError when it may have happened.
        """
        if self.read_only:
            raise ReadOnlyError(f"{method} {url} in a session that may only read")
        return self._without_hiding_doubt(
            lambda: self._send(method, url, None, body), repeatable=repeatable, own_word=own_word
        )

    def _without_hiding_doubt(
        self, send: Callable[[], Answer], *, repeatable: bool, own_word: OwnWord
    ) -> Answer:
        """Send with retries; one try without a clear answer leaves all of them unclear.

        What a later try ends with then says nothing about the earlier one, unless it is an answer
        to the request itself.
        """
        unclear = False

        def noted() -> Answer:
            nonlocal unclear
            try:
                answer = send()
            except NoAnswerError:
                unclear = True
                raise
            unclear = unclear or not is_clear(answer, own_word)
            return answer

        try:
            answer = self._with_retries(noted, repeatable=repeatable, own_word=own_word)
        except DineroSyncError as error:  # also when a later try got no token for the call
            if unclear:
                raise NoAnswerError(sentence_of(error)) from error
            raise
        if unclear and answer.status in NOT_ABOUT_THE_REQUEST and is_clear(answer, own_word):
            raise NoAnswerError(sentence_of(unexpected(self.service, answer)))
        return answer

    def _with_retries(
        self, send: Callable[[], Answer], *, repeatable: bool, own_word: OwnWord
    ) -> Answer:
        pause: float | None = None

        def is_tried_again(state: tenacity.RetryCallState) -> bool:
            nonlocal pause
            assert state.outcome is not None  # noqa: S101 - tenacity sets it before it asks
            error = state.outcome.exception()
            if error is not None and not isinstance(error, (UnreachableError, NoAnswerError)):
                return False
            outcome: Answer | TemporaryError = error or state.outcome.result()
            pause = seconds_until_retry(
                outcome,
                state.attempt_number,
                repeatable=repeatable,
                waits_for_limit=self._waits_for_limit,
                own_word=own_word,
                now=self._clock.now(),
            )
            if pause is not None:  # told for whoever asks why nothing happens
                log.debug(WAITING, service=self.service, seconds=pause, reason=_kind_of(outcome))
            return pause is not None

        return tenacity.Retrying(
            retry=is_tried_again, wait=lambda _: pause or 0.0, sleep=self._clock.pause
        )(send)

    def _send(
        self, method: str, url: str, params: Mapping[str, str] | None, body: str | FilePart | None
    ) -> Answer:
        proxies = self._proxies_to(url)  # raises before a call is counted that can't be made
        if self._before_call is not None:
            self._before_call()
        self.calls += 1
        try:
            response = self._session.send(
                self._request(method, url, params, body),
                proxies=proxies,
                timeout=self._timeout,
                allow_redirects=method == "GET",
                stream=True,
            )
            content = self._content(response)
        except requests.exceptions.RequestException as error:
            unsent = never_sent(self.service, error, url)
            if unsent is None:
                what = spoken("broke off before it answered")
                raise NoAnswerError(self._text(what, url, error)) from error
            if self._never_called is not None:
                self._never_called()
            raise unsent from error
        except HTTPError as error:
            raise NoAnswerError(
                self._text(spoken("broke off in its answer"), url, error)
            ) from error
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and self._too_many_calls:
            self._too_many_calls()
        return Answer(response.status_code, response.headers, _text_of(response, content))

    def _request(
        self, method: str, url: str, params: Mapping[str, str] | None, body: str | FilePart | None
    ) -> requests.PreparedRequest:
        """Make a request; the session would work out anew for each what is the same for all."""
        content, kind = _encoded(body)
        of_body = {"Content-Type": kind} if content else {}
        request = requests.PreparedRequest()
        request.prepare(
            method,
            url,
            headers={**self._headers, **of_body},
            data=content,
            params=params,
            auth=self._auth,
            cookies=self._session.cookies,
        )
        return request

    def _proxies_to(self, url: str) -> dict[str, str]:
        """Return the proxies towards a host, worked out once for each, while the variables stand.

        Raises OwnSideError for a setting, or a file of certificates, that can't be used.
        """
        told = (*urlsplit(url)[:2], *map(os.environ.get, PROXY_VARIABLES))
        if told not in self._proxies:
            proxy_for(url)
            self._proxies[told] = get_environ_proxies(url)
        trust(self._session, url, self._ca_file)
        return self._proxies[told]

    def _content(self, response: requests.Response) -> bytes:
        """Read an answer to its end; raises NoAnswerError for one that comes drop by drop.

        The time limit of the session is one for each read, which such an answer always keeps.
        """
        parts = []
        with response:
            until = self._clock.now() + LONGEST_ANSWER * timedelta(seconds=self._timeout[1])
            while part := response.raw.read1(PART, decode_content=True):
                parts.append(part)
                if self._clock.now() > until:
                    what = spoken("answers too slowly")
                    raise NoAnswerError(self._text(what, response.url, TimeoutError()))
        return b"".join(parts)

    def _text(self, what: str, url: str, error: Exception) -> str:
        return spoken(
            "{service} {what} ({host}: {name}). The next run goes on by itself.",
            service=self.service,
            what=what,
            host=urlsplit(url).netloc,
            name=type(error).__name__,
        )


def _encoded(body: str | FilePart | None) -> tuple[bytes | None, str]:
    if isinstance(body, FilePart):
        return body.encoded()
    return None if body is None else body.encode(), "application/json"


def _kind_of(outcome: Answer | TemporaryError) -> str:
    return f"status {outcome.status}" if isinstance(outcome, Answer) else type(outcome).__name__


def _text_of(response: requests.Response, content: bytes) -> str:
    is_told = "charset" in response.headers.get("Content-Type", "")
    try:
        return content.decode((is_told and response.encoding) or "utf-8", "replace")
    except LookupError:  # no encoding that anybody knows
        return content.decode("utf-8", "replace")
