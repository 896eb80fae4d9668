"""One request to a token server, and what its answer means.

Only JSON is a token server's own word (RFC 6749 § 5): after anything else nobody knows whether the
grant is spent, and nothing is said about what was presented.

Authlib builds and reads the messages of RFC 6749. What its exceptions, or those of requests, say
may carry a code or a token: they are replaced here by texts of ours, without their cause.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

import requests

from dinero_sync.clock import Clock
from dinero_sync.dinero.auth.tokens import AuthSettings, Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DineroSyncError, TemporaryError
from dinero_sync.http import USER_AGENT
from dinero_sync.http_answers import NEVER_AN_ANSWER
from dinero_sync.way_out import never_sent, proxy_for, trust

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

ClientAuthentication = Literal["client_secret_post", "client_secret_basic"]

SCOPES = "dineropublicapi:read dineropublicapi:write offline_access"
"""Source: https://developer.dinero.dk/documentation/authorization"""
USUAL_LIFETIME = timedelta(hours=1)
"""Both of Dinero's token servers document an hour; taken where an answer tells no time."""
ERROR_CODE = re.compile(r"[a-z_]{1,40}")
"""What an error code of RFC 6749 § 5.2 looks like: only such a text is repeated to the reader."""


class NoClearAnswerError(TemporaryError):
    """The request may have been granted or not: no answer came, or none that can be read."""


class InvalidGrantError(NotConnectedError):
    """What was presented (code, refresh token or API key) is wrong, used, expired or revoked."""


def open_session(
    settings: AuthSettings, authentication: ClientAuthentication, scope: str | None = None
) -> "OAuth2Session":
    """Open a session of Authlib that never takes anything from ``~/.netrc``.

    Raises OwnSideError when this machine can't send anything.
    """
    # Authlib takes a quarter of a second to import and is needed once an hour.
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - see above

    session = OAuth2Session(
        settings.client_id,
        settings.client_secret,
        token_endpoint_auth_method=authentication,
        redirect_uri=settings.redirect_uri or None,
        scope=scope,
        code_challenge_method="S256",
        trust_env=False,
    )
    session.headers["User-Agent"] = USER_AGENT
    proxy_for(settings.token_url)
    trust(session, settings.token_url, settings.ca_file)
    session.proxies = requests.utils.get_environ_proxies(settings.token_url)
    return session


def ask(
    settings: AuthSettings,
    authentication: ClientAuthentication,
    grant: Mapping[str, str],
    clock: Clock,
) -> Tokens:
    """Ask for tokens with the form fields of ``grant`` (RFC 6749 § 4.1.3, 4.3.2 and 6).

    Raises InvalidGrantError when the grant itself is refused, NotConnectedError when the
    application is, NoClearAnswerError when the grant may be spent or not, UnreachableError or
    OwnSideError when nothing was sent, and TemporaryError for other trouble at the server's end.
    """
    from authlib.integrations.requests_client import OAuthError  # noqa: PLC0415 - as open_session

    asked_at = clock.now()
    timeout = (settings.timeout_seconds, settings.timeout_seconds)
    with open_session(settings, authentication) as session:
        session.register_compliance_hook("access_token_response", _own_word(settings))
        try:
            answer = session.fetch_token(
                settings.token_url, timeout=timeout, allow_redirects=False, **grant
            )
        except OAuthError as error:
            raise _refusal(error.error, settings) from None
        except requests.HTTPError as error:
            raise _bad_status(error.response.status_code, settings) from None
        except requests.RequestException as error:
            server = spoken("The token server {token_url}", token_url=settings.token_url)
            raise never_sent(server, error, settings.token_url) or _no_answer(
                error, settings
            ) from None
        except UnicodeEncodeError:
            # HTTP Basic has no way to write such a client id or secret.
            raise _refused_client(settings) from None
        except (TypeError, ValueError):
            raise _unintelligible(settings) from None
    return _tokens(answer, settings, asked_at)


