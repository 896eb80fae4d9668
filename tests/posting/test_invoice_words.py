"""What an invoice says of VAT that isn't Danish, or that isn't due."""

from decimal import Decimal

import pytest

from dinero_sync.domain.zone import Zone
from dinero_sync.posting.texts import texts_for


@pytest.mark.parametrize(
    ("reader", "text"),
    [("DK", "Moms FI 25,5 % af 1000,00"), ("FI", "VAT FI 25.5 % of 1000.00")],
)
def test_a_rate_is_written_as_its_readers_write_it(reader: str, text: str) -> None:
    assert texts_for(reader).foreign_vat_of("FI", Decimal("25.50"), Decimal(1000)) == text


@pytest.mark.parametrize(
    ("zone", "vat_number", "text"),
    [
        (Zone.WORLD, None, "Export – VAT exempt."),
        (
            Zone.EU,
            "DE136695976",
            "Reverse charge – VAT exempt intra-Community supply. Buyer's VAT no. DE136695976",
        ),
        (Zone.EU, None, None),
        (Zone.DK, "DK25313763", None),
    ],
)
def test_only_exports_and_businesses_of_the_eu_are_told_why_there_is_no_vat(
    zone: Zone, vat_number: str | None, text: str | None
) -> None:
    assert texts_for("DE").exemption(zone, vat_number) == text
