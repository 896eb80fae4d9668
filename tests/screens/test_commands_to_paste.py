"""Commands in what people are told can be pasted as they stand, whichever text they stand in."""

import ast
import re
from importlib import resources
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from dinero_sync import cli, texts
from dinero_sync.cli.calling import CALLED_AS, to_paste
from dinero_sync.cli.context import Common
from dinero_sync.cli.group import COMMANDS
from dinero_sync.cli.group import dinero_sync as program
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.texts.catalogue import FILE

NAMELESS = re.compile(rf"(?<!sudo )\bdinero-sync (?=(?:{'|'.join(set(COMMANDS) - {'init'})})\b)")
"""A command that names no configuration, and isn't as the wrapper calls it."""


def with_commands() -> list[str]:
    """Return every text of the catalogue with a command in it, in both languages."""
    with resources.files(texts).joinpath(FILE).open("rb") as stream:
        known = [each for each in read_po(stream, locale="da") if each.id]
    told = {str(text) for each in known for text in (each.id, each.string)}
    return sorted(text for text in told if NAMELESS.search(text))


def shown(text: str, capsys: pytest.CaptureFixture[str], config: str | None = "my.yaml") -> str:
    common = Common(config_path=Path(config) if config else None)
    with click.Context(program, obj=common):
        show([text])
        show(wrapped(text))
    return capsys.readouterr().out


def test_every_command_in_every_text_names_the_configuration_that_was_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = with_commands()

    assert len(told) > 100
    assert [text for text in told if NAMELESS.search(shown(text, capsys))] == []


def test_nothing_that_is_told_goes_another_way() -> None:
    # Documents are said word by word: files and configurations that the command prints.
    calls = [
        ast.unparse(node)
        for path in sorted(Path(cli.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "say"
    ]

    assert [call for call in calls if "tell" in call] == []


def test_init_begins_a_configuration_and_names_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert "dinero-sync init" in shown("Begin with: dinero-sync init", capsys)


@pytest.mark.parametrize("config", [None, "my.yaml"])
@pytest.mark.parametrize("wrapper", [None, "sudo dinero-sync", "docker run dinero-sync"])
def test_what_was_put_in_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, config: str | None, wrapper: str | None
) -> None:
    if wrapper:
        monkeypatch.setenv(CALLED_AS, wrapper)
    common = Common(config_path=Path(config) if config else None)
    way = f"{wrapper or 'dinero-sync'}{' -c my.yaml' if config else ''}"
    with click.Context(program, obj=common):
        once = to_paste("Look: dinero-sync status, then dinero-sync run")

        assert once == f"Look: {way} status, then {way} run"
        assert to_paste(once) == once
