"""``evidence``: an archive that tells an order's whole way, and that anybody can check."""

import hashlib
import json
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from desk import Desk
from invented_sales import an_order
from sandbox_process import SandboxProcess

from dinero_sync.journal.database import open_journal
from dinero_sync.journal.upkeep.retention import remove_personal_data

ORDER = "4815162"


@pytest.fixture
def sold(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell two mugs, booked and paid by card."""
    sandbox.sell(*(an_order(place) for place in range(2)))
    assert desk.run("run").status == 0
    return desk


def files(archive: Path) -> dict[str, str]:
    with ZipFile(archive) as pack:
        return {name: pack.read(name).decode() for name in pack.namelist()}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_it_tells_the_way_from_the_shop_to_the_ledger_and_each_hash_can_be_checked(
    sold: Desk,
) -> None:
    archive = sold.folder / "evidence.zip"

    ended = sold.run("evidence", ORDER, "-o", str(archive), "--language", "en")

    assert (ended.status, stat.S_IMODE(archive.stat().st_mode)) == (0, 0o600)
    assert "personal data" in ended.stdout
    told = files(archive)
    sums = [line.split("  ") for line in told.pop("SHA256SUMS").splitlines()]
    assert sums == [[sha256(content), name] for name, content in told.items()]
    lines = json.loads(told["journal/lines.json"])
    names = ("at", "run_id", "subject", "kind", "phase", "body_hash", "document")
    for line in lines:
        said = "\n".join([line["before"], *(str(line[name]) for name in names)])
        assert line["hash"] == sha256(said)
        assert line["body_hash"] == sha256(told[line["file"]])
    booking = next(each for each in lines if (each["kind"], each["phase"]) == ("book", "intent"))
    of_shop = next(each for each in lines if each["kind"] == "order")
    assert json.loads(told[booking["file"]])["order"] == of_shop["body_hash"]
    assert told[of_shop["file"]] == told["shop/order.json"]
    entries = json.loads(told["dinero/entries.json"])
    assert {each["document"] for each in entries} == {"invoice", "payment"}
    assert sum(round(float(each["amount"]) * 100) for each in entries) == 0
    assert "4815163" not in json.dumps(entries)
    assert "Together they come to 0.00 kr." in told["index.md"]


def test_the_rest_is_told_where_dinero_cannot_be_asked(sold: Desk, sandbox: SandboxProcess) -> None:
    archive = sold.folder / "evidence.zip"
    sandbox.add_fault("truncated", {"service": "dinero", "path": "*/entries"}, times=None)

    ended = sold.run("evidence", "#10427", "-o", str(archive), "--language", "da")

    told = files(archive)
    assert ended.status == 0
    assert "dinero/entries.json" not in told
    assert "Dineros posteringer er ikke med" in told["index.md"]
    assert "Dineros posteringer er ikke med" in ended.stdout
    assert "journal/lines.json" in told


def test_an_order_without_an_invoice_has_what_is_known(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order(state="unpaid"))
    desk.run("run")

    ended = desk.run("evidence", ORDER, "-o", "evidence.zip", "--language", "en")

    told = files(desk.folder / "evidence.zip")
    assert ended.status == 0
    assert "No invoice of it is booked" in told["index.md"]
    assert "Dinero has no entry of it." in told["index.md"]


def test_a_credit_note_and_its_refund_are_told_too(sold: Desk) -> None:
    sold.run("credit", ORDER, "--all", "--reason", "Returned")

    ended = sold.run("evidence", ORDER, "-o", "evidence.zip", "--language", "en")

    told = files(sold.folder / "evidence.zip")
    entries = json.loads(told["dinero/entries.json"])
    assert ended.status == 0
    assert {"documents/invoice.json", "dinero/credit-1.json"} <= told.keys()
    assert {each["document"] for each in entries} >= {"invoice", "payment", "credit:1"}
    assert "Together they come to 0.00 kr." in told["index.md"]


def test_what_was_removed_for_its_age_is_told_as_removed(sold: Desk) -> None:
    now = datetime.now(UTC) + timedelta(days=1)
    with closing(open_journal(sold.state)) as db:
        remove_personal_data(db, now, now=now, run_id="test")

    ended = sold.run("evidence", ORDER, "-o", "evidence.zip", "--language", "en")

    told = files(sold.folder / "evidence.zip")
    assert ended.status == 0
    assert "| removed for its age |" in told["index.md"]
    assert "contents removed for their age" in told["index.md"]
    assert {each["file"] for each in json.loads(told["journal/lines.json"])} >= {None}
