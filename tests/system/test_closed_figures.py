"""What changed between two closings is told figure by figure."""

import json

from dinero_sync.cli.reports.proof.changes import changes


def told(before: object, now: object) -> list[str]:
    return list(changes(json.dumps(before), json.dumps(now)))


def test_a_figure_is_named_by_where_it_stands() -> None:
    assert told({"a": {"b": "1.00", "c": 2}}, {"a": {"b": "1.50", "c": 2}}) == [
        "- `a.b`: 1.00 → 1.50"
    ]


def test_what_is_new_or_gone_has_nothing_on_the_other_side() -> None:
    assert told({"a": 1}, {"b": 2}) == ["- `a`: 1 → –", "- `b`: – → 2"]


def test_rows_of_a_list_are_there_or_gone_wherever_they_stand() -> None:
    before, now = {"rows": [{"x": 1}, {"x": 2}, {"x": 2}]}, {"rows": [{"x": 2}, {"x": 3}]}

    assert told(before, now) == [
        '- `rows`: {"x": 1} → –',
        '- `rows`: {"x": 2} → –',
        '- `rows`: – → {"x": 3}',
    ]


def test_the_same_is_no_change() -> None:
    assert told({"rows": [1, 2]}, {"rows": [2, 1]}) == []
