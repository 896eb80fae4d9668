"""What stands inside a sentence is told in the reader's language as well."""

import sqlite3
from pathlib import Path

import pytest

from dinero_sync.cli.failures import expected, in_words
from dinero_sync.cli.order_names import subject_named
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError, UsageError
from dinero_sync.journal.database import open_journal


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return open_journal(tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize(
    ("name", "danish"),
    [("bill:DK1:7", "Leverandørregninger, der venter"), ("payout:a:1", "Udbetalinger, der venter")],
)
def test_what_is_not_known_is_named(db: sqlite3.Connection, name: str, danish: str) -> None:
    with pytest.raises(UsageError) as raised:
        subject_named(db, name)

    assert danish in in_words(raised.value, Language.DANISH)


def test_a_disk_that_names_no_file() -> None:
    error = expected(OSError("full"))

    assert error is not None
    assert in_words(error, Language.DANISH).startswith(
        "En fil eller det, der skrives til, kan ikke"
    )


def test_a_name_that_is_none() -> None:
    with pytest.raises(ConfigError) as raised:
        read_yaml(Path("a\0b"))

    assert "kan ikke læses: ingen sti" in in_words(raised.value, Language.DANISH)
