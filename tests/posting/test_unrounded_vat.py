"""A VAT that the shop doesn't round tells more than one of whole øre."""

from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_payment_type, a_rule, an_order, plan_order, settings

from dinero_sync.domain.hold import HeldError

EXEMPT = settings(rules=(a_rule(1050, sku=("BOG",)),))


def goods_after_a_voucher_of_six_oere(vat: str) -> list[Decimal]:
    """Return what taxed and exempt goods of 100.00 each come to."""
    lines = tuple(a_line(sku=sku, unit_price=Decimal(100), vat_rate=None) for sku in ("KOP", "BOG"))
    order = an_order(lines=lines, voucher_amount=Decimal("0.06"), vat=Decimal(vat))
    plan = plan_order(order, a_payment_type(), date(2026, 12, 3), EXEMPT, a_chart())
    return [line.amount for line in plan.invoice.lines]


@pytest.mark.parametrize(
    ("vat", "amounts"),
    [
        # a fifth of what is left of the taxed goods: all of the voucher is theirs, or half of it
        ("19.988", ["99.94", "100.00"]),
        ("19.994", ["99.97", "99.97"]),
    ],
)
def test_it_tells_which_goods_a_voucher_of_a_few_oere_is_of(vat: str, amounts: list[str]) -> None:
    assert goods_after_a_voucher_of_six_oere(vat) == [Decimal(each) for each in amounts]


def test_rounded_it_does_not() -> None:
    with pytest.raises(HeldError):
        goods_after_a_voucher_of_six_oere("19.99")
