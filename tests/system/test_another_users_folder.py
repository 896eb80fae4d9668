"""A command that isn't given as the state folder's user is refused, and which to give is said."""

import shlex
from pathlib import Path

import pytest
from desk import Desk
from other_user import UID, give, only_root

pytestmark = only_root
REFUSED = [
    ("run",),
    ("run", "--since", "2026-12-01", "--dry-run"),
    ("plan", "-o", "a plan.json"),
    ("doctor",),
    ("doctor", "--rebuild"),
    ("rules", "check"),
    ("connect", "--no-browser"),
    ("retry", "4815162", "#10427"),
    ("retry", "--all"),
    ("resolve", "4815162"),
    ("book", "--all"),
    ("adopt", "4815162"),
    ("notify", "watch"),
]
READING = [
    ("status",),
    ("status", "--json"),
    ("show", "{order}"),
    ("explain", "{order}"),
    ("verify",),
    ("margin", "--from", "2026-10-01", "--to", "2026-12-31"),
    ("rules", "replay", "--since", "2026-12-01"),
]


def named(arguments: tuple[str, ...]) -> str:
    """Write a command with its options by their long names, as it is given back."""
    return shlex.join("--output" if each == "-o" else each for each in arguments)


def state_of(desk: Desk) -> dict[Path, tuple[int, bytes]]:
    files = [path for path in desk.state.rglob("*") if path.is_file()]
    return {path: (path.stat().st_uid, path.read_bytes()) for path in files}


@pytest.fixture
def another_users(desk: Desk, one_order: int) -> Desk:
    """Return a desk after a run whose state folder is another user's."""
    assert desk.run("run").outcomes == {one_order: "booked"}
    give(desk.state)
    return desk


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_root_is_told_the_command_to_give_instead(
    another_users: Desk, arguments: tuple[str, ...]
) -> None:
    before = state_of(another_users)

    refused = another_users.run("-c", "config.yaml", *arguments)

    assert refused.status == 70
    assert f"belongs to #{UID}, and this command runs as root" in refused.message
    instead = f"sudo -u '#{UID}' dinero-sync -c config.yaml {named(arguments)}\n"
    assert instead in refused.message
    assert state_of(another_users) == before


def test_init_asks_dinero_with_no_connection_that_it_would_have_to_keep_there(
    another_users: Desk,
) -> None:
    (another_users.state / "tokens.json").unlink()

    refused = another_users.run("-c", "config.yaml", "init", "-o", "new.yaml", "--yes")

    assert refused.status == 70
    assert "dinero-sync -c config.yaml init --output new.yaml --yes" in refused.message


def test_what_a_person_wrote_isnt_told_again(another_users: Desk) -> None:
    refused = another_users.run("skip", "4815162", "--reason", "Asta moved away")

    assert "dinero-sync skip 4815162 --reason TEXT" in refused.message
    assert "Asta" not in refused.stderr


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_root_may_read_there(
    another_users: Desk, one_order: int, arguments: tuple[str, ...]
) -> None:
    before = state_of(another_users)

    read = another_users.run(*(each.format(order=one_order) for each in arguments))

    assert read.status == 0
    assert state_of(another_users) == before


def test_a_folder_that_root_left_to_nobody_is_used_by_root(desk: Desk, one_order: int) -> None:
    desk.state.mkdir(mode=0o700)

    assert desk.run("run").outcomes == {one_order: "booked"}
