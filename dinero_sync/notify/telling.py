"""Telling what is news, to each channel what that channel wasn't told."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from dinero_sync.errors import DineroSyncError
from dinero_sync.logs import get_logger
from dinero_sync.notify.channels import Send
from dinero_sync.notify.memory import Told, remember, told_in
from dinero_sync.notify.message import Message
from dinero_sync.notify.news import Matter, News, news

log = get_logger()
FAILED = "notify.failed"
"""The log event of a channel that didn't take what it was to be told."""


def tell_news(
    channels: Mapping[str, Send],
    memory: Path,
    now: Collection[Matter],
    message_of: Callable[[News], Message],
    *,
    stays: Callable[[str], bool],
) -> bool:
    """Tell each channel what is news to it; returns whether all of them know all there is.

    ``stays`` tells of what was told and isn't among ``now`` whether it may still be so, unseen.
    What a channel didn't take, it wasn't told. ``memory`` is the file that keeps it.
    """
    before = told_in(memory)
    after: dict[str, frozenset[str]] = {}
    there = frozenset(each.remembered for each in now)
    all_know = True
    for name, send in channels.items():
        known = before.get(name, frozenset())
        unseen = frozenset(each for each in known - there if stays(each))
        found = news(known, now, unseen)
        if found is None or attempt(name, partial(_send, send, message_of, found)):
            after[name] = there | unseen
        else:
            after[name] = known
            all_know = False
    _remember(memory, before, after)
    return all_know


def _send(send: Send, message_of: Callable[[News], Message], found: News) -> None:
    send(message_of(found))


def attempt(name: str, work: Callable[[], None]) -> bool:
    """Do something by a channel; a failure is a warning, and returns false."""
    try:
        work()
    except DineroSyncError as error:
        log.warning(FAILED, service=name, message=str(error))
        return False
    except Exception as error:  # noqa: BLE001 - no fault of a library's changes how a run ends
        log.warning(FAILED, service=name, reason=type(error).__name__)
        return False
    return True


def _remember(memory: Path, before: Told, after: Told) -> None:
    """Keep what was told, where that changed."""
    if {name: keys for name, keys in before.items() if keys} != {
        name: keys for name, keys in after.items() if keys
    }:
        attempt("memory", lambda: remember(memory, after))
