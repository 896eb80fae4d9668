"""What was acted on, sent and answered can be shown afterwards, whatever the shop says by then."""

import json
from contextlib import closing
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.effects import Effect
from dinero_sync.journal.upkeep.verification import verify
from dinero_sync.sync.run.run import RunOptions

WRITES = ["contact", "draft", "book", "payment"]


def lines(business: Business) -> list[Effect]:
    """Return what the journal tells of the order, oldest first."""
    with closing(open_copy(business.state_folder)) as db:
        return effects.of_subject(db, ORDER_ID)


def bodies(business: Business, kind: str, phase: str) -> list[dict[str, Any]]:
    """Return what lines of one kind carry."""
    return [
        json.loads(each.body or "")
        for each in lines(business)
        if (each.kind, each.phase) == (kind, phase)
    ]


def test_the_order_that_was_acted_on_outlives_its_changes_in_the_shop(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    acted_on = business.order().raw
    business.change(order_name="Somebody Else", total_price=1)
    business.run_once()

    (draft,) = bodies(business, "draft", "intent")
    kept = {each.body_hash: each.body for each in lines(business) if each.kind == "order"}

    assert business.order().raw != acted_on
    assert kept[draft["order"]] == acted_on


def test_an_order_is_kept_once_for_all_that_was_decided_from_it(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    (order,) = [each for each in lines(business) if each.kind == "order"]
    told = {kind: bodies(business, kind, "intent")[0]["order"] for kind in WRITES}

    assert told == dict.fromkeys(WRITES, order.body_hash)


def test_an_order_that_changed_before_the_next_step_is_kept_again(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    first = business.order().raw
    business.change(order_name="Anna Prøve-Jensen")
    business.run_once()

    (draft,), (replaced,) = (
        bodies(business, "draft", "intent"),
        bodies(business, "replace_draft", "intent"),
    )
    kept = {each.body_hash: each.body for each in lines(business) if each.kind == "order"}

    assert kept[draft["order"]] == first
    assert kept[replaced["order"]] == business.order().raw != first


def test_what_was_sent_and_answered_is_kept_word_by_word(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once()

    sent = [each for each in finished.requests if each.service == "dinero" and each.raw_body]
    requests = [bodies(business, kind, "intent")[0]["request"] for kind in WRITES]
    assert [each["body"].encode() for each in requests] == [each.raw_body for each in sent]
    assert [(each["method"], f"/dinero{each['path']}") for each in requests] == [
        (each.method, each.path) for each in sent
    ]
    answers = [bodies(business, kind, "done")[0]["answer"] for kind in WRITES]
    assert {each["status"] for each in answers} <= {200, 201}
    assert json.loads(answers[2]["body"])["Number"] == 1001


def test_why_dinero_refused_is_kept_word_by_word(business: Business) -> None:
    business.sell(raw_order())
    business.fault("status_before", "*/book", status=400, body="refusal")
    business.run_once()

    (refused, *_) = bodies(business, "book", "rejected")

    assert refused["answer"]["status"] == 400
    assert "status 400" in refused["reason"]


def test_a_change_that_was_never_begun_for_want_of_time_is_none(business: Business) -> None:
    business.config["dinero"]["calls_per_minute"] = 5
    business.sell(raw_order())

    finished = business.run_once(deadline_seconds=30)

    assert finished.exit_code == ExitCode.TEMPORARY
    begun = [each for each in lines(business) if each.phase == "intent"]
    assert len(begun) == len(finished.writes())


@pytest.mark.parametrize("folder_is", ["new", "lost"])
def test_a_dry_run_logs_no_head_that_is_only_in_memory(business: Business, folder_is: str) -> None:
    business.sell(raw_order())
    if folder_is == "lost":
        business.run_once()
        business.state_folder.rename(business.state_folder.with_name("moved"))
    dry = business.run_once(dry_run=True)
    business.run_once()

    with closing(open_copy(business.state_folder)) as db:
        assert verify(db, (dry.result.journal_head,)).faults == ()


def test_what_was_answered_is_kept_where_the_token_could_not_be_renewed(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    business.fault("expired_token", "*/book", "POST")
    business.fault("status_before", service="authz", status=503, times=None)

    assert business.book().exit_code == ExitCode.TEMPORARY

    (refused,) = bodies(business, "book", "rejected")
    assert refused["answer"]["status"] == 401
    assert "token server" in refused["reason"]


def test_a_dry_run_logs_the_head_of_the_journal_on_disk(business: Business) -> None:
    business.sell(raw_order())
    head = business.run_once(RunOptions()).result.journal_head

    assert business.run_once(dry_run=True).result.journal_head == head != effects.NO_HASH


def test_what_was_sent_is_kept_for_its_time_from_the_settling_of_an_old_order(
    business: Business,
) -> None:
    business.config["sync"] |= {"retention_days": 5, "start_date": "2026-11-01"}
    business.config["payment_types"] = []
    old = "2026-11-20 10:00:00"
    business.sell(raw_order(time=old, last_modified=old, paid_time=old))

    business.run_once()
    kept = business.order()
    business.wait(days=4)
    business.run_once()
    still_kept = business.order()
    business.wait(days=2)
    business.run_once()

    assert kept.standing == "done"
    assert kept.plan is not None
    assert still_kept.plan == kept.plan
    assert {each.body is None for each in lines(business) if each.kind == "draft"} == {True}
    assert business.order().plan is None
