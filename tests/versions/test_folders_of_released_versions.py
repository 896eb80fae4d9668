"""A state folder of any released version is brought up to the present one, and goes on."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kept_worlds import KeptWorld

from dinero_sync.journal import orders
from dinero_sync.journal.database import FILE_NAME, open_copy, open_journal
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.journal.schema import VERSION
from dinero_sync.journal.schema import version as version_of
from dinero_sync.journal.upkeep.verification import verify

pytestmark = pytest.mark.slow

COPY = f"{FILE_NAME}.version-1"
UNDER_WAY = ("died", "in doubt")
"""How the names of orders begin that the next run finishes."""
NO_INVOICE_YET = ("died before its contact", "died after its contact", "died before its draft")
STOOD: dict[str, dict[str, str]] = {
    "paid": {"invoice": "done", "payment": "done"},
    "margin done": {"invoice": "done", "margin": "done", "payment": "done"},
    "sent": {"invoice": "done", "sending": "done", "payment": "done"},
    "on invoice": {"invoice": "done"},
    "awaiting payment": {"invoice": "done", "payment": "open awaiting_payment"},
    "paid later": {"invoice": "done", "payment": "done"},
    "unpaid": {"invoice": "open unpaid"},
    "unknown payment type": {"invoice": "held unknown_payment_type"},
    "no purchase price": {"invoice": "held purchase_price_missing"},
    "cancelled": {"invoice": "skipped cancelled"},
    "before the start": {"invoice": "skipped before_start"},
    "straddling": {"invoice": "held straddles_start"},
    "adopted": {"invoice": "skipped booked_elsewhere"},
    "skipped": {"invoice": "skipped by_operator"},
    "changed": {"invoice": "held changed_after_booking", "payment": "done"},
    "changed and accepted": {"invoice": "done", "payment": "done"},
    "cancelled after booking": {"invoice": "held cancelled_after_booking", "payment": "done"},
    "paid differently": {"invoice": "done", "payment": "held paid_differently"},
    "not sent": {"invoice": "done", "sending": "held not_sent", "payment": "behind"},
    "margin not booked": {
        "invoice": "done",
        "margin": "held margin_not_booked",
        "payment": "behind",
    },
    "booked elsewhere": {"invoice": "held maybe_booked_elsewhere", "payment": "behind"},
    "draft": {"invoice": "open awaiting_booking", "payment": "behind"},
    "draft of second-hand goods": {
        "invoice": "open awaiting_booking",
        "margin": "behind",
        "payment": "behind",
    },
    "draft of a cancelled order": {"invoice": "held no_longer_due", "payment": "behind"},
    "died before its contact": {"invoice": "working", "payment": "behind"},
    "died after its contact": {"invoice": "working", "payment": "behind"},
    "died before its draft": {"invoice": "working", "payment": "behind"},
    "died after its draft": {"invoice": "working", "payment": "behind"},
    "died before its booking": {"invoice": "working", "payment": "behind"},
    "died after its booking": {"invoice": "working", "payment": "behind"},
    "died before its payment": {"invoice": "done", "payment": "working"},
    "died after its payment": {"invoice": "done", "payment": "working"},
    "died before its margin": {"invoice": "done", "margin": "working", "payment": "behind"},
    "died after its margin": {"invoice": "done", "margin": "working", "payment": "behind"},
    "died before its margin's booking": {
        "invoice": "done",
        "margin": "working",
        "payment": "behind",
    },
    "died after its margin's booking": {
        "invoice": "done",
        "margin": "working",
        "payment": "behind",
    },
    "died between margin and payment": {
        "invoice": "done",
        "margin": "done",
        "payment": "working",
    },
    "died before its sending": {"invoice": "done", "sending": "working", "payment": "behind"},
    "died after its sending": {"invoice": "done", "sending": "working", "payment": "behind"},
    "died between sending and payment": {
        "invoice": "done",
        "sending": "done",
        "payment": "working",
    },
    "in doubt": {"invoice": "in_doubt no_answer", "payment": "behind"},
}
"""Each order's documents: how they stand, and why."""
LOCKS, TOKENS = {"run.lock", "tokens.lock"}, "tokens.json"
"""Of these, tokens are renewed by whoever asks Dinero."""
READING = (
    ("status",),
    ("status", "--json"),
    ("verify",),
    ("show", "4815162"),
    ("show", "4815162", "--json"),
    ("explain", "4815162"),
    ("margin", "--from", "2026-12-01", "--to", "2026-12-31"),
    ("rules", "replay", "--since", "2026-12-01"),
    ("run", "--dry-run"),
    ("plan",),
)
"""Commands that change nothing in the state folder."""


