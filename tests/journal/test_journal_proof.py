"""Nothing in the journal can be changed unseen, and personal data can be removed all the same."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from builders import COPENHAGEN, NOW, ORDER_ID, a_plan
from records import a_record

from dinero_sync.domain.documents import Sending
from dinero_sync.domain.step import AS_WRITTEN, Language
from dinero_sync.errors import StateError
from dinero_sync.journal import contacts, effects, orders, runs
from dinero_sync.journal.cache import keep
from dinero_sync.journal.database import FILE_NAME, open_journal
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.folder.files import DAMAGED, remove_set_aside, set_aside
from dinero_sync.journal.upkeep.retention import remove_personal_data
from dinero_sync.journal.upkeep.verification import DECIDED, Verification, decision_hash, verify
from dinero_sync.texts.screens.saying import tell

STREET = "Skovbrynet 7"
OTHER_ORDER = 1
NEWER = NOW + timedelta(seconds=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_journal(tmp_path)
    yield connection
    connection.close()


def note(db: sqlite3.Connection, phase: Phase, body: str = "{}", order_id: int = ORDER_ID) -> None:
    effects.append(
        db,
        at=NOW,
        run_id="run",
        subject=order_id,
        kind=EffectKind.DRAFT,
        phase=phase,
        body=body,
    )


@pytest.fixture
def written(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return a journal with four lines, whose triggers somebody took away."""
    for phase in (Phase.INTENT, Phase.REJECTED, Phase.INTENT, Phase.DONE):
        note(db, phase)
    db.execute("DROP TRIGGER effects_stay")
    db.execute("DROP TRIGGER effects_remain")
    return db


def told(proof: Verification) -> list[str]:
    return [tell(each.text, Language.ENGLISH, **each.facts) for each in proof.faults]


def test_a_journal_as_it_was_written_has_no_faults(db: sqlite3.Connection) -> None:
    note(db, Phase.INTENT)
    first = effects.head(db)
    note(db, Phase.DONE)

    proof = verify(db, known_heads=(first, effects.head(db)))

    assert (proof.lines, proof.bodies_removed, proof.faults) == (2, 0, ())
    assert proof.head == effects.head(db)


def test_an_empty_journal_has_no_faults(db: sqlite3.Connection) -> None:
    proof = verify(db)

    assert (proof.lines, proof.head, proof.faults) == (0, "0" * 64, ())


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE effects SET phase = 'done' WHERE effect_id = 2",
        "UPDATE effects SET at = '2026-12-24' WHERE effect_id = 2",
        "UPDATE effects SET body_hash = '0' WHERE effect_id = 2",
        "UPDATE effects SET hash = '0' WHERE effect_id = 2",
    ],
)
def test_a_changed_line_is_found(written: sqlite3.Connection, tampering: str) -> None:
    written.execute(tampering)

    assert "Line 2 or one before it was changed or removed." in told(verify(written))


def test_a_removed_line_is_found_by_the_one_after_it(written: sqlite3.Connection) -> None:
    written.execute("DELETE FROM bodies WHERE effect_id = 2")
    written.execute("DELETE FROM effects WHERE effect_id = 2")

    assert told(verify(written)) == ["Line 3 or one before it was changed or removed."]


def test_a_changed_body_is_found(written: sqlite3.Connection) -> None:
    written.execute("""UPDATE bodies SET body = '{"Amount":1}' WHERE effect_id = 4""")

    assert told(verify(written)) == ["What line 4 sent or got was changed."]


def test_a_body_that_somebody_removed_is_found(written: sqlite3.Connection) -> None:
    written.execute("DELETE FROM bodies WHERE effect_id = 4")

    proof = verify(written)

    assert told(proof) == ["What line 4 sent or got was removed too early."]
    assert proof.bodies_removed == 1


def test_a_body_that_somebody_removed_after_others_were_removed_for_their_age_is_found(
    db: sqlite3.Connection,
) -> None:
    orders.save(db, an_order())
    note(db, Phase.INTENT, STREET)
    removed(db, NEWER)
    note(db, Phase.DONE)
    assert verify(db).faults == ()

    db.execute("DELETE FROM bodies WHERE effect_id = 3")

    assert told(verify(db)) == ["What line 3 sent or got was removed too early."]


