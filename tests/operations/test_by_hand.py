"""A command called by hand works as the service does: same user, state folder and secrets."""

import os
import subprocess
from pathlib import Path

import pytest
from operations_files import BY_HAND, PROGRAM, SERVICE, settings_of, values_of

CREDENTIALS = "/etc/dinero-sync/credentials"
SAME_AS_THE_SERVICE = (
    "User",
    "Group",
    "StateDirectory",
    "StateDirectoryMode",
    "UMask",
    "NoNewPrivileges",
    "LimitCORE",
)
SETPRIV = """#!/bin/sh
case "$*" in
"--reuid dinero-sync --regid dinero-sync --init-groups test -x $(pwd -P)") exit "$MAY_ENTER" ;;
"--reuid dinero-sync --regid dinero-sync --init-groups test -x $(pwd -P)/credentials")
    exit "$MAY_READ" ;;
"--reuid dinero-sync --regid dinero-sync --init-groups --no-new-privs env -i "*)
    printf '%s\\n' "$@" ;;
*) exit 9 ;;
esac
"""
ROOT_S_ID = """#!/bin/sh
echo 0
"""
SYSTEMD_RUN = """#!/bin/sh
printf '%s\\n' "$@"
exit 3
"""


@pytest.fixture
def credentials(tmp_path: Path) -> Path:
    folder = tmp_path / "credentials"
    folder.mkdir()
    for name in ("dinero_client_id", "shoporama_api_key"):
        (folder / name).write_text("invented", encoding="utf-8")
    return folder


