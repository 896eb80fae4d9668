"""Keys alone are enough to ask the services: from a configuration, or from the environment."""

from pathlib import Path

import pytest

from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.connection import (
    connection_by,
    connection_in,
    key_folder,
    known_keys,
    missing_keys,
)
from dinero_sync.errors import ConfigError, StateError, UsageError
from dinero_sync.sync.setup.starting_config import keep_key

CONFIG = Path("config.yaml")
KEYS = """\
shoporama:
  api_key: ${SHOPORAMA_API_KEY}
  daily_calls: 500
dinero:
  auth: {client_id: a, client_secret: b}
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET"):
        monkeypatch.setenv(name, f"value-of-{name}")
    monkeypatch.delenv("DINERO_API_KEY", raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "keys.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_configuration_of_keys_alone_is_enough(tmp_path: Path) -> None:
    connection = connection_in(written(tmp_path, KEYS))

    shop = connection.config.shoporama
    assert shop.api_key.get_secret_value() == "value-of-SHOPORAMA_API_KEY"
    assert shop.daily_calls == 500


def test_references_are_to_be_written_as_references(tmp_path: Path) -> None:
    connection = connection_in(written(tmp_path, KEYS))

    assert connection.sections["shoporama"]["api_key"] == "${SHOPORAMA_API_KEY}"
    assert connection.sections.keys() == {"shoporama", "dinero"}


def test_the_state_folder_is_kept_and_all_else_is_left(tmp_path: Path) -> None:
    text = f"{KEYS}sync: {{state_dir: state}}\nposting: {{sales_account: 1017}}\n"

    connection = connection_in(written(tmp_path, text))

    assert connection.sections["sync"] == {"state_dir": str(tmp_path / "state")}
    assert "posting" not in connection.sections
    assert connection.config.posting.sales_account == 1000


def test_every_problem_of_the_keys_is_told(tmp_path: Path) -> None:
    text = "shoporama: {api_key: '${NOT_SET}', colour: red}\ndinero: {auth: {client_id: a}}\n"

    with pytest.raises(ConfigError) as raised:
        connection_in(written(tmp_path, text))

    assert {problem.key for problem in raised.value.problems} == {
        "shoporama.api_key",
        "shoporama.colour",
        "dinero.auth.client_secret",
    }


def test_a_reference_that_yields_nothing_is_told_when_all_else_is_right(tmp_path: Path) -> None:
    path = written(tmp_path, f"{KEYS}http: {{timeout_seconds: '${{NOT_SET}}'}}\n")

    with pytest.raises(ConfigError, match="NOT_SET"):
        connection_in(path)


def test_the_environment_is_referred_to_and_never_copied() -> None:
    connection = connection_by(known_keys(CONFIG), CONFIG)

    assert connection.sections == {
        "shoporama": {"api_key": "${SHOPORAMA_API_KEY}"},
        "dinero": {
            "auth": {
                "method": AuthMethod.VISMA_CONNECT,
                "client_id": "${DINERO_CLIENT_ID}",
                "client_secret": "${DINERO_CLIENT_SECRET}",
            }
        },
    }


def test_with_an_api_key_the_integration_is_a_personal_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DINERO_API_KEY", "personal")

    connection = connection_by(known_keys(CONFIG), CONFIG)

    auth = connection.config.dinero.auth
    assert auth.method is AuthMethod.API_KEY
    assert auth.api_key is not None
    assert auth.api_key.get_secret_value() == "personal"
    assert connection.sections["dinero"]["auth"]["api_key"] == "${DINERO_API_KEY}"


def test_only_the_variables_that_are_missing_are_called_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DINERO_CLIENT_SECRET")

    with pytest.raises(UsageError, match=r"not set: DINERO_CLIENT_SECRET\."):
        connection_by(known_keys(CONFIG), CONFIG)


def test_a_key_that_can_be_none_is_a_problem_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHOPORAMA_API_KEY", "SECRET in two\nlines")

    with pytest.raises(ConfigError, match=r"^shoporama\.api_key: must be a key") as refused:
        connection_by(known_keys(CONFIG), CONFIG)
    assert "SECRET" not in str(refused.value)


def test_keys_that_were_kept_beside_the_file_are_referred_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOPORAMA_API_KEY")
    file = tmp_path / "config.yaml"
    assert missing_keys(known_keys(file)) == ["shoporama_api_key"]

    keep_key(tmp_path / "keys", "shoporama_api_key", "kept")
    connection = connection_by(known_keys(file), file)

    assert missing_keys(known_keys(file)) == []
    assert connection.sections["shoporama"] == {"api_key": "${file:keys/shoporama_api_key}"}
    assert connection.config.shoporama.api_key.get_secret_value() == "kept"
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "shoporama_api_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_kept_before_isnt_changed(tmp_path: Path) -> None:
    keep_key(tmp_path, "dinero_api_key", "first")

    with pytest.raises(StateError, match="can't be written"):
        keep_key(tmp_path, "dinero_api_key", "second")

    assert (tmp_path / "dinero_api_key").read_text(encoding="utf-8") == "first\n"


def test_keys_of_a_service_are_kept_where_it_has_them_and_referred_to_as_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOPORAMA_API_KEY")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    file = tmp_path / "config.yaml"
    assert missing_keys(known_keys(file)) == ["shoporama_api_key"]

    keep_key(key_folder(file), "shoporama_api_key", "kept")
    connection = connection_by(known_keys(file), file)

    assert connection.sections["shoporama"] == {"api_key": "${credential:shoporama_api_key}"}
    assert connection.config.shoporama.api_key.get_secret_value() == "kept"
    assert (tmp_path / "credentials").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("has_service", [True, False])
def test_each_shop_of_a_folder_has_keys_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_service: bool
) -> None:
    monkeypatch.delenv("SHOPORAMA_API_KEY")
    if has_service:  # else nothing says yet that the folder is one of shops
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
        monkeypatch.setenv("DINERO_SYNC_CONFIG", str(tmp_path))
    mugs, soap = tmp_path / "mugs.yaml", tmp_path / "soap.yaml"

    keep_key(key_folder(mugs), "shoporama_api_key", "kept")
    connection = connection_by(known_keys(mugs), mugs)

    assert missing_keys(known_keys(soap)) == ["shoporama_api_key"]
    assert connection.sections["shoporama"] == {"api_key": "${file:keys/mugs/shoporama_api_key}"}
    assert connection.config.shoporama.api_key.get_secret_value() == "kept"
