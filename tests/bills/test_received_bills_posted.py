"""Every bill that a shop receives ends as the right voucher with its document, or is held."""

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
import yaml
from electronic import ubl
from received import RECEIVED, Received
from suppliers import write_templates

from dinero_sync.bills.reading import read_bill
from dinero_sync.bills.templates import load_templates
from dinero_sync.clock import SystemClock
from dinero_sync.config.load import load_config
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.dinero.purchases.kept import Purchase
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.bills.outcome import CameOf
from dinero_sync.sync.run.bills.looking import look_at_bills
from dinero_sync.sync.run.result import ended
from dinero_sync.sync.work.workplace import open_workplace

DECEMBER = datetime(2026, 12, 10, 12, tzinfo=UTC)
POSTED = {
    "start_date": "2026-01-01",
    "rules": [
        {
            "name": "Swedish VAT, which nobody deducts here",
            "when": {"vat_number": "SE556703748501"},
            "account": 7300,
            "vat": "none",
            "on_credit": True,
        },
        {
            "name": "all",
            "account": 7300,
            "vat": {rate: "I25" if rate == 25 else "none" for rate in (0, 6, 12, 19, 20, 21, 25)},
            "on_credit": True,
            "country": "DK",
        },
    ],
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    shift = (DECEMBER - datetime.now(UTC)).total_seconds()
    with running_sandbox(orders="none", clock_shift_seconds=shift) as sandbox:
        yield sandbox


def post(sandbox: Sandbox, folder: Path, received: Received) -> CameOf:
    """Put a bill into an inbox, and let a pass look at it."""
    (came,) = looked_at(sandbox, folder, received.files)
    return came


def looked_at(sandbox: Sandbox, folder: Path, files: Mapping[str, bytes]) -> list[CameOf]:
    """Put files into an inbox, and let a pass look at them."""
    inbox = folder / "bills"
    inbox.mkdir()
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    data = yaml.safe_load(demo_config(sandbox.url))
    data["sync"]["state_dir"] = str(folder / "state")
    templates = str(write_templates(folder / "templates"))
    data["bills"] = {**POSTED, "inbox": str(inbox), "templates": templates}
    config_file = folder / "config.yaml"
    config_file.touch(mode=0o600)
    config_file.write_text(yaml.safe_dump(data), encoding="utf-8")
    config = load_config(config_file)
    with open_workplace(config, str(config_file), SystemClock(60)) as place:
        result = ended(place, lambda told: look_at_bills(place, told))
    return result.bills


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    set_up_logs(verbosity=-1, log_format="json", stream=io.StringIO())
    structlog.contextvars.bind_contextvars(run_id=str(uuid4()))
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


@pytest.mark.parametrize("name", RECEIVED)
def test_a_received_bill_is_the_right_voucher_or_held(
    sandbox: Sandbox, tmp_path: Path, name: str
) -> None:
    sandbox.reset()
    received = RECEIVED[name]()

    came = post(sandbox, tmp_path, received)

    vouchers = list(sandbox.organisation.purchases.values())
    if came.outcome == "held":
        assert vouchers == []
        assert came.reason == "bill_unproven"
        assert not received.proven
        return
    assert came.outcome == "booked"
    (voucher,) = vouchers
    assert_is_of(voucher, sandbox, received)


def assert_is_of(voucher: Purchase, sandbox: Sandbox, received: Received) -> None:
    """Compare a voucher with what the bill says."""
    bill = received.bill
    is_danish = (bill.vat_number or "DK").startswith("DK")
    danish = sum((each.vat for each in bill.amounts if is_danish and each.rate == 25), Decimal(0))
    assert (voucher.gross, voucher.currency) == (bill.total, bill.currency)
    assert (voucher.date, voucher.is_credit_note) == (bill.date, bill.kind == "credit_note")
    assert abs(voucher.vat - danish) <= Decimal("0.02")
    assert voucher.number is not None
    kept = sandbox.organisation.files[str(voucher.fields["FileGuid"])]
    own = next(iter(received.files.values()))
    assert kept.content == own if received.is_own else kept.content.startswith(b"%PDF")


def test_the_same_bill_as_e_invoice_and_as_pdf_is_one_voucher(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.reset()
    said = read_bill(written(tmp_path / "a.xml", ubl()), load_templates()).bill
    amounts = [{"rate": each.rate, "net": each.net, "vat": each.vat} for each in said.amounts]
    beside = {
        "supplier": said.supplier,
        "vat_number": said.vat_number,
        "number": said.number,
        "date": said.date,
        "currency": said.currency,
        "amounts": [{name: float(value) for name, value in each.items()} for each in amounts],
        "total": float(said.total),
    }
    files = {
        "a.xml": ubl(),
        "b.pdf": b"%PDF-1.4\n%%EOF\n",
        "b.yaml": yaml.safe_dump(beside).encode(),
    }

    came = [each.outcome for each in looked_at(sandbox, tmp_path, files)]

    assert came == ["booked", "known"]
    assert len(sandbox.organisation.purchases) == 1


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
