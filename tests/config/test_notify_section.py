"""Who hears from runs: what is refused, at its place, and what is left of a file that is."""

from pathlib import Path

import pytest

from dinero_sync.config.channels import notify as section
from dinero_sync.config.channels.alone import channels_alone
from dinero_sync.config.load import config_warnings, load_config
from dinero_sync.config.model import Config
from dinero_sync.errors import ConfigError

BASE = """\
shoporama: {api_key: k}
dinero: {organization_id: 7, auth: {client_id: i, client_secret: s}}
sync: {start_date: 2026-12-01, state_dir: state}
payment_types: []
"""
SECRET = "a-secret-that-nobody-may-see"


def written(folder: Path, text: str, base: str = BASE) -> Path:
    path = folder / "config.yaml"
    path.write_text(f"{base}notify: {{{text}}}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def loaded(folder: Path, text: str) -> Config:
    return load_config(written(folder, text))


@pytest.mark.parametrize(
    ("server", "host", "port", "encrypted"),
    [
        ("smtps://smtp.example.com", "smtp.example.com", 465, True),
        ("smtp://localhost", "localhost", 25, False),
        ("smtp.example.com:587", "smtp.example.com", 587, False),
        ("smtp.example.com:465", "smtp.example.com", 465, True),
        ("smtp://[::1]:2525", "::1", 2525, False),
    ],
)
def test_a_mail_server_is_read_as_it_is_usually_written(
    tmp_path: Path, server: str, host: str, port: int, *, encrypted: bool
) -> None:
    mail = loaded(tmp_path, f'mail: {{to: a@example.com, server: "{server}"}}').notify.mail

    assert mail is not None
    found = mail.server
    assert (found.host, found.port, found.is_encrypted) == (host, port, encrypted)
    assert mail.to == ("a@example.com",)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("mial: {}", "notify.mial", 'did you mean "mail"?'),
        ("mail: {to: a@b.dk, server: x, form: a@b.dk}", "notify.mail.form", 'mean "from"?'),
        ("mail: {to: a@b.dk}", "notify.mail.server", "`server: smtps://smtp.example.com`"),
        ("mail: {server: x}", "notify.mail.to", "`to: you@example.com`"),
        ('mail: {to: "A <a@b.dk>", server: x}', "notify.mail.to", "must be a mail address"),
        ("mail: {to: [], server: x}", "notify.mail.to", "is an empty list"),
        ("mail: {to: a@b.dk, server: 'imap://x'}", "notify.mail.server", "smtps://smtp.exam"),
        ("mail: {to: a@b.dk, server: 'smtp://u:p@x'}", "notify.mail.server", "keys of their own"),
        ("mail: {to: a@b.dk, server: 'smtp://x:port'}", "notify.mail.server", "a mail server"),
        ("mail: {to: a@b.dk, server: 'smtps://x:587'}", "notify.mail.server", "but 465"),
        ("mail: {to: a@b.dk, server: x, user: u}", "notify.mail", "both, or neither"),
        ("command: 7", "notify.command", "must be text"),
        ("apprise: nowhere", "notify.apprise", "as apprise has it"),
        ("ping: hc.example.com", "notify.ping", "must be a web address like https://hc."),
        ("ping: 'http://hc.example.com/a'", "notify.ping", "https://"),
        ("ping: 'https://hc.example.com/a?b=c'", "notify.ping", "no ? or #"),
        ("prometheus: shop.txt", "notify.prometheus", "must end in .prom"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, text: str, key: str, words: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(tmp_path, text)

    (problem,) = raised.value.problems
    assert (problem.line, problem.key) == (5, key)
    assert words in problem.message


def test_without_apprise_the_line_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(section, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="-m pip install 'apprise"):
        loaded(tmp_path, "apprise: 'json://localhost'")


def test_secrets_stand_in_no_text_of_the_configuration(tmp_path: Path) -> None:
    text = (
        f"mail: {{to: a@b.dk, server: x, user: u, password: {SECRET}}},"
        f" ping: 'https://hc.example.com/{SECRET}', apprise: ['json://{SECRET}']"
    )
    config = loaded(tmp_path, text)
    (tmp_path / "config.yaml").chmod(0o644)
    warned = {each.key for each in config_warnings(tmp_path / "config.yaml")}

    assert SECRET not in repr(config)
    assert {"notify.mail.password", "notify.ping", "notify.apprise"} <= warned


def test_references_are_no_secrets_that_stand_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "ping: '${A}', apprise: ['${A}', '${B}']")
    path.chmod(0o644)

    assert [each.key for each in config_warnings(path) if "notify" in each.key] == []


def test_of_a_file_that_is_refused_the_channels_are_left(tmp_path: Path) -> None:
    base = BASE.replace("payment_types: []", "payment_types: 7")
    alone = channels_alone(written(tmp_path, "command: [tell], ping: 'https://h.dk/a'", base))

    assert alone is not None
    assert alone.notify.command == ("tell",)
    assert alone.notify.ping is not None
    assert (alone.state_dir, alone.organization_id) == (tmp_path / "state", 7)


def test_a_channel_that_is_wrong_takes_no_other_with_it(tmp_path: Path) -> None:
    text = "command: [tell], prometheus: no, mail: {to: a@b.dk, server: '${NOBODY_SET_THIS}'}, x: 1"
    alone = channels_alone(written(tmp_path, text))

    assert alone is not None
    assert alone.notify.command == ("tell",)
    assert (alone.notify.mail, alone.notify.prometheus) == (None, None)


@pytest.mark.parametrize("text", ["notify: [", "- a list", ""])
def test_of_what_is_no_configuration_nothing_is_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    alone = channels_alone(path)

    assert alone is None or alone.notify.is_silent


def test_a_section_that_is_none_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"{BASE}notify: 7\nsync: {{}}\n", encoding="utf-8")
    alone = channels_alone(path)

    assert alone is not None
    assert alone.notify.is_silent
