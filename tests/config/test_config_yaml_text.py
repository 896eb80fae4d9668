"""How the configuration's YAML is read: nothing changes its meaning, and everything has a place."""

import subprocess
import sys
from pathlib import Path

import pytest

from dinero_sync.config.yaml_text import Document, Unquoted, dotted, read_yaml, value_at
from dinero_sync.errors import ConfigError, Problem


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "config.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path)


def problem_in(folder: Path, text: str | bytes) -> Problem:
    with pytest.raises(ConfigError) as raised:
        read(folder, text)
    [problem] = raised.value.problems
    return problem


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "True",
        "TRUE",
        "Null",
        "0123",
        "0x1F",
        "0o17",
        "1_000",
        "+5",
        "12:30",
        "12:30:00",
        "1.10",
        "1e3",
        ".5",
        ".inf",
        "2026-12-01",
        "-a",
        "=",
    ],
)
def test_what_only_resembles_a_number_or_a_boolean_is_text(text: str, tmp_path: Path) -> None:
    value = read(tmp_path, f"key: {text}\n").data["key"]

    assert value == text
    assert isinstance(value, Unquoted)


PLAIN = {
    "0": 0,
    "1000": 1000,
    "-1": -1,
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}


@pytest.mark.parametrize(("text", "value"), PLAIN.items())
def test_plain_numbers_booleans_and_nulls_are_what_they_say(
    text: str, value: object, tmp_path: Path
) -> None:
    read_value = read(tmp_path, f"key: {text}\n").data["key"]

    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize("text", ["1000", "true", "null", "~", "", "12:30"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_stands_in_quotes_is_always_text(text: str, quote: str, tmp_path: Path) -> None:
    value = read(tmp_path, f"key: {quote}{text}{quote}\n").data["key"]

    assert (value, type(value)) == (text, str)


@pytest.mark.parametrize("sign", ["|-", ">-"])
def test_a_block_of_text_is_text(sign: str, tmp_path: Path) -> None:
    assert type(read(tmp_path, f"key: {sign}\n  1000\n").data["key"]) is str


def test_a_number_too_long_for_a_number_is_text(tmp_path: Path) -> None:
    assert read(tmp_path, f"key: {'9' * 5000}\n").data["key"] == "9" * 5000


def test_keys_are_always_text(tmp_path: Path) -> None:
    document = read(tmp_path, "NO: 1\n12: 2\ntrue: 3\nnull: 4\n")

    assert document.data == {"NO": 1, "12": 2, "true": 3, "null": 4}


def test_keys_and_values_keep_their_places(tmp_path: Path) -> None:
    document = read(tmp_path, "# first\nsync:\n  list:\n    - a\n    - {b:   c}\n")

    assert document.keys["sync",] == (2, 1)
    assert document.keys["sync", "list", 1, "b"] == (5, 8)
    assert document.values["sync", "list", 0] == (4, 7)
    assert document.values["sync", "list", 1, "b"] == (5, 13)


def test_of_two_equal_keys_neither_silently_wins(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  b: 1\n  c: 2\n  b: 3\n")

    [problem] = document.problems
    assert (problem.line, problem.column, problem.key) == (4, 3, "a.b")
    assert "first on line 2 (column 3)" in problem.message


def test_equal_keys_within_one_line_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    [problem] = read(tmp_path, "a: {b: 1, b: 2}\n").problems

    assert (problem.line, problem.column) == (1, 11)
    assert "first on line 1 (column 5)" in problem.message


def test_a_mark_of_utf_8_at_the_beginning_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfsync: 1\r\n").data == {"sync": 1}


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    problem = problem_in(tmp_path, "a: b\nname: Køb\n".encode("latin-1"))

    assert problem.line == 2
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ufffe"])
def test_a_control_character_names_its_line(sign: str, tmp_path: Path) -> None:
    problem = problem_in(tmp_path, f"a: b\nname: {sign}\n")

    assert problem.line == 2
    assert "control character" in problem.message


@pytest.mark.parametrize("escape", [r"\e", r"\0", r"\x1b", r"\uD800", r"\b"])
def test_a_control_character_by_escape_is_a_problem_at_its_place(
    escape: str, tmp_path: Path
) -> None:
    [problem] = read(tmp_path, f'a: b\nname: "{escape}"\n').problems

    assert (problem.line, problem.key) == (2, "name")


@pytest.mark.parametrize("text", ['"\\UFFFFFFFF"', '"\\q"', "%YAML 1.1\n%YAML 1.1\n--- a"])
def test_what_yaml_itself_does_not_know_is_a_problem(text: str, tmp_path: Path) -> None:
    assert problem_in(tmp_path, f"key: {text}\n" if text[0] == '"' else text).message


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: *x\n", "a: *x\n", "<<: *x\n", "a: &x [*x]\n", "a: &x {b: 1}\n<<: *x\n"]
)
def test_anchors_and_references_to_them_are_refused(text: str, tmp_path: Path) -> None:
    assert "are not used here" in problem_in(tmp_path, text).message


def test_text_nested_without_end_is_refused_before_the_stack_is_full(tmp_path: Path) -> None:
    assert "nested too deeply" in problem_in(tmp_path, "a: " + "[" * 50_000).message


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file or directory"):
        read_yaml(tmp_path / "none.yaml")


def test_a_path_is_written_as_people_do() -> None:
    assert dotted(("payment_types", 0, "when", "gateway")) == "payment_types[0].when.gateway"


def test_what_is_no_key_by_its_shape_is_not_repeated() -> None:
    assert dotted(("shoporama", "dGhpcyBpcyBhIHNlY3JldA==")) == "shoporama.…"


def test_a_problem_below_what_stands_in_the_file_is_placed_at_the_nearest(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  b: 1\n")

    problem = document.problem(("a", "c", "d"), "is missing", at_key=True)

    assert (problem.line, problem.column, problem.key) == (1, 1, "a.c.d")


@pytest.mark.parametrize("path", [("a", "none"), ("a", 0), ("list", "none"), ("list", 0, "x")])
def test_where_nothing_stands_there_is_no_value(path: tuple[str | int, ...]) -> None:
    assert value_at({"a": {}, "list": [1]}, path) is None


def test_reading_yaml_does_not_wait_for_pydantic_to_be_imported() -> None:
    code = "import sys, dinero_sync.config.yaml_text; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
