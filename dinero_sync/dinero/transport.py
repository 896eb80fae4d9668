"""Requests to Dinero about one company, and the ends that they can have.

Reads either answer or raise a TemporaryError. Writes have three ends: they return (done), they
raise a RejectedError (nothing happened), or they raise InDoubtError (sent, no clear answer). A
refusal counts in Dinero's own form alone: what a gateway says in its place says nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from dinero_sync.dinero import errors
from dinero_sync.dinero.answers import (
    Wire,
    collection_of,
    error_code,
    error_of,
    is_own_word,
    list_of,
    object_of,
    parsed,
)
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.body import Bodies, Body, to_json
from dinero_sync.errors import TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import Answer, NoAnswerError, is_clear, unexpected

SERVICE = "Dinero"
PAGE_SIZE = 1000
"""The largest page that Dinero serves."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One change, word by word as it goes over the wire."""

    method: str
    path: str
    request: str
    """The body that is sent; empty where there is none."""
    status: int | None = None
    """None until an answer came; that to the last try counts."""
    answer: str = ""


Announce = Callable[[Exchange], None]


class Transport:
    """A session with Dinero, about one organisation."""

    def __init__(
        self, http: HttpClient, base_url: str, organization_id: int | None, tokens: BearerAuth
    ) -> None:
        """Talk to ``base_url`` through ``http`` about one organisation (firma)."""
        self._http = http
        self._base = base_url.rstrip("/")
        self._organization_id = organization_id
        self._tokens = tokens
        self._announce: Announce | None = None

    @contextmanager
    def announcing(self, announce: Announce) -> Iterator[None]:
        """Within this, tell ``announce`` of each change before it is sent; it may raise to stop it.

        What was answered is in the exchange afterwards.
        """
        self._announce = announce
        try:
            yield
        finally:
            self._announce = None

    def read_organizations(self) -> list[Wire]:
        """Read the one list that belongs to no organisation: the organisations."""
        return list_of(self._read_answer(f"{self._base}/v1.1/organizations", {}))

    def _url(self, version: str, path: str) -> str:
        return f"{self._base}/{version}/{self._organization_id}/{path}"

    def pages(self, version: str, path: str, query: dict[str, str]) -> Iterator[Wire]:
        """Read a list to its end, a page at a time; raises TemporaryError where it has none."""
        page = 0
        begins: list[Wire] = []
        while True:
            asked = {**query, "page": str(page), "pageSize": str(PAGE_SIZE)}
            answer = self._read_answer(self._url(version, path), asked)
            items, size = collection_of(answer)
            if items and items[0] in begins:
                raise _endless(path, page)
            begins += items[:1]
            yield from items
            if not items or len(items) < size:
                return
            page += 1

    def read_object(self, version: str, path: str) -> Wire:
        """Read one object."""
        return object_of(self._read_answer(self._url(version, path), {}))

    def read_list(self, version: str, path: str, query: dict[str, str]) -> list[Wire]:
        """Read a list that isn't paged."""
        return list_of(self._read_answer(self._url(version, path), query))

    def ask(self, version: str, path: str, body: Bodies) -> list[Wire]:
        """Put a question that Dinero takes by POST, and read the list that answers it.

        It changes nothing, and is repeated like a read.
        """
        url, text = self._url(version, path), to_json(body)
        return list_of(self._answered(lambda: self._http.ask(url, text, own_word=is_own_word)))

    def _read_answer(self, url: str, query: dict[str, str]) -> Answer:
        return self._answered(lambda: self._http.get(url, query, own_word=is_own_word))

    def _answered(self, send: Callable[[], Answer]) -> Answer:
        answer = self._with_second_chance(send)
        if answer.ok:
            return answer
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or not is_clear(answer, is_own_word):
            raise unexpected(SERVICE, answer)
        raise error_of(answer)

    def write(
        self,
        method: str,
        version: str,
        path: str,
        body: Body | Bodies | None,
        *,
        has_identity: bool = False,
    ) -> Answer:
        """Change something; ``has_identity`` if Dinero refuses or ignores a repetition."""
        url, text = self._url(version, path), "" if body is None else to_json(body)
        exchange = Exchange(method=method, path=url.removeprefix(self._base), request=text)
        if self._announce is not None:
            self._announce(exchange)

        def send() -> Answer:
            answer = self._http.write(
                method, url, text, repeatable=has_identity, own_word=is_own_word
            )
            exchange.status, exchange.answer = answer.status, answer.text
            return answer

        try:
            answer = self._with_second_chance(send)
        except NoAnswerError as error:
            raise errors.InDoubtError(str(error)) from error
        if not is_clear(answer, is_own_word):
            raise errors.InDoubtError(str(unexpected(SERVICE, answer)), service_failed=True)
        if answer.ok:
            return _clear(answer)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise unexpected(SERVICE, answer)
        raise error_of(answer)

    def _with_second_chance(self, send: Callable[[], Answer]) -> Answer:
        """Send; where the token is refused renew it once. A refused request has no effect."""
        answer = send()
        if _refuses(answer, HTTPStatus.UNAUTHORIZED):
            self._tokens.renew_refused()
            answer = send()
        if _refuses(answer, HTTPStatus.UNAUTHORIZED):
            raise errors.NotConnectedError(
                "Dinero doesn't accept the connection. Nothing was booked. "
                "Connect again: dinero-sync connect"
            )
        if _refuses(answer, HTTPStatus.FORBIDDEN):
            raise _no_right(answer)
        return answer


def _refuses(answer: Answer, status: HTTPStatus) -> bool:
    """Tell whether it is Dinero itself that refuses with ``status``."""
    return answer.status == status and is_clear(answer, is_own_word)


def _endless(path: str, page: int) -> TemporaryError:
    return TemporaryError(
        f"Dinero's list of {path} has no end: page {page + 1} begins like one before it. Nothing "
        "of it was used for a change; the next run reads it again. If it stays so, tell Dinero's "
        "support that `page` has no effect on it."
    )


def _no_right(answer: Answer) -> errors.NotConnectedError:
    if error_code(answer) in errors.NO_PRO:
        return errors.NotConnectedError(
            "The company's Dinero subscription doesn't include the API. Nothing was booked. "
            "Choose Dinero Pro or Total under Indstillinger → Abonnement, then run again."
        )
    return errors.NotConnectedError(
        "The connection has no right to this company in Dinero. Nothing was booked. Check "
        "dinero.organization_id, or connect as a user of that company: dinero-sync connect"
    )


def _clear(answer: Answer) -> Answer:
    """Return the answer to a write, which may be empty; anything but JSON leaves it in doubt."""
    if answer.text.strip() and parsed(answer) is None:
        raise errors.InDoubtError(
            "Dinero answered a change with something that isn't its API's form, so it isn't known "
            "whether it happened. It is read there before anything is tried again."
        )
    return answer
