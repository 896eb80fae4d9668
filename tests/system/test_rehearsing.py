"""The sandbox as a shop owner starts it, and the demo that comes with the source."""

import json
import os
import signal
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
import yaml
from desk import DEADLINE_SECONDS, Desk, wait_until

from dinero_sync.cli.commands.rehearsal import MARK


@pytest.mark.parametrize("auth", ["api_key", "visma_connect"])
def test_the_printed_configuration_works_until_the_sandbox_is_ended(
    tmp_path: Path, auth: str
) -> None:
    desk = Desk(tmp_path)
    process = desk.start("sandbox", "--port", "0", "--auth", auth)
    assert process.stdout is not None
    config = yaml.safe_load("".join(takewhile(str.strip, process.stdout)))
    config["sync"]["state_dir"] = "state"
    desk.write_config(yaml.safe_dump(config))

    dry = desk.run("run", "--dry-run", "--json")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=DEADLINE_SECONDS)

    assert config["dinero"]["auth"]["method"] == auth
    assert (dry.status, process.returncode) == ((0, 0) if auth == "api_key" else (77, 0))
    assert "--write FILE" in told


@pytest.mark.slow
def test_a_rehearsal_begins_with_a_file_and_teaches_by_orders_that_are_held(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    process = desk.start("sandbox", "--port", "0", "--write", "rehearsal.yaml")
    wait_until((tmp_path / "rehearsal.yaml").exists)
    with_it = ("-c", "rehearsal.yaml")

    checked = desk.run(*with_it, "rules", "check")
    doctor = desk.run(*with_it, "doctor")
    first = desk.run(*with_it, "run")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=DEADLINE_SECONDS)

    assert (checked.status, "warning" in checked.stdout) == (0, False)
    assert "4 held" in " ".join(doctor.stdout.split())
    assert (first.status, list(first.outcomes.values()).count("held")) == (3, 4)
    assert (tmp_path / "rehearsal-state").is_dir()
    assert (tmp_path / "rehearsal.yaml").stat().st_mode & 0o777 == 0o600
    assert "dinero-sync -c rehearsal.yaml doctor" in told


def test_a_rehearsal_begins_anew_and_overwrites_no_other_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_config("shoporama: {api_key: mine}\n")
    ours = tmp_path / "rehearsal.yaml"
    ours.write_text(f"{MARK}of the start before\n", encoding="utf-8")
    (tmp_path / "rehearsal-state").mkdir()
    (tmp_path / "rehearsal-state" / "journal.sqlite3").touch()

    refused = desk.run("sandbox", "--write", "config.yaml")
    process = desk.start("sandbox", "--port", "0", "--orders", "none", "--write", "rehearsal.yaml")
    wait_until(lambda: "state_dir" in (ours.read_text(encoding="utf-8") if ours.exists() else ""))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=DEADLINE_SECONDS)

    assert refused.status == 2
    assert "wasn't made by the sandbox" in refused.message
    assert desk.config.read_text(encoding="utf-8") == "shoporama: {api_key: mine}\n"
    assert not (tmp_path / "rehearsal-state").exists()


def test_a_port_that_is_taken_is_told_in_words(desk: Desk, tmp_path: Path) -> None:
    first = desk.start("sandbox", "--port", "0")
    assert first.stdout is not None
    port = first.stdout.readline().rstrip().rpartition(":")[2]

    second = Desk(tmp_path).run("sandbox", "--port", port)
    first.terminate()
    first.communicate(timeout=DEADLINE_SECONDS)

    assert second.status == 2
    assert port in second.stderr


@pytest.mark.slow  # the whole of both acts
def test_the_demo_books_the_whole_shop_to_the_ore_and_cures_what_is_held(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "dinero_sync.sandbox.demo"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8"},
        check=False,
        timeout=DEADLINE_SECONDS,
    )

    assert (shown.returncode, shown.stderr) == (0, "")
    held, _, cured = shown.stdout.partition("That entry, pasted into the configuration")
    assert "#10501  held" in held
    assert "#10501  booked" in cured
    rows = [line.split() for line in cured.splitlines()]
    assert ["Difference", "0.00", "DKK"] in rows
    assert "The last run wrote nothing to Dinero." in shown.stdout
    log = (tmp_path / ".demo" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum(json.loads(line)["event"] == "run.finished" for line in log) == 3