def records(world: KeptWorld) -> dict[str, OrderRecord]:
    """Return each order as the present version reads it, by its name in the story."""
    with closing(open_copy(world.state)) as db:
        found = {name: orders.load(db, order_id) for name, order_id in world.names.items()}
    return {name: record for name, record in found.items() if record is not None}


def stands(record: OrderRecord) -> dict[str, str]:
    """Tell how each document stands, and why."""
    return {each.key: f"{each.standing} {each.reason or ''}".strip() for each in record.documents}


def ends(name: str) -> dict[str, str]:
    """Tell how an order's documents have to stand once a run came by.

    Nobody changed the configuration: what waited or was held isn't judged anew, though this version
    knows more settings. No draft that waited for a person's word is booked without it.
    """
    if name.startswith(UNDER_WAY):
        return dict.fromkeys(STOOD[name], "done")
    return STOOD[name]


def test_each_order_stands_where_it_stood(world: KeptWorld) -> None:
    assert {name: stands(record) for name, record in records(world).items()} == STOOD


def test_a_run_leaves_what_was_held_and_finishes_what_was_begun(world: KeptWorld) -> None:
    finished = world.give("run")

    assert finished.status == 3
    assert {name: stands(record) for name, record in records(world).items()} == {
        name: ends(name) for name in STOOD
    }


def test_a_setting_that_is_changed_afterwards_has_them_judged_anew(world: KeptWorld) -> None:
    world.give("run")
    file = world.folder / "config.yaml"
    rules = "posting:\n  handed_over: {in_denmark: [303]}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("posting:\n", rules), encoding="utf-8")
    world.give("run")

    found = records(world)
    assert set(stands(found["draft"]).values()) == {"done"}, "sync.booking is automatic by now"


def test_nothing_is_booked_paid_or_sent_twice(world: KeptWorld) -> None:
    before = world.books()
    world.give("run")
    world.give("run")
    after = world.books()

    for guid, (was_booked, payments, mailouts) in before["invoices"].items():
        is_booked, *counts = after["invoices"][guid]
        assert is_booked >= was_booked
        assert 1 >= counts[0] >= payments
        assert 1 >= counts[1] >= mailouts
    began = [name for name in world.names if name.startswith(NO_INVOICE_YET)]
    assert len(after["invoices"]) == len(before["invoices"]) + len(began)
    assert sum(world.sandbox.organisation.balances().values()) == 0
    assert world.sandbox.complaints == []


def test_the_next_run_has_nothing_left_to_do(world: KeptWorld) -> None:
    world.give("run")
    after, asked = world.books(), world.sandbox.request_count
    world.give("run")

    services = [each.service for each in world.sandbox.requests if each.number > asked]
    assert world.books() == after
    assert "dinero" not in services


def test_orders_booked_then_are_compared_by_what_would_be_posted(world: KeptWorld) -> None:
    """What those versions kept of them is a hash of fields alone."""
    world.give("run")
    _change(world, "paid", products=[{**_line(world, "paid"), "own_id": "KRUS-2"}], vat="25.000001")
    _change(world, "sent", vat_number="DK 90000039")
    _change(world, "margin done", order_name="Anna P. Prøve", tracking_number="1")
    _change(world, "on invoice", total_price=250, vat=50, products=[_line(world, "paid")] * 2)
    _change(world, "changed and accepted", products=[_line(world, "changed and accepted")])
    first = world.give("run")

    found = {name: set(stands(record).values()) for name, record in records(world).items()}
    assert first.status == 3
    assert found["paid"] == found["sent"] == found["margin done"] == {"done"}
    assert "held changed_after_booking" in found["on invoice"]
    assert found["changed and accepted"] == {"done"}, "nothing was changed of it"


def _line(world: KeptWorld, name: str) -> dict[str, Any]:
    line: dict[str, Any] = world.sandbox.orders[world.names[name]]["products"][0]
    return line


