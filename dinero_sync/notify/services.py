"""By whatever apprise reaches. It is imported only where an address of its is configured."""

import logging
import os
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import SecretStr
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from dinero_sync.domain.spoken import spoken
from dinero_sync.notify.message import ChannelRefusedError, Message, NotToldError
from dinero_sync.way_out import CERTIFICATE_VARIABLES, further_certificates

BUNDLE = CERTIFICATE_VARIABLES[0]
"""The variable by which requests, which apprise sends with, is told what to trust instead."""


def send_by_apprise(addresses: Sequence[SecretStr], message: Message, ca_file: Path | None) -> None:
    """Send by all addresses; raises ChannelRefusedError for one that apprise doesn't know.

    NotToldError where one of them failed; which one, and what it said, might tell a secret.
    """
    import apprise  # noqa: PLC0415 - a package that most don't have

    logging.getLogger("apprise").disabled = True  # its lines hold addresses
    services = apprise.Apprise()
    for count, address in enumerate(addresses, 1):
        if not services.add(address.get_secret_value()):
            raise ChannelRefusedError(
                spoken(
                    "apprise doesn't know the form of address number {count} in notify.apprise.",
                    count=count,
                )
            )
    with _trusting(ca_file):
        taken = services.notify(
            title=message.subject, body=message.text, body_format=apprise.NotifyFormat.TEXT
        )
    if not taken:
        raise NotToldError(
            spoken("A service of notify.apprise didn't take the message, or can't be reached.")
        )


@contextmanager
def _trusting(ca_file: Path | None) -> Iterator[None]:
    """Let requests trust what all else here does, besides what it trusts by itself."""
    further = further_certificates(ca_file)
    if further is None or not further[1].is_file():
        yield
        return
    machine = ssl.get_default_verify_paths().cafile
    bundles = [further[1], *(Path(each) for each in (DEFAULT_CA_BUNDLE_PATH, machine) if each)]
    before = os.environ.get(BUNDLE)
    with NamedTemporaryFile(suffix=".pem") as together:
        together.write(b"\n".join(each.read_bytes() for each in bundles))
        together.flush()
        os.environ[BUNDLE] = together.name
        try:
            yield
        finally:
            del os.environ[BUNDLE]
            if before is not None:
                os.environ[BUNDLE] = before
