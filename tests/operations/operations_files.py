"""The files under cron/, and how they are read."""

import re
from pathlib import Path

CRON = Path(__file__).parents[2] / "cron"
SERVICE = CRON / "dinero-sync.service"
TIMER = CRON / "dinero-sync.timer"
FAILED = CRON / "dinero-sync-failed@.service"
WATCH = CRON / "dinero-sync-watch.service"
WATCH_TIMER = CRON / "dinero-sync-watch.timer"
UNITS = (SERVICE, TIMER, WATCH, WATCH_TIMER, FAILED)
CRONTAB = CRON / "crontab.example"
REPORT_FAILURE = CRON / "dinero-sync-report-failure"
BY_HAND = CRON / "dinero-sync-by-hand"
SCRIPTS = (REPORT_FAILURE, BY_HAND)
README = CRON / "README.md"
PROGRAM = "/opt/dinero-sync/bin/dinero-sync"

CRONTAB_VARIABLE = re.compile(r"[A-Z_]+=")
FENCED_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
INLINE_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
REFERENCE_TO_CREDENTIAL = re.compile(r"\$\{credential:(\w+)\}")


def settings_of(unit: Path, section: str) -> list[tuple[str, str]]:
    """Return the keys and values of a section, in order; a key may come more than once."""
    found: list[tuple[str, str]] = []
    current = ""
    for line in unit.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif line and not line.startswith("#") and current == section:
            key, _, value = line.partition("=")
            found.append((key, value))
    return found


def values_of(unit: Path, section: str, key: str) -> list[str]:
    return [value for name, value in settings_of(unit, section) if name == key]


def minutes_of(unit: Path, section: str, key: str) -> int:
    """Return the one value of ``key``, a whole number of minutes like ``40min``."""
    (value,) = values_of(unit, section, key)
    return int(value.removesuffix("min"))


def crontab_jobs() -> list[str]:
    lines = CRONTAB.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#" and not CRONTAB_VARIABLE.match(line)]


def crontab_variables() -> dict[str, str]:
    lines = CRONTAB.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if CRONTAB_VARIABLE.match(line))
    return {name: value for name, _, value in pairs}


def scheduled_commands() -> list[str]:
    """Return the command lines that systemd and cron start."""
    return [
        *values_of(SERVICE, "Service", "ExecStart"),
        *values_of(WATCH, "Service", "ExecStart"),
        *(job.split(maxsplit=5)[5] for job in crontab_jobs()),
    ]


def commands_to_paste() -> list[str]:
    """Return what the README and the failure report tell a person to call."""
    text = README.read_text(encoding="utf-8")
    shown = [line for block in FENCED_SHELL.findall(text) for line in block.splitlines()]
    shown += [" ".join(code.split()) for code in INLINE_CODE.findall(text)]
    report = REPORT_FAILURE.read_text(encoding="utf-8")
    shown += re.findall(r"sudo dinero-sync .*", report)
    return [line for line in shown if arguments_of(line)]


def arguments_of(command_line: str) -> list[str]:
    """Return what follows dinero-sync as a command; nothing where the line doesn't call it."""
    words = re.split(r" \d?>| \|", command_line)[0].split()
    while words and words[0] in {"sudo", "-u"}:
        words = words[2:] if words[0] == "-u" else words[1:]
    return words[1:] if words and words[0] in {"dinero-sync", PROGRAM} else []