def call(
    tmp_path: Path,
    *arguments: str,
    may_enter: bool = True,
    may_read: bool = False,
    has_systemd: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Call a copy that looks for the secrets, and for systemd, in the test's folder."""
    copied = tmp_path / "dinero-sync"
    text = BY_HAND.read_text(encoding="utf-8")
    text = text.replace(CREDENTIALS, str(tmp_path / "credentials"))
    there = tmp_path if has_systemd else tmp_path / "nowhere"
    copied.write_text(text.replace("/run/systemd/system", str(there)), encoding="utf-8")
    programs = {"systemd-run": SYSTEMD_RUN, "setpriv": SETPRIV, "id": ROOT_S_ID}
    for name, script in programs.items():
        starter = tmp_path / name
        starter.write_text(script, encoding="utf-8")
        starter.chmod(0o700)
    return subprocess.run(
        ["/bin/sh", copied, *arguments],
        env={
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "MAY_ENTER": "0" if may_enter else "1",
            "MAY_READ": "0" if may_read else "1",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_is_handed_on_word_by_word_with_its_exit_status(
    tmp_path: Path, credentials: Path
) -> None:
    called = call(tmp_path, "skip", "#10427", "--reason", "booked by hand")
    words = called.stdout.splitlines()

    assert credentials.is_dir()
    assert words[words.index(PROGRAM) :] == [
        PROGRAM, "skip", "#10427", "--reason", "booked by hand",
    ]  # fmt: skip
    assert called.returncode == 3


def test_every_secret_is_loaded_and_none_is_shown(tmp_path: Path, credentials: Path) -> None:
    called = call(tmp_path, "status")
    loaded = [word for word in called.stdout.splitlines() if "LoadCredential" in word]

    assert sorted(loaded) == [
        f"--property=LoadCredential={path.name}:{path}" for path in sorted(credentials.iterdir())
    ]
    assert "invented" not in called.stdout + called.stderr


def test_it_runs_as_the_service_does(tmp_path: Path, credentials: Path) -> None:
    words = call(tmp_path, "status").stdout.splitlines()
    service = dict(settings_of(SERVICE, "Service"))

    assert credentials.is_dir()
    for key in SAME_AS_THE_SERVICE:
        assert f"--property={key}={service[key]}" in words
    for variable in values_of(SERVICE, "Service", "Environment"):
        assert f"--setenv={variable.strip(chr(34))}" in words
    assert "--wait" in words, "without it the exit status is lost"


def test_without_secrets_it_says_where_they_go_and_starts_nothing(tmp_path: Path) -> None:
    called = call(tmp_path, "status")

    assert (called.returncode, called.stdout) == (78, "")
    assert "No secret can be read" in called.stderr


def test_secrets_of_its_user_are_named_and_init_alone_may_write_them(tmp_path: Path) -> None:
    status = call(tmp_path, "status", may_read=True).stdout.splitlines()
    init = call(tmp_path, "init", may_read=True).stdout.splitlines()

    named = f"--setenv=CREDENTIALS_DIRECTORY={tmp_path / 'credentials'}"
    assert named in status
    assert named in init
    writes = "--property=ReadWritePaths=/etc/dinero-sync"
    assert (writes in status, writes in init) == (False, True)


def test_where_no_systemd_is_at_work_it_is_the_same_user_with_the_same_folders(
    tmp_path: Path,
) -> None:
    words = call(tmp_path, "run", "--dry-run", has_systemd=False).stdout.splitlines()

    assert words[words.index(PROGRAM) :] == [PROGRAM, "run", "--dry-run"]
    for variable in values_of(SERVICE, "Service", "Environment"):
        assert variable.strip('"') in words
    assert "STATE_DIRECTORY=/var/lib/dinero-sync" in words
    assert f"CREDENTIALS_DIRECTORY={tmp_path / 'credentials'}" in words
    assert "--wait" not in words, "that would be systemd's"


def test_who_is_not_root_is_told_to_use_sudo(tmp_path: Path) -> None:
    text = BY_HAND.read_text(encoding="utf-8").replace("$(id -u)", "1000")
    copied = tmp_path / "dinero-sync"
    copied.write_text(text, encoding="utf-8")

    called = subprocess.run(
        ["/bin/sh", copied, "status"], capture_output=True, text=True, check=False
    )

    assert (called.returncode, called.stdout) == (78, "")
    assert "sudo dinero-sync status" in called.stderr


def test_it_works_in_the_folder_of_the_person_and_hides_no_file_from_them(
    tmp_path: Path, credentials: Path
) -> None:
    words = call(tmp_path, "plan", "-o", "plan.json").stdout.splitlines()

    assert credentials.is_dir()
    assert f"--working-directory={tmp_path}" in words
    assert not {word for word in words if "PrivateTmp" in word or "ProtectHome" in word}
    assert "--property=ProtectSystem=strict" not in words, "nothing could be written anywhere"


def test_in_a_folder_that_its_user_can_not_enter_it_looks_and_says_so(
    tmp_path: Path, credentials: Path
) -> None:
    words = call(tmp_path, "status", may_enter=False).stdout.splitlines()

    assert credentials.is_dir()
    assert "--working-directory=/" in words


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "-o", "plan.json"],
        ["plan", "--output=plan.json"],
        ["apply", "plan.json"],
        ["apply", "--table", "./plan"],
        ["rules", "test", "examples.yaml"],
        ["rules", "test", "--json", "plan.yaml"],
        ["-c", "plan.yaml", "status"],
        ["bills", "plan.yaml"],
        ["payouts", "/srv/day.csv", "--statement", "plan.yaml"],
        ["settlements", "test", "settlements"],
        ["reconcile", "--html", "page.html"],
        ["reconcile", "--html=page.html"],
        ["state", "export", "decisions"],
        ["sandbox", "--write", "rehearsal.yaml"],
        ["init", "--answers=answers.yaml"],
        ["init", "-o", "config.yaml"],
    ],
    ids=" ".join,
)
def test_a_file_in_a_folder_that_its_user_can_not_enter_is_refused(
    tmp_path: Path, credentials: Path, arguments: list[str]
) -> None:
    for name in ("plan", "plan.yaml"):
        (tmp_path / name).touch()
    called = call(tmp_path, *arguments, may_enter=False)

    assert credentials.is_dir()
    assert (called.returncode, called.stdout) == (78, "")
    assert "with its whole path" in called.stderr
    assert f"can't enter {tmp_path}" in called.stderr
    assert "cd /srv/dinero-sync" in called.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "-o", "/srv/plan.json"],
        ["plan", "-o/srv/plan.json"],
        ["plan", "--output=/srv/plan.json"],
        ["apply", "/srv/plan.json"],
        ["rules", "test", "/srv/examples.yaml", "--json"],
        ["bills", "/srv/invoice.pdf"],
        ["state", "import", "/srv/decisions.json"],
        ["export", "beancount", "-o", "/srv/q4.beancount"],
        ["notify", "test"],
        ["credit", "4815162", "--amount", "50.00", "--reason", "too late."],
    ],
    ids=" ".join,
)
def test_a_file_with_its_whole_path_is_named_from_anywhere(
    tmp_path: Path, credentials: Path, arguments: list[str]
) -> None:
    called = call(tmp_path, *arguments, may_enter=False)

    assert credentials.is_dir()
    assert called.returncode == 3
    assert "--working-directory=/" in called.stdout.splitlines()
