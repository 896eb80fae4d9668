"""The label on the shop's order tells how it stands, and is never a change of the order to us."""

from contextlib import closing
from typing import Any

import pytest
from business import Business, Finished
from shop import ORDER_ID, raw_order, unpaid_order

from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import ExitCode
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.labels import written
from dinero_sync.sync.run.by_hand import skip_order
from dinero_sync.sync.run.run import RunOptions

FIELD = "order_labels"
OF_STAFF = {"order_label_id": 7, "name": "VIP"}
PATH = f"/shoporama/REST/order/{ORDER_ID}"
PLACES = {"before": "shoporama.client.ShopClient.relabel", "after": "journal.labels.written.note"}
"""Where a run dies: before a label is written, and after that."""


@pytest.fixture
def shop(business: Business) -> Business:
    """Return a shop with labels switched on."""
    business.config["shoporama"]["labels"] = {"write": True}
    return business


def sold(order_id: int = ORDER_ID, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as the shop
    return raw_order(order_id, **{FIELD: [], **fields})


def unpaid(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    return unpaid_order(ORDER_ID, **{FIELD: [], **fields})


def unknown_gateway(order_id: int = ORDER_ID) -> dict[str, Any]:
    return sold(order_id, payment_gateway_id=90)


def labels(shop: Business, order_id: int = ORDER_ID) -> list[Any]:
    found: list[Any] = shop.sandbox.orders[order_id][FIELD]
    return found


def patches(finished: Finished) -> list[str]:
    return [call for call in finished.calls("shoporama") if call.startswith("PATCH")]


def about_single_orders(finished: Finished) -> list[str]:
    return [call for call in finished.calls("shoporama") if f"order/{ORDER_ID}" in call]


def test_a_booked_order_is_labelled_once_and_never_looked_at_for_that_again(
    shop: Business,
) -> None:
    shop.sell(sold())
    first = shop.run_once()
    moved, decided = shop.sandbox.orders[ORDER_ID]["last_modified"], shop.order()
    shop.wait(minutes=5)
    again = shop.run_once()

    assert labels(shop) == ["dinero-ok"]
    assert about_single_orders(first) == [f"GET order/{ORDER_ID}", f"PATCH order/{ORDER_ID}"]
    assert moved >= "2026-12-10 12:00:00"
    assert about_single_orders(again) == []
    assert again.calls("dinero") == []
    assert shop.order() == decided


def test_without_being_asked_for_nothing_is_written_and_nothing_could_be(
    business: Business,
) -> None:
    business.sell(sold())

    finished = business.run_once()

    assert patches(finished) == []
    with business.at_work() as place:
        assert place.shop_http.read_only


def test_a_dry_run_labels_nothing(shop: Business) -> None:
    shop.sell(sold())

    assert patches(shop.run_once(dry_run=True)) == []


def test_a_run_for_one_order_labels_it(shop: Business) -> None:
    shop.sell(sold())

    shop.run_once(RunOptions(order_ids=(ORDER_ID,)))

    assert labels(shop) == ["dinero-ok"]


def test_labels_of_others_stay_as_they_are(shop: Business) -> None:
    ours = {"order_label_id": 9, "name": "dinero-pending"}
    shop.sell(sold(order_labels=[OF_STAFF, ours]))

    shop.run_once()

    assert labels(shop) == [OF_STAFF, {"name": "dinero-ok"}]


def test_a_held_order_says_so_until_it_is_booked(shop: Business) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    held = labels(shop)
    idle = shop.run_once()
    shop.change(payment_gateway_id=77)
    shop.run_once()

    assert held == ["dinero-failed"]
    assert patches(idle) == []
    assert labels(shop) == ["dinero-ok"]


def test_what_is_not_due_has_none(shop: Business) -> None:
    shop.sell(unpaid())

    assert patches(shop.run_once()) == []


def test_a_draft_that_waits_for_a_word_is_pending_until_it_is_booked(shop: Business) -> None:
    shop.config["sync"]["booking"] = "draft"
    shop.sell(sold())
    shop.run_once()
    waiting = labels(shop)
    shop.book()
    shop.run_once()

    assert waiting == ["dinero-pending"]
    assert labels(shop) == ["dinero-ok"]


@pytest.mark.parametrize(
    ("reason", "label"),
    [(SkipReason.BY_OPERATOR, []), (SkipReason.BOOKED_ELSEWHERE, ["dinero-ok"])],
)
def test_what_a_person_decides_moves_the_label_at_the_next_run(
    shop: Business, reason: SkipReason, label: list[str]
) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    with shop.at_work() as place:
        skip_order(place, shop.order(), "faktura 77", reason)
    ended = shop.order()

    shop.run_once()
    shop.run_once()

    assert labels(shop) == label
    assert shop.order() == ended


def test_an_order_that_is_cancelled_while_it_is_held_loses_its_label(shop: Business) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    shop.change(status="cancelled")

    shop.run_once()

    assert labels(shop) == []


def test_a_hold_goes_on_as_patiently_as_if_no_label_had_been_written(shop: Business) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    before = shop.order()
    shop.wait(minutes=10)

    finished = shop.run_once()

    assert shop.order() == before
    assert finished.exit_code is ExitCode.HELD
    assert finished.result.touched == {}


def test_the_time_that_a_label_moved_dates_no_invoice(shop: Business) -> None:
    # Where the shop tells no day of payment, the day of the last change is taken for it.
    shop.sell(unpaid(paid_time=None, payment_gateway_id=90))
    shop.run_once()
    shop.change(paid=1, last_modified="2026-12-10 12:00:00")
    shop.config["shoporama"]["labels"]["write"] = False
    shop.run_once()
    shop.config["shoporama"]["labels"]["write"] = True
    shop.wait(days=1)
    shop.run_once()  # labelled a day late
    assert labels(shop) == ["dinero-failed"]
    assert shop.sandbox.orders[ORDER_ID]["last_modified"].startswith("2026-12-11")
    shop.wait(days=1)
    shop.config["payment_types"].append(
        {"name": "New", "when": {"gateway_id": 90}, "paid": True, "deposit_account": 55000}
    )

    shop.retry()
    shop.run_once()

    assert labels(shop) == ["dinero-ok"]
    assert str(shop.order().invoice_day) == "2026-12-10"


def test_a_change_by_somebody_else_is_one_though_a_label_was_written(shop: Business) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    shop.wait(minutes=10)
    shop.change(order_name="Anna Nyt Navn")

    shop.run_once()

    assert "Anna Nyt Navn" in shop.order().raw


@pytest.mark.parametrize("at", PLACES)
def test_a_run_that_dies_between_write_and_note_writes_nothing_twice(
    shop: Business, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    shop.sell(unknown_gateway())
    with monkeypatch.context() as patch:
        patch.setattr(f"dinero_sync.{PLACES[at]}", die)
        with pytest.raises(KeyboardInterrupt):
            shop.run_once()
    before = shop.order()
    shop.wait(minutes=5)

    again = shop.run_once()
    idle = shop.run_once()

    assert labels(shop) == ["dinero-failed"]
    assert len(patches(again)) == (1 if at == "before" else 0)
    assert about_single_orders(idle) == []
    assert shop.order().looks == before.looks


def test_what_the_first_run_booked_before_it_died_is_labelled_by_the_next(
    shop: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: object) -> None:
        raise KeyboardInterrupt

    shop.sell(sold())
    with monkeypatch.context() as patch:
        patch.setattr("dinero_sync.sync.run.labels.labelling.label_orders", die)
        with pytest.raises(KeyboardInterrupt):
            shop.run_once()
    died_with = labels(shop)
    shop.wait(minutes=5)
    shop.run_once()

    assert (died_with, labels(shop)) == ([], ["dinero-ok"])


def test_a_lost_state_folder_costs_a_look_at_each_label_and_no_write(shop: Business) -> None:
    shop.sell(sold())
    shop.run_once()
    (shop.state_folder / "journal.sqlite3").unlink()
    shop.wait(minutes=5)

    finished = shop.run_once()
    idle = shop.run_once()

    assert about_single_orders(finished) == [f"GET order/{ORDER_ID}"]
    assert about_single_orders(idle) == []
    assert len(shop.invoices()) == 1


@pytest.mark.parametrize("status", [403, 404, 422, 500])
def test_a_shop_that_takes_no_labels_is_told_of_once_and_left_alone_for_a_day(
    shop: Business, status: int
) -> None:
    shop.sell(sold())
    for _ in range(16):
        shop.fault("status_before", PATH, "PATCH", service="shoporama", status=status)

    first = shop.run_once()
    shop.sell(sold(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"))
    second = shop.run_once()
    shop.wait(hours=25)
    third = shop.run_once()
    shop.sandbox.clear_faults()
    shop.wait(hours=25)
    shop.run_once()

    assert first.exit_code is ExitCode.OK
    (told,) = first.events("labels.paused")
    assert f"status {status}" in told["message"]
    assert patches(second) == []
    assert patches(third)
    assert third.events("labels.paused") == []
    assert labels(shop) == labels(shop, ORDER_ID + 1) == ["dinero-ok"]


def test_an_order_that_shows_no_labels_is_never_written_to(shop: Business) -> None:
    shop.sell(raw_order())

    finished = shop.run_once()

    assert patches(finished) == []
    (told,) = finished.events("labels.paused")
    assert "doesn't show which labels an order has" in told["message"]


def test_calls_that_polls_need_are_kept_and_the_rest_is_labelled_later(shop: Business) -> None:
    shop.config["shoporama"]["daily_calls"] = 10
    shop.sell(sold(), sold(ORDER_ID + 1, email="bo@example.com"))

    first = shop.run_once()
    shop.wait(hours=25)
    shop.run_once()

    assert len(patches(first)) == 1
    assert first.exit_code is ExitCode.OK
    assert labels(shop) == labels(shop, ORDER_ID + 1) == ["dinero-ok"]


def test_what_was_booked_before_labels_were_asked_for_gets_none(business: Business) -> None:
    business.sell(sold())
    business.run_once()
    business.config["shoporama"]["labels"] = {"write": True}

    business.run_once()

    assert labels(business) == []


def test_a_label_that_was_called_otherwise_is_taken_off(shop: Business) -> None:
    shop.sell(unknown_gateway())
    shop.run_once()
    shop.config["shoporama"]["labels"]["held"] = "se-dinero"

    shop.run_once()

    assert labels(shop) == ["se-dinero"]


def test_the_journal_says_which_label_an_order_has(shop: Business) -> None:
    shop.sell(sold())
    shop.run_once()

    with closing(open_copy(shop.state_folder)) as db:
        known = written.last(db, ORDER_ID)
        assert known is not None
        assert known.label == "dinero-ok"
        assert written.passing(db) == []
