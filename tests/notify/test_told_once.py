"""Each channel is told what that channel wasn't told, and a failing one again the next time."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dinero_sync.notify.memory import memory_of
from dinero_sync.notify.message import Message, NotToldError
from dinero_sync.notify.news import Kind, Matter, News
from dinero_sync.notify.telling import tell_news

HELD = Matter(Kind.HELD, "currency", "4815162:invoice", "#10427")


def nothing_stays(_: str) -> bool:
    return False


class Channel:
    """Keeps what it is told, or refuses it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.fails: Exception | None = None

    def __call__(self, message: Message) -> None:
        if self.fails is not None:
            raise self.fails
        self.told.append(message.subject)


def message_of(news: News) -> Message:
    return Message(subject=" ".join(news.codes), text="")


def tell(
    folder: Path,
    *now: Matter,
    stays: Callable[[str], bool] = nothing_stays,
    **channels: Channel,
) -> bool:
    return tell_news(channels, memory_of(folder, "config"), now, message_of, stays=stays)


def test_it_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    mail = Channel()
    for now in ([HELD], [HELD], [], []):
        assert tell(tmp_path, *now, mail=mail)

    assert mail.told == ["held", "over"]


def test_a_channel_that_failed_is_told_the_next_time_and_the_others_are_not_told_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail, command = Channel(), Channel()
    mail.fails = NotToldError("The mail server is away.")
    assert not tell(tmp_path, HELD, mail=mail, command=command)
    assert "The mail server is away." in "".join(capsys.readouterr())
    mail.fails = None
    assert tell(tmp_path, HELD, mail=mail, command=command)

    assert (mail.told, command.told) == (["held"], ["held"])


def test_a_fault_of_a_library_is_a_channel_that_failed_and_its_text_is_told_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = Channel()
    mail.fails = ValueError("you@example.com")

    assert not tell(tmp_path, HELD, mail=mail)
    told = "".join(capsys.readouterr())
    assert "ValueError" in told
    assert "you@example.com" not in told


def test_an_end_that_a_channel_did_not_take_is_told_it_later(tmp_path: Path) -> None:
    mail = Channel()
    tell(tmp_path, HELD, mail=mail)
    mail.fails = NotToldError("away")
    tell(tmp_path, mail=mail)
    mail.fails = None
    tell(tmp_path, mail=mail)

    assert mail.told == ["held", "over"]


def test_a_channel_that_is_new_is_told_all_there_is(tmp_path: Path) -> None:
    mail, command = Channel(), Channel()
    tell(tmp_path, HELD, mail=mail)
    tell(tmp_path, HELD, mail=mail, command=command)

    assert (mail.told, command.told) == (["held"], ["held"])


def test_what_may_still_be_so_is_remembered(tmp_path: Path) -> None:
    mail = Channel()
    tell(tmp_path, HELD, mail=mail)
    tell(tmp_path, mail=mail, stays=lambda _: True)
    tell(tmp_path, HELD, mail=mail)

    assert mail.told == ["held"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 1, "channels": 7}'])
def test_a_memory_that_is_lost_tells_again(tmp_path: Path, text: str) -> None:
    mail = Channel()
    tell(tmp_path, HELD, mail=mail)
    (tmp_path / "notified.json").write_text(text, encoding="utf-8")
    tell(tmp_path, HELD, mail=mail)

    assert mail.told == ["held", "held"]


def test_what_is_remembered_is_for_its_owner_alone_and_names_nobody(tmp_path: Path) -> None:
    tell(tmp_path, HELD, mail=Channel())
    kept = tmp_path / "notified.json"

    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "version": 1,
        "channels": {"mail": ["held:currency:4815162:invoice"]},
    }


def test_nothing_is_written_while_nothing_changes(tmp_path: Path) -> None:
    tell(tmp_path, mail=Channel())

    assert not (tmp_path / "notified.json").exists()


@pytest.mark.parametrize("variable", ["RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"])
def test_where_the_state_folder_takes_nothing_it_is_remembered_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    mail, full = Channel(), tmp_path / "full"
    for _ in range(3):
        tell(full, HELD, mail=mail)
    assert mail.told == ["held"]
    full.mkdir()
    tell(full, mail=mail)

    assert mail.told == ["held", "over"]
    assert [each.name for each in tmp_path.iterdir()] == ["full"]


def test_a_memory_that_can_not_be_looked_at_keeps_nobody_from_being_told(tmp_path: Path) -> None:
    mail = Channel()
    tell(tmp_path / ("n" * 300), HELD, mail=mail)  # a name that no folder can have

    assert mail.told == ["held"]


def test_where_nothing_remembers_each_run_tells_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    mail = Channel()
    for _ in range(2):
        tell(tmp_path / "full", HELD, mail=mail)

    assert mail.told == ["held", "held"]
    assert "Each run will tell it again" in "".join(capsys.readouterr())
