"""The way out of this machine: which proxy, which certificates, and what may be wrong with them.

What fails here fails before anything has left the machine. It is no trouble of the service that
was to be asked: its text names the host, the variable or the file, and what to do. Sessions take
no more from the environment than this module reads: the proxy variables, and the files of
certificates (:data:`CERTIFICATE_VARIABLES`); never ``~/.netrc``.
"""

import os
import re
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectTimeout
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_environ_proxies, select_proxy
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
)
from urllib3.exceptions import SSLError as TlsError

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import OwnSideError, TemporaryError

CERTIFICATE_KEY = "http.ca_file"
CERTIFICATE_VARIABLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
"""The first that is set names certificates, unless :data:`CERTIFICATE_KEY` does."""
_IN_LOWER_CASE = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
PROXY_VARIABLES = (*_IN_LOWER_CASE, *map(str.upper, _IN_LOWER_CASE))
"""What decides about proxies; each counts in either letter case."""
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
"""What is sent there leaves no machine."""
HTTP_PROXIES = frozenset({"http", "https"})
SOCKS_PROXIES = frozenset({"socks4", "socks4a", "socks5", "socks5h"})
REFUSED_TUNNEL = re.compile(r"Tunnel connection failed: (?P<status>\d{3})")
PROXY_WANTS_A_NAME = "407"
NO_NAME_SERVER = socket.EAI_AGAIN
DAYS_DONT_FIT = frozenset({9, 10})
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""
NAMES_DONT_FIT = frozenset({62, 64})
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH."""
NOT_CONNECTED = (ProxyError, NewConnectionError, ConnectTimeoutError)
"""What urllib3 raises before a connection has come about, a name that isn't found included."""
NOTHING_SENT = spoken("Nothing was sent, and nothing is lost.")


class UnreachableError(TemporaryError):
    """No connection came about: nothing was sent, nothing happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The proxy that an address is reached through."""

    address: str
    """Host and port, without a user name or password."""
    named_by: str
    """The environment variable that names it, or whatever else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """How an address is reached from this machine."""

    proxy: Proxy | None
    """None where it is reached directly."""
    certificates: tuple[str, Path] | None
    """What names certificates besides the machine's own, and where they are; None without."""


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy that the environment names for ``url``; None where there is none.

    Raises OwnSideError for a setting that can't be used.
    """
    chosen = select_proxy(url, get_environ_proxies(url))
    if not chosen:
        return None
    named_by = _named_by(urlsplit(url).scheme)
    try:
        parts = urlsplit(chosen if "://" in chosen else f"http://{chosen}")
        host, port, scheme = parts.hostname, parts.port, parts.scheme.lower()
        (host or "").encode("idna")  # UnicodeError: a part of the name is empty or too long
    except ValueError:
        raise _unusable(named_by, spoken("it is no address that can exist")) from None
    if scheme not in HTTP_PROXIES | SOCKS_PROXIES:
        raise _unusable(named_by, spoken("it names no proxy for http, https or socks"))
    if not host:
        raise _unusable(named_by, spoken("it names no host"))
    if scheme in SOCKS_PROXIES and find_spec("socks") is None:
        raise _unusable(
            named_by,
            spoken(
                "it names a SOCKS proxy, which takes a package that isn't installed: pip "
                "install PySocks, in the venv of dinero-sync"
            ),
        )
    return Proxy(address=host if port is None else f"{host}:{port}", named_by=named_by)


def _named_by(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper(), "all_proxy", "ALL_PROXY")
    of_system = spoken("the system's proxy setting")
    return next((name for name in names if os.environ.get(name)), of_system)


def _unusable(named_by: str, why: str) -> OwnSideError:
    return OwnSideError(
        spoken(
            "The proxy that {named_by} names can't be used: {why}. {nothing_sent} "
            "Correct it where dinero-sync gets its environment (crontab, unit file, "
            "shell), in the form {named_by}=http://proxy.example:3128, or remove it "
            "there.",
            named_by=named_by,
            why=why,
            nothing_sent=NOTHING_SENT,
        )
    )


def further_certificates(ca_file: Path | None) -> tuple[str, Path] | None:
    """Return what names certificates besides the machine's own, and where they are; None if none.

    ``ca_file`` is the configuration's, which comes before the environment's.
    """
    if ca_file is not None:
        return CERTIFICATE_KEY, ca_file
    for name in CERTIFICATE_VARIABLES:
        if os.environ.get(name):
            return name, Path(os.environ[name])
    return None


def way_out(url: str, ca_file: Path | None) -> WayOut:
    """Return how ``url`` is reached, without reaching for it.

    Raises OwnSideError for a proxy setting or a file of certificates that can't be used.
    """
    proxy = proxy_for(url)
    if not _is_encrypted(url):
        return WayOut(proxy=proxy, certificates=None)
    certificates = further_certificates(ca_file)
    _context(certificates)
    return WayOut(proxy=proxy, certificates=certificates)


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what trusts the certificates that :func:`trust` names, for what isn't HTTP.

    Raises OwnSideError for a file that can't be read.
    """
    return _context(further_certificates(ca_file))


