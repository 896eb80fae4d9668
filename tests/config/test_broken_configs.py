"""Every mistake is refused with its place, its key and what to write instead, and with no more."""

from pathlib import Path

import pytest
from broken_configs import BROKEN_CONFIGS, GOOD, SECRETS, BrokenConfig

from dinero_sync.config.load import load_config
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError
from dinero_sync.texts.telling import in_language


def problems_in(path: Path) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        load_config(path)
    return raised.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_what_all_of_them_are_changed_from_is_right(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")

    assert load_config(path).payment_types[1].name == "Faktura"


@pytest.mark.parametrize("broken", BROKEN_CONFIGS, ids=lambda broken: broken.name)
def test_a_mistake_is_one_problem_at_its_place(broken: BrokenConfig, path: Path) -> None:
    path.write_text(broken.text, encoding="utf-8")

    [problem] = problems_in(path).problems

    assert (problem.file, problem.line, problem.key) == (str(path), broken.line, broken.key)
    assert broken.says in problem.message
    assert in_language(problem.message, Language.DANISH) != problem.message


@pytest.mark.parametrize("broken", BROKEN_CONFIGS, ids=lambda broken: broken.name)
def test_a_problem_never_tells_a_secret(broken: BrokenConfig, path: Path) -> None:
    path.write_text(broken.text, encoding="utf-8")

    error = problems_in(path)

    assert not [secret for secret in SECRETS if secret in f"{error} {error!r} {error.problems!r}"]
    assert error.__suppress_context__ or error.__context__ is None


def test_no_two_of_them_have_the_same_name() -> None:
    names = [broken.name for broken in BROKEN_CONFIGS]

    assert sorted(set(names)) == sorted(names)
