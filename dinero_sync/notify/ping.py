"""The ping: an address that is asked for, which tells that runs come and how they end.

The form is that of Healthchecks (healthchecks.io/docs/http_api): the address alone is a success,
``/start`` behind it a beginning, and an exit code behind it how it ended. Nothing else is sent.
"""

from pathlib import Path

from dinero_sync.clock import SystemClock
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DeadlineError
from dinero_sync.http import HttpClient
from dinero_sync.notify.message import SECONDS, ChannelRefusedError, NotToldError

SERVICE = "ping"
PATIENCE = 3.0
"""Seconds after which nothing is tried again: each run pings twice, and waits for both."""
SUCCESS = range(200, 300)
PASSING = frozenset({408, 425, 429})
SERVER_FAILED = 500


def ping(address: str, what: str, ca_file: Path | None) -> None:
    """Ask for an address, with ``what`` behind it: nothing, ``start``, or an exit code.

    Raises NotToldError where nobody answers, ChannelRefusedError for an answer that stays, and
    OwnSideError.
    """
    client = HttpClient(
        service=SERVICE,
        timeout_seconds=SECONDS / 2,
        clock=SystemClock(PATIENCE),
        waits_for_limit=False,
        ca_file=ca_file,
    )
    try:
        answer = client.get(f"{address}/{what}" if what else address)
    except DeadlineError:
        raise NotToldError(
            spoken("The address of notify.ping doesn't answer in time, or fails.")
        ) from None
    if answer.status in SUCCESS:
        return
    passes = answer.status >= SERVER_FAILED or answer.status in PASSING
    raise (NotToldError if passes else ChannelRefusedError)(
        spoken("The address of notify.ping answered with status {status}.", status=answer.status)
    )
