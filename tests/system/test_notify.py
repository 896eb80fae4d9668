"""Each kind of trouble is heard once by every channel, and its end too; what passes is not."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk import Desk, Finished
from filelock import FileLock
from hearers import MailServer, WebServer, mail_server, program_that_keeps, web_server
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from other_user import give, only_root
from sandbox_process import SandboxProcess
from told_secrets import PERSONAL_DATA, found_in

BOOKING = {"service": "dinero", "method": "POST", "path": "*/book"}
DAY = 24.0
A_SECOND = 1 / 3600


@pytest.fixture(scope="module")
def mails_of_all() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def web_of_all() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@dataclass
class Heard:
    """What was heard since it was asked for last."""

    mails: list[str] = field(default_factory=list)
    """Their subjects, without the shop."""
    commands: list[str] = field(default_factory=list)
    """What was news, for programs."""
    apprise: list[str] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)


@dataclass
class Hearer:
    """A desk with every channel, and what comes of them."""

    desk: Desk
    sandbox: SandboxProcess
    mails: MailServer
    web: WebServer

    def configure(self, **changes: object) -> None:
        """Write a configuration with every channel; dots of keys are written as __."""
        url = self.web.url
        channels = {
            "mail": {"to": "you@example.com", "server": f"127.0.0.1:{self.mails.port}"},
            "command": program_that_keeps(self.desk.folder),
            "apprise": url.replace("http", "json"),
            "ping": f"{url}/ping",
            "prometheus": str(self.desk.folder / "shop.prom"),
        }
        named = {name.replace("__", "."): value for name, value in changes.items()}
        self.desk.configure(self.sandbox, {"notify": channels, "language": "en", **named})

    def heard(self) -> Heard:
        """Return what came since this was asked last."""
        environments = sorted(self.desk.folder.glob("env.*"))
        told = [each.read_text(encoding="utf-8") for each in environments]
        found = Heard(
            mails=[each["Subject"].split(": ", 1)[1] for each in self.mails.mails],
            commands=[
                re.findall(r"^DINERO_SYNC_NEWS=(.*)$", each, re.MULTILINE)[0] for each in told
            ],
            apprise=[each["title"].split(": ", 1)[1] for each in self.web.posted],
            pings=[each.removeprefix("/ping") for each in self.web.paths],
        )
        for each in (*environments, *self.desk.folder.glob("said.*")):
            each.unlink()
        for kept in (self.mails.mails, self.web.posted, self.web.paths):
            kept.clear()
        return found

    def run(self, *, later: float = 0.0, command: tuple[str, ...] = ("run",)) -> Finished:
        return self.desk.run(*command, hours_later=later)


@pytest.fixture
def hearer(
    desk: Desk, sandbox: SandboxProcess, mails_of_all: MailServer, web_of_all: WebServer
) -> Hearer:
    mails_of_all.answer = "250 OK"
    web_of_all.status = 200
    found = Hearer(desk, sandbox, mails_of_all, web_of_all)
    found.heard()
    found.configure()
    return found


@contextmanager
def configured(hearer: Hearer, **changes: object) -> Iterator[None]:
    hearer.configure(**changes)
    yield
    hearer.configure()


def refused_key(hearer: Hearer) -> AbstractContextManager[None]:
    return configured(hearer, shoporama__api_key="wrong")


def refused_configuration(hearer: Hearer) -> AbstractContextManager[None]:
    return configured(hearer, posting__sales_account="none")


def no_time(hearer: Hearer) -> AbstractContextManager[None]:
    return configured(hearer, sync__deadline_minutes=0.0001)


@contextmanager
def damaged_journal(hearer: Hearer) -> Iterator[None]:
    journal = hearer.desk.state / "journal.sqlite3"
    content = journal.read_bytes()
    journal.write_bytes(b"damaged" * 1000)
    yield
    journal.write_bytes(content)


@contextmanager
def held_order(hearer: Hearer) -> Iterator[None]:
    hearer.sandbox.sell(an_order_that_does_not_add_up())
    yield
    hearer.desk.run("skip", str(FIRST_ORDER_ID), "--reason", "made by hand")


@contextmanager
def lost_answers(hearer: Hearer) -> Iterator[None]:
    hearer.sandbox.sell(an_order())
    hearer.sandbox.add_fault("reset_before", BOOKING, times=None)
    yield
    hearer.sandbox.ask("DELETE", "faults")


@contextmanager
def hanging_run(hearer: Hearer) -> Iterator[None]:
    lock = hearer.desk.state / "run.lock"
    long_ago = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    told = {"pid": os.getpid(), "host": "shop", "since": long_ago, "until": long_ago}
    with FileLock(lock):
        lock.write_text(json.dumps(told), encoding="utf-8")
        yield


@contextmanager
def ending_connection(hearer: Hearer) -> Iterator[None]:
    hearer.sandbox.sell(an_order())
    hearer.run()
    hearer.heard()
    tokens = hearer.desk.state / "tokens.json"
    before = tokens.read_text(encoding="utf-8")
    soon = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    tokens.write_text(json.dumps({**json.loads(before), "refresh_expires_at": soon}), "utf-8")
    yield
    tokens.write_text(before, encoding="utf-8")


@contextmanager
def no_timer(_: Hearer) -> Iterator[None]:
    yield


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A kind of trouble, and what is to be heard of it."""

    begin: Callable[[Hearer], AbstractContextManager[None]]
    status: int
    news: str
    subject: str
    pings: list[str]
    end: str = "works_again over"
    subject_at_the_end: str = "it works again"
    later: float = 0.0
    command: tuple[str, ...] = ("run",)


