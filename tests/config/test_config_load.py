"""The configuration is found where it is looked for, and refused with every problem at once."""

from pathlib import Path

import pytest
from broken_configs import GOOD, SHOP_KEY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinero_sync.config.load import config_warnings, find_config, load_config
from dinero_sync.errors import ConfigError, ExitCode

MANY_MISTAKES = """\
shoporama: {api_key: "${NEVER_SET}"}
dinero:
  auth: {client_id: 1, secret: x}
sync: {triger: paid, start_date: today}
sync: {}
payment_types:
  - {name: A, when: {gateway: 7}, paid: true}
  - {name: A, when: {}, paid: false, deposit_account: 1}
"""


@pytest.fixture(autouse=True)
def nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DINERO_SYNC_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def config_at(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_option_goes_before_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DINERO_SYNC_CONFIG", str(config_at(tmp_path / "variable.yaml")))
    asked_for = config_at(tmp_path / "option.yaml")

    assert find_config(asked_for) == asked_for


def test_the_variable_goes_before_the_usual_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config_at(Path("config.yaml"))
    named = config_at(tmp_path / "variable.yaml")
    monkeypatch.setenv("DINERO_SYNC_CONFIG", str(named))

    assert find_config(None) == named


def test_the_working_folder_goes_before_the_users(tmp_path: Path) -> None:
    users = config_at(tmp_path / "home" / "dinero-sync" / "config.yaml")
    assert find_config(None) == users

    config_at(Path("config.yaml"))
    assert find_config(None) == Path("config.yaml")


@pytest.mark.skipif(
    Path("/etc/dinero-sync/config.yaml").exists(), reason="this machine has a configuration"
)
def test_without_any_the_places_and_the_first_step_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        find_config(None)

    text = str(raised.value)
    places = ("$DINERO_SYNC_CONFIG", "config.yaml", f"{tmp_path}/home/dinero-sync/config.yaml")
    assert [place for place in (*places, "/etc/dinero-sync/config.yaml") if place not in text] == []
    assert "dinero-sync config example -o config.yaml" in text


def test_a_file_that_was_asked_for_is_never_replaced_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config_at(Path("config.yaml"))

    with pytest.raises(ConfigError, match=r"none\.yaml: .* asked for by the option -c, is not"):
        find_config(Path("none.yaml"))

    monkeypatch.setenv("DINERO_SYNC_CONFIG", "none.yaml")
    with pytest.raises(ConfigError, match=r"asked for by \$DINERO_SYNC_CONFIG, is not there"):
        find_config(None)


def test_every_problem_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(MANY_MISTAKES, encoding="utf-8")

    with pytest.raises(ConfigError) as raised:
        load_config(path)

    assert raised.value.exit_code is ExitCode.CONFIG
    assert [(problem.line, problem.key) for problem in raised.value.problems] == [
        (1, "shoporama.api_key"),
        (3, "dinero.auth.client_secret"),
        (3, "dinero.auth.client_id"),
        (3, "dinero.auth.secret"),
        (4, "sync.triger"),
        (4, "sync.start_date"),
        (5, "sync"),
        (7, "payment_types[0].deposit_account"),
        (7, "payment_types[0].when.gateway"),
        (8, "payment_types[1].name"),
        (8, "payment_types[1].when"),
        (8, "payment_types[1].deposit_account"),
    ]


def test_a_problem_is_written_as_editors_read_it(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD.replace("paid: true", "paid: ja"), encoding="utf-8")

    with pytest.raises(ConfigError) as raised:
        load_config(path)

    expected = f"{path}:20:11: payment_types[0].paid: must be true or false, without quotes"
    assert str(raised.value) == expected


def test_a_secret_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    path = config_at(tmp_path / "config.yaml")
    path.chmod(0o640)

    warnings = config_warnings(path)

    assert [(warning.line, warning.key) for warning in warnings] == [
        (3, "shoporama.api_key"),
        (9, "dinero.auth.client_secret"),
    ]
    assert f"chmod 600 {path}" in warnings[0].message
    assert SHOP_KEY not in str(warnings)


def test_a_file_of_its_owner_alone_is_not_warned_of(tmp_path: Path) -> None:
    path = config_at(tmp_path / "config.yaml")
    path.chmod(0o600)

    assert config_warnings(path) == ()


def test_a_reference_to_a_secret_is_not_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("shoporama: {api_key: '${KEY}'}\ndinero: {auth: }\n", encoding="utf-8")
    path.chmod(0o644)

    assert config_warnings(path) == ()


# fmt: off
PIECES = (
    "shoporama", "dinero", "auth", "sync", "posting", "rules", "payment_types", "when", "fields",
    "name", "paid", ": ", ":\n  ", "\n", "- ", "[", "]", "{", "}", ", ", "true", "0123", "7",
    "${", "${A}", "${file:x}", "$${", "*", "&a ", "!!str ", "'", '"', "\\", "\t", "%", "#",
    "---\n", "|\n ",
)
# fmt: on


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text() | st.binary())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_file_breaks_the_program(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(ConfigError) as raised:
        load_config(path)

    assert raised.value.problems
