"""What each channel sends, to real servers and programs; and what is told of one that refuses."""

import os
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from certificates import signed_certificate
from hearers import MailServer, WebServer, free_port, mail_server, program_that_keeps, web_server
from manual_clock import MORNING
from pydantic import SecretStr

from dinero_sync.config.channels.notify import Mail, Notify
from dinero_sync.errors import ExitCode
from dinero_sync.notify import command as by_command
from dinero_sync.notify import mail as by_mail
from dinero_sync.notify.channels import channels_of
from dinero_sync.notify.mail import send_mail
from dinero_sync.notify.message import ChannelRefusedError, Message, NotToldError
from dinero_sync.notify.ping import ping

MESSAGE = Message(
    subject="dinero-sync, butik: 1 ting skal I se på",
    text="Ordre #10427 venter på jer: æøå\n.\nFrom here on",
    facts={"DINERO_SYNC_NEWS": "held"},
)


@pytest.fixture(scope="module")
def taking() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mails(taking: MailServer) -> MailServer:
    taking.mails.clear()
    taking.answer = "250 OK"
    return taking


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def pages(web: WebServer) -> WebServer:
    web.paths.clear()
    web.posted.clear()
    web.status = 200
    return web


def mail_by(server: MailServer | int, *, host: str = "127.0.0.1", **more: object) -> Mail:
    port = server if isinstance(server, int) else server.port
    told = {"to": "you@example.com", "server": f"smtp://{host}:{port}", **more}
    return Mail.model_validate(told)


def test_a_mail_arrives_as_it_was_written(mails: MailServer) -> None:
    mail = mail_by(mails, to=["you@example.com", "root"], **{"from": "shop@example.com"})
    send_mail(mail, MESSAGE, None)

    (arrived,) = mails.mails
    assert arrived["Subject"] == MESSAGE.subject
    assert (arrived["From"], arrived["To"]) == ("shop@example.com", "you@example.com, root")
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().replace("\r\n", "\n").strip() == MESSAGE.text


@pytest.mark.parametrize(
    ("answer", "status", "kind"),
    [
        ("450 you@example.com is busy", 450, NotToldError),
        ("554 you@example.com is unknown", 554, ChannelRefusedError),
    ],
)
def test_what_a_server_refuses_is_told_by_its_status_alone(
    mails: MailServer, answer: str, status: int, kind: type[NotToldError]
) -> None:
    mails.answer = answer
    with pytest.raises(NotToldError) as raised:
        send_mail(mail_by(mails), MESSAGE, None)

    assert type(raised.value) is kind
    assert f"(status {status})" in str(raised.value)
    assert "you@example.com" not in str(raised.value)


@pytest.mark.parametrize(
    "told",
    [
        {"to": "søren@example.com"},
        {"from": "søren@example.com"},
        {"user": "søren", "password": "right"},
        {"user": "shop", "password": "rødgrød"},
    ],
    ids=" ".join,
)
def test_signs_that_no_mail_server_takes_are_told_and_not_repeated(told: dict[str, str]) -> None:
    with (
        mail_server(auth_require_tls=False) as server,
        pytest.raises(ChannelRefusedError, match=r"notify\.mail has a sign") as raised,
    ):
        send_mail(mail_by(server, **told), MESSAGE, None)

    assert not any(each in str(raised.value) for each in told.values())
    assert raised.value.__cause__ is None


def test_a_server_that_is_not_there_is_tried_again_by_the_next_run() -> None:
    with pytest.raises(NotToldError, match="ConnectionRefusedError") as raised:
        send_mail(mail_by(free_port()), MESSAGE, None)

    assert raised.value.exit_code is ExitCode.TEMPORARY


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_mail, "SECONDS", 0.1)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(NotToldError, match="can't be reached"),
    ):
        send_mail(mail_by(silent.getsockname()[1]), MESSAGE, None)


@pytest.mark.parametrize("password", ["right", "wrong"])
def test_a_password_lets_in_or_not_and_stands_in_no_text(password: str) -> None:
    with mail_server(auth_require_tls=False) as server:
        mail = mail_by(server, user="shop", password=password)
        if password == "right":
            send_mail(mail, MESSAGE, None)
            assert (server.logins, len(server.mails)) == ([b"shop"], 1)
            return
        with pytest.raises(ChannelRefusedError, match="status 535") as raised:
            send_mail(mail, MESSAGE, None)
        assert "wrong" not in str(raised.value)


