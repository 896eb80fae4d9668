"""Which of what a run was is told as what: by its exit code where ``status`` names nothing."""

import json
import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from dinero_sync.cli.context import Common
from dinero_sync.cli.group import dinero_sync
from dinero_sync.cli.hearing import listening
from dinero_sync.cli.hearing.listening import Ended, Heard
from dinero_sync.cli.hearing.news import for_report, shop_name, tell_all
from dinero_sync.cli.hearing.unit import Unit
from dinero_sync.config.channels.notify import Notify
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ConfigError, ExitCode, Problem, StateError
from dinero_sync.journal import runs
from dinero_sync.journal.database import open_journal
from dinero_sync.logs import set_up_logs
from dinero_sync.sync.run import alarms
from dinero_sync.texts.screens.saying import tell

CONFIG = """\
shoporama: {api_key: k}
dinero: {organization_id: 7, auth: {client_id: i, client_secret: s}}
sync: {start_date: 2026-12-01, state_dir: state}
payment_types: []
language: en
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Load a configuration in the working folder, which a run has ended well with."""
    monkeypatch.chdir(tmp_path)
    set_up_logs(verbosity=0, log_format="json")
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "state").mkdir()
    with closing(open_journal(tmp_path / "state")) as db:
        runs.begin(db, "r", datetime.now(UTC))
        runs.finish(db, "r", datetime.now(UTC), 0, {})
    return load_config(path)


def heard(folder: Path, config: Config, ended: Ended) -> list[str]:
    """Return what a program was told was news, one after the other."""
    kept = folder / "kept"
    command = ("/bin/sh", "-c", f'echo "$DINERO_SYNC_NEWS" >> "{kept}"')
    found = Heard(
        notify=Notify(command=command),
        ca_file=None,
        folder=folder / "state",
        organization_id=7,
        config=config,
    )
    assert tell_all(Common(), found, ended)
    return kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []


@pytest.mark.parametrize(
    ("code", "news"), [(ExitCode.HELD, "held"), (ExitCode.IN_DOUBT, "in_doubt")]
)
def test_an_exit_code_that_names_no_order_is_told_as_it_is(
    tmp_path: Path, config: Config, code: ExitCode, news: str
) -> None:
    for _ in range(2):
        heard(tmp_path, config, Ended(exit_code=code))
    passing = heard(tmp_path, config, Ended(exit_code=ExitCode.TEMPORARY))
    over = heard(tmp_path, config, Ended(exit_code=ExitCode.OK))

    assert (passing, over) == ([news], [news, "over"])


def test_another_cause_with_the_same_exit_code_is_news_and_other_values_are_none(
    tmp_path: Path, config: Config
) -> None:
    for said in (
        spoken("{path} is damaged", path="a"),
        spoken("{path} is damaged", path="b"),
        spoken("The disk is full"),
    ):
        ended = Ended(exit_code=ExitCode.STATE, error=StateError(said))
        news = heard(tmp_path, config, ended)

    assert news == ["last_run_failed", "last_run_failed"]


def test_a_fault_of_the_program_is_told(tmp_path: Path, config: Config) -> None:
    assert heard(tmp_path, config, Ended(exit_code=ExitCode.STATE)) == ["last_run_failed"]


def test_what_a_refused_configuration_says_is_told_and_nothing_counts_as_over(
    tmp_path: Path, config: Config
) -> None:
    heard(tmp_path, config, Ended(exit_code=ExitCode.HELD))
    refused = ConfigError([Problem(message=spoken("is missing"), key="sync")])
    found = Heard(
        notify=Notify(command=("/bin/sh", "-c", f'cat > "{tmp_path}/said"')),
        ca_file=None,
        folder=tmp_path / "state",
        organization_id=7,
        config=None,
    )

    assert tell_all(Common(), found, Ended(exit_code=ExitCode.CONFIG, error=refused))
    assert "sync: is missing" in (tmp_path / "said").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "state" / "notified.json").read_text(encoding="utf-8"))
    assert [each.split(":")[0] for each in told["channels"]["command"]] == ["alarm", "held"]


@pytest.mark.parametrize(("file", "name"), [("config.yaml", "7"), ("tasker.yaml", "tasker")])
def test_a_shop_is_called_by_its_file_or_its_company(
    tmp_path: Path, config: Config, file: str, name: str
) -> None:
    path = tmp_path / file
    path.write_text(CONFIG, encoding="utf-8")
    found = Heard(notify=config.notify, ca_file=None, folder=None, organization_id=7, config=config)

    assert shop_name(Common(config_path=path), found, None) == name
    assert shop_name(Common(config_path=path), replace(found, organization_id=None), None) in {
        name,
        "config",
    }


