"""What is told of a configuration: whether it is in order, what it means, and every key."""

from pathlib import Path

import pytest

from dinero_sync import __version__
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.told import meant
from dinero_sync.config.told.checked import Checked, check_file
from dinero_sync.config.told.keys import all_keys
from dinero_sync.config.told.reference import reference
from dinero_sync.config.told.since import IN_VERSION, since
from dinero_sync.domain.spoken import Spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError
from dinero_sync.texts.telling import in_language

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "config.example.yaml", *sorted((ROOT / "examples").glob("*.yaml"))]
KEYS = ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY")
SECRET = "s3cret-of-the-shop"
LEAST = """\
shoporama:
  api_key: ${SHOPORAMA_API_KEY}
dinero:
  auth:
    client_id: ${DINERO_CLIENT_ID}
    client_secret: ${DINERO_CLIENT_SECRET}
sync: {start_date: 2026-12-01}
payment_types: []
"""


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def checked(tmp_path: Path, text: str) -> Checked:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return check_file(path)


def written(told: tuple[meant.Told, ...]) -> str:
    return "\n".join([*meant.as_yaml(told, "default"), ""])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_in_order_without_its_secrets(file: Path) -> None:
    found = check_file(file)

    assert found.problems == ()
    assert found.config is not None
    assert len(found.not_here) >= 3


def test_every_problem_is_told_with_its_place_beside_what_is_not_here(tmp_path: Path) -> None:
    found = checked(tmp_path, LEAST.replace("start_date: 2026-12-01", "start_dat: 2026-12-01"))

    assert [(each.line, each.key) for each in found.problems] == [
        (7, "sync.start_date"),
        (7, "sync.start_dat"),
    ]
    assert [each.key for each in found.not_here] == [
        "shoporama.api_key",
        "dinero.auth.client_id",
        "dinero.auth.client_secret",
    ]


def test_a_reference_that_yields_nothing_anywhere_is_a_problem(tmp_path: Path) -> None:
    found = checked(tmp_path, LEAST.replace("${SHOPORAMA_API_KEY}", "${SHOPORAMA API KEY}"))

    assert [each.key for each in found.problems] == ["shoporama.api_key"]


def test_a_value_that_is_not_here_and_is_no_key_leaves_open_what_the_file_means(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path, LEAST.replace("{start_date: 2026-12-01}", "\n  start_date: ${START}"))

    assert found.problems == ()
    assert found.config is None
    with pytest.raises(ConfigError, match="START"):
        found.whole()


def test_a_secret_that_others_can_read_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(LEAST.replace("${SHOPORAMA_API_KEY}", SECRET), encoding="utf-8")
    path.chmod(0o644)

    found = check_file(path)

    assert found.problems == ()
    assert [each.key for each in found.warnings] == ["shoporama.api_key"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_shown_means_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = tmp_path / file.name
    again.write_text(written(meant.meant(check_file(file))) + "...\n", encoding="utf-8")
    for name in KEYS:
        monkeypatch.setenv(name, "set")

    assert load_config(again) == load_config(file)


def test_what_means_something_though_it_is_empty_is_shown_so(tmp_path: Path) -> None:
    text = LEAST.replace(
        "payment_types: []",
        'payment_types:\n  - {name: none, when: {gateway: ""}, paid: false}',
    )

    assert 'gateway: [""]' in written(meant.meant(checked(tmp_path, text)))
    assert "payment_types: []\n" in written(meant.meant(checked(tmp_path, LEAST)))


def test_a_reference_in_a_list_stands_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARDS", "GAVE*")
    text = LEAST + 'posting: {kinds: {fee: {sku: [A, "${CARDS}"]}}}\n'

    shown = written(meant.meant(checked(tmp_path, text)))

    assert 'sku: [A, "${CARDS}"]' in shown
    assert check_file(tmp_path / "config.yaml").config == checked(tmp_path, shown).config


def test_what_the_file_says_is_told_apart_from_defaults(tmp_path: Path) -> None:
    told = meant.meant(checked(tmp_path, LEAST.replace("sync: {", "sync: {booking: automatic, ")))
    defaults = set(meant.defaults(told))

    assert {"shoporama.base_url", "sync.trigger"} <= defaults
    assert not {"sync.booking", "sync.start_date", "payment_types"} & defaults
    assert "  booking: automatic\n  overlap_minutes: 180  # default\n" in written(told)


def test_a_default_that_follows_from_another_key_is_the_one_that_is_meant(tmp_path: Path) -> None:
    with_key = "auth:\n    method: api_key\n    api_key: ${DINERO_API_KEY}"
    told = meant.meant(checked(tmp_path, LEAST.replace("auth:", with_key)))

    assert "token_url: https://authz.dinero.dk/dineroapi/oauth/token  # default" in written(told)


@pytest.mark.parametrize("value", [SECRET, f"{SECRET}${{REST_OF_IT}}"])
def test_no_secret_is_shown(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DINERO_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("REST_OF_IT", SECRET)
    found = checked(tmp_path, LEAST.replace("${SHOPORAMA_API_KEY}", f'"{value}"'))
    told = meant.meant(found)

    assert 'api_key: "***"' in written(told)
    assert "client_secret: ${DINERO_CLIENT_SECRET}" in written(told)
    assert SECRET not in written(told) + str(meant.as_data(told)) + repr(found)


def test_products_that_are_named_in_short_are_shown_whole(tmp_path: Path) -> None:
    told = meant.meant(checked(tmp_path, LEAST + "posting: {kinds: {fee: GEBYR}}\n"))

    assert "    fee:\n      sku: [GEBYR]\n      product_id: null  # default\n" in written(told)


def test_every_key_has_its_row_and_the_version_that_brought_it() -> None:
    page = "\n".join(reference(str))
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    sections = {name for name in Config.model_fields if f"`{name}`" not in page}

    assert since().keys() == {key.dotted for key in all_keys().values()}
    assert {*rows, *sections} == {key.dotted for key in all_keys().values()}
    assert {line.rstrip("| ").rsplit(" ", 1)[1] for line in rows.values()} == set(IN_VERSION)
    assert max(IN_VERSION) == __version__
    assert all(line.count(" | ") == 4 for line in rows.values())
    secrets = ("shoporama.api_key", "dinero.auth.client_secret", "notify.mail.password")
    assert all("(secret)" in rows[name] for name in secrets)


@pytest.mark.parametrize(
    ("name", "language"),
    [("configuration.md", Language.ENGLISH), ("konfiguration.md", Language.DANISH)],
)
def test_the_page_is_what_the_program_says(name: str, language: Language) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")

    said = reference(lambda text: in_language(text, language))
    assert page == "\n".join([*said, ""]), "run: make reference"


def test_what_every_key_means_can_be_said_in_danish() -> None:
    unsaid = [
        key.dotted for key in all_keys().values() if not isinstance(key.about.description, Spoken)
    ]

    assert unsaid == [], "a description is spoken(...)"
