"""``settlements test``: a shop's own files against what it expects of them."""

import json
from pathlib import Path

import pytest
from desk import Desk
from sandbox_process import SandboxProcess

STRIPE = """\
automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,available_on,\
currency,gross,fee,net,reporting_category,description
po_1,2026-12-03 01:00:00,txn_1,2026-12-01 10:00:00,2026-12-03,dkk,678.01,12.02,665.99,charge,#10427
po_1,2026-12-03 01:00:00,txn_2,2026-12-01 10:00:00,2026-12-03,dkk,-50.00,0.00,-50.00,refund,#10401
"""
EXPECTED = """\
source: stripe
payouts:
  - id: po_1
    date: 2026-12-03
    gross: 678.01
    refunds: -50
    fees: -12.02
    net: 615.99
    movements: 2
"""
VIABILL = """\
Udbetaling;Dato;Type;Ordrenr;Beløb;Gebyr
U-1;13-12-2026;Køb;10427;1.000,00;25,00
U-1;14-12-2026;Udbetalt;;975,00;
"""
MAPPED = """\
format: columns
columns:
  payout: Udbetaling
  date: Dato
  type: Type
  reference: Ordrenr
  amount: Beløb
  fee: Gebyr
  types: {sale: [Køb], payout: [Udbetalt]}
payouts: [{id: U-1, net: 975.00}]
"""
SOURCES = {
    "payouts": {
        "sources": [
            {
                "id": "stripe",
                "name": "Stripe",
                "format": "stripe",
                "clearing_account": 55080,
                "paid_to": 55095,
                "fee_account": 7420,
            }
        ]
    }
}


@pytest.fixture
def files(desk: Desk, sandbox: SandboxProcess) -> Path:
    """Return a folder of files that come out as expected."""
    desk.configure(sandbox, SOURCES)
    folder = desk.folder / "files"
    folder.mkdir()
    for name, text in {
        "stripe.csv": STRIPE,
        "stripe.csv.yaml": EXPECTED,
        "viabill.csv": VIABILL,
        "viabill.yaml": MAPPED,
        "cut.csv": STRIPE[:-20],
        "cut.yaml": "refused: cut_off\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("files")
def test_files_that_are_read_as_expected_are_well(desk: Desk, sandbox: SandboxProcess) -> None:
    tested = desk.run("settlements", "test", "files")

    assert (tested.status, tested.stderr) == (0, "")
    assert tested.stdout == "ok    cut.csv\nok    stripe.csv\nok    viabill.csv\n"
    assert sandbox.requests() == []
    assert not desk.state.exists()


def test_a_file_that_is_read_otherwise_is_3_and_says_what_differs(desk: Desk, files: Path) -> None:
    (files / "stripe.csv.yaml").write_text(EXPECTED.replace("615.99", "616.00"), encoding="utf-8")
    (files / "viabill.csv").write_text(VIABILL.replace("975,00", "975,01"), encoding="utf-8")
    (files / "cut.csv").write_text(STRIPE, encoding="utf-8")

    tested = desk.run("settlements", "test", "files", "--language", "da")
    data = json.loads(desk.run("settlements", "test", "files", "--json").stdout)

    assert tested.status == 3
    assert "FEJL  stripe.csv\n      po_1 net: ventede 616.00, fandt 615.99" in tested.stdout
    assert "FEJL  viabill.csv\n      refused: ventede read, fandt payout_sum" in tested.stdout
    assert "Udbetalingen U-1 skal være 975,01 DKK, og dens rækker giver 975,00." in tested.stdout
    assert "FEJL  cut.csv\n      refused: ventede cut_off, fandt read" in tested.stdout
    assert [each["passed"] for each in data["files"]] == [False, False, False]
    assert data["files"][2]["refused"] == "payout_sum"
    assert data["files"][1]["payouts"][0]["net"] == "615.99"


def test_a_file_without_expectations_is_shown_as_what_it_is_read_as(
    desk: Desk, files: Path
) -> None:
    (files / "stripe.csv.yaml").unlink()
    (files / "viabill.yaml").unlink()

    tested = desk.run("settlements", "test", "files")

    assert tested.status == 0
    shown = tested.stdout.partition("new   stripe.csv\n")[2].partition("new   ")[0]
    assert shown.startswith('format: stripe\npayouts:\n  - {id: "po_1", date: 2026-12-03')
    told = " ".join(tested.stdout.split())
    assert "Its columns are called: Udbetaling, Dato, Type, Ordrenr, Beløb, Gebyr." in told
    assert 'payout: "Udbetaling"' in tested.stdout
    (files / "stripe.csv.yaml").write_text(shown, encoding="utf-8")
    assert "ok    stripe.csv" in desk.run("settlements", "test", "files").stdout


def test_a_folder_without_files_is_wrong_usage(desk: Desk) -> None:
    (desk.folder / "none").mkdir()

    assert desk.run("settlements", "test", "none").status == 2
    assert desk.run("settlements", "test", "nowhere").status == 2


def test_expectations_that_say_nothing_are_a_problem_of_the_file(desk: Desk, files: Path) -> None:
    (files / "stripe.csv.yaml").write_text("source: stripe\n", encoding="utf-8")

    refused = desk.run("settlements", "test", "files")

    assert refused.status == 78
    assert "must expect payouts" in refused.message
