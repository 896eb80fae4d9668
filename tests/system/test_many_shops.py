"""A folder of configurations: each shop has its run, and none harms another."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from desk import Desk, Finished, wait_until
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

NEVER = "2099-01-01"
"""A start date before which nothing is transferred: a shop that has nothing to do."""
LONG_SECONDS = 60
A_DRAFT = {"service": "dinero", "method": "POST", "path": "*/invoices"}
OTHERS = 4_000_000

Add = Callable[..., Path]


@pytest.fixture
def shops(desk: Desk) -> Path:
    folder = desk.folder / "shops"
    folder.mkdir()
    return folder


@pytest.fixture
def add(desk: Desk, shops: Path) -> Add:
    """Return what adds a shop: an idle one of a company of its own, unless it ``sells``."""

    def added(name: str, *, sells: bool = False, **sync: str) -> Path:
        data: dict[str, Any] = yaml.safe_load(desk.config.read_text(encoding="utf-8"))
        del data["sync"]["state_dir"]
        if not sells:
            data["sync"]["start_date"] = NEVER
            data["dinero"]["organization_id"] = OTHERS + len(list(shops.iterdir()))
        data["sync"] |= sync
        file = shops / f"{name}.yaml"
        file.touch(mode=0o600)
        file.write_text(yaml.safe_dump(data), encoding="utf-8")
        return file

    return added


def state_of(desk: Desk, name: str) -> Path:
    return desk.folder / "home" / ".local" / "state" / "dinero-sync" / name


def codes(run: Finished) -> dict[str, int]:
    return {name: each["exit_code"] for name, each in json.loads(run.stdout).items()}


def test_every_shop_is_run_and_has_a_state_folder_a_log_and_a_status_of_its_own(
    desk: Desk, shops: Path, add: Add, one_order: int
) -> None:
    add("mugs", sells=True)
    add("idle")
    (shops / ".hidden.yaml").write_text("left alone", encoding="utf-8")
    (shops / "notes.txt").write_text("left alone", encoding="utf-8")
    (shops / "old.yaml").mkdir()

    run = desk.run("-c", str(shops), "run", "--json")
    told = json.loads(run.stdout)
    table = desk.run("-c", str(shops), "run")

    assert run.status == 0
    assert {name: each["outcomes"] for name, each in told.items()} == {
        "idle": {},
        "mugs": {"booked": 1},
    }
    assert [each["order_id"] for each in told["mugs"]["orders"]] == [one_order]
    (booked,) = run.events_named("order.outcome")
    assert booked["shop"] == "mugs"
    finished = {each["shop"]: each["run_id"] for each in run.events_named("run.finished")}
    assert finished.keys() == {"mugs", "idle"}
    assert len({*finished.values()}) == 2
    assert all((state_of(desk, name) / "journal.sqlite3").exists() for name in finished)
    assert sorted(table.stdout.splitlines()) == [
        "",
        "2 shops; exit code 0.",
        "idle   0  nothing to do",
        "mugs   0  nothing to do",
    ]


def test_one_shop_s_lines_stay_as_they_were(desk: Desk, one_order: int) -> None:
    run = desk.run("run")

    assert run.outcomes == {one_order: "booked"}
    assert [each for each in run.events if "shop" in each] == []


def test_a_shop_named_alone_finds_what_it_did_among_others(
    desk: Desk, shops: Path, add: Add, one_order: int
) -> None:
    file = add("mugs", sells=True)
    desk.run("-c", str(shops), "run")

    shown = desk.run("-c", str(file), "show", str(one_order), "--json")

    assert json.loads(shown.stdout)["order_id"] == one_order
    assert not (state_of(desk, "journal.sqlite3")).exists()


@pytest.mark.slow
def test_the_environment_names_a_folder_as_well(desk: Desk, shops: Path, add: Add) -> None:
    file = add("idle")
    desk.variables["DINERO_SYNC_CONFIG"] = str(shops)
    desk.variables["STATE_DIRECTORY"] = str(desk.folder / "unit")

    alone = desk.run("-c", str(file), "run")
    all_of_them = desk.run("-q", "run")

    assert (alone.status, all_of_them.status) == (0, 0)
    assert all_of_them.stdout == ""
    assert [each.name for each in (desk.folder / "unit").iterdir()] == ["idle"]


def test_bad_shops_harm_no_good_one_and_the_worst_status_counts(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up(), an_order(1))
    add("mugs", sells=True)
    add("idle")
    cut = add("cut-short")
    cut.write_text(cut.read_text(encoding="utf-8")[:60], encoding="utf-8")
    (shops / "dangling.yaml").symlink_to(shops / "nowhere")

    run = desk.run("-c", str(shops), "run", "--json")
    held_only = desk.run("-c", str(shops), "run", "--json")
    for each in (cut, shops / "dangling.yaml"):
        each.unlink()
    mended = desk.run("-c", str(shops), "run", "--json")

    assert codes(run) == {"cut-short": 78, "dangling": 78, "idle": 0, "mugs": 3}
    assert run.status == held_only.status == 78
    assert run.outcomes == {FIRST_ORDER_ID: "held", FIRST_ORDER_ID + 1: "booked"}
    assert {each["shop"] for each in run.events_named("config.problem")} == {
        "cut-short",
        "dangling",
    }
    assert json.loads(run.stdout)["dangling"]["messages"][0].startswith(
        str(shops / "dangling.yaml")
    )
    assert (mended.status, codes(mended)) == (3, {"idle": 0, "mugs": 3})


def test_two_with_one_state_folder_or_one_company_are_refused_and_the_others_go_on(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess
) -> None:
    add("one", state_dir="../both")
    add("other", state_dir=str(desk.folder / "both"))
    add("mugs", sells=True)
    add("mugs-again", sells=True)
    add("idle")

    run = desk.run("-c", str(shops), "run", "--json")

    assert run.status == 78
    assert codes(run) == {"idle": 0, "mugs": 78, "mugs-again": 78, "one": 78, "other": 78}
    problems = {each["shop"]: each for each in run.events_named("config.problem")}
    assert {name: each["key"] for name, each in problems.items()} == {
        "mugs": "dinero.organization_id",
        "mugs-again": "dinero.organization_id",
        "one": "sync.state_dir",
        "other": "sync.state_dir",
    }
    assert "another one too: other." in problems["one"]["message"]
    assert not (desk.folder / "both").exists()
    assert [each for each in sandbox.writes() if each["service"] == "dinero"] == []


@pytest.mark.slow
def test_a_shop_that_was_alone_does_not_forget_what_was_decided(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up(), an_order(1))
    alone = add("mugs", sells=True)
    desk.run("-c", str(alone), "run")
    desk.run("-c", str(alone), "skip", str(FIRST_ORDER_ID), "--reason", "made by hand")

    among_others = desk.run("-c", str(shops), "run")

    assert among_others.status == 78
    usual = state_of(desk, "")
    assert f"state_dir: {usual}".rstrip("/") in among_others.message
    add("mugs", sells=True, state_dir=str(usual))
    assert desk.run("-c", str(shops), "run").status == 0


@pytest.mark.slow
def test_a_shop_whose_process_is_killed_counts_and_the_others_go_on(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess, one_order: int
) -> None:
    add("mugs", sells=True)
    add("idle")
    sandbox.add_fault("hang_after", A_DRAFT, seconds=LONG_SECONDS)
    process = desk.start("-c", str(shops), "run", "--json")
    wait_until(sandbox.met_a_fault)

    os.kill(process_of(state_of(desk, "mugs")), signal.SIGKILL)
    run = desk.end_of(process)
    next_run = desk.run("-c", str(shops), "run", "--json")

    assert run.status == 75
    assert codes(run) == {"idle": 0, "mugs": 75}
    (failed,) = run.events_named("command.failed")
    assert (failed["shop"], failed["exit_code"]) == ("mugs", 75)
    assert "never done twice" in failed["message"]
    assert next_run.outcomes == {one_order: "booked"}
    assert len(sandbox.invoices()) == 1


def heard_by(desk: Desk, file: Path) -> Path:
    """Have a shop tell a program, and return the file where that keeps what was news."""
    kept = desk.folder / f"heard-of-{file.stem}"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    line = f'echo "$DINERO_SYNC_SHOP $DINERO_SYNC_EXIT_CODE $DINERO_SYNC_NEWS" >> "{kept}"'
    data["notify"] = {"command": ["/bin/sh", "-c", line]}
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return kept


def test_a_shop_that_was_refused_for_another_is_heard_of_once_and_its_end_once(
    desk: Desk, shops: Path, add: Add
) -> None:
    heard = heard_by(desk, add("mugs", sells=True))
    again = add("mugs-again", sells=True, state_dir=str(state_of(desk, "mugs")))
    heard_too = heard_by(desk, again)

    desk.run("-c", str(shops), "run", "--dry-run")
    assert not heard.exists()
    for _ in range(2):
        desk.run("-c", str(shops), "run")
    assert heard.read_text(encoding="utf-8").splitlines() == ["mugs 78 last_run_failed"]
    assert heard_too.read_text(encoding="utf-8").splitlines() == ["mugs-again 78 last_run_failed"]

    again.unlink()
    desk.run("-c", str(shops), "run")
    assert heard.read_text(encoding="utf-8").splitlines()[1:] == ["mugs 0 works_again over"]


@pytest.mark.slow
@pytest.mark.usefixtures("one_order")
def test_the_report_of_the_unit_hears_of_a_shop_whose_process_was_killed(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess
) -> None:
    heard_by(desk, add("mugs", sells=True))
    unit = desk.folder / "unit"
    unit.mkdir()
    desk.variables |= {"RUNTIME_DIRECTORY": str(unit), "INVOCATION_ID": "abc"}
    sandbox.add_fault("hang_after", A_DRAFT, seconds=LONG_SECONDS)
    process = desk.start("-c", str(shops), "run", "--json")
    wait_until(sandbox.met_a_fault)

    os.kill(process_of(state_of(desk, "mugs")), signal.SIGKILL)
    desk.end_of(process)

    assert (unit / "told.abc").read_text(encoding="utf-8") == "told 75\n"


def test_notify_is_tried_and_watched_for_every_shop(desk: Desk, shops: Path, add: Add) -> None:
    heard = [heard_by(desk, add(name)) for name in ("mugs", "soap")]

    tried = desk.run("-c", str(shops), "--language", "en", "notify", "test")
    add("silent")
    some = desk.run("-c", str(shops), "notify", "test")
    watched = desk.run("-c", str(shops), "notify", "watch")

    assert tried.status == 0
    assert [line for line in tried.stdout.splitlines() if line in {"mugs", "soap"}] == [
        "mugs",
        "soap",
    ]
    assert [each.read_text(encoding="utf-8").split()[0] for each in heard] == ["mugs", "soap"]
    assert some.status == 78
    assert (watched.status, watched.stdout) == (0, "")


@pytest.mark.slow
def test_a_run_of_all_that_is_asked_to_stop_ends_as_each_of_them_would(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess, one_order: int
) -> None:
    add("mugs", sells=True)
    add("zeta")
    sandbox.add_fault("hang_after", A_DRAFT, seconds=1)
    process = desk.start("-c", str(shops), "run", "--json", "--jobs", "1")
    wait_until(sandbox.met_a_fault)

    # As systemd does, which signals them all
    os.kill(process_of(state_of(desk, "mugs")), signal.SIGTERM)
    process.send_signal(signal.SIGTERM)
    run = desk.end_of(process)
    resumed = desk.run("-c", str(shops), "run", "--json")

    assert run.status == 75
    assert codes(run) == {"mugs": 75, "zeta": 75}
    assert run.run_finished["shop"] == "mugs", "it ended by itself, with what it had begun"
    assert resumed.outcomes == {one_order: "booked"}
    assert len(sandbox.invoices()) == 1


def process_of(state: Path) -> int:
    """Return which process holds a state folder."""
    told = json.loads((state / "run.lock").read_text(encoding="utf-8"))
    return int(told["pid"])


def test_status_tells_what_needs_somebody_the_worst_first(
    desk: Desk, shops: Path, add: Add, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up())
    add("a-mugs", sells=True)
    add("idle")
    add("other")
    desk.run("-c", str(shops), "run")
    (shops / "z-bad.yaml").write_text("shoporama: [", encoding="utf-8")

    text = desk.run("-c", str(shops), "status")
    told = json.loads(desk.run("-c", str(shops), "status", "--json").stdout)

    lines = text.stdout.splitlines()
    heads = [line for line in lines if line.startswith(("z-bad", "a-mugs", "2 shops"))]
    assert heads == [
        "z-bad: the configuration can't be used",
        "a-mugs: something is held for you",
        "2 shops need nobody: idle, other",
    ]
    assert f"retry {FIRST_ORDER_ID}" in text.stdout or "#10427" in text.stdout
    assert f"-c {shops}/a-mugs.yaml" in text.stdout, "commands name the shop's file"
    assert text.status == 78
    assert {name: each.get("needs_you") for name, each in told.items()} == {
        "a-mugs": True,
        "idle": False,
        "other": False,
        "z-bad": None,
    }


def test_the_watch_looks_at_every_shop_and_shows_those_where_no_run_comes(
    desk: Desk, shops: Path, add: Add
) -> None:
    add("a-mugs")
    add("soap")
    desk.run("-c", str(shops), "run")
    watch = ("-c", str(shops), "notify", "watch")

    while_runs_come = desk.run(*watch)
    desk.run("-c", str(shops / "soap.yaml"), "run", hours_later=48)
    silent = desk.run(*watch, hours_later=49)

    assert (while_runs_come.status, while_runs_come.stdout) == (0, "")
    assert silent.status == 3
    assert silent.stdout.splitlines()[0] == "a-mugs"
    assert "No run has ended since" in silent.stdout
    assert "soap" not in silent.stdout.splitlines()


def test_at_a_terminal_what_a_shop_says_stands_under_its_name(
    desk: Desk, shops: Path, add: Add
) -> None:
    add("idle")
    (shops / "bad.yaml").write_text("shoporama: [", encoding="utf-8")

    run = desk.run("-c", str(shops), "--log-format", "text", "--language", "en", "run")
    status = desk.run("-c", str(shops), "--log-format", "text", "status")

    name, *told = [line for line in run.stderr.splitlines() if line]
    assert name == "bad"
    assert told[0] == "The configuration has 1 problem; nothing was done."
    assert "bad   78  the configuration can't be used" in run.stdout.splitlines()
    assert status.stderr == "", "it stands with the shop"
    assert status.stdout.count("never closed") == 1


@pytest.mark.parametrize("words", [["show", "1"], ["connect"]])
def test_a_command_for_one_shop_names_the_files_and_what_to_paste(
    desk: Desk, shops: Path, add: Add, words: list[str]
) -> None:
    add("mugs")
    add("idle")

    refused = desk.run("-c", str(shops), *words)

    assert (refused.status, refused.stdout) == (2, "")
    assert "idle.yaml, mugs.yaml" in refused.message
    assert f"  dinero-sync -c {shops}/idle.yaml {' '.join(words)}" in refused.message


@pytest.mark.parametrize("words", [["--order", "1"], ["--since", "2026-12-01"], ["--table"]])
def test_what_is_for_one_shop_is_refused_for_a_folder(
    desk: Desk, shops: Path, add: Add, words: list[str]
) -> None:
    add("mugs")

    refused = desk.run("-c", str(shops), "run", *words)

    assert refused.status == 2
    assert "for one shop" in refused.message
    assert f"dinero-sync -c {shops}/mugs.yaml run {words[0]}" in refused.message


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_an_empty_folder_says_what_to_do(desk: Desk, shops: Path, command: str) -> None:
    empty = desk.run("-c", str(shops), command)

    assert empty.status == 78
    assert "dinero-sync init -o" in empty.message
