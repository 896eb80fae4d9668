"""The page of a period holds all that programs are told, leads to orders, needs nothing else."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_up_books import CARDS, FIRST, GOODS, a_year
from pages import Read, a_period, a_quarter_that_differs, figures, page_of

from dinero_sync.cli.reports.money.reconcile import as_data
from dinero_sync.domain.step import Language
from dinero_sync.pages.charts import COLOURS
from dinero_sync.pages.pictures import charts
from dinero_sync.pages.said import verdict
from dinero_sync.pages.tables import Words
from dinero_sync.posting.reconcile.documents import BillClass, OrderClass
from dinero_sync.posting.reconcile.outcome import Both, Reconciled, Sums

DANISH = Words(language=Language.DANISH)
Maker = Callable[[], Reconciled]
both_periods = pytest.mark.parametrize("made", [a_period, a_quarter_that_differs])


@both_periods
@pytest.mark.parametrize("language", Language)
def test_a_page_is_whole_and_leads_nowhere_but_to_itself(made: Maker, language: Language) -> None:
    read = Read(page_of(made(), language))

    assert len(read.ids) == len({*read.ids})
    assert {each.removeprefix("#") for each in read.aims} <= {*read.ids}
    assert ("html", "lang", str(language)) in read.attributes


@both_periods
def test_nothing_in_it_is_from_elsewhere(made: Maker) -> None:
    page = page_of(made())

    named = {name for _, name, _ in Read(page).attributes}
    assert re.findall(r"https?://[^\"' <)]*", page.replace("http://www.w3.org/2000/svg", "")) == []
    assert named.isdisjoint({"src", "srcset", "action", "xlink:href", "onclick", "onload"})
    assert not re.search(r"@import|url\(|pygal\.config", page)
    assert page.count("<script>") == 1


@both_periods
@pytest.mark.parametrize("language", Language)
def test_every_figure_that_programs_get_stands_in_it(made: Maker, language: Language) -> None:
    report, words = made(), Words(language=language)
    told = Read(page_of(report, language)).words
    within = " ".join(told)

    for each in figures(as_data(report)):
        if isinstance(each, int):
            assert re.search(rf"\b{each}\b", within) or each in {FIRST, GOODS}, each
        else:
            assert {words.money(each), words.say("page.change", amount=each)} & {*told}, each
    for difference in report.differences:
        assert any(difference.document in each for each in told)


def test_the_verdict_comes_first_in_both_languages() -> None:
    proved, differing = a_period(), a_quarter_that_differs()

    danish = Read(page_of(proved, Language.DANISH)).words
    english = Read(page_of(proved, Language.ENGLISH)).words

    assert "Afstemning" in danish[:2]
    assert any(each.startswith("Det bogførte stemmer til 0,00") for each in danish[:6])
    assert any(each.endswith("Not booked yet: orders 3, bills 0.") for each in english[:6])
    assert any(each.startswith("Forskelle: ") for each in Read(page_of(differing)).words[:6])


def test_that_all_adds_up_is_said_where_every_order_and_bill_is_booked() -> None:
    sums = Sums()
    sums.classes[OrderClass.BOOKED].orders = sums.bills[BillClass.ELSEWHERE].orders = 7
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    whole = Reconciled(first=first, last=last, sums=sums, differences=(), gaps=())

    assert verdict(whole, Language.ENGLISH).startswith("Everything adds up to 0.00")
    sums.bills[BillClass.DRAFT].orders = 2
    assert verdict(whole, Language.ENGLISH).endswith("Not booked yet: orders 0, bills 2.")


def test_an_account_leads_to_its_orders_and_they_to_their_rules() -> None:
    page = page_of(a_period())

    assert f'<a href="#account-{GOODS}">' in page
    of_account = page[page.index(f'<div id="account-{GOODS}">') :]
    assert f'<a href="#order-{FIRST}-invoice">#9501</a>' in of_account[: of_account.index("</div>")]
    row = page[page.index(f'id="order-{FIRST}-invoice"') :]
    assert re.search(rf"<li>{GOODS} · [^<]+ · [^<]+</li>", row[: row.index("</tr>")])


def test_what_a_shop_calls_things_is_text() -> None:
    report = a_period()
    name = '<script>alert("x")</script>\N{RIGHT-TO-LEFT OVERRIDE}&amp;'
    report.sums.by_payment_type[name] = Both(ours=Decimal(1), found=Decimal(1))
    report.details.sales[report.first, name] += Decimal(1)

    page = page_of(report)

    assert page.count("<script>") == 1
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert "&lt;script&gt;alert" in page
    Read(page)


def test_charts_show_what_the_sums_are() -> None:
    report = a_period()

    sales, fees, balances, boxes = charts(report, DANISH)

    assert {each.name: each.amount for each in sales.legend} == {
        name: DANISH.money(both.found) for name, both in report.sums.by_payment_type.items()
    }
    assert [each.amount for each in fees.legend] == ["2,00"]
    on_cards = sum(amount for (_, of), amount in report.details.changes.items() if of == CARDS)
    assert [each.amount for each in balances.legend] == [DANISH.money(Decimal(on_cards))]
    assert [each.amount for each in boxes.legend] == [
        DANISH.money(both.found) for _, both in sorted(report.sums.boxes.items()) if both.found
    ]
    assert sales.title == "Salg efter måned og betalingstype"


def test_a_quarter_is_shown_by_days() -> None:
    sales, *_ = charts(a_quarter_that_differs(), DANISH)

    assert sales.title == "Salg efter dag og betalingstype"
    assert sales.figures is not None
    assert [each.name for each in sales.figures.rows] == ["3.2.2026"]


def test_a_chart_is_named_and_its_bars_tell_their_amounts() -> None:
    sales, *_ = charts(a_quarter_that_differs(), DANISH)

    assert f'role="img" aria-label="{sales.title}"' in sales.svg
    assert "<desc" not in sales.svg
    assert re.search(r"<title>3\.2\.: [\d.,]+</title>", sales.svg)


def test_more_payment_types_than_colours_are_put_together() -> None:
    report = a_period()
    for at in range(12):
        report.details.sales[report.first, f"type {at:02}"] += Decimal(100 + at)

    sales, *_ = charts(report, DANISH)

    assert [each.colour for each in sales.legend] == list(COLOURS)
    assert sales.legend[-1].name == "andre betalingstyper"


def test_a_period_with_too_much_says_how_to_see_its_orders() -> None:
    report = a_quarter_that_differs()
    report.details.is_whole = False

    read = Read(page_of(report))

    assert any("Lav en side for en kortere periode" in each for each in read.words)
    assert "documents" not in read.ids
    assert {each.removeprefix("#") for each in read.aims} <= {*read.ids}


def test_a_period_in_which_nothing_was_sold_has_no_charts() -> None:
    books = a_year()
    books.documents, books.listed, books.money, books.entries = [], [], [], []
    report = replace(books.proved(), differences=())

    assert list(charts(report, DANISH)) == []
    Read(page_of(report))


def test_the_same_period_makes_the_same_page() -> None:
    assert page_of(a_period()) == page_of(a_period())
