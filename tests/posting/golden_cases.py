"""Orders of a Danish webshop and the invoices they become, as a bookkeeper would write them down.

The amounts were worked out by hand for this purpose; they are no real customers' orders.
"""

from dataclasses import dataclass
from decimal import Decimal

from builders import a_gateway, a_line, a_payment_type, a_rule, an_address, an_order

from dinero_sync.domain.documents import BuyerKind, PaymentTerms, PaymentTermsType
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind, PaymentType, Rule

GERMAN_VAT_NUMBER = "DE136695976"

RULES = (
    a_rule(1100, "EU businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)),
    a_rule(1255, "export", zone=(Zone.WORLD,)),
    a_rule(1300, "freight of goods without VAT", line=(LineKind.SHIPPING,), vat_rate=(Decimal(0),)),
)
CARD = a_payment_type(name="Kort")
INVOICE_14_DAYS = a_payment_type(
    name="Faktura",
    deposit_account=None,
    terms=PaymentTerms(type=PaymentTermsType.NETTO, days=14),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenCase:
    """An order in; the invoice that should come out."""

    name: str
    order: Order
    payment_type: PaymentType
    lines: tuple[tuple[str, str, str, int, str], ...]
    """Description, quantity, unit price, account and VAT inside the line to the øre."""
    comments: tuple[str | None, ...]
    total: str
    vat: tuple[str, ...]
    """What Dinero may say the VAT is: rounded line by line, or on the total."""
    language: str
    paid: str | None
    """The amount registered on account 55010; None where no payment is."""
    rules: tuple[Rule, ...] = RULES


CONSUMER_WITH_FREIGHT = GoldenCase(
    name="a consumer in Denmark buys two mugs and a jug, sent by parcel",
    order=an_order(
        lines=(
            a_line(
                name="Krus",
                variant=(("Farve", "blå"),),
                quantity=Decimal(2),
                unit_price=Decimal("199.00"),
            ),
            a_line(name="Kande", unit_price=Decimal("349.50")),
        ),
        shipping_price=Decimal("39.00"),
        shipping_name="GLS pakkeshop",
        total=Decimal("786.50"),
        vat=Decimal("157.30"),
    ),
    payment_type=CARD,
    lines=(
        ("Krus (Farve: blå)", "2", "199.00", 1000, "79.60"),
        ("Kande", "1", "349.50", 1000, "69.90"),
        ("Fragt – GLS pakkeshop", "1", "39.00", 1350, "7.80"),
    ),
    comments=(None, None, None),
    total="786.50",
    vat=("157.30",),
    language="da-DK",
    paid="786.50",
)

ORDER_DISCOUNT = GoldenCase(
    name="a 15 % voucher where three ways to round disagree by one øre",
    order=an_order(
        lines=(
            a_line(name="Sæbe", unit_price=Decimal("19.95")),
            a_line(name="Creme", unit_price=Decimal("29.90")),
            a_line(name="Svamp", unit_price=Decimal("9.95")),
        ),
        shipping_price=Decimal("39.00"),
        voucher_code="SOMMER15",
        voucher_amount=Decimal("8.97"),
        total=Decimal("89.83"),
        vat=Decimal("17.97"),
    ),
    payment_type=CARD,
    lines=(
        ("Sæbe", "1", "16.96", 1000, "3.39"),
        ("Creme", "1", "25.41", 1000, "5.08"),
        ("Svamp", "1", "8.46", 1000, "1.69"),
        ("Fragt", "1", "39.00", 1350, "7.80"),
    ),
    comments=(
        "Normalpris 19,95; rabat SOMMER15: -2,99",
        "Normalpris 29,90; rabat SOMMER15: -4,49",
        "Normalpris 9,95; rabat SOMMER15: -1,49",
        None,
    ),
    total="89.83",
    vat=("17.96", "17.97"),
    language="da-DK",
    paid="89.83",
)

GERMAN_COMPANY = GoldenCase(
    name="a German company with a VAT number buys two lamps on an invoice of 14 days",
    order=an_order(
        billing=an_address(
            name="Erika Muster",
            company="Muster GmbH",
            street="Musterweg 1",
            zip_code="10115",
            city="Berlin",
            country="DE",
        ),
        delivery=an_address(zip_code="10115", city="Berlin", country="DE"),
        vat_number=GERMAN_VAT_NUMBER,
        lines=(
            a_line(
                name="Lampe",
                quantity=Decimal(2),
                unit_price=Decimal("400.00"),
                vat_rate=Decimal(0),
            ),
        ),
        shipping_price=Decimal("80.00"),
        shipping_name="Tyskland",
        total=Decimal("880.00"),
        vat=Decimal(0),
        gateway=a_gateway(code="", name="Faktura 14 dage"),
    ),
    payment_type=INVOICE_14_DAYS,
    lines=(
        ("Lampe", "2", "400.00", 1100, "0.00"),
        ("Shipping – Tyskland", "1", "80.00", 1100, "0.00"),
    ),
    comments=(None, None),
    total="880.00",
    vat=("0.00",),
    language="en-GB",
    paid=None,
)

NORWEGIAN_CONSUMER = GoldenCase(
    name="a consumer in Norway buys goods for export",
    order=an_order(
        billing=an_address(zip_code="0150", city="Oslo", country="NO"),
        delivery=an_address(zip_code="0150", city="Oslo", country="NO"),
        lines=(a_line(name="Vare", unit_price=Decimal("1000.00"), vat_rate=Decimal(0)),),
        shipping_price=Decimal("120.00"),
        shipping_name="Norge",
        total=Decimal("1120.00"),
        vat=Decimal(0),
    ),
    payment_type=CARD,
    lines=(
        ("Vare", "1", "1000.00", 1255, "0.00"),
        ("Shipping – Norge", "1", "120.00", 1255, "0.00"),
    ),
    comments=(None, None),
    total="1120.00",
    vat=("0.00",),
    language="en-GB",
    paid="1120.00",
)

GOLDEN_CASES = (CONSUMER_WITH_FREIGHT, ORDER_DISCOUNT, GERMAN_COMPANY, NORWEGIAN_CONSUMER)
