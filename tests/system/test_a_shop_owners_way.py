"""What a shop owner sees, from the first command to a month later, is as it was looked over."""

import pytest
from desk import folder_in_memory
from recorded_session import RECORD, a_danish_desk, record
from sandbox_process import SandboxProcess


@pytest.mark.slow
def test_the_whole_way_is_shown_as_it_was_recorded(sandbox: SandboxProcess) -> None:
    with folder_in_memory() as folder:
        shown = record(a_danish_desk(folder), sandbox)

    assert shown == RECORD.read_text(encoding="utf-8"), "look it over: make cases"


def test_no_line_is_wider_than_the_terminal_and_none_ends_in_blanks() -> None:
    lines = RECORD.read_text(encoding="utf-8").splitlines()

    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []
