"""Requests to Dinero about one company, and the ends that they can have.

Reads either answer or raise a TemporaryError. Writes have three ends: they return (done), they
raise a RejectedError (nothing happened), or they raise InDoubtError (sent, no clear answer). A
refusal counts in Dinero's own form alone: what a gateway says in its place says nothing.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from dinero_sync.dinero import errors
from dinero_sync.dinero.answers import (
    Decoded,
    Wire,
    collection_of,
    decoded_list,
    error_code,
    error_of,
    is_own_word,
    is_readable,
    list_of,
    object_of,
    texts_of,
)
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.body import Bodies, Body, to_json
from dinero_sync.dinero.write import Result, Write
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError, sentence_of
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import Answer, NoAnswerError, is_clear, unexpected

SERVICE = "Dinero"
PAGE_SIZE = 1000
"""The largest page that Dinero serves."""
NOT_READABLE = spoken(
    "Dinero answered a change with something that isn't its API's form, so it isn't known whether "
    "it happened. It is read there before anything is tried again."
)


class Transport:
    """A session with Dinero, about one organisation."""

    def __init__(
        self, http: HttpClient, base_url: str, organization_id: int | None, tokens: BearerAuth
    ) -> None:
        """Talk to ``base_url`` through ``http`` about one organisation (firma).

        Without one, only :meth:`read_organizations` can be asked.
        """
        self._http = http
        self._base = base_url.rstrip("/")
        self._organization_id = organization_id
        self._tokens = tokens

    @property
    def calls(self) -> int:
        """Return how many requests were sent."""
        return self._http.calls

    def read_organizations(self) -> list[Wire]:
        """Read the one list that belongs to no organisation: the organisations."""
        return list_of(self._read_answer(f"{self._base}/v1.1/organizations", {}))

    def path(self, version: str, path: str) -> str:
        """Return where something of the organisation is, below the address of the API."""
        return f"/{version}/{self._organization_id}/{path}"

    def _url(self, version: str, path: str) -> str:
        return self._base + self.path(version, path)

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

    def read_decoded(
        self, version: str, path: str, query: dict[str, str], decoder: Callable[[Wire], Decoded]
    ) -> list[Decoded]:
        """Read a list that isn't paged and may be long, as ``decoder`` reads its objects."""
        return decoded_list(decoder, self._read_answer(self._url(version, path), query))

    def read_text(self, version: str, path: str) -> str:
        """Read a file as text; what isn't UTF-8 in it stands as replacement characters."""
        return self._read_answer(self._url(version, path), {}).text

    def read_texts(self, version: str, path: str) -> list[str]:
        """Read a list of texts, such as guids."""
        return texts_of(self._read_answer(self._url(version, path), {}))

    def ask(self, version: str, path: str, body: Bodies) -> list[Wire]:
        """Put a question that Dinero takes by POST, and read the list that answers it.

        It changes nothing, and is repeated like a read.
        """
        url, text = self._url(version, path), to_json(body)
        return list_of(self._answered(lambda: self._http.ask(url, text, own_word=is_own_word)))

    def ask_object(self, version: str, path: str, body: Body) -> Wire:
        """Put a question that Dinero takes by POST, and read the object that answers it."""
        url, text = self._url(version, path), to_json(body)
        return object_of(self._answered(lambda: self._http.ask(url, text, own_word=is_own_word)))

    def _read_answer(self, url: str, query: dict[str, str]) -> Answer:
        return self._answered(lambda: self._http.get(url, query, own_word=is_own_word))

    def _answered(self, send: Callable[[], Answer]) -> Answer:
        answer = send()
        if self.renewed_after(answer):
            answer = send()
        _refuse_without_access(answer)
        if answer.ok:
            return answer
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or not is_clear(answer, is_own_word):
            raise unexpected(SERVICE, answer)
        raise error_of(answer)

    def send(self, write: Write[Result]) -> Answer:
        """Send a change; what the answer means says :func:`result_of`.

        Raises InDoubtError where none came to what was sent.
        """
        url = self._url(write.version, write.path)
        try:
            return self._http.write(
                write.method,
                url,
                write.file or write.body,
                repeatable=write.has_identity,
                own_word=is_own_word,
            )
        except NoAnswerError as error:
            raise errors.InDoubtError(sentence_of(error)) from error

    def renewed_after(self, answer: Answer) -> bool:
        """Renew the token where an answer refuses it, and tell whether to send once more.

        A refused request has no effect.
        """
        refused = _refuses(answer, HTTPStatus.UNAUTHORIZED)
        if refused:
            self._tokens.renew_refused()
        return refused


def result_of(write: Write[Result], answer: Answer) -> Result:
    """Read the last answer to a change that was sent.

    Raises RejectedError where nothing happened, and InDoubtError where the answer doesn't tell, or
    tells of a change that was made in a form that can't be read.
    """
    _refuse_without_access(answer)
    if not is_clear(answer, is_own_word):
        raise errors.InDoubtError(sentence_of(unexpected(SERVICE, answer)), service_failed=True)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise unexpected(SERVICE, answer)
    if not answer.ok:
        raise error_of(answer)
    try:
        return write.read(answer)
    except errors.UnintelligibleError as error:
        told = sentence_of(error) if is_readable(answer) else NOT_READABLE
        raise errors.InDoubtError(told) from error


def _refuse_without_access(answer: Answer) -> None:
    """Raise NotConnectedError where Dinero lets the connection in no more, or not there."""
    if _refuses(answer, HTTPStatus.UNAUTHORIZED):
        raise errors.NotConnectedError(
            spoken(
                "Dinero doesn't accept the connection. Nothing was booked. "
                "Connect again: dinero-sync connect"
            )
        )
    if _refuses(answer, HTTPStatus.FORBIDDEN):
        raise _no_right(answer)


def _refuses(answer: Answer, status: HTTPStatus) -> bool:
    """Tell whether it is Dinero itself that refuses with ``status``."""
    return answer.status == status and is_clear(answer, is_own_word)


def _endless(path: str, page: int) -> TemporaryError:
    return TemporaryError(
        spoken(
            "Dinero's list of {path} has no end: page {page} begins like one before it. Nothing "
            "of it was used for a change; the next run reads it again. If it stays so, tell "
            "Dinero's support that `page` has no effect on it.",
            path=path,
            page=page + 1,
        )
    )


def _no_right(answer: Answer) -> errors.NotConnectedError:
    if error_code(answer) in errors.NO_PRO:
        return errors.NotConnectedError(
            spoken(
                "The company's Dinero subscription doesn't include the API. Nothing was booked. "
                "Choose Dinero Pro or Total under Indstillinger → Abonnement, then run again."
            )
        )
    return errors.NotConnectedError(
        spoken(
            "The connection has no right to this company in Dinero. Nothing was booked. Check "
            "dinero.organization_id, or connect as a user of that company: dinero-sync connect"
        )
    )
