"""What a period's documents come to in the returns on sales to other EU countries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, money, plan_order, settings

from dinero_sync.domain.chart import REVERSE_CHARGE_CODES
from dinero_sync.domain.documents import BuyerKind, Plan
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.insight.sales_abroad import ForeignVat, Sold, foreign_vat, to_businesses
from dinero_sync.posting.texts import texts_in

DAY = date(2026, 12, 3)
BERLIN = an_address(country="DE", zip_code="10115", city="Berlin")
OSLO = an_address(country="NO", zip_code="0150", city="Oslo")
RULES = settings(
    rules=(
        a_rule(1100, "EU-virksomheder", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)),
        a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200),
        a_rule(1255, "VOEC", country=("NO",), foreign_vat_account=64210),
    )
)


def planned(price: str, rate: str, to: Any = BERLIN, **more: Any) -> Plan:  # noqa: ANN401 - an address; as in the builder
    line = a_line(unit_price=money(price), vat_rate=Decimal(rate))
    order = an_order(lines=(line,), billing=to, delivery=to, **more)
    return plan_order(order, None, DAY, RULES, a_chart(), vat_number_confirmed=True)


def sold(plan: Plan, kroner: str | None = None) -> Sold:
    return Sold(
        document=plan.invoice,
        invoice=plan.invoice,
        contact=plan.contact,
        kroner=None if kroner is None else money(kroner),
    )


def credited(plan: Plan, share: str) -> Sold:
    """Credit a share of each line, as credit notes tell a part."""
    lines = tuple(
        replace(
            line, description=f"Part of {line.description}", unit_price=line.amount * money(share)
        )
        for line in plan.invoice.lines
    )
    note = replace(plan.invoice, lines=lines)
    return Sold(document=note, invoice=plan.invoice, contact=plan.contact, kroner=None)


def figures(found: ForeignVat) -> tuple[str, ...]:
    return (found.country, f"{found.rate:.0f}", f"{found.net:.2f}", f"{found.vat:.2f}")


def test_vat_of_other_countries_is_summed_by_country_and_rate() -> None:
    found = foreign_vat(
        map(sold, (planned("595", "19"), planned("119", "19"), planned("107", "7")))
    )

    assert [figures(each) for each in found] == [
        ("DE", "7", "100.00", "7.00"),
        ("DE", "19", "600.00", "114.00"),
    ]
    assert all(each.is_oss for each in found)


def test_what_is_no_eu_country_is_of_another_return() -> None:
    (found,) = foreign_vat([sold(planned("125", "25", OSLO))])

    assert (figures(found), found.is_oss) == (("NO", "25", "100.00", "25.00"), False)


def test_a_credit_note_takes_back_its_share() -> None:
    plan = planned("595", "19")

    (half,) = foreign_vat([sold(plan), credited(plan, "0.5")])
    (nothing,) = foreign_vat([sold(plan), credited(plan, "1")])

    assert figures(half) == ("DE", "19", "250.00", "47.50")
    assert figures(nothing) == ("DE", "19", "0.00", "0.00")


def test_another_currency_stands_by_itself_and_in_kroner() -> None:
    plan = planned("119", "19")
    euro = replace(plan, invoice=replace(plan.invoice, currency="EUR"))

    found = foreign_vat([sold(plan), sold(euro, "887.74")])

    assert [each.currency for each in found] == ["DKK", "EUR"]
    assert (found[1].net, found[1].net_kroner) == (money("100.00"), money("746.00"))
    assert found[1].vat_kroner == money("141.74")


def test_kroner_of_several_documents_add_up() -> None:
    plan = planned("119", "19")
    euro = replace(plan, invoice=replace(plan.invoice, currency="EUR"))

    (found,) = foreign_vat([sold(euro, "887.74"), sold(euro, "887.74")])

    assert (found.net_kroner, found.vat_kroner) == (money("1492.00"), money("283.48"))


def test_kroner_are_told_as_they_are_whatever_dinero_says_of_a_rate() -> None:
    plan = planned("119", "19")
    euro = replace(plan, invoice=replace(plan.invoice, currency="EUR"))

    (kroner,) = foreign_vat([sold(plan, "887.74")])
    (unknown,) = foreign_vat([sold(euro)])

    assert (kroner.net_kroner, unknown.net_kroner) == (money("100.00"), money("100.00"))


def test_a_rate_with_a_decimal_is_read_as_it_was_written() -> None:
    plan = planned("125.50", "25.5", an_address(country="FI", zip_code="00100"))

    (found,) = foreign_vat([sold(plan)])

    assert (found.country, found.rate, found.net) == ("FI", money("25.5"), money("100.00"))


def test_a_danish_invoice_names_such_vat_in_danish() -> None:
    plan = planned("125.50", "25.5", an_address(country="FI", zip_code="00100"))
    danish = texts_in("da-DK")
    words = danish.foreign_vat_of("FI", Decimal("25.5"), money("1234.50"))
    (vat,) = (each for each in plan.invoice.lines if "25.5 %" in each.description)
    invoice = replace(
        plan.invoice, language=danish.language, lines=(replace(vat, description=words),)
    )

    (found,) = foreign_vat([sold(replace(plan, invoice=invoice))])

    assert (found.country, found.rate, found.net) == ("FI", money("25.5"), money("1234.50"))


@pytest.mark.parametrize("lines", [0, 1], ids=["no such line", "a line of nothing"])
def test_a_credited_line_that_the_invoice_lacks_has_the_net_that_it_says(lines: int) -> None:
    plan = planned("119", "19")
    note = credited(plan, "0.5")
    told = [each for each in plan.invoice.lines if "19 %" in each.description]
    nothing = tuple(replace(each, unit_price=money("0")) for each in told[:lines])
    invoice = replace(plan.invoice, lines=nothing)

    (found,) = foreign_vat([replace(note, invoice=invoice)])

    assert (found.net, found.vat) == (money("-100.00"), money("-9.50"))


def test_a_line_that_bears_danish_vat_is_no_other_country_s() -> None:
    plan = planned("119", "19")
    lines = tuple(replace(each, vat_rate=money("25")) for each in plan.invoice.lines)

    assert foreign_vat([sold(replace(plan, invoice=replace(plan.invoice, lines=lines)))]) == []


def test_a_product_that_is_called_like_such_a_line_is_none() -> None:
    plan = planned("119", "19")
    lines = (replace(plan.invoice.lines[0], description="Poster DE 19 % of 5.00"),)

    assert foreign_vat([sold(replace(plan, invoice=replace(plan.invoice, lines=lines)))]) == []


def test_businesses_are_summed_by_their_vat_number() -> None:
    plan = planned("500", "0", replace(BERLIN, company="Muster GmbH"), vat_number="DE136695976")
    danish = planned("125", "25", an_address())

    (found,) = to_businesses(
        [sold(plan), sold(plan), credited(plan, "0.5"), sold(danish)], a_chart()
    )

    assert (found.vat_number, found.goods, found.services) == (
        "DE136695976",
        money("750.00"),
        money("0.00"),
    )


def test_goods_and_services_stand_apart_also_behind_what_is_on_no_list() -> None:
    plan = planned("500", "0", replace(BERLIN, company="Muster GmbH"), vat_number="DE136695976")
    chart, line = a_chart(), plan.invoice.lines[0]
    services = replace(chart.entry[line.account], number=1105, vat_code=REVERSE_CHARGE_CODES[1])
    lines = (replace(line, account=1000), line, replace(line, account=1105))
    mixed = replace(plan, invoice=replace(plan.invoice, lines=lines))

    (found,) = to_businesses(
        [sold(mixed), sold(mixed)], replace(chart, entry={**chart.entry, 1105: services})
    )

    assert (found.goods, found.services) == (money("1000.00"), money("1000.00"))


def test_buyers_are_told_in_the_order_of_their_numbers_and_one_without_is_to_be_looked_at() -> None:
    plan = planned("500", "0", replace(BERLIN, company="Muster GmbH"), vat_number="DE136695976")
    unnamed = replace(plan, contact=replace(plan.contact, vat_number=None))
    other = replace(plan, contact=replace(plan.contact, vat_number="AT136695976"))

    found = to_businesses([sold(plan), sold(unnamed), sold(other)], a_chart())

    assert [each.vat_number for each in found] == ["", "AT136695976", "DE136695976"]
