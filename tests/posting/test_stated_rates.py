"""Rates that shops reckon back from amounts, or write as fractions, are the rates they mean."""

from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_payment_type, a_rule, an_address, an_order, settings

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.charges import Rulings, charges_of
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.posting.sums.stated_rates import is_odd, with_plain_rates
from dinero_sync.texts.telling import message, next_step

NO_RULES = settings()
PLAIN = Rulings(is_taken_out=lambda _: False, treatment=lambda _, rate: rate)


def rate_of(stated: str, price: str, vat: str | None, *named: str, pieces: int = 1) -> str:
    rules = tuple(a_rule(1000, vat_rate=(Decimal(rate),)) for rate in named)
    line = a_line(unit_price=Decimal(price), vat_rate=Decimal(stated), quantity=Decimal(pieces))
    order = an_order(lines=(line,), vat=None if vat is None else Decimal(vat))
    (charge,) = charges_of(order, settings(rules=rules), {}, PLAIN)
    return f"{charge.rate.normalize():f}"


@pytest.mark.parametrize(
    ("stated", "price", "vat", "named", "rate"),
    [
        ("24.9962", "79.95", "15.99", (), "25"),
        ("24.9962", "79.95", None, (), "25"),
        ("28.5714", "0.09", "0.02", (), "25"),
        ("0.0013", "79.95", "0", (), "0"),
        ("18.9987", "119.00", "19.00", ("19",), "19"),
        ("25.5021", "100.00", "20.32", ("25.5",), "25.5"),
        ("18.9987", "119.00", "19.00", (), "19"),
        ("0.25", "79.95", "15.99", (), "25"),
        ("0.19", "119.00", "19.00", ("19",), "19"),
        ("0.249962", "79.95", "15.99", (), "25"),
        ("8.1", "108.10", "8.10", (), "8.1"),
        ("25.00", "125", "25", (), "25"),
        ("1", "101.00", "1.00", (), "1"),
        ("1.9", "101.90", "1.90", (), "1.9"),
        ("1.25", "0.30", None, (), "0"),
        ("18.95", "119.00", "19.00", (), "19"),
    ],
)
def test_a_rate_near_a_known_one_that_gives_the_same_vat_is_that_one(
    stated: str, price: str, vat: str | None, named: tuple[str, ...], rate: str
) -> None:
    assert rate_of(stated, price, vat, *named) == rate


def test_a_rate_is_reckoned_back_from_a_piece() -> None:
    assert rate_of("24.9962", "79.95", "1599.00", pieces=100) == "25"


@pytest.mark.parametrize(
    ("stated", "vat"),
    [("24.5678", "24.65"), ("0.25", None), ("22.22", None)],
    ids=["far from any", "a fraction that nothing proves", "near none"],
)
def test_a_rate_that_no_country_has_is_held_and_no_rule_for_it_is_offered(
    stated: str, vat: str | None
) -> None:
    with pytest.raises(HeldError) as caught:
        rate_of(stated, "125.00", vat)

    hold = caught.value.hold
    assert hold.text == "unknown_vat.no_such_rate"
    assert "which no country has" in message(hold)
    assert "vat_rate: 2" not in next_step(hold.steps)
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


def test_a_fraction_that_the_vat_disproves_is_held() -> None:
    with pytest.raises(HeldError) as caught:
        rate_of("0.25", "125.00", "10.00")

    assert caught.value.hold.text == "unknown_vat.differs"


def test_the_vat_of_an_oss_order_may_be_stated_unrounded() -> None:
    helsinki = an_address(country="FI", zip_code="00100")
    oss = a_rule(1151, zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,), foreign_vat_account=64200)
    order = an_order(
        lines=(a_line(unit_price=Decimal(100), vat_rate=Decimal("25.5")),),
        billing=helsinki,
        delivery=helsinki,
        vat=Decimal("20.3187250996"),
    )
    sale = sale_of(order, a_payment_type(), settings(rules=(oss,)), a_chart())

    lines = plan_sale(sale, order.created.date()).invoice.lines

    assert [line.amount for line in lines] == [Decimal("79.68"), Decimal("20.32")]


@pytest.mark.parametrize(
    ("rate", "odd"),
    [("0", False), ("0.9", True), ("1", False), ("1.5", False), ("8.1", False), ("8.15", True)],
)
def test_a_rate_below_one_percent_or_finer_than_a_tenth_is_no_countrys(
    rate: str, *, odd: bool
) -> None:
    assert is_odd(Decimal(rate)) is odd


@pytest.mark.parametrize(("price", "rate"), [("1.36", "25"), ("1.37", "24.43")])
def test_a_rate_is_a_known_one_where_that_is_half_an_oere_on_a_piece_at_most(
    price: str, rate: str
) -> None:
    line = a_line(unit_price=Decimal(price), vat_rate=Decimal("24.43"))

    (plain,) = with_plain_rates(an_order(lines=(line,)), (), ()).lines

    assert plain.vat_rate == Decimal(rate)


def rate_abroad(
    country: str, zip_code: str, stated: str, price: str, rules: PostingSettings = NO_RULES
) -> str:
    """Read the rate of one piece that goes to another country, by rules that name no rate."""
    place = an_address(country=country, zip_code=zip_code)
    line = a_line(unit_price=Decimal(price), vat_rate=Decimal(stated))
    (charge,) = charges_of(an_order(lines=(line,), delivery=place), rules, {}, PLAIN)
    return f"{charge.rate.normalize():f}"


@pytest.mark.parametrize(
    ("country", "zip_code", "stated", "price", "rate"),
    [
        ("DE", "10115", "18.9243", "5.97", "19"),
        ("GB", "BT1 5GS", "19.9041", "5.00", "20"),
        ("SE", "211 42", "12.0915", "6.86", "12"),
        ("FR", "75001", "1.05", "101.05", "1.05"),
        ("FI", "00100", "25.4743", "10.00", "25.5"),
    ],
)
def test_a_rate_reckoned_back_from_little_is_that_of_where_the_goods_go(
    country: str, zip_code: str, stated: str, price: str, rate: str
) -> None:
    assert rate_abroad(country, zip_code, stated, price) == rate


@pytest.mark.parametrize(("country", "zip_code"), [("DE", "10115"), ("NO", "0150")])
def test_a_rate_that_is_none_of_where_the_goods_go_is_held(country: str, zip_code: str) -> None:
    with pytest.raises(HeldError, match="no_such_rate"):
        rate_abroad(country, zip_code, "17.9243", "5.97")


def test_a_rate_that_a_country_has_newly_is_reckoned_back_for_that_country_alone() -> None:
    newly = settings(eu_vat_rates=frozenset({("DE", Decimal(16))}))

    assert rate_abroad("DE", "10115", "15.9243", "5.97", newly) == "16"
    with pytest.raises(HeldError, match="no_such_rate"):
        rate_abroad("SE", "21142", "15.9243", "5.97", newly)


def test_a_rate_is_reckoned_back_from_less_than_a_piece() -> None:
    cloth = a_line(
        quantity=Decimal("0.333"), unit_price=Decimal("5.4205"), vat_rate=Decimal("24.8276")
    )
    (charge,) = charges_of(an_order(lines=(cloth,)), settings(), {}, PLAIN)

    assert (charge.amount, charge.rate) == (Decimal("1.81"), Decimal(25))


def test_a_fraction_on_cheap_goods_is_no_rate_of_nothing() -> None:
    assert rate_of("0.25", "1.00", "0.20") == "25"
    with pytest.raises(HeldError, match="no_such_rate"):
        rate_of("0.25", "1.00", None)