def _is_encrypted(url: str) -> bool:
    return url.lower().startswith("https:")


def trust(session: requests.Session, url: str, ca_file: Path | None) -> None:
    """Let ``session`` trust, at an encrypted ``url``, the certificates that this machine trusts.

    Those are the machine's own, Mozilla's as they came with this program, and
    :func:`further_certificates`. Raises OwnSideError for a file that can't be read.
    """
    if _is_encrypted(url):
        context = _context(further_certificates(ca_file))
        if getattr(session.get_adapter(url), "context", None) is not context:
            session.mount("https://", _Adapter(context))


class _Adapter(HTTPAdapter):
    """Connections that trust what a TLS context trusts; requests would take Mozilla's list alone.

    A class because that is how requests lets itself be told.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:  # noqa: ANN401 - requests' own
        super().init_poolmanager(*sizes, ssl_context=self.context, **options)

    def proxy_manager_for(self, proxy: str, **options: object) -> object:
        options["ssl_context"] = self.context
        if proxy.lower().startswith("https:"):
            options["proxy_ssl_context"] = self.context
        return super().proxy_manager_for(proxy, **options)

    def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
        """Leave the verification to the context, which requires it."""


@cache
def _context(further: tuple[str, Path] | None) -> ssl.SSLContext:
    """Read the certificates, which takes some time, once for all sessions."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    if further is None:
        return context
    named_by, path = further
    try:
        if path.is_dir():
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except OSError as error:  # ssl.SSLError too: the file holds no certificate
        no_certificate = spoken("it holds no certificate in PEM form")
        why = no_certificate if isinstance(error, ssl.SSLError) else None
        raise OwnSideError(
            spoken(
                "The file of certificates {path}, which {named_by} names, can't be used "
                "({why}). {nothing_sent} Name a file with the certificate of your network's "
                "certificate authority, which the user that dinero-sync runs as may read; or "
                "remove {named_by}.",
                path=path,
                named_by=named_by,
                why=why or error.strerror,
                nothing_sent=NOTHING_SENT,
            )
        ) from None
    return context


def never_sent(
    service: str, error: BaseException, url: str
) -> UnreachableError | OwnSideError | None:
    """Build the error for a request to ``url`` that never reached ``service``; None if it may have.

    ``error`` is what requests raised.
    """
    request = getattr(error, "request", None)  # of another address after a redirect
    asked = str(getattr(request, "url", None) or url)
    reason = error.args[0] if error.args else None
    cause = getattr(reason, "reason", reason)
    if ours := _to_be_mended(cause, asked):
        return OwnSideError(
            spoken(
                "{service} isn't asked: {ours}. {nothing_sent}",
                service=service,
                ours=ours,
                nothing_sent=NOTHING_SENT,
            )
        )
    if isinstance(error, ConnectTimeout) or isinstance(cause, NOT_CONNECTED):
        return UnreachableError(
            spoken(
                "{service} can't be reached: {passing}. Nothing was sent. The next run goes "
                "on by itself.",
                service=service,
                passing=_passing(cause, asked),
            )
        )
    return None


