"""What an answer of Dinero's is: JSON in one of its forms, or a refusal; and its single values.

Sources: https://api.dinero.dk/openapi/index.html (forms) and
https://developer.dinero.dk/documentation/error-and-status/ (refusals).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import TypeVar, cast
from uuid import UUID

from dinero_sync.dinero import errors
from dinero_sync.domain.spoken import spoken
from dinero_sync.http_answers import Answer

Decoded = TypeVar("Decoded")
Wire = Mapping[str, object]
"""One JSON object of an answer; the names of its properties are found in any letter case.

Dinero's older operations answer in PascalCase, newer ones in camelCase, and lists in the letter
case that ``fields`` was typed in.
"""
OTHER_FORM = spoken(
    "Dinero answered with something that isn't its API's form. The next run tries again."
)
KEYS_OF_REFUSALS = frozenset(
    {"code", "message", "validationerrors", "languagespecificmessages", "errormessagelist"}
)
"""What error bodies hold, in lower case. Each is optional, and clients recorded all of them."""
MEANINGS: Mapping[int | None, type[errors.RejectedError]] = {
    errors.DUPLICATE: errors.AlreadyExistsError,
    errors.STALE_TIMESTAMP: errors.StaleTimestampError,
    errors.DELETED: errors.DeletedError,
    errors.NOT_FOUND: errors.NotFoundError,
    errors.NO_SUCH_DOCUMENT: errors.NotFoundError,
    errors.NOT_SENT: errors.NotSentError,
    errors.NO_EAN: errors.EanRefusedError,
    errors.WRONG_EAN: errors.EanRefusedError,
}
"""What Dinero's numeric codes mean, as far as the program acts on it."""


class _AnyCase(Wire):
    """An object whose properties are found in any letter case, and missed by the name asked for."""

    def __init__(self, pairs: Iterable[tuple[str, object]]) -> None:
        self._pairs = {name.lower(): (name, value) for name, value in pairs}

    def __getitem__(self, name: str) -> object:
        try:
            return self._pairs[name.lower()][1]
        except KeyError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pairs.values())

    def __len__(self) -> int:
        return len(self._pairs)


def is_own_word(answer: Answer) -> bool:
    """Tell whether a refusal (4xx) comes in Dinero's own form: JSON that says what is wrong.

    Documented is one more: a 401 without a word, for a token that isn't accepted any more. Whatever
    else comes is somebody else's, or nobody knows whose.
    """
    if answer.status == HTTPStatus.UNAUTHORIZED and not answer.text.strip():
        return True
    return not KEYS_OF_REFUSALS.isdisjoint(key.lower() for key in _error_body(answer))


def error_of(answer: Answer) -> errors.RejectedError:
    """Turn a 4xx answer into the error class of its meaning."""
    body = _error_body(answer)
    code = body.get("code")
    number = code if isinstance(code, int) else None
    names = tuple(_refused(body))
    return _meaning(answer, number)(_reason(body, answer.status), number, names)


def _meaning(answer: Answer, code: int | None) -> type[errors.RejectedError]:
    if answer.status == HTTPStatus.CONFLICT or errors.GUID_TAKEN in answer.text:
        return errors.AlreadyExistsError
    if errors.UNKNOWN_CONTACT in answer.text:
        return errors.UnknownContactError
    if code in MEANINGS:
        return MEANINGS[code]
    if answer.status == HTTPStatus.NOT_FOUND or errors.UNKNOWN_LEDGER_ITEM in answer.text:
        return errors.NotFoundError
    return errors.RejectedError


def error_code(answer: Answer) -> int | None:
    """Return Dinero's numeric code of an error answer, where it gives one."""
    code = _error_body(answer).get("code")
    return code if isinstance(code, int) else None


def _error_body(answer: Answer) -> Wire:
    """Read an error body; empty where it is none."""
    body = parsed(answer)
    return body if isinstance(body, Mapping) else {}


def _reason(body: Wire, status: int) -> str:
    """Say why Dinero refused: its codes and the names of properties, never their values.

    Dinero's own sentences may repeat what was sent, names and addresses included.
    """
    parts = [f"status {status}"]
    if isinstance(body.get("code"), int):
        parts.append(f"code {body['code']}")
    return ", ".join([*parts, *(f"property {name}" for name in _refused(body))])


def _refused(body: Wire) -> list[str]:
    """Return the names of the properties that Dinero didn't like."""
    details = body.get("validationErrors")
    names = details if isinstance(details, Mapping) else ()
    return [str(name) for name in names if str(name).lower() != "globalerrors"]


def parsed(
    answer: Answer, as_object: Callable[[list[tuple[str, object]]], object] = _AnyCase
) -> object:
    """Parse a body; None for one that isn't JSON. Names of properties are read in any case.

    With ``as_object`` an object becomes something else, of its names and values.
    """
    try:
        return answer.json(as_object)
    except (ValueError, ArithmeticError, RecursionError):
        return None


