"""A home folder that can't be found is nothing to stumble over."""

import pwd
from pathlib import Path

import platformdirs
import pytest

from dinero_sync.config import home
from dinero_sync.config.load import find_config
from dinero_sync.errors import ConfigError


def unknown(_: int) -> None:
    raise KeyError("getpwuid(): uid not found")


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "DINERO_SYNC_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("homeless")
def test_there_is_none() -> None:
    assert home.user_config_folder() is None
    assert home.user_state_folder() is None


@pytest.mark.usefixtures("homeless")
def test_the_search_for_a_configuration_goes_on_to_etc() -> None:
    with pytest.raises(ConfigError) as raised:
        find_config(None)

    assert "none of these is there: config.yaml, /etc/dinero-sync/config.yaml" in str(raised.value)


def test_the_one_in_the_folder_at_hand_needs_no_home(homeless: Path) -> None:
    (homeless / "config.yaml").touch()

    assert find_config(None) == Path("config.yaml")


def test_a_relative_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_state_path", Path)

    assert home.user_state_folder() is None


@pytest.mark.parametrize("value", ["", "somewhere"])
def test_a_tilde_stands_for_no_home_that_is_none(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOME", value)

    with pytest.raises(RuntimeError):
        home.without_tilde("~/state")
    assert home.without_tilde("/var/lib/~state") == Path("/var/lib/~state")
