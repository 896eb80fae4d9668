"""A file that lost its end is not a configuration: a full disk, or a copy that broke off."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from broken_configs import GOOD

from dinero_sync.config.answers import load_answers
from dinero_sync.config.example import ABOUT, render, render_example
from dinero_sync.config.load import load_config
from dinero_sync.config.rule_examples import load_examples
from dinero_sync.errors import ConfigError
from dinero_sync.sandbox import demo_config

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
START = date(2026, 12, 1)
SANDBOX = demo_config("http://127.0.0.1:9", start_date=START)
RULE_EXAMPLES = """\
examples:
  - name: a mug
    lines:
      - {price: 125.00, vat_rate: 25}
    expected: {lines: [1000]}
"""


@pytest.fixture(autouse=True)
def filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY"):
        monkeypatch.setenv(name, "filled-in")


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        load_config(path)
    return str(raised.value)


def cut_anywhere(text: str) -> Iterator[str]:
    """Yield all that may be left of a file which lost its last sign that means something."""
    whole = text.rstrip("\n")
    return (whole[:end] for end in range(len(whole)))


def test_a_file_that_lost_its_payment_types_is_refused_with_what_to_write(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, GOOD[: GOOD.index("payment_types:")]))

    assert "payment_types: is missing" in said
    assert "If the file is cut short, put the whole one back" in said
    assert "`payment_types: []`" in said


@pytest.mark.parametrize("end", ["", "\n", "\n  #- name: Kort\n", " null\n", " ~\n"])
def test_the_key_alone_says_no_more_than_nothing(end: str, tmp_path: Path) -> None:
    upto = GOOD[: GOOD.index("payment_types:")]

    assert "payment_types: is missing, or has no entries" in refusal(
        written(tmp_path, f"{upto}payment_types:{end}")
    )


def test_an_empty_list_says_that_none_is_meant(tmp_path: Path) -> None:
    upto = GOOD[: GOOD.index("payment_types:")]

    assert load_config(written(tmp_path, f"{upto}payment_types: []\n")).payment_types == ()


def test_the_sandboxs_file_cut_anywhere_before_its_end_is_refused(tmp_path: Path) -> None:
    last_value = SANDBOX.index("2026-12-01") + len("2026-12-01")
    assert load_config(written(tmp_path, SANDBOX[:last_value])).sync.start_date == START

    for end in range(last_value):
        refusal(written(tmp_path, SANDBOX[:end]))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_for_shops_end_with_the_mark(path: Path) -> None:
    assert load_config(path).has_end_mark


@pytest.mark.parametrize(
    "text",
    [
        render_example(str),
        render(ABOUT, {"payment_types": []}, str),
        demo_config("http://127.0.0.1:9"),
        demo_config("http://127.0.0.1:9", auth="visma_connect", trigger="shipped"),
    ],
    ids=["config.example.yaml", "by init", "of the sandbox", "of the sandbox, by consent"],
)
def test_what_the_program_writes_ends_with_the_mark(text: str, tmp_path: Path) -> None:
    assert text.endswith("\n...\n")
    assert load_config(written(tmp_path, text)).has_end_mark


def test_a_list_of_payment_types_without_entries_is_written_as_such(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, render(ABOUT, {"payment_types": []}, str)))

    assert config.payment_types == ()


@pytest.mark.parametrize("end", ["...", "...\n", "...\n\n", "... # the end\n", "...\n# the end\n"])
def test_the_mark_is_yamls_own(end: str, tmp_path: Path) -> None:
    assert load_config(written(tmp_path, GOOD + end)).has_end_mark
    assert not load_config(written(tmp_path, GOOD)).has_end_mark


@pytest.mark.parametrize("end", [".", "..", "#...", " ...", "....\n"])
def test_a_part_of_the_mark_is_none(end: str, tmp_path: Path) -> None:
    try:
        config = load_config(written(tmp_path, GOOD + end))
    except ConfigError:
        return
    assert not config.has_end_mark


def test_what_stands_below_the_mark_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, f"{GOOD}...\nsending: []\n"))

    assert "the line ... ends the file: move what stands below it above it" in said


@pytest.mark.parametrize("text", ["", "\n", "...\n", "# nothing yet\n...\n"])
def test_an_empty_file_is_refused_with_or_without_the_mark(text: str, tmp_path: Path) -> None:
    assert "config.yaml:" in refusal(written(tmp_path, text))


@pytest.mark.parametrize("cut", ["${file:", "${file:ke", "${file:key", "${"])
def test_a_file_cut_within_a_reference_is_refused(cut: str, tmp_path: Path) -> None:
    for name in ("key", "ke"):
        (tmp_path / name).write_text("a-key", encoding="utf-8")
    rest = GOOD[GOOD.index("dinero:") :]
    shop = "shoporama:\n  base_url: http://127.0.0.1:9/REST\n  api_key: "
    load_config(written(tmp_path, f"{rest}{shop}${{file:key}}\n"))

    last_line = f"{rest}{shop}".count("\n") + 1
    assert f"config.yaml:{last_line}:" in refusal(written(tmp_path, f"{rest}{shop}{cut}"))


def test_a_file_of_examples_of_rules_cut_within_an_example_is_refused(tmp_path: Path) -> None:
    whole = RULE_EXAMPLES.rstrip("\n")
    assert load_examples(written(tmp_path, whole), ()).examples[0].name == "a mug"

    for cut in cut_anywhere(whole):
        with pytest.raises(ConfigError):
            load_examples(written(tmp_path, cut), ())


@pytest.mark.parametrize("cut", ["trigger: pai", "start_date: 2026-12-0", "payment_types: {Kort"])
def test_an_answer_of_init_cut_within_its_line_is_refused(cut: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_answers(written(tmp_path, cut))
