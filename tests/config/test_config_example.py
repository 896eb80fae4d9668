"""The example configuration is what the schema says, and works once it is filled in."""

import re
from pathlib import Path

import pytest

from dinero_sync.config.example import WIDTH, render_example, yaml_value
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.problems import section_in
from dinero_sync.config.values import Section, keys_of
from dinero_sync.domain.step import Language
from dinero_sync.posting.settings import Trigger
from dinero_sync.texts.telling import in_language

FILE = Path(__file__).parents[2] / "config.example.yaml"
COMMENTED_OUT = re.compile(r"^( *)#(?=[a-z_]+:|  - |    [a-z])", re.MULTILINE)
"""Text has one space behind its #, and what an entry has three or five."""


@pytest.fixture(autouse=True)
def filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY"):
        monkeypatch.setenv(name, "filled-in")


def every_key_of(section: type[Section]) -> set[str]:
    keys = set(keys_of(section))
    for field in section.model_fields.values():
        if inner := section_in(field.annotation):
            keys |= every_key_of(inner)
    return keys


def test_the_file_is_what_the_schema_says() -> None:
    advice = "run: make reference"

    assert FILE.read_text(encoding="utf-8") == render_example(str), advice


def test_the_example_works_once_its_variables_are_set() -> None:
    config = load_config(FILE)

    names = [payment_type.name for payment_type in config.payment_types]
    assert names == ["Dankort", "MobilePay", "Faktura"]


@pytest.mark.parametrize("language", Language)
def test_what_is_commented_out_works_too(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    example = render_example(lambda text: in_language(text, language))
    path.write_text(COMMENTED_OUT.sub(r"\1", example), encoding="utf-8")

    config = load_config(path)

    assert [rule.account for rule in config.posting.rules] == [1100, 1300, 1010]
    assert config.shoporama.fields == {
        "paid_time": ("paid_time", "paid_at"),
        "buyer_reference": ("rekvnr",),
        "payment_fee": ("gebyr",),
        "tip": ("tip",),
    }
    assert config.http.ca_file == Path("/etc/ssl/our-network.pem")
    assert config.http.timeout_seconds == load_config(FILE).http.timeout_seconds
    assert config.shoporama.countries == {999: "DE"}
    assert set(config.shoporama.statuses) == {"completed", "partially_sent", "refunded"}
    plain = config.shoporama.model_copy(update={"fields": {}, "countries": {}, "statuses": {}})
    assert plain == load_config(FILE).shoporama


def test_every_key_stands_in_it() -> None:
    text = render_example(str)

    assert [key for key in sorted(every_key_of(Config)) if not re.search(rf"\b{key}:", text)] == []


@pytest.mark.parametrize("language", Language)
def test_its_lines_fit_a_screen(language: Language) -> None:
    example = render_example(lambda text: in_language(text, language))

    assert [line for line in example.splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (7, "7"),
        ("12345678", '"12345678"'),
        ("a*", '"a*"'),
        ("${NAME}", "${NAME}"),
        (Trigger.PAID, "paid"),
        ({"a": ["b", 1]}, "{a: [b, 1]}"),
    ],
)
def test_a_value_is_written_so_that_it_is_read_the_same(value: object, text: str) -> None:
    assert yaml_value(value) == text
