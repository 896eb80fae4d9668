"""The commands on who hears of runs, and of their silence: notify test, notify watch."""

from typing import TYPE_CHECKING

from dinero_sync.cli.context import Common, command, ending_with, group
from dinero_sync.cli.language import language_of
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError, DineroSyncError, ExitCode, Problem, sentence_of, worst
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dinero_sync.cli.hearing.listening import Heard


@group("notify")
def notify() -> None:
    """Try the channels by which you hear from runs, and hear when no run comes.

    \b
    Examples:
      dinero-sync notify test
    """


@command("test", notify)
def test(common: Common) -> None:
    """Send a trial message by every channel of notify, and show what each answered.

    The address of notify.ping is asked for as after a run that ended well, and the file of
    notify.prometheus is written. Exits with 75 when a channel didn't take it and may later, with 78
    when something has to be changed first. With a folder in place of a configuration, every shop
    in it tries its own.

    \b
    Examples:
      dinero-sync notify test
    """
    if _done_for_each(common, "test"):
        return
    from dinero_sync.cli.hearing.listening import heard_by
    from dinero_sync.cli.work import prepare

    config, file = prepare(common)
    if config.notify.is_silent:
        message = spoken(
            "names no channel, so nobody is told anything. Begin with one that you read, like "
            "`mail: {{to: you@example.com, server: smtps://smtp.example.com}}`"
        )
        raise ConfigError([Problem(message=message, file=file, key="notify")])
    language = language_of(common, config)
    answers = {
        channel: _answer(work)
        for channel, work in _trials(common, heard_by(config), language).items()
    }
    errors = [each for each in answers.values() if each is not None]
    with ending_with(worst(each.exit_code for each in errors)):
        show(_told(answers, language))


def _done_for_each(common: Common, name: str) -> bool:
    """Give a command for each shop where a folder of them is named; False for one shop alone."""
    from dinero_sync.cli.shops.folder import folder_named

    folder = folder_named(common)
    if folder is None:
        return False
    from dinero_sync.cli.shops.hearing import notify_all

    notify_all(common, folder, name)
    return True


def _trials(
    common: Common, found: "Heard", language: Language
) -> "Mapping[str, Callable[[], None]]":
    """Return how each channel is tried, by its name."""
    from functools import partial

    from dinero_sync.cli.hearing.news import figures, status_of, trial
    from dinero_sync.notify.channels import channels_of
    from dinero_sync.notify.ping import ping

    status = status_of(found)
    message = trial(common, found, status, language)
    works: dict[str, Callable[[], None]] = {
        name: partial(send, message)
        for name, send in channels_of(found.notify, found.ca_file).items()
    }
    if found.notify.ping is not None:
        works["ping"] = partial(ping, found.notify.ping.get_secret_value(), "", found.ca_file)
    if found.notify.prometheus is not None:
        works["prometheus"] = partial(figures, common, found, status)
    return works


def _answer(work: "Callable[[], None]") -> DineroSyncError | None:
    """Return what keeps a channel from telling; the text of a library's fault may tell a secret."""
    from dinero_sync.notify.message import NotToldError

    try:
        work()
    except DineroSyncError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the other channels are tried all the same
        name = type(error).__name__
        return NotToldError(spoken("A library broke off ({name}).", name=name))
    return None


def _told(
    answers: "Mapping[str, DineroSyncError | None]", language: Language
) -> "Iterator[str | Line]":
    from dinero_sync.texts.telling import in_language

    for channel, error in answers.items():
        if error is None:
            yield Line(tell("notify.told", language, channel=channel), Tone.DONE)
            continue
        why = in_language(sentence_of(error), language)
        for line in wrapped(tell("notify.not_told", language, channel=channel, why=why), 4, ""):
            yield Line(line, Tone.HELD)
    if not all(answers.values()):
        yield ""
        yield from wrapped(tell("notify.look", language))


@command("watch", notify)
def watch(common: Common) -> None:
    """Tell when no run has ended for a day.

    A timer of its own starts this once a day: the one that starts runs can't tell that it stands
    still. Whoever notify names is told what is news, as after a run. Exits with 3, and shows the
    status, when no run comes any more. Reads the state folder only; asks neither service. With a
    folder in place of a configuration, it looks for every shop in it.

    \b
    Examples:
      dinero-sync notify watch
      dinero-sync -c /etc/dinero-sync/shops notify watch
    """
    if _done_for_each(common, "watch"):
        return
    from dinero_sync.cli.hearing.listening import Ended, heard_by
    from dinero_sync.cli.hearing.news import for_report, tell_people
    from dinero_sync.cli.hearing.unit import Unit
    from dinero_sync.cli.reports import status as report
    from dinero_sync.cli.work import prepare
    from dinero_sync.journal.folder.owners import refuse_another_users
    from dinero_sync.sync.run.alarms import SILENCE

    config, _ = prepare(common)
    found = heard_by(config)
    assert found.folder is not None  # noqa: S101 - a configuration that can be used names it
    refuse_another_users(found.folder)
    status = report.read_status(found.folder, config)
    last = status.runs.ended
    code = ExitCode.TEMPORARY if last is None or last.exit_code is None else last.exit_code
    all_know = tell_people(common, found, Ended(exit_code=ExitCode(code)), status)
    is_silent = any(each.code == SILENCE for each in status.alarms)
    ended = ExitCode.HELD if is_silent else ExitCode.OK
    language = language_of(common, config)
    if (unit := Unit.here()) is not None:
        shown = for_report(common, found, Ended(exit_code=ended)) if is_silent else ""
        unit.leave(ended, language, shown, all_know=all_know)
    with ending_with(ended):
        if is_silent:
            show(report.as_lines(status, language))
