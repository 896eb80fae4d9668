"""``payouts``, and the commands that take a payout by its name, as they are installed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from desk import Desk
from sandbox_process import SandboxProcess

DAY = (datetime.now(UTC) - timedelta(days=9)).date()
PAYOUT = "payout:viabill:238"
SOURCE = {
    "id": "viabill",
    "name": "ViaBill",
    "format": "columns",
    "columns": {
        "payout": "Udbetaling",
        "date": "Dato",
        "type": "Type",
        "reference": "Ordrenr",
        "amount": "Beløb",
        "fee": "Gebyr",
        "types": {"sale": ["Køb"], "reserve": ["Rest"], "payout": ["Udbetalt"]},
    },
    "clearing_account": 55060,
    "paid_to": 54040,
    "fee_account": 7420,
}
TITLES = "Udbetaling;Dato;Type;Ordrenr;Beløb;Gebyr"


def put(folder: Path, kind: str = "Rest", net: str = "97.75") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "afregning.csv"
    rows = (f"238;{DAY};{kind};77777;100.00;-2.25", f"238;{DAY};Udbetalt;;-{net};0.00")
    path.write_text("\n".join((TITLES, *rows, "")), encoding="utf-8")
    return path


@pytest.fixture
def inbox(desk: Desk, sandbox: SandboxProcess) -> Path:
    folder = desk.folder / "payouts"
    desk.configure(
        sandbox, {"payouts": {"inbox": "payouts", "start_date": str(DAY), "sources": [SOURCE]}}
    )
    folder.mkdir()
    return folder


def test_a_file_that_is_named_is_posted_and_stays_where_it_is(desk: Desk, inbox: Path) -> None:
    path = put(desk.folder / "downloads")

    ended = desk.run("payouts", str(path), "--json")

    told = json.loads(ended.stdout)
    (payout,) = told["payouts"]
    assert (ended.status, told["refused"]) == (0, [])
    assert {name: payout[name] for name in ("id", "source", "file", "date", "currency")} == {
        "id": "238",
        "source": "viabill",
        "file": "afregning.csv",
        "date": str(DAY),
        "currency": "DKK",
    }
    parts = ("gross", "refunds", "chargebacks", "fees", "other", "net")
    assert [payout[each] for each in parts] == ["0.00", "0.00", "0.00", "-2.25", "100.00", "97.75"]
    assert (payout["outcome"], payout["reason"]) == ("booked", None)
    assert (payout["matched"], payout["unmatched"]) == ([], [])
    assert len(payout["ledger_item"]) == 36
    (line,) = ended.events_named("payout.outcome")
    assert line["ledger_item"] == payout["ledger_item"]
    assert path.exists()
    assert list(inbox.iterdir()) == []
    again = json.loads(desk.run("payouts", str(path), "--json").stdout)["payouts"]
    assert [each["outcome"] for each in again] == ["known"]


def test_a_refused_file_is_told_and_put_aside(desk: Desk, inbox: Path) -> None:
    put(inbox, net="97.00")

    ended = desk.run("payouts", "--json")

    told = json.loads(ended.stdout)
    (refused,) = told["refused"]
    assert (ended.status, told["payouts"], refused["file"]) == (3, [], "afregning.csv")
    assert "98" in refused["message"] or "97" in refused["message"]
    assert (inbox / "held" / "afregning.csv.txt").exists()
    assert refused["payout"] in desk.run("status", "--language", "en").stdout


def test_movements_without_an_order_are_listed_until_they_are_accepted(
    desk: Desk, inbox: Path
) -> None:
    put(inbox, kind="Køb")

    ended = desk.run("payouts", "--language", "en")
    without_reason = desk.run("payouts", "--accept", PAYOUT)
    accepted = desk.run("payouts", "--accept", PAYOUT, "--reason", "sold at a fair")

    assert (ended.status, without_reason.status, accepted.status) == (3, 2, 0)
    assert f"dinero-sync payouts --accept {PAYOUT} --reason TEXT" in ended.stdout
    assert "77777" in ended.stdout
    assert desk.run("payouts").status == 0


def test_a_payout_is_shown_by_its_name(desk: Desk, inbox: Path) -> None:
    put(inbox)
    desk.run("payouts")

    shown = desk.run("show", PAYOUT, "--language", "en")
    data = json.loads(desk.run("show", PAYOUT, "--json").stdout)

    assert "debit 54040, credit 55060" in shown.stdout
    assert [each["phase"] for each in data["effects"]][-1] == "adopted"
    assert desk.run("retry", PAYOUT).status == 2
    assert desk.run("skip", PAYOUT, "--reason", "no").status == 2
    assert desk.run("show", "payout:viabill:999").status == 2


def test_drafts_wait_for_book(desk: Desk, inbox: Path, sandbox: SandboxProcess) -> None:
    settings = {"inbox": "payouts", "start_date": str(DAY), "booking": "draft", "sources": [SOURCE]}
    desk.configure(sandbox, {"payouts": settings})
    put(inbox)

    drafted = json.loads(desk.run("payouts", "--json").stdout)["payouts"]
    booked = desk.run("book", PAYOUT)

    assert [each["outcome"] for each in drafted] == ["drafted"]
    assert booked.status == 0
    assert json.loads(desk.run("show", PAYOUT, "--json").stdout)["standing"] == "done"


def test_without_sources_nothing_is_posted(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {})

    assert desk.run("payouts").status == 2


def test_rules_check_names_what_a_source_lacks(desk: Desk, sandbox: SandboxProcess) -> None:
    lacking = {**SOURCE, "fee_account": 7999}
    desk.configure(sandbox, {"payouts": {"inbox": "payouts", "sources": [lacking]}})

    found = json.loads(desk.run("rules", "check", "--json").stdout)

    assert "payouts.sources[0].fee_account" in {each["key"] for each in found}


def test_its_evidence_has_the_file_itself_and_what_it_posted(desk: Desk, inbox: Path) -> None:
    content = put(inbox).read_bytes()
    assert desk.run("payouts").status == 0

    ended = desk.run("evidence", PAYOUT, "-o", "payout.zip", "--language", "da")

    with ZipFile(desk.folder / "payout.zip") as pack:
        told = {name: pack.read(name) for name in pack.namelist()}
    assert (ended.status, told["file/afregning.csv"]) == (0, content)
    entries = json.loads(told["dinero/entries.json"])
    assert {each["account"] for each in entries} == {54040, 55060, 7420}
    assert {each["document"] for each in entries} == {"payout"}
    assert "Dokumentation: payout:viabill:238" in told["index.md"].decode()
