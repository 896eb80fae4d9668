"""The pages to look things up in have every command with its options, and every key."""

import re

import click
import pytest
from command_pages import PAGES, commands, with_commands
from pydantic.json_schema import JsonSchemaValue
from site_pages import sections

from dinero_sync.cli.group import COMMANDS, dinero_sync
from dinero_sync.config.model import Config


def section_on(language: str, *names: str) -> str:
    """Return what a page says of a command, or of the program without one."""
    page = PAGES[language].read_text(encoding="utf-8")
    title = " ".join(("dinero-sync", *names))
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def parameters_of(*names: str) -> list[str]:
    command: click.Command = dinero_sync
    for name in names:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    options = [each for each in command.params if isinstance(each, click.Option)]
    return [name for each in options if not each.hidden for name in (*each.opts, "--help")]


def keys_in(schema: JsonSchemaValue) -> set[str]:
    """Return the names of the keys that the sections of a schema have."""
    parts = (schema, *schema.get("$defs", {}).values())
    return {name for part in parts for name in part.get("properties", {})}


def test_all_commands_are_looked_for() -> None:
    assert set(COMMANDS) <= {names[0] for names in commands()}
    assert ("rules", "check") in set(commands())


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("names", [(), *commands()], ids=" ".join)
def test_a_command_is_there_with_its_options(names: tuple[str, ...], language: str) -> None:
    section = section_on(language, *names)

    assert [name for name in parameters_of(*names) if name not in section] == []


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_what_the_commands_say_of_themselves(language: str) -> None:
    page = PAGES[language]

    assert page.read_text(encoding="utf-8") == with_commands(page), "run: make texts"


def test_every_key_of_the_configuration_is_there() -> None:
    """The page on the configuration is the one that docs/README.md lists by that name."""
    listed = (each for section in sections() for row in section.rows for each in row.values())
    (page,) = (each.path for each in listed if each.label == "configuration")

    told = set(re.findall(r"[a-z_]+", page.read_text(encoding="utf-8")))
    assert keys_in(Config.model_json_schema()) - told == set()
