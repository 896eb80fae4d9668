"""The address that a browser ended at is pasted; a wrong one is asked for again by whoever can."""

from types import SimpleNamespace

import click
import pytest

from dinero_sync.cli.commands import setup
from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError

REDIRECT = "http://127.0.0.1:8765/callback"
RIGHT = f"{REDIRECT}?code=abc&state=xyz"


def pasted(monkeypatch: pytest.MonkeyPatch, *texts: str, at_terminal: bool) -> str:
    answers = iter(texts)
    stdin = SimpleNamespace(isatty=lambda: at_terminal)
    monkeypatch.setattr(setup, "sys", SimpleNamespace(stdin=stdin))
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    consent = SimpleNamespace(url="https://connect.visma.com/connect/authorize")
    return setup._pasted(consent, REDIRECT, Language.DANISH)  # type: ignore[arg-type]  # its url alone  # noqa: SLF001


def test_at_a_terminal_a_wrong_paste_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = pasted(monkeypatch, "Jeg har klikket", "https://shop.dk/", RIGHT, at_terminal=True)

    assert "code=abc" in str(kept)
    assert capsys.readouterr().err.count(REDIRECT) >= 2


def test_where_nobody_can_answer_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError):
        pasted(monkeypatch, "Jeg har klikket", at_terminal=False)
