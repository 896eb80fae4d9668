"""The last look before booking: what Dinero computed must be what the customer paid."""

from decimal import Decimal

import pytest
from builders import a_line, a_plan, personal_data_in

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.posting.plan import refuse_differing_totals
from dinero_sync.texts.telling import message, next_step

TWO_LINES = a_plan(lines=(a_line(), a_line(unit_price=Decimal("19.95")))).invoice
"""144.95, of which 28.99 is VAT."""


@pytest.mark.parametrize("vat", ["28.99", "28.98", "29.00"])
def test_the_vat_may_differ_by_half_an_oere_a_line(vat: str) -> None:
    refuse_differing_totals(TWO_LINES, "DKK", Decimal("144.95"), Decimal(vat))


@pytest.mark.parametrize(
    ("currency", "total", "vat"),
    [
        ("DKK", "144.96", "28.99"),
        ("DKK", "144.94", "28.99"),
        ("DKK", "144.95", "29.01"),
        ("DKK", "144.95", "28.97"),
        ("DKK", "144.95", "0.00"),
        ("EUR", "144.95", "28.99"),
    ],
    ids=["an øre more", "an øre less", "more VAT", "less VAT", "no VAT", "another currency"],
)
def test_a_draft_that_differs_stays_a_draft(currency: str, total: str, vat: str) -> None:
    with pytest.raises(HeldError) as held:
        refuse_differing_totals(TWO_LINES, currency, Decimal(total), Decimal(vat))

    hold = held.value.hold
    assert hold.reason is HoldReason.TOTALS_DIFFER
    assert f"{total} {currency} with {vat} VAT" in message(hold)
    assert "the order says 144.95 DKK with 28.99" in message(hold)
    assert "stays a draft" in message(hold)
    assert "dinero-sync retry ORDER" in next_step(hold.steps)
    assert not personal_data_in(hold)
