"""The help, mistyped words, and options on either side of a command, as a person meets them."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from desk import Desk

from dinero_sync.cli.failures import in_words
from dinero_sync.cli.group import COMMANDS, dinero_sync
from dinero_sync.cli.group import dinero_sync as program
from dinero_sync.cli.usage import usage_in_words
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import TemporaryError


def help_in(language: str, *command: str) -> str:
    arguments = ["--language", language, *command, "--help"]
    return CliRunner(env={"COLUMNS": "80"}).invoke(program, arguments, "", terminal_width=80).output


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_help_lists_every_command_whole_at_80_columns(language: str) -> None:
    shown = help_in(language)

    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown
    assert "..." not in shown.partition("\n")[2]
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []


def test_the_help_is_danish_in_danish_and_english_in_english() -> None:
    danish, english = help_in("da"), help_in("en")

    assert "Kommandoer:" in danish
    assert "Slutkoder: 0 færdig" in danish
    assert "Log kun problemer og udfald." in danish
    assert "Commands:" in english
    assert "Exit codes: 0 done" in english


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


EVERY = [(), *commands(program)]
ENGLISH = re.compile(
    r"\b(?:the|and|of|is|are|with|without|what|which|this|that|where|only|order|file|reads?"
    r"|shows?|examples|usage|options|commands|default|required|exits?|folder|days?)\b",
    re.IGNORECASE,
)
"""Words that no Danish help has, outside of what is typed as it stands."""
TYPED = re.compile(
    r"(?m)^  [a-z]+  |`[^`]+`|dinero-sync .*|--?[a-z][\w-]*|\[[\w|]+\]|\{[\w|]+\}"
    r"|[\w/$-]*[_./][\w./]+|EU-\w+|\$\{[^}]*\}"
)
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_the_help_of_every_command_is_danish_at_80_columns(command: tuple[str, ...]) -> None:
    danish, english = help_in("da", *command), help_in("en", *command)

    assert ENGLISH.findall(TYPED.sub("", danish)) == []
    assert danish.startswith("Brug: ")
    assert english.startswith("Usage: ")
    assert max(map(len, [*danish.splitlines(), *english.splitlines()])) <= 80
    assert sorted(OPTION.findall(danish)) == sorted(OPTION.findall(english))
    assert danish.count("  dinero-sync ") == english.count("  dinero-sync ")


@pytest.mark.parametrize(
    "words",
    [
        "show --help --language da",
        "show --language=da --help",
        "--help --language da",
        "-c danish.yaml show --help",
        "show --help -c danish.yaml",
        "rules --help --language da",
    ],
)
def test_the_language_is_the_one_asked_for_or_the_configurations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    (tmp_path / "danish.yaml").write_text("language: da\n")
    monkeypatch.chdir(tmp_path)
    english = CliRunner(env={"LC_ALL": "en_GB.UTF-8"})

    assert english.invoke(program, words).output.startswith("Brug: ")
    assert english.invoke(program, "show --help").output.startswith("Usage: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_help_begins_with_the_sentence_that_lists_it(name: str) -> None:
    command = dinero_sync.get_command(None, name)  # type: ignore[arg-type]  # which isn't looked at

    assert command is not None
    said = " ".join(inspect.cleandoc(command.help or "").split("\n\n")[0].split())
    assert said.startswith(str(COMMANDS[name].does))


def test_without_a_word_the_help_is_shown() -> None:
    shown = CliRunner(env={"LC_ALL": "da_DK.UTF-8"}).invoke(program, [])

    assert shown.output.startswith("Brug: dinero-sync [TILVALG] KOMMANDO")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("statsu",), "Did you mean: dinero-sync status"),
        (("status", "--jsn"), "Did you mean --json?"),
        (("plan", "--unil", "2026-12-01"), "Did you mean --until?"),
        (("xyzzy",), "There is no command xyzzy.\nHelp: dinero-sync --help"),
        (("show",), "as '#10427'"),
    ],
)
def test_what_is_mistyped_brings_what_is_near(
    desk: Desk, typed: tuple[str, ...], meant: str
) -> None:
    refused = desk.run(*typed)

    assert refused.status == 2
    assert meant.replace("\n", " ") in " ".join(refused.stderr.split())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("show", "Ordren mangler. En shell tager #"),
        ("skip 4815162", "--reason mangler."),
        ("apply", "FIL mangler."),
        ("skip 4815162 --reason", "--reason skal have en værdi efter sig."),
        ("status --json=yes", "--json står alene"),
        ("status now please", "Disse ord hører ingen steder til: now please"),
        ("sandbox --port some", "--port: det skal være et helt tal."),
        ("sandbox --orders many", "--orders: det skal være en af seeded, practice, none."),
        ("plan -o /", "--output: det skal være en fil, og dette er en mappe."),
        ("run --since soon", "--since: »soon« kan ikke læses som en dato"),
        ("credit 4815162 --amount 0", "--amount: »0« krediterer intet"),
        ("rules chek", "Kommandoen chek findes ikke. Mente I: dinero-sync rules check"),
    ],
)
def test_what_isnt_understood_is_told_in_danish(typed: str, told: str) -> None:
    words = ["--language", "da", *typed.split()]
    with pytest.raises(click.ClickException) as refused:
        program.main(words, "dinero-sync", standalone_mode=False)
    error = refused.value

    assert usage_in_words(error, getattr(error, "ctx", None), Language.DANISH).startswith(told)


def test_it_is_told_in_danish_where_that_is_read(desk: Desk) -> None:
    desk.variables["LC_MESSAGES"] = "da_DK.UTF-8"

    refused = desk.run("statsu")

    assert refused.stderr.startswith("Kommandoen statsu findes ikke. Mente I: dinero-sync status\n")


def test_how_it_logs_is_said_on_either_side_of_the_command(desk: Desk) -> None:
    before, after = (
        desk.run("-q", "--log-format", "json", "run"),
        desk.run("run", "-q", "--log-format", "json"),
    )

    assert (before.status, after.status) == (0, 0)
    assert [each["event"] for each in after.events] == ["run.finished"]
    assert [each["event"] for each in before.events] == ["run.finished"]


def test_a_configuration_that_cant_be_read_is_78_with_what_to_do(desk: Desk) -> None:
    refused = desk.run("-c", "missing.yaml", "status", "--log-format", "text", "--language", "da")

    assert refused.status == 78
    assert "Konfigurationen har 1 fejl; intet er gjort." in refused.stderr
    assert "dinero-sync init -o missing.yaml" in " ".join(refused.stderr.split())


def test_every_problem_of_a_configuration_is_told_in_danish(desk: Desk) -> None:
    desk.write_config(
        "shoporama: {api_key: x, colour: red}\nsync: {booking: later}\n"
        "payment_types: [{name: Kort, when: {gateway: x}, paid: ja}]\n"
    )

    refused = desk.run("--log-format", "text", "--language", "da", "status")

    told = " ".join(refused.stderr.split())
    assert refused.status == 78
    assert "er ikke en nøgle i dette afsnit" in told
    assert "skal være automatic eller draft" in told
    assert "payment_types[0].paid (Kort): skal være true eller false" in told
    assert "is not" not in told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            spoken("Stopped. What was begun is known; the next run goes on."),
            "Stoppet. Det påbegyndte er kendt; giv kommandoen igen.",
        ),
        (
            spoken(
                "The run reached sync.deadline_minutes before its work was done. Nothing is half "
                "done; the next run goes on where this one stopped."
            ),
            (
                "Kørslen nåede sync.deadline_minutes, før den var færdig. Intet er halvt gjort; "
                "prøv igen."
            ),
        ),
    ],
)
def test_what_was_stopped_isnt_left_to_a_run_either(said: str, told: str) -> None:
    assert in_words(TemporaryError(said), Language.DANISH) == told


def test_where_no_run_follows_by_itself_it_is_the_readers_turn() -> None:
    error = TemporaryError(
        spoken(
            "{service} can't be reached: {passing}. Nothing was sent. The next run goes on by "
            "itself.",
            service="Dinero",
            passing=spoken("no connection to {host} came about in time", host="api.dinero.dk"),
        )
    )

    assert in_words(error, Language.ENGLISH).endswith("Nothing was sent. Try again.")
    assert in_words(error, Language.DANISH) == (
        "Dinero kan ikke nås: der kom ingen forbindelse til api.dinero.dk i tide. Intet blev "
        "sendt. Prøv igen."
    )