def is_readable(answer: Answer) -> bool:
    """Tell whether a body is JSON, or empty, as that of some changes is."""
    return not answer.text.strip() or parsed(answer) is not None


def object_of(answer: Answer) -> Wire:
    """Return the JSON object of an answer; raises UnintelligibleError for anything else."""
    body = parsed(answer)
    if not isinstance(body, Mapping):
        raise errors.UnintelligibleError(OTHER_FORM)
    return body


def list_of(answer: Answer) -> list[Wire]:
    """Return the JSON list of an answer; raises UnintelligibleError for anything else."""
    body = parsed(answer)
    if not isinstance(body, list) or not all(isinstance(item, Mapping) for item in body):
        raise errors.UnintelligibleError(OTHER_FORM)
    return cast("list[Wire]", body)


def texts_of(answer: Answer) -> list[str]:
    """Return the JSON list of texts of an answer; raises UnintelligibleError for anything else."""
    body = parsed(answer)
    if not isinstance(body, list) or not all(isinstance(item, str) for item in body):
        raise errors.UnintelligibleError(OTHER_FORM)
    return cast("list[str]", body)


def collection_of(answer: Answer) -> tuple[list[Wire], int]:
    """Return the items of one page of a list, and the page size that Dinero used."""
    body = object_of(answer)
    items, paging = body.get("Collection"), body.get("Pagination")
    size = paging.get("PageSize") if isinstance(paging, Mapping) else None
    whole = isinstance(items, list) and all(isinstance(item, Mapping) for item in items)
    if not whole or not isinstance(size, int):
        raise errors.UnintelligibleError(
            spoken(
                "A list from Dinero lacks its entries or its page size. The next run tries again."
            )
        )
    return cast("list[Wire]", items), size


def decoded(decoder: Callable[[Wire], Decoded], wire: Wire) -> Decoded:
    """Decode an answer to a question; raises UnintelligibleError where it isn't as expected."""
    try:
        return decoder(wire)
    except KeyError as error:
        raise errors.UnintelligibleError(
            spoken("An answer from Dinero lacks {name}. The next run tries again.", name=error)
        ) from None
    except (ValueError, TypeError, AttributeError):  # their texts may quote what Dinero sent
        raise errors.UnintelligibleError(
            spoken(
                "An answer from Dinero ({what}) has another form than expected. The next run "
                "tries again.",
                what=decoder.__name__.strip("_").replace("_", " "),
            )
        ) from None


def decoded_list(decoder: Callable[[Wire], Decoded], answer: Answer) -> list[Decoded]:
    """Decode a list of objects while it is parsed, so that a long one isn't held twice.

    The objects have no objects in them. Raises UnintelligibleError where it isn't as expected.
    """
    found: list[Decoded] = []
    body = parsed(answer, lambda pairs: found.append(decoded(decoder, _AnyCase(pairs))))
    if not isinstance(body, list) or len(body) != len(found):
        raise errors.UnintelligibleError(OTHER_FORM)
    return found


def one(decoder: Callable[[Wire], Decoded]) -> Callable[[Answer], Decoded]:
    """Return what reads an answer that is one object, by its decoder."""
    return lambda answer: decoded(decoder, object_of(answer))


def timestamp_of(wire: Wire) -> str:
    """Read the version of a document, which answers spell ``TimeStamp``."""
    return str(wire["TimeStamp"])


def text_of(wire: Wire, name: str) -> str:
    """Read a text; empty where there is none."""
    value = wire.get(name)
    return "" if value is None else str(value)


def amount_of(wire: Wire, name: str) -> Decimal:
    """Read an amount; raises KeyError or ValueError without one."""
    try:
        return Decimal(str(wire[name]))
    except InvalidOperation:
        raise ValueError(f"{name} is no amount") from None


def optional_amount_of(wire: Wire, name: str) -> Decimal | None:
    """Read an amount that the answer may leave out."""
    return None if wire.get(name) is None else amount_of(wire, name)


def optional_guid_of(wire: Wire, name: str) -> UUID | None:
    """Read a guid that the answer may leave out."""
    value = wire.get(name)
    return UUID(str(value)) if value else None


def optional_number_of(wire: Wire, name: str) -> int | None:
    """Read a number, such as an account's, that the answer may leave out."""
    value = wire.get(name)
    return None if value is None else int(str(value))


def optional_date_of(wire: Wire, name: str) -> date | None:
    """Read a date that the answer may leave out."""
    return date_of(wire, name) if wire.get(name) else None


def optional_moment_of(wire: Wire, name: str) -> datetime | None:
    """Read a moment that the answer may leave out; Dinero writes them in UTC, without a zone."""
    if not wire.get(name):
        return None
    moment = datetime.fromisoformat(str(wire[name]))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def date_of(wire: Wire, name: str) -> date:
    """Read a date; a time of day after it doesn't count."""
    return date.fromisoformat(str(wire[name])[:10])
