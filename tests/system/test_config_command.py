"""`config check`, `show`, `example` and `reference`, as a person gives them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from config.broken_configs import BROKEN_CONFIGS, GOOD, SECRETS, BrokenConfig
from desk import Desk

from dinero_sync.cli.group import dinero_sync
from dinero_sync.config.load import load_config

ROOT = Path(__file__).parents[2]
KEYS = {
    "SHOPORAMA_API_KEY": "k",
    "DINERO_CLIENT_ID": "i",
    "DINERO_CLIENT_SECRET": "s",
    "DINERO_API_KEY": "a",
}


def given(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(dinero_sync, ["--language", language, "config", *arguments])


def said(result: Result) -> str:
    return " ".join(result.stdout.split())


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0o600)
    return str(path)


@pytest.mark.parametrize("command", ["check", "show"])
def test_of_a_folder_of_shops_the_files_are_named(tmp_path: Path, good: str, command: str) -> None:
    result = given(command, "-c", str(tmp_path))

    assert good
    assert result.exit_code == 2
    assert f"dinero-sync -c {tmp_path}/config.yaml config {command}" in result.stderr


@pytest.mark.parametrize("broken", BROKEN_CONFIGS[::6], ids=lambda broken: broken.name)
def test_a_mistake_is_told_with_its_place(broken: BrokenConfig, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(broken.text, encoding="utf-8")

    result = given("check", "-c", str(path), "--json")

    assert result.exit_code == 78
    assert not [secret for secret in SECRETS if secret in result.output]
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["line"], problem["key"]) == (broken.line, broken.key)
    assert broken.says in problem["message"]


def test_a_file_in_order_is_told_by_what_it_means(good: str) -> None:
    result = given("check", "-c", good)

    assert result.exit_code == 0
    assert f"{good} is in order." in said(result)
    for part in ("once an order is paid", "2026-12-01", "state folder"):
        assert part in said(result)
    assert not [secret for secret in SECRETS if secret in result.output]


def test_it_is_told_in_danish_and_the_option_may_stand_before(good: str) -> None:
    command = ["-c", good, "--language", "da", "config", "check"]
    result = CliRunner().invoke(dinero_sync, command)

    assert f"{good} er i orden." in said(result)


def test_a_reference_that_yields_nothing_here_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "config.yaml"
    path.write_bytes((ROOT / "config.example.yaml").read_bytes())

    text = given("check", "-c", str(path))
    data = json.loads(given("check", "-c", str(path), "--json").stdout)

    assert text.exit_code == 0
    assert "in order, as far as can be told here" in said(text)
    assert "3 references yield nothing here" in said(text)
    assert data["in_order"] is True
    assert data["means"]["start_date"] == "2026-12-01"
    assert [each["key"] for each in data["not_resolved_here"]] == [
        "shoporama.api_key",
        "dinero.auth.client_id",
        "dinero.auth.client_secret",
    ]


def test_what_is_shown_is_a_configuration_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    example = ROOT / "config.example.yaml"
    shown = tmp_path / example.name

    result = given("show", "-c", str(example))
    data = json.loads(given("show", "-c", str(example), "--json").stdout)
    shown.write_text(result.stdout, encoding="utf-8")

    assert load_config(shown) == load_config(example)
    assert data["configuration"]["shoporama"]["api_key"] == "${SHOPORAMA_API_KEY}"
    assert "sync.trigger" in data["defaults"]
    assert "sync.start_date" not in data["defaults"]


def test_a_file_that_is_not_in_order_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD.replace("start_date", "start_dat"), encoding="utf-8")

    assert given("show", "-c", str(path)).exit_code == 78


@pytest.mark.parametrize("what", ["example", "reference"])
def test_a_file_is_written_once_and_never_over_another(what: str, tmp_path: Path) -> None:
    path = tmp_path / "new"
    printed = given(what).stdout

    first = given(what, "-o", str(path))
    again = given(what, "-o", str(path))

    assert (first.exit_code, first.stdout) == (0, "")
    assert path.read_text(encoding="utf-8") == printed
    assert again.exit_code == 2
    assert path.read_text(encoding="utf-8") == printed


def test_the_reference_is_told_in_danish(tmp_path: Path) -> None:
    path = tmp_path / "konfiguration.md"

    given("reference", "-o", str(path), language="da")

    assert path.read_text(encoding="utf-8").startswith("# Konfigurationen, nøgle for nøgle\n")


def test_the_installed_command_checks_without_asking_a_service(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_config(GOOD)

    finished = desk.run("config", "check", "--language", "en")

    assert finished.status == 0
    assert "is in order" in finished.stdout
