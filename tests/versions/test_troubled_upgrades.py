"""What may be wrong with a folder of an earlier version, or happen while it is brought up."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from kept_worlds import KeptWorld
from make_folders import installed

from dinero_sync.errors import StateError
from dinero_sync.journal import database
from dinero_sync.journal.database import FILE_NAME, open_journal
from dinero_sync.journal.schema import VERSION
from dinero_sync.journal.schema import version as version_of

pytestmark = pytest.mark.slow

COPY = f"{FILE_NAME}.version-1"


def is_version_1(world: KeptWorld) -> bool:
    """Tell whether the journal is what the earlier version wrote, whole."""
    with closing(sqlite3.connect(world.state / FILE_NAME)) as db:
        (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
        return version_of(db) == 1 and str(verdict) == "ok"


def overwrite_root_page_of(table: str, journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    with journal.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


@pytest.mark.parametrize("table", ["orders", "effects", "bodies"])
def test_a_damaged_one_is_told_as_damaged_and_made_anew_with_what_people_decided(
    first_world: KeptWorld, table: str
) -> None:
    overwrite_root_page_of(table, first_world.state / FILE_NAME)
    before = first_world.books()
    refused = first_world.give("run")
    rebuilt = first_world.give("doctor", "--rebuild")
    finished = first_world.give("run")

    assert refused.status == 70
    assert "doctor --rebuild" in refused.told
    assert f"skip {first_world.names['skipped']}" in rebuilt.told
    assert finished.status in {3, 4}
    after = first_world.books()["invoices"]
    assert after.keys() >= before["invoices"].keys()
    assert max(payments for _, payments, _ in after.values()) == 1
    assert max(mailouts for _, _, mailouts in after.values()) == 1


def limit_file_sizes_to(size: int) -> Callable[[], None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.3, 1.2], ids=["the copy", "the change"])
def test_without_room_the_first_version_stays_whole_and_the_room_is_told(
    first_world: KeptWorld, share: float
) -> None:
    journal = first_world.state / FILE_NAME
    unlimited = limit_file_sizes_to(int(journal.stat().st_size * share) // 4096 * 4096)
    try:
        with pytest.raises(StateError) as refused:
            open_journal(first_world.state)
    finally:
        unlimited()

    assert str(journal) in str(refused.value)
    assert "About 2 MB are needed" in str(refused.value)
    assert is_version_1(first_world)
    assert not list(first_world.state.glob(".*new*"))
    assert first_world.give("run").status == 3


def test_half_a_copy_of_a_killed_process_is_in_nobodys_way(first_world: KeptWorld) -> None:
    for name in (f".{FILE_NAME}.new", f".{FILE_NAME}.new-journal"):
        (first_world.state / name).write_bytes(b"half of it")

    assert first_world.give("run").status == 3
    assert not list(first_world.state.glob(".*new*"))


@pytest.mark.parametrize("dies_in", ["_keep_copy", "migrate"])
def test_a_death_on_the_way_leaves_it_to_the_next_command(
    first_world: KeptWorld, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(database, dies_in, die)
        with pytest.raises(KeyboardInterrupt):
            open_journal(first_world.state)

    assert is_version_1(first_world)
    assert first_world.give("run").status == 3
    assert (first_world.state / COPY).exists()


def test_the_copy_put_back_goes_on_and_doubles_nothing(first_world: KeptWorld) -> None:
    """Going back to the earlier program works that way, and so does coming again."""
    first_world.give("run")
    after = first_world.books()
    (first_world.state / COPY).replace(first_world.state / FILE_NAME)
    again = first_world.give("run")

    assert again.status == 3
    assert first_world.books() == after
    assert first_world.give("verify").status == 0


def test_the_copy_is_removed_for_its_age(first_world: KeptWorld) -> None:
    first_world.give("run")
    first_world.give("run")
    kept = (first_world.state / COPY).exists()
    long_ago = first_world.sandbox.now().timestamp() - 91 * 24 * 3600
    os.utime(first_world.state / COPY, (long_ago, long_ago))
    tomorrow = first_world.sandbox.settings.clock_shift_seconds + 25 * 3600
    first_world.sandbox.change_settings(clock_shift_seconds=tomorrow)
    first_world.give("run")

    assert kept
    assert not (first_world.state / COPY).exists()


def test_the_new_file_says_that_it_is_of_a_version_that_earlier_ones_refuse(
    first_world: KeptWorld,
) -> None:
    """Versions 0.1 and 0.2 refuse, with 70, what says that it is of a version above 1."""
    first_world.give("run")
    with closing(sqlite3.connect(first_world.state / FILE_NAME)) as db:
        assert version_of(db) == VERSION > 1


@pytest.mark.slow
def test_an_earlier_program_refuses_the_new_file(first_world: KeptWorld, tmp_path: Path) -> None:
    first_world.give("run")
    python = installed("c93610b", tmp_path)
    config = str(first_world.folder / "config.yaml")
    given = subprocess.run(
        [python, "-m", "dinero_sync", "-c", config, "run"],
        check=False,
        cwd=first_world.folder,
        capture_output=True,
        text=True,
    )

    assert given.returncode == 70
    assert "written by a newer version" in given.stderr


def test_a_plan_that_is_no_json_ends_no_command(first_world: KeptWorld) -> None:
    paid = first_world.names["died before its payment"]
    draft = first_world.names["died before its booking"]
    with closing(sqlite3.connect(first_world.state / FILE_NAME)) as db:
        db.execute("UPDATE orders SET plan = '{' WHERE order_id IN (?, ?)", (paid, draft))
        db.commit()

    assert first_world.give("run").status == 3
    invoices = first_world.books()["invoices"].values()
    assert {payments for booked, payments, _ in invoices if booked} == {0, 1}
    assert first_world.give("run").status == 3
