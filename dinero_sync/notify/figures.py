"""Figures for Prometheus: a file for the textfile collector of its node_exporter.

Its texts are constant English, the same in every shop: of files whose HELP texts for a metric
differ, node_exporter drops all but the first, and says so in its own log alone.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from dinero_sync.domain.spoken import spoken
from dinero_sync.journal.folder.files import beside
from dinero_sync.notify.message import ChannelRefusedError

READABLE = 0o644
"""node_exporter runs as a user of its own; no name or number of an order stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of a shop; None where nobody knows."""

    exit_code: int | None = None
    ended: datetime | None = None
    ended_well: datetime | None = None
    watermark: datetime | None = None
    orders: Mapping[str, int] | None = None
    """How many, by their standing."""
    calls_left: int | None = None
    """To the shop, within twenty-four hours."""
    needs_you: bool | None = None


def write_figures(path: Path, shop: str, figures: Figures) -> None:
    """Replace the file as a whole; raises ChannelRefusedError where it can't be written."""
    content = _written(shop, figures)
    new = beside(path)
    try:
        new.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(new, flags, READABLE), "wb") as file:
            os.fchmod(file.fileno(), READABLE)  # whatever the umask is
            file.write(content)
        new.replace(path)
    except OSError as error:
        raise ChannelRefusedError(
            spoken(
                "The file of notify.prometheus can't be written ({strerror}). Its folder has to be "
                "there, and the user that dinero-sync runs as has to be allowed to write in it; "
                "with systemd also by ReadWritePaths= in the service.",
                strerror=error.strerror or type(error).__name__,
            )
        ) from None


def _written(shop: str, figures: Figures) -> bytes:
    registry = CollectorRegistry()

    def put(name: str, what: str, value: float | None) -> None:
        if value is not None:
            gauge = Gauge(f"dinero_sync_{name}", what, ["shop"], registry=registry)
            gauge.labels(shop).set(value)

    put("last_run_timestamp_seconds", "When the last run ended.", _seconds(figures.ended))
    put(
        "last_good_run_timestamp_seconds",
        "When the last run ended that did its work to the end.",
        _seconds(figures.ended_well),
    )
    put("last_run_exit_code", "The exit code of the last run.", figures.exit_code)
    put(
        "watermark_timestamp_seconds",
        "The change in the shop up to which all is read.",
        _seconds(figures.watermark),
    )
    put(
        "shop_calls_left",
        "Calls that may still be made to the shop within twenty-four hours.",
        figures.calls_left,
    )
    put("needs_you", "Whether something waits for a person (1) or nothing does (0).", _bit(figures))
    if figures.orders is not None:
        orders = Gauge(
            "dinero_sync_orders",
            "Orders by their standing.",
            ["shop", "standing"],
            registry=registry,
        )
        for standing, count in figures.orders.items():
            orders.labels(shop, standing).set(count)
    return generate_latest(registry)


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _bit(figures: Figures) -> float | None:
    return None if figures.needs_you is None else float(figures.needs_you)