def booked(db: sqlite3.Connection) -> sqlite3.Connection:
    """Write an order and its booking, as a run does."""
    orders.save(db, an_order())
    body = json.dumps({DECIDED: decision_hash(a_plan())})
    for phase in (Phase.INTENT, Phase.DONE):
        effects.append(
            db,
            at=NOW,
            run_id="run",
            subject=ORDER_ID,
            kind=EffectKind.BOOK,
            phase=phase,
            body=body if phase is Phase.INTENT else "{}",
        )
    return db


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE documents SET plan = json_set(plan, '$.invoice.lines[0].account', 9999)",
        "UPDATE documents SET plan = json_set(plan, '$.invoice.lines[0].unit_price', '1.00')",
        "UPDATE documents SET plan = json_set(plan, '$.invoice.date', '2026-12-24')",
        "UPDATE documents SET plan = NULL",
        "UPDATE documents SET plan = '{}'",
        "DELETE FROM subjects",
    ],
)
def test_a_decision_that_was_changed_after_it_was_booked_is_found(
    db: sqlite3.Connection, tampering: str
) -> None:
    assert verify(booked(db)).faults == ()

    db.execute(tampering)

    assert told(verify(db)) == [f"What was decided about order {ORDER_ID} isn't what was booked."]


def test_where_a_payment_goes_may_change_after_the_booking(db: sqlite3.Connection) -> None:
    later = replace(a_plan(), payment=None, sending=Sending.EMAIL)
    orders.save(booked(db), an_order().with_plan(later))

    assert verify(db).faults == ()


def test_an_order_whose_booking_is_still_to_be_read_may_be_planned_anew(
    db: sqlite3.Connection,
) -> None:
    orders.save(booked(db), a_record(ORDER_ID, rung=Rung.PLANNED))

    assert verify(db).faults == ()


def test_a_decision_that_was_removed_for_its_age_is_no_fault(db: sqlite3.Connection) -> None:
    removed(booked(db), NEWER)

    proof = verify(db)

    assert (proof.bodies_removed, proof.faults) == (2, ())


def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_logged(
    written: sqlite3.Connection,
) -> None:
    logged = effects.head(written)
    written.execute("DELETE FROM bodies WHERE effect_id = 4")
    written.execute("DELETE FROM effects WHERE effect_id = 4")

    (fault,) = told(verify(written, known_heads=(logged,)))

    assert logged[:12] in fault
    assert "its tail was cut off" in fault


def test_a_tail_that_was_cut_off_is_found_by_the_run_that_ended_with_it(
    written: sqlite3.Connection,
) -> None:
    for run_id, summary in (("a", {"journal_head": effects.head(written)}), ("b", {}), ("c", None)):
        runs.begin(written, run_id, NOW)
        if summary is not None:
            runs.finish(written, run_id, NOW, 0, dict(summary))
    assert verify(written).faults == ()

    written.execute("DELETE FROM bodies WHERE effect_id = 4")
    written.execute("DELETE FROM effects WHERE effect_id = 4")

    assert len(verify(written).faults) == 1


def removed(db: sqlite3.Connection, before: datetime) -> int:
    """Remove what is older, as the run does that ends now."""
    return remove_personal_data(db, before, now=NEWER, run_id="later")


def an_order(
    order_id: int = ORDER_ID,
    standing: Standing = Standing.DONE,
    contact_guid: UUID | None = None,
) -> OrderRecord:
    return a_record(
        order_id,
        standing,
        Rung.PAID if standing is Standing.DONE else Rung.VERIFIED,
        number="10427",
        changed=NOW,
        raw=f'{{"address": "{STREET}"}}',
        total=a_plan().invoice.total,
        plan=a_plan(),
        text=AS_WRITTEN,
        facts={"text": STREET},
        invoice_number=1001,
        contact_guid=contact_guid,
    )


@pytest.mark.parametrize("standing", [Standing.DONE, Standing.SKIPPED])
def test_what_was_said_about_an_old_settled_order_is_removed_and_its_numbers_stay(
    db: sqlite3.Connection, standing: Standing
) -> None:
    orders.save(db, an_order(standing=standing))
    note(db, Phase.INTENT, STREET)
    note(db, Phase.DONE, STREET, OTHER_ORDER)

    assert removed(db, NEWER) == 1

    known = orders.load(db, ORDER_ID)
    was = an_order(standing=standing)
    left = tuple(replace(each, plan=None, text=None, facts={}) for each in was.documents)
    assert known == replace(was, raw="{}", documents=left)
    assert [(each.kind, each.body) for each in effects.of_subject(db, ORDER_ID)] == [
        (EffectKind.DRAFT, None),
        (EffectKind.RETENTION, "{}"),
    ]
    assert [effect.body for effect in effects.of_subject(db, OTHER_ORDER)] == [STREET]


def test_the_chain_still_holds_after_personal_data_was_removed(db: sqlite3.Connection) -> None:
    orders.save(db, an_order())
    note(db, Phase.INTENT, STREET)
    note(db, Phase.DONE, STREET, OTHER_ORDER)
    before = effects.head(db)

    removed(db, NEWER)
    proof = verify(db, known_heads=(before,))

    assert (proof.bodies_removed, proof.faults) == (1, ())


