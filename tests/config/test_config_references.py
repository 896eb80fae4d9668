"""References take values from the environment, from files and from systemd's credentials."""

from datetime import date
from pathlib import Path

import pytest
from broken_configs import CLIENT_SECRET, GOOD

from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.references import UnresolvableError, has_reference, resolve_text
from dinero_sync.errors import ConfigError, Problem

START = "start_date: 2026-12-01"
ORG = "organization_id: 123456"


def load(folder: Path, old: str, new: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    return load_config(path)


def problem_of(folder: Path, old: str, new: str) -> Problem:
    with pytest.raises(ConfigError) as raised:
        load(folder, old, new)
    [problem] = raised.value.problems
    return problem


def test_a_variable_of_the_environment_is_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_SECRET", "from-the-environment")

    config = load(tmp_path, CLIENT_SECRET, "${SOME_SECRET}")

    assert config.dinero.auth.client_secret.get_secret_value() == "from-the-environment"


def test_a_file_is_relative_to_the_configuration_and_loses_one_line_end(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("from-a-file\n", encoding="utf-8")

    config = load(tmp_path, CLIENT_SECRET, "${file:keys/secret}")

    assert config.dinero.auth.client_secret.get_secret_value() == "from-a-file"


def test_a_file_may_be_named_by_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "some").write_text("value\n\n", encoding="utf-8")

    assert resolve_text(f"${{file:{tmp_path}/some}}", Path("/elsewhere")) == "value\n"


def test_a_credential_is_a_file_in_the_folder_that_systemd_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "dinero.secret").write_text("from-systemd", encoding="utf-8")

    assert resolve_text("${credential:dinero.secret}", Path()) == "from-systemd"


def test_references_stand_inside_longer_text_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST_NAME", "shop.dk")
    monkeypatch.setenv("PATH_NAME", "REST")

    assert resolve_text("https://${HOST_NAME}/${PATH_NAME}!", Path()) == "https://shop.dk/REST!"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("$${HOME}", "${HOME}"), ("a$b $ {c} $$", "a$b $ {c} $$"), ("{}}", "{}}"), ("$$${", "$${")],
)
def test_what_is_no_reference_stays(text: str, plain: str) -> None:
    assert resolve_text(text, Path()) == plain
    assert not has_reference(text)


def test_what_a_reference_yields_is_not_looked_at_for_references(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OUTER", "${INNER}")

    assert resolve_text("${OUTER}", Path()) == "${INNER}"


def test_text_from_a_reference_is_read_as_the_type_of_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_NUMBER", "42")
    monkeypatch.setenv("SOME_DAY", "2026-12-24")
    text = GOOD.replace("123456", "${SOME_NUMBER}").replace("2026-12-01", "${SOME_DAY}")

    config = load(tmp_path, GOOD, text.replace("client-42", "${SOME_NUMBER}"))

    assert config.dinero.organization_id == 42
    assert config.sync.start_date == date(2026, 12, 24)
    assert config.dinero.auth.client_id == "42"


def test_true_from_a_reference_is_a_boolean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IS_PAID", "true")

    assert load(tmp_path, "paid: true", "paid: ${IS_PAID}").payment_types[0].paid is True


def test_text_that_does_not_read_as_the_type_is_refused_without_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_VALUE", "hunter2")

    problem = problem_of(tmp_path, ORG, "organization_id: ${SOME_VALUE}")

    assert (problem.line, problem.key) == (5, "dinero.organization_id")
    assert "must be a whole number" in problem.message
    assert "hunter2" not in str(problem)


@pytest.mark.parametrize(
    ("reference", "advice"),
    [
        ("${NEVER_SET}", "variable NEVER_SET is not set; set it"),
        ("${SET_TO_NOTHING}", "variable SET_TO_NOTHING is empty; set it"),
        ("${file:none}", "none can't be read (No such file or directory); create it"),
        ("${file:.}", "can't be read (Is a directory)"),
        ("${file:empty}", "is empty; it should hold the value"),
        ("${file:latin}", "is not text in UTF-8"),
        ("${credential:none}", "the credential none is not there"),
        ("${credential:../x}", "is ${NAME} for an environment variable"),
        ("${credential:}", "is ${NAME} for an environment variable"),
        ("${file:}", "is ${NAME} for an environment variable"),
        ("${env:HOME}", "is ${NAME} for an environment variable"),
        ("${}", "is ${NAME} for an environment variable"),
        ("${ HOME }", "is ${NAME} for an environment variable"),
        ("a ${HOME", "never closed"),
        ("${a{b}}", "never closed"),
    ],
)
def test_a_reference_that_yields_nothing_says_what_to_do(
    reference: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_TO_NOTHING", "")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "latin").write_bytes(b"\xe6")

    with pytest.raises(UnresolvableError) as raised:
        resolve_text(reference, tmp_path)

    assert advice in str(raised.value)


def test_a_credential_that_systemd_found_no_file_for_names_the_file_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "dinero").write_text("\n", encoding="utf-8")

    with pytest.raises(
        UnresolvableError, match=r"LoadCredential=dinero:.*credentials\) is missing"
    ):
        resolve_text("${credential:dinero}", Path())


def test_a_credential_that_a_container_takes_away_is_given_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    with pytest.raises(UnresolvableError, match=r"has no effect, as in some containers.*file:PATH"):
        resolve_text("${credential:dinero}", Path())


def test_a_credential_outside_a_service_says_how_to_give_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)

    with pytest.raises(UnresolvableError, match="LoadCredential=dinero:/path"):
        resolve_text("${credential:dinero}", Path())


def test_the_method_visma_connect_needs_no_api_key(tmp_path: Path) -> None:
    config = load(tmp_path, "client_id:", "api_key: ${NEVER_SET}\n    client_id:")

    assert config.dinero.auth.api_key is None


def test_the_method_api_key_needs_no_addresses_for_the_consent(tmp_path: Path) -> None:
    keys = "method: api_key\n    api_key: k\n    redirect_uri: ${NEVER_SET}\n    client_id:"

    auth = load(tmp_path, "client_id:", keys).dinero.auth

    assert auth.redirect_uri == "http://localhost:8765/callback"


def test_the_method_may_be_a_reference_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METHOD", "api_key")
    monkeypatch.setenv("KEY", "k")

    config = load(tmp_path, "client_id:", "method: ${METHOD}\n    api_key: ${KEY}\n    client_id:")

    assert config.dinero.auth.method is AuthMethod.API_KEY


def test_the_method_api_key_misses_a_variable_that_is_not_set(tmp_path: Path) -> None:
    keys = "method: api_key\n    api_key: ${NEVER_SET}\n    client_id:"

    problem = problem_of(tmp_path, "client_id:", keys)

    assert (problem.line, problem.key) == (9, "dinero.auth.api_key")
    assert "NEVER_SET is not set" in problem.message


def test_a_wrong_method_is_one_problem_whatever_its_keys_refer_to(tmp_path: Path) -> None:
    keys = "method: visma\n    api_key: ${NEVER_SET}\n    client_id:"

    assert problem_of(tmp_path, "client_id:", keys).key == "dinero.auth.method"


def test_what_follows_from_a_missing_value_is_no_problem_of_its_own(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, '{gateway: "quickpay*"}', '{gateway: "${NEVER_SET}"}')

    assert problem.key == "payment_types[0].when.gateway"
