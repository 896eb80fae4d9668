"""Nothing under cron/ gives a secret away, or belongs to one machine."""

import re
from pathlib import Path

import pytest
from operations_files import CRONTAB, README, SCRIPTS, UNITS

FILES = (*UNITS, *SCRIPTS, CRONTAB, README)
SECRET_WITH_VALUE = re.compile(
    r"(?:_key|secret|token|password|client_id)\w*['\"]?\s*[:=]\s*(?P<value>[^\s|]+)", re.IGNORECASE
)
EMPTY_LINE = "\\n"
PATH = re.compile(r"(?<![\w./:{}*-])/[a-z][\w./-]*")
PLACES = (
    "/bin",
    "/dev",
    "/etc/dinero-sync",
    "/etc/systemd/system",
    "/opt/dinero-sync",
    "/proc",
    "/run/dinero-sync",
    "/root",  # named as a folder that the service's user can't enter
    "/srv/dinero-sync",
    "/tmp",  # noqa: S108 - looked for in a text, never written
    "/usr/bin",
    "/usr/local/sbin",
    "/usr/sbin",
    "/usr/lib/",  # of the Debian package
    "/var/lib/dinero-sync",
    "/var/log/syslog",
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_secret_is_referred_to_and_never_written(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    values = [match["value"] for match in SECRET_WITH_VALUE.finditer(text)]
    harmless = ("/etc/", "${", "api_key", EMPTY_LINE)
    written = [value for value in values if not value.startswith(harmless)]

    assert written == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_paths_are_those_of_every_machine(file: Path) -> None:
    paths = PATH.findall(file.read_text(encoding="utf-8"))
    strange = [path for path in paths if not path.startswith(PLACES)]

    assert strange == []


def test_a_secret_that_is_written_would_be_found() -> None:
    assert SECRET_WITH_VALUE.search("SHOPORAMA_API_KEY=abc123")
    assert PATH.findall("cd /home/anna/shop") == ["/home/anna/shop"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_scripts_can_be_started(script: Path) -> None:
    assert script.stat().st_mode & 0o111 == 0o111
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
