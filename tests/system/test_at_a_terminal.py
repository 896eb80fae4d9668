"""At a terminal a person sees a table, a bar and short lines; never JSON."""

import json

import pytest
from desk import Desk
from invented_sales import an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess
from terminal import COLOURS, lines_on_screen, plain, run_in_terminal

NARROW = 60


@pytest.fixture
def orders(sandbox: SandboxProcess) -> int:
    """Sell something to book and something to hold; returns how many orders there are."""
    booked = [an_order(place) for place in range(1, 6)]
    sandbox.sell(an_order_that_does_not_add_up(), *booked)
    return 1 + len(booked)


def json_lines(shown: str) -> list[str]:
    """Return the lines that a program would read as a JSON object."""
    return [line for line in lines_on_screen(shown) if _is_object(line)]


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def test_a_run_shows_a_table_a_bar_and_short_lines(desk: Desk, orders: int) -> None:
    run = run_in_terminal(desk, "run")

    shown = plain(run.stdout)
    assert run.status == 3
    assert json_lines(run.stdout) == []
    assert "Booking" in shown, "the progress bar"
    assert "100%" in shown
    assert shown.count("booked") > orders - 1
    assert "#10428" in shown
    assert "booked: 5 orders" in shown


@pytest.mark.parametrize("options", [(), ("-q",)])
def test_no_log_line_stands_beside_the_table_that_tells_the_same(
    desk: Desk, orders: int, options: tuple[str, ...]
) -> None:
    shown = run_in_terminal(desk, *options, "run").stdout

    assert "order.outcome" not in shown
    assert "run.finished" not in shown
    assert plain(shown).count("booked") > orders - 1


def test_a_log_line_that_is_asked_for_begins_on_a_line_of_its_own(desk: Desk, orders: int) -> None:
    shown = lines_on_screen(run_in_terminal(desk, "-v", "run").stdout)

    outcomes = [line for line in shown if "order.outcome" in line]
    assert len(outcomes) == orders
    assert [line for line in outcomes if not line.startswith("order.outcome")] == []


def test_the_same_log_is_json_when_that_is_asked_for(desk: Desk, orders: int) -> None:
    run = run_in_terminal(desk, "--log-format", "json", "run")

    assert len(json_lines(run.stdout)) == orders + 1


def test_a_plan_longer_than_the_screen_goes_to_the_pager_in_colours(
    desk: Desk, orders: int
) -> None:
    assert orders
    desk.variables["PAGER"] = "sed 's/^/| /'"

    shown = run_in_terminal(desk, "plan")
    paged = [line for line in shown.stdout.splitlines() if "| " in line]

    assert shown.status == 3
    assert len(paged) > 40
    assert COLOURS.search("".join(paged))


def test_without_colours_none_is_shown(desk: Desk, orders: int) -> None:
    desk.variables["NO_COLOR"] = "1"

    run = run_in_terminal(desk, "run")

    assert [each for each in COLOURS.findall(run.stdout) if _sets_a_colour(each)] == []
    assert plain(run.stdout).count("booked") > orders - 1


def test_with_colours_some_are_shown(desk: Desk, orders: int) -> None:
    run = run_in_terminal(desk, "run")

    assert any(map(_sets_a_colour, COLOURS.findall(run.stdout)))
    assert run.status == 3, f"one of {orders} is held"


def _sets_a_colour(sequence: str) -> bool:
    """Codes 30 to 49 and 90 to 107 are colours; 0, 1 and 2 are weight."""
    codes = sequence[2:-1].split(";")
    return any(code.isdigit() and 30 <= int(code) <= 107 for code in codes)


@pytest.mark.parametrize(
    "arguments", [("run", "--dry-run"), ("run",), ("status",), ("run", "--help")], ids=" ".join
)
def test_a_narrow_terminal_breaks_nothing(
    desk: Desk, orders: int, arguments: tuple[str, ...]
) -> None:
    shown = run_in_terminal(desk, *arguments, columns=NARROW)

    assert shown.status in {0, 3}
    assert "Traceback" not in shown.stdout
    assert plain(shown.stdout).strip()
    assert orders == 6


def test_a_narrow_table_still_tells_order_outcome_and_total_whole(desk: Desk, orders: int) -> None:
    shown = plain(run_in_terminal(desk, "run", "--dry-run", columns=NARROW).stdout)

    assert len(shown.splitlines()) > orders
    assert "#10428" in shown
    assert "198.95" in shown


def test_what_stopped_a_run_is_told_once_in_words(
    desk: Desk, sandbox: SandboxProcess, orders: int
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "wrong"})

    stopped = run_in_terminal(desk, "run")

    words = " ".join(plain(stopped.stdout).split())
    assert stopped.status == 77
    assert words.count("refused the API key") == 1
    assert "shoporama.api_key" in words
    assert json_lines(stopped.stdout) == []
    assert "Nothing to do" not in words, f"there are {orders} orders"


def test_the_address_to_open_stands_on_a_line_of_its_own(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, auth="visma_connect")
    process = desk.start("connect", "--no-browser")
    told = desk.end_of(process, "")

    (line,) = [each for each in told.stdout.splitlines() if "connect/authorize" in each]
    assert line.startswith(f"{sandbox.url}/visma/connect/authorize?")
