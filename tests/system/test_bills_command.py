"""``bills``, and the commands that take a bill by its name, as they are installed."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from desk import Desk
from sandbox_process import SandboxProcess

DAY = (datetime.now(UTC) - timedelta(days=9)).date()
EARLIER = DAY - timedelta(days=1)
BILL = "bill:DK13585628:1042"
RULE = {
    "name": "hosting",
    "when": {"vat_number": "DK13585628"},
    "account": 7300,
    "vat": "I25",
    "paid_from": 55000,
}
SAID = """
supplier: Shoporama ApS
vat_number: DK13585628
number: "1042"
date: {day}
currency: DKK
amounts:
  - {{rate: 25, net: 750.00, vat: 187.50}}
total: 937.50
"""


def put(folder: Path, day: date = DAY) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "faktura.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    path.with_suffix(".yaml").write_text(SAID.format(day=day), encoding="utf-8")
    return path


@pytest.fixture
def inbox(desk: Desk, sandbox: SandboxProcess) -> Path:
    folder = desk.folder / "bills"
    settings = {"inbox": "bills", "start_date": str(DAY), "rules": [RULE]}
    desk.configure(sandbox, {"bills": settings})
    folder.mkdir()
    return folder


def test_a_file_that_is_named_is_posted_and_stays_where_it_is(desk: Desk, inbox: Path) -> None:
    path = put(desk.folder / "downloads")

    ended = desk.run("bills", str(path), "--json")

    (bill,) = json.loads(ended.stdout)["bills"]
    assert ended.status == 0
    assert (bill["file"], bill["outcome"], bill["reason"]) == ("faktura.pdf", "booked", None)
    assert (bill["net"], bill["vat"], bill["total"]) == ("750.00", "187.50", "937.50")
    assert (bill["number"], bill["kind"], bill["currency"]) == ("1042", "invoice", "DKK")
    assert (bill["date"], bill["due"], bill["vat_number"]) == (str(DAY), None, "DK13585628")
    assert len(bill["voucher"]) == 36
    assert path.exists()
    assert list(inbox.iterdir()) == []


def test_a_held_bill_is_named_everywhere_and_released_by_its_name(
    desk: Desk, inbox: Path, sandbox: SandboxProcess
) -> None:
    put(inbox, day=EARLIER)

    held = desk.run("run")
    status, told = desk.run("status"), json.loads(desk.run("status", "--json").stdout)
    shown = desk.run("show", BILL)
    desk.configure(
        sandbox, {"bills": {"inbox": "bills", "start_date": str(EARLIER), "rules": [RULE]}}
    )
    retried = desk.run("retry", BILL)
    posted = desk.run("bills")
    after = desk.run("status")

    assert "1 bill held" in status.stdout
    assert "exit code 0: 1 bill booked" in after.stdout
    assert (held.status, held.events_named("bill.outcome")[0]["reason"]) == (3, "bill_before_start")
    assert "1 bill needs you" in status.stdout
    assert BILL in status.stdout
    assert [each["bill"] for each in told["bills"]] == [BILL]
    assert "bill_before_start" in shown.stdout
    assert f"The bill {BILL} goes on" in retried.stdout
    assert (posted.status, posted.stdout.split()[0]) == (0, "booked")


def test_drafts_are_booked_shown_and_resolved_by_name(
    desk: Desk, inbox: Path, sandbox: SandboxProcess
) -> None:
    settings = {"inbox": "bills", "start_date": str(DAY), "booking": "draft", "rules": [RULE]}
    desk.configure(sandbox, {"bills": settings})
    put(inbox)

    drafted = desk.run("bills")
    booked = desk.run("book", BILL)
    shown = json.loads(desk.run("show", BILL, "--json").stdout)
    explained = desk.run("explain", BILL)
    resolved = desk.run("resolve", BILL)

    assert drafted.stdout.startswith("drafted")
    assert (booked.status, booked.events_named("bill.outcome")[0]["outcome"]) == (0, "booked")
    assert (shown["standing"], shown["voucher_number"]) == ("done", 1)
    assert [each["kind"] for each in shown["effects"]][-1] == "book_voucher"
    assert "booked as 1" in resolved.stdout
    assert "What was decided (rule: hosting)" in explained.stdout


def test_a_bill_that_is_unknown_or_a_file_that_is_not_there_is_wrong_usage(
    desk: Desk, inbox: Path
) -> None:
    assert desk.run("show", "bill:DK1:1").status == 2
    assert desk.run("bills", str(inbox / "nothing.pdf")).status == 2


def test_without_rules_for_bills_the_command_says_what_is_missing(desk: Desk) -> None:
    ended = desk.run("bills")

    assert ended.status == 2
    assert "bills.rules" in ended.stderr


def test_its_evidence_has_the_file_itself_and_what_it_posted(desk: Desk, inbox: Path) -> None:
    content = put(inbox).read_bytes()
    assert desk.run("bills").status == 0

    ended = desk.run("evidence", BILL, "-o", "bill.zip", "--language", "en")

    with ZipFile(desk.folder / "bill.zip") as pack:
        told = {name: pack.read(name) for name in pack.namelist()}
    assert (ended.status, told["file/faktura.pdf"]) == (0, content)
    assert told["file/faktura.yaml"].decode() == SAID.format(day=DAY)
    sums = [line.split("  ") for line in told.pop("SHA256SUMS").decode().splitlines()]
    assert sums == [[hashlib.sha256(each).hexdigest(), name] for name, each in told.items()]
    entries = json.loads(told["dinero/entries.json"])
    assert {each["account"] for each in entries} == {7300, 64060, 55000}
    assert {each["document"] for each in entries} == {"voucher"}
    assert json.loads(told["dinero/voucher.json"])["reference"] == BILL
    index = told["index.md"].decode()
    assert "| voucher made |" in index
    assert "Together they come to 0.00 kr." in index


def test_its_evidence_says_where_the_file_is_gone_or_was_changed(desk: Desk, inbox: Path) -> None:
    put(inbox)
    assert desk.run("bills").status == 0
    (inbox / "done" / "faktura.yaml").write_text("supplier: another\n", encoding="utf-8")

    ended = desk.run("evidence", BILL, "-o", "bill.zip", "--language", "en")

    with ZipFile(desk.folder / "bill.zip") as pack:
        assert not [name for name in pack.namelist() if name.startswith("file/")]
        index = pack.read("index.md").decode()
    assert ended.status == 0
    assert "The file itself isn't in it" in ended.stdout
    assert "none has the content that was read" in index