def _change(world: KeptWorld, name: str, **fields: object) -> None:
    world.sandbox.change_order(world.names[name], fields)


def test_drafts_that_waited_for_a_persons_word_are_booked_by_it(world: KeptWorld) -> None:
    booked = world.give("book", "--all")

    found = records(world)
    drafts = ("draft", "draft of second-hand goods")
    assert booked.status == 4, "one that it isn't about is in doubt"
    assert {name: set(stands(found[name]).values()) for name in drafts} == {
        name: {"done"} for name in drafts
    }


def test_nothing_was_changed_or_removed_before_nor_after(world: KeptWorld) -> None:
    heads = noted_heads(world.state / FILE_NAME)
    before = world.give("verify")
    world.give("run")
    after = world.give("verify")

    assert (before.status, after.status) == (0, 0)
    with closing(open_journal(world.state)) as db:
        assert verify(db, heads).faults == ()


def noted_heads(journal: Path) -> tuple[str, ...]:
    """Return the heads that the version itself noted, line by line."""
    with closing(sqlite3.connect(journal)) as db:
        return tuple(hash_ for (hash_,) in db.execute("SELECT hash FROM effects"))


@pytest.mark.parametrize("line", [1, 40])
def test_a_line_that_was_changed_before_is_found_after(first_world: KeptWorld, line: int) -> None:
    with closing(sqlite3.connect(first_world.state / FILE_NAME)) as db:
        db.execute("DROP TRIGGER effects_stay")
        db.execute("UPDATE effects SET at = '2020-01-01' WHERE effect_id = ?", (line,))
        db.execute(
            "CREATE TRIGGER effects_stay BEFORE UPDATE ON effects"
            " BEGIN SELECT RAISE(ABORT, 'effects are append-only'); END"
        )
        db.commit()
    before = first_world.give("verify")
    first_world.give("run", "--order", "4815162")
    after = first_world.give("verify")

    assert (before.status, after.status) == (70, 70)
    assert f"Line {line} or one before it was changed" in before.told
    assert f"Line {line} or one before it was changed" in after.told


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_looking_changes_not_a_byte(first_world: KeptWorld, command: tuple[str, ...]) -> None:
    before = first_world.files()
    given = first_world.give(*command)

    after = first_world.files()
    assert given.status in {0, 3}, given.told
    assert after.keys() - before.keys() <= LOCKS
    assert {name: after[name] for name in before} == {**before, TOKENS: after[TOKENS]}


def test_a_copy_of_what_was_is_kept_for_its_owner_alone(world: KeptWorld) -> None:
    before = world.files()[FILE_NAME]
    world.give("run")

    copy = world.state / COPY
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert contents(copy) == contents(written(world.folder / "before", before))
    assert sorted(world.files()) == [
        FILE_NAME,
        COPY,
        "run.lock",
        "tokens.json",
        "tokens.lock",
        "watermark.json",
    ]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def contents(journal: Path) -> list[str]:
    """Return all that a database holds, as SQL."""
    with closing(sqlite3.connect(journal)) as db:
        return [f"{version_of(db)}", *db.iterdump()]


def test_it_is_brought_up_once(first_world: KeptWorld) -> None:
    first_world.give("run")
    copy = first_world.state / COPY
    copy.unlink()
    first_world.give("run")

    assert not copy.exists()


def test_the_tables_are_those_of_a_new_journal(world: KeptWorld, tmp_path: Path) -> None:
    with (
        closing(open_journal(open_state_folder(tmp_path / "new"))) as new,
        closing(open_journal(world.state)) as brought_up,
    ):
        assert described(brought_up) == described(new)
        assert version_of(brought_up) == VERSION
        assert brought_up.execute("PRAGMA foreign_key_check").fetchall() == []
        assert brought_up.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def described(db: sqlite3.Connection) -> dict[str, object]:
    """Return what makes up a journal: its tables, columns, indexes and triggers."""
    made = {
        row["name"]: " ".join((row["sql"] or "").split())
        for row in db.execute("SELECT name, sql FROM sqlite_schema WHERE type != 'table'")
    }
    columns = {
        row["name"]: [tuple(each) for each in db.execute(f"PRAGMA table_info({row['name']})")]
        for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    references = [tuple(each) for each in db.execute("PRAGMA foreign_key_list(bodies)")]
    return {"made": made, "columns": columns, "references": references}
