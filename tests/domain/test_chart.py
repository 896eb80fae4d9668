"""The account decides the VAT."""

from decimal import Decimal

import pytest
from builders import a_chart, an_account


@pytest.mark.parametrize(("account", "rate"), [(1000, 25), (1100, 0), (1255, 0)])
def test_an_account_has_the_rate_of_its_vat_code(account: int, rate: int) -> None:
    assert a_chart().vat_rate(account) == rate


def test_an_account_without_a_vat_code_has_no_vat() -> None:
    assert a_chart([an_account(1051, "Brugtmoms - bruttosalg")]).vat_rate(1051) == Decimal(0)


def test_an_account_that_dinero_lacks_has_no_rate_at_all() -> None:
    with pytest.raises(KeyError):
        a_chart().vat_rate(4711)
