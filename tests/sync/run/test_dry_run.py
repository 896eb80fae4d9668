"""A dry run looks at everything and changes nothing, anywhere."""

import shutil

from business import READS, Business, Finished
from second_hand import RULES, SOLD_LAMP
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode


def changes(finished: Finished) -> list[str]:
    """List what changes something; a token that had to be obtained is the one exception."""
    return [
        f"{request.method} {request.path}"
        for request in finished.requests
        if request.method not in READS and request.service != "authz"
    ]


def test_it_lists_what_would_be_done(business: Business) -> None:
    business.sell(raw_order(), raw_order(ORDER_ID + 1, payment_gateway_id=90))

    finished = business.run_once(dry_run=True)

    assert [record.order_id for record in finished.planned] == [ORDER_ID]
    assert finished.exit_code == ExitCode.HELD
    plan = finished.planned[0].plan
    assert plan is not None
    assert str(plan.invoice.total) == "125.00"


def test_no_change_reaches_the_shop_or_dinero(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once(dry_run=True)

    assert changes(finished) == []
    assert business.invoices() == []


def test_it_creates_no_state_folder(business: Business) -> None:
    business.sell(raw_order())

    business.run_once(dry_run=True)

    assert not business.state_folder.exists()


def test_it_leaves_the_files_of_a_state_folder_as_they_are(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    before = {path.name: path.read_bytes() for path in business.state_folder.iterdir()}
    business.sell(raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"))

    finished = business.run_once(dry_run=True)

    assert [record.order_id for record in finished.planned] == [ORDER_ID + 1]
    assert {path.name: path.read_bytes() for path in business.state_folder.iterdir()} == before


def test_it_takes_no_lock(business: Business) -> None:
    business.sell(raw_order())

    with business.at_work():
        finished = business.run_once(dry_run=True)

    assert len(finished.planned) == 1


def test_it_says_up_to_when_a_run_would_have_read(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once(dry_run=True)

    assert str(finished.result.watermark) != "None"


def test_the_run_after_it_does_what_it_listed(business: Business) -> None:
    business.sell(raw_order())
    dry = business.run_once(dry_run=True)

    finished = business.run_once()

    assert {record.order_id for record in dry.planned} == set(finished.result.touched)


def test_it_refuses_the_wrong_books_like_any_run(business: Business) -> None:
    business.config["dinero"]["vat_number"] = "10000017"
    business.sell(raw_order())

    finished = business.run_once(dry_run=True)

    assert finished.exit_code == ExitCode.CONFIG
    assert finished.planned == []


def test_what_second_hand_goods_ask_of_dinero_by_post_is_asked_in_a_dry_run_too(
    business: Business,
) -> None:
    business.config["posting"] = RULES
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()
    business.wait(minutes=1)
    shutil.rmtree(business.state_folder)

    finished = business.run_once(dry_run=True)

    assert finished.exit_code == ExitCode.OK
    assert changes(finished) == ["POST /dinero/v1/123456/ledgeritems/status"]
    assert [record.rung for record in finished.planned] == ["booked"]
