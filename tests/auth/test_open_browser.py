"""Opening the consent in a browser: only in one that has a window of its own."""

import os
import webbrowser

import pytest

from dinero_sync.dinero.auth.loopback import open_browser


class Opened(webbrowser.BackgroundBrowser):
    """Stands for a graphical browser."""

    def __init__(self) -> None:
        super().__init__("graphical")
        self.urls: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002 - as in the standard library
        self.urls.append(url)
        return True


def test_a_graphical_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Opened()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "get", lambda: browser)

    assert open_browser("https://connect.example/")
    assert browser.urls == ["https://connect.example/"]


def test_a_browser_that_would_take_over_the_terminal_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))

    assert not open_browser("https://connect.example/")


def test_without_a_browser_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_browser() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "get", no_browser)

    assert not open_browser("https://connect.example/")


def test_without_a_screen_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    browser = Opened()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)

    assert not open_browser("https://connect.example/")
    assert browser.urls == []
    assert "DISPLAY" not in os.environ