FAIL = "runs fail, and orders wait"
OVER = "nothing waits for you any more"
TROUBLES = {
    "key": Trouble(
        begin=refused_key,
        status=77,
        news="last_run_failed",
        subject=FAIL,
        pings=["/start", "/77"],
    ),
    "configuration": Trouble(
        begin=refused_configuration,
        status=78,
        news="last_run_failed",
        subject=FAIL,
        pings=["/78"],
    ),
    "state folder": Trouble(
        begin=damaged_journal,
        status=70,
        news="last_run_failed",
        subject=FAIL,
        pings=["/70"],
    ),
    "lasting": Trouble(
        begin=no_time,
        status=75,
        later=7,
        news="no_run_ends_well",
        subject="no run ends well, and orders wait",
        pings=["/start", "/75"],
    ),
    "hanging": Trouble(
        begin=hanging_run,
        status=75,
        news="stuck_run",
        subject="a run hangs, and orders wait",
        pings=["/75"],
    ),
    "held": Trouble(
        begin=held_order,
        status=3,
        news="held",
        subject="1 thing needs you",
        pings=["/start", "/3"],
        end="over",
        subject_at_the_end=OVER,
    ),
    "doubt": Trouble(
        begin=lost_answers,
        status=4,
        news="in_doubt",
        subject="1 thing is in doubt",
        pings=["/start", "/4"],
        end="over",
        subject_at_the_end=OVER,
    ),
    "connection": Trouble(
        begin=ending_connection,
        status=0,
        news="connection_expires",
        subject="the connection to Dinero ends",
        pings=["/start", ""],
    ),
    "silence": Trouble(
        begin=no_timer,
        status=3,
        later=2 * DAY,
        command=("notify", "watch"),
        news="no_run_lately",
        subject="no run comes any more, and orders wait",
        pings=[],
    ),
}
SLOW = {"configuration", "state folder", "hanging", "doubt", "connection", "lasting"}


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(each, marks=pytest.mark.slow if name in SLOW else (), id=name)
        for name, each in TROUBLES.items()
    ],
)
def test_every_trouble_is_heard_once_on_every_channel_and_its_end_too(
    hearer: Hearer, trouble: Trouble
) -> None:
    hearer.run()
    before = hearer.heard()
    with trouble.begin(hearer):
        began = hearer.run(later=trouble.later, command=trouble.command)
        heard = hearer.heard()
        again = hearer.run(later=trouble.later, command=trouble.command)
        heard_again = hearer.heard()
    well = hearer.run(later=trouble.later)
    at_the_end = hearer.heard()
    hearer.run(later=trouble.later)

    assert before == Heard(pings=["/start", ""])
    assert (began.status, again.status) == (trouble.status, trouble.status)
    assert heard == Heard(
        mails=[trouble.subject],
        commands=[trouble.news],
        apprise=[trouble.subject],
        pings=trouble.pings,
    )
    assert heard_again == Heard(pings=trouble.pings)
    assert well.status == 0
    assert at_the_end == Heard(
        mails=[trouble.subject_at_the_end],
        commands=[trouble.end],
        apprise=[trouble.subject_at_the_end],
        pings=["/start", ""],
    )
    assert hearer.heard() == Heard(pings=["/start", ""])
    assert well.events_named("notify.failed") == []


def test_what_passes_by_itself_is_heard_by_nobody_and_ends_no_alarm(hearer: Hearer) -> None:
    hearer.run()
    with no_time(hearer):
        passing = hearer.run()
    heard = hearer.heard()
    with refused_key(hearer):
        hearer.run()
    with no_time(hearer):
        hearer.run()
    with refused_key(hearer):
        hearer.run()

    assert passing.status == 75
    assert heard == Heard(pings=["/start", "", "/start", ""])
    assert hearer.heard().mails == [FAIL]


