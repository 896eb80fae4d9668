"""A configuration that lost its end books nothing, whatever is left of it."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from business import START, Business, SandboxClock
from shop import BANK, CARD, MOBILEPAY, ORDER_ID, raw_order

from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.errors import ConfigError, ExitCode
from dinero_sync.sandbox import demo_config
from dinero_sync.sync.run.rebuild import rebuild

MARK = "...\n"


class Owner(Business):
    """A business whose configuration is a text that a person keeps."""

    text = ""

    def loaded(self) -> Config:
        self.config_file.write_text(self.text, encoding="utf-8")
        self.config_file.chmod(0o600)
        return load_config(self.config_file)


@pytest.fixture
def owner(business: Business, monkeypatch: pytest.MonkeyPatch) -> Owner:
    """Let orders of every payment type be due."""
    owner = Owner(business.sandbox, business.config_file.parent)
    owner.text = demo_config(owner.sandbox.url, start_date=START)
    monkeypatch.setenv("STATE_DIRECTORY", str(owner.state_folder))
    owner.sell(
        raw_order(payment_gateway_id=CARD),
        raw_order(ORDER_ID + 1, payment_gateway_id=MOBILEPAY),
        raw_order(ORDER_ID + 2, payment_gateway_id=BANK),
    )
    return owner


def refused(owner: Owner, text: str) -> str:
    """Return what a run by ``text`` is refused with, before anything is asked."""
    owner.text = text
    asked = owner.sandbox.request_count
    with pytest.raises(ConfigError) as raised:
        owner.run_once()
    assert owner.sandbox.request_count == asked
    return str(raised.value)


def test_the_sandboxs_file_cut_after_each_line_is_refused_by_a_first_run_too(owner: Owner) -> None:
    lines = owner.text.removesuffix(MARK).splitlines(keepends=True)

    for kept in range(len(lines)):
        refused(owner, "".join(lines[:kept]))

    assert owner.invoices() == []


def test_what_only_lost_the_mark_books_exactly_what_the_whole_file_books(owner: Owner) -> None:
    owner.text = owner.text.removesuffix(MARK)

    assert owner.run_once().result.outcomes() == {"booked": 3}
    paid = [owner.payments(ORDER_ID + at) for at in range(3)]
    assert paid == [[Decimal("125.00")], [Decimal("125.00")], [Decimal("125.00")]]


def test_once_a_run_saw_the_mark_a_file_cut_anywhere_is_refused(owner: Owner) -> None:
    whole = owner.text
    owner.run_once()
    owner.sell(raw_order(ORDER_ID + 3))

    for end in range(whole.index("payment_types:"), whole.index(MARK) + 2, 3):
        refused(owner, whole[:end])

    assert len(owner.invoices()) == 3
    owner.text = whole
    assert owner.run_once().result.outcomes() == {"booked": 1}


def test_the_refusal_says_what_to_do(owner: Owner) -> None:
    owner.run_once()

    said = refused(owner, owner.text.removesuffix(MARK))

    assert str(owner.config_file) in said
    assert "lacks the line ... at its end" in said
    assert "Nothing was booked. Put the whole file back" in said
    assert "add ... as its last line" in said


def test_a_dry_run_remembers_no_mark_and_heeds_one(owner: Owner) -> None:
    whole = owner.text
    owner.run_once(dry_run=True)
    owner.text = whole.removesuffix(MARK)
    owner.run_once()
    owner.text = whole
    owner.run_once()

    owner.text = whole.removesuffix(MARK)
    with pytest.raises(ConfigError):
        owner.run_once(dry_run=True)


def test_a_file_without_the_mark_stays_good_where_no_run_ever_saw_one(owner: Owner) -> None:
    owner.text = owner.text.removesuffix(MARK)
    owner.run_once()
    owner.sell(raw_order(ORDER_ID + 3))

    assert owner.run_once().exit_code == ExitCode.OK


def test_another_state_folder_asks_for_no_mark(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, fast_folder: Path
) -> None:
    owner.run_once()
    owner.text = owner.text.removesuffix(MARK)
    monkeypatch.setenv("STATE_DIRECTORY", str(fast_folder / "other"))

    assert owner.run_once().exit_code == ExitCode.OK


def test_a_damaged_journal_is_not_made_anew_by_a_file_that_was_cut_short(owner: Owner) -> None:
    owner.run_once()
    journal = owner.state_folder / "journal.sqlite3"
    with closing(sqlite3.connect(journal)) as db:
        db.execute("DELETE FROM meta WHERE name = 'journal'")
        db.commit()
    owner.text = owner.text.removesuffix(MARK)

    with pytest.raises(ConfigError, match="lacks the line"), owner.in_a_process():
        rebuild(owner.loaded(), str(owner.config_file), SandboxClock(owner.sandbox))

    assert journal.exists()
