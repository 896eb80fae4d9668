"""Accounts, deposit accounts and VAT types."""

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import Account, DepositAccount
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.company import CATEGORY_NAMES, VAT_RATES
from dinero_sync.sandbox.dinero.errors import invalid
from dinero_sync.sandbox.dinero.listing import only_fields

NO_VAT = "none"
PURCHASE_ACCOUNTS = range(2000, 9400)


def list_entry_accounts(call: Call) -> Answer:
    """``GET accounts/entry``; ``VatCode`` comes only when ``fields`` names it."""
    category = call.query.get("categoryFilter")
    rows = [
        _entry_row(account)
        for account in call.organisation.accounts.values()
        if category is None or account.category == category
    ]
    return json_answer(only_fields(call, rows))


def list_purchase_accounts(call: Call) -> Answer:
    """``GET accounts/purchase``: the accounts from 2000 to 9399."""
    rows = [
        _entry_row(account)
        for account in call.organisation.accounts.values()
        if account.number in PURCHASE_ACCOUNTS
    ]
    return json_answer(only_fields(call, rows) if "fields" in call.query else rows)


def _entry_row(account: Account) -> Json:
    return {
        "AccountNumber": account.number,
        "PublicStandardNumber": None,
        "Name": account.name,
        "VatCode": account.vat_code,
        "Category": account.category,
        "CategoryName": CATEGORY_NAMES[account.category],
        "IsHidden": account.hidden,
        "IsDefaultSalesAccount": account.default,
    }


def create_entry_account(call: Call) -> Answer:
    """``POST accounts/entry``; the VAT code ``none`` means no VAT."""
    number, code = call.body["Number"], call.body["VatCode"]
    _refuse_taken(call, number)
    if code != NO_VAT and code not in VAT_RATES:
        raise invalid("VatCode", "There is no such VAT type.")
    vat_code = None if code == NO_VAT else code
    call.organisation.accounts[number] = Account(number, call.body["Name"], vat_code)
    return json_answer({})


def list_deposit_accounts(call: Call) -> Answer:
    """``GET accounts/deposit``."""
    rows = [_deposit_row(account) for account in call.organisation.deposit_accounts.values()]
    return json_answer(only_fields(call, rows))


def _deposit_row(account: DepositAccount) -> Json:
    return {
        "AccountNumber": account.number,
        "PublicStandardNumber": None,
        "Name": account.name,
        "IsDefault": account.default,
        "IsHidden": account.hidden,
        "BankRegistrationNumber": None,
        "BankAccountNumber": None,
        "BankSwiftNumber": None,
        "BankIbanNumber": None,
    }


def create_deposit_account(call: Call) -> Answer:
    """``POST accounts/deposit``."""
    number = call.body["Number"]
    _refuse_taken(call, number)
    call.organisation.deposit_accounts[number] = DepositAccount(number, call.body["Name"])
    return json_answer({})


def _refuse_taken(call: Call, number: int) -> None:
    if number in call.organisation.accounts or number in call.organisation.deposit_accounts:
        raise invalid("Number", "The account number is taken.")


def list_vat_types(_call: Call) -> Answer:
    """``GET vatTypes``; rates are fractions."""
    return json_answer(
        [
            {"VatCode": code, "Name": name, "VatRate": rate}
            for code, (name, rate) in VAT_RATES.items()
        ]
    )


HANDLERS: Handlers = {
    "ListEntryAccounts": list_entry_accounts,
    "CreateEntryAccount": create_entry_account,
    "ListPurchaseAccounts": list_purchase_accounts,
    "ListDepositAccounts": list_deposit_accounts,
    "CreateDepositAccount": create_deposit_account,
    "ListVatTypes": list_vat_types,
}
