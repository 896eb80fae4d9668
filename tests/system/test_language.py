"""In which language people are told: theirs, the configuration's, the locale's, in this order."""

import json

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

DANISH = "Ordren stemmer ikke: "
ENGLISH = "The order doesn't add up"
ORDER = str(FIRST_ORDER_ID)


@pytest.fixture
def held(desk: Desk, sandbox: SandboxProcess) -> Desk:
    sandbox.sell(an_order_that_does_not_add_up())
    assert desk.run("run").status == 3
    return desk


@pytest.mark.parametrize("command", [("status",), ("show", ORDER), ("explain", ORDER)])
def test_people_are_told_in_the_language_that_they_ask_for(
    held: Desk, sandbox: SandboxProcess, command: tuple[str, ...]
) -> None:
    assert DANISH not in held.run(*command).stdout
    assert DANISH in held.run(*command, "--language", "da").stdout
    assert DANISH in held.run("--language", "da", *command).stdout

    held.configure(sandbox, {"language": "da"})

    assert DANISH in held.run(*command).stdout
    assert DANISH not in held.run(*command, "--language", "en").stdout
    assert DANISH not in held.run("--language", "da", *command, "--language", "en").stdout


def test_what_was_decided_is_told_in_the_configurations_language(
    held: Desk, sandbox: SandboxProcess
) -> None:
    held.configure(sandbox, {"language": "da"})

    assert held.run("retry", ORDER).stdout == "Ordre #10427 går videre ved næste kørsel.\n"
    assert held.run("skip", ORDER, "--reason", "test", "--language", "en").stdout == (
        "Order #10427 is skipped: test\n"
    )


@pytest.mark.parametrize(
    ("variables", "is_danish"),
    [
        ({"LANG": "da_DK.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "da_DK.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "da_DK.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": ""}, True),
    ],
)
def test_without_it_they_are_told_in_the_locales_language_or_in_danish(
    held: Desk, variables: dict[str, str], *, is_danish: bool
) -> None:
    held.variables.update({"LC_MESSAGES": "", **variables})

    assert (DANISH in held.run("status").stdout) == is_danish


def test_the_configurations_language_goes_before_the_locales(
    held: Desk, sandbox: SandboxProcess
) -> None:
    held.configure(sandbox, {"language": "en"})

    assert DANISH not in held.run("explain", ORDER).stdout
    assert DANISH in held.run("explain", ORDER, "--language", "da").stdout


def test_what_programs_read_stays_english(held: Desk, sandbox: SandboxProcess) -> None:
    before = json.loads(held.run("show", ORDER, "--json").stdout)
    held.configure(sandbox, {"language": "da"})

    after = json.loads(held.run("show", ORDER, "--language", "da", "--json").stdout)

    assert after == before
    assert after["message"].startswith(ENGLISH)


def test_a_language_that_there_is_no_catalogue_of_is_refused(held: Desk) -> None:
    assert held.run("status", "--language", "sv").status == 2
