"""Lists of invoices and accounts: fields, filters, pages."""

import pytest
from sandbox_callers import DineroCaller, line_body

from dinero_sync.sandbox.state import Sandbox


def listed(dinero: DineroCaller, name: str, **query: str) -> list[object]:
    answer = dinero.get("invoices", fields=name, **query)
    assert answer.status_code == 200, answer.text
    return [row[name] for row in answer.json()["Collection"]]


def test_keys_take_the_casing_that_fields_asked_for(dinero: DineroCaller) -> None:
    dinero.new_draft(ExternalReference="shop:1")

    answer = dinero.get("invoices", fields="externalreference, STATUS,TotalInclVat")

    row = {"externalreference": "shop:1", "STATUS": "Draft", "TotalInclVat": 12.35}
    assert answer.json()["Collection"] == [row]


def test_the_usual_fields_of_invoices_have_no_status(dinero: DineroCaller) -> None:
    dinero.new_draft()

    row = dinero.get("invoices").json()["Collection"][0]

    assert list(row) == ["Guid", "ContactName", "Date", "Description"]


def test_an_unknown_field_is_left_out_with_a_complaint(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.new_draft()

    row = dinero.get("invoices", fields="Guid,TimeStamp").json()["Collection"][0]

    assert list(row) == ["Guid"]
    assert "TimeStamp" in sandbox.complaints[0].message


def test_accounts_tell_their_vat_code_only_when_asked(dinero: DineroCaller) -> None:
    usual = dinero.get("accounts/entry").json()[0]
    asked = dinero.get("accounts/entry", fields="AccountNumber,VatCode").json()

    assert list(usual) == ["AccountNumber", "Name", "IsHidden"]
    assert {"AccountNumber": 1000, "VatCode": "U25"} in asked
    assert {"AccountNumber": 1050, "VatCode": None} in asked


def test_there_is_a_hidden_account_and_one_clearing_account_a_provider(
    dinero: DineroCaller,
) -> None:
    accounts = dinero.get("accounts/entry").json()
    deposits = dinero.get("accounts/deposit").json()

    assert [account["AccountNumber"] for account in accounts if account["IsHidden"]] == [1200]
    assert {55000, 55010, 55020, 55080} <= {account["AccountNumber"] for account in deposits}


def test_vat_rates_are_fractions(dinero: DineroCaller) -> None:
    rates = {item["VatCode"]: item["VatRate"] for item in dinero.get("vatTypes").json()}

    assert (rates["U25"], rates["UEUV"], rates["UVV"]) == (0.25, 0, 0)


def test_an_account_can_be_created(dinero: DineroCaller) -> None:
    dinero.post("accounts/entry", {"Number": 1010, "Name": "Bøger", "VatCode": "none"})
    dinero.post("accounts/deposit", {"Number": 55095, "Name": "Tilgodehavende Qliro"})

    accounts = dinero.get("accounts/entry", fields="AccountNumber,VatCode").json()
    deposits = dinero.get("accounts/deposit", fields="AccountNumber").json()
    assert {"AccountNumber": 1010, "VatCode": None} in accounts
    assert {"AccountNumber": 55095} in deposits


def test_terms_of_a_filter_are_joined_by_semicolons(dinero: DineroCaller) -> None:
    dinero.new_draft(ExternalReference="shop:1", Description="Ordre 1")
    dinero.new_draft(ExternalReference="shop:12", Description="Ordre 12; rest")

    assert listed(
        dinero,
        "ExternalReference",
        queryFilter="ExternalReference contains 'SHOP:1';Description eq 'Ordre 12; rest'",
    ) == ["shop:12"]


def test_a_quote_in_a_value_is_doubled(dinero: DineroCaller) -> None:
    dinero.new_draft(ExternalReference="o'hara")

    found = listed(dinero, "ExternalReference", queryFilter="ExternalReference eq 'o''hara'")

    assert found == ["o'hara"]


@pytest.mark.parametrize(
    "query",
    [
        {"queryFilter": "Date gt '2026-01-01'"},
        {"queryFilter": "ExternalReference startsWith 'shop'"},
        {"queryFilter": "shop:1"},
        {"startDate": "2026-01-01"},
        {"startDate": "1. januar", "endDate": "2. januar"},
        {"changesSince": "2026-01-01"},
        {"statusFilter": "Sent"},
        {"pageSize": "1001"},
        {"page": "-1"},
        {"sort": "Amount"},
        {"sortOrder": "down"},
        {"deletedOnly": "yes"},
    ],
    ids=str,
)
def test_a_query_that_cannot_be_is_refused_and_complained_of(
    sandbox: Sandbox, dinero: DineroCaller, query: dict[str, str]
) -> None:
    answer = dinero.get("invoices", **query)

    assert answer.status_code == 400
    assert next(iter(query)) in sandbox.complaints[0].message


def test_an_unknown_query_parameter_is_ignored_with_a_complaint(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    assert dinero.get("invoices", filter="x").status_code == 200
    assert "filter" in sandbox.complaints[0].message


def test_pages_count_from_zero(dinero: DineroCaller) -> None:
    contact = dinero.new_contact()
    for number in range(5):
        dinero.new_draft(ContactGuid=contact, ExternalReference=str(number))
    query = {"pageSize": "2", "sortOrder": "ascending"}

    pages = [listed(dinero, "ExternalReference", page=page, **query) for page in "0123"]

    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(str(name) for page in pages for name in page) == list("01234")


def test_the_paging_block_counts_what_is_on_the_page_and_what_is_on_all_of_them(
    dinero: DineroCaller,
) -> None:
    for reference in "aaab":
        dinero.new_draft(ExternalReference=reference)
    query = {"queryFilter": "ExternalReference eq 'a'", "pageSize": "2", "page": "1"}

    answer = dinero.get("invoices", **query)

    assert answer.json()["Pagination"] == {
        "MaxPageSizeAllowed": 1000,
        "PageSize": 2,
        "Result": 1,
        "ResultWithoutFilter": 3,
        "Page": 1,
    }


def test_what_changed_within_the_second_asked_for_is_listed(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    draft = dinero.new_draft()
    changed = sandbox.invoices[draft["Guid"]].updated_at.replace(microsecond=407_000)
    sandbox.invoices[draft["Guid"]].updated_at = changed
    since = changed.strftime("%Y-%m-%dT%H:%M:%SZ")

    assert listed(dinero, "UpdatedAt", changesSince=since) == [f"{since[:-1]}.407"]


def test_categories_of_accounts_have_a_danish_name(dinero: DineroCaller) -> None:
    accounts = dinero.get("accounts/entry", fields="Category,CategoryName").json()

    assert {"Category": "Turnover", "CategoryName": "Omsætning"} in accounts
    assert all(each["CategoryName"] != each["Category"] for each in accounts)


def test_drafts_are_not_filtered_by_date(dinero: DineroCaller) -> None:
    dinero.new_draft(Date="2026-01-05", ExternalReference="draft")
    dinero.new_booked(Date="2026-01-05", ExternalReference="outside")
    dinero.new_booked(Date="2026-02-05", ExternalReference="inside")

    found = listed(dinero, "ExternalReference", startDate="2026-02-01", endDate="2026-02-28")

    assert sorted(map(str, found)) == ["draft", "inside"]


def test_the_status_in_lists_is_the_payment_status(sandbox: Sandbox, dinero: DineroCaller) -> None:
    today = sandbox.today().isoformat()
    dinero.pay(dinero.new_booked())
    dinero.new_booked(Date=today)
    dinero.new_booked(Date=f"{sandbox.today().year - 1}-12-01")

    assert listed(dinero, "Status", sortOrder="ascending") == ["Paid", "Booked", "Overdue"]
    for order in ("ascending", "descending"):
        query = {"statusFilter": "paid,overdue", "sort": "Status", "sortOrder": order}
        assert listed(dinero, "Status", **query) == ["Overdue", "Paid"]


def test_free_text_finds_numbers_and_names(dinero: DineroCaller) -> None:
    dinero.new_booked()
    dinero.new_booked(ContactGuid=dinero.new_contact(Name="Øster Hus"))

    assert listed(dinero, "Number", freeTextSearch="1001") == [1001]
    assert listed(dinero, "Number", freeTextSearch="øster") == [1002]


def test_deleted_drafts_are_listed_only_when_asked_for(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()
    dinero.call("DELETE", f"invoices/{draft['Guid']}", {})

    assert listed(dinero, "Guid") == []
    assert listed(dinero, "Guid", deletedOnly="true") == [draft["Guid"]]
    assert listed(dinero, "Guid", changesSince="2020-01-01T00:00:00Z") == [draft["Guid"]]


def test_a_payment_counts_as_a_change(sandbox: Sandbox, dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    sandbox.change_settings(clock_shift_seconds=1000)
    since = sandbox.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    before = listed(dinero, "Guid", changesSince=since)
    dinero.pay(booked)

    assert before == []
    assert listed(dinero, "Guid", changesSince=since) == [booked["Guid"]]


def test_the_sales_list_tells_the_type(dinero: DineroCaller) -> None:
    dinero.new_booked()

    assert dinero.get("sales").json()["Collection"][0]["Type"] == "Invoice"


def test_the_list_has_the_totals_of_an_invoice_in_euro_in_kroner_too(dinero: DineroCaller) -> None:
    lines = [line_body(BaseAmountValue=100), line_body(BaseAmountValue=12.50)]
    dinero.new_booked(Currency="EUR", ProductLines=lines)

    fields = "TotalExclVat,TotalInclVat,TotalExclVatInDkk,TotalInclVatInDkk"
    (row,) = dinero.get("invoices", fields=fields).json()["Collection"]

    assert (row["TotalExclVat"], row["TotalInclVat"]) == (90, 112.50)
    assert (row["TotalExclVatInDkk"], row["TotalInclVatInDkk"]) == (671.40, 839.25)


def test_the_accounts_of_foreign_vat_and_second_hand_goods_have_no_code(
    dinero: DineroCaller,
) -> None:
    accounts = dinero.get("accounts/entry", fields="AccountNumber,VatCode").json()
    codes = {account["AccountNumber"]: account["VatCode"] for account in accounts}

    assert [codes[number] for number in (1051, 2001, 64200, 64210)] == [None] * 4
    assert (codes[1002], codes[1052]) == ("U25", "U25")
