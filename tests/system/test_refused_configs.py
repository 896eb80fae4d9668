"""A configuration that can't be used: exit 78 with every place, and nothing is done."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result
from config.broken_configs import BROKEN_CONFIGS, GOOD, SECRETS, BrokenConfig
from desk import Desk
from sandbox_process import SandboxProcess

from dinero_sync.cli.group import dinero_sync

AS_INSTALLED = ("a misspelt key", "no start date", "a tab as indent", "yes for true", "a list")
"""These go through a process of their own; the others would only take longer so."""


@pytest.fixture(autouse=True)
def log_context() -> Iterator[None]:
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


def refused_in_process(path: Path) -> Result:
    return CliRunner().invoke(dinero_sync, ["-c", str(path), "run"])


def assert_is_told(broken: BrokenConfig, path: Path, stderr: str) -> None:
    (problem,) = [json.loads(line) for line in stderr.splitlines()]
    assert (problem["event"], problem["level"]) == ("config.problem", "error")
    assert (problem["file"], problem["line"], problem["key"]) == (
        str(path),
        broken.line,
        broken.key,
    )
    assert broken.says in problem["message"]
    assert not [secret for secret in SECRETS if secret in stderr]


@pytest.mark.parametrize("broken", BROKEN_CONFIGS, ids=lambda broken: broken.name)
def test_a_mistake_ends_the_run_with_its_place(broken: BrokenConfig, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(broken.text, encoding="utf-8")

    result = refused_in_process(path)

    assert (result.exit_code, result.stdout) == (78, "")
    assert_is_told(broken, path, result.stderr)


@pytest.mark.parametrize(
    "broken",
    [each for each in BROKEN_CONFIGS if each.name in AS_INSTALLED],
    ids=lambda broken: broken.name,
)
def test_the_installed_command_tells_the_same(broken: BrokenConfig, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_config(broken.text)

    refused = desk.run("-c", str(desk.config), "run")

    assert (refused.status, refused.stdout) == (78, "")
    assert_is_told(broken, desk.config, refused.stderr)
    assert not desk.state.exists()


def test_at_least_five_mistakes_meet_the_installed_command() -> None:
    assert set(AS_INSTALLED) <= {broken.name for broken in BROKEN_CONFIGS}
    assert len(AS_INSTALLED) == 5


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_config(
        GOOD.replace("paid: true", "paid: yes")
        .replace("account: 1100", "account: 0")
        .replace("start_date: 2026-12-01", "start_date: 01-12-2026")
    )

    refused = desk.run("run")

    assert refused.status == 78
    assert [event["key"] for event in refused.events] == [
        "sync.start_date",
        "posting.rules[0].account",
        "payment_types[0].paid",
    ]


def test_a_person_at_a_terminal_reads_file_line_and_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_config(GOOD.replace("start_date: 2026-12-01", "start_date: 01-12-2026"))

    refused = desk.run("--log-format", "text", "run")

    assert refused.status == 78
    assert "config.yaml:11:" in refused.stderr
    assert "sync.start_date: " in refused.stderr


def test_no_configuration_at_all_says_how_to_begin(tmp_path: Path) -> None:
    refused = Desk(tmp_path).run("run")

    assert refused.status == 78
    assert "dinero-sync config example -o config.yaml" in refused.message


def test_an_account_that_dinero_lacks_is_named_with_its_key_and_nothing_is_written(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1001, "posting.shipping_account": 4711})

    refused = desk.run("run")

    assert refused.status == 78
    assert "posting.shipping_account" in refused.stderr
    assert "4711" in refused.stderr
    assert sandbox.writes() == []
    assert one_order not in refused.outcomes


def test_a_hidden_account_is_refused_too(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1200})

    refused = desk.run("run")

    assert refused.status == 78
    assert "1200 is hidden in Dinero" in refused.stderr
    assert sandbox.writes() == []
    assert one_order not in refused.outcomes


def test_another_company_than_the_configured_vat_number_is_refused(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"dinero.vat_number": "90000020"})

    refused = desk.run("run")

    assert refused.status == 78
    assert "dinero.vat_number" in refused.stderr
    assert sandbox.writes() == []
    assert one_order not in refused.outcomes


def test_a_state_folder_of_another_company_is_refused(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}
    desk.configure(sandbox, {"dinero.organization_id": 234567})
    written = len(sandbox.writes())

    refused = desk.run("run")

    assert refused.status == 78
    assert "belongs to company 123456, not to 234567" in refused.stderr
    assert len(sandbox.writes()) == written
