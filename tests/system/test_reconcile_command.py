"""``reconcile``: a period proved to the øre, or what differs."""

import json
import stat
from typing import Any

import pytest
from desk import Desk, Finished
from invented_sales import an_order
from sandbox_process import SandboxProcess

FIRST_NUMBER = 10427


@pytest.fixture
def sold(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell three mugs, booked and paid by card."""
    sandbox.sell(*(an_order(place) for place in range(3)))
    assert desk.run("run").status == 0
    return desk


def year_of(sandbox: SandboxProcess) -> tuple[str, ...]:
    year = sandbox.books()["entries"][0]["date"][:4]
    return ("--from", f"{year}-01-01", "--to", f"{year}-12-31")


def told(ended: Finished) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_an_untouched_period_is_proved(sold: Desk, sandbox: SandboxProcess) -> None:
    before = sandbox.books()

    ended = sold.run("reconcile", *year_of(sandbox), "--json")
    in_danish = sold.run("reconcile", *year_of(sandbox), "--language", "da")
    in_english = sold.run("reconcile", *year_of(sandbox), "--language", "en")

    found = told(ended)
    assert (ended.status, found["difference"], found["differences"]) == (0, "0.00", [])
    assert found["classes"]["booked"] == {"orders": 3, "total": "596.85"}
    assert (in_danish.status, in_english.status) == (0, 0)
    assert "Alt stemmer til 0,00" in in_danish.stdout
    assert "Everything adds up to 0.00" in in_english.stdout
    assert sandbox.books() == before


def test_a_page_of_it_is_written_for_its_owner_and_over_no_other_file(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    page, notes = sold.folder / "2026.html", sold.folder / "notes.html"
    notes.write_text("<p>Mine</p>", encoding="utf-8")
    period = year_of(sandbox)

    ended = sold.run("reconcile", *period, "--html", "2026.html", "--json", "--language", "da")
    refused = sold.run("reconcile", *period, "--html", "notes.html")
    made = page.read_text(encoding="utf-8")
    sandbox.add_fault("truncated", {"service": "dinero", "path": "*/entries"}, times=None)
    failed = sold.run("reconcile", *period, "--html", "2026.html")

    assert (ended.status, told(ended)["difference"]) == (0, "0.00")
    assert "Alt stemmer til 0,00" in made
    assert "55010" in made[made.index("Saldo på mellemregningskonti") :]
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "2026.html" in ended.stderr
    assert (refused.status, notes.read_text(encoding="utf-8")) == (2, "<p>Mine</p>")
    assert (failed.status, page.read_text(encoding="utf-8")) == (75, made)


def test_what_differs_is_named_and_ends_with_3(sold: Desk, sandbox: SandboxProcess) -> None:
    voucher = sandbox.books()["entries"][0]["voucher_guid"]
    sandbox.ask("DELETE", f"vouchers/{voucher}")

    ended = sold.run("reconcile", *year_of(sandbox), "--json")
    text = sold.run("reconcile", *year_of(sandbox), "--language", "en")

    (difference,) = told(ended)["differences"]
    assert (ended.status, text.status) == (3, 3)
    assert (difference["kind"], difference["cause"]) == ("invoice", "reversed")
    assert (difference["amount"], difference["order"]) == ("-198.95", 4815162)
    assert difference["next_step"].startswith("If that was a mistake, post it again")
    assert f"order #{FIRST_NUMBER}, invoice" in text.stdout


@pytest.mark.parametrize("path", ["*/entries", "*/invoices"])
def test_nothing_is_reported_where_a_read_failed(
    sold: Desk, sandbox: SandboxProcess, path: str
) -> None:
    sandbox.add_fault("truncated", {"service": "dinero", "path": path}, times=None)

    ended = sold.run("reconcile", *year_of(sandbox), "--json")

    assert (ended.status, ended.stdout) == (75, "")


def test_a_period_is_to_be_named(sold: Desk) -> None:
    assert sold.run("reconcile", "--from", "2026-01-01").status == 2
    ended = sold.run("reconcile", "--from", "2026-12-31", "--to", "2026-01-01")
    assert (ended.status, "lies before --from" in ended.stderr) == (2, True)
