"""``rules check``: the rules against the live chart, each finding with what mends it."""

import json

import pytest
from desk import Desk
from sandbox_process import SandboxProcess

SOUND = {
    "posting.eu_vat_numbers": {"check": "vies"},
    "posting.rules": [
        {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100},
        {"name": "export", "when": {"zone": "world"}, "account": 1255},
    ],
}


def test_rules_without_errors_are_0_and_warnings_have_their_paragraph(desk: Desk) -> None:
    checked = desk.run("rules", "check")

    assert (checked.status, checked.stderr) == (0, "")
    assert "posting.eu_vat_numbers.check" in checked.stdout
    assert "momsloven § 34" in checked.stdout
    assert "eu_vat_numbers: {check: vies}" in checked.stdout


def test_a_warning_that_was_mended_is_gone(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, SOUND)

    findings = json.loads(desk.run("rules", "check", "--json").stdout)

    assert "posting.eu_vat_numbers.check" not in {each["key"] for each in findings}


def test_errors_are_78_with_the_account_that_fits(desk: Desk, sandbox: SandboxProcess) -> None:
    wrong = {"name": "export", "when": {"zone": "world"}, "account": 1050}
    desk.configure(sandbox, {"posting.rules": [wrong], "posting.shipping_account": 1351})

    checked = desk.run("rules", "check", "--json")

    errors = [each for each in json.loads(checked.stdout) if each["severity"] == "error"]
    assert checked.status == 78
    assert {each["key"] for each in errors} == {
        "posting.rules[0].account",
        "posting.shipping_account",
    }
    assert any("account: 1255" in each["mending"] for each in errors)
    assert any("shipping_account: 1350" in each["mending"] for each in errors)


def test_findings_are_told_in_danish_where_that_is_asked_for(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    in_json = desk.run("rules", "check", "--json", "--language", "da").stdout
    asked = desk.run("rules", "check", "--language", "da").stdout

    desk.configure(sandbox, {"language": "da"})

    assert "Kilde: momsloven § 34" in asked
    assert "Lad programmet spørge EU's register" in asked
    assert asked.endswith("2 advarsler\n")
    assert desk.run("rules", "check").stdout == asked
    assert "Let the EU's register be asked" in in_json


def test_nothing_is_written_and_nothing_is_created(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.run("rules", "check")

    assert [each for each in sandbox.writes() if "oauth" not in each["path"]] == []
    assert not (desk.state / "journal.sqlite3").exists()


def test_another_company_is_refused(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"dinero.vat_number": "87654321"})

    assert desk.run("rules", "check").status == 78


@pytest.mark.parametrize("arguments", [("rules",), ("rules", "chek")])
def test_a_misspelt_subcommand_is_2(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert desk.run(*arguments).status == 2
