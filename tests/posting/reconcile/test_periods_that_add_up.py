"""A period in which nothing was touched is proved, and its sums are what both sides say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import pytest
from made_up_books import (
    BANK,
    CARDS,
    DEBTORS,
    EU,
    EURO,
    EXPORT,
    FIRST,
    FREIGHT,
    GERMAN,
    GOODS,
    INVOICE,
    INVOICED,
    ITEM,
    KEPT,
    MARGIN,
    NORWEGIAN,
    OWED,
    PAID,
    SECOND,
    SHIFT,
    USED,
    VAT,
    WHOLE,
    MadeUp,
    a_year,
    guid,
    kroner,
)

from dinero_sync.domain.chart import EntryKind
from dinero_sync.domain.documents import CreditPlan
from dinero_sync.posting.clearing.ours import Column
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Both, Cause, Difference, Gap, Reconciled

Name = TypeVar("Name", str, int)


def ours(sums: Mapping[Name, Both]) -> dict[Name, Decimal]:
    return {name: each.ours for name, each in sums.items() if each.ours}


def only(found: Reconciled) -> Difference:
    (difference,) = found.differences
    return difference


def test_it_is_proved() -> None:
    found = a_year().proved()

    assert not found.differences
    assert not found.gaps
    assert found.difference == 0
    assert found.is_proved


def test_every_order_is_in_one_class_and_their_totals_are_the_shops() -> None:
    found = a_year().proved()

    assert {name: (each.orders, each.total) for name, each in found.sums.classes.items()} == {
        OrderClass.BOOKED: (8, kroner("2503.28")),
        OrderClass.CREDITED: (1, kroner(300)),
        OrderClass.SKIPPED: (1, kroner(10)),
        OrderClass.WAITING: (1, kroner(10)),
        OrderClass.HELD: (1, kroner(10)),
        OrderClass.IN_DOUBT: (1, kroner(10)),
        OrderClass.ELSEWHERE: (1, kroner(10)),
    }
    assert (found.orders, found.shop_total) == (14, kroner("2853.28"))


def test_an_order_in_another_currency_counts_in_kroner_once_its_rate_is_known() -> None:
    books = a_year()
    books.unbooked = [
        replace(books.unbooked[0], currency="EUR"),
        replace(books.unbooked[1], total=None),
    ]

    found = books.proved()

    assert (found.orders, found.shop_total) == (11, kroner("2803.28"))


def test_documents_are_summed_by_currency_and_payment_type() -> None:
    sums = a_year().proved().sums

    assert (sums.invoices, sums.credit_notes) == (9, 4)
    assert (sums.documents.ours, sums.documents.found) == (kroner("2303.28"), kroner("2303.28"))
    assert ours(sums.by_currency) == {"DKK": kroner(1465), "EUR": kroner("112.37")}
    assert ours(sums.by_payment_type) == {
        "Kort": kroner("2053.28"),
        "Regning": kroner(125),
        "Faktura": kroner(125),
    }
    sides = [*sums.by_currency.values(), *sums.by_payment_type.values()]
    assert all(each.ours == each.found for each in sides)


def test_entries_are_summed_by_account_code_and_box() -> None:
    sums = a_year().proved().sums

    assert ours(sums.by_account) == {
        GOODS: kroner("-1270.65"),
        FREIGHT: kroner(-80),
        USED: kroner(-200),
        MARGIN: kroner(-160),
        EU: kroner(-125),
        EXPORT: kroner(-90),
        7420: kroner(2),
        DEBTORS: kroner(150),
        BANK: kroner(98),
        CARDS: kroner("2053.28"),
        VAT: kroner("-377.63"),
    }
    assert ours(sums.by_vat_code) == {
        "U25": kroner("1510.65"),
        "UEUV": kroner(125),
        "UVV": kroner(90),
    }
    assert ours(sums.boxes) == {
        "salgsmoms": kroner("377.63"),
        "rubrik_b_varer_indberettes": kroner(125),
        "rubrik_c": kroner(90),
    }
    sides = [*sums.by_account.values(), *sums.by_vat_code.values(), *sums.boxes.values()]
    assert {each.difference for each in sides} == {0}


def test_what_others_posted_stands_beside_what_is_ours() -> None:
    sums = a_year().proved().sums

    others = {account: each.others for account, each in sums.by_account.items() if each.others}
    assert others == {7300: 80, BANK: -80, VAT: 70, 64100: -70}
    assert {name: each.others for name, each in sums.boxes.items() if each.others} == {}
    assert sums.by_purchase_code["I25"].others == 80


def test_a_sale_by_hand_is_in_its_box_and_is_not_ours() -> None:
    books = a_year()
    posted = ((GOODS, "-80", "U25"), (EU, "-30", "UEUV"), (VAT, "-20", "U25"), (BANK, "130", None))
    books.post(UUID(int=77), date(2026, 4, 4), 9, posted, "Kontantsalg")

    sums = books.proved().sums

    assert sums.boxes["salgsmoms"].others == 20
    assert sums.boxes["rubrik_b_varer_indberettes"].others == 30
    assert sums.by_vat_code["U25"].others == 80


def test_a_part_of_the_year_is_proved_by_itself() -> None:
    found = a_year().proved(date(2026, 2, 1), date(2026, 2, 28))

    assert ours(found.sums.by_currency) == {"DKK": kroner(350)}
    assert found.is_proved


def test_what_an_accounting_year_begins_with_is_no_posting() -> None:
    books = a_year()
    books.post(UUID(int=77), date(2026, 2, 3), 0, ((GOODS, "-80", "U25"),), "Primo")
    books.entries[-1] = replace(books.entries[-1], kind=EntryKind.OPENING)

    assert books.proved().is_proved


# Where Dinero tells less, or posts on other accounts.


def without_codes(books: MadeUp) -> MadeUp:
    books.entries = [replace(each, vat_code=None) for each in books.entries]
    return books


def test_without_vat_codes_of_entries_those_of_the_accounts_count() -> None:
    books = without_codes(a_year())
    books.entries = [
        each for each in books.entries if each.account != 64100 and each.voucher != UUID(int=8)
    ]

    found = books.proved()

    assert found.is_proved
    assert found.sums.by_vat_code["U25"].found == kroner("1510.65")
    assert found.sums.boxes["salgsmoms"].all == kroner("377.63")


def test_without_vat_codes_a_recoded_account_is_nothing_to_be_seen() -> None:
    books = without_codes(a_year())
    entry = dict(books.chart.entry)
    entry[EU] = replace(entry[EU], vat_code="UVV")
    books.chart = replace(books.chart, entry=entry)

    assert books.proved().is_proved


@pytest.mark.parametrize(("usual", "own"), [(DEBTORS, 53010), (VAT, 64010)])
def test_accounts_that_dinero_posts_on_by_itself_are_learned(usual: int, own: int) -> None:
    books = a_year()
    for each in books.documents:
        books.documents = [replace(d, day=date(2026, 2, 3)) for d in books.documents]
        books.change(each.invoice.guid, day=date(2026, 2, 3))
        books.relist(each.invoice.guid, day=date(2026, 2, 3))
    books.entries = [
        replace(each, account=own) if each.account == usual else each for each in books.entries
    ]

    found = books.proved()

    assert [each.cause for each in found.differences if each.account == usual] == []
    assert found.sums.by_account[own].ours


def test_dinero_may_round_the_vat_of_a_document_once() -> None:
    """Two lines at 33.33: line by line 6.67 and 6.67, and 13.33 of both together."""
    books = a_year()
    sale = next(each for each in books.documents if each.order_id == GERMAN)
    line = replace(
        sale.invoice.lines[0], account=GOODS, vat_rate=Decimal(25), unit_price=kroner("33.33")
    )
    invoice = replace(sale.invoice, lines=(line, line))
    plan = replace(sale.plan, invoice=invoice)  # type: ignore[arg-type]
    books.documents[books.documents.index(sale)] = replace(sale, plan=plan)
    of = guid(GERMAN, INVOICE)
    books.relist(of, total=kroner("66.66"), kroner=kroner("66.66"), vat=kroner("13.33"))
    books.drop(of)
    posted = ((DEBTORS, "66.66", None), (GOODS, "-53.33", "U25"), (VAT, "-13.33", "U25"))
    books.post(of, sale.day, 111, posted, "Faktura")

    found = books.proved()

    assert [each for each in found.differences if each.document_number == 111] == []


# What a difference says besides.


def test_where_something_is_instead_is_said() -> None:
    books = a_year()
    books.change(guid(FIRST, INVOICE), GOODS, account=1001)

    found = only(books.proved())

    assert (found.account, found.other_account, found.document) == (GOODS, 1001, str(SHIFT + FIRST))
    assert (found.day, found.document_number) == (date(2026, 2, 3), 100)


def test_which_day_it_bears_is_said() -> None:
    books = a_year()
    books.change(guid(FIRST, INVOICE), day=date(2026, 2, 20))

    told = only(books.proved())

    assert (told.day, told.document) == (date(2026, 2, 20), str(SHIFT + FIRST))
    assert (told.account, told.document_number) == (GOODS, 100)


def test_which_codes_an_account_had_and_has_is_said() -> None:
    books = a_year()
    books.change(guid(GERMAN, INVOICE), EU, vat_code="UVV")

    found = only(books.proved())

    assert (found.document, found.account, found.vat_codes) == ("1100", EU, ("UVV", "UEUV"))


def test_which_voucher_was_posted_by_hand_is_said() -> None:
    books = a_year()
    posted = ((GOODS, "-60", None), (1001, "-40", None), (BANK, "100", None))
    books.post(UUID(int=77), date(2026, 4, 4), 9, posted, "Kontantsalg")

    found = only(books.proved())

    assert (found.document, found.document_number, found.day) == (
        "Kontantsalg",
        9,
        date(2026, 4, 4),
    )
    assert (found.account, found.amount) == (GOODS, kroner(60))


def test_vouchers_without_names_are_told_apart_by_their_numbers() -> None:
    books = a_year()
    for number in (9, 10):
        posted = ((GOODS, "-60", None), (BANK, "60", None))
        books.post(UUID(int=77), date(2026, 4, 4), number, posted, "")
    books.change(UUID(int=77), voucher=None)

    found = books.proved()

    assert {each.document for each in found.differences} == {"9", "10"}


def test_a_doubled_invoice_says_its_own_number_and_is_of_the_orders_payment_type() -> None:
    books = a_year()
    usual = books.in_list(guid(FIRST, INVOICE))
    books.listed.append(replace(usual, guid=UUID(int=5), number=113))

    found = books.proved()

    assert only(found).document_number == 113
    assert found.sums.by_payment_type["Kort"].difference == 350
    assert found.difference == 350


def test_an_invoice_of_ours_that_was_dated_into_the_period_is_of_another_day() -> None:
    books = a_year()
    books.relist(guid(FIRST, INVOICE), day=date(2026, 4, 3))

    found = books.proved(date(2026, 4, 1), date(2026, 4, 30))

    assert (only(found).cause, only(found).amount) == (Cause.OTHER_DAY, kroner(350))
    assert found.difference == 350


def test_the_first_cause_is_the_one_of_the_first_day() -> None:
    books = a_year()
    books.drop(guid(SECOND, PAID))
    books.drop(guid(FIRST, PAID))

    assert [each.order_id for each in books.proved().differences] == [FIRST, SECOND]


# Numbers.


def test_a_number_of_a_document_of_another_day_is_explained() -> None:
    books = a_year()
    books.elsewhere[guid(FIRST, INVOICE)] = date(2025, 12, 31)
    for of in (guid(FIRST, INVOICE), guid(FIRST, 2)):
        books.unlist(of)
    books.relist(guid(SECOND, INVOICE), number=99)

    gaps = books.proved().gaps

    assert gaps == (
        Gap(first=100, last=100, day=date(2025, 12, 31), order=str(SHIFT + FIRST)),
        Gap(first=101, last=102),
    )


def test_numbers_before_and_after_an_explained_one_are_missing() -> None:
    books = a_year()
    sale = next(each for each in books.documents if each.order_id == FIRST)
    books.documents[0] = replace(sale, document_number=114)
    books.elsewhere[guid(FIRST, INVOICE)] = date(2027, 1, 1)
    books.unlist(guid(FIRST, INVOICE))
    books.relist(guid(EURO, INVOICE), number=116)

    gaps = books.proved().gaps

    told = (date(2027, 1, 1), str(SHIFT + FIRST))
    assert gaps == (
        Gap(first=110, last=110),
        Gap(first=113, last=113),
        Gap(first=114, last=114, day=told[0], order=told[1]),
        Gap(first=115, last=115),
    )


def test_numbers_that_nothing_explains_are_no_proof() -> None:
    books = a_year()
    books.relist(guid(EURO, INVOICE), number=200)

    found = books.proved()

    assert found.gaps == (Gap(first=110, last=110), Gap(first=113, last=199))
    assert not found.is_proved


def test_of_two_payments_of_an_order_the_one_that_is_gone_is_missing() -> None:
    books, of = a_year(), UUID(int=66)
    kind, paid = next(each for each in books.money if each[1].voucher == guid(FIRST, PAID))
    amounts = {guid(FIRST, PAID): kroner(300), of: kroner(50)}
    books.money = [each for each in books.money if each[1] is not paid]
    for voucher, amount in amounts.items():
        books.money.append((kind, replace(paid, voucher=voucher, parts={Column.SALES: amount})))
    books.drop(guid(FIRST, PAID))
    posted = ((CARDS, "300", None), (DEBTORS, "-300", None))
    books.post(guid(FIRST, PAID), paid.day, 100, posted, "Kort")

    found = only(books.proved())

    assert (found.cause, found.amount, found.order_id) == (Cause.MISSING, kroner(-50), FIRST)


def test_a_payment_that_may_be_somebody_elses_and_is_not_there_is_nobodys() -> None:
    books = a_year()
    books.money = [
        (kind, replace(each, is_certain=False, voucher=None) if each.order_id == FIRST else each)
        for kind, each in books.money
    ]
    books.drop(guid(FIRST, PAID))

    found = books.proved()

    assert [each.cause for each in found.differences] == []


# Whose document is whose.


def another(books: MadeUp, **changes: Any) -> None:  # noqa: ANN401 - of a listed document
    """List one more invoice, of somebody else."""
    usual = books.in_list(guid(FIRST, INVOICE))
    told = replace(usual, guid=UUID(int=5), number=113, reference="", heading="Salg")
    books.listed.append(replace(told, **changes))


@pytest.mark.parametrize(
    ("changes", "is_doubled"),
    [
        ({"reference": f"shoporama:{FIRST}", "total": kroner(1)}, True),
        ({"reference": f" shoporama:{FIRST} ", "total": kroner(1)}, True),
        ({"reference": str(SHIFT + FIRST), "total": kroner(1)}, True),
        ({"reference": f" {SHIFT + FIRST} ", "total": kroner(1)}, True),
        ({"heading": f"Ordre {SHIFT + FIRST}", "total": kroner(351)}, True),
        ({"heading": f"Ordre {SHIFT + FIRST}", "total": kroner(349)}, True),
        ({"heading": f"Ordre {SHIFT + FIRST}", "total": kroner("351.01")}, False),
        ({"heading": f"Ordre {SHIFT + FIRST}0"}, False),
        ({"heading": f"Ordre {FIRST}"}, False),
        ({"reference": "shoporama:77"}, False),
        ({"reference": "shoporama"}, False),
        ({}, False),
    ],
)
def test_an_invoice_is_of_an_order_by_its_reference_or_by_its_text_and_total(
    changes: dict[str, Any],
    is_doubled: bool,  # noqa: FBT001 - a case of two
) -> None:
    books = a_year()
    another(books, **changes)

    found = books.proved()

    assert [each.cause for each in found.differences] == [Cause.DOUBLED] * is_doubled
    if is_doubled:
        told = only(found)
        assert (told.document, told.order_id) == (str(SHIFT + FIRST), FIRST)
        assert (told.day, told.document_number) == (date(2026, 2, 3), 113)


def test_what_others_documents_may_name_is_asked_for() -> None:
    books = a_year()
    another(books, reference="", heading="Ordre 9501 af 8. marts")
    comparison = Comparison(books.chart, books.deleted)
    nothing: dict[str, Any] = {"documents": [], "money": [], "entries": []}
    listed = [books.listed[-1], replace(books.listed[-1], guid=UUID(int=6), number=114)]
    comparison.take(Part(listed=listed, **nothing))

    assert comparison.names == {"9501"}
    assert comparison.gaps == []


def test_a_document_of_ours_that_is_gone_says_which_it_was() -> None:
    books = a_year()
    books.unlist(guid(FIRST, INVOICE))

    told = only(books.proved())

    assert (told.document, told.document_number) == (str(SHIFT + FIRST), 100)
    assert told.day == date(2026, 2, 3)


def test_a_document_of_another_day_says_which_it_bears() -> None:
    books = a_year()
    books.relist(guid(FIRST, INVOICE), day=date(2026, 2, 9))

    assert only(books.proved()).day == date(2026, 2, 9)


def test_a_document_of_another_year_says_which_day_it_bears() -> None:
    books = a_year()
    books.unlist(guid(FIRST, INVOICE))
    books.elsewhere[guid(FIRST, INVOICE)] = date(2025, 12, 31)

    assert only(books.proved()).day == date(2025, 12, 31)


def test_differences_come_by_day_then_by_order_and_those_without_a_day_last() -> None:
    books = a_year()
    for order in (GERMAN, FIRST):
        books.unlist(guid(order, INVOICE))
    books.change(guid(NORWEGIAN, INVOICE), EXPORT, vat_code="UEUV")
    posted = ((GOODS, "-60", None), (BANK, "60", None))
    books.post(UUID(int=77), date(2026, 2, 3), 9, posted, "Kontantsalg")
    books.drop(guid(FIRST, PAID))

    told = [(each.order_id, str(each.kind)) for each in books.proved().differences]

    assert told == [
        (None, "voucher"),
        (FIRST, "invoice"),
        (FIRST, "payment"),
        (GERMAN, "invoice"),
        (None, "account"),
    ]


# VAT codes, and accounts that are no sales.


@pytest.mark.parametrize(
    ("account", "order", "code", "told"),
    [(EU, GERMAN, None, ("", "UEUV")), (USED, FIRST, "U25", ("U25", ""))],
)
def test_an_entry_without_a_code_and_an_account_without_one(
    account: int, order: int, code: str | None, told: tuple[str, str]
) -> None:
    books = a_year()
    books.change(guid(order, INVOICE), account, vat_code=code)

    assert only(books.proved()).vat_codes == told


@pytest.mark.parametrize(("code", "count"), [(None, 0), ("U25", 1)])
def test_on_a_debt_that_sales_go_to_only_what_has_a_code_is_a_sale(
    code: str | None, count: int
) -> None:
    books = a_year()
    debt = 63080
    for document in books.documents:
        if document.order_id == NORWEGIAN:
            line = replace(document.invoice.lines[0], account=debt)
            invoice = replace(document.invoice, lines=(line,))
            plan = replace(document.plan, invoice=invoice)  # type: ignore[arg-type] # no credit note
            books.documents[books.documents.index(document)] = replace(document, plan=plan)
    books.change(guid(NORWEGIAN, INVOICE), EXPORT, account=debt, vat_code=None)
    posted = ((debt, "-60", code), (BANK, "60", None))
    books.post(UUID(int=77), date(2026, 4, 4), 9, posted, "Gavekort")

    found = books.proved().differences

    assert [each.cause for each in found] == [Cause.POSTED_BY_HAND] * count


# What Dinero reckons.


@pytest.mark.parametrize(("off", "is_proved"), [("0.01", True), ("0.02", False)])
def test_an_ore_a_line_may_be_rounded_otherwise_and_no_more(
    off: str,
    is_proved: bool,  # noqa: FBT001 - a case of two
) -> None:
    books = a_year()
    of = guid(INVOICED, INVOICE)
    books.relist(of, vat=kroner(25) + kroner(off))
    books.more(of, GOODS, off, VAT)

    found = books.proved()

    assert found.is_proved is is_proved
    assert (found.sums.by_account[GOODS].difference == 0) is is_proved
    assert found.sums.by_account[GOODS].found == kroner("-1270.65") + kroner(off)


def test_what_dinero_lists_in_kroner_counts_where_the_rate_was_not_known() -> None:
    books = a_year()
    books.documents = [
        replace(each, total_dkk=None) if each.order_id == EURO else each for each in books.documents
    ]

    found = books.proved()

    assert found.is_proved
    assert (found.orders, found.shop_total) == (14, kroner("2853.28"))


def test_a_document_of_nothing_in_another_currency_posts_nothing() -> None:
    books = a_year()
    sale = next(each for each in books.documents if each.order_id == EURO)
    line = sale.invoice.lines[0]
    invoice = replace(sale.invoice, lines=(line, replace(line, unit_price=-line.unit_price)))
    plan = replace(sale.plan, invoice=invoice)  # type: ignore[arg-type] # no credit note
    nothing = kroner(0)
    free = replace(sale, plan=plan, total_dkk=nothing, paid_ever=nothing)
    books.documents[books.documents.index(sale)] = free
    books.relist(guid(EURO, INVOICE), total=nothing, vat=nothing, kroner=nothing)
    books.drop(guid(EURO, INVOICE))
    books.drop(guid(EURO, PAID))
    books.money = [each for each in books.money if each[1].order_id != EURO]

    assert books.proved().is_proved


def test_an_ore_of_a_debt_in_another_currency_comes_of_its_rate() -> None:
    books = a_year()
    books.more(guid(EURO, INVOICE), DEBTORS, "0.01", GOODS)

    assert only(books.proved()).cause is Cause.RATE


def test_more_than_its_rounding_is_not_laid_elsewhere() -> None:
    books = a_year()
    books.more(guid(EURO, INVOICE), GOODS, "0.03", VAT)

    assert only(books.proved()).cause is Cause.EDITED


# Several of a kind, of one order.


def test_of_two_margins_the_one_that_is_gone_is_missing() -> None:
    books = a_year()
    sale = next(each for each in books.documents if each.order_id == FIRST)
    item = sale.plan.ledger_items[0]
    plan = replace(sale.plan, ledger_items=(item, replace(item, guid=UUID(int=44))))
    books.documents[0] = replace(sale, plan=plan)

    found = only(books.proved())

    assert (found.cause, found.order_id) == (Cause.MISSING, FIRST)


def test_of_two_credit_notes_the_one_whose_entries_are_gone_is_missing() -> None:
    books = a_year()
    note = next(each for each in books.documents if each.key == "credit:1")
    plan = note.plan
    assert isinstance(plan, CreditPlan)
    second = replace(plan, note=replace(plan.note, guid=UUID(int=45)))
    more = replace(note, key="credit:2", plan=second, document_number=113)
    books.documents.insert(books.documents.index(note) + 1, more)
    listed = books.in_list(note.invoice.guid)
    books.listed.append(replace(listed, guid=UUID(int=45), number=113))

    found = only(books.proved())

    assert (found.cause, found.amount, found.document_number) == (Cause.MISSING, kroner(50), 113)


@pytest.mark.parametrize("key", ["credit:1", "invoice"])
def test_several_documents_of_an_order_are_told_apart(key: str) -> None:
    books = a_year()
    of = next(each for each in books.documents if (each.order_id, each.key) == (KEPT, key))
    books.drop(of.invoice.guid)

    assert only(books.proved()).document_number == of.document_number


# Payments whose voucher the journal doesn't know.


def without_voucher(books: MadeUp, **changes: Any) -> None:  # noqa: ANN401 - of a payment
    books.money = [
        (kind, replace(each, voucher=None, **changes))
        if each.voucher == guid(FIRST, PAID)
        else (kind, each)
        for kind, each in books.money
    ]


def test_it_is_found_by_its_text() -> None:
    books = a_year()
    without_voucher(books, description="Kort, ordre 9501")
    books.change(guid(FIRST, PAID), CARDS, description="Kort, ordre 9501", day=date(2026, 2, 20))
    books.change(guid(FIRST, PAID), DEBTORS, description="Kort, ordre 9501")

    assert books.proved().is_proved


def test_it_is_found_by_its_invoices_number() -> None:
    books = a_year()
    without_voucher(books, invoice_number=100, description="Noget andet")
    books.change(guid(FIRST, PAID), day=date(2026, 2, 20))

    assert books.proved().is_proved


# A chart that tells less.


def test_an_account_that_is_no_more_in_the_chart_has_no_code() -> None:
    books = a_year()
    entry = {number: each for number, each in books.chart.entry.items() if number != USED}
    books.chart = replace(books.chart, entry=entry)

    assert books.proved().is_proved


def test_a_margin_by_a_code_whose_rate_is_not_told_has_no_vat() -> None:
    books = a_year()
    books.chart = replace(books.chart, vat_rates={})
    books.drop(guid(FIRST, ITEM))
    posted = ((USED, "100", None), (MARGIN, "-100", "U25"))
    books.post(guid(FIRST, ITEM), date(2026, 2, 3), 4, posted, "Brugtmoms")

    assert [each.order_id for each in books.proved().differences] == [SECOND]


def test_a_margin_by_another_code_is_told() -> None:
    books = a_year()
    books.change(guid(FIRST, ITEM), MARGIN, vat_code="UVV")

    assert only(books.proved()).vat_codes == ("UVV", "U25")


def test_a_payment_that_was_found_counts_as_ours_where_it_is_there() -> None:
    books = a_year()
    without_voucher(books, description="Kort, ordre 9501", is_certain=False)
    books.change(guid(FIRST, PAID), description="Kort, ordre 9501")

    found = books.proved()

    assert found.is_proved
    assert found.sums.by_account[CARDS].ours == kroner("2053.28")


@pytest.mark.parametrize(("credited", "is_named"), [(125, False), (124, True)])
def test_what_is_left_to_pay_is_paid_elsewhere(
    credited: int,
    is_named: bool,  # noqa: FBT001 - a case of two
) -> None:
    books = a_year()
    books.documents = [
        replace(each, credited_ever=kroner(credited)) if each.order_id == OWED else each
        for each in books.documents
    ]
    books.relist(guid(OWED, INVOICE), is_paid=True)

    found = [each.cause for each in books.proved().differences]

    assert found == [Cause.PAID_ELSEWHERE] * is_named


@pytest.mark.parametrize(("left", "is_named"), [(0, False), (1, True)])
def test_what_is_left_and_was_paid_is_to_be_paid_in_dinero(
    left: int,
    is_named: bool,  # noqa: FBT001 - a case of two
) -> None:
    books = a_year()
    told = {"credited_ever": kroner(300 - left), "paid_ever": kroner(left)}
    books.documents = [
        replace(each, **told) if each.order_id == WHOLE else each  # type: ignore[arg-type] # both are
        for each in books.documents
    ]
    books.relist(guid(WHOLE, INVOICE), is_paid=False)

    found = [each.cause for each in books.proved().differences]

    assert found == [Cause.MISSING] * is_named


def test_vat_of_ours_is_in_its_box_also_where_its_entry_has_no_code() -> None:
    books = a_year()
    books.change(guid(FIRST, INVOICE), VAT, vat_code=None)

    assert books.proved().sums.boxes["salgsmoms"].found == kroner("377.63")


def test_what_was_moved_is_not_ours_where_it_is_now() -> None:
    books = a_year()
    books.change(guid(FIRST, PAID), CARDS, account=55020)

    sums = books.proved().sums

    assert (sums.by_account[55020].ours, sums.by_account[55020].others) == (kroner(0), kroner(350))
    assert sums.by_account[CARDS].difference == -350


def test_a_payment_of_another_currency_that_is_gone_is_missing() -> None:
    books = a_year()
    books.drop(guid(EURO, PAID))

    assert only(books.proved()).cause is Cause.MISSING


def test_of_two_things_in_one_voucher_what_was_moved_is_told() -> None:
    books = a_year()
    books.more(guid(FIRST, INVOICE), GOODS, "-60", DEBTORS)
    books.change(guid(FIRST, INVOICE), FREIGHT, account=1001)

    told = only(books.proved())

    assert (told.cause, told.account, told.other_account) == (Cause.OTHER_ACCOUNT, FREIGHT, 1001)


def test_an_entry_of_another_currency_that_is_gone_is_no_rounding() -> None:
    books = a_year()
    gone = (guid(EURO, INVOICE), GOODS)
    books.entries = [each for each in books.entries if (each.voucher, each.account) != gone]

    assert only(books.proved()).cause is Cause.EDITED
