"""``templates test``: templates of bills, tried on what a shop owner wrote beside each."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from sandbox_process import SandboxProcess

COMMAND = Path(sys.executable).with_name("dinero-sync")
LINES = (
    *("Kaffe & Kage", "Faktura nr. 88", "Dato: 03-09-2026"),
    *("Netto    80,00", "Moms 25 %    20,00", "Total    100,00"),
)
TEMPLATE = """
name: Kaffe
match: Kaffe & Kage
supplier: Kaffe & Kage
currency: DKK
dates: "%d-%m-%Y"
decimal: ","
number: {after: Faktura nr.}
date: {after: Dato}
amounts:
  - {rate: 25, net: {after: Netto}, vat: {after: Moms}}
total: {after: Total}
"""
EXPECTED = """
supplier: Kaffe & Kage
number: 88
date: 2026-09-03
currency: DKK
amounts:
  - {rate: 25, net: 80.00, vat: 20.00}
total: 100.00
"""


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [str(COMMAND), "templates", "test", *more]
    environment = {**os.environ, "LC_ALL": "en_GB.UTF-8"}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a bill, what it says, and a template of its supplier."""
    file = BytesIO()
    canvas = Canvas(file)
    for at, line in enumerate(LINES):
        canvas.drawString(60, 780 - 18 * at, line)
    canvas.save()
    for name in ("bills", "own"):
        (tmp_path / name).mkdir()
    (tmp_path / "bills" / "faktura.pdf").write_bytes(file.getvalue())
    (tmp_path / "bills" / "faktura.yaml").write_text(EXPECTED)
    (tmp_path / "own" / "kaffe.yaml").write_text(TEMPLATE)
    return tmp_path


def test_a_bill_that_is_read_as_expected(folder: Path) -> None:
    ended = run(folder, "bills", "--templates", "own")

    assert (ended.returncode, ended.stdout) == (
        0,
        "ok    faktura.pdf (Kaffe)\n\n1 of 1 bills were read as expected.\n",
    )


def test_a_bill_that_is_read_otherwise(folder: Path) -> None:
    (folder / "bills" / "faktura.yaml").write_text(EXPECTED.replace("2026-09-03", "2026-03-09"))

    ended = run(folder, "bills", "--templates", "own")
    data = json.loads(run(folder, "bills", "--templates", "own", "--json").stdout)

    assert ended.returncode == 3
    assert "FAIL  faktura.pdf (Kaffe)\n" in ended.stdout
    assert "      date: expected 2026-03-09, read 2026-09-03\n" in ended.stdout
    assert data == {
        "bills": [
            {
                "file": "faktura.pdf",
                "passed": False,
                "template": "Kaffe",
                "differences": [{"what": "date", "expected": "2026-03-09", "found": "2026-09-03"}],
                "reason": None,
            }
        ]
    }


def test_a_bill_that_no_template_knows(folder: Path) -> None:
    ended = run(folder, "bills")

    assert ended.returncode == 3
    assert "No template knows the PDF faktura.pdf" in ended.stdout


def test_a_module_that_lies_in_the_current_folder_is_none_of_ours(folder: Path) -> None:
    (folder / "pypdf.py").write_text("raise SystemExit(1)")
    (folder / "json.py").write_text("raise SystemExit(1)")

    assert run(folder, "bills", "--templates", "own").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nowhere"], 2, "There is no folder nowhere."),
        (["own"], 2, "No bill in own has YAML beside it"),
        (["bills", "--templates", "nowhere"], 78, "must be a folder with templates"),
        (["bills", "--templates", "bills"], 78, "is missing; write for example `name: Shoporama`"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    arguments: list[str], status: int, said: str, folder: Path
) -> None:
    ended = run(folder, *arguments)

    assert ended.returncode == status
    assert said in ended.stderr


def test_without_a_folder_the_templates_of_the_configuration_are_tried(
    folder: Path, sandbox: SandboxProcess
) -> None:
    config = folder / "config.yaml"
    config.touch(mode=0o600)
    bills = "bills:\n  templates: own\n"
    config.write_text(bills + sandbox.config_text("api_key", "paid"), encoding="utf-8")

    ended = run(folder, "bills")

    assert (ended.returncode, ended.stdout.splitlines()[0]) == (0, "ok    faktura.pdf (Kaffe)")