def _no_answer(error: Exception, settings: AuthSettings) -> NoClearAnswerError:
    return NoClearAnswerError(
        spoken(
            "The token server {token_url} broke off before it answered ({name}). The "
            "next run goes on by itself.",
            token_url=settings.token_url,
            name=type(error).__name__,
        )
    )


def _own_word(
    settings: AuthSettings,
) -> Callable[[requests.Response], requests.Response]:
    """Return what stops an answer that isn't the token server's own, before it is read."""

    def judged(response: requests.Response) -> requests.Response:
        status, text = response.status_code, response.text.lstrip()
        is_refusal = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        is_page = is_refusal and text.startswith("<") and status != HTTPStatus.TOO_MANY_REQUESTS
        is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
        if is_page or is_redirect or status in NEVER_AN_ANSWER:
            raise NoClearAnswerError(
                spoken(
                    "The answer of the token server {token_url} is not its own word (status "
                    "{status}): something on the way there, like a gateway or a proxy, answered "
                    "in its place. The next run goes on by itself; if this lasts, check "
                    "dinero.auth.token_url, and the network that this machine is in.",
                    token_url=settings.token_url,
                    status=status,
                )
            )
        return response

    return judged


def _refusal(code: object, settings: AuthSettings) -> DineroSyncError:
    if code == "invalid_grant":
        return InvalidGrantError(
            spoken("The token server refused what was presented (invalid_grant).")
        )
    if code in {"invalid_client", "unauthorized_client"}:
        return _refused_client(settings)
    if code in {"server_error", "temporarily_unavailable"}:
        return _bad_status(HTTPStatus.SERVICE_UNAVAILABLE, settings)
    known = code if isinstance(code, str) and ERROR_CODE.fullmatch(code) else "without a code"
    return NotConnectedError(
        spoken(
            "The token server {token_url} refused the request ({known}). Orders wait "
            "until this is mended: compare dinero.auth with the application's settings "
            "at Dinero or Visma, then connect again: dinero-sync connect",
            token_url=settings.token_url,
            known=known,
        )
    )


def _refused_client(settings: AuthSettings) -> NotConnectedError:
    return NotConnectedError(
        spoken(
            "The token server {token_url} doesn't know this application. Orders wait "
            "until this is mended: check dinero.auth.client_id and "
            "dinero.auth.client_secret, then connect again: dinero-sync connect",
            token_url=settings.token_url,
        )
    )


def _bad_status(status: int, settings: AuthSettings) -> DineroSyncError:
    if status == HTTPStatus.UNAUTHORIZED:
        return _refused_client(settings)
    text = spoken(
        "The token server {token_url} answered with status {status}. The next run goes on by "
        "itself; if this lasts, check dinero.auth.token_url.",
        token_url=settings.token_url,
        status=status,
    )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoClearAnswerError(text)
    return TemporaryError(text)


def _unintelligible(settings: AuthSettings) -> NoClearAnswerError:
    return NoClearAnswerError(
        spoken(
            "The token server {token_url} answered with something that isn't a token. "
            "The next run goes on by itself; if this lasts, check dinero.auth.token_url.",
            token_url=settings.token_url,
        )
    )


def _tokens(answer: Mapping[str, object], settings: AuthSettings, asked_at: datetime) -> Tokens:
    access_token = answer.get("access_token")
    refresh_token = answer.get("refresh_token")
    if not isinstance(access_token, str) or not access_token:
        raise _unintelligible(settings)
    return Tokens(
        access_token=access_token,
        expires_at=asked_at + (_lifetime(answer.get("expires_in")) or USUAL_LIFETIME),
        obtained_at=asked_at,
        issued_to=settings.fingerprint(),
        refresh_token=refresh_token if isinstance(refresh_token, str) and refresh_token else None,
        refresh_expires_at=_refresh_expiry(answer, asked_at),
    )


def _refresh_expiry(answer: Mapping[str, object], asked_at: datetime) -> datetime | None:
    # No standard names this field and Visma documents none; several servers call it so.
    lifetime = _lifetime(answer.get("refresh_token_expires_in"))
    return None if lifetime is None else asked_at + lifetime


def _lifetime(seconds: object) -> timedelta | None:
    text = str(seconds)
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() else None
