"""The answer to a consent: the address that Visma Connect sends the browser back to.

Source: RFC 6749 § 4.1.2 and § 10.12.
"""

import hmac
import re
from urllib.parse import parse_qsl, urlsplit

from dinero_sync.dinero.auth.token_server import ERROR_CODE
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError

ANSWER_FIELDS = frozenset({"code", "state", "error"})
AGAIN = spoken("Nothing was changed. Start again: dinero-sync connect")
ADDRESS_MARKS = "\"'<>"
"""What mail programs and terminals put around an address."""


def is_answer(query: str) -> bool:
    """Tell whether a query string answers a consent, in whatever way."""
    return not ANSWER_FIELDS.isdisjoint(dict(parse_qsl(query)))


def code_of(callback_url: str, state: str) -> str:
    """Return the code in ``callback_url``.

    Raises NotConnectedError when the answer belongs to another consent than the one with
    ``state``, when consent was declined, or when there is no code.
    """
    fields = dict(parse_qsl(urlsplit(callback_url).query))
    if not hmac.compare_digest(fields.get("state", "").encode(), state.encode()):
        raise NotConnectedError(
            spoken(
                "This answer belongs to another attempt to connect (its state is not ours), "
                "so it was not used. {again}",
                again=AGAIN,
            )
        )
    if "error" in fields:
        raise _declined(fields["error"])
    if "code" not in fields:
        raise NotConnectedError(
            spoken("Visma Connect's answer carries no code. {again}", again=AGAIN)
        )
    return fields["code"]


def _declined(error: str) -> NotConnectedError:
    if error == "access_denied":
        return NotConnectedError(
            spoken(
                "Consent was declined at Visma Connect, so Dinero isn't connected. Nothing "
                "was changed. Start again and choose to accept: dinero-sync connect"
            )
        )
    known = error if ERROR_CODE.fullmatch(error) else spoken("an unknown error")
    return NotConnectedError(
        spoken(
            "Visma Connect refused the consent ({known}). Nothing was changed. Compare "
            "dinero.auth.client_id and dinero.auth.redirect_uri with the application in "
            "Visma's developer portal, then start again: dinero-sync connect",
            known=known,
        )
    )


def callback_from_paste(text: str, redirect_uri: str) -> str:
    """Return the callback address that a person pasted, whole or from ``code=`` on.

    Line breaks that a terminal put in are taken out. Raises UsageError when it's something else;
    the text never repeats what was pasted.
    """
    pasted = re.sub(r"\s", "", text).strip(ADDRESS_MARKS)
    if not pasted:
        raise UsageError(
            spoken("Nothing was pasted. {how_to_paste}", how_to_paste=_how_to_paste(redirect_uri))
        )
    query = _query_of_paste(pasted, redirect_uri)
    if not is_answer(query):
        raise UsageError(
            spoken(
                "The address that was pasted carries no answer. {how_to_paste}",
                how_to_paste=_how_to_paste(redirect_uri),
            )
        )
    return f"{redirect_uri}?{query}"


def _query_of_paste(pasted: str, redirect_uri: str) -> str:
    if "://" not in pasted.split("?", 1)[0]:
        return pasted.rsplit("?", 1)[-1]
    address, expected = urlsplit(pasted), urlsplit(redirect_uri)
    if (address.netloc, address.path) != (expected.netloc, expected.path):
        raise UsageError(
            spoken(
                "The address that was pasted is another page's, perhaps that of the consent "
                "itself. {how_to_paste}",
                how_to_paste=_how_to_paste(redirect_uri),
            )
        )
    return address.query


def _how_to_paste(redirect_uri: str) -> str:
    return spoken(
        "Nothing was changed. Consent in the browser, wait until it shows an address "
        "that begins with {redirect_uri}?code= (the page itself may be missing), and "
        "paste that address whole.",
        redirect_uri=redirect_uri,
    )