@pytest.mark.parametrize(
    "standing", sorted(set(Standing) - {Standing.DONE, Standing.SKIPPED, Standing.BEHIND})
)
def test_an_order_that_isnt_settled_keeps_everything(
    db: sqlite3.Connection, standing: Standing
) -> None:
    orders.save(db, an_order(standing=standing))

    assert removed(db, NEWER) == 0
    assert orders.load(db, ORDER_ID) == an_order(standing=standing)


def test_an_order_that_changed_since_keeps_everything(db: sqlite3.Connection) -> None:
    orders.save(db, an_order())

    assert removed(db, NOW - timedelta(seconds=1)) == 0


@pytest.mark.parametrize(("done_at", "count"), [(NOW, 1), (NEWER, 0)])
def test_an_order_that_the_shop_dates_by_nothing_is_as_old_as_what_was_last_done_about_it(
    db: sqlite3.Connection, done_at: datetime, count: int
) -> None:
    orders.save(db, replace(an_order(), changed=None))
    for at in (NOW - timedelta(days=1), done_at.astimezone(UTC)):
        effects.append(
            db,
            at=at,
            run_id="run",
            subject=ORDER_ID,
            kind=EffectKind.OPERATOR,
            phase=Phase.DONE,
            body="{}",
        )

    assert removed(db, NEWER) == count


@pytest.mark.parametrize(
    ("changed", "done_at", "count"),
    [
        (NOW - timedelta(days=99), NOW, 1),
        (NOW - timedelta(days=99), NEWER, 0),
        (NOW, NOW - timedelta(days=99), 1),
        (NEWER, NOW - timedelta(days=99), 0),
    ],
)
def test_an_order_is_settled_when_both_the_shop_and_we_are_done_with_it(
    db: sqlite3.Connection, changed: datetime, done_at: datetime, count: int
) -> None:
    orders.save(db, replace(an_order(), changed=changed))
    effects.append(
        db,
        at=done_at,
        run_id="run",
        subject=ORDER_ID,
        kind=EffectKind.PAYMENT,
        phase=Phase.DONE,
        body="{}",
    )

    assert removed(db, NEWER) == count


def test_damaged_files_that_were_set_aside_are_removed_for_their_age(tmp_path: Path) -> None:
    for name, moment in (("old", NOW), ("new", NEWER.astimezone(COPENHAGEN))):
        (tmp_path / name).touch()
        set_aside(tmp_path / name, moment)
    (tmp_path / "watermark.json").touch()

    remove_set_aside(tmp_path, NEWER)

    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {"new", "watermark"}


def test_a_damaged_file_that_can_not_be_set_aside_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"journal can't be set aside"):
        set_aside(tmp_path / "journal", NOW)


def test_a_damaged_file_that_can_not_be_removed_yet_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / f"journal{DAMAGED}20200101T000000").mkdir()

    remove_set_aside(tmp_path, NOW)

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("kind", ["vies", "elsewhere"])
def test_what_vies_or_others_said_long_ago_is_removed_and_what_they_said_since_stays(
    db: sqlite3.Connection, kind: str
) -> None:
    keep(db, f"{kind}_1", str, "old", NOW - timedelta(seconds=1))
    keep(db, f"{kind}_2", str, "new", NOW.astimezone(COPENHAGEN))
    keep(db, f"{kind}tad", str, "something else", NOW - timedelta(days=9))

    removed(db, NOW)

    names = [row["name"] for row in db.execute("SELECT name FROM cache ORDER BY name")]
    assert names == [f"{kind}_2", f"{kind}tad"]


def test_how_a_contact_looked_is_forgotten_with_the_last_order_made_out_to_it(
    db: sqlite3.Connection,
) -> None:
    gone, kept = UUID(int=1), UUID(int=2)
    orders.save(db, an_order(contact_guid=gone))
    orders.save(db, an_order(OTHER_ORDER, Standing.HELD, contact_guid=kept))
    for guid in (gone, kept):
        contacts.note_sent(db, guid, "hash")

    removed(db, NEWER)

    assert (contacts.last_sent(db, gone), contacts.last_sent(db, kept)) == ("", "hash")


def test_an_order_loses_its_contents_once(db: sqlite3.Connection) -> None:
    orders.save(db, an_order())

    assert [removed(db, NEWER) for _ in range(2)] == [1, 0]


def test_the_time_to_remove_until_may_be_told_in_any_zone(db: sqlite3.Connection) -> None:
    orders.save(db, an_order())

    assert removed(db, (NOW - timedelta(minutes=1)).astimezone(COPENHAGEN)) == 0


def test_what_was_removed_is_gone_from_the_file_as_well(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    orders.save(db, an_order())
    note(db, Phase.INTENT, STREET * 5000)
    assert STREET.encode() in (tmp_path / FILE_NAME).read_bytes()

    removed(db, NEWER)

    assert STREET.encode() not in (tmp_path / FILE_NAME).read_bytes()
