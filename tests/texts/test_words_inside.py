"""What stands inside a sentence is told in the reader's language as well, and no error is plain."""

import ast
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from config.broken_configs import GOOD

from dinero_sync import errors
from dinero_sync.cli.failures import expected, in_words
from dinero_sync.cli.order_names import subject_named
from dinero_sync.config.load import load_config
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError, UsageError
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder.trouble import file_trouble


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


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.ENOSPC, "Skab plads"),
        (errno.EIO, "Se i maskinens log"),
        (errno.EISDIR, "Flyt den"),
        (errno.ENOLCK, "lokal disk"),
        (errno.EXDEV, "lokal disk"),
    ],
)
def test_what_the_disk_refuses(tmp_path: Path, number: int, cure: str) -> None:
    trouble = file_trouble(
        OSError(number, "said so"), spoken("{path} can't be written", path=tmp_path), tmp_path
    )
    told = in_words(trouble, Language.DANISH)

    assert told.startswith(f"{tmp_path} kan ikke skrives (said so). Intet er bogført.")
    assert cure in told


@pytest.mark.parametrize(
    ("sources", "danish"),
    [
        (["stripe", "stripe"], "er også id for kilden på linje"),
        (["stripe", "stripe-eur"], "er også en anden kildes: tilføj files"),
    ],
)
def test_two_sources_of_payouts(tmp_path: Path, sources: list[str], danish: str) -> None:
    path = tmp_path / "config.yaml"
    accounts = "clearing_account: 55080, paid_to: 55095, fee_account: 7420"
    listed = "".join(
        f"    - {{id: {each}, name: Stripe, format: stripe, {accounts}}}\n" for each in sources
    )
    path.write_text(f"{GOOD}payouts:\n  sources:\n{listed}", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(path)

    assert danish in in_words(raised.value, Language.DANISH)


def test_a_name_that_is_none() -> None:
    with pytest.raises(ConfigError) as raised:
        read_yaml(Path("a\0b"))

    assert "kan ikke læses: ingen sti" in in_words(raised.value, Language.DANISH)


def test_a_file_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD.partition("payment_types")[0], encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(path)

    assert "Er filen klippet af" in in_words(raised.value, Language.DANISH)


PACKAGE = Path(errors.__file__).parent
TOLD = {
    *(name for name, each in vars(errors).items() if isinstance(each, type)),
    *("ChannelRefusedError", "NotToldError", "UnresolvableError", "MalformedError"),
    *("wrong", "problem", "file_trouble", "damaged_journal"),
}
"""What is told to people by what it is made of."""


def plain_errors() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in TOLD:
                named = [each.value for each in node.keywords if each.arg == "message"]
                if any(
                    isinstance(each, ast.Constant | ast.JoinedStr) for each in [*node.args, *named]
                ):
                    yield f"{path.name}:{node.lineno}"


def test_no_error_is_told_in_english_alone() -> None:
    assert list(plain_errors()) == []
