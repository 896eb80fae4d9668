"""The channels by which people are told, as they are configured."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from dinero_sync.config.channels.notify import Notify
from dinero_sync.notify.message import Message

Send = Callable[[Message], None]
"""Tells a person; raises NotToldError, or OwnSideError."""


def channels_of(notify: Notify, ca_file: Path | None) -> Mapping[str, Send]:
    """Return the channels that are configured, by their names."""
    found: dict[str, Send] = {}
    if notify.mail is not None:
        found["mail"] = partial(_mail, notify, ca_file)
    if notify.command is not None:
        found["command"] = partial(_command, notify)
    if notify.apprise is not None:
        found["apprise"] = partial(_apprise, notify, ca_file)
    return found


def _mail(notify: Notify, ca_file: Path | None, message: Message) -> None:
    from dinero_sync.notify.mail import send_mail  # noqa: PLC0415 - imported where there is news

    assert notify.mail is not None  # noqa: S101 - as channels_of saw
    send_mail(notify.mail, message, ca_file)


def _command(notify: Notify, message: Message) -> None:
    from dinero_sync.notify.command import run_command  # noqa: PLC0415 - the same

    run_command(notify.command or (), message)


def _apprise(notify: Notify, ca_file: Path | None, message: Message) -> None:
    from dinero_sync.notify.services import send_by_apprise  # noqa: PLC0415 - the same

    send_by_apprise(notify.apprise or (), message, ca_file)
