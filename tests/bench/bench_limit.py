"""Orders a minute where our limit equals the service's own, in real time.

Between us and the sandbox lies a line that takes its time: half of it on the way there, half on the
way back, so that the service counts a call some time after it was sent, as real ones do.
"""

import select
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from random import Random
from urllib.parse import urlsplit

from bench_builds import Build
from bench_measures import at_once, quick_folder, row
from bench_shop import calls_to_dinero, sell, shop
from bench_table import Row

LIMIT = 60
ORDERS = 75
"""By new buyers: five minutes' calls, at four calls an order. What a run's beginning costs, and the
calls about the company itself, hardly weigh then."""
CALLS_AN_ORDER = 4
LATENCY = (0.05, 0.3)
"""The least and the most that a call takes, in seconds."""
SEED = 12
CHUNK = 65536
TOO_MANY = 429


def under_a_limit(builds: Sequence[Build]) -> list[Row]:
    """Measure how much of the limit each build uses, and how often it is refused."""
    told = at_once(builds, _measured)
    name = (
        f"orders a minute at {LIMIT} calls a minute, ours and the service's, "
        f"{LATENCY[0] * 1000:.0f}–{LATENCY[1] * 1000:.0f} ms a call: share of the limit's floor; "
        "calls refused"
    )
    return [row(name, told, "≥ 0.95; 0")]


def _measured(build: Build) -> str:
    with (
        quick_folder() as folder,
        shop(calls_per_minute=LIMIT) as sandbox,
        slow_line(sandbox.url) as url,
    ):
        sell(sandbox, range(ORDERS))
        config = build.config(folder, url, calls_per_minute=LIMIT)
        start = time.monotonic()
        build.run(config, booked=ORDERS)
        minutes = (time.monotonic() - start) / 60
        refused = sum(request.status == TOO_MANY for request in sandbox.requests)
        made = calls_to_dinero(sandbox) - refused
    floor = LIMIT / CALLS_AN_ORDER
    return f"{ORDERS / minutes / floor:.2f}; {refused} ({made} calls in {minutes:.1f} minutes)"


@contextmanager
def slow_line(url: str) -> Iterator[str]:
    """Pass connections on to ``url``, each call with a latency of its own; yields the address."""
    target = urlsplit(url)
    assert target.hostname is not None
    assert target.port is not None
    there = (target.hostname, target.port)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, there), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def _accept(server: socket.socket, there: tuple[str, int]) -> None:
    random = Random(SEED)  # noqa: S311 - a latency, nothing to guess
    with suppress(OSError):  # closed: the measure is over
        while True:
            ours, _ = server.accept()
            threading.Thread(target=_pass_on, args=(ours, there, random), daemon=True).start()


def _pass_on(ours: socket.socket, there: tuple[str, int], random: Random) -> None:
    """Carry call and answer in turn until either side hangs up."""
    with ours, socket.create_connection(there) as theirs, suppress(OSError):
        ways = {ours: theirs, theirs: ours}
        ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        theirs.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        last: socket.socket | None = None
        while True:
            ready, _, _ = select.select(list(ways), [], [])
            for side in ready:
                data = side.recv(CHUNK)
                if not data:
                    return
                if side is not last:  # a call, or an answer, begins
                    time.sleep(random.uniform(*LATENCY) / 2)
                    last = side
                ways[side].sendall(data)