def _to_be_mended(cause: object, url: str) -> str | None:
    """Say what somebody on this side has to mend, where it is no trouble that passes."""
    if not isinstance(cause, ProxyError):
        refused = _refused_certificate(cause)
        return _not_trusted(refused, _host_of(url)) if refused else None
    error, name = cause.original_error, _proxy_named(url)
    if refused := _refused_certificate(error):
        return _not_trusted(refused, name)
    if isinstance(error, TlsError):
        return spoken(
            "{name}, doesn't speak encrypted: write http:// before it in place of https://",
            name=name,
        )
    tunnel = REFUSED_TUNNEL.search(str(error))
    if tunnel and tunnel["status"] == PROXY_WANTS_A_NAME:
        return spoken(
            "{name}, wants a user name and a password (status 407). Write them into it, "
            "as http://NAME:PASSWORD@proxy.example:3128, or name another",
            name=name,
        )
    return None


def _passing(cause: object, url: str) -> str:
    """Say why no connection came about, where time may mend it."""
    host = _host_of(url)
    if isinstance(cause, ProxyError):
        tunnel = REFUSED_TUNNEL.search(str(cause.original_error))
        does = (
            spoken("lets nothing through to {host} ({tunnel})", host=host, tunnel=tunnel.group())
            if tunnel
            else spoken("doesn't answer")
        )
        return f"{_proxy_named(url)}, {does}"
    if isinstance(cause, NewConnectionError | ConnectTimeoutError) and proxy_for(url):
        # Of SOCKS: the proxy, or what it says of the host.
        return spoken(
            "no connection to {host} came about through {proxy}",
            host=host,
            proxy=_proxy_named(url),
        )
    if isinstance(cause, NameResolutionError):
        return _no_name(cause, host)
    if isinstance(cause, NewConnectionError):
        return _no_connection(cause, host)
    return spoken("no connection to {host} came about in time", host=host)


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or url


def _refused_certificate(error: object) -> ssl.SSLCertVerificationError | None:
    """Return why a certificate wasn't accepted, which ends the handshake.

    Other trouble with encryption may come after the request was sent.
    """
    told = error.args[0] if isinstance(error, TlsError) and error.args else error
    return told if isinstance(told, ssl.SSLCertVerificationError) else None


def _no_name(error: NameResolutionError, host: str) -> str:
    told = error.__cause__
    if isinstance(told, socket.gaierror) and told.errno == NO_NAME_SERVER:
        return spoken("no name server (DNS) answers, so {host} can't be found", host=host)
    return spoken(
        "there is no such name as {host}. If this lasts, check the address in the "
        "configuration, and the name server (DNS) of this machine",
        host=host,
    )


def _no_connection(error: NewConnectionError, host: str) -> str:
    told = error.__cause__
    if isinstance(told, ConnectionRefusedError):
        return spoken("{host} refused the connection: nothing listens there", host=host)
    told_why = told.strerror if isinstance(told, OSError) else None
    return spoken(
        "no connection to {host} came about ({why})",
        host=host,
        why=told_why or type(told or error).__name__,
    )


def _proxy_named(url: str) -> str:
    proxy = proxy_for(url)
    return (
        spoken(
            "the proxy {address}, which {named_by} names",
            address=proxy.address,
            named_by=proxy.named_by,
        )
        if proxy
        else spoken("the proxy")
    )


def _not_trusted(error: ssl.SSLCertVerificationError, host: str) -> str:
    told = error.verify_message.rstrip(".")
    if error.verify_code in DAYS_DONT_FIT:
        return spoken(
            "the certificate of {host} doesn't count today ({told}). If the clock of "
            "this machine is wrong, set it (`timedatectl`); if it is right, whoever runs "
            "that host, or the proxy before it, has to renew the certificate",
            host=host,
            told=told,
        )
    if error.verify_code in NAMES_DONT_FIT:
        return spoken(
            "the certificate that {host} shows is another host's ({told}). Check the "
            "address in the configuration, and whether something on the way (a proxy, a "
            "network's login page) answers in its place",
            host=host,
            told=told,
        )
    return spoken(
        "the certificate of {host} isn't trusted on this machine ({told}). If your "
        "network has a certificate authority of its own, put its certificate among "
        "the machine's, or name its file as {certificate_key} in the configuration "
        "or as SSL_CERT_FILE in the environment",
        host=host,
        told=told,
        certificate_key=CERTIFICATE_KEY,
    )
