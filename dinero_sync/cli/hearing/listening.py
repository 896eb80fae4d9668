"""Whoever is to hear of a run does: each thing that needs somebody once, and once when it is over.

What is told is what ``status`` says. Where a run ended before that could know of it, as with a
configuration that is refused, it is told in the words of the error.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common
from dinero_sync.cli.hearing.unit import Unit
from dinero_sync.cli.language import language_of
from dinero_sync.errors import DineroSyncError, ExitCode

if TYPE_CHECKING:
    from dinero_sync.config.channels.notify import Notify
    from dinero_sync.config.model import Config

Begins = Callable[["Config"], None]
NO_RUN = frozenset({ExitCode.USAGE})
"""What was asked for can't be meant, and whoever asked is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended."""

    exit_code: ExitCode
    error: DineroSyncError | None = None
    """What kept it from beginning, or broke it off; None where it was a run to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is known of who is to hear, and of whom."""

    notify: "Notify"
    ca_file: Path | None
    folder: Path | None
    """The state folder; None where nothing says which."""
    organization_id: int | None
    """The company, where the configuration says it."""
    config: "Config | None"
    """None where it is refused."""


@contextmanager
def heard(common: Common) -> Iterator[Begins]:
    """Tell of how the run within this ended, and change nothing about that.

    It calls what it is given once its configuration is read and its state folder is its own.
    """
    configs: list[Config] = []

    def begins(config: "Config") -> None:
        configs.append(config)
        if config.notify.ping is not None:
            _ping(config.notify, config.http.ca_file, "start")

    try:
        yield begins
    except (click.ClickException, click.Abort, BrokenPipeError):
        raise  # what whoever gave the command has to hear
    except SystemExit as error:
        _tell(common, configs, Ended(exit_code=_status(error.code)))
        raise
    except Exception as error:
        _tell(common, configs, _failed(error))
        raise


def _status(code: object) -> ExitCode:
    """Return the status that a process ends with; one that isn't ours is a library's."""
    return next((each for each in ExitCode if each == (code or 0)), ExitCode.STATE)


def tell_of(common: Common, error: DineroSyncError) -> None:
    """Tell of a run whose own process couldn't: it was killed, or never began."""
    _tell(common, [], Ended(exit_code=error.exit_code, error=error))


def _failed(error: Exception) -> Ended:
    from dinero_sync.cli.failures import expected  # noqa: PLC0415 - loaded by then

    known = expected(error)
    if known is None:
        return Ended(exit_code=ExitCode.STATE)
    return Ended(exit_code=known.exit_code, error=known)


def _tell(common: Common, configs: "list[Config]", ended: Ended) -> None:
    """Tell everybody, where anybody is to hear."""
    if ended.exit_code in NO_RUN or (ended.error and ended.exit_code is ExitCode.OK):
        return  # another run is at work, and tells of itself
    unit = Unit.here()
    all_know, shown = False, ""
    try:
        found = heard_by(configs[0]) if configs else _whoever(common)
        if found is not None and _is_for_others(found):
            return
        if found is not None and not found.notify.is_silent:
            from dinero_sync.cli.hearing.news import tell_all  # noqa: PLC0415 - most tell nobody

            all_know = tell_all(common, found, ended)
        if unit is not None and ended.exit_code is not ExitCode.OK:
            from dinero_sync.cli.hearing.news import for_report  # noqa: PLC0415 - the same

            shown = for_report(common, found, ended)
    except Exception as error:  # noqa: BLE001 - telling never changes how a run ends
        from dinero_sync.logs import get_logger  # noqa: PLC0415 - loaded by then

        get_logger().warning("notify.failed", reason=type(error).__name__)
    if unit is not None:
        language = language_of(common, configs[0] if configs else None)
        unit.leave(ended.exit_code, language, shown, all_know=all_know)


def _is_for_others(found: Heard) -> bool:
    """Tell whether the state folder is another user's, whose runs tell of themselves."""
    from dinero_sync.journal.folder.owners import is_another_users  # noqa: PLC0415 - loaded by then

    return found.folder is not None and is_another_users(found.folder)


def heard_by(config: "Config") -> Heard:
    """Return who is to hear, by a configuration."""
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - loaded by then

    return Heard(
        notify=config.notify,
        ca_file=config.http.ca_file,
        folder=state_folder(config),
        organization_id=config.dinero.organization_id,
        config=config,
    )


def _whoever(common: Common) -> Heard | None:
    """Find who is to hear though no run began; None where nothing can be known of that."""
    from dinero_sync.config.channels.alone import channels_alone  # noqa: PLC0415 - a failed run
    from dinero_sync.config.home import config_if_any  # noqa: PLC0415 - the same
    from dinero_sync.config.load import is_one_of_many, load_config  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import folder_of_state  # noqa: PLC0415 - the same

    path = None
    with suppress(DineroSyncError):
        path = config_if_any(common.config_path)
    if path is None:
        return None
    with suppress(DineroSyncError):
        return heard_by(load_config(path))
    alone = channels_alone(path)
    if alone is None:
        return None
    folder = None
    with suppress(DineroSyncError):
        folder = folder_of_state(alone.state_dir, path.stem, is_one_of_many=is_one_of_many(path))
    return Heard(
        notify=alone.notify,
        ca_file=alone.ca_file,
        folder=folder,
        organization_id=alone.organization_id,
        config=None,
    )


def _ping(notify: "Notify", ca_file: Path | None, what: str) -> None:
    from dinero_sync.notify.ping import ping  # noqa: PLC0415 - most ping nobody
    from dinero_sync.notify.telling import attempt  # noqa: PLC0415 - the same

    if notify.ping is not None:
        address = notify.ping.get_secret_value()
        attempt("ping", lambda: ping(address, what, ca_file))