@pytest.mark.parametrize("language", Language)
def test_every_alarm_has_a_subject(language: Language) -> None:
    source = Path(alarms.__file__).read_text(encoding="utf-8")
    codes = {*re.findall(r'code="(\w+)"', source), alarms.SILENCE}

    assert len(codes) == 6
    assert all(tell(f"notify.what.{code}", language) for code in codes)


def test_without_a_unit_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVOCATION_ID", raising=False)
    assert Unit.here() is None


def test_several_shops_of_one_unit_each_leave_a_line(tmp_path: Path) -> None:
    unit = Unit(tmp_path, "aa")
    unit.leave(ExitCode.HELD, Language.DANISH, "1 ordre", all_know=True)
    unit.leave(ExitCode.NOT_CONNECTED, Language.DANISH, "", all_know=False)
    Unit(tmp_path / "away", "aa").leave(ExitCode.OK, Language.DANISH, "", all_know=True)

    assert (tmp_path / "told.aa").read_text(encoding="utf-8") == "told 3\nuntold 77\n"
    assert (tmp_path / "status.aa").read_text(encoding="utf-8") == "1 ordre\n"


def found_in(folder: Path, config: Config | None) -> Heard:
    return Heard(
        notify=Notify(), ca_file=None, folder=folder / "state", organization_id=7, config=config
    )


def test_the_report_of_the_unit_is_left_what_status_says_where_that_is_all(
    tmp_path: Path, config: Config
) -> None:
    found = found_in(tmp_path, config)

    assert "Last run" in for_report(Common(), found, Ended(exit_code=ExitCode.HELD))
    assert for_report(Common(), found, Ended(exit_code=ExitCode.TEMPORARY)) == ""
    assert for_report(Common(), None, Ended(exit_code=ExitCode.CONFIG)) == ""


@pytest.mark.parametrize("is_known", [True, False])
def test_of_many_shops_it_is_left_what_ails_each_under_its_name(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    monkeypatch.setenv("DINERO_SYNC_CONFIG", str(tmp_path))
    common = Common(config_path=tmp_path / "config.yaml", language=Language.ENGLISH)
    found = found_in(tmp_path, config) if is_known else None
    refused = ConfigError([Problem(message=spoken("is missing"), key="sync")])

    told = for_report(common, found, Ended(exit_code=ExitCode.CONFIG, error=refused))
    assert told.startswith("config: the configuration can't be used\n\n")
    assert told.endswith("sync: is missing\n")
    held = for_report(common, found, Ended(exit_code=ExitCode.HELD))
    assert held.startswith("config: something is held for you\n\n")
    assert ("Last run" in held) is is_known


def test_the_memory_of_each_shop_is_its_own_where_they_share_a_state_folder(
    tmp_path: Path, config: Config
) -> None:
    refused = Ended(exit_code=ExitCode.CONFIG, error=ConfigError([Problem(message="is shared")]))
    kept = tmp_path / "kept"
    command = ("/bin/sh", "-c", f'echo "$DINERO_SYNC_SHOP" >> "{kept}"')
    found = replace(found_in(tmp_path, config), notify=Notify(command=command))
    for name in ("mugs", "soap", "mugs", "soap"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(CONFIG, encoding="utf-8")
        assert tell_all(Common(config_path=file), found, refused)

    assert kept.read_text(encoding="utf-8").split() == ["mugs", "soap"]


@pytest.mark.parametrize("code", [1, "gone", 75])
def test_telling_changes_nothing_about_how_a_run_ends(config: Config, code: int | str) -> None:
    assert not config.notify.tells_people
    with pytest.raises(SystemExit) as ended, listening.heard(Common()):
        raise SystemExit(code)

    assert ended.value.code == code


def test_a_fault_of_a_library_is_an_answer_of_its_channel_and_the_others_are_tried(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("you@example.com")

    assert config.notify.is_silent
    monkeypatch.setattr("dinero_sync.notify.command.run_command", broken)
    notify = "notify: {command: tell-me, prometheus: figures.prom}\n"
    (tmp_path / "config.yaml").write_text(f"{CONFIG}{notify}", encoding="utf-8")

    tried = CliRunner().invoke(dinero_sync, ["notify", "test"])

    assert tried.exit_code == 75
    assert "command: not told. A library broke off (ValueError)." in tried.stdout
    assert "prometheus: told." in tried.stdout
    assert "you@example.com" not in tried.output


def test_what_is_told_before_any_run_has_made_the_folder_is_told_once(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(each, raising=False)
    shutil.rmtree(tmp_path / "state")
    refused = Ended(exit_code=ExitCode.CONFIG, error=ConfigError([Problem(message="is missing")]))

    heard(tmp_path, config, refused)

    assert heard(tmp_path, config, refused) == ["last_run_failed"]
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
