"""Figures for Prometheus: its own parser reads them, and one node_exporter those of two shops."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
import requests
from hearers import free_port
from prometheus_client.parser import text_string_to_metric_families

from dinero_sync.notify.figures import Figures, write_figures
from dinero_sync.notify.message import ChannelRefusedError

ENDED = datetime(2026, 12, 10, 11, 0, tzinfo=UTC)
FIGURES = Figures(
    exit_code=3,
    ended=ENDED,
    ended_well=ENDED,
    watermark=ENDED,
    orders={"held": 2, "done": 40},
    calls_left=857,
    needs_you=True,
)
EXPORTER = shutil.which("prometheus-node-exporter")


def samples(path: Path) -> dict[tuple[str, str], float]:
    families = text_string_to_metric_families(path.read_text(encoding="utf-8"))
    return {
        (sample.name.removeprefix("dinero_sync_"), sample.labels.get("standing", "")): sample.value
        for family in families
        for sample in family.samples
        if sample.labels["shop"] == '12 "kroner"\\\n'
    }


def test_prometheus_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "shop.prom"
    write_figures(path, '12 "kroner"\\\n', FIGURES)

    assert samples(path) == {
        ("last_run_timestamp_seconds", ""): ENDED.timestamp(),
        ("last_good_run_timestamp_seconds", ""): ENDED.timestamp(),
        ("last_run_exit_code", ""): 3,
        ("watermark_timestamp_seconds", ""): ENDED.timestamp(),
        ("shop_calls_left", ""): 857,
        ("needs_you", ""): 1,
        ("orders", "held"): 2,
        ("orders", "done"): 40,
    }


def test_what_nobody_knows_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "shop.prom"
    write_figures(path, "shop", Figures(exit_code=78, ended=ENDED))
    names = {each.name for each in text_string_to_metric_families(path.read_text(encoding="utf-8"))}

    assert names == {"dinero_sync_last_run_exit_code", "dinero_sync_last_run_timestamp_seconds"}


def test_anybody_may_read_it_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.prom"
    before = os.umask(0o077)
    try:
        for _ in range(2):
            write_figures(path, "shop", FIGURES)
    finally:
        os.umask(before)

    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChannelRefusedError, match="No such file or directory"):
        write_figures(tmp_path / "away" / "shop.prom", "shop", FIGURES)


@contextmanager
def exported(folder: Path) -> Iterator[str]:
    """Run node_exporter over the folder; yields what it shows."""
    assert EXPORTER is not None
    address = f"127.0.0.1:{free_port()}"
    options = ("--collector.disable-defaults", "--collector.textfile")
    place = (f"--collector.textfile.directory={folder}", f"--web.listen-address={address}")
    with subprocess.Popen([EXPORTER, *options, *place], stderr=subprocess.DEVNULL) as exporter:
        try:
            yield shown_at(f"http://{address}/metrics")
        finally:
            exporter.terminate()


def shown_at(url: str) -> str:
    deadline = time.monotonic() + 30
    while True:
        try:
            return requests.get(url, timeout=10).text
        except requests.ConnectionError:
            assert time.monotonic() < deadline, "node_exporter doesn't answer"
            Event().wait(0.05)


@pytest.mark.skipif(EXPORTER is None, reason="prometheus-node-exporter is not installed here")
def test_node_exporter_shows_both_of_two_shops(tmp_path: Path) -> None:
    write_figures(tmp_path / "one.prom", "one", FIGURES)
    write_figures(tmp_path / "two.prom", "two", Figures(exit_code=0, ended=ENDED))
    with exported(tmp_path) as shown:
        pass

    assert 'dinero_sync_last_run_exit_code{shop="one"} 3' in shown
    assert 'dinero_sync_last_run_exit_code{shop="two"} 0' in shown
    assert "node_textfile_scrape_error 0" in shown
