"""``close``: all that belongs to a period in one folder, and what keeps it from being closed."""

import hashlib
import json
import re
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, Finished
from invented_sales import an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

from dinero_sync.sandbox.shop.buyers import GERMAN_BUSINESS, GERMAN_CONSUMER


@pytest.fixture
def sold(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell two mugs, booked and paid by card."""
    sandbox.sell(*(an_order(place) for place in range(2)))
    assert desk.run("run").status == 0
    return desk


def period_of(sandbox: SandboxProcess) -> str:
    """Return the year that the books are of."""
    return str(sandbox.books()["entries"][0]["date"][:4])


def close(desk: Desk, period: str, *options: str) -> Finished:
    return desk.run("close", period, "-o", "closed", *options)


def data(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(desk, "period.json"))
    return found


def read(desk: Desk, name: str) -> str:
    return (desk.folder / "closed" / name).read_text(encoding="utf-8")


def test_a_period_that_is_proved_is_closed_and_each_hash_can_be_checked(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    ended = close(sold, period_of(sandbox), "--language", "en")

    folder = sold.folder / "closed"
    assert ended.status == 0, ended.stdout + ended.stderr
    assert "can be closed" in ended.stdout
    manifest = json.loads(read(sold, "manifest.json"))
    names = {each.name for each in folder.iterdir()}
    assert names == {*manifest["files"], "manifest.json", "SHA256SUMS"}
    linked = set(re.findall(r"\[(.+?)\]\(\1\)", read(sold, "index.md")))
    assert names - linked == {"index.md", "changes.md", "SHA256SUMS"}
    assert linked <= names
    for line in read(sold, "SHA256SUMS").splitlines():
        told, name = line.split("  ")
        assert told == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert manifest["files"].get(name, told) == told
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert manifest["journal_head"] == data(sold)["journal"]["head"]
    (card,) = (each for each in data(sold)["clearing"]["accounts"] if each["account"] == 55010)
    assert [each["order"] for each in card["open"]] == [4815162, 4815163]
    assert "| 55010 | 2 | 397.90 |" in read(sold, "index.md")


def test_what_is_held_keeps_it_open_and_the_second_run_says_what_changed(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up(2))
    sold.run("run")
    first = close(sold, period_of(sandbox), "--language", "en")
    sold.run("skip", "4815164", "--reason", "sold twice")

    ended = close(sold, period_of(sandbox), "--language", "en")

    assert (first.status, ended.status) == (3, 0)
    assert "Held or in doubt: 1" in first.stdout
    (decision,) = data(sold)["decisions"]
    assert (decision["subject"], decision["decision"]["by_operator"]) == ("10429", "sold twice")
    assert "sold twice" in read(sold, "index.md")
    changes = read(sold, "changes.md")
    assert "`reconcile.classes.skipped.orders`: 0 → 1" in changes
    assert "`open`:" in changes


def test_where_a_read_fails_the_older_folder_stays(sold: Desk, sandbox: SandboxProcess) -> None:
    period = period_of(sandbox)
    assert close(sold, period).status == 0
    before = {each.name: each.read_bytes() for each in (sold.folder / "closed").iterdir()}
    sandbox.add_fault("truncated", {"service": "dinero", "path": "*/entries"}, times=None)

    ended = close(sold, period)

    assert ended.status == 75
    assert before == {each.name: each.read_bytes() for each in (sold.folder / "closed").iterdir()}


def test_a_folder_with_something_else_in_it_is_left_alone(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    note = sold.folder / "closed" / "note.txt"
    note.parent.mkdir()
    note.write_text("mine", encoding="utf-8")

    ended = close(sold, period_of(sandbox))

    assert (ended.status, note.read_text(encoding="utf-8")) == (2, "mine")
    assert "note.txt" in ended.stderr


@pytest.mark.parametrize("period", ["2026Q5", "2026-13", "last"])
def test_what_is_no_period_is_wrong_usage(desk: Desk, period: str, tmp_path: Path) -> None:
    ended = desk.run("close", period, "-o", str(tmp_path / "closed"))

    assert ended.status == 2
    assert "2026Q4" in ended.stderr


def test_drafts_that_wait_for_a_person_keep_it_open(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"sync.booking": "draft"})
    sandbox.sell(an_order())
    assert desk.run("run").status == 0

    ended = close(desk, str((datetime.now(UTC) - timedelta(days=5)).year), "--language", "en")

    assert ended.status == 3
    assert "Drafts in Dinero that wait for your word: 1" in ended.stdout


def test_it_holds_the_page_in_the_language_that_is_asked_for(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    close(sold, period_of(sandbox), "--language", "da")
    danish = read(sold, "reconcile.html")
    close(sold, period_of(sandbox), "--language", "en")
    english = read(sold, "reconcile.html")

    assert ('<html lang="da">' in danish, '<html lang="en">' in english) == (True, True)
    assert "Saldo på mellemregningskonti" in danish
    assert "Balances of the clearing accounts" in english
    assert "[reconcile.html](reconcile.html)" in read(sold, "index.md")


def test_an_order_in_doubt_keeps_it_open_with_4(sold: Desk, sandbox: SandboxProcess) -> None:
    booking = {"service": "dinero", "method": "POST", "path": "*/book"}
    sandbox.sell(an_order(2))
    sandbox.add_fault("reset_before", booking, times=None)
    assert sold.run("run").status == 4
    sandbox.ask("DELETE", "faults")

    ended = close(sold, period_of(sandbox), "--language", "en")

    assert ended.status == 4
    assert "Held or in doubt: 1" in ended.stdout
    assert json.loads(read(sold, "manifest.json"))["exit_code"] == 4


def test_a_journal_that_was_changed_is_70_and_named(sold: Desk, sandbox: SandboxProcess) -> None:
    with closing(sqlite3.connect(sold.state / "journal.sqlite3")) as db, db:
        db.execute("DROP TRIGGER effects_stay")
        db.execute("UPDATE effects SET subject = 99 WHERE effect_id = 2")

    ended = close(sold, period_of(sandbox), "--language", "en")

    assert ended.status == 70
    fault = "Line 2 or one before it was changed or removed."
    assert f"The journal isn't what was written: {fault}" in ended.stdout.replace("\n", " ")
    assert f"The journal isn't what was written: {fault}" in read(sold, "index.md")
    assert fault in data(sold)["journal"]["faults"]


def test_sales_abroad_are_summed_for_their_returns(desk: Desk, sandbox: SandboxProcess) -> None:
    oss = {"name": "OSS", "when": {"zone": "eu"}, "account": 1151, "foreign_vat_account": 64200}
    business = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
    desk.configure(
        sandbox, {"posting.rules": [business, oss], "posting.eu_vat_rates": {"DE": [25]}}
    )
    sandbox.sell(
        an_order(0, buyer=GERMAN_CONSUMER),
        an_order(1, buyer=GERMAN_CONSUMER),
        an_order(2, buyer=GERMAN_BUSINESS),
    )
    assert desk.run("run").status == 0
    desk.run("credit", "4815163", "--all", "--reason", "Returned")

    ended = close(desk, period_of(sandbox))

    assert ended.status == 0, ended.stdout
    assert read(desk, "oss.csv").splitlines()[1:] == ["DE;25;DKK;159,16;39,79;159,16;39,79"]
    assert read(desk, "eu-sales-list.csv").splitlines()[1:] == ["DE999999995;168,96;0,00"]
