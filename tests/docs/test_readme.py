"""What README.md and the pages under docs/ say of commands, exit codes and make is so."""

import contextlib
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from published_texts import (
    README,
    ROOT,
    TEXTS,
    calls_in_blocks,
    calls_in_sentences,
    table_below,
)

from dinero_sync.cli.context import Common
from dinero_sync.cli.group import COMMANDS, EXIT_CODES, dinero_sync
from dinero_sync.config.rule_examples import load_examples
from dinero_sync.domain.hold import HoldReason
from dinero_sync.errors import ExitCode

TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
EXIT_CODE = re.compile(r"(?:^|; |: )(\d+) ")


def all_calls(program: str, calls_in: Callable[[Path], list[str]]) -> list[tuple[Path, str]]:
    calls = ((path, call) for path in TEXTS for call in calls_in(path))
    return [(path, call) for path, call in calls if call.split()[0] == program]


SHOWN = all_calls("dinero-sync", calls_in_blocks)
NAMED = all_calls("dinero-sync", calls_in_sentences)
TARGETS = [*all_calls("make", calls_in_blocks), *all_calls("make", calls_in_sentences)]


def name_of(call: tuple[Path, str]) -> str:
    path, line = call
    return f"{path.relative_to(ROOT)}: {line}"


def parse(arguments: list[str]) -> None:
    """Let click read the arguments, those of the command as well, without running anything."""
    with dinero_sync.make_context("dinero-sync", list(arguments), obj=Common()) as ctx:
        parse_command(dinero_sync, ctx)


def parse_command(group: click.Group, ctx: click.Context) -> None:
    """Let a group's command read what the group left, and so on down."""
    name, command, rest = group.resolve_command(ctx, [*ctx._protected_args, *ctx.args])  # noqa: SLF001 - the only place where click keeps the command's name
    assert command is not None
    with command.make_context(name, rest, parent=ctx) as inner:
        if isinstance(command, click.Group):
            parse_command(command, inner)


@pytest.mark.parametrize("call", SHOWN, ids=name_of)
def test_a_call_in_a_code_block_can_be_pasted(call: tuple[Path, str]) -> None:
    parse(shlex.split(call[1])[1:])


@pytest.mark.parametrize("call", NAMED, ids=name_of)
def test_a_call_in_a_sentence_names_a_command_and_options_that_exist(
    call: tuple[Path, str],
) -> None:
    with contextlib.suppress(click.MissingParameter):
        parse(shlex.split(call[1])[1:])


@pytest.mark.parametrize(
    "wrong", [["stauts"], ["run", "--frobnicate"], ["show"], ["rules", "chek"]]
)
def test_a_call_that_does_not_exist_would_be_noticed(wrong: list[str]) -> None:
    with pytest.raises(click.UsageError):
        parse(wrong)


def test_the_readme_shows_calls_at_all() -> None:
    assert [path for path, _ in SHOWN].count(README) > 4
    assert [path for path, _ in NAMED].count(README) > 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named_in_the_readme(command: str) -> None:
    assert re.search(rf"dinero-sync {command}\b", README.read_text(encoding="utf-8"))


def test_the_readme_s_table_has_every_command_and_options_that_it_has() -> None:
    table = table_below(README.read_text(encoding="utf-8"), "## Commands")

    assert {call.split()[1] for call in table} == set(COMMANDS)
    for call, meaning in table.items():
        named = set(re.findall(r"`(--[a-z-]+)", meaning))
        assert named <= options_of(*call.split()[1:]), call


def options_of(name: str, *rest: str) -> set[str]:
    command = dinero_sync.get_command(click.Context(dinero_sync), name)
    if isinstance(command, click.Group):
        command = command.get_command(click.Context(command), rest[0])
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize(
    ("page", "heading"),
    [("codes-and-logs.md", "## Exit codes"), ("koder-og-log.md", "## Slutkoder")],
)
def test_the_exit_codes_of_a_page_are_all_there_are(page: str, heading: str) -> None:
    table = table_below((ROOT / "docs" / page).read_text(encoding="utf-8"), heading)

    assert [int(code) for code in table] == sorted(ExitCode)
    assert [code for code, meaning in table.items() if not meaning] == []


def test_the_exit_codes_in_the_help_are_all_there_are() -> None:
    assert [int(code) for code in EXIT_CODE.findall(EXIT_CODES)] == sorted(ExitCode)


@pytest.mark.parametrize("call", TARGETS, ids=name_of)
def test_a_make_target_that_is_named_exists(call: tuple[Path, str]) -> None:
    targets = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))

    named = [word for word in call[1].split()[1:] if "=" not in word]
    assert [word for word in named if word not in targets] == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = [
        (path, link)
        for path in TEXTS
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    ]

    assert links
    assert [link for path, link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_yaml_block_names_only_keys_that_the_example_knows(path: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    known = set(re.findall(r"([a-z_]+):", example))

    blocks = re.findall(
        r"^```yaml\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    named = {
        key for block in blocks for key in re.findall(r"^[\s#-]*([a-z_]+):", block, re.MULTILINE)
    }
    assert named - known == set()


@pytest.mark.parametrize("page", ["rules.md", "regler.md"])
def test_the_example_of_rule_examples_can_be_read(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(examples:\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    file = tmp_path / "examples.yaml"
    file.write_text("".join(blocks), encoding="utf-8")

    (example,) = load_examples(file, map(str, HoldReason)).examples

    prices = sum(line.price * line.quantity for line in example.lines) + example.freight
    assert sum(example.expected.totals.values()) == prices
    assert len(example.expected.lines) == len(example.lines) + 1