def test_the_message_holds_what_status_says_and_nothing_of_a_buyer(hearer: Hearer) -> None:
    with held_order(hearer):
        hearer.run()
        status = hearer.desk.run("status").stdout
        (mail,) = hearer.mails.mails
        text = mail.get_content().replace("\r\n", "\n")
        (told,) = hearer.web.posted

    assert "New since the last message: #10427." in text
    assert status.strip() in text
    assert status.strip() in told["message"]
    kept = [path.read_text(encoding="utf-8") for path in hearer.desk.folder.glob("env.*")]
    assert found_in(text + "".join(kept), PERSONAL_DATA) == []
    figures = (hearer.desk.folder / "shop.prom").read_text(encoding="utf-8")
    assert 'dinero_sync_orders{shop="123456",standing="held"} 1.0' in figures
    assert 'dinero_sync_last_run_exit_code{shop="123456"} 3.0' in figures


def test_a_channel_that_fails_changes_nothing_and_is_told_the_next_time(hearer: Hearer) -> None:
    hearer.mails.answer = "554 you@example.com is unknown"
    hearer.web.status = 500
    with held_order(hearer):
        first = hearer.run()
        hearer.heard()
        hearer.mails.answer = "250 OK"
        hearer.web.status = 200
        second = hearer.run()
        heard = hearer.heard()

    assert (first.status, second.status) == (3, 3)
    failed = {each["service"]: each for each in first.events_named("notify.failed")}
    assert failed.keys() == {"mail", "apprise", "ping"}
    assert all(each["level"] == "warning" for each in failed.values())
    assert "you@example.com" not in first.stderr
    assert hearer.web.url not in first.stderr
    assert (heard.mails, heard.commands) == (["1 thing needs you"], [])


def test_the_owner_hears_it_in_danish(hearer: Hearer) -> None:
    hearer.configure(language="da")
    with held_order(hearer):
        hearer.run()
    (mail,) = hearer.mails.mails

    assert mail["Subject"] == "dinero-sync, 123456: 1 ting skal I se på"
    assert "Nyt siden den seneste besked: #10427." in mail.get_content()


def test_a_trial_shows_what_each_channel_answers(hearer: Hearer) -> None:
    fine = hearer.run(command=("notify", "test"))
    heard = hearer.heard()
    hearer.mails.answer = "450 later"
    later = hearer.run(command=("notify", "test"))
    hearer.mails.answer = "554 never"
    never = hearer.run(command=("notify", "test"))

    assert (fine.status, later.status, never.status) == (0, 75, 78)
    assert heard == Heard(mails=["a trial"], commands=["trial"], apprise=["a trial"], pings=[""])
    for channel in ("mail", "command", "apprise", "ping", "prometheus"):
        assert f"{channel}: told." in fine.stdout
    assert "mail: not told. The mail server 127.0.0.1 refuses the mail" in never.stdout


def test_a_trial_without_channels_says_how_to_begin(desk: Desk) -> None:
    refused = desk.run("notify", "test", "--language", "en")

    assert refused.status == 78
    assert "names no channel" in refused.message


def test_the_watch_says_nothing_while_runs_come(hearer: Hearer) -> None:
    hearer.run()
    hearer.heard()
    watched = hearer.run(command=("notify", "watch"))

    assert (watched.status, watched.stdout) == (0, "")
    assert hearer.heard() == Heard()


def test_what_a_run_leaves_for_its_unit_is_what_it_told(hearer: Hearer, tmp_path: Path) -> None:
    def left(invocation: str) -> dict[str, str]:
        unit = {"RUNTIME_DIRECTORY": str(tmp_path), "INVOCATION_ID": invocation}
        hearer.desk.variables = unit
        hearer.run(later=A_SECOND)
        hearer.desk.variables = {}
        return {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()}

    with held_order(hearer):
        told = left("aa11")
        hearer.mails.answer = "554 never"
        hearer.sandbox.sell(an_order_that_does_not_add_up(1))
        untold = left("bb22")

    assert told.keys() == {"language", "status.aa11", "told.aa11"}
    assert (told["language"], told["told.aa11"]) == ("en\n", "told 3\n")
    assert "1 order needs you" in told["status.aa11"]
    assert untold.keys() == {"language", "status.bb22", "told.bb22"}
    assert untold["told.bb22"] == "untold 3\n"
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o640}


@only_root
def test_who_gives_a_command_on_another_users_folder_tells_nobody_and_leaves_nothing_there(
    hearer: Hearer,
) -> None:
    hearer.run()
    give(hearer.desk.state)
    hearer.heard()
    refused = hearer.run()

    assert refused.status == 70
    assert hearer.heard() == Heard()
    assert not (hearer.desk.state / "notified.json").exists()
