"""VIES: the EU's own answer to whether a VAT number is valid today.

``GET /ms/{country}/vat/{number}`` answers ``isValid`` and, as ``userError``, what it is based on:
``VALID`` and ``INVALID`` are answers of the country's register. Anything else there, such as
``MS_UNAVAILABLE``, means that nobody was asked, though ``isValid`` may say false beside it.

The name and address that come with an answer are personal data, and are neither kept nor shown.

Source: https://ec.europa.eu/taxation_customs/vies/#/technical-information
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import NEVER_AN_ANSWER, Answer

SERVICE = "VIES"
BASE_URL = "https://ec.europa.eu/taxation_customs/vies/rest-api"
VAT_NUMBER = re.compile(r"(?P<country>[A-Z]{2})(?P<number>[0-9A-Z+*]{2,12})")
CODE = re.compile(r"[A-Z_]{1,40}")
"""What an error code looks like; nothing else of an answer is ever shown."""
COUNTRIES = {"GR": "EL"}
"""Countries that VIES has under another code than ISO 3166."""
PLACEHOLDER = "---"
VALID = "VALID"
NOT_VALID = frozenset({"INVALID", "INVALID_INPUT"})
"""``INVALID_INPUT`` is said of numbers and countries that can't exist in VIES."""
OWN_NUMBER_REFUSED = frozenset({"INVALID_REQUESTER_INFO", "INVALID_INPUT"})
"""What VIES may say when it is the asker's own number that it doesn't take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViesAnswer:
    """What VIES said about a VAT number."""

    vat_number: str
    """With country prefix, in capitals, without spaces."""
    valid: bool
    asked_at: datetime
    """Aware, in UTC."""
    consultation: str
    """The number under which VIES keeps the question, as evidence; empty where it gave none."""


def ask(
    http: HttpClient,
    vat_number: str,
    now: datetime,
    *,
    requester: str = "",
    base_url: str = BASE_URL,
) -> ViesAnswer:
    """Ask whether a VAT number with country prefix is valid.

    ``requester`` is the shop's own VAT number with prefix; only with it does VIES give the
    consultation number. What can't be a VAT number is invalid without asking. Raises
    TemporaryError when VIES can't tell.
    """
    wanted, parts, own = normal(vat_number), _parts(vat_number), _parts(requester)
    if parts is None:
        return ViesAnswer(vat_number=wanted, valid=False, asked_at=now, consultation="")
    url = f"{base_url.rstrip('/')}/ms/{parts[0]}/vat/{parts[1]}"
    asker = {"requesterMemberStateCode": own[0], "requesterNumber": own[1]} if own else {}
    body = _body(http.get(url, asker))
    if asker and _code(body) in OWN_NUMBER_REFUSED:
        body = _body(http.get(url))
    return ViesAnswer(
        vat_number=wanted, valid=_verdict(body), asked_at=now, consultation=_consultation(body)
    )


def normal(vat_number: str) -> str:
    """Write a VAT number in one way: capitals, without spaces, points and hyphens."""
    return re.sub(r"[\s.\-]", "", vat_number).upper()


def _parts(vat_number: str) -> tuple[str, str] | None:
    """Return the country, as VIES calls it, and the number there; None for what can't be one."""
    found = VAT_NUMBER.fullmatch(normal(vat_number))
    return found and (COUNTRIES.get(found["country"], found["country"]), found["number"])


def _body(answer: Answer) -> Mapping[str, object]:
    try:
        body = answer.json()
    except (ValueError, ArithmeticError, RecursionError):
        body = None
    if isinstance(body, dict) and (answer.ok or (_is_refusal(answer) and _code(body))):
        return body
    raise _cannot_tell(f"status {answer.status}")


def _is_refusal(answer: Answer) -> bool:
    """Tell whether VIES itself may say so, rather than a gateway on the way to it."""
    return answer.status >= HTTPStatus.BAD_REQUEST and answer.status not in NEVER_AN_ANSWER


def _verdict(body: Mapping[str, object]) -> bool:
    """Return what the register said; raises TemporaryError unless both parts of it agree."""
    code, is_valid = _code(body), body.get("isValid")
    if code == VALID and is_valid is True:
        return True
    if code in NOT_VALID and is_valid is not True:
        return False
    raise _cannot_tell(code or "no reason given")


def _code(body: Mapping[str, object]) -> str:
    """Return the code of an answer; failures come in a form of their own."""
    told = body.get("userError")
    wrappers = body.get("errorWrappers")
    if isinstance(wrappers, list) and wrappers and isinstance(wrappers[0], dict):
        told = wrappers[0].get("error")
    return told if isinstance(told, str) and CODE.fullmatch(told) else ""


def _consultation(body: Mapping[str, object]) -> str:
    told = body.get("requestIdentifier")
    return told if isinstance(told, str) and told != PLACEHOLDER else ""


def _cannot_tell(why: str) -> TemporaryError:
    return TemporaryError(
        spoken(
            "{service}, the EU's register of VAT numbers, can't tell whether a number is "
            "valid ({why}). Nothing is booked without VAT on the strength of that; the "
            "next run asks again.",
            service=SERVICE,
            why=why,
        )
    )
