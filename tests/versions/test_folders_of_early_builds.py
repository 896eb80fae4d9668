"""Journals of builds from before version 0.1 are refused by name, and what the message says works.

They bear the same number as version 0.1's, and have other tables.
"""

from contextlib import closing

import pytest
from kept_worlds import KeptWorld

from dinero_sync.journal import orders
from dinero_sync.journal.database import FILE_NAME, open_copy

COMMANDS = (
    ("run",),
    ("run", "--dry-run"),
    ("plan",),
    ("status",),
    ("show", "4815162"),
    ("explain", "4815162"),
    ("verify",),
    ("retry", "4815163"),
    ("skip", "4815163", "--reason", "booked by hand"),
    ("resolve", "4815162"),
    ("book", "--all"),
    ("margin", "--from", "2026-12-01", "--to", "2026-12-31"),
    ("rules", "replay", "--since", "2026-12-01"),
    ("doctor",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_refuses_it_by_name_and_changes_nothing(
    early_world: KeptWorld, command: tuple[str, ...]
) -> None:
    before = early_world.files()
    given = early_world.give(*command)

    assert given.status == 70, given.told
    assert "before version 0.1" in given.told
    assert "fault of the program" not in given.told
    assert "Make room" not in given.told
    assert early_world.files()[FILE_NAME] == before[FILE_NAME]
    assert early_world.files().keys() - before.keys() <= {"run.lock", "tokens.lock"}


def test_it_is_made_anew_as_the_message_says_and_what_a_person_decided_is_listed(
    early_world: KeptWorld,
) -> None:
    before, old = early_world.books(), early_world.files()[FILE_NAME]
    told = early_world.give("status").told
    rebuilt = early_world.give("doctor", "--rebuild")
    finished = early_world.give("run")

    assert "dinero-sync doctor --rebuild" in told.replace(
        f" -c {early_world.folder}/config.yaml", ""
    )
    assert rebuilt.status in {0, 3}, rebuilt.told
    assert f"skip {early_world.names['skipped']}" in rebuilt.told
    assert "booked by hand" in rebuilt.told
    assert finished.status == 3
    assert early_world.books() == before
    assert old in early_world.files().values(), "the old file is kept"


def test_once_it_is_moved_away_a_run_finds_what_was_booked_and_doubles_nothing(
    early_world: KeptWorld,
) -> None:
    before = early_world.books()
    (early_world.state / FILE_NAME).rename(early_world.folder / "moved away")
    given = early_world.give("run")

    with closing(open_copy(early_world.state)) as db:
        stands = {name: orders.load(db, order_id) for name, order_id in early_world.names.items()}
    assert given.status == 3
    assert early_world.books() == before
    assert {name: str(record and record.standing) for name, record in stands.items()} == {
        "paid": "done",
        "held": "held",
        "skipped": "held",
    }
