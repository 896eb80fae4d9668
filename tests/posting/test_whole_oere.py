"""What doesn't come to whole øre is refused, never rounded in silence."""

from decimal import Decimal

import pytest
from builders import a_line, an_order

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import spread
from dinero_sync.posting.charges import reduce_by_voucher
from dinero_sync.texts.telling import message


@pytest.mark.parametrize("amount", ["-1.00", "8.975"])
def test_a_negative_amount_or_a_fraction_of_an_oere_is_not_spread(amount: str) -> None:
    refusal = "^only amounts in whole øre that aren't negative can be spread$"
    with pytest.raises(ValueError, match=refusal):
        spread(Decimal(amount), [Decimal(1), Decimal(2)])


def test_a_line_that_comes_to_a_fraction_of_an_oere_is_held() -> None:
    half = a_line(quantity=Decimal("1.5"), unit_price=Decimal("9.95"))

    with pytest.raises(HeldError) as caught:
        reduce_by_voucher(an_order(lines=(half, half), total=Decimal("29.85")))

    assert caught.value.hold.reason is HoldReason.LINES_DO_NOT_ADD_UP
    assert "14.925" in message(caught.value.hold)
