"""Intents and outcomes are written once, in order, and can't be changed afterwards."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import NOW, ORDER_ID

from dinero_sync.journal import effects
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.effects import EffectKind, Phase

BOOK, DRAFT, PAYMENT = EffectKind.BOOK, EffectKind.DRAFT, EffectKind.PAYMENT
INTENT, DONE, REJECTED, ADOPTED = Phase


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(tmp_path)
    yield connection
    connection.close()


def note(
    db: sqlite3.Connection,
    kind: EffectKind,
    phase: Phase,
    body: str = "{}",
    *,
    order_id: int = ORDER_ID,
) -> None:
    effects.append(
        db,
        at=NOW,
        run_id="4d1f",
        subject=order_id,
        kind=kind,
        phase=phase,
        body=body,
    )


def test_the_effects_of_an_order_are_told_oldest_first_and_without_those_of_others(
    db: sqlite3.Connection,
) -> None:
    note(db, DRAFT, INTENT, '{"Lines":[]}')
    note(db, DRAFT, INTENT, order_id=1)
    note(db, DRAFT, DONE, '{"Guid":"x"}')

    told = effects.of_subject(db, ORDER_ID)

    assert [(effect.phase, effect.body) for effect in told] == [
        (INTENT, '{"Lines":[]}'),
        (DONE, '{"Guid":"x"}'),
    ]
    assert (told[1].at, told[1].run_id) == (NOW, "4d1f")
    assert (told[1].subject, told[1].document, told[1].kind) == (ORDER_ID, "invoice", DRAFT)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE effects SET phase = 'done'",
        "UPDATE effects SET hash = ''",
        "DELETE FROM effects",
    ],
)
def test_an_effect_can_be_neither_changed_nor_removed(db: sqlite3.Connection, change: str) -> None:
    note(db, BOOK, INTENT)

    with pytest.raises(sqlite3.IntegrityError, match="effects are append-only"):
        db.execute(change)

    assert [effect.phase for effect in effects.of_subject(db, ORDER_ID)] == [INTENT]


def test_an_effect_cant_be_written_over_either(db: sqlite3.Connection) -> None:
    note(db, BOOK, INTENT)

    with pytest.raises(sqlite3.IntegrityError, match="effects are append-only"):
        db.execute("REPLACE INTO effects SELECT * FROM effects")


def test_a_body_with_personal_data_can_be_removed_and_the_chain_still_holds(
    db: sqlite3.Connection,
) -> None:
    note(db, DRAFT, INTENT, '{"Address":"Prøvevej 7"}')
    note(db, DRAFT, DONE)

    db.execute("DELETE FROM bodies WHERE effect_id = 1")

    assert [effect.body for effect in effects.of_subject(db, ORDER_ID)] == [None, "{}"]
    assert recomputed_head(db) == effects.head(db)


def recomputed_head(db: sqlite3.Connection) -> str:
    """Follow the chain from its first line as an auditor would, with SHA-256 and nothing else."""
    head = "0" * 64
    for fields in db.execute(
        "SELECT at, run_id, subject, kind, phase, body_hash, document FROM effects"
        " ORDER BY effect_id"
    ):
        line = "\n".join([head, *map(str, fields)])
        head = hashlib.sha256(line.encode()).hexdigest()
    return head


def test_each_effect_is_chained_to_the_one_before(db: sqlite3.Connection) -> None:
    assert effects.head(db) == "0" * 64

    for number, phase in enumerate((INTENT, REJECTED, INTENT, ADOPTED)):
        note(db, PAYMENT, phase, f'{{"n":{number}}}')
        assert recomputed_head(db) == effects.head(db)


def test_the_chain_vouches_for_the_bodies(db: sqlite3.Connection) -> None:
    note(db, DRAFT, INTENT, '{"Æ":1}')

    (kept,) = db.execute("SELECT body_hash FROM effects").fetchone()

    assert kept == hashlib.sha256('{"Æ":1}'.encode()).hexdigest()


@pytest.mark.parametrize(
    ("phases", "in_doubt"),
    [
        ([], False),
        ([INTENT], True),
        ([INTENT, DONE], False),
        ([INTENT, REJECTED], False),
        ([INTENT, ADOPTED], False),
        ([INTENT, REJECTED, INTENT], True),
        ([ADOPTED], False),
    ],
    ids=str,
)
def test_an_intent_without_an_outcome_is_in_doubt(
    db: sqlite3.Connection, phases: list[Phase], *, in_doubt: bool
) -> None:
    for phase in phases:
        note(db, BOOK, phase)

    assert effects.open_intents(db, ORDER_ID) == ({BOOK} if in_doubt else set())


def test_doubt_about_one_change_or_order_is_none_about_another(db: sqlite3.Connection) -> None:
    note(db, DRAFT, INTENT)
    note(db, DRAFT, DONE)
    note(db, BOOK, INTENT)
    note(db, PAYMENT, INTENT, order_id=1)

    assert effects.open_intents(db, ORDER_ID) == {BOOK}
    assert effects.open_intents(db, 1) == {PAYMENT}
