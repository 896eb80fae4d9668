"""What only the owner may see: the state folder, secrets, and the buyers' personal data.

:meth:`desk.Desk.checked` asks the same after every command of these tests; here it is shown that
it would notice, and what a single command can't show.
"""

import os
from pathlib import Path

import pytest
from desk import Desk, wait_until
from invented_sales import an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess
from told_secrets import PERSONAL_DATA, SECRETS, found_in, open_to_others, tokens_in

from dinero_sync.sandbox import credentials


def test_the_state_folder_and_all_in_it_belong_to_the_owner_alone(
    desk: Desk, one_order: int
) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}

    names = {path.name for path in desk.state.iterdir()}
    assert names >= {"journal.sqlite3", "tokens.json", "watermark.json"}
    assert open_to_others(desk.state) == []


def test_a_generous_umask_opens_nothing(desk: Desk, one_order: int) -> None:
    before = os.umask(0)
    try:
        run = desk.run("run")
    finally:
        os.umask(before)

    assert run.outcomes == {one_order: "booked"}
    assert open_to_others(desk.state) == []


def test_a_state_folder_that_was_open_is_closed(desk: Desk, one_order: int) -> None:
    desk.state.mkdir(mode=0o755)
    desk.state.chmod(0o755)

    run = desk.run("run")

    assert run.outcomes == {one_order: "booked"}
    assert open_to_others(desk.state) == []


def test_an_open_file_would_be_noticed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    file = tmp_path / "journal.sqlite3"
    file.touch(mode=0o600)
    assert open_to_others(tmp_path) == []

    file.chmod(0o640)

    assert open_to_others(tmp_path) == [str(file)]


def test_a_told_secret_would_be_noticed(desk: Desk, one_order: int) -> None:
    desk.run("run")
    told = [credentials.SHOP_TOKEN, *tokens_in(desk.state)]

    assert len(told) > 1, f"order {one_order} needed an access token"
    for secret in told:
        with pytest.raises(AssertionError):
            desk.checked(0, f"the key is {secret}", "")


def test_a_logged_name_would_be_noticed(desk: Desk) -> None:
    with pytest.raises(AssertionError):
        desk.checked(0, "", '{"event": "sold", "message": "to Asta Nørgaard"}')


@pytest.mark.parametrize("arguments", [("-v", "run"), ("-v", "run", "--dry-run")], ids=" ".join)
def test_the_most_talkative_log_names_nobody(
    desk: Desk, sandbox: SandboxProcess, arguments: tuple[str, ...]
) -> None:
    sandbox.sell(an_order(), an_order_that_does_not_add_up(1))

    run = desk.run(*arguments)

    assert run.events
    assert found_in(run.stderr, [*PERSONAL_DATA, *SECRETS]) == []


def test_no_process_has_a_secret_in_its_command_line(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    sandbox.add_fault("hang_before", {"service": "dinero", "method": "POST"}, seconds=60)
    process = desk.start("run")
    wait_until(sandbox.met_a_fault)

    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    variables = Path(f"/proc/{process.pid}/environ").read_bytes()
    process.kill()
    desk.end_of(process)

    secrets = [*SECRETS, *tokens_in(desk.state)]
    assert len(secrets) > len(SECRETS), f"order {one_order} needed an access token"
    told = b"\n".join([*lines, variables]).decode(errors="replace")
    assert str(desk.folder) in told
    assert found_in(told, secrets) == []
