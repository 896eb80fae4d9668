"""By whatever apprise reaches. It is imported only where an address of its is configured."""

import logging
from collections.abc import Sequence

from pydantic import SecretStr

from dinero_sync.domain.spoken import spoken
from dinero_sync.notify.message import ChannelRefusedError, Message, NotToldError


def send_by_apprise(addresses: Sequence[SecretStr], message: Message) -> None:
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
    if not services.notify(
        title=message.subject, body=message.text, body_format=apprise.NotifyFormat.TEXT
    ):
        raise NotToldError(
            spoken("A service of notify.apprise didn't take the message, or can't be reached.")
        )
