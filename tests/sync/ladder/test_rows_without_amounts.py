"""What an invoice says without an amount is a part of it like any line."""

import shutil
from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import a_line, raw_order

GIFT = a_line(product_id=900111, own_id="GAVE-01", name="Nøglering", unit_price=Decimal(0))


@pytest.fixture
def forgotten_draft(business: Business) -> Business:
    """Lose the journal after the draft of an order with a free gift was made."""
    business.sell(raw_order(products=[a_line(), GIFT]))
    business.run_once(stop_after_steps=3)
    assert not business.invoice().is_booked
    shutil.rmtree(business.state_folder)
    return business


def rows(business: Business) -> list[dict[str, object]]:
    return list(business.invoice().fields["ProductLines"])


def test_a_free_gift_is_named_on_the_invoice_without_an_amount(business: Business) -> None:
    business.sell(raw_order(products=[a_line(), GIFT]))

    business.run_once()

    kinds = [row["LineType"] for row in rows(business)]
    assert kinds == ["Product", "Text"]
    assert "Nøglering" in str(rows(business)[1]["Description"])
    assert business.payments() == [Decimal("125.00")]


def test_a_draft_with_a_free_gift_is_known_again_and_left_as_it_is(
    forgotten_draft: Business,
) -> None:
    finished = forgotten_draft.run_once()

    assert [call for call in finished.writes() if call.startswith("PUT")] == []
    assert forgotten_draft.payments() == [Decimal("125.00")]


def test_a_draft_that_lost_its_free_gift_is_made_to_say_it_again(
    forgotten_draft: Business, bookkeeper: Bookkeeper
) -> None:
    first, _ = rows(forgotten_draft)
    bookkeeper.edit_draft(forgotten_draft.invoice(), ProductLines=[first])

    finished = forgotten_draft.run_once()

    assert [call.split("/")[0] for call in finished.writes() if "PUT" in call] == ["PUT invoices"]
    assert len(rows(forgotten_draft)) == 2
    assert forgotten_draft.payments() == [Decimal("125.00")]