@pytest.fixture(scope="module")
def encrypting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MailServer, Path]]:
    """Run a server that encrypts once it is connected, as another machine's does."""
    certificate = signed_certificate(
        tmp_path_factory.mktemp("tls"), MORNING, days=3650, host="mail.test"
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with mail_server(tls_context=context, require_starttls=True) as server:
        yield server, certificate


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a name that is no name of this machine lead to it."""
    found = socket.getaddrinfo

    def here(host: str, *more: object) -> object:
        return found("127.0.0.1" if host == "mail.test" else host, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", here)


@pytest.mark.usefixtures("elsewhere")
def test_what_leaves_the_machine_is_encrypted_where_the_server_can(
    encrypting: tuple[MailServer, Path],
) -> None:
    server, certificate = encrypting
    mail = mail_by(server, host="mail.test", user="shop", password="right")
    send_mail(mail, MESSAGE, certificate)
    with pytest.raises(ChannelRefusedError, match="certificate of the mail server"):
        send_mail(mail, MESSAGE, None)

    assert len(server.mails) == 1


@pytest.mark.usefixtures("elsewhere")
def test_a_password_is_never_sent_in_the_clear(mails: MailServer) -> None:
    mail = mail_by(mails, host="mail.test", user="shop", password="right")
    with pytest.raises(ChannelRefusedError, match="doesn't encrypt"):
        send_mail(mail, MESSAGE, None)

    assert mails.logins == []


def test_a_program_is_told_the_message_and_facts_and_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPORAMA_API_KEY", "a secret")
    by_command.run_command(program_that_keeps(tmp_path), MESSAGE)
    (said,), (environment,) = tmp_path.glob("said.*"), tmp_path.glob("env.*")

    assert said.read_text(encoding="utf-8") == f"{MESSAGE.text}\n"
    told = environment.read_text(encoding="utf-8")
    assert "DINERO_SYNC_NEWS=held" in told
    assert f"DINERO_SYNC_SUBJECT={MESSAGE.subject}" in told
    assert f"PATH={os.environ['PATH']}" in told
    assert "a secret" not in told


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["/nowhere/tell"], "can't be started (FileNotFoundError)"),
        (["/bin/sh", "-c", "echo you@example.com; exit 3"], "ended with status 3"),
        (["/bin/sh", "-c", "exec true < /dev/null"], ""),
    ],
)
def test_a_program_that_fails_is_told_without_what_it_said(
    command: list[str], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if words:
        with pytest.raises(NotToldError) as raised:
            by_command.run_command(command, MESSAGE)
        assert words in str(raised.value)
    else:
        by_command.run_command(command, MESSAGE)
    assert "you@example.com" not in "".join(capfd.readouterr())


def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_command, "SECONDS", 2.0)
    kept = tmp_path / "pid"
    hangs = ["/bin/sh", "-c", f"sleep 60 & echo $! > {kept}; wait"]
    with pytest.raises(NotToldError, match="took longer"):
        by_command.run_command(hangs, MESSAGE)

    pid = kept.read_text(encoding="ascii").strip()
    deadline = time.monotonic() + 30
    while is_alive(pid):
        assert time.monotonic() < deadline
        Event().wait(0.01)


def is_alive(pid: str) -> bool:
    """Tell whether a process is there, and more than an entry that waits to be removed."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_apprise_tells_whatever_it_reaches(pages: WebServer) -> None:
    address = pages.url.replace("http://", "json://")
    channel = channels_of(Notify.model_validate({"apprise": f"{address}/tell"}), None)["apprise"]
    channel(MESSAGE)

    (told,) = pages.posted
    assert (told["title"], told["message"]) == (MESSAGE.subject, MESSAGE.text)


@pytest.mark.parametrize("address", ["nothing://you.know", "json://127.0.0.1:{port}/token"])
def test_what_apprise_can_not_reach_is_told_without_its_address(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    notify = Notify.model_validate({"apprise": [address.format(port=free_port())]})
    with pytest.raises(NotToldError) as raised:
        channels_of(notify, None)["apprise"](MESSAGE)

    assert "you.know" not in str(raised.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("what", "path"), [("", "/ping/a"), ("start", "/ping/a/start")])
def test_a_ping_asks_for_the_address_and_nothing_else(
    pages: WebServer, what: str, path: str
) -> None:
    notify = Notify.model_validate({"ping": f"{pages.url}/ping/a/"})
    assert notify.ping is not None
    ping(notify.ping.get_secret_value(), what, None)

    assert pages.paths == [path]


def test_a_ping_that_is_refused_names_no_address(pages: WebServer) -> None:
    pages.status = 404
    with pytest.raises(ChannelRefusedError) as raised:
        ping(f"{pages.url}/a-token", "", None)

    assert str(raised.value) == "The address of notify.ping answered with status 404."


def test_channels_are_those_that_are_configured() -> None:
    notify = Notify(command=("tell",), ping=SecretStr("https://hc.example.com/a"))

    assert list(channels_of(notify, None)) == ["command"]
    assert notify.tells_people
    assert not Notify(ping=SecretStr("https://hc.example.com/a")).tells_people
    assert Notify().is_silent


def test_apprise_trusts_what_all_else_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = signed_certificate(tmp_path, MORNING, days=3650)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/ssl/before.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with web_server(context) as pages:
        address = pages.url.replace("https://", "jsons://")
        channels_of(Notify.model_validate({"apprise": address}), certificate)["apprise"](MESSAGE)

    assert [each["title"] for each in pages.posted] == [MESSAGE.subject]
    assert os.environ["REQUESTS_CA_BUNDLE"] == "/etc/ssl/before.pem"
