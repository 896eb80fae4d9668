"""``dinero-sync doctor``: asks both services, says what it means, and writes nothing."""

import json
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import an_order
from sandbox_process import SandboxProcess, sandbox_process


@pytest.fixture(autouse=True)
def orders(sandbox: SandboxProcess) -> None:
    """Sell something that the fields of an order can be read from."""
    sandbox.sell(an_order(), an_order(1))


def test_all_is_well_and_no_trace_is_left(desk: Desk, sandbox: SandboxProcess) -> None:
    examined = desk.run("doctor")

    assert (examined.status, examined.stderr) == (0, "")
    assert "2 of 2" in examined.stdout
    assert "Ler og Lærred ApS, company 123456" in examined.stdout
    assert "!!" not in examined.stdout
    assert sandbox.writes() == []
    assert sandbox.complaints() == []
    assert not desk.state.exists()


def test_programs_get_every_finding(desk: Desk) -> None:
    findings = json.loads(desk.run("doctor", "--json").stdout)

    assert {finding["verdict"] for finding in findings} <= {"fine", "note"}
    assert {finding["exit_code"] for finding in findings} == {0}
    assert all(finding["question"] and finding["answer"] for finding in findings)


def test_a_refused_shop_key_is_77_named_once_and_dinero_is_still_asked(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "wrong"})

    examined = desk.run("doctor")

    assert examined.status == 77
    assert examined.stdout.count("refused the API key") == 1
    assert "company 123456" in examined.stdout
    assert sandbox.complaints() == [], "a refused key is not sent again"


def test_a_refused_api_key_is_77_and_the_shop_is_still_asked(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.auth.api_key": "wrong"})

    examined = desk.run("doctor")

    assert examined.status == 77
    assert "2 of 2" in examined.stdout
    assert "API-nøgler" in examined.stdout


def test_an_account_that_dinero_lacks_is_78_by_its_key(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"posting.shipping_account": 4711})

    examined = desk.run("doctor")

    assert examined.status == 78
    assert "posting.shipping_account" in examined.stdout
    assert "4711" in examined.stdout


def test_another_company_is_78(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"dinero.vat_number": "90000020"})

    examined = desk.run("doctor")

    assert examined.status == 78
    assert "dinero.vat_number" in examined.stdout


def test_services_that_are_away_are_75_and_both_are_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with sandbox_process("none") as gone:
        desk.configure(gone, {"sync.deadline_minutes": 0.02})

    examined = desk.run("doctor")

    assert examined.status == 75
    assert examined.stdout.count("!!") >= 2


def test_it_ends_with_what_a_run_would_make_of_the_orders_it_has_read(desk: Desk) -> None:
    examined, run = desk.run("doctor"), desk.run("run")

    told = " ".join(examined.stdout.split())
    assert "Of 2 orders: 2 would be booked (397.90 DKK)." in told
    assert list(run.outcomes.values()) == ["booked", "booked"]


def test_it_speaks_the_readers_language_and_programs_get_english(desk: Desk) -> None:
    danish, programs = desk.run("doctor", "--language", "da"), desk.run("doctor", "--json")

    last = json.loads(programs.stdout)[-1]
    assert "Af 2 ordrer: 2 ville blive bogført (397,90 DKK)." in " ".join(danish.stdout.split())
    assert last["answer"] == "Of 2 orders: 2 would be booked (397.90 DKK)."
    assert (last["orders"]["booked"], last["orders"]["totals"]) == (2, {"DKK": "397.90"})


def test_a_whole_journal_is_not_rebuilt(desk: Desk) -> None:
    assert desk.run("run").status == 0
    before = (desk.state / "journal.sqlite3").read_bytes()

    refused = desk.run("doctor", "--rebuild")

    assert refused.status == 2
    assert (desk.state / "journal.sqlite3").read_bytes() == before


def test_a_damaged_journal_is_rebuilt_beside_the_old_one_and_nothing_is_booked_twice(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    assert desk.run("run").status == 0
    journal = desk.state / "journal.sqlite3"
    damaged = b"damaged " * 1000
    journal.write_bytes(damaged)
    written = len(sandbox.writes())

    rebuilt, run = desk.run("doctor", "--rebuild"), desk.run("run")

    assert (rebuilt.status, run.status) == (0, 0)
    assert len(sandbox.writes()) == written
    assert len(sandbox.invoices()) == 2
    assert damaged in [path.read_bytes() for path in desk.state.iterdir()]
