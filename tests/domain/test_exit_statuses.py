"""Where several things are wrong with a run, its exit status names the worst."""

import pytest

from dinero_sync.errors import ConfigError, ExitCode, Problem, worst


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ([], 0),
        ([0, 0], 0),
        ([0, 3], 3),
        ([3, 4], 4),
        ([4, 75, 3], 75),
        ([75, 77], 77),
        ([77, 78, 75], 78),
        ([3, 78, 70, 77], 70),
    ],
)
def test_the_worst_status_wins(codes: list[int], status: int) -> None:
    assert worst(map(ExitCode, codes)) == status


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem(message="no such key", file="config.yaml", line=7, column=3, key="sync.x"),
            "config.yaml:7:3: sync.x: no such key",
        ),
        (Problem(message="is missing", file="config.yaml"), "config.yaml: is missing"),
        (Problem(message="is missing"), "is missing"),
    ],
)
def test_a_problem_is_written_as_editors_understand_it(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_configuration_error_tells_every_problem() -> None:
    first, second = Problem(message="one"), Problem(message="two")

    error = ConfigError([first, second])

    assert str(error) == "one\ntwo"
    assert error.problems == (first, second)
