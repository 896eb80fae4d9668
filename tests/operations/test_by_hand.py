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
[ "$*" = "--reuid dinero-sync --regid dinero-sync --init-groups test -x $(pwd -P)" ] || exit 9
exit "$MAY_ENTER"
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
    tmp_path: Path, *arguments: str, may_enter: bool = True
) -> subprocess.CompletedProcess[str]:
    """Call a copy that looks for the secrets in the test's folder."""
    copied = tmp_path / "dinero-sync"
    text = BY_HAND.read_text(encoding="utf-8")
    copied.write_text(text.replace(CREDENTIALS, str(tmp_path / "credentials")), encoding="utf-8")
    for name, script in {"systemd-run": SYSTEMD_RUN, "setpriv": SETPRIV}.items():
        starter = tmp_path / name
        starter.write_text(script, encoding="utf-8")
        starter.chmod(0o700)
    return subprocess.run(
        ["/bin/sh", copied, *arguments],
        env={
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "MAY_ENTER": "0" if may_enter else "1",
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


def test_without_secrets_it_says_how_to_call_it_and_starts_nothing(tmp_path: Path) -> None:
    called = call(tmp_path, "status")

    assert called.returncode == 78
    assert called.stdout == ""
    assert "sudo dinero-sync status" in called.stderr


def test_it_works_in_the_folder_of_the_person_and_hides_no_file_from_them(
    tmp_path: Path, credentials: Path
) -> None:
    words = call(tmp_path, "plan", "-o", "plan.json").stdout.splitlines()

    assert credentials.is_dir()
    assert "--same-dir" in words
    assert not {word for word in words if "PrivateTmp" in word or "ProtectHome" in word}
    assert "--property=ProtectSystem=strict" not in words, "nothing could be written anywhere"


def test_in_a_folder_that_its_user_can_not_enter_it_looks_and_says_so(
    tmp_path: Path, credentials: Path
) -> None:
    words = call(tmp_path, "status", may_enter=False).stdout.splitlines()

    assert credentials.is_dir()
    assert "--working-directory=/" in words
    assert "--same-dir" not in words


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "-o", "plan.json"],
        ["plan", "--output=plan.json"],
        ["apply", "plan.json"],
        ["rules", "test", "examples.yaml"],
        ["init"],
    ],
    ids=" ".join,
)
def test_a_file_in_a_folder_that_its_user_can_not_enter_is_refused(
    tmp_path: Path, credentials: Path, arguments: list[str]
) -> None:
    called = call(tmp_path, *arguments, may_enter=False)

    assert credentials.is_dir()
    assert (called.returncode, called.stdout) == (78, "")
    assert f"can't enter {tmp_path}" in called.stderr
    assert "cd /srv/dinero-sync" in called.stderr
